//! Columns of a text, the way terminals count them.
//!
//! Terminals look at one character at a time: a character of width one or two starts a cell, and what has no width of its
//! own (combining accents, variation selectors, joiners) is added to the cell before it. They disagree about
//! sequences: a heart with VS16 takes one column here and two there, a family joined with ZWJ two, four or eight. We count
//! what the widest of them take, because a line that is counted too wide is cut a little early, and one that is counted too
//! narrow would run over its row.

use unicode_width::UnicodeWidthChar;

/// The variation selector that asks for the emoji form; some terminals widen the character before it to two columns.
const VS16: char = '\u{fe0f}';

/// Columns of one character: 0 for what joins the cell before it and for controls, else 1 or 2.
pub(crate) fn of_char(c: char) -> usize {
    if (' '..='~').contains(&c) {
        return 1;
    }
    c.width().unwrap_or(0)
}

/// Whether `c` is a control character: those have no place inside a line of ours.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control()
}

/// Whether `text` is printable ASCII throughout, as most texts are: then every byte is a cell, and none has to be looked up.
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

/// What one cell of the terminal shows: a character and what was added to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cluster<'a> {
    pub(crate) text: &'a str,
    /// 1 or 2; 0 only where a text starts with characters that have no cell to join.
    pub(crate) width: usize,
}

/// The cells of `text`, left to right. Control characters are not shown, and not returned.
pub(crate) fn clusters(text: &str) -> Clusters<'_> {
    Clusters { rest: text }
}

pub(crate) struct Clusters<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Clusters<'a> {
    type Item = Cluster<'a>;

    fn next(&mut self) -> Option<Cluster<'a>> {
        // Two plain characters: the second joins nothing, so the first is a cell.
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
