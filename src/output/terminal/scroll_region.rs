//! The scroll region, for a manager that intercepts nothing: the terminal itself keeps output above
//! our rows.
//!
//! A terminal can be told to scroll only some of its rows. Output of any process then scrolls above
//! the others, and never comes to us. The price: a mode of the terminal is in force between two
//! frames. A program that is killed leaves the mode behind, and a resize undoes it before we know.
//!
//! Neither the position nor the style of the cursor is known: each frame saves both and restores
//! them.

use std::iter::repeat_n;

use super::cursor::Cursor;
use super::region::{LastRows, Region};
use super::row_ops::{remember, start_empty_row, write_lines, write_row};
use super::window::Window;
use crate::cells::ansi::{self, TermOp};
use crate::cells::line::Line;

/// The last rows of the window, below the rows that scroll.
#[derive(Debug)]
pub(crate) struct ScrollRegion {
    shown: Vec<Line>,
    freshness: Freshness,
}

/// Whether the rows stand where they were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Freshness {
    /// They do.
    Valid,
    /// They should, but another program may have written there or reset the scroll region: the next
    /// change writes all rows.
    Stale,
    /// They may stand anywhere below the cursor.
    Invalid,
}

impl ScrollRegion {
    pub(crate) fn new() -> ScrollRegion {
        ScrollRegion { shown: Vec::new(), freshness: Freshness::Valid }
    }

    /// Resets the scroll region and erases our rows. The cursor ends where it was.
    fn clear(&mut self, out: &mut Vec<u8>, window: Window) {
        if self.shown.is_empty() {
            return;
        }
        ansi::encode_all(out, [TermOp::Save, TermOp::PLAIN, TermOp::ResetScrollRegion]);
        if self.freshness != Freshness::Invalid {
            erase(out, window.size.rows.saturating_sub(self.shown.len())..window.size.rows);
        }
        TermOp::Restore.encode(out);
        if self.freshness == Freshness::Invalid && window.size.rows > 1 {
            // As after a resize they may stand higher. The background in force cannot be known, so
            // it is erased with.
            ansi::encode_all(out, [TermOp::Index, TermOp::EraseBelow, TermOp::EraseStart, TermOp::Up(1)]);
        }
        self.shown.clear();
    }
}

impl Region for ScrollRegion {
    fn compose(&mut self, out: &mut Vec<u8>, text: &[u8], _cursor: &Cursor, rows: &[Line], window: Window) {
        // A scroll region has at least two rows.
        let height = window.size.rows;
        let rows = &rows[..rows.len().min(height.saturating_sub(2))];
        if text.is_empty() && self.freshness == Freshness::Valid && self.shown == rows {
            return;
        }
        TermOp::BeginUpdate.encode(out);
        if self.freshness == Freshness::Invalid {
            self.clear(out, window);
        }
        out.extend_from_slice(text);
        let whole = self.freshness != Freshness::Valid || self.shown.len() != rows.len();
        // The cursor must not be left below the scroll region.
        let more = rows.len().saturating_sub(self.shown.len());
        ansi::encode_all(out, repeat_n(TermOp::Index, more));
        TermOp::Up(more).encode(out);

        ansi::encode_all(out, [TermOp::Save, TermOp::PLAIN, TermOp::WrapOff]);
        match rows.len() {
            0 => TermOp::ResetScrollRegion.encode(out),
            // Every time: another program may have reset it.
            count => TermOp::SetScrollRegion(height - count).encode(out),
        }
        erase(out, height.saturating_sub(self.shown.len())..height - rows.len());
        for (at, row) in rows.iter().enumerate() {
            let old = self.shown.get(at).filter(|_| !whole);
            if old != Some(row) {
                TermOp::Row(height - rows.len() + at).encode(out);
                write_row(out, old, row);
                if old.is_none() && row.width() < window.size.cols {
                    TermOp::EraseRest.encode(out);
                }
            }
        }
        ansi::encode_all(out, [TermOp::WrapOn, TermOp::Restore, TermOp::EndUpdate]);
        self.freshness = Freshness::Valid;
        remember(&mut self.shown, rows);
    }

    fn hide(&mut self, out: &mut Vec<u8>, window: Window) {
        self.clear(out, window);
    }

    fn finish(&mut self, out: &mut Vec<u8>, text: &[u8], _cursor: &Cursor, last: LastRows<'_>, window: Window) {
        let rows = last.rows;
        if text.is_empty() && rows.is_empty() && self.shown.is_empty() {
            return;
        }
        TermOp::BeginUpdate.encode(out);
        self.clear(out, window);
        out.extend_from_slice(text);
        if !rows.is_empty() {
            TermOp::PLAIN.encode(out);
            start_empty_row(out, window);
            write_lines(out, rows);
        }
        TermOp::EndUpdate.encode(out);
        self.freshness = Freshness::Valid;
    }

    fn on_resize(&mut self) {
        self.freshness = Freshness::Invalid;
    }

    fn invalidate(&mut self) {
        self.mark_stale();
    }

    fn mark_stale(&mut self) {
        if self.freshness == Freshness::Valid {
            self.freshness = Freshness::Stale;
        }
    }

    fn reset(&mut self) {
        self.shown.clear();
        self.freshness = Freshness::Valid;
    }

    /// Does nothing: echoed input scrolls inside the scroll region and cannot reach a bar.
    fn on_enter_echoed(&mut self) {}

    #[cfg(any(test, feature = "testing"))]
    fn rows_on(&self, _cursor_row: usize, height: usize) -> std::ops::Range<usize> {
        height.saturating_sub(self.shown.len())..height
    }
}

fn erase(out: &mut Vec<u8>, rows: std::ops::Range<usize>) {
    for row in rows {
        ansi::encode_all(out, [TermOp::Row(row), TermOp::EraseRest]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cells::color::Color;
    use crate::output::terminal::window::ResizeState;
    use crate::sys::Size;

    /// A terminal to which the program and the region write independently.
    struct Screen {
        terminal: avt::Terminal,
        region: ScrollRegion,
        window: Window,
        cursor: Cursor,
    }

    impl Screen {
        fn new(cols: usize, rows: usize) -> Screen {
            let window = Window { size: Size { cols, rows }, resize: ResizeState::Idle, in_transit: false };
            let terminal = avt::Terminal::with_scrollback(cols, rows, None).unwrap();
            Screen { terminal, region: ScrollRegion::new(), window, cursor: Cursor::new() }
        }

        fn print(&mut self, text: &str) {
            self.terminal.feed(text.replace('\n', "\r\n").as_str());
        }

        fn lines(&self, rows: &[&str]) -> Vec<Line> {
            let color = Color::from(anstyle::AnsiColor::Green);
            let line = |text: &&str| {
                let mut line = Line::new(self.window.size.cols);
                line.push(text, color);
                line
            };
            rows.iter().map(line).collect()
        }

        fn show(&mut self, rows: &[&str]) -> String {
            let (mut out, rows) = (Vec::new(), self.lines(rows));
            self.region.compose(&mut out, b"", &self.cursor, &rows, self.window);
            let out = String::from_utf8(out).unwrap();
            self.terminal.feed(out.as_str());
            out
        }

        fn finish(&mut self, rows: &[&str]) {
            let (mut out, rows) = (Vec::new(), self.lines(rows));
            let last = LastRows { rows: &rows, tail: 0 };
            self.region.finish(&mut out, b"", &self.cursor, last, self.window);
            self.terminal.feed(std::str::from_utf8(&out).unwrap());
        }

        fn rows(&self) -> Vec<String> {
            let screen = self.terminal.screen();
            screen.visible_lines().map(|line| line.text().trim_end().to_owned()).collect()
        }

        fn history(&self) -> Vec<String> {
            let screen = self.terminal.screen();
            screen.all_lines().map(|line| line.text().trim_end().to_owned()).collect()
        }
    }

    #[test]
    fn output_scrolls_above() {
        let mut screen = Screen::new(12, 6);
        screen.print("a\nb\nc\nd\ne\nf\ng\n");
        screen.show(&["one", "two"]);
        assert_eq!(screen.rows(), ["e", "f", "g", "", "one", "two"]);
        screen.print("h\ni\n");
        screen.show(&["eno", "two"]);
        assert_eq!(screen.rows(), ["g", "h", "i", "", "eno", "two"]);
        assert_eq!(screen.history()[..6], ["a", "b", "c", "d", "e", "f"]);
    }

    #[test]
    fn more_rows_and_fewer() {
        let mut screen = Screen::new(12, 6);
        screen.show(&["one"]);
        screen.print("a\nb\nc\nd\ne\nf");
        assert_eq!(screen.rows(), ["b", "c", "d", "e", "f", "one"]);
        screen.show(&["one", "two", "three"]);
        assert_eq!(screen.rows(), ["d", "e", "f", "one", "two", "three"]);
        screen.show(&["two"]);
        assert_eq!(screen.rows(), ["d", "e", "f", "", "", "two"]);
        screen.print("g\nh\ni\n");
        assert_eq!(screen.rows(), ["e", "fg", "h", "i", "", "two"]);
        screen.show(&[]);
        screen.print("j\nk\nl\n");
        assert_eq!(screen.rows(), ["h", "i", "j", "k", "l", ""]);
    }

    #[test]
    fn style_and_column_stay_the_programs() {
        let mut screen = Screen::new(12, 4);
        screen.show(&["one"]);
        screen.print("\x1b[31mred");
        screen.show(&["two"]);
        screen.print("der\x1b[m\n");
        let line = screen.terminal.screen().line(0).unwrap().cells().to_vec();
        assert!(line[..6].iter().all(|cell| cell.pen().foreground() == Some(avt::Color::Indexed(1))));
        assert_eq!(screen.rows(), ["redder", "", "", "two"]);
    }

    #[test]
    fn at_the_end_there_is_no_scroll_region() {
        let mut screen = Screen::new(12, 5);
        screen.print("a\nb\nc\nd\ne\nopen");
        screen.show(&["one", "two"]);
        screen.finish(&["one", "two"]);
        assert_eq!(screen.rows(), ["e", "open", "one", "two", ""]);
        screen.print("1\n2\n3\n");
        assert_eq!(screen.rows(), ["two", "1", "2", "3", ""]);
    }

    #[test]
    fn the_region_stays_small_in_a_small_window() {
        for (rows, shown) in [(1, 0), (2, 0), (3, 1), (4, 2), (9, 3)] {
            let mut screen = Screen::new(12, rows);
            screen.show(&["one", "two", "three"]);
            let seen = screen.rows().into_iter().filter(|row| !row.is_empty()).count();
            assert_eq!(seen, shown, "in {rows} rows");
        }
    }

    #[test]
    fn nothing_new_is_nothing_written() {
        let mut screen = Screen::new(12, 5);
        screen.show(&["one"]);
        assert_eq!(screen.show(&["one"]), "");
        screen.region.mark_stale();
        assert!(screen.show(&["one"]).contains("\x1b[1;4r"));
    }

    #[test]
    fn a_resize_is_repaired() {
        let mut screen = Screen::new(12, 6);
        screen.print("a\nb\nc\nd\ne\nf\n");
        screen.show(&["one", "two"]);
        for (cols, rows) in [(12, 4), (20, 8), (6, 8)] {
            screen.terminal.resize(cols, rows);
            screen.window.size = Size { cols, rows };
            screen.region.on_resize();
            screen.show(&["one", "two"]);
            let seen = screen.rows();
            assert_eq!(seen[rows - 2..], ["one", "two"], "{cols} x {rows}");
            assert_eq!(seen.iter().filter(|row| *row == "one").count(), 1, "{cols} x {rows}");
        }
    }
}
