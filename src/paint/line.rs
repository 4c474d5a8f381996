//! One row of the region: cells of styled text that always know their width.

use std::fmt;

use super::color::Color;
use super::width;

/// A row of the region, at most `limit` columns wide. What does not fit is cut at a cell's edge; a wide character that
/// would stand half outside leaves a blank.
///
/// The text of all cells lies in one string, so a line that is cleared and filled again allocates nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    text: String,
    cells: Vec<Cell>,
    width: usize,
    limit: usize,
}

/// One character (and what is combined with it), one or two columns wide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    start: usize,
    end: usize,
    pub(crate) width: u8,
    pub(crate) color: Color,
}

impl Line {
    pub(crate) fn new(limit: usize) -> Line {
        Line { limit, ..Line::default() }
    }

    /// Empties the line and sets how wide it may become.
    pub(crate) fn reset(&mut self, limit: usize) {
        self.text.clear();
        self.cells.clear();
        self.width = 0;
        self.limit = limit;
    }

    /// Appends `text` in `color`, as far as it fits. Control characters are left out.
    pub(crate) fn push(&mut self, text: &str, color: Color) {
        for cluster in width::clusters(text) {
            if cluster.width == 0 {
                continue; // an accent with no letter to stand on
            }
            let room = self.limit.saturating_sub(self.width);
            if room == 0 {
                return;
            }
            let shown = if cluster.width <= room { cluster.text } else { " " };
            let start = self.text.len();
            self.text.push_str(shown);
            let columns = cluster.width.min(room);
            self.cells.push(Cell { start, end: self.text.len(), width: columns as u8, color });
            self.width += columns;
        }
    }

    /// Columns taken so far.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub(crate) fn glyph(&self, cell: &Cell) -> &str {
        &self.text[cell.start..cell.end]
    }

    /// Cells in order, each with what it shows.
    pub(crate) fn glyphs(&self) -> impl Iterator<Item = (&str, &Cell)> {
        self.cells.iter().map(|cell| (self.glyph(cell), cell))
    }
}

/// Two lines are the same when they look the same.
impl PartialEq for Line {
    fn eq(&self, other: &Line) -> bool {
        self.cells.len() == other.cells.len()
            && self
                .glyphs()
                .zip(other.glyphs())
                .all(|((a, x), (b, y))| a == b && x.width == y.width && x.color == y.color)
    }
}

impl Eq for Line {}

/// The text alone, without its colours.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, limit: usize) -> String {
        let mut line = Line::new(limit);
        line.push(text, Color::default());
        assert!(line.width() <= limit);
        line.to_string()
    }

    #[test]
    fn a_line_never_grows_beyond_its_limit() {
        for (text, limit, shown) in [
            ("abc", 0, ""),
            ("abc", 1, "a"),
            ("abc", 2, "ab"),
            ("abc", 3, "abc"),
            ("abc", 9, "abc"),
            ("漢字", 1, " "),
            ("漢字", 2, "漢"),
            ("漢字", 3, "漢 "),
            ("a\x1b[31mb\r\n", 9, "a[31mb"),
        ] {
            assert_eq!(cut(text, limit), shown, "{text:?} in {limit}");
        }
    }

    #[test]
    fn lines_that_look_the_same_are_equal() {
        let mut one = Line::new(9);
        one.push("ab", Color::default());
        let mut two = Line::new(5);
        two.push("a", Color::default());
        two.push("b", Color::default());
        assert_eq!(one, two);
        two.push("c", Color::default());
        assert_ne!(one, two);
    }
}
