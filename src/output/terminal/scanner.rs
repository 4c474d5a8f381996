//! Cuts program output into units: characters, control characters and escape sequences.
//!
//! The scanner changes no byte and knows no cursor. For each whole unit it says what a terminal
//! does with it, as a [`Function`].

/// Where the scanner is in the stream of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Between characters and between sequences: a frame may follow here.
    Ground,
    /// After `ESC`.
    Escape,
    /// After `ESC` and an intermediate byte, as in the choice of a character set.
    EscapeIntermediate,
    /// In a control sequence: after `ESC [`.
    Csi,
    /// In a string: a title, a link, an image, an answer.
    String(StringKind),
    /// In a string, after an `ESC` that may end it.
    StringEscape(StringKind),
}

/// A kind of string, by what ends it beside ST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StringKind {
    /// OSC: a title, a link. BEL ends it too.
    Osc,
    /// DCS: sixels; with each `ESC` in it doubled, what tmux passes on to the terminal around it.
    Dcs,
    /// APC, PM and SOS; and `ESC k`, a title in tmux and screen.
    Other,
}

/// What a terminal does with one unit, as far as the cursor is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function<'a> {
    /// Nothing that moves the cursor or changes its style.
    None,
    /// Prints a run of `count` printable ASCII characters; the last one is given.
    Ascii {
        count: usize,
        last: char,
    },
    /// Prints a character beyond ASCII.
    Print(char),
    /// `\n`, which the tty turns into a carriage return and a line feed; also NEL.
    NextLine,
    /// VT, FF and IND: one row down in the same column.
    LineFeed,
    CarriageReturn,
    Backspace,
    Tab,
    /// RI: one row up in the same column.
    ReverseIndex,
    /// DECSC and `CSI s`.
    SaveCursor,
    /// DECRC and `CSI u`.
    RestoreCursor,
    /// RIS: back to the state after power-up.
    FullReset,
    /// SGR, with its parameters.
    SetStyle(&'a [u8]),
    /// CUU: up in the same column.
    Up(usize),
    /// CPL: up, to the first column.
    UpToStart(usize),
    /// CUD and VPR: down in the same column.
    Down(usize),
    /// CNL: down, to the first column.
    DownToStart(usize),
    /// CUF and HPR.
    Right(usize),
    /// CUB.
    Left(usize),
    /// CHA and HPA: to a column, counted from 0.
    Column(usize),
    /// CUP and HVP: to some row, and to a column counted from 0.
    Position {
        column: usize,
    },
    /// VPA: to some row, in the same column.
    Row,
    /// DECSTBM: sets the scroll region, which sends the cursor home.
    ScrollRegion,
    /// IL, DL, SU or SD: moves the contents of rows.
    ShiftRows,
    /// ED, with its parameter.
    EraseDisplay(usize),
    /// EL, with its parameter.
    EraseLine(usize),
    /// SCS: designates a character set as one of G0 to G3.
    DesignateGlyphs(GlyphSlot, Glyphs),
    /// SI, SO, LS2 and LS3: uses one of G0 to G3.
    UseGlyphs(GlyphSlot),
    /// Switches to the alternate screen.
    EnterAlternateScreen,
    /// Switches back from the alternate screen.
    LeaveAlternateScreen,
}

/// One of the four character sets between which a program can switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GlyphSlot {
    G0,
    G1,
    G2,
    G3,
}

/// What letters look like in a character set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Glyphs {
    /// Like letters, in this alphabet or another.
    Letters,
    /// Like lines and corners.
    LineDrawing,
}

#[derive(Debug)]
pub(super) struct Scanner {
    pub(super) state: State,
    /// Parameters and intermediate bytes of the current control sequence.
    params: Vec<u8>,
}

impl Scanner {
    /// Parameters beyond this length are dropped; no terminal looks at as many.
    const LONGEST_PARAMS: usize = 256;

    pub(super) fn new() -> Scanner {
        Scanner { state: State::Ground, params: Vec::new() }
    }

    /// Scans the next unit. Returns its length and what it does, or nothing if the rest of the unit
    /// is missing.
    pub(super) fn next(&mut self, bytes: &[u8]) -> Option<(usize, Function<'_>)> {
        let byte = *bytes.first()?;
        match self.state {
            State::Ground => self.ground(bytes),
            // Inside a sequence, ESC starts a new one, and CAN and SUB end it.
            State::Escape | State::EscapeIntermediate | State::Csi if byte == 0x1b => self.enter(State::Escape),
            State::Escape | State::EscapeIntermediate | State::Csi if matches!(byte, 0x18 | 0x1a) => {
                self.enter(State::Ground)
            }
            State::Escape => Some((1, self.escape(byte))),
            State::EscapeIntermediate => Some((1, self.escape_intermediate(byte))),
            State::Csi => Some((1, self.csi(byte))),
            State::String(kind) => Some((self.string(kind, bytes), Function::None)),
            State::StringEscape(_) if byte == b'\\' => self.enter(State::Ground),
            State::StringEscape(StringKind::Dcs) if byte == 0x1b => self.enter(State::String(StringKind::Dcs)),
            // Any other sequence ends the string too, and `byte` is its second byte.
            State::StringEscape(_) => {
                self.state = State::Escape;
                self.next(bytes)
            }
        }
    }

    /// Takes one byte that changes nothing but the state.
    fn enter(&mut self, state: State) -> Option<(usize, Function<'static>)> {
        self.state = state;
        Some((1, Function::None))
    }

    fn ground(&mut self, bytes: &[u8]) -> Option<(usize, Function<'static>)> {
        // The common case first, in one step: a run of printable ASCII.
        let run = bytes.iter().take_while(|byte| (0x20..0x7f).contains(*byte)).count();
        if let Some(last) = run.checked_sub(1).and_then(|last| bytes.get(last)) {
            return Some((run, Function::Ascii { count: run, last: char::from(*last) }));
        }
        match *bytes.first()? {
            0x1b => self.enter(State::Escape),
            0x80.. => character(bytes),
            control => Some((1, control_function(control))),
        }
    }

    fn escape(&mut self, byte: u8) -> Function<'static> {
        self.state = State::Ground;
        match byte {
            b'[' => {
                self.params.clear();
                self.state = State::Csi;
                Function::None
            }
            b']' | b'P' | b'X' | b'^' | b'_' | b'k' => {
                self.state = State::String(match byte {
                    b']' => StringKind::Osc,
                    b'P' => StringKind::Dcs,
                    _ => StringKind::Other,
                });
                Function::None
            }
            0x20..=0x2f => {
                self.params.clear();
                self.params.push(byte);
                self.state = State::EscapeIntermediate;
                Function::None
            }
            b'D' => Function::LineFeed,
            b'E' => Function::NextLine,
            b'M' => Function::ReverseIndex,
            b'7' => Function::SaveCursor,
            b'8' => Function::RestoreCursor,
            b'c' => Function::FullReset,
            b'n' => Function::UseGlyphs(GlyphSlot::G2),
            b'o' => Function::UseGlyphs(GlyphSlot::G3),
            _ => Function::None,
        }
    }

    fn escape_intermediate(&mut self, byte: u8) -> Function<'static> {
        let slot = match (byte, self.params.as_slice()) {
            (0x30..=0x7e, [b'(']) => Some(GlyphSlot::G0),
            (0x30..=0x7e, [b')']) => Some(GlyphSlot::G1),
            (0x30..=0x7e, [b'*']) => Some(GlyphSlot::G2),
            (0x30..=0x7e, [b'+']) => Some(GlyphSlot::G3),
            (0x30..=0x7e, _) => None,
            // Another intermediate byte: none of the sequences that matter here.
            _ => {
                self.params.clear();
                return Function::None;
            }
        };
        self.state = State::Ground;
        let glyphs = if byte == b'0' { Glyphs::LineDrawing } else { Glyphs::Letters };
        slot.map_or(Function::None, |slot| Function::DesignateGlyphs(slot, glyphs))
    }

    /// Skips to the end of a string, or to the end of the part of it that has come. Returns the
    /// number of bytes.
    fn string(&mut self, kind: StringKind, bytes: &[u8]) -> usize {
        let ends = |byte: &u8| matches!(byte, 0x18 | 0x1a | 0x1b) || (*byte == 0x07 && kind == StringKind::Osc);
        match bytes.iter().position(ends) {
            Some(at) => {
                self.state = if bytes.get(at) == Some(&0x1b) { State::StringEscape(kind) } else { State::Ground };
                at + 1
            }
            None => bytes.len(),
        }
    }

    fn csi(&mut self, byte: u8) -> Function<'_> {
        match byte {
            0x20..=0x3f => {
                if self.params.len() < Scanner::LONGEST_PARAMS {
                    self.params.push(byte);
                }
                Function::None
            }
            0x40..=0x7e => {
                self.state = State::Ground;
                control_sequence(&self.params, byte)
            }
            // A control character inside a sequence acts as if it stood before it. Bytes beyond
            // ASCII do nothing here.
            0x80.. => Function::None,
            control => control_function(control),
        }
    }
}

/// What a control character does.
fn control_function(control: u8) -> Function<'static> {
    match control {
        b'\n' => Function::NextLine,
        0x0b | 0x0c => Function::LineFeed,
        b'\r' => Function::CarriageReturn,
        0x08 => Function::Backspace,
        b'\t' => Function::Tab,
        0x0e => Function::UseGlyphs(GlyphSlot::G1),
        0x0f => Function::UseGlyphs(GlyphSlot::G0),
        _ => Function::None,
    }
}

/// Scans a character beyond ASCII. Returns nothing if the rest of it is missing.
fn character(bytes: &[u8]) -> Option<(usize, Function<'static>)> {
    let length = match bytes.first()? {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    match std::str::from_utf8(bytes.get(..length).unwrap_or(bytes)) {
        Ok(text) => Some((length, text.chars().next().map_or(Function::None, Function::Print))),
        Err(err) if err.error_len().is_none() && bytes.len() < length => None,
        // Not UTF-8: terminals show one replacement character.
        Err(err) => Some((err.error_len().unwrap_or(1), Function::Print(char::REPLACEMENT_CHARACTER))),
    }
}

/// What a whole control sequence does.
fn control_sequence(params: &[u8], last: u8) -> Function<'_> {
    if let Some(modes) = params.strip_prefix(b"?") {
        return private_modes(modes, last);
    }
    let mut numbers = params.split(|byte| *byte == b';').map(number);
    let first = numbers.next().unwrap_or(0);
    match last {
        b'm' if params.iter().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':')) => Function::SetStyle(params),
        b'A' => Function::Up(first.max(1)),
        b'F' => Function::UpToStart(first.max(1)),
        b'B' | b'e' => Function::Down(first.max(1)),
        b'E' => Function::DownToStart(first.max(1)),
        b'C' | b'a' => Function::Right(first.max(1)),
        b'D' => Function::Left(first.max(1)),
        b'G' | b'`' => Function::Column(first.max(1) - 1),
        b'H' | b'f' => Function::Position { column: numbers.next().unwrap_or(0).max(1) - 1 },
        b'd' => Function::Row,
        b'r' => Function::ScrollRegion,
        b'L' | b'M' | b'S' | b'T' => Function::ShiftRows,
        b'J' => Function::EraseDisplay(first),
        b'K' => Function::EraseLine(first),
        b's' if params.is_empty() => Function::SaveCursor,
        b'u' if params.is_empty() => Function::RestoreCursor,
        _ => Function::None,
    }
}

/// What setting (`h`) or resetting (`l`) of private modes does.
fn private_modes(modes: &[u8], last: u8) -> Function<'static> {
    let alternate_screen = modes.split(|byte| *byte == b';').any(|mode| matches!(number(mode), 47 | 1047 | 1049));
    match (alternate_screen, last) {
        (true, b'h') => Function::EnterAlternateScreen,
        (true, b'l') => Function::LeaveAlternateScreen,
        _ => Function::None,
    }
}

/// A decimal number; 0 if there is none, as in terminals.
fn number(digits: &[u8]) -> usize {
    std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<u16>().ok()).unwrap_or(0).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All functions of `bytes`, and what is left of them.
    fn functions(mut bytes: &[u8]) -> (Vec<String>, usize) {
        let mut scanner = Scanner::new();
        let mut functions = Vec::new();
        while let Some((length, function)) = scanner.next(bytes) {
            if function != Function::None {
                functions.push(format!("{function:?}"));
            }
            bytes = &bytes[length..];
        }
        (functions, bytes.len())
    }

    #[test]
    fn what_sequences_do() {
        for (text, wanted) in [
            ("", ""),
            ("abc", "Ascii { count: 3, last: 'c' }"),
            ("é\n", "Print('é') NextLine"),
            ("\x0b\x0c\x1bD", "LineFeed LineFeed LineFeed"),
            ("\x1bE\x1bM", "NextLine ReverseIndex"),
            ("\x1b7\x1b[u\x1bc", "SaveCursor RestoreCursor FullReset"),
            ("\x1b[A\x1b[0A\x1b[3A", "Up(1) Up(1) Up(3)"),
            ("\x1b[;7H\x1b[d", "Position { column: 6 } Row"),
            ("\x1b[2\r3A", "CarriageReturn Up(23)"),
            ("\x1b[1;31m\x1b[>4m", "SetStyle([49, 59, 51, 49])"),
            ("\x1b[?25;1049h\x1b[?47l\x1b[?25h", "EnterAlternateScreen LeaveAlternateScreen"),
            ("\x1b]0;title\x07\x1b%G\x1b[\x18x", "Ascii { count: 1, last: 'x' }"),
            ("\x1b(0\x1b)B\x1b(%5", "DesignateGlyphs(G0, LineDrawing) DesignateGlyphs(G1, Letters)"),
            ("\x0e\x0f", "UseGlyphs(G1) UseGlyphs(G0)"),
            (
                "\x1b*0\x1bn\x1b+0\x1bo",
                "DesignateGlyphs(G2, LineDrawing) UseGlyphs(G2) DesignateGlyphs(G3, LineDrawing) UseGlyphs(G3)",
            ),
            ("\x1b]0;title\x1b[2C", "Right(2)"),
            // BEL ends titles and links only.
            ("\x1bPq\x07a\x1b\\\x1b_G\x07a\x1b\\\x1b]8;;\x07b", "Ascii { count: 1, last: 'b' }"),
            ("\x1bktitle\x07\x1b\\b", "Ascii { count: 1, last: 'b' }"),
            ("\x1bPtmux;\x1b\x1b]2;a\x07a\x1b\x1b\\a\x1b\\b", "Ascii { count: 1, last: 'b' }"),
        ] {
            let (seen, left) = functions(text.as_bytes());
            assert_eq!((seen.join(" ").as_str(), left), (wanted, 0), "{text:?}");
        }
    }

    #[test]
    fn half_a_character_waits() {
        let bytes = "漢".as_bytes();
        assert_eq!(functions(&bytes[..2]), (vec![], 2));
        assert_eq!(
            functions(b"\xe6\xbc "),
            (vec!["Print('\u{fffd}')".into(), "Ascii { count: 1, last: ' ' }".into()], 0)
        );
    }
}
