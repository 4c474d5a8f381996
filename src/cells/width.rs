//! How many columns a text takes, as terminals count them.
//!
//! Terminals look at one character at a time: a character of width one or two starts a cell, and
//! characters without a width of their own (combining accents, variation selectors, joiners) are
//! added to the cell before them. Terminals disagree about sequences: a heart with VS16 takes one
//! or two columns, a family joined with ZWJ takes two, four or eight. We count the largest of these
//! widths: a line that is counted too wide is cut a little early, but one that is counted too
//! narrow would run over its row.

use unicode_width::UnicodeWidthChar;

/// The variation selector for the emoji form. Some terminals widen the character before it to two
/// columns.
const VS16: char = '\u{fe0f}';

/// Columns of one character: 0 for control characters and for characters that join the cell before
/// them, otherwise 1 or 2.
pub(crate) fn of_char(c: char) -> usize {
    match c {
        ' '..='~' => 1,
        // Invisible by Unicode; but xterm, VTE, kitty, tmux and others give them a cell or two.
        '\u{ad}' | '\u{1160}' | '\u{ffa0}' => 1,
        '\u{115f}' | '\u{3164}' => 2,
        _ => c.width().unwrap_or(0),
    }
}

/// Whether `c` is a control character. Lines contain none.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control()
}

/// Whether `text` is all printable ASCII, as most texts are. Then every byte is a cell, and no
/// width has to be looked up.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().all(is_plain_byte)
}

fn is_plain_byte(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Columns of `text`.
pub(crate) fn of(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    clusters(text).map(|c| c.width).sum()
}

/// The text of one cell: a character and the characters that join it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cluster<'a> {
    pub(crate) text: &'a str,
    /// 1 or 2. 0 only at the start of a text, for characters that have no cell to join.
    pub(crate) width: usize,
}

/// The cells of `text` from left to right, without control characters.
pub(crate) fn clusters(text: &str) -> Clusters<'_> {
    Clusters { rest: text }
}

/// Iterates over the cells of a text.
pub(crate) struct Clusters<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Clusters<'a> {
    type Item = Cluster<'a>;

    fn next(&mut self) -> Option<Cluster<'a>> {
        // Two plain characters: the second does not join the first, so the first is a cell.
        if let [first, second, ..] = *self.rest.as_bytes() {
            if is_plain_byte(first) && is_plain_byte(second) {
                let (text, rest) = self.rest.split_at(1);
                self.rest = rest;
                return Some(Cluster { text, width: 1 });
            }
        }
        loop {
            let mut chars = self.rest.char_indices();
            let (_, first) = chars.next()?;
            if is_control(first) {
                self.rest = &self.rest[first.len_utf8()..];
                continue;
            }
            let mut width = of_char(first);
            let mut end = self.rest.len();
            for (at, c) in chars {
                if is_control(c) || of_char(c) > 0 {
                    end = at;
                    break;
                }
                if c == VS16 && width == 1 {
                    width = 2;
                }
            }
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Cluster { text, width });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns() {
        for (text, columns) in [
            ("", 0),
            ("abc", 3),
            ("é", 1),
            ("e\u{301}", 1),
            ("漢字", 4),
            ("🚀", 2),
            ("❤\u{fe0f}", 2),
            ("a\tb\u{7}", 2),
            ("\u{301}", 0),
            ("a\u{ad}b", 3),
            ("\u{115f}\u{1160}", 3),
            ("\u{3164}\u{ffa0}", 3),
        ] {
            assert_eq!(of(text), columns, "{text:?}");
        }
    }

    #[test]
    fn an_accent_stays_with_its_letter() {
        let cells: Vec<_> = clusters("ae\u{301}xy").map(|c| c.text).collect();
        assert_eq!(cells, ["a", "e\u{301}", "x", "y"]);
    }
}
