//! The color and attributes of a cell, and their reduction to what a terminal can show.

use anstyle::{Ansi256Color, AnsiColor, Effects, RgbColor, Style};
use anstyle_lossy::palette::DEFAULT as PALETTE;

/// A color, as Enlighten calls it. It may also carry a background and attributes such as bold or
/// underline, as a [`Style`] does.
///
/// Where the terminal has fewer than 24-bit colors, the nearest of its 256 or 16 colors is used, or
/// none.
///
/// ```
/// use footlights::anstyle::Style;
/// use footlights::{AnsiColor, Color};
///
/// let from_numbers = Color::rgb(0, 200, 80);
/// let named = Color::from(AnsiColor::Green);
/// let with_more = Color::from(Style::new().bold().fg_color(Some(AnsiColor::Red.into())));
/// # let _ = (from_numbers, named, with_more);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Color(Style);

impl Color {
    /// The terminal's own foreground and background, without attributes.
    ///
    /// ```
    /// use footlights::{AnsiColor, Color};
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(9).color(AnsiColor::Red).add();
    /// bar.set_color(Color::DEFAULT); // no longer red
    /// ```
    pub const DEFAULT: Color = Color(Style::new());

    /// Makes a 24-bit foreground color.
    ///
    /// ```
    /// use footlights::Color;
    ///
    /// assert_eq!(Color::rgb(205, 133, 63), "#cd853f".parse()?);
    /// # Ok::<(), footlights::Error>(())
    /// ```
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Color {
        Color(Style::new().fg_color(Some(anstyle::Color::Rgb(RgbColor(red, green, blue)))))
    }

    /// `From<Style>` for `const` functions.
    pub(crate) const fn from_style(style: Style) -> Color {
        Color(style)
    }

    /// Returns the color, its background and its attributes as a style.
    ///
    /// ```
    /// use footlights::{AnsiColor, Color};
    ///
    /// # fn main() -> Result<(), footlights::Error> {
    /// let color: Color = "bold_red".parse()?;
    /// assert_eq!(color.style().get_fg_color(), Some(AnsiColor::Red.into()));
    /// let style = color.style();
    /// println!("{style}error{style:#}: no such file"); // in the color of a bar
    /// # Ok(())
    /// # }
    /// ```
    pub const fn style(self) -> Style {
        self.0
    }

    /// Returns true if there is no color and no attribute: the same as [`DEFAULT`](Self::DEFAULT).
    ///
    /// ```
    /// use footlights::Color;
    ///
    /// assert!(Color::default().is_plain());
    /// assert!(!"bold".parse::<Color>()?.is_plain());
    /// # Ok::<(), footlights::Error>(())
    /// ```
    pub const fn is_plain(self) -> bool {
        self.0.is_plain()
    }

    /// Returns the nearest color that a terminal with `depth` can show. Attributes stay.
    pub(crate) fn reduced(self, depth: ColorDepth) -> Color {
        let down = |color: anstyle::Color| match depth {
            ColorDepth::None => None,
            ColorDepth::Ansi16 => Some(anstyle_lossy::color_to_ansi(color, PALETTE).into()),
            // The 16 basic colors stay: `red` is the red of the terminal's theme.
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

    /// Returns the style of a cell whose left part has the color `self` and whose right part has
    /// the color `right`, for a block glyph that fills the left part. Only the foregrounds of both
    /// are used, and the attributes of `self`.
    pub(crate) fn beside(self, right: Color) -> Color {
        match (self.0.get_fg_color(), right.0.get_fg_color()) {
            // A background cannot be the terminal's default foreground. Inverted, the default
            // foreground fills the background.
            (Some(left), None) => {
                Color(Style::new().bg_color(Some(left)).effects(self.0.get_effects() | Effects::INVERT))
            }
            (left, right) => Color(Style::new().fg_color(left).bg_color(right).effects(self.0.get_effects())),
        }
    }

    /// Returns `self` on top of `under`: the foreground of `self`, even if it is the terminal's,
    /// the background of `self` if it has one, otherwise that of `under`, and the attributes of
    /// both.
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

    /// Returns `self` on top of `under`, which provides whatever `self` does not set.
    pub(crate) fn within(self, under: Color) -> Color {
        let color = self.over(under);
        Color(color.0.fg_color(color.0.get_fg_color().or(under.0.get_fg_color())))
    }

    /// Whether foreground and background are swapped.
    pub(crate) fn is_inverted(self) -> bool {
        self.0.get_effects().contains(Effects::INVERT)
    }

    /// Returns the style of a partly filled cell at the end of a bar: `self` on the left, and the
    /// background of `bar` on the right.
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

/// How many colors the terminal can show.
///
/// ```
/// use footlights::{ColorDepth, Manager};
///
/// let manager = Manager::builder().color_depth(ColorDepth::Ansi256).build();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ColorDepth {
    /// No colors. Attributes stay, and the segments of a bar differ by their glyphs.
    None,
    /// The 16 basic colors of the terminal's theme.
    Ansi16,
    /// The 256 colors of xterm's palette.
    Ansi256,
    /// 24-bit colors.
    TrueColor,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_reduced_to_the_nearest() {
        let peru = Color::rgb(205, 133, 63);
        assert_eq!(peru.reduced(ColorDepth::TrueColor), peru);
        assert_eq!(peru.reduced(ColorDepth::Ansi256), Ansi256Color(173).into());
        assert_eq!(peru.reduced(ColorDepth::None), Color::DEFAULT);
        let red = Color::from(AnsiColor::Red);
        assert_eq!(red.reduced(ColorDepth::Ansi256), red);
        assert_eq!(Color::rgb(205, 0, 0).reduced(ColorDepth::Ansi16), red);
    }
}
