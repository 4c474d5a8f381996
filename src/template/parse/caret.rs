//! Where a mistake is in the text of a format: its column in characters, and in terminal columns
//! for the caret below it.
//!
//! [`width`](crate::cells::width) cannot be used in const evaluation. The table below has the
//! characters that are common in texts; a caret below a rarer one may be a column off.

use super::reader::decode;

/// The place of a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// The character, counted from 1.
    pub(crate) column: usize,
    /// Terminal columns before it.
    pub(crate) indent: usize,
}

impl Position {
    /// Finds the place of the byte `at` in `text`.
    pub(crate) const fn of(text: &[u8], at: usize) -> Position {
        let mut place = Position { column: 1, indent: 0 };
        let mut last = 0;
        let mut byte = 0;
        while byte < at && byte < text.len() {
            let (c, len) = decode(text, byte);
            let width = match c {
                // The emoji form of a narrow character may be wide: see `paint::width`.
                '\u{fe0f}' if last == 1 => 1,
                _ => columns(c),
            };
            last = if width > 0 { width } else { last };
            place.indent += width;
            place.column += 1;
            byte += len;
        }
        place
    }
}

/// Terminal columns of `c`; 1 for a control character, which is shown as a blank.
const fn columns(c: char) -> usize {
    let code = c as u32;
    if code < 0x300 {
        return 1;
    }
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' => {
            return 0;
        }
        _ => {}
    }
    let mut at = 0;
    while at < WIDE.len() {
        let (first, last) = WIDE[at];
        if code >= first && code <= last {
            return 2;
        }
        at += 1;
    }
    1
}

/// Ranges of characters that take two columns.
#[rustfmt::skip]
const WIDE: &[(u32, u32)] = &[
    // Hangul, and symbols with an emoji form.
    (0x1100, 0x115f), (0x231a, 0x231b), (0x2329, 0x232a), (0x23e9, 0x23ec), (0x23f0, 0x23f0), (0x23f3, 0x23f3),
    (0x25fd, 0x25fe), (0x2614, 0x2615), (0x2630, 0x2637), (0x2648, 0x2653), (0x267f, 0x267f), (0x268a, 0x268f),
    (0x2693, 0x2693), (0x26a1, 0x26a1), (0x26aa, 0x26ab), (0x26bd, 0x26be), (0x26c4, 0x26c5), (0x26ce, 0x26ce),
    (0x26d4, 0x26d4), (0x26ea, 0x26ea), (0x26f2, 0x26f3), (0x26f5, 0x26f5), (0x26fa, 0x26fa), (0x26fd, 0x26fd),
    (0x2705, 0x2705), (0x270a, 0x270b), (0x2728, 0x2728), (0x274c, 0x274c), (0x274e, 0x274e), (0x2753, 0x2755),
    (0x2757, 0x2757), (0x2795, 0x2797), (0x27b0, 0x27b0), (0x27bf, 0x27bf), (0x2b1b, 0x2b1c), (0x2b50, 0x2b50),
    (0x2b55, 0x2b55),
    // Chinese, Japanese, Korean, and full-width forms.
    (0x2e80, 0x3029), (0x3030, 0x303e), (0x3041, 0xa4c6), (0xa960, 0xa97c), (0xac00, 0xd7a3), (0xf900, 0xfaff),
    (0xfe10, 0xfe19), (0xfe30, 0xfe6b), (0xff01, 0xff60), (0xffe0, 0xffe6), (0x16fe0, 0x1b2fb),
    // Emoji.
    (0x1f004, 0x1f004), (0x1f0cf, 0x1f0cf), (0x1f18e, 0x1f18e), (0x1f191, 0x1f19a), (0x1f200, 0x1f320),
    (0x1f32d, 0x1f393), (0x1f3a0, 0x1f3f0), (0x1f3f4, 0x1f4fc), (0x1f4ff, 0x1f53d), (0x1f54b, 0x1f567),
    (0x1f57a, 0x1f57a), (0x1f595, 0x1f596), (0x1f5a4, 0x1f5a4), (0x1f5fb, 0x1f64f), (0x1f680, 0x1f6df),
    (0x1f6eb, 0x1f6fc), (0x1f7e0, 0x1f7f0), (0x1f90c, 0x1faff),
    // Rare Chinese characters.
    (0x20000, 0x3fffd),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cells::width;

    #[test]
    fn carets_are_where_the_terminal_has_the_column() {
        for text in
            ["", "abc", "é ß", "e\u{301}x", "漢字かなカナ한글", "🚀 ✅ ⏳ 🎉", "❤\u{fe0f}!", "ｆｕｌｌ", "█▌→—…“”"]
        {
            let place = Position::of(text.as_bytes(), text.len());
            assert_eq!(place.column, text.chars().count() + 1, "{text}");
            assert_eq!(place.indent, width::of(text), "{text}");
        }
        assert_eq!(Position::of("a\u{7}b".as_bytes(), 2), Position { column: 3, indent: 2 });
    }
}
