//! Pictures of screens: what the frames of a pinned region leave on an emulator that reflows.

use std::panic::{self, AssertUnwindSafe};
use std::time::Duration;

use super::*;
use crate::cells::color::Color;
use crate::manager::Manager;
use crate::output::terminal::emulator::Emulator;
use crate::output::terminal::passthrough::Passthrough;
use crate::status_bar::StatusBar;
use crate::testing::TestTerminal;

/// A terminal with bars of one text each.
struct Screen {
    terminal: TestTerminal,
    manager: Manager,
    bars: Vec<StatusBar>,
}

impl Screen {
    fn new(cols: usize, rows: usize) -> Screen {
        Screen::with_anchor(cols, rows, Anchor::Bottom)
    }

    fn with_anchor(cols: usize, rows: usize, anchor: Anchor) -> Screen {
        let terminal = TestTerminal::new(cols, rows);
        let manager = Manager::builder().delay(Duration::ZERO).anchor(anchor).build_on(&terminal);
        Screen { terminal, manager, bars: Vec::new() }
    }

    fn show(&mut self, rows: &[&str]) {
        let rows_now = self.bars.len();
        self.bars.drain(rows.len().min(rows_now)..).for_each(|bar| bar.remove());
        for (at, text) in rows.iter().copied().enumerate() {
            match self.bars.get(at) {
                Some(bar) => bar.set_text(text),
                None => self.bars.push(self.manager.status_bar().text(text).color("green").add()),
            }
        }
        self.terminal.draw();
    }

    fn print(&self, text: &str) {
        self.terminal.print(text);
        self.terminal.draw();
    }

    /// Prints, and lets time pass.
    fn print_long_ago(&self, text: &str) {
        self.print(text);
        self.terminal.advance(Duration::from_secs(9));
    }

    /// Writes past the program, without notice.
    fn feed(&self, text: &[u8]) {
        self.terminal.in_memory().echo_unseen(text);
    }

    fn finish(&self) {
        self.manager.stop();
    }

    /// A panic ends the program, right after it has printed `text`.
    fn fail(self, text: &str) -> TestTerminal {
        let terminal = self.terminal.clone();
        terminal.print(text);
        let program = AssertUnwindSafe(self);
        let result = panic::catch_unwind(move || {
            let _program = program;
            panic::resume_unwind(Box::new(()));
        });
        assert!(result.is_err());
        terminal
    }

    fn history(&self) -> Vec<String> {
        history(&self.terminal)
    }

    #[track_caller]
    fn check(&self, picture: &str) {
        check(&self.terminal, picture);
    }
}

/// All rows, scrolled out or not.
fn history(terminal: &TestTerminal) -> Vec<String> {
    let rows = [terminal.scrollback(), terminal.screen()].concat();
    rows.iter().map(|row| row.text().to_owned()).collect()
}

/// Compares the visible rows with a picture; `_` is where the cursor is.
#[track_caller]
fn check(terminal: &TestTerminal, picture: &str) {
    let (col, cursor_row) = terminal.cursor();
    let mut seen: Vec<String> = terminal.screen().iter().map(|row| row.text().to_owned()).collect();
    let row = &mut seen[cursor_row];
    while row.chars().count() < col {
        row.push(' ');
    }
    let at = row.char_indices().nth(col).map_or(row.len(), |(at, _)| at);
    row.insert(at, '_');
    let wanted: Vec<&str> =
        picture.lines().filter_map(|line| line.trim_start().strip_prefix('|')).map(str::trim_end).collect();
    assert_eq!(seen, wanted, "\n{}", seen.join("\n"));
}

#[test]
fn bars_stand_on_the_last_rows_from_the_first_frame() {
    let mut screen = Screen::new(12, 5);
    screen.feed(b"$ prog\n");
    screen.show(&["one  1/9", "two  2/9"]);
    screen.check(
        "|$ prog
         |_
         |
         |one  1/9
         |two  2/9",
    );
}

#[test]
fn printed_lines_scroll_above() {
    let mut screen = Screen::new(12, 5);
    screen.show(&["bar"]);
    screen.print("a\nb\n");
    screen.check(
        "|a
         |b
         |_
         |
         |bar",
    );
    screen.print("c\nd\ne\nf\n");
    screen.check(
        "|d
         |e
         |f
         |_
         |bar",
    );
    assert_eq!(screen.history(), ["a", "b", "c", "d", "e", "f", "", "bar"]);
}

#[test]
fn an_open_line_stays_open() {
    let mut screen = Screen::new(12, 3);
    screen.show(&["bar"]);
    screen.print("name? ");
    screen.check(
        "|name? _
         |
         |bar",
    );
    screen.feed(b"joe"); // typed, and echoed by the terminal, without notice
    screen.show(&["rab"]);
    screen.check(
        "|name? joe_
         |
         |rab",
    );
    screen.print("\nhi joe\n");
    screen.check(
        "|hi joe
         |_
         |rab",
    );
}

#[test]
fn a_prompt_is_answered_on_its_own_line() {
    let mut screen = Screen::new(12, 5);
    screen.show(&["one", "two"]);
    screen.print("a\nb\nc\nd\ne\n");
    screen.print("name? ");
    screen.check(
        "|e
         |name? _
         |
         |one
         |two",
    );
    screen.feed(b"joe\n");
    screen.print("hi joe\n");
    screen.check(
        "|name? joe
         |hi joe
         |_
         |one
         |two",
    );
    assert_eq!(screen.history()[..7], ["a", "b", "c", "d", "e", "name? joe", "hi joe"]);
}

#[test]
fn an_enter_without_a_prompt() {
    for enters in 1..4 {
        let mut screen = Screen::new(12, 6);
        screen.show(&["one", "two"]);
        screen.print("a\nb\nc\nd\ne\nf\n");
        for _ in 0..enters {
            screen.terminal.echo("\n");
            screen.terminal.draw();
        }
        screen.print("g\n");
        screen.check(
            "|e
             |f
             |g
             |_
             |one
             |two",
        );
    }
}

#[test]
fn a_line_as_wide_as_the_window_wraps_once() {
    for rows in [3, 9] {
        let mut screen = Screen::new(8, rows);
        screen.show(&["bar"]);
        screen.print("12345678");
        screen.show(&["rab"]);
        screen.print("90");
        screen.show(&["bar"]);
        screen.print("\n");
        assert_eq!(screen.terminal.log()[0], "1234567890", "on {rows} rows");
    }
}

#[test]
fn a_smaller_region_stays_at_the_bottom() {
    let mut screen = Screen::new(12, 5);
    screen.show(&["one", "two", "three"]);
    screen.print("a\nb\nc\nd\ne\nf\n");
    screen.show(&["two"]);
    screen.check(
        "|f
         |_
         |
         |
         |two",
    );
    screen.print("g\n");
    screen.check(
        "|f
         |g
         |_
         |
         |two",
    );
    assert_eq!(screen.history()[..6], ["a", "b", "c", "d", "e", "f"]);
}

#[test]
fn a_larger_region_pushes_the_log_up() {
    let mut screen = Screen::new(12, 4);
    screen.print("a\nb\nc\nd\n");
    screen.show(&["one", "two"]);
    screen.check(
        "|d
         |_
         |one
         |two",
    );
    screen.print("e\n");
    screen.show(&["one", "two", "three"]);
    screen.check(
        "|_
         |one
         |two
         |three",
    );
    assert_eq!(screen.history(), ["a", "b", "c", "d", "e", "", "one", "two", "three"]);
}

#[test]
fn colours_of_an_open_line_go_on() {
    let mut screen = Screen::new(12, 3);
    screen.show(&["bar"]);
    screen.print("\x1b[31;44mred");
    screen.show(&["rab"]);
    screen.print("more\x1b[0m\n");
    let log = screen.terminal.log();
    let red = Color::from(anstyle::AnsiColor::Red.on(anstyle::AnsiColor::Blue));
    assert_eq!(log[0].spans().iter().map(|span| (span.text(), span.color())).collect::<Vec<_>>(), [("redmore", red)]);
    let bars = screen.terminal.bars();
    assert_eq!(bars, ["rab"]);
    assert!(bars[0].spans().iter().all(|span| span.color().style().get_bg_color().is_none()));
}

#[test]
fn the_last_frame_leaves_the_bars_as_lines() {
    let mut screen = Screen::new(12, 6);
    screen.show(&["one", "two"]);
    screen.print("a\nopen");
    screen.finish();
    screen.check(
        "|a
         |open
         |one
         |two
         |_
         |",
    );
}

#[test]
fn with_nothing_left_the_open_line_stays_open() {
    let mut screen = Screen::new(12, 4);
    screen.show(&["one"]);
    screen.print("open");
    screen.bars[0].remove();
    screen.finish();
    screen.check(
        "|open_
         |
         |
         |",
    );
}

#[test]
fn a_program_that_writes_over_its_own_rows() {
    let mut screen = Screen::new(12, 6);
    screen.show(&["bar"]);
    screen.print("p1 0%\np2 0%\n");
    screen.print("\x1b[2A");
    screen.check(
        "|_p1 0%
         |p2 0%
         |
         |
         |
         |bar",
    );
    screen.print("\rp1 9%\n");
    screen.print("p2 8%\n");
    screen.check(
        "|p1 9%
         |p2 8%
         |_
         |
         |
         |bar",
    );
}

/// Lines that fit into the window before and after are never wrapped, so nothing of them is left
/// behind.
#[test]
fn a_resize_leaves_nothing_behind() {
    let mut screen = Screen::new(20, 8);
    for n in 0..20 {
        screen.print(&format!("line {n}\n"));
    }
    screen.show(&["one", "two"]);
    let mut expected: Vec<String> = (0..20).map(|n| format!("line {n}")).collect();
    for (n, (cols, rows)) in
        [(20, 8), (12, 8), (12, 5), (30, 12), (9, 4), (40, 3), (10, 30), (20, 8)].into_iter().enumerate()
    {
        screen.terminal.resize(cols, rows);
        screen.print(&format!("after {n}\n"));
        screen.show(&["two", "one"]);
        expected.push(format!("after {n}"));
    }
    screen.finish();
    let history = screen.history();
    let log: Vec<&String> = history.iter().filter(|line| !line.is_empty()).collect();
    expected.extend(["two".into(), "one".into()]);
    assert_eq!(log.into_iter().cloned().collect::<Vec<_>>(), expected);
}

/// Only rows in which certainly nothing of the program's stands are erased after a resize.
#[test]
fn a_row_that_was_jumped_to_is_left_alone() {
    for jump in ["\n\x1b[1;1H", "\n\x1b[1d", "\x1b[?1049h\n\n\x1b[?1049l"] {
        let mut screen = Screen::new(12, 5);
        screen.feed(b"log\r");
        screen.show(&["bar"]);
        screen.print(jump);
        screen.terminal.resize(11, 5);
        assert_eq!(screen.history()[0], "log", "{jump:?}");
    }
}

/// A program may leave line drawing on: the bars are letters all the same, and its own text is not.
#[test]
fn line_drawing_of_the_program_stays_out_of_the_bars() {
    for (on, off) in [("\x1b(0", "\x1b(B"), ("\x1b)0\x0e", "\x0f")] {
        let mut screen = Screen::new(12, 4);
        screen.print(&format!("a{on}q"));
        screen.show(&["quix"]);
        screen.print(&format!("q{off}q\n"));
        assert_eq!(screen.history(), ["a──q", "", "", "quix"], "{on:?}");
        screen.print(on);
        screen.finish();
        assert!(screen.history().contains(&"quix".to_owned()), "{on:?}");
    }
}

/// What stays the same between two frames is not written again.
#[test]
fn nothing_new_is_nothing_written() {
    let mut screen = Screen::new(20, 5);
    screen.show(&["one  1/9", "two  2/9"]);
    screen.terminal.take_bytes();
    screen.terminal.draw();
    assert_eq!(String::from_utf8(screen.terminal.take_bytes()).unwrap(), "");
}

#[test]
fn the_last_rows_above_what_was_printed_last() {
    // In the first screenful, and where the log scrolls.
    let mut screen = Screen::new(12, 8);
    screen.print_long_ago("a\n");
    screen.show(&["one", "two"]);
    let terminal = screen.fail("b\nerror\n");
    check(
        &terminal,
        "|a
         |one
         |two
         |b
         |error
         |_
         |
         |",
    );
    let mut screen = Screen::new(12, 5);
    screen.print_long_ago("a\nb\nc\nd\n");
    screen.show(&["one", "two"]);
    let terminal = screen.fail("e\nerror\n");
    check(
        &terminal,
        "|one
         |two
         |e
         |error
         |_",
    );
    assert_eq!(history(&terminal), ["a", "b", "c", "d", "one", "two", "e", "error", ""]);
}

#[test]
fn an_open_line_below_the_last_rows() {
    for (text, cursor) in [("error", "error_"), ("0123456789ab", "0123456789ab_"), ("\x1b[7merror\x1b[m", "error_")] {
        let mut screen = Screen::new(12, 5);
        screen.print_long_ago("a\nb\nc\nd\n");
        screen.show(&["one"]);
        screen.terminal.print("e\n");
        // Right after that: the open line comes with the last frame.
        let terminal = screen.fail(text);
        check(&terminal, &format!("|c\n|d\n|one\n|e\n|{cursor}"));
    }
}

/// The region is asked for more than there is room for.
#[test]
fn the_last_rows_stay_below_where_there_is_no_room_above() {
    for (rows, tail) in [(4, 2), (3, 1), (2, 1)] {
        let (mut emulator, mut output) = (Emulator::new(12, rows), Passthrough::new(12));
        let mut region = PinnedRegion::new(Cursor::new(), Quirks::None, Anchor::Bottom);
        let window = Window { size: Size { cols: 12, rows }, resize: ResizeState::Idle, in_transit: false };
        let lines = ["one", "two"].map(|text| {
            let mut line = Line::new(12);
            line.push(text, Color::DEFAULT);
            line
        });
        let mut out = Vec::new();
        output.feed(b"a\nb\nc\nd\n");
        region.compose(&mut out, output.ready(), output.cursor(), &lines, window);
        output.consume();
        region.finish(&mut out, b"", output.cursor(), LastRows { rows: &lines, tail }, window);
        emulator.feed(&out);
        let history: Vec<String> = emulator.rows().iter().map(|row| row.text().trim_end().to_owned()).collect();
        assert_eq!(history, ["a", "b", "c", "d", "one", "two", ""], "{rows} rows");
    }
}

#[test]
fn inline_bars_stand_right_below_the_output() {
    let mut screen = Screen::with_anchor(12, 6, Anchor::Inline);
    screen.feed(b"$ prog\n");
    screen.show(&["one", "two"]);
    screen.check("|$ prog\n|_\n|one\n|two\n|\n|");
    screen.print("a\n");
    screen.check("|$ prog\n|a\n|_\n|one\n|two\n|");
    // A bar that goes leaves no gap, and one that comes needs none.
    screen.show(&["two"]);
    screen.check("|$ prog\n|a\n|_\n|two\n|\n|");
    screen.show(&["two", "three"]);
    screen.check("|$ prog\n|a\n|_\n|two\n|three\n|");
    screen.print("b\nc\nd\n");
    screen.check("|b\n|c\n|d\n|_\n|two\n|three");
    screen.show(&["three"]);
    screen.check("|b\n|c\n|d\n|_\n|three\n|");
    screen.print("e\n");
    screen.finish();
    screen.check("|b\n|c\n|d\n|e\n|three\n|_");
    assert_eq!(screen.history()[..3], ["$ prog", "a", "b"]);
}

/// The program may read an Enter without our knowing. Bars that change meanwhile stay whole, and
/// the answer and what follows it stand in the log.
#[test]
fn a_prompt_above_inline_bars_is_answered_on_its_own_line() {
    let mut screen = Screen::with_anchor(12, 8, Anchor::Inline);
    screen.print("a\n");
    screen.show(&["one 1", "two"]);
    screen.print("name? ");
    screen.check("|a\n|name? _\n|\n|one 1\n|two\n|\n|\n|");
    screen.feed(b"joe\n");
    screen.show(&["one 2", "two"]);
    screen.print("hi joe\n");
    screen.show(&["one 3", "two"]);
    screen.check("|a\n|name? joe\n|hi joe\n|_\n|one 3\n|two\n|\n|");
}

#[test]
fn inline_bars_through_a_resize() {
    let mut screen = Screen::with_anchor(20, 12, Anchor::Inline);
    screen.print("a\nb\n");
    screen.show(&["one", "two"]);
    for (n, (cols, rows)) in [(12, 12), (12, 5), (30, 12), (9, 4), (20, 12)].into_iter().enumerate() {
        screen.terminal.resize(cols, rows);
        screen.print(&format!("after {n}\n"));
        screen.show(&["two", "one"]);
        screen.terminal.advance(Duration::from_secs(1));
    }
    let log: Vec<String> = (0..5).map(|n| format!("after {n}")).collect();
    let wanted = [&["a".to_owned(), "b".to_owned()], log.as_slice(), &["".into(), "two".into(), "one".into()]].concat();
    let history = screen.history();
    assert_eq!(history[..wanted.len()], wanted);
    assert!(history[wanted.len()..].iter().all(String::is_empty), "{history:#?}");
}
