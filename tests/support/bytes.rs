//! The bytes that a program sends to its terminal: the sequences in them, and the modes that they
//! set.

use std::collections::BTreeSet;

/// A sequence, or the text between two sequences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text, and control characters outside of sequences.
    Text(String),
    /// `ESC [`: parameters with intermediates, and the final character.
    Csi(String, char),
    /// `ESC`: intermediates, and the final character.
    Escape(String, char),
    /// `ESC ]` and other strings, such as titles and links: the character after `ESC`, and the
    /// text.
    String(char, String),
}

/// Splits bytes into pieces. No sequence may be cut off at their end.
pub fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let mut rest = text.as_str();
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        let Some(sequence) = rest.strip_prefix('\x1b') else {
            let (plain, next) = rest.split_at(rest.find('\x1b').unwrap_or(rest.len()));
            pieces.push(Piece::Text(plain.to_owned()));
            rest = next;
            continue;
        };
        let kind = sequence.chars().next().expect("a sequence goes on after ESC");
        let (piece, next) = match kind {
            '[' => {
                let (params, last, next) = up_to(&sequence[1..], '\x40'..='\x7e');
                (Piece::Csi(params, last), next)
            }
            ']' | 'P' | 'X' | '^' | '_' => {
                let end = sequence.find(['\x07', '\x1b']).expect("a string has an end");
                let next = &sequence[end..];
                let next = next.strip_prefix('\x07').or_else(|| next.strip_prefix("\x1b\\")).expect("an end");
                (Piece::String(kind, sequence[1..end].to_owned()), next)
            }
            _ => {
                let (intermediates, last, next) = up_to(sequence, '\x30'..='\x7e');
                (Piece::Escape(intermediates, last), next)
            }
        };
        pieces.push(piece);
        rest = next;
    }
    pieces
}

fn up_to(text: &str, last: std::ops::RangeInclusive<char>) -> (String, char, &str) {
    let at = text.find(|c| last.contains(&c)).expect("a sequence has an end");
    let (params, rest) = text.split_at(at);
    let mut chars = rest.chars();
    let last = chars.next().expect("it was found");
    (params.to_owned(), last, chars.as_str())
}

/// The modes of a terminal that differ from those of a fresh one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Modes {
    /// DEC private modes, by number.
    private: BTreeSet<u16>,
    margins: bool,
    /// Colors and attributes set since the last reset.
    colors: Vec<String>,
}

impl Modes {
    /// Modes that are on at the start.
    const ON: [u16; 2] = [7, 25];

    pub fn after(bytes: &[u8]) -> Modes {
        let mut modes = Modes::default();
        modes.feed(&pieces(bytes));
        modes
    }

    pub fn feed(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Csi(params, last @ ('h' | 'l')) => {
                    let numbers = params.strip_prefix('?').expect("only private modes").split(';');
                    for number in numbers.map(|number| number.parse().expect("a number")) {
                        if (*last == 'h') == Modes::ON.contains(&number) {
                            self.private.remove(&number);
                        } else {
                            self.private.insert(number);
                        }
                    }
                }
                Piece::Csi(params, 'r') => self.margins = !params.is_empty(),
                Piece::Csi(params, 'm') => match params.strip_prefix('0').unwrap_or(params) {
                    "" => self.colors.clear(),
                    color => self.colors.push(color.trim_start_matches(';').to_owned()),
                },
                _ => {}
            }
        }
    }

    /// The colors and attributes in force, as parameters.
    pub fn colors(&self) -> &[String] {
        &self.colors
    }

    /// Whether no mode is set. Colors are not looked at.
    pub fn are_plain(&self) -> bool {
        self.private.is_empty() && !self.margins
    }
}

/// The frames in `bytes`, and the pieces outside of them.
pub fn frames(bytes: &[u8]) -> (Vec<Vec<Piece>>, Vec<Piece>) {
    let begin = Piece::Csi("?2026".to_owned(), 'h');
    let end = Piece::Csi("?2026".to_owned(), 'l');
    let (mut frames, mut outside) = (Vec::new(), Vec::new());
    let mut frame = None;
    for piece in pieces(bytes) {
        if piece == begin {
            assert!(frame.is_none(), "a frame in a frame");
            frame = Some(Vec::new());
        } else if piece == end {
            frames.push(frame.take().expect("a frame begins before it ends"));
        } else {
            frame.as_mut().unwrap_or(&mut outside).push(piece);
        }
    }
    assert!(frame.is_none(), "a frame without end");
    (frames, outside)
}
