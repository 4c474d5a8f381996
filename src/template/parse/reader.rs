//! Reads the inside of one field, byte by byte.

use crate::cells::span::Span;

/// The longest width or precision. No terminal is as wide.
const LONGEST: usize = 1000;

/// A position inside a field. Its end is the field's closing brace.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(text: &'a [u8], inside: Span) -> Reader<'a> {
        Reader { text, at: inside.start, end: inside.end }
    }

    /// The byte of the format that comes next.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    /// The next byte.
    pub(crate) const fn peek(&self) -> Option<u8> {
        if self.at < self.end { Some(self.text[self.at]) } else { None }
    }

    /// The next character and the byte after it.
    pub(crate) const fn peek_char(&self) -> Option<(char, Option<u8>)> {
        let Some(first) = self.peek() else { return None };
        let (c, len) = decode(self.text, self.at);
        let after = self.at + len;
        // A brace ends the characters of a spec.
        match first {
            b'{' | b'}' => None,
            _ if after < self.end => Some((c, Some(self.text[after]))),
            _ => Some((c, None)),
        }
    }

    /// Moves over one byte, which must be ASCII.
    pub(crate) const fn skip(&mut self) {
        self.at += 1;
    }

    /// Moves over one character.
    pub(crate) const fn skip_char(&mut self) {
        let (_, len) = decode(self.text, self.at);
        self.at += len;
    }

    /// Moves over `byte`, if it is next.
    pub(crate) const fn take(&mut self, byte: u8) -> bool {
        match self.peek() {
            Some(next) if next == byte => {
                self.at += 1;
                true
            }
            _ => false,
        }
    }

    /// Moves over a number, if one is next.
    pub(crate) const fn take_number(&mut self) -> Option<usize> {
        let mut number = None;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            let value = match number {
                Some(number) => number,
                None => 0,
            };
            let longer = value * 10 + (digit - b'0') as usize;
            number = Some(if longer < LONGEST { longer } else { LONGEST });
            self.at += 1;
        }
        number
    }

    /// Takes what stands before `byte`, or all that is left.
    pub(crate) const fn take_until(&mut self, byte: u8) -> Span {
        let start = self.at;
        while let Some(next) = self.peek() {
            if next == byte {
                break;
            }
            self.skip();
        }
        Span { start, end: self.at }
    }

    /// Takes what is left.
    pub(crate) const fn take_rest(&mut self) -> Span {
        let rest = Span { start: self.at, end: self.end };
        self.at = self.end;
        rest
    }
}

/// Returns the character of `text`, which is UTF-8, at a byte, and its length in bytes.
pub(crate) const fn decode(text: &[u8], at: usize) -> (char, usize) {
    let first = text[at];
    // In UTF-8 the first byte tells the length.
    let (mut code, len) = match first {
        0..0x80 => (first as u32, 1),
        0x80..0xe0 => (first as u32 & 0x1f, 2),
        0xe0..0xf0 => (first as u32 & 0x0f, 3),
        _ => (first as u32 & 0x07, 4),
    };
    let mut next = 1;
    while next < len && at + next < text.len() {
        code = code << 6 | text[at + next] as u32 & 0x3f;
        next += 1;
    }
    match char::from_u32(code) {
        Some(c) => (c, len),
        None => (char::REPLACEMENT_CHARACTER, len),
    }
}
