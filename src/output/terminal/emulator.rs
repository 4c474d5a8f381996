//! A terminal emulator that keeps everything that was ever printed: for the terminal in memory and
//! for the tests of this folder.
//!
//! It adds what the emulator crate lacks: bytes that are not text, the translation of line feeds by
//! the tty, and combining characters. Those have no cell of their own: the cell before the cursor
//! gets another character, which stands for the old one together with the combining one.

use parking_lot::Mutex;

use crate::cells::width;

/// Characters that stand for clusters: private ones of one column, and unassigned ones of two.
const NARROW: u32 = 0xF_0000;
const WIDE: u32 = 0x3_8000;
const MOST_CLUSTERS: usize = 0x7F00;

/// The clusters that were printed, in the order in which they came. One list for all emulators, so
/// that equal cells have equal characters.
static CLUSTERS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A terminal behind a tty, with unlimited scrollback.
pub(crate) struct Emulator {
    pub(crate) terminal: avt::Terminal,
    /// The first bytes of a character.
    rest: Vec<u8>,
}

impl Emulator {
    /// An empty terminal of at least one column and one row.
    pub(crate) fn new(cols: usize, rows: usize) -> Emulator {
        let terminal = avt::Terminal::with_scrollback(cols.max(1), rows.max(1), None).expect("a size above zero");
        Emulator { terminal, rest: Vec::new() }
    }

    pub(crate) fn resize(&mut self, cols: usize, rows: usize) {
        self.terminal.resize(cols, rows);
    }

    /// Takes bytes from the tty.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        self.feed_pieces(bytes, |_, _| {});
    }

    /// Takes bytes from the tty in pieces that end with a line feed, an escape character, a `J` or a
    /// combining character, and calls `seen` after each of them.
    pub(crate) fn feed_pieces(&mut self, bytes: &[u8], mut seen: impl FnMut(&Emulator, &str)) {
        self.rest.extend_from_slice(bytes);
        let bytes = std::mem::take(&mut self.rest);
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.put(chunk.valid(), &mut seen);
            match std::str::from_utf8(chunk.invalid()) {
                Ok(_) => {}
                Err(err) if err.error_len().is_none() && chunks.peek().is_none() => {
                    self.rest = chunk.invalid().to_vec();
                }
                Err(_) => self.put("\u{fffd}", &mut seen),
            }
        }
    }

    fn put(&mut self, text: &str, seen: &mut impl FnMut(&Emulator, &str)) {
        for piece in text.split_inclusive(|c| matches!(c, '\n' | '\x1b' | 'J') || is_combining(c)) {
            match piece.chars().next_back() {
                Some('\n') => {
                    self.terminal.feed(piece.trim_end_matches('\n'));
                    self.terminal.feed("\r\n");
                }
                Some(c) if is_combining(c) => {
                    self.terminal.feed(piece.trim_end_matches(c));
                    self.combine(c);
                }
                _ => self.terminal.feed(piece),
            }
            seen(self, piece);
        }
    }

    /// Adds a combining character to the cell before the cursor, which is written again.
    fn combine(&mut self, combining: char) {
        let cursor = self.terminal.cursor();
        let screen = self.terminal.screen();
        let Some(line) = screen.line(cursor.row) else { return };
        let cell = |at: usize| Some((at, line.cells().get(at)?));
        let before = cursor.col.checked_sub(1).and_then(cell);
        let before = match before {
            Some((at, tail)) if tail.width() == 0 => at.checked_sub(1).and_then(cell),
            before => before,
        };
        let Some((at, cell)) = before else { return };
        let mut cluster = String::new();
        push_text(&mut cluster, cell);
        cluster.push(combining);
        if let Some(c) = character_of(cluster, cell.width() == 2) {
            self.terminal.feed(format!("\x1b[{}G{c}", at + 1).as_str());
        }
    }

    /// All rows of the primary screen, from the first row of the scrollback.
    pub(crate) fn rows(&self) -> Vec<&avt::Line> {
        self.terminal.primary_screen().all_lines().collect()
    }

    /// The cursor's row, counted from the first row of the scrollback.
    #[cfg(test)]
    pub(crate) fn row(&self) -> usize {
        let all = self.terminal.primary_screen().all_lines().count();
        all.saturating_sub(self.terminal.size().1) + self.terminal.cursor().row
    }

    #[cfg(test)]
    pub(crate) fn col(&self) -> usize {
        self.terminal.cursor().col
    }

    /// Whether the primary screen is shown, not the alternate one.
    pub(crate) fn is_primary(&self) -> bool {
        self.terminal.active_screen_kind() == avt::ScreenKind::Primary
    }
}

/// Appends what a cell shows: nothing for the second half of a wide character.
pub(crate) fn push_text(text: &mut String, cell: &avt::Cell) {
    let c = cell.char();
    let index = |first: u32| (c as u32).checked_sub(first).filter(|index| *index < MOST_CLUSTERS as u32);
    match index(NARROW).or(index(WIDE)).and_then(|index| CLUSTERS.lock().get(index as usize).cloned()) {
        Some(cluster) => text.push_str(&cluster),
        None if cell.width() > 0 => text.push(c),
        None => {}
    }
}

fn is_combining(c: char) -> bool {
    !c.is_ascii() && !c.is_control() && width::of_char(c) == 0
}

/// The character that stands for a cluster. None if there are too many.
fn character_of(cluster: String, is_wide: bool) -> Option<char> {
    let mut clusters = CLUSTERS.lock();
    let index = match clusters.iter().position(|known| *known == cluster) {
        Some(index) => index,
        None if clusters.len() < MOST_CLUSTERS => {
            clusters.push(cluster);
            clusters.len() - 1
        }
        None => return None,
    };
    char::from_u32(if is_wide { WIDE } else { NARROW } + index as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combining_characters_join_the_cell_before() {
        for text in ["e\u{301}x", "漢\u{301}x", "❤\u{fe0f}x", "a\u{301}\u{302}x", "👨\u{200d}👩x", "n\u{303}", "plain"]
        {
            let mut emulator = Emulator::new(20, 2);
            emulator.feed(text.as_bytes());
            let mut seen = String::new();
            emulator.rows()[0].cells().iter().for_each(|cell| push_text(&mut seen, cell));
            assert_eq!(seen.trim_end(), text);
        }
        let mut emulator = Emulator::new(20, 2);
        emulator.feed("\u{301}a\u{301}b".as_bytes());
        assert_eq!(emulator.col(), 2);
    }

    #[test]
    fn bytes_that_are_not_text() {
        let mut emulator = Emulator::new(9, 2);
        for bytes in [&b"a\xc3"[..], b"\xa9\xff", b"z\n"] {
            emulator.feed(bytes);
        }
        assert_eq!(emulator.rows()[0].text().trim_end(), "aé\u{fffd}z");
        assert_eq!((emulator.row(), emulator.col()), (1, 0));
    }
}
