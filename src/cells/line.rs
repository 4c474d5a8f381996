//! One row of the region: cells of styled text, never wider than a limit.

use std::fmt;

use super::charset;
use super::color::Color;
use super::links::{LinkId, Links};
use super::width;

/// A row of cells, at most `limit` columns wide. Text that does not fit is cut off between two
/// cells. A character of two columns of which only the first fits is replaced by a blank.
///
/// The text of all cells is in one string, so a line that is emptied and filled again allocates
/// nothing.
#[derive(Debug, Default)]
pub(crate) struct Line {
    text: String,
    cells: Vec<Cell>,
    width: usize,
    limit: usize,
    links: Links,
}

/// One character with its combining characters, one or two columns wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The range of its text in the text of the line, in bytes.
    start: usize,
    end: usize,
    pub(crate) width: u8,
    pub(crate) color: Color,
    pub(crate) link: LinkId,
}

impl Line {
    pub(crate) fn new(limit: usize) -> Line {
        Line { limit, ..Line::default() }
    }

    /// Empties the line and sets its limit.
    pub(crate) fn reset(&mut self, limit: usize) {
        self.text.clear();
        self.cells.clear();
        self.width = 0;
        self.limit = limit;
        self.links.clear();
    }

    /// Links the text that is appended from here on to a target, or to nothing if that is empty.
    pub(crate) fn set_link(&mut self, target: &str) {
        self.links.set(target);
    }

    /// Makes ordinary text of all links.
    pub(crate) fn drop_links(&mut self) {
        if !self.links.is_empty() {
            self.cells.iter_mut().for_each(|cell| cell.link = LinkId::NONE);
            self.links.clear();
        }
    }

    pub(crate) fn links(&self) -> &Links {
        &self.links
    }

    /// Appends `text` in `color`, as far as it fits. Control characters are left out.
    pub(crate) fn push(&mut self, text: &str, color: Color) {
        if width::is_plain(text) {
            let start = self.text.len();
            self.text.push_str(&text[..text.len().min(self.room())]);
            return self.push_cells(start, 1, color);
        }
        for cluster in width::clusters(text) {
            if cluster.width == 0 {
                continue; // a combining character at the start of the text
            }
            let room = self.room();
            if room == 0 {
                return;
            }
            let fitting = if cluster.width <= room { cluster.text } else { " " };
            let start = self.text.len();
            self.text.push_str(fitting);
            let columns = cluster.width.min(room);
            let link = self.links.current();
            self.cells.push(Cell { start, end: self.text.len(), width: columns as u8, color, link });
            self.width += columns;
        }
    }

    /// Appends a glyph of one column `times` times, as far as it fits. A wider glyph is left out.
    pub(crate) fn repeat(&mut self, glyph: &str, color: Color, times: usize) {
        // As in `push`, control characters are left out.
        let Some(cell) = width::clusters(glyph).find(|cluster| cluster.width == 1) else { return };
        let start = self.text.len();
        let times = times.min(self.room());
        self.text.extend(std::iter::repeat_n(cell.text, times));
        self.push_cells(start, cell.text.len(), color);
    }

    /// Makes cells of the text from `start` on, `len` bytes and one column each.
    fn push_cells(&mut self, start: usize, len: usize, color: Color) {
        let starts = (start..self.text.len()).step_by(len);
        self.width += starts.len();
        let link = self.links.current();
        self.cells.extend(starts.map(|start| Cell { start, end: start + len, width: 1, color, link }));
    }

    /// Replaces every character that is not ASCII, column by column.
    pub(crate) fn make_ascii(&mut self) {
        if self.text.is_ascii() {
            return;
        }
        let cells = std::mem::take(&mut self.cells);
        let text = std::mem::take(&mut self.text);
        for cell in cells {
            let c = charset::ascii_of(&text[cell.start..cell.end]);
            for _ in 0..cell.width {
                let start = self.text.len();
                self.text.push(c);
                self.cells.push(Cell { start, end: start + 1, width: 1, ..cell });
            }
        }
    }

    /// Columns that are free.
    fn room(&self) -> usize {
        self.limit.saturating_sub(self.width)
    }

    /// Columns that are in use.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub(crate) fn glyph(&self, cell: &Cell) -> &str {
        &self.text[cell.start..cell.end]
    }

    /// The glyph in bytes: faster, because no boundary of characters is checked.
    pub(crate) fn bytes(&self, cell: &Cell) -> &[u8] {
        &self.text.as_bytes()[cell.start..cell.end]
    }

    /// How many cells at the start of both lines are equal.
    pub(crate) fn common_start(&self, other: &Line) -> usize {
        let bytes = self.text.bytes().zip(other.text.bytes()).take_while(|(a, b)| a == b).count();
        let cells = self.cells.iter().zip(&other.cells);
        cells.take_while(|(a, b)| a.end <= bytes && a == b).count()
    }

    /// The cells in order, each with its glyph.
    #[cfg(test)]
    pub(crate) fn glyphs(&self) -> impl Iterator<Item = (&str, &Cell)> {
        self.cells.iter().map(|cell| (self.glyph(cell), cell))
    }
}

impl Clone for Line {
    fn clone(&self) -> Line {
        let mut line = Line::default();
        line.clone_from(self);
        line
    }

    /// Keeps the capacity of `self`. (A derived implementation would not.)
    fn clone_from(&mut self, other: &Line) {
        self.text.clone_from(&other.text);
        self.cells.clone_from(&other.cells);
        self.links.clone_from(&other.links);
        (self.width, self.limit) = (other.width, other.limit);
    }
}

/// Two lines are equal if they look the same; their limits may differ.
impl PartialEq for Line {
    fn eq(&self, other: &Line) -> bool {
        // The text first, because that is where lines usually differ.
        self.text == other.text && self.cells == other.cells
    }
}

impl Eq for Line {}

/// Writes the text without its colors.
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
    fn repeating_a_glyph_is_pushing_it_many_times() {
        for glyph in ["#", "█", "e\u{301}", "漢", "", "\u{7}", "\u{7}x"] {
            for times in 0..6 {
                let (mut repeated, mut pushed) = (Line::new(4), Line::new(4));
                repeated.repeat(glyph, Color::default(), times);
                (0..times).for_each(|_| pushed.push(glyph, Color::default()));
                // A glyph of two columns is left out.
                let expected = if glyph == "漢" { &Line::new(4) } else { &pushed };
                assert_eq!(&repeated, expected, "{glyph:?}, {times} times");
                assert_eq!(repeated.width(), expected.width());
            }
        }
    }

    #[test]
    fn the_common_start_ends_where_lines_differ() {
        let line = |parts: &[(&str, Color)]| {
            let mut line = Line::new(9);
            parts.iter().for_each(|(text, color)| line.push(text, *color));
            line
        };
        let (plain, red) = (Color::default(), Color::rgb(9, 0, 0));
        let cells = |one: &[(&str, Color)], two: &[(&str, Color)]| line(one).common_start(&line(two));
        assert_eq!(cells(&[("abc", plain)], &[("abc", plain)]), 3);
        assert_eq!(cells(&[("abc", plain)], &[("abd", plain)]), 2);
        assert_eq!(cells(&[("abc", plain)], &[("ab", plain)]), 2);
        assert_eq!(cells(&[("a", plain), ("b", red)], &[("ab", plain)]), 1);
        // The first bytes are equal; and the letter is, but not its accent.
        assert_eq!(cells(&[("a█", plain)], &[("a▉", plain)]), 1);
        assert_eq!(cells(&[("ae", plain)], &[("ae\u{301}", plain)]), 1);
    }

    #[test]
    fn characters_beyond_ascii_are_replaced() {
        for (text, shown) in [("abc", "abc"), ("Größe 漢█▌▏…", "Gr??e ??#=-."), ("e\u{301}x", "ex")] {
            let mut line = Line::new(20);
            line.push(text, Color::rgb(1, 2, 3));
            let width = line.width();
            line.make_ascii();
            assert_eq!((line.to_string().as_str(), line.width()), (shown, width), "{text:?}");
            assert_eq!(line.cells().len(), width);
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
