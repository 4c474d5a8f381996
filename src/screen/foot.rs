//! The foot of the screen: the rows of ours below what is printed, whichever way they are kept apart from it.

use super::above::Caret;
use crate::paint::ansi::{self, Edit};
use crate::paint::diff;
use crate::paint::line::Line;
use crate::sys::Size;

/// Rows below what is printed, and the bytes that turn them into the next ones. What is appended to `out` is one frame.
pub(crate) trait Foot: Send {
    /// Passes `text` on, leaves the cursor as `caret` says, and shows `rows`. Appends nothing if nothing changed.
    fn paint(&mut self, out: &mut Vec<u8>, text: &[u8], caret: &Caret, rows: &[Line], view: View);

    /// The last frame: passes `text` on, leaves `rows` behind as ordinary lines, and nothing of ours is there any more.
    fn finish(&mut self, out: &mut Vec<u8>, text: &[u8], caret: &Caret, rows: &[Line], view: View);

    /// The window has another size: what stands where is anybody's guess.
    fn resized(&mut self);

    /// Somebody else has written to the terminal.
    fn distrust(&mut self);

    /// Whatever may have happened to the screen is to be healed when something changes.
    fn heal(&mut self);

    /// Somebody else had the terminal: what we painted is gone, and the cursor is somewhere.
    fn returned(&mut self);

    /// An Enter was typed and nobody has read it: the terminal has moved the cursor down.
    fn wandered(&mut self);
}

/// How the window is at the time of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct View {
    pub(crate) size: Size,
    pub(crate) motion: Motion,
    /// Text is on its way, or was a moment ago: before or after the window has changed, nobody can tell.
    pub(crate) in_transit: bool,
}

/// Whether the window is being resized, from calm to wild.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Motion {
    /// It has kept its size for a while.
    Still,
    /// It has just changed its size a little, as when it is dragged, and may do so again at any time.
    Resizing,
    /// It has just become much smaller, and may do so again: nothing that stands in it is sure to fit.
    Jumping,
}

impl Motion {
    /// What a window does that goes from one size to another. What is drawn while it is dragged fits into three quarters of it.
    pub(crate) fn between(before: Size, after: Size) -> Motion {
        let fits = |before: usize, after: usize| three_quarters(before) <= after;
        if fits(before.cols, after.cols) && fits(before.rows, after.rows) { Motion::Resizing } else { Motion::Jumping }
    }
}

pub(super) fn three_quarters(n: usize) -> usize {
    n * 3 / 4
}

/// Writes a row: whole onto a blank one, or as changes over what stands there.
pub(super) fn write_row(out: &mut Vec<u8>, old: Option<&Line>, row: &Line) {
    match old {
        Some(old) => diff::row(out, old, row),
        None => {
            Edit::Column(0).put(out);
            ansi::line(out, row);
        }
    }
}

/// Remembers what stands on the screen now, without allocating where there is room already.
pub(super) fn remember(shown: &mut Vec<Line>, rows: &[Line]) {
    shown.truncate(rows.len());
    for (at, row) in rows.iter().enumerate() {
        match shown.get_mut(at) {
            Some(shown) => shown.clone_from(row),
            None => shown.push(row.clone()),
        }
    }
}

/// Puts the cursor at the start of a row in which nothing stands, wherever it is now: a row full of blanks ends in the same row
/// from the first column, and in the next one from any other.
pub(super) fn begin_row(out: &mut Vec<u8>, view: View) {
    out.extend(std::iter::repeat_n(b' ', view.size.cols));
    ansi::put(out, [Edit::Column(0), Edit::EraseRest]);
}

/// Writes rows as ordinary lines, from the start of a row.
pub(super) fn write_lines(out: &mut Vec<u8>, rows: &[Line]) {
    Edit::WrapOff.put(out);
    for row in rows {
        ansi::line(out, row);
        Edit::NewLine.put(out);
    }
    Edit::WrapOn.put(out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_dragged_or_jumps() {
        let size = |cols, rows| Size { cols, rows };
        for (before, after, motion) in [
            ((80, 24), (80, 24), Motion::Resizing),
            ((80, 24), (200, 60), Motion::Resizing),
            ((80, 24), (60, 18), Motion::Resizing),
            ((80, 24), (59, 24), Motion::Jumping),
            ((80, 24), (80, 17), Motion::Jumping),
            ((80, 24), (200, 17), Motion::Jumping),
            ((1, 1), (1, 1), Motion::Resizing),
        ] {
            let seen = Motion::between(size(before.0, before.1), size(after.0, after.1));
            assert_eq!(seen, motion, "from {before:?} to {after:?}");
        }
    }
}
