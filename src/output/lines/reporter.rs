//! What an output of lines supplies: it looks at the bars at given times, and says something.

use std::sync::Arc;

use crate::bars::{Bar, Entry, Scope};
use crate::sys::Instant;

/// Says something about bars, as lines. Reads no clock, writes nowhere, and so can be tested
/// without either.
pub(crate) trait Reporter: Send {
    /// Bars were added, or opened again, before `now`.
    fn add(&mut self, bars: &mut dyn Iterator<Item = Entry>, now: Instant, lines: &mut Lines);

    /// Looks at the bars, and says what is due. Bars that are closed are looked at for the last
    /// time.
    fn look(&mut self, now: Instant, lines: &mut Lines);

    /// When to look next, even if nothing happens. None if there is no bar to look at.
    fn next_look(&self, now: Instant) -> Option<Instant>;

    /// A manager stops, or all of them: says the last words about its bars. `staying` are those
    /// that would stay on a screen.
    fn end(&mut self, scope: Scope, staying: &[Arc<Bar>], now: Instant, lines: &mut Lines);
}

/// What is to be written: pieces of one or several lines, each to be written by itself.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    bytes: Vec<u8>,
    /// Where each piece ends.
    ends: Vec<usize>,
}

impl Lines {
    /// The buffer, to append a piece to. [`end_piece`](Self::end_piece) ends it.
    pub(crate) fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Ends a piece, if anything was appended.
    pub(crate) fn end_piece(&mut self) {
        if self.ends.last().copied().unwrap_or(0) < self.bytes.len() {
            self.ends.push(self.bytes.len());
        }
    }

    /// The pieces, in order.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.bytes.get(start..*end).unwrap_or_default())
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    /// All that is to be written, as text.
    #[cfg(test)]
    pub(crate) fn take_text(&mut self) -> String {
        self.ends.clear();
        String::from_utf8(std::mem::take(&mut self.bytes)).expect("text")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_in_order() {
        let mut lines = Lines::default();
        for text in ["one\n", "", "two\nthree\n"] {
            lines.buffer().extend_from_slice(text.as_bytes());
            lines.end_piece();
        }
        assert!(lines.pieces().eq([&b"one\n"[..], b"two\nthree\n"]));
        lines.clear();
        assert_eq!(lines.pieces().count(), 0);
    }
}
