//! An emulator that knows which rows the program has used: for the terminal with bars and for the
//! reference.

use super::super::emulator;

/// A combining accent, used on `e` and on `漢`.
pub(super) const ACCENT: char = '\u{301}';

/// A terminal behind a tty, with unlimited scrollback.
pub(super) struct Emulator {
    emulator: emulator::Emulator,
    /// Text since the last escape character.
    sequence: String,
    /// The lowest row that the cursor was in and that the program has not given up, counted from
    /// the first row of the scrollback.
    pub(super) lowest: usize,
    /// The same, whatever rows the program has given up since.
    pub(super) deepest: usize,
}

impl Emulator {
    pub(super) fn new(cols: usize, rows: usize) -> Emulator {
        let emulator = emulator::Emulator::new(cols, rows);
        Emulator { emulator, sequence: String::new(), lowest: 0, deepest: 0 }
    }

    pub(super) fn terminal(&self) -> &avt::Terminal {
        &self.emulator.terminal
    }

    pub(super) fn resize(&mut self, cols: usize, rows: usize) {
        self.emulator.resize(cols, rows);
        self.lowest = self.row();
        self.deepest = self.lowest;
    }

    /// Changes the width, and makes the terminal as tall as there are rows, which are more where
    /// lines are rewrapped.
    pub(super) fn rewrap(&mut self, cols: usize) {
        self.resize(cols, self.terminal().size().1);
        self.resize(cols, self.rows().len());
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        let Emulator { emulator, sequence, lowest, deepest } = self;
        emulator.feed_pieces(bytes, |emulator, piece| {
            sequence.push_str(piece);
            if emulator.is_primary() {
                *lowest = emulator.row().max(*lowest);
                *deepest = (*lowest).max(*deepest);
                if matches!(sequence.as_str(), "[0J" | "[J") {
                    // Rows below the cursor are erased: the program has given them up.
                    *lowest = emulator.row();
                }
            }
            if piece.ends_with('\x1b') {
                sequence.clear();
            }
        });
    }

    /// All rows, from the first row of the scrollback.
    pub(super) fn rows(&self) -> Vec<&avt::Line> {
        self.emulator.rows()
    }

    /// The cursor's row, counted from the first row of the scrollback.
    pub(super) fn row(&self) -> usize {
        self.emulator.row()
    }

    pub(super) fn col(&self) -> usize {
        self.emulator.col()
    }

    /// Rows below the cursor in which it has been.
    pub(super) fn below(&self) -> usize {
        self.lowest - self.row()
    }

    /// Whether a line was begun: the cursor is not in the first column, or the row is not blank.
    pub(super) fn is_open(&self) -> bool {
        self.col() > 0 || !is_blank(self.rows()[self.row()])
    }

    /// Whether the row continues the line above it.
    pub(super) fn continues(&self) -> bool {
        self.row() > 0 && self.rows()[self.row() - 1].is_wrapped()
    }

    /// Whether all agree about how the open line is rewrapped: the cursor stands right behind the
    /// last character, no wrap is pending or will be (the emulator forgets it), and none was
    /// canceled. A line of several rows has no wide character: the blank that it leaves at the end
    /// of a row would become part of the text.
    pub(super) fn rewraps_to(&self, cols: usize, wide: bool) -> bool {
        let rows = self.rows();
        let row = rows[self.row()];
        let width = row.cells().len();
        let end = row.cells().iter().rposition(|cell| !is_nothing(cell)).map_or(0, |last| last + 1);
        if self.below() > 0 || row.is_wrapped() || end != self.col() || end == width || (end == 0 && self.continues()) {
            return false;
        }
        let before = rows[..self.row()].iter().rev().take_while(|row| row.is_wrapped()).count();
        let length = before * width + end;
        length == 0 || length < width.min(cols) || (length % cols > 0 && !wide)
    }

    /// The style and all modes that are on.
    pub(super) fn modes(&self) -> String {
        let dump = self.terminal().dump();
        let last = dump.rfind('m').unwrap();
        dump[dump[..last].rfind('\x1b').unwrap()..].to_owned()
    }
}

pub(super) fn is_blank(line: &avt::Line) -> bool {
    line.chars().all(|c| c == ' ')
}

/// Whether a cell is blank, in the default style.
pub(super) fn is_nothing(cell: &avt::Cell) -> bool {
    cell.char() == ' ' && cell.pen().is_default()
}

/// Whether two rows look the same. The color of blanks does not count: a row that scrolls in has
/// the background that is on at that time, and without bars another row scrolls in.
pub(super) fn is_same(seen: &avt::Line, wanted: &avt::Line) -> bool {
    let same = |(a, b): (&avt::Cell, &avt::Cell)| {
        a.char() == b.char() && a.width() == b.width() && (a.char() == ' ' || a.pen() == b.pen())
    };
    let (cells, others) = (seen.cells(), wanted.cells());
    seen.is_wrapped() == wanted.is_wrapped() && cells.len() == others.len() && cells.iter().zip(others).all(same)
}
