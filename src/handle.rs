//! What all handles to one bar share: the bar stays open until the last of them is dropped.

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;

use crate::bars::{self, BarRenderer, ComputedField, ComputedFields, Id, OnClose, Place, Roster, Spot};
use crate::cells::ansi;
use crate::cells::capabilities::Capabilities;
use crate::cells::color::{Color, ColorDepth};
use crate::cells::line::Line;
use crate::error::Error;
use crate::lease::Lease;
use crate::output::{Display, fields};
use crate::state::look::Look;
use crate::state::roll_up::RollUp;
use crate::state::snapshot::Snapshot;
use crate::state::value::Value;

/// A bar of either kind: a [`Counter`](crate::Counter) or a [`StatusBar`](crate::StatusBar).
///
/// Cannot be implemented outside of this crate.
///
/// ```
/// use footlights::{Bar, Counter, Manager};
///
/// /// Shows the next step in the row of the last one.
/// fn next(manager: &Manager, last: &impl Bar, desc: &str) -> Counter {
///     manager.counter().desc(desc).replace(last).add()
/// }
///
/// let manager = Manager::new();
/// let connect = manager.status_bar().text("connecting").add();
/// let fetch = next(&manager, &connect, "Fetch");
/// let build = next(&manager, &fetch, "Build");
/// assert!(connect.is_closed() && fetch.is_closed());
/// ```
pub trait Bar: sealed::Bar {}

pub(crate) mod sealed {
    use super::{Arc, Handle};

    pub trait Bar {
        fn handle(&self) -> &Arc<Handle>;
    }
}

/// A bar on a display; closed when dropped.
pub struct Handle {
    pub(crate) bar: Arc<bars::Bar>,
    lease: Arc<Lease>,
    /// The place of the bar on the display. `None` without a display.
    id: Option<Id>,
    parent: Option<Box<Parent>>,
    /// The computed fields. Here and not in the bar: they are code of the user, which the terminal thread
    /// must not drop.
    #[expect(dead_code, reason = "held for the bar")]
    computed: Option<Arc<ComputedFields>>,
}

/// A bar that is not added yet.
pub(crate) struct NewBar {
    pub(crate) bar: bars::Bar,
    pub(crate) computed: Vec<ComputedField>,
}

/// The parent of a bar. A child is a handle of its parent, which stays open as long.
struct Parent {
    handle: Arc<Handle>,
    roll_up: RollUp,
    /// What the parent knows the child by, while the child is counted into it.
    key: Mutex<Option<u64>>,
}

/// A delay that never ends: a year.
pub(crate) const LONGEST_DELAY: Duration = Duration::from_secs(365 * 86_400);

/// Children that are inside of more bars than that are not counted into their parents: counts are
/// summed up by recursion.
const DEEPEST_ROLL_UP: u32 = 100;

/// The place of a new bar.
#[derive(Clone)]
pub(crate) struct Placement {
    /// How long the bar is not shown.
    delay: Duration,
    beside: Beside,
    /// The row to pin the bar to, counted from the bottom.
    row: Option<usize>,
    /// A bar that is replaced. The row is ignored then.
    old: Option<Other>,
    parent: Option<Arc<Handle>>,
    roll_up: RollUp,
    priority: i16,
    visibility: Visibility,
}

/// Whether a new bar is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visibility {
    Shown,
    Hidden,
}

/// What a new bar takes on a display.
#[derive(Clone, Copy, Debug)]
enum Site {
    /// The place of another bar.
    Of(Id),
    /// A place of its own.
    New(Spot),
}

/// Where a bar stands among those with the same parent.
#[derive(Clone, Debug)]
pub(crate) enum Beside {
    First,
    Last,
    Above(Other),
    Below(Other),
}

/// Another bar than the one that is placed.
#[derive(Clone, Debug)]
pub(crate) struct Other {
    bar: Arc<bars::Bar>,
    lease: Arc<Lease>,
    id: Option<Id>,
    /// For its parents, as long as it is in use.
    handle: Weak<Handle>,
}

impl Placement {
    /// Below all other bars, and not shown for a while.
    pub(crate) fn after(delay: Duration) -> Placement {
        Placement {
            delay,
            beside: Beside::Last,
            row: None,
            old: None,
            parent: None,
            roll_up: RollUp::None,
            priority: 0,
            visibility: Visibility::Shown,
        }
    }

    /// Sets how long the new bar is not shown.
    pub(crate) fn delay(&mut self, delay: Duration) {
        self.delay = delay;
    }

    /// Places the new bar among those with the same parent, unless it is pinned.
    pub(crate) fn beside(&mut self, beside: Beside) {
        self.beside = beside;
    }

    /// Pins the new bar to a row.
    pub(crate) fn pin(&mut self, row: usize) {
        self.row = Some(row);
    }

    /// Lets the new bar replace another one.
    pub(crate) fn replace(&mut self, old: &impl Bar) {
        self.old = Some(Other::of(old));
    }

    /// Makes the new bar the child of another one.
    pub(crate) fn nest(&mut self, parent: Arc<Handle>) {
        self.parent = Some(parent);
    }

    /// Counts the new bar into its parent.
    pub(crate) fn roll_up(&mut self, roll_up: RollUp) {
        self.roll_up = roll_up;
    }

    /// Sets its claim on a row.
    pub(crate) fn priority(&mut self, priority: i16) {
        self.priority = priority;
    }

    /// Sets whether the new bar is shown at first.
    pub(crate) fn visible(&mut self, visible: bool) {
        self.visibility = if visible { Visibility::Shown } else { Visibility::Hidden };
    }

    /// Where a new bar with this parent comes to stand on a display.
    ///
    /// Not under the lock of the roster: handles are looked at, and one that is dropped meanwhile takes
    /// that lock.
    fn site(&self, display: &Display, parent: Option<Id>) -> Site {
        match self.old.as_ref().and_then(|old| old.id_on(display)) {
            Some(old) => Site::Of(old),
            None => Site::New(self.beside.spot(display, parent)),
        }
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

impl Site {
    fn take(self, roster: &mut Roster, bar: Arc<bars::Bar>, lease: &Lease, place: Place) -> Id {
        match self {
            Site::Of(old) => roster.replace(old, bar, lease.manager()),
            Site::New(spot) => roster.add_at(spot, bar, lease.manager(), place),
        }
    }
}

impl NewBar {
    /// Completes the bar: it is about to be added.
    fn complete(self, lease: &Lease, placement: &Placement) -> (Arc<bars::Bar>, Option<Arc<ComputedFields>>) {
        let NewBar { mut bar, computed } = self;
        bar.set_priority(placement.priority);
        bar.set_hidden(placement.visibility == Visibility::Hidden);
        match (&placement.old, &placement.parent) {
            // The new bar takes over the place.
            (Some(old), None) => bar.nest(old.bar.parent(), old.bar.depth()),
            (_, Some(parent)) => {
                let shares_display = match (lease.display(), parent.lease.display()) {
                    (Some(own), Some(other)) => own.is_same(other),
                    (None, _) => true,
                    (Some(_), None) => false,
                };
                if shares_display {
                    bar.nest(parent.id, parent.bar.depth().saturating_add(1));
                }
            }
            (None, None) => {}
        }
        let computed = (!computed.is_empty()).then(|| Arc::new(ComputedFields::new(computed)));
        computed.iter().for_each(|computed| bar.add_computed(computed));
        (Arc::new(bar), computed)
    }
}

impl Beside {
    pub(crate) fn above(other: &impl Bar) -> Beside {
        Beside::Above(Other::of(other))
    }

    pub(crate) fn below(other: &impl Bar) -> Beside {
        Beside::Below(Other::of(other))
    }

    /// The spot on a display, for a bar with this parent. The roster must not be locked: see `sibling`.
    fn spot(&self, display: &Display, parent: Option<Id>) -> Spot {
        let sibling = |other: &Other| other.sibling(display, parent);
        let spot = match self {
            Beside::First => Some(Spot::First { parent }),
            Beside::Last => None,
            Beside::Above(other) => sibling(other).map(Spot::Above),
            Beside::Below(other) => sibling(other).map(Spot::Below),
        };
        spot.unwrap_or(Spot::Last { parent })
    }
}

impl Other {
    fn of(bar: &impl Bar) -> Other {
        let handle = bar.handle();
        let Handle { bar, lease, id, .. } = &**handle;
        Other { bar: bar.clone(), lease: lease.clone(), id: *id, handle: Arc::downgrade(handle) }
    }

    /// Returns the place of the bar, if it is on this display.
    fn id_on(&self, display: &Display) -> Option<Id> {
        self.id.filter(|_| self.lease.display().is_some_and(|own| own.is_same(display)))
    }

    /// Returns the place of the bar, or of that of its parents which has this parent: children of two
    /// bars do not mix. The handles that it looks at may be the last ones of their bars, which are closed
    /// then.
    fn sibling(&self, display: &Display, parent: Option<Id>) -> Option<Id> {
        let id = self.id_on(display)?;
        if self.bar.parent() == parent {
            return Some(id);
        }
        let parent_of = |handle: &Handle| handle.parent.as_ref().map(|parent| parent.handle.clone());
        let mut handle = self.handle.upgrade()?;
        loop {
            handle = parent_of(&handle)?;
            if handle.bar.parent() == parent {
                return handle.id;
            }
        }
    }
}

impl Handle {
    /// Adds a bar to the display, if there is one. If the row does not exist or is taken, the bar
    /// is not pinned.
    pub(crate) fn add(lease: Arc<Lease>, new: NewBar, placement: Placement) -> Handle {
        let (bar, computed) = new.complete(&lease, &placement);
        let id = lease.display().map(|display| {
            let site = placement.site(display, bar.parent());
            let mut roster = display.roster().lock();
            let place = placement.find(display, &roster).unwrap_or_else(|_| placement.free(display));
            site.take(&mut roster, bar.clone(), &lease, place)
        });
        Handle::complete_add(lease, bar, computed, placement, id)
    }

    /// Adds a bar to the display, if there is one. Fails if the row does not exist or is taken.
    ///
    /// Checks and takes the row under one lock: other threads may add bars too.
    pub(crate) fn try_add(lease: Arc<Lease>, new: NewBar, placement: Placement) -> Result<Handle, Error> {
        let (bar, computed) = new.complete(&lease, &placement);
        let id = match lease.display() {
            Some(display) => {
                let site = placement.site(display, bar.parent());
                let mut roster = display.roster().lock();
                let place = placement.find(display, &roster)?;
                Some(site.take(&mut roster, bar.clone(), &lease, place))
            }
            None => {
                placement.check_row()?;
                None
            }
        };
        Ok(Handle::complete_add(lease, bar, computed, placement, id))
    }

    fn complete_add(
        lease: Arc<Lease>,
        bar: Arc<bars::Bar>,
        computed: Option<Arc<ComputedFields>>,
        placement: Placement,
        id: Option<Id>,
    ) -> Handle {
        let parent = placement.parent.map(|handle| {
            let key = Mutex::new(None);
            Box::new(Parent { handle, roll_up: placement.roll_up, key })
        });
        let handle = Handle { bar, lease, id, parent, computed };
        handle.count_into_parent();
        if let Some(old) = &placement.old {
            // Also if it was on another display.
            old.bar.close(old.lease.now());
            if let Some(old) = old.handle.upgrade() {
                old.fold_into_parent();
            }
        }
        if let Some(display) = handle.lease.display() {
            display.wake();
        }
        handle
    }

    pub(crate) fn close(&self) {
        if self.bar.close(self.lease.now()) {
            self.fold_into_parent();
            self.request_last_values();
            self.rearrange(|roster, id| roster.close(id, self.bar.on_close()));
        }
    }

    pub(crate) fn reset(&self) {
        if self.bar.reset(self.lease.now()) {
            self.count_into_parent();
            self.rearrange(|roster, id| roster.reopen(id, &self.bar, self.lease.manager()));
        }
    }

    /// Asks for the values of computed fields that a bar that is closed is to show.
    fn request_last_values(&self) {
        if let (Some(requests), Some(_)) = (self.bar.field_requests(), self.lease.display()) {
            let now = self.lease.now();
            requests.close(now + fields::PATIENCE);
            fields::request(&self.bar, now);
        }
    }

    /// Waits a moment for new values of computed fields, if there are any.
    fn refresh(&self) {
        if self.bar.field_requests().is_some() {
            fields::refresh(std::slice::from_ref(&self.bar), self.lease.now());
        }
    }

    /// Counts the bar into its parent from now on, if that is wanted.
    fn count_into_parent(&self) {
        let Some(parent) = self.parent.as_ref().filter(|parent| parent.roll_up != RollUp::None) else { return };
        if self.bar.depth() <= DEEPEST_ROLL_UP {
            let mut key = parent.key.lock();
            if key.is_none() {
                *key = Some(parent.handle.bar.counts.add_child(self.bar.clone(), parent.roll_up));
            }
        }
    }

    /// What the bar has counted is counted by its parent, whatever becomes of the bar.
    fn fold_into_parent(&self) {
        if let Some(parent) = &self.parent {
            if let Some(key) = parent.key.lock().take() {
                parent.handle.bar.counts.fold_child(key);
            }
        }
    }

    pub(crate) fn lease(&self) -> &Arc<Lease> {
        &self.lease
    }

    /// Moves the bar and its children among the bars with the same parent.
    pub(crate) fn move_beside(&self, beside: &Beside) {
        if let Some(display) = self.lease.display() {
            let spot = beside.spot(display, self.bar.parent());
            self.rearrange(|roster, id| roster.move_to(id, spot, self.bar.depth()));
        }
    }

    pub(crate) fn hide(&self) {
        self.bar.set_hidden(true);
        self.rearrange(|roster, id| roster.hide(id, &self.bar));
    }

    pub(crate) fn show(&self) {
        self.bar.set_hidden(false);
        self.rearrange(|roster, id| roster.show(id, &self.bar));
    }

    pub(crate) fn set_priority(&self, priority: i16) {
        self.bar.set_priority(priority);
        self.rearrange(|roster, id| roster.update_priority(id));
    }

    pub(crate) fn set_color(&self, color: Color) {
        self.bar.change(|appearance| {
            appearance.snapshot.color = color;
            Look::edit(&mut appearance.snapshot.look, |look| look.rule = None);
        });
    }

    pub(crate) fn color(&self) -> Color {
        self.bar.appearance().snapshot.color
    }

    pub(crate) fn field(&self, name: &str) -> Option<Value> {
        self.bar.appearance().snapshot.fields.get(name).cloned()
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
        self.bar.remove(self.lease.now());
        self.fold_into_parent();
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

    /// Renders the current line in `width` columns, without colors; rows are separated by newlines.
    pub(crate) fn render(&self, width: usize) -> String {
        self.refresh();
        let mut renderer = BarRenderer::new(Capabilities::unicode(ColorDepth::None));
        let lines = renderer.render_now(&self.bar, self.lease.now(), width);
        lines.iter().map(Line::to_string).collect::<Vec<_>>().join("\n")
    }

    /// Renders the line as it is after `elapsed` seconds, in `width` columns, with colors as escape
    /// sequences.
    pub(crate) fn render_at(&self, width: usize, elapsed: f64, depth: ColorDepth) -> String {
        self.refresh();
        let lines = BarRenderer::new(Capabilities::unicode(depth)).render_at(&self.bar, elapsed, width);
        let mut bytes = Vec::new();
        for (row, line) in lines.iter().enumerate() {
            if row > 0 {
                bytes.push(b'\n');
            }
            ansi::encode_line(&mut bytes, line);
        }
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
        // One by one: there may be so many that recursion would use up the stack.
        let mut parent = self.parent.take().map(|parent| parent.handle);
        while let Some(mut handle) = parent.and_then(Arc::into_inner) {
            handle.close();
            parent = handle.parent.take().map(|parent| parent.handle);
        }
    }
}

// A panic leaves nothing half done in a bar: counts are atomic, and the locks of its appearance and
// of the roster are released by a panic and never held while user code runs.
impl UnwindSafe for Handle {}
impl RefUnwindSafe for Handle {}
impl UnwindSafe for Other {}
impl RefUnwindSafe for Other {}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("id", &self.id).finish_non_exhaustive()
    }
}

impl fmt::Debug for Placement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Placement").field("beside", &self.beside).field("row", &self.row).finish_non_exhaustive()
    }
}
