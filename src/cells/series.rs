//! The glyphs of a bar, from an empty cell to a full one.

use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use super::width;
use crate::error::Error;

/// The glyphs of a bar, each one column wide: the empty cell, the full cell, and between them the
/// stages in which a cell fills.
///
/// A series is made from a text, of which each character is a cell, or from a list of cells. There
/// is a constructor for each order: [`empty_first`](Series::empty_first), which is Enlighten's order
/// and that of all conversions, and [`full_first`](Series::full_first), which is the order of
/// indicatif's `progress_chars`. If the cells are the block elements of Unicode (a blank and `▏` to
/// `█`, or every second or fourth of them), the border between two colors can be inside a cell.
///
/// There are ready-made ones: [`blocks`](Series::blocks) (the default), [`heavy`](Series::heavy),
/// [`line`](Series::line), [`rounded`](Series::rounded), [`shades`](Series::shades),
/// [`dots`](Series::dots), [`arrow`](Series::arrow) and [`ascii`](Series::ascii).
///
/// ```
/// use footlights::Series;
///
/// let text: Series = "·-=#".parse()?;
/// let list = Series::try_from(["·", "-", "=", "#"])?;
/// assert_eq!(text, list);
/// assert_eq!(text, Series::full_first("#=-·")?);
/// assert!(Series::try_from([" ", "##"]).is_err());
/// # Ok::<(), footlights::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// From the empty cell to the full one.
    cells: Vec<String>,
    /// See [`Series::steps`].
    steps: usize,
    /// Whether all glyphs are ASCII.
    ascii: bool,
    /// What the cell between the full and the empty ones shows.
    growing: Growing,
    /// The first empty cell, where the border is at its edge.
    gap: Option<String>,
    /// The first and the last cell of the bar.
    ends: Option<[String; 2]>,
}

/// What the cell shows in which a bar grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Growing {
    /// The glyph that is nearest, the empty and the full one included.
    Nearest,
    /// One of the glyphs between the empty and the full one: a head, which is always seen.
    Head,
}

/// Glyphs that fill a cell from the left, from zero to eight eighths.
const BLOCKS: [&str; 9] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

/// What a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage<'a> {
    Empty,
    /// A glyph between the empty and the full one.
    Partial(&'a str),
    Full,
}

impl Series {
    /// A series of at least two cells, each one column wide.
    pub(crate) fn new<T: Into<String>>(cells: impl IntoIterator<Item = T>) -> Result<Series, Error> {
        let cells: Vec<String> = cells.into_iter().map(Into::into).collect();
        if cells.len() < 2 {
            return Err(Error::series("it needs an empty and a full cell"));
        }
        cells.iter().try_for_each(|cell| check(cell))?;
        Ok(Series::unchecked(cells))
    }

    /// A series from a text, with one cell for each character.
    pub(crate) fn from_text(text: &str) -> Result<Series, Error> {
        Series::new(width::clusters(text).map(|cluster| cluster.text))
    }

    /// Makes a series from a text that begins with the empty cell and ends with the full one: `" .oO"`.
    ///
    /// ```
    /// use footlights::Series;
    ///
    /// let series = Series::empty_first(" .oO")?;
    /// # drop(series);
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there are fewer than two cells, or if one of them is not one column wide.
    pub fn empty_first(text: &str) -> Result<Series, Error> {
        Series::from_text(text)
    }

    /// Makes a series from a text that begins with the full cell and ends with the empty one: `"#-"`.
    ///
    /// indicatif's `progress_chars("=> ")` is `Series::full_first("=> ")?.with_head()?`.
    ///
    /// ```
    /// use footlights::Series;
    ///
    /// assert_eq!(Series::full_first("Oo. ")?, Series::empty_first(" .oO")?);
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there are fewer than two cells, or if one of them is not one column wide.
    pub fn full_first(text: &str) -> Result<Series, Error> {
        Series::from_text(text).map(Series::reversed)
    }

    /// Returns the series in the other order: for lists that begin with the full cell.
    ///
    /// ```
    /// use footlights::Series;
    ///
    /// assert_eq!(Series::try_from(["=", "-", " "])?.reversed(), Series::empty_first(" -=")?);
    /// # Ok::<(), footlights::Error>(())
    /// ```
    pub fn reversed(mut self) -> Series {
        self.cells.reverse();
        self.steps = steps(&self.cells);
        self
    }

    /// Shows the cells between the empty and the full one as a head that is always seen, from the
    /// first count until the bar is complete. Without a head, a cell shows the nearest glyph, which
    /// may be the empty or the full one.
    ///
    /// ```
    /// use footlights::{Output, Manager, Series, bar_format};
    ///
    /// let manager = Manager::builder().output(Output::None).build();
    /// let arrow = Series::full_first("#>-")?.with_head()?;
    /// let bar = manager.counter().total(5).series(arrow).bar_format(bar_format!("[{bar:5}]")).add();
    /// let mut shown = vec![bar.render(7)];
    /// for _ in 0..5 {
    ///     bar.inc(1);
    ///     shown.push(bar.render(7));
    /// }
    /// assert_eq!(shown, ["[-----]", "[#>---]", "[##>--]", "[###>-]", "[####>]", "[#####]"]);
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no cell between the empty and the full one.
    pub fn with_head(mut self) -> Result<Series, Error> {
        if self.cells.len() < 3 {
            return Err(Error::series("a head needs a cell between the empty and the full one"));
        }
        self.growing = Growing::Head;
        Ok(self)
    }

    /// Sets the first empty cell, where the part that is done ends at its edge: `╺` leaves a gap
    /// between two lines. Bars with segments show it in the same place.
    ///
    /// ```
    /// use footlights::{Manager, Output, Series, bar_format};
    ///
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let series = Series::full_first("#-")?.with_gap(">")?;
    /// let bar = manager.counter().total(4).series(series).bar_format(bar_format!("[{bar:8}]")).add();
    /// bar.inc(2);
    /// assert_eq!(bar.render(10), "[####>---]");
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the glyph is not one column wide.
    pub fn with_gap(mut self, gap: &str) -> Result<Series, Error> {
        check(gap)?;
        self.ascii &= gap.is_ascii();
        self.gap = Some(gap.to_owned());
        Ok(self)
    }

    /// Sets the first and the last cell of the bar, where they are full: for ends that are rounded.
    /// If the empty cell has the same glyph as the full one, they are also the ends of the part that
    /// is not done.
    ///
    /// ```
    /// use footlights::{Manager, Output, Series, bar_format};
    ///
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let series = Series::full_first("=-")?.with_ends("<", ">")?;
    /// let bar = manager.counter().total(4).series(series).bar_format(bar_format!("{bar:8}")).add();
    /// bar.inc(2);
    /// assert_eq!(bar.render(8), "<===----");
    /// bar.inc(2);
    /// assert_eq!(bar.render(8), "<======>");
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If one of the glyphs is not one column wide.
    pub fn with_ends(mut self, first: &str, last: &str) -> Result<Series, Error> {
        check(first)?;
        check(last)?;
        self.ascii &= first.is_ascii() && last.is_ascii();
        self.ends = Some([first.to_owned(), last.to_owned()]);
        Ok(self)
    }

    /// Returns block elements in steps of an eighth, the default: `███▍  `. The border between two
    /// segments can be inside a cell.
    ///
    /// ```
    /// # let manager = footlights::Manager::builder().output(footlights::Output::None).build();
    /// use footlights::{Series, bar_format};
    ///
    /// let bar = manager.counter().total(4).bar_format(bar_format!("{bar:8}")).series(Series::blocks()).add();
    /// bar.inc(2);
    /// assert_eq!(bar.render(8), "████    ");
    /// ```
    pub fn blocks() -> Series {
        Series::known(&BLOCKS)
    }

    /// Returns a heavy line, in steps of a half: `━━━╸  `.
    ///
    /// ```
    /// # let manager = footlights::Manager::builder().output(footlights::Output::None).build();
    /// use footlights::{Series, bar_format};
    ///
    /// let bar = manager.counter().total(4).bar_format(bar_format!("{bar:8}")).series(Series::heavy()).add();
    /// bar.inc(2);
    /// assert_eq!(bar.render(8), "━━━━    ");
    /// ```
    pub fn heavy() -> Series {
        Series::known(&[" ", "╸", "━"])
    }

    /// Returns a heavy line in two colors, with a gap where they meet: `━━━╸━━━`. Where the part that is
    /// not done has no [color of its own](crate::CounterStyle::remaining_color), or there are no colors,
    /// it is blank.
    ///
    /// ```
    /// # let manager = footlights::Manager::builder().output(footlights::Output::None).build();
    /// use footlights::{Series, bar_format};
    ///
    /// let bar = manager.counter().total(4).bar_format(bar_format!("{bar:8}")).series(Series::line()).add();
    /// bar.inc(2);
    /// assert_eq!(bar.render(8), "━━━━    ");
    /// ```
    pub fn line() -> Series {
        Series { gap: Some("╺".to_owned()), ..Series::known(&["━", "╸", "━"]) }
    }

    /// Returns circles that fill, in steps of a quarter: `●●●◔○○`. Terminals that are set up for East Asian
    /// languages may show them in two columns.
    ///
    /// ```
    /// # let manager = footlights::Manager::builder().output(footlights::Output::None).build();
    /// use footlights::{Series, bar_format};
    ///
    /// let bar = manager.counter().total(4).bar_format(bar_format!("{bar:8}")).series(Series::rounded()).add();
    /// bar.inc(2);
    /// assert_eq!(bar.render(8), "●●●●○○○○");
    /// ```
    pub fn rounded() -> Series {
        Series::known(&["○", "◔", "◑", "◕", "●"])
    }

    /// Returns shades, in steps of a quarter: `███▒  `.
    ///
    /// ```
    /// # let manager = footlights::Manager::builder().output(footlights::Output::None).build();
    /// use footlights::{Series, bar_format};
    ///
    /// let bar = manager.counter().total(4).bar_format(bar_format!("{bar:8}")).series(Series::shades()).add();
    /// bar.inc(2);
    /// assert_eq!(bar.render(8), "████    ");
    /// ```
    pub fn shades() -> Series {
        Series::known(&[" ", "░", "▒", "▓", "█"])
    }

    /// Returns dots of Braille, in steps of an eighth: `⣿⣿⣿⡇  `.
    ///
    /// ```
    /// # let manager = footlights::Manager::builder().output(footlights::Output::None).build();
    /// use footlights::{Series, bar_format};
    ///
    /// let bar = manager.counter().total(4).bar_format(bar_format!("{bar:8}")).series(Series::dots()).add();
    /// bar.inc(2);
    /// assert_eq!(bar.render(8), "⣿⣿⣿⣿    ");
    /// ```
    pub fn dots() -> Series {
        Series::known(&[" ", "⡀", "⡄", "⡆", "⡇", "⣇", "⣧", "⣷", "⣿"])
    }

    /// Returns an arrow of ASCII characters: `===>  `.
    ///
    /// ```
    /// # let manager = footlights::Manager::builder().output(footlights::Output::None).build();
    /// use footlights::{Series, bar_format};
    ///
    /// let bar = manager.counter().total(4).bar_format(bar_format!("{bar:8}")).series(Series::arrow()).add();
    /// bar.inc(2);
    /// assert_eq!(bar.render(8), "====>   ");
    /// ```
    pub fn arrow() -> Series {
        Series { growing: Growing::Head, ..Series::known(&[" ", ">", "="]) }
    }

    /// Returns ASCII characters: `###-  `. They take the place of others where only ASCII can be shown.
    ///
    /// ```
    /// # let manager = footlights::Manager::builder().output(footlights::Output::None).build();
    /// use footlights::{Series, bar_format};
    ///
    /// let bar = manager.counter().total(4).bar_format(bar_format!("{bar:8}")).series(Series::ascii()).add();
    /// bar.inc(2);
    /// assert_eq!(bar.render(8), "####    ");
    /// ```
    pub fn ascii() -> Series {
        Series::known(&[" ", "-", "=", "#"])
    }

    fn known(cells: &[&str]) -> Series {
        Series::unchecked(cells.iter().map(|cell| String::from(*cell)).collect())
    }

    fn unchecked(cells: Vec<String>) -> Series {
        let (steps, ascii) = (steps(&cells), cells.iter().all(|cell| cell.is_ascii()));
        Series { cells, steps, ascii, growing: Growing::Nearest, gap: None, ends: None }
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

    /// What a cell shows that is filled to `share`, from 0 to 1.
    pub(crate) fn stage(&self, share: f64) -> Stage<'_> {
        let last = self.cells.len().saturating_sub(1);
        // Casts saturate, and make 0 of NaN.
        let at = match self.growing {
            Growing::Nearest => (share * last as f64).round_ties_even() as usize,
            // One of the cells between, each for the same part of the way.
            Growing::Head => ((share * last.saturating_sub(1) as f64) as usize + 1).min(last.saturating_sub(1)),
        };
        match at {
            0 => Stage::Empty,
            at if at >= last => Stage::Full,
            at => self.cells.get(at).map_or(Stage::Empty, |cell| Stage::Partial(cell)),
        }
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

    /// The head, as it is in a full cell. None if the series has none.
    pub(crate) fn head(&self) -> Option<&str> {
        match self.growing {
            Growing::Head => self.cells.get(self.cells.len().saturating_sub(2)).map(String::as_str),
            Growing::Nearest => None,
        }
    }

    /// The first empty cell, where the border is at its edge.
    pub(crate) fn gap(&self) -> Option<&str> {
        self.gap.as_deref()
    }

    /// The first and the last cell of the bar.
    pub(crate) fn ends(&self) -> Option<[&str; 2]> {
        self.ends.as_ref().map(|[first, last]| [first.as_str(), last.as_str()])
    }

    /// Whether only colors tell an empty cell from a full one.
    pub(crate) fn needs_colors(&self) -> bool {
        self.empty() == self.full()
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

/// Checks that a cell takes one column.
fn check(cell: &str) -> Result<(), Error> {
    let columns = width::of(cell);
    if columns == 1 && width::clusters(cell).count() == 1 {
        return Ok(());
    }
    let cell = cell.escape_debug();
    Err(Error::series(format!("each cell must be one column wide, and `{cell}` takes {columns}")))
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
            (Series::line(), "╸"),
            (Series::arrow(), ">"),
            (Series::rounded(), "◑"),
            (Series::shades(), "▒"),
            (Series::dots(), "⡇"),
            (Series::ascii(), "="),
        ] {
            // What users could make themselves.
            let mut own = Series::new(series.cells.clone()).unwrap();
            own = if series.head().is_some() { own.with_head().unwrap() } else { own };
            own = series.gap().map_or(own.clone(), |gap| own.with_gap(gap).unwrap());
            assert_eq!(own, series);
            assert_eq!(series.stage(0.5), Stage::Partial(half));
        }
    }

    #[test]
    fn a_head_is_never_full_or_empty() {
        let series = Series::full_first("#=-.").unwrap().with_head().unwrap();
        for (share, glyph) in [(0.0, "-"), (0.49, "-"), (0.5, "="), (0.99, "="), (1.0, "="), (f64::NAN, "-")] {
            assert_eq!(series.stage(share), Stage::Partial(glyph), "{share}");
        }
        assert_eq!((series.head(), Series::blocks().head()), (Some("="), None));
        assert!(Series::full_first("#-").unwrap().with_head().is_err());
    }

    #[test]
    fn series_that_are_refused() {
        for (text, problem) in
            [("#", "it needs an empty and a full cell"), (" 漢", "each cell must be one column wide, and `漢` takes 2")]
        {
            let error = Series::full_first(text).unwrap_err().to_string();
            assert_eq!(error, format!("cannot draw with this series: {problem}"));
        }
        assert!(Series::line().with_gap("").is_err() && Series::line().with_ends("((", ")").is_err());
        for text in ["", "#", " 漢"] {
            assert!(Series::from_text(text).is_err(), "{text:?}");
        }
        assert!(Series::new([" ", "##"]).is_err());
        assert!(Series::new([" ", ""]).is_err());
    }
}
