//! A row of the screen as text, with its colors.

use std::fmt;
use std::ops::Deref;

use anstyle::{Ansi256Color, Effects, RgbColor, Style};

use crate::cells::color::Color;
use crate::output::push_text;

/// A row of the screen, or a line of the log: its text, and the colors of its parts.
///
/// A row is compared with a text, and can be used as one: `row == "text"`, `row.contains("text")`.
/// Blanks at its end do not count.
///
/// ```
/// use footlights::testing::TestTerminal;
///
/// let terminal = TestTerminal::new(20, 3);
/// terminal.print("\x1b[31merror:\x1b[0m no such file\n");
/// let log = terminal.log();
/// assert_eq!(log, ["error: no such file"]);
/// assert!(log[0].starts_with("error"));
/// assert_eq!(log[0].color_of("error"), Some(footlights::AnsiColor::Red.into()));
/// assert_eq!(log[0].spans().len(), 2);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Row {
    text: String,
    spans: Vec<Span>,
}

/// A part of a row in one color. See [`Row::spans`].
///
/// ```
/// use footlights::AnsiColor;
/// use footlights::testing::TestTerminal;
///
/// let terminal = TestTerminal::new(20, 3);
/// terminal.print("\x1b[31merror:\x1b[0m no such file\n");
/// let log = terminal.log();
/// let red = log[0].spans().iter().find(|span| span.color() == AnsiColor::Red.into());
/// assert_eq!(red.map(|span| span.text()), Some("error:"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    text: String,
    color: Color,
}

impl Row {
    /// The row that these rows of an emulator show, one behind the other.
    pub(super) fn of<'a>(lines: impl IntoIterator<Item = &'a avt::Line>) -> Row {
        let mut row = Row::default();
        for cell in lines.into_iter().flat_map(avt::Line::cells) {
            let color = color_of(cell.pen());
            match row.spans.last_mut().filter(|span| span.color == color) {
                Some(span) => push_text(&mut span.text, cell),
                None => {
                    let mut text = String::new();
                    push_text(&mut text, cell);
                    row.spans.push(Span { text, color });
                }
            }
        }
        row.trim();
        row
    }

    /// Removes the blanks at the end that have no color, and those of the text.
    fn trim(&mut self) {
        if let Some(last) = self.spans.last_mut().filter(|last| last.color.is_plain()) {
            last.text.truncate(last.text.trim_end_matches(' ').len());
            if last.text.is_empty() {
                self.spans.pop();
            }
        }
        self.text = self.spans.iter().map(|span| span.text.as_str()).collect();
        self.text.truncate(self.text.trim_end_matches(' ').len());
    }

    /// Returns the text, without blanks at the end.
    ///
    /// ```
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(20, 3);
    /// terminal.print("a line   \n");
    /// assert_eq!(terminal.log()[0].text(), "a line");
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the parts of the row, from left to right. Neighbors differ in their colors. Blanks at the end
    /// are there if they have a color.
    ///
    /// ```
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(20, 3);
    /// terminal.print("\x1b[31merror:\x1b[0m no such file\n");
    /// let log = terminal.log();
    /// let texts: Vec<&str> = log[0].spans().iter().map(|span| span.text()).collect();
    /// assert_eq!(texts, ["error:", " no such file"]);
    /// ```
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Returns the color of the first character of `part`, where that stands in the row first. `None` if it
    /// does not stand there.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::AnsiColor;
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// let status = terminal.manager().status_bar().text("ready").color("red").add();
    /// terminal.advance(Duration::from_secs(1));
    /// assert_eq!(terminal.bars()[0].color_of("ready"), Some(AnsiColor::Red.into()));
    /// ```
    pub fn color_of(&self, part: &str) -> Option<Color> {
        let at = self.text.find(part)?;
        let mut end = 0;
        let span = self.spans.iter().find(|span| {
            end += span.text.len();
            at < end
        });
        span.map(Span::color)
    }
}

impl Span {
    /// Returns the text, with all its blanks.
    ///
    /// ```
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(20, 3);
    /// terminal.print("\x1b[31merror: \x1b[0mno such file\n");
    /// assert_eq!(terminal.log()[0].spans()[0].text(), "error: ");
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the colors of the characters and of their background, and their attributes: what the terminal
    /// was told. The first sixteen colors of a terminal are [`AnsiColor`](crate::AnsiColor)s, however they were
    /// written.
    ///
    /// ```
    /// use footlights::Color;
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(20, 3);
    /// terminal.print("\x1b[1;31merror\x1b[0m\n");
    /// assert_eq!(terminal.log()[0].spans()[0].color(), "bold_red".parse::<Color>()?);
    /// # Ok::<(), footlights::Error>(())
    /// ```
    pub fn color(&self) -> Color {
        self.color
    }
}

fn color_of(pen: &avt::Pen) -> Color {
    let color = |color| match color {
        avt::Color::RGB(rgb) => anstyle::Color::Rgb(RgbColor(rgb.r, rgb.g, rgb.b)),
        avt::Color::Indexed(index) => {
            let color = Ansi256Color(index);
            color.into_ansi().map_or(anstyle::Color::Ansi256(color), anstyle::Color::Ansi)
        }
    };
    let effects = [
        (pen.is_bold(), Effects::BOLD),
        (pen.is_faint(), Effects::DIMMED),
        (pen.is_italic(), Effects::ITALIC),
        (pen.is_underline(), Effects::UNDERLINE),
        (pen.is_blink(), Effects::BLINK),
        (pen.is_inverse(), Effects::INVERT),
        (pen.is_strikethrough(), Effects::STRIKETHROUGH),
    ];
    let on = effects.into_iter().filter(|(on, _)| *on).fold(Effects::new(), |all, (_, effect)| all | effect);
    let style = Style::new().fg_color(pen.foreground().map(color)).bg_color(pen.background().map(color)).effects(on);
    Color::from(style)
}

impl Deref for Row {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl AsRef<str> for Row {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl PartialEq<str> for Row {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for Row {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl PartialEq<String> for Row {
    fn eq(&self, other: &String) -> bool {
        self.text == *other
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// The text alone, as that of a string: so that two lists of rows can be compared by eye.
impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}
