//! A terminal emulator that keeps everything that was ever printed: used for the terminal with bars
//! and for the reference.
//!
//! It adds what the emulator crate lacks: combining accents, bytes that are not text, and the
//! translation of line feeds by the tty.

/// A combining accent, used on `e` and on `漢`.
pub(super) const ACCENT: char = '\u{301}';

/// A terminal behind a tty, with unlimited scrollback.
pub(super) struct Emulator {
    pub(super) terminal: avt::Terminal,
    /// The first bytes of a character.
    rest: Vec<u8>,
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
        let terminal = avt::Terminal::with_scrollback(cols, rows, None).unwrap();
        Emulator { terminal, rest: Vec::new(), sequence: String::new(), lowest: 0, deepest: 0 }
    }

    pub(super) fn resize(&mut self, cols: usize, rows: usize) {
        self.terminal.resize(cols, rows);
        self.lowest = self.row();
        self.deepest = self.lowest;
    }

    /// Changes the width, and makes the terminal as tall as there are rows, which are more where
    /// lines are rewrapped.
    pub(super) fn rewrap(&mut self, cols: usize) {
        self.resize(cols, self.terminal.size().1);
        self.resize(cols, self.rows().len());
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
        let bytes = std::mem::take(&mut self.rest);
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.put(chunk.valid());
            match std::str::from_utf8(chunk.invalid()) {
                Ok(_) => {}
                Err(err) if err.error_len().is_none() && chunks.peek().is_none() => {
                    self.rest = chunk.invalid().to_vec();
                }
                Err(_) => self.put("\u{fffd}"),
            }
        }
    }

    fn put(&mut self, text: &str) {
        // In pieces, to see the lowest row before each sequence.
        for piece in text.split_inclusive(['\n', '\x1b', 'J', ACCENT]) {
            self.write(piece.trim_end_matches(['\n', ACCENT]));
            self.sequence.push_str(piece);
            if matches!(self.sequence.as_str(), "[0J" | "[J") && self.is_primary() {
                // Rows below the cursor are erased: the program has given them up.
                self.lowest = self.row();
            }
            if piece.ends_with('\x1b') {
                self.sequence.clear();
            }
            if piece.ends_with('\n') {
                self.write("\r\n");
            }
            if piece.ends_with(ACCENT) {
                self.accent();
            }
        }
    }

    fn is_primary(&self) -> bool {
        self.terminal.active_screen_kind() == avt::ScreenKind::Primary
    }

    fn write(&mut self, text: &str) {
        self.terminal.feed(text);
        if self.is_primary() {
            self.lowest = self.lowest.max(self.row());
            self.deepest = self.deepest.max(self.lowest);
        }
    }

    /// The emulator gives an accent a cell of its own; terminals put it on the character before the
    /// cursor. So that one is written again, as another.
    fn accent(&mut self) {
        let cursor = self.terminal.cursor();
        let cells = self.terminal.screen().line(cursor.row).unwrap().cells();
        let Some(mut at) = cursor.col.checked_sub(1) else { return };
        if cells[at].width() == 0 {
            at -= 1;
        }
        let with = match cells[at].char() {
            'e' => 'é',
            '漢' => '汉',
            other => other,
        };
        self.terminal.feed(format!("\x1b[{}G{with}", at + 1).as_str());
    }

    /// All rows, from the first row of the scrollback.
    pub(super) fn rows(&self) -> Vec<&avt::Line> {
        self.terminal.primary_screen().all_lines().collect()
    }

    /// The cursor's row, counted from the first row of the scrollback.
    pub(super) fn row(&self) -> usize {
        let all = self.terminal.primary_screen().all_lines().count();
        all - self.terminal.size().1 + self.terminal.cursor().row
    }

    pub(super) fn col(&self) -> usize {
        self.terminal.cursor().col
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
        let dump = self.terminal.dump();
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
