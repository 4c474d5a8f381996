//! Pictures of the terminal in memory: what bars look like, where they stand, when they are drawn.
//!
//! What depends on descriptors, signals, threads and children is tested on ptys, in `tests/terminal`.

#[allow(dead_code, reason = "shared with tests/terminal")]
#[path = "../support/bytes.rs"]
mod bytes;
mod clocks;
mod colors;
mod frames;
mod mistakes;
mod open_lines;
mod region;
mod rows;
mod strings;
mod taskbar;

use std::time::Duration;

use footlights::testing::TestTerminal;
use footlights::{Counter, CounterStyle, Manager, ManagerBuilder, bar_format};

const SECOND: Duration = Duration::from_secs(1);

/// A manager whose bars show their name and nothing else, at once.
fn builder() -> ManagerBuilder {
    let style = CounterStyle::new().bar_format(bar_format!("{desc}")).color("green");
    Manager::builder().delay(Duration::ZERO).counter_style(style)
}

/// A terminal, and a manager on it.
fn start(columns: usize, rows: usize) -> (TestTerminal, Manager) {
    let terminal = TestTerminal::new(columns, rows);
    let manager = builder().build_on(&terminal);
    (terminal, manager)
}

fn bar(manager: &Manager, n: usize) -> Counter {
    manager.counter().total(100).desc(format!("BAR#{n}")).add()
}

fn bars(manager: &Manager, count: usize) -> Vec<Counter> {
    (0..count).map(|n| bar(manager, n)).collect()
}

fn print_lines(terminal: &TestTerminal, range: std::ops::Range<usize>) {
    range.for_each(|n| terminal.print(format!("line {n}\n")));
}

fn numbered(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("line {n}")).collect()
}

/// Compares the visible rows with a picture, in which each row starts with `|`, and `_` is the
/// cursor.
#[track_caller]
fn check(terminal: &TestTerminal, picture: &str) {
    let (column, row) = terminal.cursor();
    let mut seen: Vec<String> = terminal.screen().iter().map(|row| row.text().to_owned()).collect();
    let text = &mut seen[row];
    while text.chars().count() < column {
        text.push(' ');
    }
    let at = text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
    text.insert(at, '_');
    let wanted: Vec<&str> =
        picture.lines().filter_map(|line| line.trim_start().strip_prefix('|')).map(str::trim_end).collect();
    assert_eq!(seen, wanted, "\n{}", seen.join("\n"));
}
