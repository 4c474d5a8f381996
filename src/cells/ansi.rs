//! Encodes terminal operations and lines as bytes: the only file that writes escape sequences.
//!
//! crossterm encodes the operations that it has a command for; the other sequences are written
//! here.

use std::fmt;

use super::color::Color;
use super::line::Line;
use super::links::LinkId;
use super::taskbar_state::TaskbarState;
use crate::sys::crossterm::{Command, cursor, terminal};

/// One operation of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TermOp {
    /// Begins a synchronized update: the terminal shows nothing new before
    /// [`EndUpdate`](TermOp::EndUpdate). Terminals that do not know the sequence ignore it.
    BeginUpdate,
    /// Ends a synchronized update: the terminal shows all changes at once.
    EndUpdate,
    /// Switches autowrap off: text in the last column is overwritten.
    WrapOff,
    /// Switches autowrap on: text beyond the last column goes on in the next row.
    WrapOn,
    /// Saves the cursor's position on the screen.
    Save,
    /// Moves the cursor to the saved position.
    Restore,
    /// Erases from the cursor to the end of the screen.
    EraseBelow,
    /// Erases from the start of the row to the cursor. (The sequence that erases a whole row has a
    /// trap: VTE fills the row with blanks, and wraps those when the window becomes narrower.)
    EraseStart,
    /// Erases from the cursor to the end of its row.
    EraseRest,
    /// Moves the cursor down by one row, in the same column. On the last row the screen scrolls up
    /// by one. (Encoded as VT, which terminals treat like IND, and which more of them know. A line
    /// feed would do the same, but the tty adds a carriage return to it.)
    Index,
    /// Moves the cursor up by `n` rows, at most to the first. The column stays.
    Up(usize),
    /// Moves the cursor down by `n` rows, at most to the last. Nothing scrolls, and the column
    /// stays.
    Down(usize),
    /// Moves the cursor to a column, counted from 0.
    Column(usize),
    /// Moves the cursor to the start of a row, counted from 0.
    Row(usize),
    /// Inserts `n` blank rows above the cursor's row. The rows from there on move down, and the last
    /// ones of the screen are lost.
    InsertRows(usize),
    /// Makes the first `n` rows the scroll region. Moves the cursor to the first row.
    SetScrollRegion(usize),
    /// Makes the whole screen the scroll region. Moves the cursor to the first row.
    ResetScrollRegion,
    /// Ends a string (a title, an image) that the program has not ended: CAN cancels it in most
    /// terminals, ST ends it in the others (kitty) and does nothing in most.
    EndString,
    /// Uses G0, with a character set of letters.
    PlainGlyphs,
    /// Makes G0 the line drawing character set.
    LineDrawing,
    /// Uses the character set G1, G2 or G3. G0 is in use after
    /// [`PlainGlyphs`](TermOp::PlainGlyphs).
    UseGlyphs(u8),
    /// Ends the line: moves the cursor to the start of the row below. On the last row the screen
    /// scrolls up by one.
    NewLine,
    /// Sets the color and the attributes of the text that follows.
    Color(Color),
    /// Shows the progress on the taskbar.
    Taskbar(TaskbarState),
}

impl TermOp {
    /// Moves the cursor to the last row, whatever the height is: no terminal has more rows than
    /// this.
    pub(crate) const BOTTOM: TermOp = TermOp::Down(9999);
    /// Removes all colors and attributes.
    pub(crate) const PLAIN: TermOp = TermOp::Color(Color::DEFAULT);

    /// Appends the operation's bytes.
    pub(crate) fn encode(self, out: &mut Vec<u8>) {
        match self {
            TermOp::BeginUpdate => command(out, terminal::BeginSynchronizedUpdate),
            TermOp::EndUpdate => command(out, terminal::EndSynchronizedUpdate),
            TermOp::WrapOff => command(out, terminal::DisableLineWrap),
            TermOp::WrapOn => command(out, terminal::EnableLineWrap),
            TermOp::Save => command(out, cursor::SavePosition),
            TermOp::Restore => command(out, cursor::RestorePosition),
            TermOp::EraseBelow => command(out, terminal::Clear(terminal::ClearType::FromCursorDown)),
            TermOp::EraseStart => out.extend_from_slice(b"\x1b[1K"),
            TermOp::EraseRest => command(out, terminal::Clear(terminal::ClearType::UntilNewLine)),
            TermOp::Index => out.push(b'\x0b'),
            TermOp::Up(0) | TermOp::Down(0) => {}
            TermOp::Up(rows) => command(out, cursor::MoveUp(short(rows))),
            TermOp::Down(rows) => command(out, cursor::MoveDown(short(rows))),
            TermOp::Column(0) => out.push(b'\r'),
            TermOp::Column(column) => command(out, cursor::MoveToColumn(short(column))),
            TermOp::Row(row) => command(out, cursor::MoveTo(0, short(row))),
            TermOp::InsertRows(rows) => format(out, format_args!("\x1b[{rows}L")),
            TermOp::SetScrollRegion(rows) => format(out, format_args!("\x1b[1;{rows}r")),
            TermOp::ResetScrollRegion => out.extend_from_slice(b"\x1b[r"),
            TermOp::EndString => out.extend_from_slice(b"\x18\x1b\\"),
            TermOp::PlainGlyphs => out.extend_from_slice(b"\x0f\x1b(B"),
            TermOp::LineDrawing => out.extend_from_slice(b"\x1b(0"),
            TermOp::UseGlyphs(1) => out.push(0x0e),
            TermOp::UseGlyphs(2) => out.extend_from_slice(b"\x1bn"),
            TermOp::UseGlyphs(3) => out.extend_from_slice(b"\x1bo"),
            TermOp::UseGlyphs(_) => {}
            TermOp::NewLine => out.extend_from_slice(b"\r\n"),
            TermOp::Taskbar(state) => format(out, format_args!("{state}")),
            TermOp::Color(color) if color.is_plain() => out.extend_from_slice(b"\x1b[m"),
            // Attributes of the color before must not stay: reset, then set.
            TermOp::Color(color) => {
                out.extend_from_slice(b"\x1b[m");
                format(out, format_args!("{}", color.style()));
            }
        }
    }
}

/// Appends the bytes of several operations.
pub(crate) fn encode_all(out: &mut Vec<u8>, ops: impl IntoIterator<Item = TermOp>) {
    for op in ops {
        op.encode(out);
    }
}

/// Appends the bytes of a whole line, to be written from the cursor on. Before and after it the
/// style is plain.
pub(crate) fn encode_line(out: &mut Vec<u8>, line: &Line) {
    encode_cells(out, line, 0..line.cells().len());
}

/// Appends the bytes of some cells of a line, to be written from the cursor on. Before and after
/// them the style is plain, and no link is open.
pub(crate) fn encode_cells(out: &mut Vec<u8>, line: &Line, range: std::ops::Range<usize>) {
    let mut color = Color::DEFAULT;
    let mut link = LinkId::NONE;
    let cells = line.cells().get(range).unwrap_or_default();
    for run in cells.chunk_by(|one, other| one.style == other.style) {
        let [first, ..] = run else { continue };
        let last = run.last().unwrap_or(first);
        let style = line.style(first);
        if style.color != color {
            color = style.color;
            TermOp::Color(color).encode(out);
        }
        if style.link != link {
            link = style.link;
            encode_link(out, line.links().target(link));
        }
        out.extend_from_slice(line.text_between(first, last).as_bytes());
    }
    if link != LinkId::NONE {
        encode_link(out, "");
    }
    if !color.is_plain() {
        TermOp::PLAIN.encode(out);
    }
}

/// Begins a link (OSC 8), or ends it if there is no target.
fn encode_link(out: &mut Vec<u8>, target: &str) {
    let target = if target.is_empty() { ";" } else { target };
    format(out, format_args!("\x1b]8;{target}\x1b\\"));
}

/// Appends what crossterm writes for a command.
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

/// Appends text to bytes.
struct Bytes<'a>(&'a mut Vec<u8>);

impl fmt::Write for Bytes<'_> {
    // Inlined, each command would bring a copy of its own.
    #[inline(never)]
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.0.extend_from_slice(s.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(op: TermOp) -> String {
        let mut out = Vec::new();
        op.encode(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn sequences() {
        for (op, sequence) in [
            (TermOp::BeginUpdate, "\x1b[?2026h"),
            (TermOp::EndUpdate, "\x1b[?2026l"),
            (TermOp::WrapOff, "\x1b[?7l"),
            (TermOp::WrapOn, "\x1b[?7h"),
            (TermOp::EndString, "\x18\x1b\\"),
            (TermOp::PlainGlyphs, "\x0f\x1b(B"),
            (TermOp::LineDrawing, "\x1b(0"),
            (TermOp::UseGlyphs(0), ""),
            (TermOp::UseGlyphs(1), "\x0e"),
            (TermOp::UseGlyphs(2), "\x1bn"),
            (TermOp::UseGlyphs(3), "\x1bo"),
            (TermOp::Save, "\x1b7"),
            (TermOp::Restore, "\x1b8"),
            (TermOp::EraseBelow, "\x1b[J"),
            (TermOp::EraseStart, "\x1b[1K"),
            (TermOp::EraseRest, "\x1b[K"),
            (TermOp::Index, "\x0b"),
            (TermOp::Up(0), ""),
            (TermOp::Up(3), "\x1b[3A"),
            (TermOp::Column(0), "\r"),
            (TermOp::Column(4), "\x1b[5G"),
            (TermOp::Row(4), "\x1b[5;1H"),
            (TermOp::InsertRows(2), "\x1b[2L"),
            (TermOp::SetScrollRegion(20), "\x1b[1;20r"),
            (TermOp::ResetScrollRegion, "\x1b[r"),
            (TermOp::PLAIN, "\x1b[m"),
            (TermOp::Taskbar(TaskbarState::Removed), "\x1b]9;4;0;\x1b\\"),
            (TermOp::Taskbar(TaskbarState::Normal(45)), "\x1b]9;4;1;45\x1b\\"),
            (TermOp::Taskbar(TaskbarState::Error(45)), "\x1b]9;4;2;45\x1b\\"),
            (TermOp::Taskbar(TaskbarState::Indeterminate), "\x1b]9;4;3;\x1b\\"),
            (TermOp::Taskbar(TaskbarState::Paused(200)), "\x1b]9;4;4;100\x1b\\"),
            (TermOp::Color(Color::rgb(1, 2, 3)), "\x1b[m\x1b[38;2;1;2;3m"),
        ] {
            assert_eq!(bytes(op), sequence, "{op:?}");
        }
    }
}
