//! Applies a "select graphic rendition" sequence (SGR) to a style.

use anstyle::{Ansi256Color, AnsiColor, Color, Effects, RgbColor, Style};

/// Returns `style` after `CSI params m`. A reset leads back to `base`. Parameters may be separated
/// by `;` or `:`; unknown ones change nothing.
pub(crate) fn apply(mut style: Style, params: &[u8], base: Style) -> Style {
    let mut params = params.split(|byte| *byte == b';');
    while let Some(param) = params.next() {
        let mut parts = param.split(|byte| *byte == b':').map(number);
        let code = parts.next().flatten().unwrap_or(0);
        style = match code {
            0 => base,
            38 | 48 | 58 => {
                // With colons the color is one parameter, with an optional color space before the
                // three numbers.
                let color = if param.contains(&b':') {
                    let parts: ColorParts = parts.map(|part| part.unwrap_or(0)).collect();
                    parts.colon_color()
                } else {
                    extended(&mut params)
                };
                match (code, color) {
                    (_, None) => style,
                    (38, color) => style.fg_color(color),
                    (48, color) => style.bg_color(color),
                    (_, color) => style.underline_color(color),
                }
            }
            39 => style.fg_color(base.get_fg_color()),
            49 => style.bg_color(base.get_bg_color()),
            59 => style.underline_color(None),
            4 => style.effects(style.get_effects().remove(UNDERLINES) | underline(parts.next().flatten())),
            30..=37 | 90..=97 => style.fg_color(sixteen(code)),
            40..=47 | 100..=107 => style.bg_color(sixteen(code - 10)),
            _ => style.effects(effects(style.get_effects(), code)),
        };
    }
    style
}

const UNDERLINES: Effects = Effects::UNDERLINE
    .insert(Effects::DOUBLE_UNDERLINE)
    .insert(Effects::CURLY_UNDERLINE)
    .insert(Effects::DOTTED_UNDERLINE)
    .insert(Effects::DASHED_UNDERLINE);

fn effects(now: Effects, code: u16) -> Effects {
    match code {
        1 => now | Effects::BOLD,
        2 => now | Effects::DIMMED,
        3 => now | Effects::ITALIC,
        5 | 6 => now | Effects::BLINK,
        7 => now | Effects::INVERT,
        8 => now | Effects::HIDDEN,
        9 => now | Effects::STRIKETHROUGH,
        21 => now.remove(UNDERLINES) | Effects::DOUBLE_UNDERLINE,
        22 => now.remove(Effects::BOLD | Effects::DIMMED),
        23 => now.remove(Effects::ITALIC),
        24 => now.remove(UNDERLINES),
        25 => now.remove(Effects::BLINK),
        27 => now.remove(Effects::INVERT),
        28 => now.remove(Effects::HIDDEN),
        29 => now.remove(Effects::STRIKETHROUGH),
        _ => now,
    }
}

fn underline(kind: Option<u16>) -> Effects {
    match kind {
        Some(0) => Effects::new(),
        Some(2) => Effects::DOUBLE_UNDERLINE,
        Some(3) => Effects::CURLY_UNDERLINE,
        Some(4) => Effects::DOTTED_UNDERLINE,
        Some(5) => Effects::DASHED_UNDERLINE,
        _ => Effects::UNDERLINE,
    }
}

fn sixteen(code: u16) -> Option<Color> {
    let index = if code >= 90 { code - 90 + 8 } else { code - 30 };
    Ansi256Color(index as u8).into_ansi().map(AnsiColor::into)
}

/// Reads the color from the parameters after 38, 48 or 58.
fn extended<'a>(params: &mut impl Iterator<Item = &'a [u8]>) -> Option<Color> {
    // All parameters of the color are used up, even if one of them is invalid.
    let mut next = || params.next().and_then(number);
    let byte = |n: Option<u16>| u8::try_from(n?).ok();
    match next()? {
        2 => {
            let rgb = [next(), next(), next()].map(byte);
            Some(RgbColor(rgb[0]?, rgb[1]?, rgb[2]?).into())
        }
        5 => Some(Ansi256Color(byte(next())?).into()),
        _ => None,
    }
}

/// The numbers of a color that is written with colons: at most `2:space:r:g:b`.
#[derive(Default)]
struct ColorParts {
    numbers: [u16; 5],
    len: usize,
}

impl FromIterator<u16> for ColorParts {
    fn from_iter<I: IntoIterator<Item = u16>>(numbers: I) -> ColorParts {
        let mut parts = ColorParts::default();
        for (place, number) in parts.numbers.iter_mut().zip(numbers) {
            *place = number;
            parts.len += 1;
        }
        parts
    }
}

impl ColorParts {
    fn colon_color(&self) -> Option<Color> {
        let byte = |n: u16| u8::try_from(n).ok();
        match (self.numbers, self.len) {
            ([2, r, g, b, _], 4) | ([2, _, r, g, b], 5) => Some(RgbColor(byte(r)?, byte(g)?, byte(b)?).into()),
            ([5, index, ..], 2..) => Some(Ansi256Color(byte(index)?).into()),
            _ => None,
        }
    }
}

/// Reads a decimal number; `None` if the parameter is empty or not a number.
fn number(digits: &[u8]) -> Option<u16> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences() {
        let plain = Style::new();
        let red = plain.fg_color(Some(AnsiColor::Red.into()));
        for (before, params, after) in [
            (red, "", plain),
            (red, "0", plain),
            (plain, "31", red),
            (plain, "1;31", red.bold()),
            (plain, "91", plain.fg_color(Some(AnsiColor::BrightRed.into()))),
            (plain, "104", plain.bg_color(Some(AnsiColor::BrightBlue.into()))),
            (red.bold(), "22;39", plain),
            (plain, "38;2;1;2;3", plain.fg_color(Some(RgbColor(1, 2, 3).into()))),
            (plain, "38:2::1:2:3", plain.fg_color(Some(RgbColor(1, 2, 3).into()))),
            (plain, "48:2:1:2:3", plain.bg_color(Some(RgbColor(1, 2, 3).into()))),
            (plain, "48;5;200;1", plain.bg_color(Some(Ansi256Color(200).into())).bold()),
            (plain, "4:3", plain.effects(Effects::CURLY_UNDERLINE)),
            (plain.underline(), "4:0", plain),
            (red, "38;5", red),
            (red, "38;2;999;0;0", red),
            (red, "9999999;x", plain),
        ] {
            assert_eq!(apply(before, params.as_bytes(), plain), after, "{params}");
        }
    }
}
