//! The glyphs of a bar, from an empty cell to a full one.

use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use super::width;
use crate::error::Error;

/// The glyphs of a bar, each one column wide. The first is the empty cell, the last is the full
/// cell, and between them are the stages in which a cell fills.
///
/// A series is made from a text, of which each character is a cell, or from a list of cells. If the
/// cells are the block elements of Unicode (a blank and `▏` to `█`, or every second or fourth of
/// them), the border between two colors can be inside a cell.
///
/// There are ready-made ones: [`blocks`](Series::blocks) (the default), [`heavy`](Series::heavy),
/// [`rounded`](Series::rounded), [`shades`](Series::shades), [`dots`](Series::dots) and
/// [`ascii`](Series::ascii).
///
/// ```
/// use footlights::Series;
///
/// let text: Series = "·-=#".parse()?;
/// let list = Series::try_from(["·", "-", "=", "#"])?;
/// assert_eq!(text, list);
/// assert!(Series::try_from([" ", "##"]).is_err());
/// # Ok::<(), footlights::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    cells: Vec<String>,
    steps: usize,
    ascii: bool,
}

/// Glyphs that fill a cell from the left, from zero to eight eighths.
const BLOCKS: [&str; 9] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

impl Series {
    /// A series of at least two cells, each one column wide.
    pub(crate) fn new<T: Into<String>>(cells: impl IntoIterator<Item = T>) -> Result<Series, Error> {
        let cells: Vec<String> = cells.into_iter().map(Into::into).collect();
        if cells.len() < 2 {
            return Err(Error::series("it needs an empty and a full cell"));
        }
        if let Some(cell) = cells.iter().find(|cell| width::clusters(cell).count() != 1 || width::of(cell) != 1) {
            return Err(Error::series(format!("`{}` is not one column wide", cell.escape_debug())));
        }
        let (steps, ascii) = (steps(&cells), cells.iter().all(|cell| cell.is_ascii()));
        Ok(Series { cells, steps, ascii })
    }

    /// A series from a text, with one cell for each character.
    pub(crate) fn from_text(text: &str) -> Result<Series, Error> {
        Series::new(width::clusters(text).map(|cluster| cluster.text))
    }

    /// Block elements in steps of an eighth, the default: `███▍  `. The border between two segments
    /// can be inside a cell.
    pub fn blocks() -> Series {
        Series::known(&BLOCKS)
    }

    /// A heavy line, in steps of a half: `━━━╸  `.
    pub fn heavy() -> Series {
        Series::known(&[" ", "╸", "━"])
    }

    /// Circles that fill, in steps of a quarter: `●●●◔○○`. Terminals that are set up for East Asian
    /// languages may show them in two columns.
    pub fn rounded() -> Series {
        Series::known(&["○", "◔", "◑", "◕", "●"])
    }

    /// Shades, in steps of a quarter: `███▒  `.
    pub fn shades() -> Series {
        Series::known(&[" ", "░", "▒", "▓", "█"])
    }

    /// Dots of Braille, in steps of an eighth: `⣿⣿⣿⡇  `.
    pub fn dots() -> Series {
        Series::known(&[" ", "⡀", "⡄", "⡆", "⡇", "⣇", "⣧", "⣷", "⣿"])
    }

    /// ASCII characters: `###-  `. They take the place of others where only ASCII can be shown.
    pub fn ascii() -> Series {
        Series::known(&[" ", "-", "=", "#"])
    }

    fn known(cells: &[&str]) -> Series {
        let cells: Vec<String> = cells.iter().map(|cell| String::from(*cell)).collect();
        Series { steps: steps(&cells), ascii: cells.iter().all(|cell| cell.is_ascii()), cells }
    }

    /// The block elements, shared by all bars that have no series of their own.
    pub(crate) fn standard() -> Arc<Series> {
        static STANDARD: LazyLock<Arc<Series>> = LazyLock::new(|| Arc::new(Series::blocks()));
        STANDARD.clone()
    }

    /// ASCII characters, shared by all bars that are shown where there are no others.
    pub(crate) fn standard_ascii() -> Arc<Series> {
        static ASCII: LazyLock<Arc<Series>> = LazyLock::new(|| Arc::new(Series::ascii()));
        ASCII.clone()
    }

    /// The glyph of an empty cell.
    pub(crate) fn empty(&self) -> &str {
        self.cells.first().map_or(" ", String::as_str)
    }

    /// The glyph of a full cell.
    pub(crate) fn full(&self) -> &str {
        self.cells.last().map_or("#", String::as_str)
    }

    /// The glyph of a cell that is filled to `share`, from 0 to 1.
    pub(crate) fn partial(&self, share: f64) -> &str {
        let last = self.cells.len().saturating_sub(1);
        let at = (share * last as f64).round_ties_even();
        self.cells.get(at.clamp(0.0, last as f64) as usize).map_or("", String::as_str)
    }

    /// The number of steps in which a cell fills from left to right, so that the border between two
    /// colors can be inside it. 1 if the series does not consist of block elements.
    pub(crate) fn steps(&self) -> usize {
        self.steps
    }

    /// The glyph that fills the first `n` of [`Series::steps`] from the left.
    pub(crate) fn left(&self, n: usize) -> &str {
        self.cells.get(n).map_or("", String::as_str)
    }

    /// Whether all glyphs are ASCII.
    pub(crate) fn is_ascii(&self) -> bool {
        self.ascii
    }
}

impl Default for Series {
    /// Block elements in steps of an eighth.
    fn default() -> Series {
        Series::blocks()
    }
}

impl FromStr for Series {
    type Err = Error;

    fn from_str(text: &str) -> Result<Series, Error> {
        Series::from_text(text)
    }
}

impl TryFrom<&str> for Series {
    type Error = Error;

    fn try_from(text: &str) -> Result<Series, Error> {
        Series::from_text(text)
    }
}

impl<T: AsRef<str>> TryFrom<&[T]> for Series {
    type Error = Error;

    fn try_from(cells: &[T]) -> Result<Series, Error> {
        Series::new(cells.iter().map(|cell| cell.as_ref()))
    }
}

impl<T: AsRef<str>, const N: usize> TryFrom<[T; N]> for Series {
    type Error = Error;

    fn try_from(cells: [T; N]) -> Result<Series, Error> {
        Series::try_from(cells.as_slice())
    }
}

impl<T: AsRef<str>> TryFrom<Vec<T>> for Series {
    type Error = Error;

    fn try_from(cells: Vec<T>) -> Result<Series, Error> {
        Series::try_from(cells.as_slice())
    }
}

/// See [`Series::steps`].
fn steps(cells: &[String]) -> usize {
    let steps = cells.len().saturating_sub(1);
    let fills = |(n, cell): (usize, &String)| BLOCKS.get(n * 8 / steps) == Some(&cell.as_str());
    if steps > 0 && 8 % steps == 0 && cells.iter().enumerate().all(fills) { steps } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_known_series() {
        for (text, steps) in
            [(" ▏▎▍▌▋▊▉█", 8), (" ▎▌▊█", 4), (" ▌█", 2), (" █", 1), (" ░▒▓█", 1), ("-=#", 1), (" ▖▌▛█", 1)]
        {
            assert_eq!(Series::from_text(text).unwrap().steps(), steps, "{text:?}");
        }
        assert_eq!(Series::blocks(), Series::from_text(" ▏▎▍▌▋▊▉█").unwrap());
    }

    #[test]
    fn ready_made_series() {
        for (series, half) in [
            (Series::blocks(), "▌"),
            (Series::heavy(), "╸"),
            (Series::rounded(), "◑"),
            (Series::shades(), "▒"),
            (Series::dots(), "⡇"),
            (Series::ascii(), "="),
        ] {
            // What users could make themselves.
            assert_eq!(Series::new(series.cells.clone()).unwrap(), series);
            assert_eq!(series.partial(0.5), half);
        }
    }

    #[test]
    fn series_that_are_refused() {
        for text in ["", "#", " 漢"] {
            assert!(Series::from_text(text).is_err(), "{text:?}");
        }
        assert!(Series::new([" ", "##"]).is_err());
        assert!(Series::new([" ", ""]).is_err());
    }
}
