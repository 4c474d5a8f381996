//! The pinned region: which rows of ours stand on the screen, where, and when they are written
//! again.
//!
//! One invariant carries everything: **everything below the cursor's row is ours; on that row and
//! above it nothing is ever touched.** The invariant needs no knowledge of the window's height or
//! of the cursor's row, so it survives whatever a resize does between two frames.
//!
//! A frame is one piece of bytes and leaves no mode of the terminal changed:
//!
//! 1. With program output to pass on, or when the rows on the screen may be damaged: one row down
//!    (an index, which scrolls only on the last row), erase from there to the end of the screen,
//!    back up, write the output.
//! 2. The bars, in rows below the cursor, with wrapping off and no color on. While a line is open,
//!    a blank row stays between: an Enter that the user types there moves the cursor without our
//!    knowing, and must not move it onto a bar.
//! 3. Back to where the output ended, in its style.
//!
//! Erasing starts below the cursor's row, never at the top of the screen: erasing from the home
//! position makes some terminals (tmux, screen, alacritty) save the whole screen to their
//! scrollback. An index keeps the column but cancels a pending wrap, which is restored by writing
//! the last character again.
//!
//! The bytes of the single steps are in `steps`.

mod steps;
#[cfg(test)]
mod tests;

use std::iter::repeat_n;
#[cfg(any(test, feature = "testing"))]
use std::ops::Range;

use self::steps::Steps;
use super::anchor::Anchor;
use super::cursor::Cursor;
use super::quirks::{Quirks, RowsBelow};
use super::region::{LastRows, Region};
use super::row_ops::{remember, start_empty_row, visible_width, write_lines};
use super::window::{ResizeState, Window};
use crate::cells::ansi::TermOp;
use crate::cells::line::Line;
use crate::sys::Size;

/// The rows of ours below the cursor.
#[derive(Debug)]
pub(crate) struct PinnedRegion {
    /// The rows as they were written last.
    shown: Vec<Line>,
    anchor: Anchor,
    position: Position,
    /// Blank rows between the program's rows and ours: one below an open line, if there is room.
    spacer: usize,
    distance: BottomDistance,
    validity: Validity,
    cursor: Cursor,
    cursor_row: CursorRow,
    quirks: Quirks,
    /// The size of the window in the last frame.
    size: Option<Size>,
    /// Rows from the cursor's row to the end of the window, where that is known.
    rows_to_bottom: Option<usize>,
}

/// Where the rows stand in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    /// Right below the cursor's row. Every move is relative, so a resize in the middle of a frame
    /// does no harm.
    BelowCursor,
    /// On the last rows of the window, with an unknown gap above. The way back is a saved position,
    /// which a resize in the middle of a frame would make wrong. Not used while the window is being
    /// resized.
    Bottom,
}

/// How far the cursor is above the last row of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BottomDistance {
    /// Unknown. Since it became unknown, at least `passed` line feeds have moved the cursor down or
    /// scrolled the screen.
    Unknown { passed: usize },
    /// Exactly the rows that the region needs: right below the cursor *is* the bottom.
    Region,
}

/// Whether the screen shows the rows that were written last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Validity {
    /// It does. Writing what has changed is enough.
    Valid,
    /// It should, but the last full frame was long ago: the next change writes all rows.
    Stale,
    /// Something has happened to the rows. All are written again.
    Invalid,
    /// An Enter was echoed: the cursor may be further down, on a row of ours.
    EnterEchoed,
    /// The window has another size, and a frame may have been on its way: the cursor may stand on a
    /// row of ours.
    Resized,
}

/// Whether the content of the cursor's row is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CursorRow {
    /// Unknown: something may have been printed there before the first frame.
    Unknown,
    /// Known: a line was ended since, and all output after it was seen.
    Known,
}

impl PinnedRegion {
    pub(crate) fn new(cursor: Cursor, quirks: Quirks, anchor: Anchor) -> PinnedRegion {
        PinnedRegion {
            shown: Vec::new(),
            anchor,
            position: Position::Bottom,
            spacer: 0,
            distance: BottomDistance::Unknown { passed: 0 },
            validity: Validity::Invalid,
            cursor,
            cursor_row: CursorRow::Unknown,
            quirks,
            size: None,
            rows_to_bottom: None,
        }
    }
}

impl Region for PinnedRegion {
    fn compose(&mut self, out: &mut Vec<u8>, text: &[u8], cursor: &Cursor, rows: &[Line], window: Window) {
        // Below the program's own rows there may be less room than there are rows.
        let room = window.size.rows.saturating_sub(1 + cursor.rows_below);
        let rows = &rows[..rows.len().min(room)];
        let spacer = usize::from(cursor.is_line_open() && (1..room).contains(&rows.len()));
        let distance = self.distance_after(cursor, spacer + rows.len(), window);
        // The program may have read an Enter that was typed here: the cursor is further down then
        // than we know.
        let may_have_moved = cursor.is_line_open() && cursor.saved.is_none() && window.resize == ResizeState::Idle;
        let position = match (distance, self.anchor) {
            _ if window.resize != ResizeState::Idle => Position::BelowCursor,
            (BottomDistance::Region, _) if may_have_moved => Position::Bottom,
            (BottomDistance::Unknown { .. }, Anchor::Bottom) => Position::Bottom,
            _ => Position::BelowCursor,
        };
        let write_all = !text.is_empty()
            || !matches!(self.validity, Validity::Valid | Validity::Stale)
            || self.shown.len() != rows.len()
            || self.spacer != spacer
            || (self.position != position && !rows.is_empty());
        if !write_all && self.shown == rows {
            return;
        }
        // Rows that stand further up than the cursor says are erased with all others.
        let is_adrift = may_have_moved && position == Position::BelowCursor;
        let write_all = write_all || is_adrift || self.validity == Validity::Stale;

        TermOp::BeginUpdate.encode(out);
        if text.is_empty() {
            // The output before this cursor may have been passed on while the program showed the
            // alternate screen.
            self.follow(cursor);
        }
        if write_all {
            self.correct_drift(out, window);
            self.erase(out, window);
            out.extend_from_slice(text);
        }
        let extent = cursor.rows_below + spacer + rows.len();
        self.rows_to_bottom = match distance {
            BottomDistance::Region => Some(extent),
            BottomDistance::Unknown { .. } if !text.is_empty() => None,
            BottomDistance::Unknown { .. } => self.rows_to_bottom.map(|rows| rows.max(extent)),
        };
        self.size = Some(window.size);
        self.follow(cursor);
        (self.position, self.spacer, self.distance) = (position, spacer, distance);
        if !rows.is_empty() {
            self.write_rows(out, rows, write_all, window);
        }
        TermOp::EndUpdate.encode(out);

        self.validity = Validity::Valid;
        remember(&mut self.shown, rows);
    }

    fn hide(&mut self, out: &mut Vec<u8>, window: Window) {
        let cursor = self.cursor.clone();
        self.finish(out, b"", &cursor, LastRows::default(), window);
    }

    fn finish(&mut self, out: &mut Vec<u8>, text: &[u8], cursor: &Cursor, last: LastRows<'_>, window: Window) {
        let LastRows { rows, tail } = last;
        if text.is_empty() && rows.is_empty() && self.shown.is_empty() {
            return;
        }
        let rows_are_known = matches!(self.validity, Validity::Valid | Validity::Stale);
        TermOp::BeginUpdate.encode(out);
        self.correct_drift(out, window);
        self.erase(out, window);
        out.extend_from_slice(text);
        self.follow(cursor);
        self.spacer = 0;
        let steps = self.steps(window);
        if tail > 0 && rows_are_known && self.has_room_above(tail, rows.len(), window) {
            steps.insert_above(out, tail, rows);
        } else if !rows.is_empty() {
            TermOp::Down(self.cursor.rows_below).encode(out);
            TermOp::PLAIN.encode(out);
            steps.plain_charset(out);
            self.start_line(out, window);
            write_lines(out, rows);
            steps.restore_style(out);
            steps.restore_charset(out);
        }
        TermOp::EndUpdate.encode(out);
        self.forget_rows();
        self.validity = Validity::Valid;
    }

    fn on_resize(&mut self) {
        self.validity = Validity::Resized;
        self.distance = BottomDistance::Unknown { passed: 0 };
    }

    fn invalidate(&mut self) {
        if matches!(self.validity, Validity::Valid | Validity::Stale) {
            self.validity = Validity::Invalid;
        }
    }

    fn mark_stale(&mut self) {
        if self.validity == Validity::Valid {
            self.validity = Validity::Stale;
        }
    }

    fn reset(&mut self) {
        self.forget_rows();
        self.validity = Validity::Invalid;
        self.cursor_row = CursorRow::Unknown;
    }

    fn on_enter_echoed(&mut self) {
        if self.validity != Validity::Resized {
            self.validity = Validity::EnterEchoed;
        }
    }

    #[cfg(any(test, feature = "testing"))]
    fn rows_on(&self, cursor_row: usize, height: usize) -> Range<usize> {
        let start = match self.position {
            Position::BelowCursor => (cursor_row + 1 + self.cursor.rows_below + self.spacer).min(height),
            Position::Bottom => height.saturating_sub(self.shown.len()),
        };
        start..height.min(start + self.shown.len())
    }

    #[cfg(test)]
    fn is_at_bottom(&self) -> bool {
        self.distance == BottomDistance::Region
    }
}

impl PinnedRegion {
    fn forget_rows(&mut self) {
        self.shown.clear();
        self.spacer = 0;
        self.distance = BottomDistance::Unknown { passed: 0 };
        self.rows_to_bottom = None;
    }

    fn follow(&mut self, cursor: &Cursor) {
        self.cursor.clone_from(cursor);
        if cursor.line_feeds > 0 {
            self.cursor_row = CursorRow::Known;
        }
    }

    /// The distance from the bottom once the program's output has led to `cursor`, and `extent`
    /// rows below it are made room for.
    fn distance_after(&self, cursor: &Cursor, extent: usize, window: Window) -> BottomDistance {
        if cursor.jumped {
            return BottomDistance::Unknown { passed: 0 };
        }
        match self.distance {
            // Fewer rows than before: those that are removed leave a gap of blank rows.
            _ if extent + cursor.line_feeds < self.spacer + self.shown.len() => BottomDistance::Unknown { passed: 0 },
            BottomDistance::Region => BottomDistance::Region,
            BottomDistance::Unknown { passed } => match passed + cursor.line_feeds {
                passed if passed < window.size.rows => BottomDistance::Unknown { passed },
                // A screenful of line feeds: wherever the cursor was, it has met the bottom.
                _ => BottomDistance::Region,
            },
        }
    }

    /// Rows between the cursor's row and the first of ours.
    fn gap(&self) -> usize {
        self.cursor.rows_below + self.spacer
    }

    /// Rows from the cursor's row to the last of ours.
    fn extent(&self) -> usize {
        self.gap() + self.shown.len()
    }

    fn steps(&self, window: Window) -> Steps<'_> {
        Steps { cursor: &self.cursor, gap: self.gap(), shown: &self.shown, cols: window.size.cols }
    }

    /// Moves the cursor to the start of a row in which nothing stands, below the program's output.
    fn start_line(&self, out: &mut Vec<u8>, window: Window) {
        match self.cursor_row {
            // Output of the program stands in the cursor's row, or in its own rows below.
            _ if self.cursor.is_line_open() || self.cursor.rows_below > 0 => TermOp::NewLine.encode(out),
            // No output stands in this row; but the terminal may have echoed input there, `^C` for
            // one.
            CursorRow::Known => Steps::erase_row(out),
            CursorRow::Unknown => start_empty_row(out, window),
        }
    }

    /// Whether rows can be inserted above the last `tail` rows of the output: all of these stand on
    /// the screen, and the cursor is where it is thought to be.
    fn has_room_above(&self, tail: usize, rows: usize, window: Window) -> bool {
        self.cursor_row == CursorRow::Known
            && self.cursor.rows_below == 0
            && self.cursor.saved.is_none()
            && window.resize == ResizeState::Idle
            && tail + 1 + rows <= window.size.rows
    }

    /// After a resize: moves up to where the cursor should be, on terminals that are known to have
    /// left it behind. Does not move where a line is open, or where output may have met the resize
    /// on its way: on a row of the log nothing is ever erased.
    fn correct_drift(&mut self, out: &mut Vec<u8>, window: Window) {
        let Some(before) = self.size.filter(|before| *before != window.size) else { return };
        let blank = match self.rows_to_bottom {
            Some(rows) => rows.saturating_sub(self.extent()),
            None if self.position == Position::Bottom => 0,
            None => return,
        };
        if self.validity != Validity::Resized {
            return;
        }
        let gap = repeat_n(0, self.gap());
        let below = RowsBelow { widths: gap.chain(self.shown.iter().map(visible_width)).collect(), blank };
        let drift = self.quirks.cursor_drift(before, window.size, &below);
        self.rows_to_bottom = drift.rows_to_bottom.filter(|_| self.rows_to_bottom.is_some() && !window.in_transit);
        if !window.in_transit && !self.cursor.is_line_open() && self.cursor_row == CursorRow::Known {
            TermOp::Up(drift.rows).encode(out);
        }
    }

    /// Step 1: erases everything of ours. The cursor ends where it was.
    fn erase(&self, out: &mut Vec<u8>, window: Window) {
        if self.shown.is_empty() && self.validity == Validity::Valid {
            return;
        }
        let steps = self.steps(window);
        // Terminals erase with the background in force.
        steps.plain_style(out);
        let row_is_blank = self.cursor_row == CursorRow::Known && !self.cursor.is_line_open();
        if row_is_blank {
            let at_bottom = self.distance == BottomDistance::Region && window.resize == ResizeState::Idle;
            if self.validity == Validity::EnterEchoed && at_bottom {
                // Only here is the cursor's row located by counting from the bottom.
                steps.move_up_from_bottom(out, self.extent());
            }
            // No output stands in the cursor's row. But a frame that was made for a larger window
            // leaves the cursor on its first bar, some terminals do so of their own accord, and so
            // does an Enter that was typed and read.
            Steps::erase_row(out);
        }
        let down = self.cursor.rows_below + 1;
        if down < window.size.rows {
            steps.erase_below(out, down);
        } else if row_is_blank {
            // On the last row of the window an index would scroll the cursor's row away.
            TermOp::EraseBelow.encode(out);
        }
        steps.restore_pending_wrap(out);
        steps.restore_style(out);
    }

    /// Steps 2 and 3.
    fn write_rows(&self, out: &mut Vec<u8>, rows: &[Line], write_all: bool, window: Window) {
        let steps = self.steps(window);
        match self.position {
            Position::BelowCursor if self.column_is_known(window) => {
                steps.begin_rows(out);
                steps.write_below(out, rows, write_all);
                TermOp::Column(self.cursor.column.min(window.size.cols.saturating_sub(1))).encode(out);
                TermOp::WrapOn.encode(out);
                steps.restore_style(out);
                steps.restore_charset(out);
                steps.restore_pending_wrap(out);
            }
            // The terminal knows the column of an open line better than we do: it counts echoed
            // input too, and characters whose width is a matter of opinion.
            position => {
                if write_all {
                    steps.make_room(out, rows.len());
                    steps.restore_pending_wrap(out);
                }
                TermOp::Save.encode(out);
                steps.begin_rows(out);
                match position {
                    Position::BelowCursor => steps.write_below(out, rows, write_all),
                    Position::Bottom => steps.write_at_bottom(out, rows, write_all),
                }
                TermOp::WrapOn.encode(out);
                TermOp::Restore.encode(out);
                steps.restore_style(out);
                steps.restore_charset(out);
            }
        }
    }

    /// Whether the way back from the rows can be taken by relative moves alone. Those survive a
    /// resize in the middle of the frame.
    fn column_is_known(&self, window: Window) -> bool {
        match self.cursor_row {
            CursorRow::Unknown => false,
            CursorRow::Known => {
                !self.cursor.is_line_open() || window.resize != ResizeState::Idle || self.cursor.saved.is_some()
            }
        }
    }
}
