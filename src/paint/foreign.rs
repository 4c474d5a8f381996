//! Texts of the user's: their colours are kept, every other control is left out.
//!
//! A text may bring colours of its own as escape sequences (SGR, ending in `m`). Whatever else a terminal would obey
//! has no place inside a line of ours: cursor moves, titles, bells, line ends. Links (OSC 8) lose their target and keep
//! their text.

use super::width;

/// A piece of somebody's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// To be shown; never empty, without controls.
    Text(&'a str),
    /// A change of style: what stands between `ESC [` and `m`.
    Style(&'a str),
}

/// The pieces of `text`, left to right.
pub(crate) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { rest: text }
}

/// Columns of `text`, styles not counted.
pub(crate) fn columns(text: &str) -> usize {
    if width::is_plain(text) {
        return text.len();
    }
    shown(text).map(width::of).sum()
}

/// Characters of `text`, styles not counted.
pub(crate) fn chars(text: &str) -> usize {
    shown(text).map(|part| part.chars().count()).sum()
}

fn shown(text: &str) -> impl Iterator<Item = &str> {
    tokens(text).filter_map(|token| match token {
        Token::Text(part) => Some(part),
        Token::Style(_) => None,
    })
}

pub(crate) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        // The usual case: nothing but text.
        if !self.rest.is_empty() && width::is_plain(self.rest) {
            return Some(Token::Text(std::mem::take(&mut self.rest)));
        }
        loop {
            let end = self.rest.find(width::is_control).unwrap_or(self.rest.len());
            let (shown, rest) = self.rest.split_at(end);
            if !shown.is_empty() {
                self.rest = rest;
                return Some(Token::Text(shown));
            }
            let control = rest.chars().next()?;
            let rest = rest.strip_prefix(control).unwrap_or_default();
            match control {
                '\u{1b}' => match rest.chars().next() {
                    Some('[') => {
                        if let Some(params) = self.sequence(skip(rest)) {
                            return Some(Token::Style(params));
                        }
                    }
                    Some(']' | 'P' | 'X' | '^' | '_') => self.string(skip(rest)),
                    // Two or more characters: intermediates, then the final one.
                    Some(' '..='~') => self.rest = skip(rest.trim_start_matches(|c| (' '..='/').contains(&c))),
                    _ => self.rest = rest,
                },
                '\u{9b}' => {
                    if let Some(params) = self.sequence(rest) {
                        return Some(Token::Style(params));
                    }
                }
                '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => self.string(rest),
                _ => self.rest = rest,
            }
        }
    }
}

impl<'a> Tokens<'a> {
    /// Leaves a control sequence behind; its parameters, if it sets a style.
    fn sequence(&mut self, body: &'a str) -> Option<&'a str> {
        let end = body.find(|c| !(' '..='?').contains(&c)).unwrap_or(body.len());
        let (params, rest) = body.split_at(end);
        let last = rest.chars().next();
        // Cut short by something that cannot belong to it, a sequence ends there.
        self.rest = if last.is_some_and(|c| ('@'..='~').contains(&c)) { skip(rest) } else { rest };
        (last == Some('m') && params.bytes().all(|b| matches!(b, b'0'..=b';'))).then_some(params)
    }

    /// Leaves a control string behind, up to its terminator.
    fn string(&mut self, body: &'a str) {
        let end = body.find(['\u{7}', '\u{9c}', '\u{1b}']).unwrap_or(body.len());
        let (_, rest) = body.split_at(end);
        self.rest = match rest.strip_prefix("\u{1b}\\") {
            Some(rest) => rest,
            // Another sequence begins where this one was not ended.
            None if rest.starts_with('\u{1b}') => rest,
            None => skip(rest),
        };
    }
}

/// `text` without its first character.
fn skip(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: &str) -> String {
        shown(from).collect()
    }

    #[test]
    fn what_is_left_of_a_text() {
        for (from, left) in [
            ("", ""),
            ("a\tb\r\n\u{7}", "ab"),
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
