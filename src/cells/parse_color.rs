//! Reads colors written as words: `red`, `bright_blue`, `bold_peru_on_#202020`.
//!
//! The parser is a `const fn`, so that styles inside a format can be checked at compile time.

use std::str::FromStr;

use anstyle::{Ansi256Color, AnsiColor, Color as Ink, Effects, RgbColor, Style};

use super::color::Color;
use super::span::Span;
use super::{suggest_color, x11};
use crate::error::Error;

/// Reads a color written as words that are joined by `_`:
///
/// - the eight basic colors (`black`, `red`, `green`, `yellow`, `blue`, `magenta`, `cyan`,
///   `white`), also with `bright_` before them;
/// - the X11 color names (`peru`, `lightslategray`, …);
/// - numbers: `#rrggbb` or `#rgb`, or `r,g,b` from 0 to 255;
/// - `on_` and one of these for the background;
/// - the attributes `bold`, `dim`, `italic`, `underline`, `blink` and `reverse`.
///
/// All words are in lower case.
///
/// ```
/// use footlights::{AnsiColor, Color};
///
/// assert_eq!("red".parse::<Color>()?, Color::from(AnsiColor::Red));
/// assert_eq!("#ff6400".parse::<Color>()?, Color::rgb(255, 100, 0));
/// assert!("bold_underline_bright_white_on_lightslategray".parse::<Color>().is_ok());
/// assert!("Red".parse::<Color>().is_err());
/// # Ok::<(), footlights::Error>(())
/// ```
impl FromStr for Color {
    type Err = Error;

    fn from_str(text: &str) -> Result<Color, Error> {
        parse(text.as_bytes()).map_err(|error| {
            let ColorError { word, problem } = error;
            let column = text.get(..word.start).unwrap_or_default().chars().count() + 1;
            let (before, quotes_word, after) = problem.wording();
            let word = if quotes_word { format!("`{}`", word.of(text).escape_debug()) } else { String::new() };
            let meant = error.suggestion(text.as_bytes()).map(|name| format!("; did you mean `{name}`?"));
            Error::color(text, format!("{before}{word}{after}{} (column {column})", meant.unwrap_or_default()))
        })
    }
}

/// The same as its `FromStr`.
impl TryFrom<&str> for Color {
    type Error = Error;

    fn try_from(text: &str) -> Result<Color, Error> {
        text.parse()
    }
}

/// What is wrong with a color, and which of its words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ColorError {
    pub(crate) word: Span,
    pub(crate) problem: ColorProblem,
}

impl ColorError {
    /// Returns what the word in `text` probably means.
    pub(crate) const fn suggestion(self, text: &[u8]) -> Option<&'static str> {
        match self.problem {
            ColorProblem::Unknown => suggest_color::suggest(text, self.word),
            _ => None,
        }
    }
}

/// Why a word is not part of a color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColorProblem {
    /// There is nothing between two `_`.
    Missing,
    /// `on` at the end.
    NoBackground,
    /// A second word for the foreground.
    SecondColor,
    /// A second word for the background.
    SecondBackground,
    /// `bright` before something else than a basic color.
    Bright,
    /// `#` and something else than three or six digits.
    Hex,
    /// Numbers that are not `r,g,b`.
    Decimal,
    /// Blanks instead of `_`.
    Blank,
    /// A number of the 256-color palette.
    Palette,
    /// Upper-case letters.
    UpperCase,
    /// Any other word.
    Unknown,
}

impl ColorProblem {
    /// The problem in words: a text, whether the wrong word follows it in backticks, and the rest
    /// of the text.
    pub(crate) const fn wording(self) -> (&'static str, bool, &'static str) {
        match self {
            ColorProblem::Missing => ("a word is missing", false, ""),
            ColorProblem::NoBackground => ("no color follows `on`", false, ""),
            ColorProblem::SecondColor => ("there is a second color, ", true, ""),
            ColorProblem::SecondBackground => ("there is a second background color, ", true, ""),
            ColorProblem::Bright => ("only the eight basic colors have a `bright` form", false, ""),
            ColorProblem::Hex => ("", true, " is not of the form `#rrggbb` or `#rgb`"),
            ColorProblem::Decimal => ("", true, " is not of the form `r,g,b` (0 to 255 each, no blanks)"),
            ColorProblem::Blank => ("unknown word ", true, "; join words by `_`"),
            ColorProblem::Palette => ("unknown word ", true, "; for numbers of the palette use `Ansi256Color`"),
            ColorProblem::UpperCase => ("unknown word ", true, "; use lower case"),
            ColorProblem::Unknown => ("unknown word ", true, ""),
        }
    }
}

/// Reads `text`, which is UTF-8, as a color.
pub(crate) const fn parse(text: &[u8]) -> Result<Color, ColorError> {
    let mut style = Style::new();
    let mut words = Words { text, next: Some(0) };
    while let Some(mut word) = words.next() {
        if let Some(effect) = effect(word.text) {
            style = style.effects(style.get_effects().insert(effect));
            continue;
        }
        let is_background = matches!(word.text, b"on");
        if is_background {
            word = match words.next() {
                Some(word) => word,
                None => return Err(word.error(ColorProblem::NoBackground)),
            };
        }
        let found = if matches!(word.text, b"bright") {
            match words.next() {
                Some(word) => bright(word.text),
                None => None,
            }
        } else {
            ink(word.text)
        };
        let Some(ink) = found else { return Err(word.error(why_unknown(word.text))) };
        style = match is_background {
            true if style.get_bg_color().is_some() => return Err(word.error(ColorProblem::SecondBackground)),
            true => style.bg_color(Some(ink)),
            false if style.get_fg_color().is_some() => return Err(word.error(ColorProblem::SecondColor)),
            false => style.fg_color(Some(ink)),
        };
    }
    Ok(Color::from_style(style))
}

/// Says why `word` is not a color.
const fn why_unknown(word: &[u8]) -> ColorProblem {
    match word {
        b"" => return ColorProblem::Missing,
        b"bright" => return ColorProblem::Bright,
        [b'#', ..] => return ColorProblem::Hex,
        _ => {}
    }
    let (mut has_comma, mut has_blank, mut has_upper, mut is_number) = (false, false, false, true);
    let mut at = 0;
    while at < word.len() {
        let byte = word[at];
        has_comma |= byte == b',';
        has_blank |= byte.is_ascii_whitespace();
        has_upper |= byte.is_ascii_uppercase();
        is_number &= byte.is_ascii_digit();
        at += 1;
    }
    match () {
        () if has_comma => ColorProblem::Decimal,
        () if has_blank => ColorProblem::Blank,
        () if is_number => ColorProblem::Palette,
        () if has_upper => ColorProblem::UpperCase,
        () => ColorProblem::Unknown,
    }
}

/// The words of a text, left to right.
struct Words<'a> {
    text: &'a [u8],
    /// The byte at which the next word starts.
    next: Option<usize>,
}

/// A word, and where it is.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a [u8],
    span: Span,
}

impl<'a> Words<'a> {
    const fn next(&mut self) -> Option<Word<'a>> {
        let Some(start) = self.next else { return None };
        let mut end = start;
        while end < self.text.len() && self.text[end] != b'_' {
            end += 1;
        }
        self.next = if end < self.text.len() { Some(end + 1) } else { None };
        let span = Span { start, end };
        Some(Word { text: span.bytes_of(self.text), span })
    }
}

impl Word<'_> {
    const fn error(self, problem: ColorProblem) -> ColorError {
        ColorError { word: self.span, problem }
    }
}

const fn effect(word: &[u8]) -> Option<Effects> {
    let effect = match word {
        b"bold" => Effects::BOLD,
        b"dim" => Effects::DIMMED,
        b"italic" => Effects::ITALIC,
        b"underline" => Effects::UNDERLINE,
        b"blink" => Effects::BLINK,
        b"reverse" => Effects::INVERT,
        _ => return None,
    };
    Some(effect)
}

const fn basic(word: &[u8]) -> Option<AnsiColor> {
    let color = match word {
        b"black" => AnsiColor::Black,
        b"red" => AnsiColor::Red,
        b"green" => AnsiColor::Green,
        b"yellow" => AnsiColor::Yellow,
        b"blue" => AnsiColor::Blue,
        b"magenta" => AnsiColor::Magenta,
        b"cyan" => AnsiColor::Cyan,
        b"white" => AnsiColor::White,
        _ => return None,
    };
    Some(color)
}

/// Returns the bright form of a basic color.
const fn bright(word: &[u8]) -> Option<Ink> {
    let Some(color) = basic(word) else { return None };
    match Ansi256Color(Ansi256Color::from_ansi(color).index() + 8).into_ansi() {
        Some(color) => Some(Ink::Ansi(color)),
        None => None,
    }
}

/// Reads a color without attributes. The basic colors come first: X11 has a `green` of its own.
const fn ink(word: &[u8]) -> Option<Ink> {
    if let Some(color) = basic(word) {
        return Some(Ink::Ansi(color));
    }
    let rgb = match word {
        [b'#', digits @ ..] => hex(digits),
        [b'0'..=b'9', ..] => decimal(word),
        _ => x11::find(word),
    };
    match rgb {
        Some(rgb) => Some(Ink::Rgb(rgb)),
        None => None,
    }
}

/// Reads `rrggbb` or `rgb`.
const fn hex(digits: &[u8]) -> Option<RgbColor> {
    let mut values = [0; 6];
    if digits.len() > values.len() {
        return None;
    }
    let mut at = 0;
    while at < digits.len() {
        values[at] = match digits[at] {
            digit @ b'0'..=b'9' => digit - b'0',
            digit @ b'a'..=b'f' => digit - b'a' + 10,
            digit @ b'A'..=b'F' => digit - b'A' + 10,
            _ => return None,
        };
        at += 1;
    }
    let [a, b, c, d, e, f] = values;
    match digits.len() {
        6 => Some(RgbColor(a * 16 + b, c * 16 + d, e * 16 + f)),
        // Each digit stands for two: `#f80` is `#ff8800`.
        3 => Some(RgbColor(a * 17, b * 17, c * 17)),
        _ => None,
    }
}

/// Reads `r,g,b`.
const fn decimal(text: &[u8]) -> Option<RgbColor> {
    let mut values = [0_u8; 3];
    let mut place = 0;
    let mut digits = 0;
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b',' if digits > 0 && place < 2 => (place, digits) = (place + 1, 0),
            digit @ b'0'..=b'9' => {
                let value = values[place] as u32 * 10 + (digit - b'0') as u32;
                if value > 255 {
                    return None;
                }
                values[place] = value as u8;
                digits += 1;
            }
            _ => return None,
        }
        at += 1;
    }
    let [red, green, blue] = values;
    if place == 2 && digits > 0 { Some(RgbColor(red, green, blue)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words() {
        let style = Style::new();
        let fg = |color: AnsiColor| style.fg_color(Some(color.into()));
        for (text, style) in [
            ("red", fg(AnsiColor::Red)),
            ("bright_white", fg(AnsiColor::BrightWhite)),
            ("bold", style.bold()),
            ("bold_red", fg(AnsiColor::Red).bold()),
            ("red_bold", fg(AnsiColor::Red).bold()),
            ("on_red", style.bg_color(Some(AnsiColor::Red.into()))),
            ("red_on_black", fg(AnsiColor::Red).bg_color(Some(AnsiColor::Black.into()))),
            ("on_bright_red", style.bg_color(Some(AnsiColor::BrightRed.into()))),
            ("peru", style.fg_color(Some(RgbColor(205, 133, 63).into()))),
            ("gray", style.fg_color(Some(RgbColor(190, 190, 190).into()))),
            ("#0080fF", style.fg_color(Some(RgbColor(0, 128, 255).into()))),
            ("#F80", style.fg_color(Some(RgbColor(255, 136, 0).into()))),
            ("1,2,3", style.fg_color(Some(RgbColor(1, 2, 3).into()))),
            ("white_on_#010203", fg(AnsiColor::White).bg_color(Some(RgbColor(1, 2, 3).into()))),
        ] {
            assert_eq!(text.parse::<Color>().unwrap().style(), style, "{text:?}");
        }
    }

    #[test]
    fn unknown_words() {
        for (text, problem) in [
            ("", "cannot read color ``: a word is missing (column 1)"),
            ("Red", "cannot read color `Red`: unknown word `Red`; use lower case (column 1)"),
            ("normal", "cannot read color `normal`: unknown word `normal` (column 1)"),
            ("bold_blod", "cannot read color `bold_blod`: unknown word `blod`; did you mean `bold`? (column 6)"),
            ("red_", "cannot read color `red_`: a word is missing (column 5)"),
            ("red_on", "cannot read color `red_on`: no color follows `on` (column 5)"),
            ("red_green", "cannot read color `red_green`: there is a second color, `green` (column 5)"),
            (
                "on_red_on_red",
                "cannot read color `on_red_on_red`: there is a second background color, `red` (column 11)",
            ),
            (
                "bright_peru",
                "cannot read color `bright_peru`: only the eight basic colors have a `bright` form (column 1)",
            ),
            ("#12345", "cannot read color `#12345`: `#12345` is not of the form `#rrggbb` or `#rgb` (column 1)"),
            ("on_#xyz", "cannot read color `on_#xyz`: `#xyz` is not of the form `#rrggbb` or `#rgb` (column 4)"),
            (
                "1,2,256",
                "cannot read color `1,2,256`: `1,2,256` is not of the form `r,g,b` (0 to 255 each, no blanks) \
                 (column 1)",
            ),
            (
                "1, 2, 3",
                "cannot read color `1, 2, 3`: `1, 2, 3` is not of the form `r,g,b` (0 to 255 each, no blanks) \
                 (column 1)",
            ),
            ("bold red", "cannot read color `bold red`: unknown word `bold red`; join words by `_` (column 1)"),
            (
                "208",
                "cannot read color `208`: unknown word `208`; for numbers of the palette use `Ansi256Color` (column 1)",
            ),
        ] {
            assert_eq!(text.parse::<Color>().unwrap_err().to_string(), problem);
        }
    }
}
