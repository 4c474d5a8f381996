//! What all regions do with rows: write one, remember them, leave them behind as lines.

use super::window::Window;
use crate::cells::ansi::{self, TermOp};
use crate::cells::diff;
use crate::cells::line::{Cell, Line};

/// Writes a row: whole onto a blank row, or as changes over the old one.
pub(super) fn write_row(out: &mut Vec<u8>, old: Option<&Line>, row: &Line) {
    match old {
        Some(old) => diff::encode_row(out, old, row),
        None => {
            TermOp::Column(0).encode(out);
            ansi::encode_line(out, row);
        }
    }
}

/// Remembers which rows stand on the screen now. Does not allocate where the buffers are large
/// enough.
pub(super) fn remember(shown: &mut Vec<Line>, rows: &[Line]) {
    shown.truncate(rows.len());
    for (at, row) in rows.iter().enumerate() {
        match shown.get_mut(at) {
            Some(shown) => shown.clone_from(row),
            None => shown.push(row.clone()),
        }
    }
}

/// Moves the cursor to the start of an empty row, wherever it is: a row full of blanks ends in the
/// same row if it starts in the first column, and in the next row from any other.
pub(super) fn start_empty_row(out: &mut Vec<u8>, window: Window) {
    out.extend(std::iter::repeat_n(b' ', window.size.cols));
    ansi::encode_all(out, [TermOp::Column(0), TermOp::EraseRest]);
}

/// Writes rows as ordinary lines, from the start of a row.
pub(super) fn write_lines(out: &mut Vec<u8>, rows: &[Line]) {
    TermOp::WrapOff.encode(out);
    for row in rows {
        ansi::encode_line(out, row);
        TermOp::NewLine.encode(out);
    }
    TermOp::WrapOn.encode(out);
}

/// Columns up to the last one that is not blank: terminals rewrap no more than that.
pub(super) fn visible_width(row: &Line) -> usize {
    let blank = row.cells().iter().rev().take_while(|cell| row.glyph(cell) == " ");
    row.width() - blank.map(Cell::columns).sum::<usize>()
}
