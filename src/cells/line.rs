//! One row of the region: cells of styled text, never wider than a limit.

use std::fmt;

use super::cell_styles::{CellStyle, CellStyles, StyleId};
use super::charset;
use super::color::Color;
use super::links::Links;
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
    styles: CellStyles,
    links: Links,
}

/// One character with its combining characters, one or two columns wide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    /// The range of its text in the text of the line, in bytes.
    start: usize,
    end: usize,
    width: u8,
    pub(crate) style: StyleId,
}

impl Cell {
    pub(crate) fn columns(&self) -> usize {
        usize::from(self.width)
    }
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
        self.styles.clear();
        self.links.clear();
    }

    /// Links the text that is appended from here on to a target, or to nothing if that is empty.
    pub(crate) fn set_link(&mut self, target: &str) {
        self.links.set(target);
    }

    /// Makes ordinary text of all links.
    pub(crate) fn drop_links(&mut self) {
        if !self.links.is_empty() {
            self.styles.drop_links();
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
        let style = self.add_style(color);
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
            self.cells.push(Cell { start, end: self.text.len(), width: columns as u8, style });
            self.width += columns;
        }
    }

    /// Appends a glyph of one column `times` times, as far as it fits. A wider glyph is left out.
    pub(crate) fn repeat(&mut self, glyph: &str, color: Color, times: usize) {
        // As in `push`, control characters are left out.
        let Some(cell) = width::clusters(glyph).find(|cluster| cluster.width == 1) else { return };
        let start = self.text.len();
        let times = times.min(self.room());
        push_repeated(&mut self.text, cell.text, times);
        self.push_cells(start, cell.text.len(), color);
    }

    /// Makes cells of the text from `start` on, `len` bytes and one column each.
    fn push_cells(&mut self, start: usize, len: usize, color: Color) {
        let starts = (start..self.text.len()).step_by(len);
        self.width += starts.len();
        let style = self.add_style(color);
        self.cells.extend(starts.map(|start| Cell { start, end: start + len, width: 1, style }));
    }

    fn add_style(&mut self, color: Color) -> StyleId {
        self.styles.add(CellStyle { color, link: self.links.current() })
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

    /// The color of a cell, and where it leads.
    pub(crate) fn style(&self, cell: &Cell) -> CellStyle {
        self.styles.get(cell.style)
    }

    pub(crate) fn glyph(&self, cell: &Cell) -> &str {
        &self.text[cell.start..cell.end]
    }

    /// The text from one cell to another.
    pub(crate) fn text_between(&self, first: &Cell, last: &Cell) -> &str {
        &self.text[first.start..last.end]
    }

    /// How many cells from `at` on look like those of `other` from `other_at` on.
    ///
    /// Their texts are compared first, as a whole.
    pub(super) fn equal_cells(&self, at: usize, other: &Line, other_at: usize) -> usize {
        let (cells, others) = (self.cells.get(at..), other.cells.get(other_at..));
        let (Some(cells @ [first, ..]), Some(others @ [other_first, ..])) = (cells, others) else { return 0 };
        let (text, other_text) =
            (self.text.as_bytes().get(first.start..), other.text.as_bytes().get(other_first.start..));
        let end = first.start + equal_bytes(text.unwrap_or_default(), other_text.unwrap_or_default());
        let mut equal_styles = None;
        let is_equal = |(cell, other_cell): &(&Cell, &Cell)| {
            let styles = (cell.style, other_cell.style);
            // Neighbors usually have the same style.
            if equal_styles != Some(styles) && self.style(cell) == other.style(other_cell) {
                equal_styles = Some(styles);
            }
            equal_styles == Some(styles)
                && cell.end <= end
                && cell.end - first.start == other_cell.end - other_first.start
                && cell.width == other_cell.width
        };
        cells.iter().zip(others).take_while(is_equal).count()
    }

    /// The cells in order, each with its glyph.
    #[cfg(test)]
    pub(crate) fn glyphs(&self) -> impl Iterator<Item = (&str, CellStyle)> {
        self.cells.iter().map(|cell| (self.glyph(cell), self.style(cell)))
    }
}

/// How many bytes at the start are equal.
fn equal_bytes(one: &[u8], other: &[u8]) -> usize {
    const WORD: usize = size_of::<u64>();
    let words = one.chunks_exact(WORD).zip(other.chunks_exact(WORD));
    let start = words.take_while(|(one, other)| one == other).count() * WORD;
    let rest = one.iter().zip(other).skip(start);
    start + rest.take_while(|(one, other)| one == other).count()
}

/// Appends `glyph` `times` times. Bars have many equal cells in a row: several are copied at once.
fn push_repeated(text: &mut String, glyph: &str, times: usize) {
    let mut copies = [0; 48];
    let at_once = match glyph.as_bytes() {
        [] => 0,
        [byte] => {
            copies.fill(*byte);
            copies.len()
        }
        bytes => {
            let at_once = times.min(copies.len() / bytes.len());
            copies.chunks_exact_mut(bytes.len()).take(at_once).for_each(|copy| copy.copy_from_slice(bytes));
            at_once
        }
    };
    let copies = std::str::from_utf8(&copies[..at_once * glyph.len()]).unwrap_or_default();
    let mut left = times;
    while left > 0 && at_once > 0 {
        let now = left.min(at_once);
        text.push_str(&copies[..now * glyph.len()]);
        left -= now;
    }
    // A glyph with very many accents.
    text.extend(std::iter::repeat_n(glyph, left));
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
        self.styles.clone_from(&other.styles);
        self.links.clone_from(&other.links);
        (self.width, self.limit) = (other.width, other.limit);
    }
}

/// Two lines are equal if they look the same; their limits may differ.
impl PartialEq for Line {
    fn eq(&self, other: &Line) -> bool {
        // The text first, because that is where lines usually differ.
        self.text == other.text
            && self.cells.len() == other.cells.len()
            && self.equal_cells(0, other, 0) == self.cells.len()
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
    fn equal_cells_end_where_lines_differ() {
        let line = |parts: &[(&str, Color)]| {
            let mut line = Line::new(9);
            parts.iter().for_each(|(text, color)| line.push(text, *color));
            line
        };
        let (plain, red) = (Color::default(), Color::rgb(9, 0, 0));
        let cells = |one: &[(&str, Color)], two: &[(&str, Color)]| line(one).equal_cells(0, &line(two), 0);
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
