//! Follows the cursor through program output, by the functions that the scanner finds in it.

use anstyle::Style;

use super::cursor::{Cursor, SavedPosition};
use super::line_heights::LineHeights;
use super::scanner::Function;
use crate::cells::sgr;
use crate::cells::width;

/// Follows the cursor on the screen that the program shows, primary or alternate.
#[derive(Debug)]
pub(super) struct CursorTracker {
    cols: usize,
    pub(super) cursor: Cursor,
    pub(super) heights: LineHeights,
    /// The cursor of the primary screen, while the program shows the alternate one.
    primary: Option<Cursor>,
}

impl CursorTracker {
    pub(super) fn new(cols: usize) -> CursorTracker {
        CursorTracker { cols: cols.max(1), cursor: Cursor::new(), heights: LineHeights::new(), primary: None }
    }

    /// Whether the program shows the alternate screen.
    pub(super) fn is_alternate_screen(&self) -> bool {
        self.primary.is_some()
    }

    /// Starts in a new row of the primary screen, in this style: another program has had the
    /// terminal.
    pub(super) fn restart(&mut self, style: Style) {
        self.cursor = Cursor { style, glyph_sets: self.cursor.glyph_sets, ..Cursor::new() };
    }

    /// Follows a resize: the terminal rewraps an open line, so that its last row ends elsewhere.
    pub(super) fn resize(&mut self, cols: usize) {
        self.cols = cols.max(1);
        if self.cursor.column > 0 {
            self.cursor.column = (self.cursor.line_columns.max(1) - 1) % self.cols + 1;
        }
    }

    /// Does what a terminal does.
    pub(super) fn apply(&mut self, function: Function<'_>) {
        match function {
            Function::None => {}
            Function::Ascii { count, last } => {
                self.advance(count, 1);
                self.cursor.last_glyph = self.cursor.glyph(last, 1);
            }
            Function::Print(c) => self.print(c),
            Function::NextLine => {
                self.line_feed(1);
                self.cursor.move_to_line_start();
            }
            Function::LineFeed => self.line_feed(1),
            Function::CarriageReturn => {
                // Back over the columns of this row. Earlier rows of the line stay behind.
                self.cursor.line_columns -= self.cursor.column.min(self.cursor.line_columns);
                self.cursor.column = 0;
            }
            Function::Backspace => self.move_to(self.last_column_at_most().saturating_sub(1)),
            Function::Tab => self.move_to((self.cursor.column / 8 + 1) * 8),
            Function::ReverseIndex => {
                self.cancel_wrap();
                self.cursor.up(1);
            }
            Function::SaveCursor => self.save(),
            Function::RestoreCursor => self.restore(),
            Function::FullReset => {
                self.cursor = Cursor { jumped: true, ..Cursor::new() };
                self.primary = None;
            }
            Function::SetStyle(params) => self.cursor.style = sgr::apply(self.cursor.style, params, Style::new()),
            Function::Up(count) => {
                self.cancel_wrap();
                self.cursor.up(count);
            }
            Function::UpToStart(count) => {
                self.cursor.up(count);
                self.cursor.move_to_line_start();
            }
            Function::Down(count) => {
                self.cancel_wrap();
                self.cursor.down(count);
            }
            Function::DownToStart(count) => {
                self.cursor.down(count);
                self.cursor.move_to_line_start();
            }
            Function::Right(count) => self.move_to(self.last_column_at_most() + count),
            Function::Left(count) => self.move_to(self.last_column_at_most().saturating_sub(count)),
            Function::Column(column) => self.move_to(column),
            Function::Position { column } => {
                self.cursor.move_to_line_start();
                self.move_to(column);
                self.cursor.jump();
            }
            Function::Row => {
                self.cancel_wrap();
                self.cursor.jump();
            }
            Function::ScrollRegion => {
                self.cursor.move_to_line_start();
                self.cursor.jump();
            }
            Function::ShiftRows => self.cursor.lowest_row_written = true,
            Function::EraseDisplay(what) => self.erase_display(what),
            Function::EraseLine(what) => self.erase_line(what),
            Function::DesignateGlyphs(slot, glyphs) => self.cursor.glyph_sets.designate(slot, glyphs),
            Function::UseGlyphs(slot) => self.cursor.glyph_sets.used = slot,
            Function::EnterAlternateScreen if self.primary.is_none() => self.primary = Some(self.cursor.clone()),
            Function::EnterAlternateScreen => {}
            Function::LeaveAlternateScreen => {
                if let Some(cursor) = self.primary.take() {
                    // Terminals disagree about whether the character sets are restored. Where the
                    // program's own were taken for line drawing by mistake, its text would be lost.
                    self.cursor = Cursor { jumped: true, glyph_sets: self.cursor.glyph_sets, ..cursor };
                }
            }
        }
    }

    fn print(&mut self, c: char) {
        match width::of_char(c) {
            0 if width::is_control(c) => {}
            0 => self.cursor.last_glyph.combine(c),
            width => {
                self.advance(1, width);
                self.cursor.last_glyph = self.cursor.glyph(c, width);
            }
        }
    }

    /// Moves over `count` characters of `width` columns. A terminal wraps only when the next
    /// character comes.
    fn advance(&mut self, count: usize, width: usize) {
        let cursor = &mut self.cursor;
        cursor.row_written = true;
        cursor.line_columns += count * width;
        if width == 1 {
            let column = cursor.column + count;
            if column > self.cols {
                cursor.column = (column - 1) % self.cols + 1;
                let rows = (column - 1) / self.cols;
                cursor.wrap(rows);
                self.heights.on_wrap(rows);
            } else {
                cursor.column = column;
            }
        } else {
            for _ in 0..count {
                let wraps = cursor.column + width > self.cols;
                cursor.wrap(usize::from(wraps));
                self.heights.on_wrap(usize::from(wraps));
                cursor.column = if wraps { width } else { cursor.column + width }.min(self.cols);
            }
        }
    }

    /// The cursor's column; the last one if a wrap is pending.
    fn last_column_at_most(&self) -> usize {
        self.cursor.column.min(self.cols - 1)
    }

    fn move_to(&mut self, column: usize) {
        let column = column.min(self.cols - 1);
        self.cursor.line_columns = (self.cursor.line_columns + column).saturating_sub(self.cursor.column);
        self.cursor.column = column;
    }

    /// Cancels a pending wrap, as every move does: the cursor is on the last column then, not
    /// behind it.
    fn cancel_wrap(&mut self) {
        if self.cursor.column >= self.cols {
            self.move_to(self.cols - 1);
        }
    }

    fn line_feed(&mut self, count: usize) {
        self.cancel_wrap();
        self.heights.on_end();
        let below = self.cursor.rows_below;
        self.cursor.row_written = count < below || (count == below && self.cursor.lowest_row_written);
        let fed = count.saturating_sub(self.cursor.rows_below);
        // Line feeds on the alternate screen do not move the primary screen's cursor.
        if self.primary.is_none() {
            self.cursor.line_feeds += fed;
        }
        if let Some(saved) = &mut self.cursor.saved {
            saved.rows_below += fed;
        }
        self.cursor.rows_below = self.cursor.rows_below.saturating_sub(count);
    }

    fn save(&mut self) {
        let Cursor { column, line_columns, row_written, rows_below, style, glyph_sets, .. } = self.cursor;
        // Few terminals save a pending wrap, and the character it waits behind is not remembered
        // here.
        let pending = column.saturating_sub(self.cols - 1);
        let (column, line_columns) = (column - pending, line_columns.saturating_sub(pending));
        self.cursor.saved = Some(SavedPosition { column, line_columns, row_written, rows_below, style, glyph_sets });
    }

    /// Moves back to the saved position, wherever on the screen that is.
    fn restore(&mut self) {
        self.cursor.rows_below = 0;
        if let Some(SavedPosition { column, line_columns, row_written, rows_below, style, glyph_sets }) =
            self.cursor.saved.take()
        {
            // What was printed since may stand in that row as well, and in those below.
            let row_written = row_written || self.cursor.row_written;
            self.cursor = Cursor {
                column,
                line_columns,
                row_written,
                rows_below,
                lowest_row_written: true,
                style,
                glyph_sets,
                ..self.cursor
            };
        }
        self.cursor.jumped = true;
    }

    fn erase_display(&mut self, what: usize) {
        if what == 2 || (what == 0 && self.cursor.column == 0) {
            self.cursor.row_written = false;
        }
        if self.cursor.rows_below > 0 && matches!(what, 0 | 2) {
            // The program has given up its rows below. How far the bottom is from here is unknown.
            self.cursor.rows_below = 0;
            self.cursor.jumped = true;
        }
    }

    fn erase_line(&mut self, what: usize) {
        if what == 2 || (what == 0 && self.cursor.column == 0) {
            self.cursor.row_written = false;
        }
        if what == 1 || what == 2 {
            // The last character is erased too.
            self.cursor.last_glyph = self.cursor.glyph(' ', 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::scanner::Scanner;
    use super::*;

    /// The cursor after `text` in a window of 10 columns.
    fn after(text: &str) -> Cursor {
        let (mut scanner, mut tracker) = (Scanner::new(), CursorTracker::new(10));
        let mut bytes = text.as_bytes();
        while let Some((length, function)) = scanner.next(bytes) {
            tracker.apply(function);
            bytes = &bytes[length..];
        }
        tracker.cursor
    }

    #[test]
    fn columns() {
        for (text, column) in [
            ("", 0),
            ("abc", 3),
            ("abc\n", 0),
            ("abc\rx", 1),
            ("0123456789", 10),
            ("0123456789a", 1),
            ("0123456789012345678901", 2),
            ("漢字", 4),
            ("漢字漢字漢", 10),
            ("x漢字漢字漢", 2),
            ("e\u{301}", 1),
            ("\x1b[31mred\x1b[0m", 3),
            ("\x1b]0;a title\x07x", 1),
            ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", 4),
            ("a\tb", 9),
            ("abc\x08", 2),
            ("\x1b[5Gx", 5),
            ("abc\x1b[2D", 1),
            ("\u{9f}x", 1),
            ("ab\x1b7\x1b[1;1H0123456789\x1b8", 2),
            ("ab\x1b[s\x1b[9;9Hx\x1b[u", 2),
        ] {
            assert_eq!(after(text).column, column, "{text:?}");
        }
    }

    /// A position is saved without a pending wrap: an open line is not counted as longer than it
    /// is.
    #[test]
    fn a_restored_position_has_no_pending_wrap() {
        let mut tracker = CursorTracker { cursor: after("0123456789\x1b7\x1b8ab"), ..CursorTracker::new(10) };
        assert_eq!(tracker.cursor.column, 1);
        tracker.resize(7);
        assert_eq!(tracker.cursor.column, 4);
    }

    #[test]
    fn whether_letters_look_like_lines() {
        for (text, draws_lines) in [
            ("", false),
            ("\x1b(0", true),
            ("\x1b(0\x1b(B", false),
            ("\x1b)0", false),
            ("\x1b)0\x0e", true),
            ("\x1b)0\x0e\x0f", false),
            ("\x1b7\x1b(0\x1b8", false),
            ("\x1b(0\x1bc", false),
            ("\x1b*0", false),
            ("\x1b*0\x1bn", true),
            ("\x1b+0\x1bo", true),
            ("\x1b+0\x1bo\x0f", false),
        ] {
            assert_eq!(after(text).glyph_sets.draws_lines(), draws_lines, "{text:?}");
        }
    }

    #[test]
    fn a_row_that_the_cursor_jumps_to_is_open() {
        for (text, open) in [
            ("a\n\x1b[H", true),
            ("a\n\x1b[2d", true),
            ("a\n\x1b[r", true),
            ("a\n\x1b[H\x1b[2J", false),
            ("a\n\x1b[H\n", false),
        ] {
            assert_eq!(after(text).is_line_open(), open, "{text:?}");
        }
    }

    #[test]
    fn a_row_below_those_that_were_rewritten_is_as_it_was() {
        for (text, open) in [
            ("a\nb\n\x1b[2AA\nB\n", false),
            ("a\nb\n\x1b[2AA\n\n\n", false),
            ("a\nb\n\x1b[2A\x1b[2B", false),
            ("a\nb\n\x1b[2AA\n", true),
            ("a\nb\n\x1b[2A\x1b[1B", true),
            ("a\nb\x1b[1AA\n", true),
            ("a\nb\x1b[1A\r\x1b[1B", true),
            ("a\nb\n\x1b[2A\x1b[L\n\n", true),
            ("a\nb\n\x1b[2A\x1b7\n\nc\r\x1b8\n\n", true),
        ] {
            assert_eq!(after(text).is_line_open(), open, "{text:?}");
        }
    }

    #[test]
    fn rows_of_the_programs_own_below() {
        for (text, rows_below, line_feeds) in [
            ("a\nb\n", 0, 2),
            ("a\nb\n\x1b[2A", 2, 2),
            ("a\nb\n\x1b[2Ax\n", 1, 2),
            ("a\nb\n\x1b[2Ax\n\n\n", 0, 3),
            ("a\nb\n\x1b[2A\x1b[2B", 0, 2),
            ("a\nb\n\x1b[2A\x1b[J", 0, 2),
            ("a\nb\n\x1b[2A\x1b[1J", 2, 2),
        ] {
            let cursor = after(text);
            assert_eq!((cursor.rows_below, cursor.line_feeds), (rows_below, line_feeds), "{text:?}");
        }
    }
}
