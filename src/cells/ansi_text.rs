//! Reads texts of the program that may contain escape sequences: colors are kept, other sequences
//! are removed.
//!
//! A text may set colors with escape sequences (SGR, which end in `m`), and link parts of itself (OSC
//! 8). Every other sequence and control character is removed: cursor moves, titles, bells. Line ends and tabs between two words become one blank. Bidirectional controls
//! are removed too: in a terminal that obeys them, they would mirror the rest of the row.

use super::width;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Text without control characters; never empty.
    Text(&'a str),
    /// A change of style: the parameters between `ESC [` and `m`.
    Style(&'a str),
    /// The start of a link: its parameters and its target, with a semicolon between. The end of a link
    /// has no target.
    Link(&'a str),
}

/// The pieces of `text` from left to right.
pub(crate) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { rest: text, separator: Separator::Start }
}

/// Columns of `text` without its escape sequences.
pub(crate) fn columns(text: &str) -> usize {
    if width::is_plain(text) {
        return text.len();
    }
    parts(text).map(width::of).sum()
}

/// Characters of `text` without its escape sequences.
pub(crate) fn chars(text: &str) -> usize {
    parts(text).map(|part| part.chars().count()).sum()
}

/// Writes a change of style in the form in which [`tokens`] finds it.
pub(crate) fn push_style(out: &mut String, params: &str) {
    out.push_str("\u{1b}[");
    out.push_str(params);
    out.push('m');
}

/// Writes a link in the form in which [`tokens`] finds it.
pub(crate) fn push_link(out: &mut String, target: &str) {
    out.push_str("\u{1b}]8;");
    out.push_str(target);
    out.push_str("\u{1b}\\");
}

/// The pieces of `text` that are no escape sequences.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    tokens(text).filter_map(|token| match token {
        Token::Text(part) => Some(part),
        Token::Style(_) | Token::Link(_) => None,
    })
}

/// Iterates over the pieces of a text.
pub(crate) struct Tokens<'a> {
    rest: &'a str,
    separator: Separator,
}

/// What stands before the next text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    /// No text: line ends and tabs there are removed.
    Start,
    /// Other text.
    None,
    /// Other text, then a line end or a tab.
    Blank,
}

/// Whether `c` is never written to a terminal: a control character, or one that changes the
/// direction of the text after it.
fn is_removed(c: char) -> bool {
    width::is_control(c) || is_bidi_control(c)
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        // The usual case: no control characters.
        if !self.rest.is_empty() && self.separator != Separator::Blank && width::is_plain(self.rest) {
            return Some(Token::Text(std::mem::take(&mut self.rest)));
        }
        loop {
            let end = self.rest.find(is_removed).unwrap_or(self.rest.len());
            let (text, rest) = self.rest.split_at(end);
            if !text.is_empty() {
                if std::mem::replace(&mut self.separator, Separator::None) == Separator::Blank {
                    return Some(Token::Text(" "));
                }
                self.rest = rest;
                return Some(Token::Text(text));
            }
            let control = rest.chars().next()?;
            let rest = rest.strip_prefix(control).unwrap_or_default();
            match control {
                '\u{1b}' => match rest.chars().next() {
                    Some('[') => {
                        if let Some(params) = self.skip_sequence(without_first(rest)) {
                            return Some(Token::Style(params));
                        }
                    }
                    Some(']') => {
                        if let Some(link) = self.skip_string(without_first(rest)).and_then(link) {
                            return Some(Token::Link(link));
                        }
                    }
                    Some('P' | 'X' | '^' | '_') => {
                        self.skip_string(without_first(rest));
                    }
                    // A sequence of two or more characters: intermediate ones, then the final one.
                    Some(' '..='~') => self.rest = without_first(rest.trim_start_matches(|c| (' '..='/').contains(&c))),
                    _ => self.rest = rest,
                },
                '\u{9b}' => {
                    if let Some(params) = self.skip_sequence(rest) {
                        return Some(Token::Style(params));
                    }
                }
                '\t'..='\r' | '\u{85}' => {
                    self.rest = rest;
                    if self.separator == Separator::None {
                        self.separator = Separator::Blank;
                    }
                }
                '\u{9d}' => {
                    if let Some(link) = self.skip_string(rest).and_then(link) {
                        return Some(Token::Link(link));
                    }
                }
                '\u{90}' | '\u{98}' | '\u{9e}' | '\u{9f}' => {
                    self.skip_string(rest);
                }
                _ => self.rest = rest,
            }
        }
    }
}

impl<'a> Tokens<'a> {
    /// Skips a control sequence. Returns its parameters if it sets a style.
    fn skip_sequence(&mut self, body: &'a str) -> Option<&'a str> {
        let end = body.find(|c| !(' '..='?').contains(&c)).unwrap_or(body.len());
        let (params, rest) = body.split_at(end);
        let last = rest.chars().next();
        // A character that cannot belong to the sequence ends it, and is not skipped.
        self.rest = if last.is_some_and(|c| ('@'..='~').contains(&c)) { without_first(rest) } else { rest };
        (last == Some('m') && params.bytes().all(|b| matches!(b, b'0'..=b';'))).then_some(params)
    }

    /// Skips a control string and its terminator. Returns the string if it is terminated.
    fn skip_string(&mut self, body: &'a str) -> Option<&'a str> {
        let end = body.find(['\u{7}', '\u{9c}', '\u{1b}']).unwrap_or(body.len());
        let (string, rest) = body.split_at(end);
        let is_terminated = !rest.is_empty();
        self.rest = match rest.strip_prefix("\u{1b}\\") {
            Some(rest) => rest,
            // The string is not terminated: another sequence begins here.
            None if rest.starts_with('\u{1b}') => {
                self.rest = rest;
                return None;
            }
            None => without_first(rest),
        };
        is_terminated.then_some(string)
    }
}

/// The most bytes of a link, as in VTE and others.
const LONGEST_LINK: usize = 2083;

/// The parameters and the target of a link, if that is what the body of a control string is. Targets
/// have no blanks and nothing beyond ASCII: both have to be written in percent.
fn link(body: &str) -> Option<&str> {
    let link = body.strip_prefix("8;")?;
    let is_link = link.len() <= LONGEST_LINK && link.contains(';') && link.bytes().all(|byte| byte.is_ascii_graphic());
    is_link.then_some(link)
}

/// `text` without its first character.
fn without_first(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: &str) -> String {
        parts(from).collect()
    }

    #[test]
    fn links() {
        let links = |from: &str| {
            let link = |token| if let Token::Link(target) = token { Some(target) } else { None };
            tokens(from).filter_map(link).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(links("\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\!"), [";http://a", ";"]);
        assert_eq!(links("\x1b]8;id=1;http://a\u{7}link\u{9d}8;;\u{9c}!"), ["id=1;http://a", ";"]);
        for none in
            ["\x1b]8;;http://a", "\x1b]8;;a b\x1b\\", "\x1b]8;;\x1b[2J\x1b\\", "\x1b]8;;漢\u{7}", "\x1b]0;;a\u{7}"]
        {
            assert_eq!(links(none), [""; 0], "{none:?}");
        }
    }

    #[test]
    fn controls_are_removed() {
        for (from, left) in [
            ("", ""),
            ("a\tb\r\n\u{7}", "a b"),
            ("loss 9\nacc\t9", "loss 9 acc 9"),
            ("\r\n a\r\n\tb\u{85}c\n", " a b c"),
            ("\x1b[1ma\n\x1b[mb", "a b"),
            ("a\u{202e}b\u{2069}\u{200f}c", "abc"),
            ("\x1b[31mred\x1b[m", "red"),
            ("\u{9b}31mred", "red"),
            ("\x1b[2Jx\x1b[10;3Hy\x1b[?25lz", "xyz"),
            ("\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\!", "link!"),
            ("\x1b]0;title\u{7}x", "x"),
            ("\x1bP1$r0m\x1b\\x", "x"),
            ("\x1b(Bx\x1b7y\x1b", "xy"),
            ("\x1b[3\u{7}x", "x"),
            ("\x1b[31", ""),
            ("\x1b]0;never ended", ""),
            ("\x1b漢", "漢"),
        ] {
            assert_eq!(text(from), left, "{from:?}");
        }
    }
}
