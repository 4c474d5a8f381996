//! What all handles to one bar share: the bar stays open until the last of them is dropped.

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;
use std::time::Duration;

use crate::bars::{self, BarRenderer, Id, OnClose, Place, Roster};
use crate::cells::ansi;
use crate::cells::capabilities::Capabilities;
use crate::cells::color::{Color, ColorDepth};
use crate::cells::line::Line;
use crate::error::Error;
use crate::lease::Lease;
use crate::output::Display;
use crate::state::snapshot::Snapshot;
use crate::state::value::Value;

/// A bar of either kind: a [`Counter`](crate::Counter) or a [`StatusBar`](crate::StatusBar).
///
/// Cannot be implemented outside of this crate.
pub trait Bar: sealed::Bar {}

pub(crate) mod sealed {
    pub trait Bar {
        fn handle(&self) -> &super::Handle;
    }
}

/// A bar on a display; closed when dropped.
pub struct Handle {
    pub(crate) bar: Arc<bars::Bar>,
    lease: Arc<Lease>,
    /// The place of the bar on the display. `None` without a display.
    id: Option<Id>,
}

/// A delay that never ends: a year.
pub(crate) const LONGEST_DELAY: Duration = Duration::from_secs(365 * 86_400);

/// The place of a new bar.
#[derive(Clone, Debug)]
pub(crate) struct Placement {
    /// How long the bar is not shown.
    delay: Duration,
    /// The bar right above. If there is none, the new bar is below all others.
    above: Option<Other>,
    /// The row to pin the bar to, counted from the bottom.
    row: Option<usize>,
    /// A bar that is replaced. The row is ignored then.
    old: Option<Other>,
}

/// Another bar than the new one.
#[derive(Clone, Debug)]
struct Other {
    bar: Arc<bars::Bar>,
    lease: Arc<Lease>,
    id: Option<Id>,
}

impl Placement {
    /// Below all other bars, and not shown for a while.
    pub(crate) fn after(delay: Duration) -> Placement {
        Placement { delay, above: None, row: None, old: None }
    }

    /// Sets how long the new bar is not shown.
    pub(crate) fn delay(&mut self, delay: Duration) {
        self.delay = delay;
    }

    /// Places the new bar right below another one, unless it is pinned.
    pub(crate) fn below(&mut self, above: &impl Bar) {
        self.above = Some(Other::of(above));
    }

    /// Pins the new bar to a row.
    pub(crate) fn pin(&mut self, row: usize) {
        self.row = Some(row);
    }

    /// Lets the new bar replace another one.
    pub(crate) fn replace(&mut self, old: &impl Bar) {
        self.old = Some(Other::of(old));
    }

    /// Returns what is wrong with the row at the moment.
    pub(crate) fn problem(&self, lease: &Lease) -> Option<Error> {
        match lease.display() {
            Some(display) => self.find(display, &display.roster().lock()).err(),
            None => self.check_row().err(),
        }
    }

    /// Returns the place on the display.
    fn find(&self, display: &Display, roster: &Roster) -> Result<Place, Error> {
        self.check_row()?;
        let (Some(row), None) = (self.row, &self.old) else { return Ok(self.free(display)) };
        let height = display.height();
        if row >= height {
            let problem = format!("the terminal has {height} rows, and one of them is for the output");
            return Err(Error::position(row, problem));
        }
        if roster.is_taken(row) {
            return Err(Error::position(row, "another bar is pinned there"));
        }
        Ok(Place::Pinned(row))
    }

    /// The place of a bar that is not pinned.
    fn free(&self, display: &Display) -> Place {
        if self.delay.is_zero() {
            return Place::Free;
        }
        Place::Late(display.now() + self.delay.min(LONGEST_DELAY))
    }

    /// Checks what is known without a display.
    fn check_row(&self) -> Result<(), Error> {
        match self.row {
            Some(0) => Err(Error::position(0, "rows are counted from 1")),
            _ => Ok(()),
        }
    }
}

impl Other {
    fn of(bar: &impl Bar) -> Other {
        let Handle { bar, lease, id } = bar.handle();
        Other { bar: bar.clone(), lease: lease.clone(), id: *id }
    }

    /// Returns the place of the bar, if it is on this display.
    fn id_on(&self, display: &Display) -> Option<Id> {
        self.id.filter(|_| self.lease.display().is_some_and(|own| own.is_same(display)))
    }
}

impl Handle {
    /// Adds a bar to the display, if there is one. If the row does not exist or is taken, the bar
    /// is not pinned.
    pub(crate) fn add(lease: Arc<Lease>, bar: bars::Bar, placement: &Placement) -> Handle {
        let bar = Arc::new(bar);
        let id = lease.display().map(|display| {
            let mut roster = display.roster().lock();
            let place = placement.find(display, &roster).unwrap_or_else(|_| placement.free(display));
            Handle::insert(&lease, display, &mut roster, &bar, placement, place)
        });
        Handle::complete_add(lease, bar, placement, id)
    }

    /// Adds a bar to the display, if there is one. Fails if the row does not exist or is taken.
    ///
    /// Checks and takes the row under one lock: other threads may add bars too.
    pub(crate) fn try_add(lease: Arc<Lease>, bar: bars::Bar, placement: &Placement) -> Result<Handle, Error> {
        let bar = Arc::new(bar);
        let id = match lease.display() {
            Some(display) => {
                let mut roster = display.roster().lock();
                let place = placement.find(display, &roster)?;
                Some(Handle::insert(&lease, display, &mut roster, &bar, placement, place))
            }
            None => {
                placement.check_row()?;
                None
            }
        };
        Ok(Handle::complete_add(lease, bar, placement, id))
    }

    fn insert(
        lease: &Lease,
        display: &Display,
        roster: &mut Roster,
        bar: &Arc<bars::Bar>,
        placement: &Placement,
        place: Place,
    ) -> Id {
        let (bar, manager) = (bar.clone(), lease.manager());
        let id_of = |other: &Option<Other>| other.as_ref().and_then(|other| other.id_on(display));
        match (id_of(&placement.old), id_of(&placement.above)) {
            (Some(old), _) => roster.replace(old, bar, manager),
            (None, Some(above)) => roster.add_below(above, bar, manager, place),
            (None, None) => roster.add(bar, manager, place),
        }
    }

    fn complete_add(lease: Arc<Lease>, bar: Arc<bars::Bar>, placement: &Placement, id: Option<Id>) -> Handle {
        if let Some(old) = &placement.old {
            old.bar.close(old.lease.now());
        }
        if let Some(display) = lease.display() {
            display.wake();
        }
        Handle { bar, lease, id }
    }

    pub(crate) fn close(&self) {
        if self.bar.close(self.lease.now()) {
            self.rearrange(|roster, id| roster.close(id, self.bar.on_close()));
        }
    }

    pub(crate) fn reset(&self) {
        if self.bar.reset(self.lease.now()) {
            self.rearrange(|roster, id| roster.reopen(id, &self.bar, self.lease.manager()));
        }
    }

    pub(crate) fn set_color(&self, color: Color) {
        self.bar.change(|appearance| appearance.snapshot.color = color);
    }

    pub(crate) fn set_field(&self, name: &str, value: Value) {
        self.bar.change(|appearance| appearance.snapshot.fields.set(name, value));
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.bar.elapsed(self.lease.now())
    }

    /// Everything that is shown of the bar now.
    pub(crate) fn snapshot(&self) -> Snapshot {
        self.bar.snapshot(self.lease.now())
    }

    pub(crate) fn pause(&self) {
        self.bar.pause(self.lease.now());
    }

    pub(crate) fn resume(&self) {
        self.bar.resume(self.lease.now());
    }

    pub(crate) fn clear(&self) {
        self.bar.clear();
    }

    /// Closes the bar and removes it from the display, regardless of `leave`.
    pub(crate) fn remove(&self) {
        self.bar.close(self.lease.now());
        self.rearrange(|roster, id| roster.close(id, OnClose::Clear));
    }

    /// Checks the formats of the bar against its fields and segments.
    pub(crate) fn check_formats(&self) -> Result<(), Error> {
        let (templates, snapshot) = {
            let appearance = self.bar.appearance();
            (appearance.templates.clone(), appearance.snapshot.clone())
        };
        let own = |name: &str| snapshot.fields.get(name).is_some();
        self.bar.counts.with_segments(|segments| {
            let segments: Vec<(&str, bool)> = segments.iter().map(|part| (&*part.name, part.all_fields)).collect();
            templates.iter().try_for_each(|template| template.check(&own, &segments))
        })
    }

    /// Renders the current line in `width` columns, without colors.
    pub(crate) fn render(&self, width: usize) -> String {
        let mut line = Line::default();
        BarRenderer::new(Capabilities::unicode(ColorDepth::None)).render_now(
            &self.bar,
            self.lease.now(),
            width,
            &mut line,
        );
        line.to_string()
    }

    /// Renders the line as it is after `elapsed` seconds, in `width` columns, with colors as escape
    /// sequences.
    pub(crate) fn render_at(&self, width: usize, elapsed: f64, depth: ColorDepth) -> String {
        let mut line = Line::default();
        BarRenderer::new(Capabilities::unicode(depth)).render_at(&self.bar, elapsed, width, &mut line);
        let mut bytes = Vec::new();
        ansi::encode_line(&mut bytes, &line);
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Changes the bar's place on the display, if it is on one.
    fn rearrange(&self, change: impl FnOnce(&mut Roster, Id)) {
        let Some((display, id)) = self.lease.display().zip(self.id) else { return };
        change(&mut display.roster().lock(), id);
        display.wake();
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.close();
    }
}

// A panic leaves nothing half done in a bar: counts are atomic, and the locks of its appearance and
// of the roster are released by a panic and never held while user code runs.
impl UnwindSafe for Handle {}
impl RefUnwindSafe for Handle {}
impl UnwindSafe for Other {}
impl RefUnwindSafe for Other {}
