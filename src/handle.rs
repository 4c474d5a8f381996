//! What all handles to one bar share: the bar lives on the screen for as long as one of them does.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use crate::bars::{Bar, BarRenderer, Id, Place, Roster};
use crate::error::Error;
use crate::manager::{Manager, Tenancy};
use crate::paint::ansi;
use crate::paint::color::{Color, ColorDepth};
use crate::paint::line::Line;
use crate::state::value::Value;

/// A bar on a screen; closed when dropped.
pub(crate) struct Handle {
    pub(crate) bar: Arc<Bar>,
    tenancy: Arc<Tenancy>,
    id: Option<Id>,
}

/// A bar that is to make way for another one, of whichever kind; made from a reference to its handle.
#[derive(Clone, Copy)]
pub struct Replaced<'a>(pub(crate) &'a Handle);

/// Where a new bar is to stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Placement {
    pub(crate) place: Place,
    /// The bar whose place it takes.
    pub(crate) instead_of: Option<(Arc<Bar>, Option<Id>)>,
}

impl Handle {
    /// Puts a bar on the manager's screen, if there is one.
    pub(crate) fn add(manager: &Manager, bar: Bar, placement: Placement) -> Handle {
        let bar = Arc::new(bar);
        let tenancy = manager.tenancy().clone();
        if let Some((old, _)) = &placement.instead_of {
            old.close(Instant::now());
        }
        let id = tenancy.display().map(|screen| {
            let mut roster = screen.roster().lock();
            let id = match placement.instead_of {
                Some((_, Some(old))) => roster.replace(old, bar.clone(), tenancy.owner()),
                _ => roster.add(bar.clone(), tenancy.owner(), placement.place),
            };
            drop(roster);
            screen.wake();
            id
        });
        Handle { bar, tenancy, id }
    }

    /// The bar and its place, for one that is to stand there instead.
    pub(crate) fn place(&self) -> (Arc<Bar>, Option<Id>) {
        (self.bar.clone(), self.id)
    }

    pub(crate) fn close(&self) {
        if self.bar.close(Instant::now()) {
            self.rearrange(|roster, id| roster.close(id, self.bar.stays()));
        }
    }

    pub(crate) fn reset(&self) {
        if self.bar.reset(Instant::now()) {
            self.rearrange(|roster, id| roster.reopen(id, &self.bar, self.tenancy.owner()));
        }
    }

    pub(crate) fn set_color(&self, color: Color) {
        self.bar.change(|look| look.snapshot.color = color);
    }

    pub(crate) fn set_field(&self, name: &str, value: Value) {
        self.bar.change(|look| look.snapshot.set_field(name, value));
    }

    pub(crate) fn pause(&self) {
        self.bar.pause(Instant::now());
    }

    pub(crate) fn resume(&self) {
        self.bar.resume(Instant::now());
    }

    pub(crate) fn clear(&self) {
        self.bar.clear();
    }

    /// It is finished and goes, whatever was said about that.
    pub(crate) fn remove(&self) {
        self.bar.close(Instant::now());
        self.rearrange(|roster, id| roster.close(id, false));
    }

    /// The line as it is now, in `width` columns and without colours.
    pub(crate) fn format(&self, width: usize) -> String {
        let mut line = Line::default();
        BarRenderer::new(ColorDepth::None).render_at(&self.bar, None, width, &mut line);
        line.to_string()
    }

    /// The line as it is after `elapsed` seconds, in `width` columns and with its colours as escape sequences.
    pub(crate) fn format_at(&self, width: usize, elapsed: f64, depth: ColorDepth) -> String {
        let mut line = Line::default();
        BarRenderer::new(depth).render_at(&self.bar, Some(elapsed), width, &mut line);
        let mut bytes = Vec::new();
        ansi::line(&mut bytes, &line);
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Changes the bar's place on the screen, if it is on one.
    fn rearrange(&self, change: impl FnOnce(&mut Roster, Id)) {
        let Some((screen, id)) = self.tenancy.display().zip(self.id) else { return };
        change(&mut screen.roster().lock(), id);
        screen.wake();
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.close();
    }
}

impl Replaced<'_> {
    /// The new bar's place.
    pub(crate) fn placement(self, placement: Placement) -> Placement {
        Placement { instead_of: Some(self.0.place()), ..placement }
    }
}

impl fmt::Debug for Replaced<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replaced").finish_non_exhaustive()
    }
}

/// Pins a bar to be to a row, counted from the bottom.
pub(crate) fn pin(manager: &Manager, row: usize) -> Result<Placement, Error> {
    if row == 0 {
        return Err(Error::position(row, "rows are counted from 1"));
    }
    if let Some(screen) = manager.tenancy().display() {
        if row >= screen.height() {
            return Err(Error::position(
                row,
                format!("the terminal has {} rows, one of them for the log", screen.height()),
            ));
        }
        if screen.roster().lock().is_taken(row) {
            return Err(Error::position(row, "another bar is pinned there"));
        }
    }
    Ok(Placement { place: Place::Pinned(row), instead_of: None })
}
