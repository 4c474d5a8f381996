//! Suggestions for words that are no color.

use super::near_miss::NearMiss;
use super::span::Span;
use super::x11;

/// Returns the word of a color that is probably meant at `word` of `text`: one that is written apart (`sky_blue`), or a
/// near miss.
pub(crate) const fn suggest(text: &[u8], word: Span) -> Option<&'static str> {
    if let Some(name) = joined(text, word) {
        return Some(name);
    }
    let mut miss = NearMiss::of(word.bytes_of(text));
    let mut at = 0;
    while at < ATTRIBUTES.len() {
        miss.compare(ATTRIBUTES[at]);
        at += 1;
    }
    at = 0;
    while at < x11::NAMES.len() {
        let name = x11::NAMES[at].0;
        // The many shades (`peru1`, `gray57`) are no near misses.
        if !matches!(name.as_bytes(), [.., b'0'..=b'9']) {
            miss.compare(name);
        }
        at += 1;
    }
    miss.nearest()
}

const ATTRIBUTES: [&str; 6] = ["bold", "dim", "italic", "underline", "blink", "reverse"];

/// Returns the name that consists of `word` and words behind it.
const fn joined(text: &[u8], word: Span) -> Option<&'static str> {
    let mut name = [0; x11::LONGEST];
    let (mut length, mut at) = (0, word.start);
    while at < text.len() && length < name.len() {
        if text[at] == b'_' {
            at += 1;
            continue;
        }
        name[length] = text[at];
        (length, at) = (length + 1, at + 1);
        if at == text.len() || text[at] == b'_' {
            if let Some(place) = x11::position(&name) {
                return Some(x11::NAMES[place].0);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_and_attributes() {
        for (word, meant) in [
            ("gren", Some("green")),
            ("yelow", Some("yellow")),
            ("purpel", Some("purple")),
            ("blod", Some("bold")),
            ("undreline", Some("underline")),
            ("light_gray", Some("lightgray")),
            ("deep_sky_blue_on_red", Some("deepskyblue")),
            ("dark_x", None),
            ("", None),
            ("_", None),
            ("q", None),
            ("normal", None),
            ("a word that is longer than any color", None),
        ] {
            let first = Span { start: 0, end: word.find('_').unwrap_or(word.len()) };
            assert_eq!(suggest(word.as_bytes(), first), meant, "{word:?}");
        }
        assert_eq!(suggest(b"bold_sky_blue", Span { start: 5, end: 8 }), Some("skyblue"));
    }
}
