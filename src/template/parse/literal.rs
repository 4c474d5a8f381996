//! What the format macros run at compile time.

use super::super::kind::Kind;
use super::super::piece::Piece;
use super::super::template::{StaticTemplate, rows_of};
use super::format_text::FormatText;
use super::parser::parse;
use super::problem::{Mistake, Problem};
use super::report;
use super::sink::Sink;

/// A format in the source code of a program: its text, its kind, and the fields of the user's own.
///
/// [`pieces`](Literal::pieces) and [`message`](Literal::message) need the lengths of their arrays
/// as constants, so each has a method that counts.
#[derive(Clone, Copy)]
pub struct Literal(FormatText<'static>);

/// The pieces of a format.
pub struct Pieces<const N: usize>([Piece; N]);

impl Literal {
    /// A format of a counter with a total.
    pub const fn bar(text: &'static str, own: &'static [&'static str]) -> Literal {
        Literal(FormatText { text, kind: Kind::Bar, own })
    }

    /// A format of a counter without a total.
    pub const fn counter(text: &'static str, own: &'static [&'static str]) -> Literal {
        Literal(FormatText { text, kind: Kind::Counter, own })
    }

    /// A format of a status bar.
    pub const fn status(text: &'static str, own: &'static [&'static str]) -> Literal {
        Literal(FormatText { text, kind: Kind::Status, own })
    }

    /// Returns the numbers of pieces and of mistakes.
    pub const fn count(self) -> (usize, usize) {
        let (mut pieces, mut problems) = (Sink::counting(), Sink::counting());
        parse(&self.0, &mut pieces, &mut problems);
        (pieces.len(), problems.len())
    }

    /// Parses the format.
    pub const fn pieces<const N: usize>(self) -> Pieces<N> {
        let mut pieces = [Piece::Fill; N];
        parse(&self.0, &mut Sink::new(&mut pieces), &mut Sink::counting());
        Pieces(pieces)
    }

    /// The length of the error message for `N` mistakes, in bytes.
    pub const fn message_len<const N: usize>(self) -> usize {
        let mut message = Sink::counting();
        report::write(&mut message, &self.0, &self.problems::<N>());
        message.len()
    }

    /// The error message for `N` mistakes.
    pub const fn message<const N: usize, const LEN: usize>(self) -> [u8; LEN] {
        let mut message = [0; LEN];
        report::write(&mut Sink::new(&mut message), &self.0, &self.problems::<N>());
        message
    }

    /// The parsed format.
    pub const fn template<const N: usize>(self, pieces: &'static Pieces<N>) -> StaticTemplate {
        StaticTemplate { kind: self.0.kind, text: self.0.text, pieces: &pieces.0, rows: rows_of(&pieces.0) }
    }

    const fn problems<const N: usize>(self) -> [Problem; N] {
        let mut problems = [Problem { at: 0, mistake: Mistake::Unnamed }; N];
        parse(&self.0, &mut Sink::counting(), &mut Sink::new(&mut problems));
        problems
    }
}

/// `message` as text.
pub const fn utf8(message: &[u8]) -> &str {
    match std::str::from_utf8(message) {
        Ok(text) => text,
        Err(_) => "invalid format",
    }
}
