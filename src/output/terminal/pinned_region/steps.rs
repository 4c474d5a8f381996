//! The steps of a frame as bytes: how rows are erased, made room for and written, and how the
//! cursor gets back.

use std::iter::repeat_n;

use super::super::cursor::Cursor;
use super::super::row_ops::write_row;
use super::super::scanner::{GlyphSlot, Glyphs};
use crate::cells::ansi::{self, TermOp};
use crate::cells::line::Line;

/// What the steps need to know of the screen. The cursor stands where the program left it, unless a
/// step says otherwise.
pub(super) struct Steps<'a> {
    pub(super) cursor: &'a Cursor,
    /// Rows between the cursor's row and the first of ours.
    pub(super) gap: usize,
    /// The rows as they were written last.
    pub(super) shown: &'a [Line],
    /// Columns of the window.
    pub(super) cols: usize,
}

impl Steps<'_> {
    /// Erases the row that the cursor is in, and leaves the cursor at its start.
    pub(super) fn erase_row(out: &mut Vec<u8>) {
        ansi::encode_all(out, [TermOp::Column(0), TermOp::EraseRest]);
    }

    /// Moves the cursor to `rows` rows above the last row of the window.
    pub(super) fn move_up_from_bottom(&self, out: &mut Vec<u8>, rows: usize) {
        ansi::encode_all(out, [TermOp::BOTTOM, TermOp::Up(rows)]);
    }

    /// Erases from `down` rows below the cursor to the end of the screen.
    pub(super) fn erase_below(&self, out: &mut Vec<u8>, down: usize) {
        ansi::encode_all(out, repeat_n(TermOp::Index, down));
        ansi::encode_all(out, [TermOp::EraseBelow, TermOp::EraseStart, TermOp::Up(down)]);
    }

    /// Scrolls until there are `rows` rows below the gap, if there are not. Leaves the style plain.
    pub(super) fn make_room(&self, out: &mut Vec<u8>, rows: usize) {
        // Rows that scroll in have the background in force.
        self.plain_style(out);
        let down = self.gap + rows;
        ansi::encode_all(out, repeat_n(TermOp::Index, down));
        TermOp::Up(down).encode(out);
    }

    /// Prepares the terminal for rows: plain style, letters that look like letters, no wrapping.
    pub(super) fn begin_rows(&self, out: &mut Vec<u8>) {
        self.plain_style(out);
        self.plain_charset(out);
        TermOp::WrapOff.encode(out);
    }

    /// Writes the rows right below the gap, and moves back up to the cursor's row. The column is
    /// lost.
    pub(super) fn write_below(&self, out: &mut Vec<u8>, rows: &[Line], write_all: bool) {
        let mut down = 0;
        for (at, row) in rows.iter().enumerate() {
            let old = self.shown.get(at);
            if !write_all && old == Some(row) {
                continue;
            }
            // An index, not "cursor down": on the last row it scrolls, so the way back up is as
            // long as the way down, even after the window has lost rows without our knowing.
            let target = self.gap + at + 1;
            ansi::encode_all(out, repeat_n(TermOp::Index, target - down));
            down = target;
            write_row(out, old.filter(|_| !write_all), row);
        }
        TermOp::Up(down).encode(out);
    }

    /// Writes the rows on the last rows of the window, and leaves the cursor there.
    pub(super) fn write_at_bottom(&self, out: &mut Vec<u8>, rows: &[Line], write_all: bool) {
        TermOp::BOTTOM.encode(out);
        let mut up = 0;
        for (at, row) in rows.iter().enumerate().rev() {
            let old = self.shown.get(at);
            if !write_all && old == Some(row) {
                continue;
            }
            let target = rows.len() - 1 - at;
            TermOp::Up(target - up).encode(out);
            up = target;
            write_row(out, old.filter(|_| !write_all), row);
        }
    }

    /// Inserts rows above the cursor's row and the `tail` rows above that. Below the cursor's row
    /// nothing may stand.
    pub(super) fn insert_above(&self, out: &mut Vec<u8>, tail: usize, rows: &[Line]) {
        self.make_room(out, rows.len());
        TermOp::Save.encode(out);
        self.begin_rows(out);
        ansi::encode_all(out, [TermOp::Column(0), TermOp::Up(tail), TermOp::InsertRows(rows.len())]);
        for row in rows {
            ansi::encode_line(out, row);
            ansi::encode_all(out, [TermOp::Column(0), TermOp::Down(1)]);
        }
        ansi::encode_all(out, [TermOp::WrapOn, TermOp::Restore, TermOp::Down(rows.len())]);
        self.restore_style(out);
        self.restore_charset(out);
        self.restore_pending_wrap(out);
    }

    /// Switches to the plain style, if the program's is another.
    pub(super) fn plain_style(&self, out: &mut Vec<u8>) {
        if !self.cursor.style.is_plain() {
            TermOp::PLAIN.encode(out);
        }
    }

    /// Switches back to the program's style, if it is not plain.
    pub(super) fn restore_style(&self, out: &mut Vec<u8>) {
        if !self.cursor.style.is_plain() {
            TermOp::Color(self.cursor.style.into()).encode(out);
        }
    }

    /// Switches to a character set with letters, if the program has switched to line drawing.
    pub(super) fn plain_charset(&self, out: &mut Vec<u8>) {
        if self.cursor.glyph_sets.draws_lines() {
            TermOp::PlainGlyphs.encode(out);
        }
    }

    /// Switches back to the program's character sets, after [`plain_charset`](Self::plain_charset).
    pub(super) fn restore_charset(&self, out: &mut Vec<u8>) {
        let glyph_sets = self.cursor.glyph_sets;
        if glyph_sets.draws_lines() {
            if glyph_sets.in_slot(GlyphSlot::G0) == Glyphs::LineDrawing {
                TermOp::LineDrawing.encode(out);
            }
            TermOp::UseGlyphs(glyph_sets.used as u8).encode(out);
        }
    }

    /// Writes the last character, in the character set that it was printed in.
    fn write_last_glyph(&self, out: &mut Vec<u8>) {
        let (last, glyph_sets) = (&self.cursor.last_glyph, self.cursor.glyph_sets);
        match (last.draws_line, glyph_sets.draws_lines()) {
            (false, true) => {
                self.plain_charset(out);
                out.extend_from_slice(last.bytes());
                self.restore_charset(out);
            }
            (true, false) => {
                ansi::encode_all(out, [TermOp::PlainGlyphs, TermOp::LineDrawing]);
                out.extend_from_slice(last.bytes());
                ansi::encode_all(out, [TermOp::PlainGlyphs, TermOp::UseGlyphs(glyph_sets.used as u8)]);
            }
            _ => out.extend_from_slice(last.bytes()),
        }
    }

    /// Restores a pending wrap, if there was one: writes the last character of the row again.
    pub(super) fn restore_pending_wrap(&self, out: &mut Vec<u8>) {
        if !self.cursor.is_wrap_pending(self.cols) {
            return;
        }
        let last = &self.cursor.last_glyph;
        TermOp::Column(self.cols.saturating_sub(last.width.into())).encode(out);
        if !(last.style.is_plain() && self.cursor.style.is_plain()) {
            TermOp::Color(last.style.into()).encode(out);
        }
        self.write_last_glyph(out);
        if last.style != self.cursor.style {
            TermOp::Color(self.cursor.style.into()).encode(out);
        }
    }
}
