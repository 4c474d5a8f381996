//! The contract of a region: the rows of ours at the bottom of the window, however they are kept
//! apart from program output.

#[cfg(any(test, feature = "testing"))]
use std::ops::Range;

use super::cursor::Cursor;
use super::window::Window;
use crate::cells::line::Line;

/// The rows that stay when the region ends.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LastRows<'a> {
    pub(crate) rows: &'a [Line],
    /// How many rows of the output, counted from its end, they stand above; 0 if below all output.
    /// A region that cannot do this, or not now, leaves them below.
    pub(crate) tail: usize,
}

/// Rows below the program's output, and the bytes that turn the rows on the screen into the next
/// ones. What one call appends to `out` is one frame.
pub(crate) trait Region: Send {
    /// Passes `text` on, leaves the cursor as `cursor` says, and shows `rows`. Appends nothing if
    /// nothing has changed.
    fn compose(&mut self, out: &mut Vec<u8>, text: &[u8], cursor: &Cursor, rows: &[Line], window: Window);

    /// Removes the rows from the screen, and leaves the cursor where it is. The output that follows
    /// is passed on without the region until rows are composed again.
    fn hide(&mut self, out: &mut Vec<u8>, window: Window);

    /// Composes the last frame: passes `text` on, leaves rows behind as ordinary lines, and removes
    /// all else of ours.
    fn finish(&mut self, out: &mut Vec<u8>, text: &[u8], cursor: &Cursor, last: LastRows<'_>, window: Window);

    /// The window has another size: no row is sure to stand where it was.
    fn on_resize(&mut self);

    /// Another program may have written to the screen: the next frame writes all rows.
    fn invalidate(&mut self);

    /// The next change writes all rows, to repair what may have happened to them.
    fn mark_stale(&mut self);

    /// Another program has had the terminal: our rows are gone, and the cursor is in an unknown
    /// row.
    fn reset(&mut self);

    /// The user has pressed Enter and no program has read it: the terminal has moved the cursor
    /// down.
    fn on_enter_echoed(&mut self);

    /// The visible rows in which ours stand, in a window of `height` rows. Asked by the terminal in
    /// memory only.
    #[cfg(any(test, feature = "testing"))]
    fn rows_on(&self, cursor_row: usize, height: usize) -> Range<usize>;

    /// Whether the rows right below the cursor are known to be the last rows of the window. Asked
    /// by the model test only.
    #[cfg(test)]
    fn is_at_bottom(&self) -> bool {
        false
    }
}
