//! Edits to bytes: the only file that knows escape sequences.
//!
//! What crossterm has a command for is written with it; the others stand here.

use std::fmt;

use crossterm::Command;
use crossterm::{cursor, terminal};

use super::color::Color;
use super::line::Line;

/// One thing that a terminal is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edit {
    /// Show nothing of what follows before [`EndUpdate`](Edit::EndUpdate). Terminals that do not know it ignore it.
    BeginUpdate,
    /// Show all of it at once.
    EndUpdate,
    /// From now on the last column is overwritten instead of wrapping to the next row.
    WrapOff,
    /// Back to wrapping.
    WrapOn,
    /// Remember the cursor's place, as a position on the screen.
    Save,
    /// Go there.
    Restore,
    /// Erase from the cursor to the end of the screen.
    EraseBelow,
    /// Erase from the start of the row to the cursor. (To erase a whole row at once has a trap: VTE fills it with blanks, and
    /// wraps those when the window narrows.)
    EraseStart,
    /// Erase from the cursor to the end of its row.
    EraseRest,
    /// To the same column of the row below; on the last row everything scrolls up by one. (VT, which terminals take for IND
    /// and which is known to more of them. A line feed would do the same, but the tty makes it a carriage return as well.)
    Index,
    /// Up by so many rows, at most to the first. The column stays.
    Up(usize),
    /// Down by so many rows, at most to the last. Nothing scrolls, the column stays.
    Down(usize),
    /// To a column, counted from 0.
    Column(usize),
    /// To the start of a row, counted from 0.
    Row(usize),
    /// From now on only so many rows, from the top, scroll. The cursor goes to the first.
    MarginBelow(usize),
    /// All rows scroll. The cursor goes to the first.
    NoMargin,
    /// End the line: to the start of the row below.
    NewLine,
    /// Write in this colour from now on.
    Color(Color),
}

impl Edit {
    /// The last row, whatever the height is: no terminal has more rows than this.
    pub(crate) const BOTTOM: Edit = Edit::Down(9999);
    /// No colour, no attributes.
    pub(crate) const PLAIN: Edit = Edit::Color(Color::DEFAULT);

    pub(crate) fn put(self, out: &mut Vec<u8>) {
        match self {
            Edit::BeginUpdate => command(out, terminal::BeginSynchronizedUpdate),
            Edit::EndUpdate => command(out, terminal::EndSynchronizedUpdate),
            Edit::WrapOff => command(out, terminal::DisableLineWrap),
            Edit::WrapOn => command(out, terminal::EnableLineWrap),
            Edit::Save => command(out, cursor::SavePosition),
            Edit::Restore => command(out, cursor::RestorePosition),
            Edit::EraseBelow => command(out, terminal::Clear(terminal::ClearType::FromCursorDown)),
            Edit::EraseStart => out.extend_from_slice(b"\x1b[1K"),
            Edit::EraseRest => command(out, terminal::Clear(terminal::ClearType::UntilNewLine)),
            Edit::Index => out.push(b'\x0b'),
            Edit::Up(0) | Edit::Down(0) => {}
            Edit::Up(rows) => command(out, cursor::MoveUp(short(rows))),
            Edit::Down(rows) => command(out, cursor::MoveDown(short(rows))),
            Edit::Column(0) => out.push(b'\r'),
            Edit::Column(column) => command(out, cursor::MoveToColumn(short(column))),
            Edit::Row(row) => command(out, cursor::MoveTo(0, short(row))),
            Edit::MarginBelow(rows) => format(out, format_args!("\x1b[1;{rows}r")),
            Edit::NoMargin => out.extend_from_slice(b"\x1b[r"),
            Edit::NewLine => out.extend_from_slice(b"\r\n"),
            Edit::Color(color) if color.is_plain() => out.extend_from_slice(b"\x1b[m"),
            // The attributes of the colour before must not shine through: reset, then set.
            Edit::Color(color) => {
                out.extend_from_slice(b"\x1b[m");
                format(out, format_args!("{}", color.style()));
            }
        }
    }
}

/// Appends edits, one after the other.
pub(crate) fn put(out: &mut Vec<u8>, edits: impl IntoIterator<Item = Edit>) {
    for edit in edits {
        edit.put(out);
    }
}

/// Writes a whole line, from where the cursor is and in the plain style that it leaves behind.
pub(crate) fn line(out: &mut Vec<u8>, line: &Line) {
    cells(out, line, 0..line.cells().len());
}

/// Writes some cells of a line, from where the cursor is and in the plain style that it leaves behind.
pub(crate) fn cells(out: &mut Vec<u8>, line: &Line, range: std::ops::Range<usize>) {
    let mut color = Color::DEFAULT;
    for cell in line.cells().get(range).unwrap_or_default() {
        if cell.color != color {
            color = cell.color;
            Edit::Color(color).put(out);
        }
        out.extend_from_slice(line.glyph(cell).as_bytes());
    }
    if !color.is_plain() {
        Edit::PLAIN.put(out);
    }
}

fn command(out: &mut Vec<u8>, command: impl Command) {
    // Writing into memory cannot fail.
    let _ = command.write_ansi(&mut Bytes(out));
}

fn format(out: &mut Vec<u8>, arguments: fmt::Arguments<'_>) {
    let _ = fmt::write(&mut Bytes(out), arguments);
}

fn short(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

struct Bytes<'a>(&'a mut Vec<u8>);

impl fmt::Write for Bytes<'_> {
    // Every command would have its own copy.
    #[inline(never)]
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.0.extend_from_slice(s.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(edit: Edit) -> String {
        let mut out = Vec::new();
        edit.put(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn sequences() {
        for (edit, sequence) in [
            (Edit::BeginUpdate, "\x1b[?2026h"),
            (Edit::EndUpdate, "\x1b[?2026l"),
            (Edit::WrapOff, "\x1b[?7l"),
            (Edit::WrapOn, "\x1b[?7h"),
            (Edit::Save, "\x1b7"),
            (Edit::Restore, "\x1b8"),
            (Edit::EraseBelow, "\x1b[J"),
            (Edit::EraseStart, "\x1b[1K"),
            (Edit::EraseRest, "\x1b[K"),
            (Edit::Index, "\x0b"),
            (Edit::Up(0), ""),
            (Edit::Up(3), "\x1b[3A"),
            (Edit::Column(0), "\r"),
            (Edit::Column(4), "\x1b[5G"),
            (Edit::Row(4), "\x1b[5;1H"),
            (Edit::MarginBelow(20), "\x1b[1;20r"),
            (Edit::NoMargin, "\x1b[r"),
            (Edit::PLAIN, "\x1b[m"),
            (Edit::Color(Color::rgb(1, 2, 3)), "\x1b[m\x1b[38;2;1;2;3m"),
        ] {
            assert_eq!(bytes(edit), sequence, "{edit:?}");
        }
    }
}
