//! Colours as words: `red`, `bright_blue`, `bold_peru_on_#202020`.

use std::str::FromStr;

use anstyle::{AnsiColor, Color as Ink, Effects, RgbColor, Style};

use super::color::Color;
use super::names;
use crate::error::Error;

/// Reads a colour in words, joined by `_`.
///
/// - the eight of every terminal (`black`, `red`, `green`, `yellow`, `blue`, `magenta`, `cyan`, `white`), also with
///   `bright_` before them;
/// - the names of X11 (`peru`, `lightslategray`, …);
/// - numbers: `#rrggbb` or `#rgb`, or `r,g,b` from 0 to 255;
/// - `on_` and one of these for the background;
/// - the attributes `bold`, `dim`, `italic`, `underline`, `blink` and `reverse`.
///
/// All in lower case.
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
        read(text).map_err(|(column, problem)| Error::color(text, format!("{problem} (column {column})")))
    }
}

/// The colour that `text` names; or what is wrong, and in which column from 1.
pub(crate) fn read(text: &str) -> Result<Color, (usize, String)> {
    let mut style = Style::new();
    let mut words = Words { rest: Some(text), column: 1 };
    while let Some((word, column)) = words.next() {
        let fail = |problem: &str| Err((column, problem.to_owned()));
        if let Some(effect) = effect(word) {
            style = style.effects(style.get_effects() | effect);
            continue;
        }
        let behind = word == "on";
        let Some((name, at)) = (if behind { words.next() } else { Some((word, column)) }) else {
            return fail("`on` is followed by no color");
        };
        let ink = if name == "bright" {
            words.next().and_then(|(name, _)| basic(name)).map(|color| Ink::Ansi(color.bright(true)))
        } else {
            ink(name)
        };
        let Some(ink) = ink else {
            return Err((at, refusal(name)));
        };
        let taken = if behind { style.get_bg_color() } else { style.get_fg_color() };
        if taken.is_some() {
            return fail(if behind { "a second background" } else { "a second color" });
        }
        style = if behind { style.bg_color(Some(ink)) } else { style.fg_color(Some(ink)) };
    }
    Ok(Color::from(style))
}

/// Why `name` is no colour.
fn refusal(name: &str) -> String {
    let shown = name.escape_debug();
    match name {
        "bright" => "`bright` goes with the eight basic colors only".to_owned(),
        "" => "a word is missing".to_owned(),
        _ if name.starts_with('#') => format!("`{shown}` is not of the form `#rrggbb` or `#rgb`"),
        _ if name.contains(',') => format!("`{shown}` is not of the form `r,g,b`, 0 to 255 each, without blanks"),
        _ if name.contains(char::is_whitespace) => format!("unknown word `{shown}`; words are joined by `_`"),
        _ if name.bytes().all(|b| b.is_ascii_digit()) => {
            format!("unknown word `{shown}`; numbers of the palette are values: `Ansi256Color`")
        }
        _ if name.contains(char::is_uppercase) => format!("unknown word `{shown}`; all are in lower case"),
        _ => format!("unknown word `{shown}`"),
    }
}

/// The words of a name, each with its column from 1.
struct Words<'a> {
    rest: Option<&'a str>,
    column: usize,
}

impl<'a> Words<'a> {
    fn next(&mut self) -> Option<(&'a str, usize)> {
        let rest = self.rest?;
        let (word, rest) = match rest.split_once('_') {
            Some((word, rest)) => (word, Some(rest)),
            None => (rest, None),
        };
        let column = self.column;
        self.column += word.chars().count() + 1;
        self.rest = rest;
        Some((word, column))
    }
}

fn effect(word: &str) -> Option<Effects> {
    let effect = match word {
        "bold" => Effects::BOLD,
        "dim" => Effects::DIMMED,
        "italic" => Effects::ITALIC,
        "underline" => Effects::UNDERLINE,
        "blink" => Effects::BLINK,
        "reverse" => Effects::INVERT,
        _ => return None,
    };
    Some(effect)
}

fn basic(name: &str) -> Option<AnsiColor> {
    let color = match name {
        "black" => AnsiColor::Black,
        "red" => AnsiColor::Red,
        "green" => AnsiColor::Green,
        "yellow" => AnsiColor::Yellow,
        "blue" => AnsiColor::Blue,
        "magenta" => AnsiColor::Magenta,
        "cyan" => AnsiColor::Cyan,
        "white" => AnsiColor::White,
        _ => return None,
    };
    Some(color)
}

/// A colour without attributes. The eight come first: X11 has a `green` of its own.
fn ink(name: &str) -> Option<Ink> {
    if let Some(color) = basic(name) {
        return Some(color.into());
    }
    if let Some(digits) = name.strip_prefix('#') {
        return hex(digits).map(Ink::Rgb);
    }
    names::find(name).or_else(|| decimal(name)).map(Ink::Rgb)
}

fn hex(digits: &str) -> Option<RgbColor> {
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    match digits.len() {
        6 => Some(RgbColor(red, green, blue)),
        // Each digit stands for two: `#f80` is `#ff8800`.
        3 => Some(RgbColor(green % 16 * 17, blue / 16 * 17, blue % 16 * 17)),
        _ => None,
    }
}

fn decimal(numbers: &str) -> Option<RgbColor> {
    let mut numbers = numbers.split(',').map(|number| number.parse::<u8>().ok());
    let rgb = RgbColor(numbers.next()??, numbers.next()??, numbers.next()??);
    numbers.next().is_none().then_some(rgb)
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
            ("Red", "cannot read color `Red`: unknown word `Red`; all are in lower case (column 1)"),
            ("normal", "cannot read color `normal`: unknown word `normal` (column 1)"),
            ("bold_blod", "cannot read color `bold_blod`: unknown word `blod` (column 6)"),
            ("red_", "cannot read color `red_`: a word is missing (column 5)"),
            ("red_on", "cannot read color `red_on`: `on` is followed by no color (column 5)"),
            ("red_green", "cannot read color `red_green`: a second color (column 5)"),
            ("on_red_on_red", "cannot read color `on_red_on_red`: a second background (column 8)"),
            (
                "bright_peru",
                "cannot read color `bright_peru`: `bright` goes with the eight basic colors only (column 1)",
            ),
            ("#12345", "cannot read color `#12345`: `#12345` is not of the form `#rrggbb` or `#rgb` (column 1)"),
            ("on_#xyz", "cannot read color `on_#xyz`: `#xyz` is not of the form `#rrggbb` or `#rgb` (column 4)"),
            (
                "1,2,256",
                "cannot read color `1,2,256`: `1,2,256` is not of the form `r,g,b`, 0 to 255 each, without blanks (column 1)",
            ),
            (
                "1, 2, 3",
                "cannot read color `1, 2, 3`: `1, 2, 3` is not of the form `r,g,b`, 0 to 255 each, without blanks (column 1)",
            ),
            ("bold red", "cannot read color `bold red`: unknown word `bold red`; words are joined by `_` (column 1)"),
            (
                "208",
                "cannot read color `208`: unknown word `208`; numbers of the palette are values: `Ansi256Color` (column 1)",
            ),
        ] {
            assert_eq!(text.parse::<Color>().unwrap_err().to_string(), problem);
        }
    }
}
