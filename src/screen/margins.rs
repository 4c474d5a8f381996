//! The foot behind a margin: nothing is intercepted, and the terminal itself keeps what is printed above our rows.
//!
//! A terminal can be told to scroll some of its rows only. Then whatever is printed, by whomever, scrolls above the others,
//! and never comes to us. The price: a mode of the terminal is in force between two frames, which a program that is killed leaves
//! behind, and a resize undoes it before we know.
//!
//! Where the cursor is we do not know, nor in which colours: each frame remembers both, and goes back.

use std::iter::repeat_n;

use super::above::Caret;
use super::foot::{Foot, View, begin_row, remember, write_lines, write_row};
use crate::paint::ansi::{self, Edit};
use crate::paint::line::Line;

/// The last rows of the window, with the margin above them.
#[derive(Debug)]
pub(crate) struct Margins {
    shown: Vec<Line>,
    trust: Trust,
}

/// Whether the rows stand where we left them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// They do.
    Full,
    /// They should, but anybody may have written there or undone the margin: with the next change all is painted again.
    Stale,
    /// They may stand anywhere below the cursor.
    None,
}

impl Margins {
    pub(crate) fn new() -> Margins {
        Margins { shown: Vec::new(), trust: Trust::Full }
    }

    /// Takes the margin away and erases what is ours. The cursor ends where it was.
    fn clear(&mut self, out: &mut Vec<u8>, view: View) {
        if self.shown.is_empty() {
            return;
        }
        ansi::put(out, [Edit::Save, Edit::PLAIN, Edit::NoMargin]);
        if self.trust != Trust::None {
            erase(out, view.size.rows.saturating_sub(self.shown.len())..view.size.rows);
        }
        Edit::Restore.put(out);
        if self.trust == Trust::None && view.size.rows > 1 {
            // As after a resize they may stand higher. In whatever colours the program writes: there is no other way.
            ansi::put(out, [Edit::Index, Edit::EraseBelow, Edit::EraseStart, Edit::Up(1)]);
        }
        self.shown.clear();
    }
}

impl Foot for Margins {
    fn paint(&mut self, out: &mut Vec<u8>, text: &[u8], _caret: &Caret, rows: &[Line], view: View) {
        // A margin needs two rows above it.
        let height = view.size.rows;
        let rows = &rows[..rows.len().min(height.saturating_sub(2))];
        if text.is_empty() && self.trust == Trust::Full && self.shown == rows {
            return;
        }
        Edit::BeginUpdate.put(out);
        if self.trust == Trust::None {
            self.clear(out, view);
        }
        out.extend_from_slice(text);
        let whole = self.trust != Trust::Full || self.shown.len() != rows.len();
        // The cursor must not be left behind the margin.
        let more = rows.len().saturating_sub(self.shown.len());
        ansi::put(out, repeat_n(Edit::Index, more));
        Edit::Up(more).put(out);

        ansi::put(out, [Edit::Save, Edit::PLAIN, Edit::WrapOff]);
        match rows.len() {
            0 => Edit::NoMargin.put(out),
            // Every time: anybody may have undone it.
            count => Edit::MarginBelow(height - count).put(out),
        }
        erase(out, height.saturating_sub(self.shown.len())..height - rows.len());
        for (at, row) in rows.iter().enumerate() {
            let old = self.shown.get(at).filter(|_| !whole);
            if old != Some(row) {
                Edit::Row(height - rows.len() + at).put(out);
                write_row(out, old, row);
                if old.is_none() && row.width() < view.size.cols {
                    Edit::EraseRest.put(out);
                }
            }
        }
        ansi::put(out, [Edit::WrapOn, Edit::Restore, Edit::EndUpdate]);
        self.trust = Trust::Full;
        remember(&mut self.shown, rows);
    }

    fn finish(&mut self, out: &mut Vec<u8>, text: &[u8], _caret: &Caret, rows: &[Line], view: View) {
        if text.is_empty() && rows.is_empty() && self.shown.is_empty() {
            return;
        }
        Edit::BeginUpdate.put(out);
        self.clear(out, view);
        out.extend_from_slice(text);
        if !rows.is_empty() {
            Edit::PLAIN.put(out);
            begin_row(out, view);
            write_lines(out, rows);
        }
        Edit::EndUpdate.put(out);
        self.trust = Trust::Full;
    }

    fn resized(&mut self) {
        self.trust = Trust::None;
    }

    fn distrust(&mut self) {
        self.heal();
    }

    fn heal(&mut self) {
        if self.trust == Trust::Full {
            self.trust = Trust::Stale;
        }
    }

    fn returned(&mut self) {
        self.shown.clear();
        self.trust = Trust::Full;
    }

    /// It cannot: what is typed stays above the margin.
    fn wandered(&mut self) {}
}

fn erase(out: &mut Vec<u8>, rows: std::ops::Range<usize>) {
    for row in rows {
        ansi::put(out, [Edit::Row(row), Edit::EraseRest]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paint::color::Color;
    use crate::screen::above::Above;
    use crate::screen::foot::Motion;
    use crate::sys::Size;

    /// A terminal on which everybody writes by himself.
    struct Screen {
        terminal: avt::Terminal,
        foot: Margins,
        view: View,
        caret: Caret,
    }

    impl Screen {
        fn new(cols: usize, rows: usize) -> Screen {
            let view = View { size: Size { cols, rows }, motion: Motion::Still, in_transit: false };
            let terminal = avt::Terminal::with_scrollback(cols, rows, None).unwrap();
            Screen { terminal, foot: Margins::new(), view, caret: Above::new(cols).caret().clone() }
        }

        fn print(&mut self, text: &str) {
            self.terminal.feed(text.replace('\n', "\r\n").as_str());
        }

        fn lines(&self, rows: &[&str]) -> Vec<Line> {
            let color = Color::from(anstyle::AnsiColor::Green);
            let line = |text: &&str| {
                let mut line = Line::new(self.view.size.cols);
                line.push(text, color);
                line
            };
            rows.iter().map(line).collect()
        }

        fn show(&mut self, rows: &[&str]) -> String {
            let (mut out, rows) = (Vec::new(), self.lines(rows));
            self.foot.paint(&mut out, b"", &self.caret, &rows, self.view);
            let out = String::from_utf8(out).unwrap();
            self.terminal.feed(out.as_str());
            out
        }

        fn finish(&mut self, rows: &[&str]) {
            let (mut out, rows) = (Vec::new(), self.lines(rows));
            self.foot.finish(&mut out, b"", &self.caret, &rows, self.view);
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
    fn what_is_printed_scrolls_above() {
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
    fn colours_and_column_stay_the_programs() {
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
    fn at_the_end_there_is_no_margin() {
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
        screen.foot.heal();
        assert!(screen.show(&["one"]).contains("\x1b[1;4r"));
    }

    #[test]
    fn a_resize_is_painted_over() {
        let mut screen = Screen::new(12, 6);
        screen.print("a\nb\nc\nd\ne\nf\n");
        screen.show(&["one", "two"]);
        for (cols, rows) in [(12, 4), (20, 8), (6, 8)] {
            screen.terminal.resize(cols, rows);
            screen.view.size = Size { cols, rows };
            screen.foot.resized();
            screen.show(&["one", "two"]);
            let seen = screen.rows();
            assert_eq!(seen[rows - 2..], ["one", "two"], "{cols} x {rows}");
            assert_eq!(seen.iter().filter(|row| *row == "one").count(), 1, "{cols} x {rows}");
        }
    }
}
