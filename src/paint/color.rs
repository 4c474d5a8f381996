//! Colours of bars, segments and texts, and the way down to terminals that have fewer.

use anstyle::{Ansi256Color, AnsiColor, Effects, RgbColor, Style};
use anstyle_lossy::palette::DEFAULT as PALETTE;

/// A colour, with a background and attributes (bold, underline, …) where wanted.
///
/// Written in 24 bits and brought down to what the terminal has: 256 colours, 16 or none.
///
/// ```
/// use footlights::{AnsiColor, Color, Style};
///
/// let from_numbers = Color::rgb(0, 200, 80);
/// let named = Color::from(AnsiColor::Green);
/// let with_more = Color::from(Style::new().bold().fg_color(Some(AnsiColor::Red.into())));
/// # let _ = (from_numbers, named, with_more);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Color(Style);

impl Color {
    /// The terminal's own foreground: nothing is changed.
    pub const DEFAULT: Color = Color(Style::new());

    /// A 24-bit colour.
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Color {
        Color(Style::new().fg_color(Some(anstyle::Color::Rgb(RgbColor(red, green, blue)))))
    }

    /// The colour as the style it stands for.
    pub const fn style(self) -> Style {
        self.0
    }

    /// Whether it changes nothing.
    pub const fn is_plain(self) -> bool {
        self.0.is_plain()
    }

    /// The nearest that a terminal with `depth` can show.
    pub(crate) fn reduced(self, depth: ColorDepth) -> Color {
        let down = |color: anstyle::Color| match depth {
            ColorDepth::None => None,
            ColorDepth::Ansi16 => Some(anstyle_lossy::color_to_ansi(color, PALETTE).into()),
            // The sixteen stay themselves: a user who chose `red` gets the red of the terminal's own theme.
            ColorDepth::Ansi256 if matches!(color, anstyle::Color::Ansi(_)) => Some(color),
            ColorDepth::Ansi256 => Some(anstyle_lossy::color_to_xterm(color).into()),
            ColorDepth::TrueColor => Some(color),
        };
        Color(
            self.0
                .fg_color(self.0.get_fg_color().and_then(down))
                .bg_color(self.0.get_bg_color().and_then(down))
                .underline_color(self.0.get_underline_color().and_then(down)),
        )
    }

    /// The style of a cell whose left part is painted in `self` and whose right part in `right`, for a block glyph that
    /// fills the left part. Both are taken for what their foreground shows; the attributes are those of `self`.
    pub(crate) fn beside(self, right: Color) -> Color {
        match (self.0.get_fg_color(), right.0.get_fg_color()) {
            // A background cannot be "the default foreground"; reversed, the foreground slot is what fills the background.
            (Some(left), None) => {
                Color(Style::new().bg_color(Some(left)).effects(self.0.get_effects() | Effects::INVERT))
            }
            (left, right) => Color(Style::new().fg_color(left).bg_color(right).effects(self.0.get_effects())),
        }
    }

    /// `self` on top of `under`: its own foreground, even the terminal's, its background where it has one, the attributes of both.
    pub(crate) fn over(self, under: Color) -> Color {
        let (top, under) = (self.0, under.0);
        Color(
            Style::new()
                .fg_color(top.get_fg_color())
                .bg_color(top.get_bg_color().or(under.get_bg_color()))
                .underline_color(top.get_underline_color().or(under.get_underline_color()))
                .effects(top.get_effects() | under.get_effects()),
        )
    }

    /// `self` on top of `under`, of which shows whatever `self` leaves open.
    pub(crate) fn within(self, under: Color) -> Color {
        let color = self.over(under);
        Color(color.0.fg_color(color.0.get_fg_color().or(under.0.get_fg_color())))
    }

    /// Whether foreground and background change places.
    pub(crate) fn is_inverted(self) -> bool {
        self.0.get_effects().contains(Effects::INVERT)
    }

    /// The style of a partly painted cell at the end of what is painted: `self` to the left, nothing of `bar` to the right.
    pub(crate) fn before_blank(self, bar: Color) -> Color {
        Color(self.0.bg_color(bar.0.get_bg_color()))
    }
}

impl From<Style> for Color {
    fn from(style: Style) -> Color {
        Color(style)
    }
}

impl From<anstyle::Color> for Color {
    fn from(color: anstyle::Color) -> Color {
        Color(Style::new().fg_color(Some(color)))
    }
}

impl From<AnsiColor> for Color {
    fn from(color: AnsiColor) -> Color {
        anstyle::Color::from(color).into()
    }
}

impl From<Ansi256Color> for Color {
    fn from(color: Ansi256Color) -> Color {
        anstyle::Color::from(color).into()
    }
}

impl From<RgbColor> for Color {
    fn from(color: RgbColor) -> Color {
        anstyle::Color::from(color).into()
    }
}

impl From<(u8, u8, u8)> for Color {
    fn from((red, green, blue): (u8, u8, u8)) -> Color {
        Color::rgb(red, green, blue)
    }
}

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColorDepth {
    /// None at all; segments of one bar are told apart by their glyphs.
    None,
    /// The sixteen of the terminal's theme.
    Ansi16,
    /// The 256 of xterm's palette.
    Ansi256,
    /// 24 bits.
    TrueColor,
}

impl ColorDepth {
    /// What the environment says: `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE`, `COLORTERM` and `TERM`, in that order. The default
    /// of [`ManagerBuilder::color_depth`](crate::ManagerBuilder::color_depth).
    pub fn from_env() -> ColorDepth {
        if anstyle_query::no_color() || (anstyle_query::clicolor() == Some(false) && !anstyle_query::clicolor_force()) {
            return ColorDepth::None;
        }
        let term = std::env::var("TERM").unwrap_or_default();
        if anstyle_query::truecolor() || term.ends_with("-direct") {
            ColorDepth::TrueColor
        // The words of such a name are joined by `-`.
        } else if term.split('-').any(|word| word == "256color") {
            ColorDepth::Ansi256
        } else {
            ColorDepth::Ansi16
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_down() {
        let peru = Color::rgb(205, 133, 63);
        assert_eq!(peru.reduced(ColorDepth::TrueColor), peru);
        assert_eq!(peru.reduced(ColorDepth::Ansi256), Ansi256Color(173).into());
        assert_eq!(peru.reduced(ColorDepth::None), Color::DEFAULT);
        let red = Color::from(AnsiColor::Red);
        assert_eq!(red.reduced(ColorDepth::Ansi256), red);
        assert_eq!(Color::rgb(205, 0, 0).reduced(ColorDepth::Ansi16), red);
    }
}
