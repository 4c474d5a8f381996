//! What the program prints, on its way to the terminal: where it may be interrupted by a frame, and how it leaves the
//! cursor.
//!
//! Every byte is passed on as it is. All that happens here is looking: a frame may follow only where no escape sequence and no
//! character is cut in two, and after the frame the cursor has to be where the program left it, in its colours.

use anstyle::Style;

use crate::paint::sgr;
use crate::paint::width;

/// Bytes on their way, and what is known of the row they end in.
#[derive(Debug)]
pub(crate) struct Above {
    /// What has come and not been passed on.
    held: Vec<u8>,
    /// How many of them have been looked at.
    seen: usize,
    /// How many of them end where a frame may follow.
    whole: usize,
    /// Where in the stream of bytes they start, and in which colours.
    start: (State, Style),
    /// What came behind the mark, not to be passed on before [`resume`](Above::resume).
    later: Vec<u8>,
    scanner: Scanner,
}

/// A sequence that goes on for longer than this is passed on in pieces, with no frame between them.
const LONGEST_HELD: usize = 16 * 1024;

impl Above {
    pub(crate) fn new(cols: usize) -> Above {
        let start = (State::Ground, Style::new());
        Above { held: Vec::new(), seen: 0, whole: 0, start, later: Vec::new(), scanner: Scanner::new(cols) }
    }

    /// Takes what the program printed.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        if !self.later.is_empty() {
            self.later.extend_from_slice(bytes);
            return;
        }
        self.held.extend_from_slice(bytes);
        self.scan();
        if self.held.len() - self.whole > LONGEST_HELD {
            self.whole = self.held.len();
        }
    }

    /// How many bytes have come and not been passed on.
    pub(crate) fn waiting(&self) -> usize {
        self.held.len() + self.later.len()
    }

    /// What can be passed on now.
    pub(crate) fn ready(&self) -> &[u8] {
        &self.held[..self.whole]
    }

    /// It has been passed on.
    pub(crate) fn passed(&mut self) {
        self.held.drain(..self.whole);
        self.seen -= self.whole;
        self.whole = 0;
        // What is left is the start of a sequence.
        let state = if self.held.is_empty() { self.scanner.state } else { State::Ground };
        self.start = (state, self.scanner.caret.pen);
        self.scanner.caret.fed = 0;
        self.scanner.caret.jumped = false;
    }

    /// Something waits for its other half.
    pub(crate) fn is_cut(&self) -> bool {
        self.held.len() > self.whole
    }

    /// The other half is not coming: what is there can be passed on.
    pub(crate) fn give_up(&mut self) {
        self.whole = self.held.len();
        self.seen = self.whole;
        self.scanner.state = State::Ground;
    }

    /// Whether a frame may follow what is ready; only in the middle of a very long sequence it may not.
    pub(crate) fn is_between(&self) -> bool {
        self.scanner.state == State::Ground || self.whole < self.held.len()
    }

    /// The program has the whole screen for itself.
    pub(crate) fn is_full_screen(&self) -> bool {
        self.scanner.left_behind.is_some()
    }

    /// How the cursor stands after what is ready.
    pub(crate) fn caret(&self) -> &Caret {
        &self.scanner.caret
    }

    /// Somebody else had the terminal: the row that was open has been left.
    pub(crate) fn returned(&mut self) {
        let (state, pen) = self.start;
        self.scanner.caret = Caret { pen, ..Scanner::new(self.scanner.cols).caret };
        // What has come since, and is yet to be passed on, goes on from there.
        self.scanner.state = state;
        (self.seen, self.whole) = (0, 0);
        self.scan();
    }

    /// The window has another width now.
    pub(crate) fn resized(&mut self, cols: usize) {
        self.scanner.resized(cols);
    }

    /// Takes what the program printed up to `mark`, which is an escape sequence of its own, and says whether the mark was there.
    /// It is taken out, and what comes behind it is kept aside.
    pub(crate) fn feed_until(&mut self, bytes: &[u8], mark: &[u8]) -> bool {
        // The mark may have come in pieces; an unfinished sequence is still in what is held.
        let start = self.whole.max(self.held.len().saturating_sub(mark.len()));
        self.held.extend_from_slice(bytes);
        let found = self.held[start..].windows(mark.len()).position(|window| window == mark).map(|at| start + at);
        if let Some(at) = found {
            self.later.extend_from_slice(&self.held[at + mark.len()..]);
            self.held.truncate(at);
            if self.seen > at {
                // It had been looked at in part: as the start of a sequence, which is now gone.
                self.seen = at;
                self.scanner.state = State::Ground;
            }
        }
        self.scan();
        found.is_some()
    }

    /// Goes on with what came behind the mark.
    pub(crate) fn resume(&mut self) {
        let later = std::mem::take(&mut self.later);
        self.feed(&later);
    }

    fn scan(&mut self) {
        while let Some(unit) = self.scanner.unit(&self.held[self.seen..]) {
            self.seen += unit;
            if self.scanner.state == State::Ground {
                self.whole = self.seen;
            }
        }
    }
}

/// How what was printed leaves the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caret {
    /// Columns before the cursor. As many as the row has: the last one is taken, and the next character wraps.
    pub(crate) column: usize,
    /// Columns since the start of the line, over all the rows it takes.
    offset: usize,
    /// Something of the program's stands in the cursor's row, wherever in it the cursor is now.
    written: bool,
    /// Rows of the program's own below the cursor, where it has moved up to write over them.
    pub(crate) below: usize,
    /// Its colours and attributes.
    pub(crate) pen: Style,
    /// What stands before the cursor, to be written again where a pending wrap must be brought back.
    pub(crate) last: Glyph,
    /// Line feeds since the last frame: the cursor has certainly gone down by so many rows, or everything has scrolled.
    pub(crate) fed: usize,
    /// Since the last frame, the cursor was sent somewhere by other means.
    pub(crate) jumped: bool,
    /// The place that the program remembers with `ESC 7` and has not gone back to.
    pub(crate) saved: Option<Saved>,
}

/// A place in a row, as `ESC 7` remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Saved {
    column: usize,
    offset: usize,
    written: bool,
    /// Rows of the program's own below it.
    below: usize,
    pen: Style,
}

impl Caret {
    /// A line was begun and not ended.
    pub(crate) fn is_open(&self) -> bool {
        self.written || self.column > 0
    }

    /// The row is full, and the next character wraps.
    pub(crate) fn wraps_next(&self, cols: usize) -> bool {
        self.column >= cols
    }
}

/// A character and what is combined with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glyph {
    bytes: [u8; Glyph::LONGEST],
    len: u8,
    pub(crate) width: u8,
    /// Its colours and attributes, which need not be those in force any more.
    pub(crate) pen: Style,
}

impl Glyph {
    const LONGEST: usize = 30;

    fn new(c: char, width: usize, pen: Style) -> Glyph {
        let mut glyph = Glyph { bytes: [0; Glyph::LONGEST], len: 0, width: width as u8, pen };
        glyph.add(c);
        glyph
    }

    /// More accents than fit are not remembered.
    fn add(&mut self, c: char) {
        let at = usize::from(self.len);
        if let Some(room) = self.bytes.get_mut(at..at + c.len_utf8()) {
            c.encode_utf8(room);
            self.len += c.len_utf8() as u8;
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }
}

/// Where in the stream of bytes we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Between characters and between sequences.
    Ground,
    /// After `ESC`.
    Escape,
    /// After `ESC` and an intermediate (as in the choice of a character set).
    EscapeMore,
    /// In a control sequence: after `ESC [`.
    Csi,
    /// In a string: a title, a link, a picture, an answer.
    Text,
    /// In a string, after an `ESC` that may end it.
    TextEscape,
}

#[derive(Debug)]
struct Scanner {
    cols: usize,
    state: State,
    /// Parameters and intermediates of the control sequence.
    params: Vec<u8>,
    caret: Caret,
    /// The caret of the main screen, while the program shows the alternate one.
    left_behind: Option<Caret>,
}

impl Scanner {
    /// Longer parameters than any terminal looks at.
    const LONGEST_PARAMS: usize = 256;

    fn new(cols: usize) -> Scanner {
        let caret = Caret {
            column: 0,
            offset: 0,
            written: false,
            below: 0,
            pen: Style::new(),
            last: Glyph::new(' ', 1, Style::new()),
            fed: 0,
            jumped: false,
            saved: None,
        };
        Scanner { cols: cols.max(1), state: State::Ground, params: Vec::new(), caret, left_behind: None }
    }

    /// Looks at the next unit and returns its length; none where the rest of it is missing.
    fn unit(&mut self, bytes: &[u8]) -> Option<usize> {
        let byte = *bytes.first()?;
        match self.state {
            State::Ground => return self.ground(bytes),
            // In the middle of a sequence these start afresh, whatever it was.
            State::Escape | State::EscapeMore | State::Csi if byte == 0x1b => self.state = State::Escape,
            State::Escape | State::EscapeMore | State::Csi if byte == 0x18 || byte == 0x1a => {
                self.state = State::Ground
            }
            State::Escape => self.escape(byte),
            State::EscapeMore => {
                if (0x30..=0x7e).contains(&byte) {
                    self.state = State::Ground;
                }
            }
            State::Csi => self.csi(byte),
            State::Text => return Some(self.text(bytes)),
            State::TextEscape => {
                self.state = match byte {
                    b'\\' => State::Ground,
                    // Any other sequence ends the string as well, and begins itself.
                    _ => {
                        self.state = State::Escape;
                        return self.unit(bytes);
                    }
                }
            }
        }
        Some(1)
    }

    fn ground(&mut self, bytes: &[u8]) -> Option<usize> {
        // The common case first, in one go: a run of printable ASCII.
        let run = bytes.iter().take_while(|byte| (0x20..0x7f).contains(*byte)).count();
        if run > 0 {
            self.advance(run, 1);
            self.caret.last = Glyph::new(char::from(bytes[run - 1]), 1, self.caret.pen);
            return Some(run);
        }
        match bytes[0] {
            0x1b => self.state = State::Escape,
            b'\n' => {
                self.line_feed(1);
                self.start_of_line();
            }
            0x0b | 0x0c => self.line_feed(1),
            b'\r' => {
                // Back over the columns of this row; the rows before it stay behind.
                self.caret.offset -= self.caret.column.min(self.caret.offset);
                self.caret.column = 0;
            }
            0x08 => {
                let column = self.caret.column.min(self.cols - 1).saturating_sub(1);
                self.move_to(column);
            }
            b'\t' => self.move_to((self.caret.column / 8 + 1) * 8),
            0x80.. => return self.character(bytes),
            _ => {}
        }
        Some(1)
    }

    /// A character beyond ASCII; none where the rest of it is missing.
    fn character(&mut self, bytes: &[u8]) -> Option<usize> {
        let length = match bytes[0] {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => 1,
        };
        let window = &bytes[..length.min(bytes.len())];
        match std::str::from_utf8(window) {
            Ok(text) => {
                if let Some(c) = text.chars().next() {
                    self.print(c);
                }
                Some(length)
            }
            Err(err) if err.error_len().is_none() && bytes.len() < length => None,
            // No UTF-8: terminals show one replacement character.
            Err(err) => {
                self.print(char::REPLACEMENT_CHARACTER);
                Some(err.error_len().unwrap_or(1))
            }
        }
    }

    fn print(&mut self, c: char) {
        match width::of_char(c) {
            0 if width::is_control(c) => {}
            0 => self.caret.last.add(c),
            width => {
                self.advance(1, width);
                self.caret.last = Glyph::new(c, width, self.caret.pen);
            }
        }
    }

    /// Moves over `count` characters of `width` columns, wrapping as a terminal does: only when the next one comes.
    fn advance(&mut self, count: usize, width: usize) {
        self.caret.written = true;
        self.caret.offset += count * width;
        if width == 1 {
            let column = self.caret.column + count;
            if column > self.cols {
                self.caret.column = (column - 1) % self.cols + 1;
                self.caret.below = self.caret.below.saturating_sub((column - 1) / self.cols);
            } else {
                self.caret.column = column;
            }
        } else {
            for _ in 0..count {
                let wraps = self.caret.column + width > self.cols;
                self.caret.below = self.caret.below.saturating_sub(usize::from(wraps));
                self.caret.column = if wraps { width } else { self.caret.column + width }.min(self.cols);
            }
        }
    }

    /// Down over rows of its own, in which something of the program's stands.
    fn down(&mut self, count: usize) {
        self.caret.written |= self.caret.below > 0;
        self.caret.below = self.caret.below.saturating_sub(count.max(1));
    }

    /// To some row, in which something of the program's may stand.
    fn jump(&mut self) {
        self.caret.below = 0;
        self.caret.written = true;
        self.caret.jumped = true;
    }

    fn start_of_line(&mut self) {
        self.caret.column = 0;
        self.caret.offset = 0;
    }

    /// Every move ends the wait of a wrap: the cursor is on the last column then, not behind it.
    fn end_wrap(&mut self) {
        if self.caret.column >= self.cols {
            self.caret.offset = (self.caret.offset + self.cols - 1).saturating_sub(self.caret.column);
            self.caret.column = self.cols - 1;
        }
    }

    fn line_feed(&mut self, count: usize) {
        self.end_wrap();
        self.caret.written = self.caret.below > 0;
        let fed = count.saturating_sub(self.caret.below);
        // On the alternate screen they say nothing about the row that is gone back to.
        if self.left_behind.is_none() {
            self.caret.fed += fed;
        }
        if let Some(saved) = &mut self.caret.saved {
            saved.below += fed;
        }
        self.caret.below = self.caret.below.saturating_sub(count);
    }

    fn move_to(&mut self, column: usize) {
        let column = column.min(self.cols - 1);
        self.caret.offset = (self.caret.offset + column).saturating_sub(self.caret.column);
        self.caret.column = column;
    }

    fn save(&mut self) {
        let Caret { column, offset, written, below, pen, .. } = self.caret;
        // Few terminals remember that a wrap was waiting, and which character it waited behind we do not.
        let wait = column.saturating_sub(self.cols - 1);
        let (column, offset) = (column - wait, offset.saturating_sub(wait));
        self.caret.saved = Some(Saved { column, offset, written, below, pen });
    }

    /// Back to the saved place, wherever on the screen that is.
    fn restore(&mut self) {
        self.caret.below = 0;
        if let Some(Saved { column, offset, written, below, pen }) = self.caret.saved.take() {
            // What was written since may stand in that row as well.
            let written = written || self.caret.written;
            self.caret = Caret { column, offset, written, below, pen, ..self.caret };
        }
        self.caret.jumped = true;
    }

    fn escape(&mut self, byte: u8) {
        self.state = State::Ground;
        match byte {
            b'[' => {
                self.params.clear();
                self.state = State::Csi;
            }
            b']' | b'P' | b'X' | b'^' | b'_' => self.state = State::Text,
            0x20..=0x2f => self.state = State::EscapeMore,
            b'D' => self.line_feed(1),
            b'E' => {
                self.line_feed(1);
                self.start_of_line();
            }
            b'M' => {
                self.end_wrap();
                self.caret.below += 1;
                self.caret.written = true;
            }
            b'7' => self.save(),
            b'8' => self.restore(),
            b'c' => {
                self.caret = Scanner::new(self.cols).caret;
                self.caret.jumped = true;
                self.left_behind = None;
            }
            _ => {}
        }
    }

    /// Skips to the end of a string, or of what there is of it.
    fn text(&mut self, bytes: &[u8]) -> usize {
        match bytes.iter().position(|byte| matches!(byte, 0x07 | 0x18 | 0x1a | 0x1b)) {
            Some(at) => {
                self.state = if bytes[at] == 0x1b { State::TextEscape } else { State::Ground };
                at + 1
            }
            None => bytes.len(),
        }
    }

    fn csi(&mut self, byte: u8) {
        match byte {
            0x20..=0x3f => {
                if self.params.len() < Scanner::LONGEST_PARAMS {
                    self.params.push(byte);
                }
            }
            0x40..=0x7e => {
                self.state = State::Ground;
                let params = std::mem::take(&mut self.params);
                self.control(&params, byte);
                self.params = params;
            }
            // A control character inside a sequence is carried out as if it stood before it.
            _ => {
                self.state = State::Ground;
                let _ = self.ground(&[byte]);
                self.state = State::Csi;
            }
        }
    }

    fn control(&mut self, params: &[u8], last: u8) {
        if let Some(modes) = params.strip_prefix(b"?") {
            return self.private_modes(modes, last);
        }
        let mut numbers = params.split(|byte| *byte == b';').map(number);
        let first = numbers.next().unwrap_or(0);
        match last {
            b'm' if params.iter().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':')) => {
                self.caret.pen = sgr::apply(self.caret.pen, params, Style::new());
            }
            b'A' => {
                self.end_wrap();
                self.caret.below += first.max(1);
                self.caret.written = true;
            }
            b'F' => {
                self.caret.below += first.max(1);
                self.caret.written = true;
                self.start_of_line();
            }
            // Down to rows of its own it moves; beyond them, into ours, it cannot have meant to.
            b'B' | b'e' => {
                self.end_wrap();
                self.down(first);
            }
            b'E' => {
                self.down(first);
                self.start_of_line();
            }
            b'C' | b'a' => self.move_to(self.caret.column.min(self.cols - 1) + first.max(1)),
            b'D' => self.move_to(self.caret.column.min(self.cols - 1).saturating_sub(first.max(1))),
            b'G' | b'`' => self.move_to(first.max(1) - 1),
            b'H' | b'f' => {
                let column = numbers.next().unwrap_or(0);
                self.start_of_line();
                self.move_to(column.max(1) - 1);
                self.jump();
            }
            b'd' => {
                self.end_wrap();
                self.jump();
            }
            // Margins send the cursor home.
            b'r' => {
                self.start_of_line();
                self.jump();
            }
            b'J' if first == 2 => self.caret.written = false,
            b'K' => {
                if first == 2 || (first == 0 && self.caret.column == 0) {
                    self.caret.written = false;
                }
                if first == 1 || first == 2 {
                    // The last character is gone too.
                    self.caret.last = Glyph::new(' ', 1, self.caret.pen);
                }
            }
            b's' if params.is_empty() => self.save(),
            b'u' if params.is_empty() => self.restore(),
            _ => {}
        }
        // Nobody moves up by more than a screen; a wild number must not send us down as far.
        self.caret.below = self.caret.below.min(200);
    }

    fn private_modes(&mut self, modes: &[u8], last: u8) {
        for mode in modes.split(|byte| *byte == b';').map(number) {
            match (mode, last) {
                (47 | 1047 | 1049, b'h') if self.left_behind.is_none() => self.left_behind = Some(self.caret.clone()),
                (47 | 1047 | 1049, b'l') => {
                    if let Some(caret) = self.left_behind.take() {
                        self.caret = caret;
                        self.caret.jumped = true;
                    }
                }
                _ => {}
            }
        }
    }

    /// An open line was rewrapped by the terminal, so its last row ends elsewhere.
    fn resized(&mut self, cols: usize) {
        self.cols = cols.max(1);
        if self.caret.column > 0 {
            self.caret.column = (self.caret.offset.max(1) - 1) % self.cols + 1;
        }
    }
}

/// A decimal number; 0 where there is none, as terminals have it.
fn number(digits: &[u8]) -> usize {
    std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<u16>().ok()).unwrap_or(0).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fed(text: &str) -> Above {
        let mut above = Above::new(10);
        above.feed(text.as_bytes());
        above
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
            assert_eq!(fed(text).caret().column, column, "{text:?}");
        }
    }

    #[test]
    fn nothing_is_cut_in_two() {
        for (text, ready) in [
            ("abc", "abc"),
            ("abc\x1b", "abc"),
            ("abc\x1b[3", "abc"),
            ("abc\x1b[31m", "abc\x1b[31m"),
            ("abc\x1b]0;title", "abc"),
            ("abc\x1b]0;title\x1b", "abc"),
            ("abc\x1b]0;title\x1b\\", "abc\x1b]0;title\x1b\\"),
            ("abc\x1b(", "abc"),
            ("abc\x1b(B", "abc\x1b(B"),
        ] {
            assert_eq!(fed(text).ready(), ready.as_bytes(), "{text:?}");
        }
        let mut above = Above::new(10);
        above.feed("漢".as_bytes().split_at(2).0);
        assert_eq!(above.ready(), b"");
        above.feed("漢".as_bytes().split_at(2).1);
        assert_eq!(above.ready(), "漢".as_bytes());
    }

    /// However the bytes come in pieces, the same is known at the end.
    #[test]
    fn pieces_change_nothing() {
        let text = "\x1b[1;38;2;1;2;3mé漢\x1b]8;;u\x1b\\x\x1b[?1049h\x1b[2J\x1b[?1049l\n0123456789\x1b[2A\rab\u{301}🚀\x1b7\x1b(0";
        let whole = fed(text);
        for step in 1..9 {
            let mut above = Above::new(10);
            let mut passed = Vec::new();
            for piece in text.as_bytes().chunks(step) {
                above.feed(piece);
                passed.extend_from_slice(above.ready());
                let (fed, jumped) = (above.caret().fed, above.caret().jumped);
                above.passed();
                above.scanner.caret.fed = fed;
                above.scanner.caret.jumped = jumped;
            }
            assert_eq!(String::from_utf8(passed).unwrap(), text);
            assert_eq!(above.caret(), whole.caret(), "in steps of {step}");
            assert!(!above.is_cut());
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_passed_on_too() {
        let mut above = Above::new(10);
        above.feed(b"a\xff\xfe\xe6\xbc b\xc3\n\x80");
        assert_eq!(above.ready(), b"a\xff\xfe\xe6\xbc b\xc3\n\x80");
    }

    #[test]
    fn a_mark_is_found_in_pieces_and_taken_out() {
        let mark = b"\x1b_mark\x1b\\";
        let text = b"before\x1b_mark\x1b\\after";
        for cut in 0..text.len() {
            let mut above = Above::new(10);
            let first = above.feed_until(&text[..cut], mark);
            match first {
                true => above.feed(&text[cut..]),
                false => assert!(above.feed_until(&text[cut..], mark), "cut at {cut}"),
            }
            let until = if cut == 14 { &b"beforeafter"[..] } else { b"before" };
            assert_eq!(above.ready(), until, "cut at {cut}");
            above.resume();
            assert_eq!(above.ready(), b"beforeafter", "cut at {cut}");
            assert_eq!(above.caret().column, 1);
        }
    }

    #[test]
    fn a_sequence_without_end_is_passed_on_in_pieces() {
        let mut above = Above::new(10);
        above.feed(b"\x1bPq");
        above.feed(&vec![b'~'; LONGEST_HELD + 1]);
        assert!(!above.is_between());
        assert!(!above.ready().is_empty());
        above.passed();
        above.feed(b"end\x1b\\");
        assert!(above.is_between());
        assert_eq!(above.ready(), b"end\x1b\\");
    }

    /// A place is remembered without the wrap that waits there: an open line is not counted as longer than it is.
    #[test]
    fn back_from_behind_the_last_column() {
        let mut above = fed("0123456789\x1b7\x1b8ab");
        assert_eq!(above.caret().column, 1);
        above.resized(7);
        assert_eq!(above.caret().column, 4);
    }

    #[test]
    fn what_has_come_since_somebody_else_had_the_terminal_counts() {
        let mut above = fed("before");
        above.passed();
        above.feed(b"one\n\x1b[1mtwo");
        above.returned();
        assert_eq!(above.ready(), b"one\n\x1b[1mtwo");
        assert_eq!((above.caret().column, above.caret().fed), (3, 1));
    }

    #[test]
    fn a_row_that_is_jumped_to_is_open() {
        for (text, open) in [
            ("a\n\x1b[H", true),
            ("a\n\x1b[2d", true),
            ("a\n\x1b[r", true),
            ("a\n\x1b[H\x1b[2J", false),
            ("a\n\x1b[H\n", false),
        ] {
            assert_eq!(fed(text).caret().is_open(), open, "{text:?}");
        }
    }

    #[test]
    fn full_screen() {
        let mut above = fed("abc\x1b[?1049h\x1b[Hxxxx\n\n");
        assert!(above.is_full_screen());
        assert_eq!(above.caret().fed, 0, "lines of another screen");
        above.feed(b"\x1b[?1049l");
        assert!(!above.is_full_screen());
        assert_eq!(above.caret().column, 3);
    }

    #[test]
    fn rows_of_its_own_below() {
        for (text, below, fed_rows) in [
            ("a\nb\n", 0, 2),
            ("a\nb\n\x1b[2A", 2, 2),
            ("a\nb\n\x1b[2Ax\n", 1, 2),
            ("a\nb\n\x1b[2Ax\n\n\n", 0, 3),
            ("a\nb\n\x1b[2A\x1b[2B", 0, 2),
        ] {
            let above = fed(text);
            assert_eq!((above.caret().below, above.caret().fed), (below, fed_rows), "{text:?}");
        }
    }
}
