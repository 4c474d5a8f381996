//! Texts, cut to a precision and padded to a width.

use super::super::spec::{Align, Spec};
use super::digits::repeat;
use crate::cells::ansi_text::{self, Token};

/// Writes at most `precision` characters of `text`, padded to `width` characters. Escape sequences
/// that set a style are kept and do not count, other control characters are left out.
///
/// Characters are counted, not columns, as in Python: wide characters are not aligned.
pub(crate) fn write(out: &mut String, text: &str, spec: &Spec, width: usize, precision: Option<usize>) {
    let shown = ansi_text::chars(text).min(precision.unwrap_or(usize::MAX));
    let room = width.saturating_sub(shown);
    let left = match spec.align {
        Some(Align::Right) => room,
        Some(Align::Center) => room / 2,
        Some(Align::Left | Align::AfterSign) | None => 0,
    };
    repeat(out, spec.fill, left);
    let mut rest = shown;
    let mut is_linked = false;
    for token in ansi_text::tokens(text) {
        match token {
            Token::Text(part) => {
                let end = part.char_indices().nth(rest).map_or(part.len(), |(at, _)| at);
                rest -= part.chars().count().min(rest);
                out.push_str(part.get(..end).unwrap_or_default());
            }
            // Also after the cut, where a style may end.
            Token::Style(params) => ansi_text::push_style(out, params),
            Token::Link(target) => {
                ansi_text::push_link(out, target);
                is_linked = true;
            }
        }
    }
    if is_linked {
        // A link ends with the text at the latest.
        ansi_text::push_link(out, ";");
    }
    repeat(out, spec.fill, room - left);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_and_padded() {
        let spec = |align| Spec { align, fill: '.', ..Spec::PLAIN };
        for (text, align, width, precision, shown) in [
            ("", None, 0, None, ""),
            ("ab", None, 1, None, "ab"),
            ("ab", None, 3, None, "ab."),
            ("ab", Some(Align::Right), 3, None, ".ab"),
            ("ab", Some(Align::Center), 5, None, ".ab.."),
            ("abc", Some(Align::Center), 4, Some(1), ".a.."),
            ("abc", None, 0, Some(0), ""),
            ("漢字", None, 3, None, "漢字."),
            ("\x1b[1mabc\x1b[m", Some(Align::Right), 3, Some(2), ".\x1b[1mab\x1b[m"),
            ("\x1b[2Ja\r\n", None, 2, None, "a."),
        ] {
            let mut out = String::new();
            write(&mut out, text, &spec(align), width, precision);
            assert_eq!(out, shown, "{text:?} in {width}");
        }
    }
}
