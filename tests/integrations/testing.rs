//! The test kit, as a user's tests call it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, RefUnwindSafe, UnwindSafe, catch_unwind, resume_unwind};
use std::thread;
use std::time::{Duration, Instant};

use footlights::testing::{Row, Span, TestTerminal};
use footlights::{
    AnsiColor, Charset, Color, ColorDepth, Interception, Manager, OnStop, Output, Taskbar, bar_format, counter_format,
    status_format,
};
use proptest::prelude::*;

const SECOND: Duration = Duration::from_secs(1);

const fn everywhere<T: Clone + Send + Sync + UnwindSafe + RefUnwindSafe + 'static>() {}

const _: () = {
    everywhere::<TestTerminal>();
    everywhere::<(Row, Span)>();
};

#[test]
fn bars_the_log_and_time() {
    let terminal = TestTerminal::new(70, 4);
    let manager = terminal.manager();
    let bar = manager.counter().total(10).desc("Files").unit("files").add();
    for n in 0..4 {
        terminal.print(format!("line {n}\n"));
        bar.inc(1);
        terminal.advance(SECOND);
    }
    assert_eq!(terminal.bars(), ["Files  40%|█████████▋              |  4/10 [00:04<00:05, 1.14 files/s]"]);
    assert_eq!(terminal.log(), ["line 0", "line 1", "line 2", "line 3"]);
    assert_eq!(terminal.scrollback(), ["line 0", "line 1"]);
    assert_eq!(terminal.screen()[..3], ["line 2", "line 3", ""]);
    assert_eq!(terminal.cursor(), (0, 2));
    assert_eq!(bar.elapsed(), 4 * SECOND);
    assert_eq!(terminal.elapsed(), 4 * SECOND);
    manager.stop();
    assert!(terminal.bars().is_empty());
    assert_eq!(terminal.log().len(), 5);
    assert!(!manager.is_enabled());
}

/// The time is that of the caller, in all that depends on it.
#[test]
fn everything_goes_by_the_clock_of_the_terminal() {
    let terminal = TestTerminal::new(60, 6);
    let manager = terminal.manager();
    let format = bar_format!("{elapsed} {eta} {rate:.1f} {count}");
    let bar = manager.counter().total(100).bar_format(format).add();
    let spinner = manager.counter().counter_format(counter_format!("{spinner} {count}")).add();
    // The delay of new bars.
    terminal.advance(Duration::from_millis(99));
    assert!(terminal.bars().is_empty());
    terminal.advance(Duration::from_millis(1));
    assert_eq!(terminal.bars().len(), 2);
    terminal.advance(Duration::from_millis(9900));
    bar.inc(50);
    assert_eq!(terminal.bars()[0], "00:10 00:10 5.0 50");
    assert_eq!((bar.rate(), bar.eta()), (5.0, Some(10 * SECOND)));
    // A pause.
    bar.pause();
    terminal.advance(100 * SECOND);
    bar.resume();
    assert_eq!((bar.elapsed(), bar.render(40).trim_end()), (10 * SECOND, "00:10 00:10 5.0 50"));
    // A spinner.
    let before = terminal.bars()[1].clone();
    terminal.advance(Duration::from_millis(300));
    assert_ne!(terminal.bars()[1], before);
    spinner.close();
    // The clock of a closed bar stands still.
    bar.finish();
    terminal.advance(3600 * SECOND);
    assert_eq!(bar.elapsed(), Duration::from_millis(10_300));
    bar.reset();
    terminal.advance(2 * SECOND);
    assert_eq!(bar.elapsed(), 2 * SECOND);
}

#[test]
fn colors() {
    let show = |depth| {
        let terminal = TestTerminal::new(40, 3);
        let manager = Manager::builder().color_depth(depth).delay(Duration::ZERO).build_on(&terminal);
        let bar = manager.counter().total(4).bar_format(bar_format!("|{bar}|")).color("peru").add();
        bar.segment("failed").color("red").count(0).add().inc(1);
        bar.inc(1);
        let row = terminal.bars().remove(0);
        row.spans().iter().map(|span| (span.text().chars().count(), span.color())).collect::<Vec<_>>()
    };
    let red = Color::from(AnsiColor::Red);
    let true_color = show(ColorDepth::TrueColor);
    assert!(true_color.iter().any(|(_, color)| *color == red), "{true_color:?}");
    let peru = Color::rgb(205, 133, 63);
    assert!(true_color.iter().any(|(_, color)| color.style().get_fg_color() == peru.style().get_fg_color()));
    assert_eq!(show(ColorDepth::None).len(), 1);
}

#[test]
fn settings_of_the_manager() {
    let terminal = TestTerminal::new(30, 4);
    let builder = Manager::builder().charset(Charset::Ascii).taskbar(Taskbar::On).width(20).on_stop(OnStop::ClearBars);
    let manager = builder.build_on(&terminal);
    let bar = manager.counter().total(4).bar_format(bar_format!("|{bar}|")).add();
    bar.inc(2);
    terminal.advance(2 * SECOND);
    assert_eq!(terminal.bars(), ["|#########         |"]);
    let bytes = String::from_utf8(terminal.take_bytes()).unwrap();
    assert!(bytes.contains("\x1b]9;4;1;50\x1b\\"), "{bytes:?}");
    drop((bar, manager));
    assert!(terminal.log().is_empty());
    let disabled = Manager::builder().output(Output::None).build_on(&terminal);
    assert!(!disabled.is_enabled());
    assert_eq!(terminal.manager().output(), Output::Terminal);
}

/// The frames come at the times of the real terminal thread, and nothing is written while nothing
/// changes.
#[test]
fn frames_at_their_times() {
    let terminal = TestTerminal::new(40, 4);
    let manager = Manager::builder().frame_rate(10).delay(Duration::ZERO).build_on(&terminal);
    let bar = manager.counter().total(1000).bar_format(bar_format!("{count}")).add();
    terminal.advance(Duration::ZERO);
    let mut written = String::new();
    for _ in 0..30 {
        bar.inc(1);
        written.push(if terminal.take_bytes().is_empty() { '.' } else { 'x' });
        terminal.advance(Duration::from_millis(25));
    }
    assert_eq!(written, "x...x...x...x...x...x...x...x.");
    terminal.advance(SECOND);
    terminal.take_bytes();
    terminal.advance(9 * SECOND);
    assert_eq!(terminal.take_bytes(), b"");
}

#[test]
fn a_window_that_is_resized() {
    let terminal = TestTerminal::new(60, 8);
    let manager = Manager::builder().delay(Duration::ZERO).build_on(&terminal);
    let bar = manager.counter().total(10).desc("Work").add();
    let wide = "x".repeat(50);
    terminal.print(format!("{wide}\n"));
    for (columns, rows) in [(50, 8), (60, 20), (1000, 8), (30, 4), (80, 24)] {
        terminal.resize(columns, rows);
        terminal.advance(SECOND);
        assert_eq!(terminal.size(), (columns, rows));
        assert_eq!(terminal.log(), [wide.as_str()]);
        assert_eq!(terminal.bars().len(), 1);
        assert_eq!(terminal.screen()[rows - 1], terminal.bars()[0].text());
        let width = terminal.bars()[0].chars().count();
        assert!((columns.min(1000) - 1..=columns).contains(&width), "{width} of {columns}");
    }
    drop(bar);
}

#[test]
fn a_suspension() {
    let terminal = TestTerminal::new(30, 5);
    let manager = terminal.manager();
    let bar = manager.counter().total(3).desc("Work").add();
    terminal.advance(SECOND);
    manager.suspend(|| {
        assert!(terminal.bars().is_empty());
        terminal.print("a menu\n");
        terminal.advance(SECOND);
        manager.suspend(|| terminal.print("inside\n"));
        assert!(terminal.bars().is_empty());
    });
    assert_eq!(terminal.bars().len(), 1);
    let panicked = catch_unwind(AssertUnwindSafe(|| manager.suspend(|| resume_unwind(Box::new(())))));
    assert!(panicked.is_err());
    assert_eq!(terminal.bars().len(), 1);
    assert_eq!(terminal.log(), ["a menu", "inside"]);
    drop(bar);
}

#[test]
fn two_managers_one_after_the_other_and_together() {
    let terminal = TestTerminal::new(30, 8);
    let builder = Manager::builder().delay(Duration::ZERO);
    let first = builder.clone().build_on(&terminal);
    let second = builder.clone().build_on(&terminal);
    let bar = |manager: &Manager, text: &'static str| manager.status_bar().text(text).add();
    let (one, two) = (bar(&first, "one"), bar(&second, "two"));
    let below = first.status_bar().text("below one").below(&one).add();
    terminal.print("a\n");
    assert_eq!(terminal.bars(), ["one", "below one", "two"]);
    first.stop();
    terminal.print("b\n");
    assert_eq!(terminal.bars(), ["two"]);
    assert_eq!(terminal.log(), ["a", "one", "below one", "b"]);
    drop((second, two));
    assert!(terminal.bars().is_empty());
    terminal.print("between\n");
    let third = builder.build_on(&terminal);
    let three = bar(&third, "three");
    assert_eq!(terminal.bars(), ["three"]);
    assert_eq!(terminal.log(), ["a", "one", "below one", "b", "two", "between"]);
    // Handles of managers that have stopped do nothing.
    one.set_text("late");
    one.remove();
    drop((below, three, third));
}

/// The writer, also after the manager has stopped, and without one.
#[test]
fn the_writer_of_the_manager() {
    let terminal = TestTerminal::new(30, 5);
    let manager = terminal.manager();
    let mut log = manager.writer();
    let bar = manager.counter().desc("Work").add();
    terminal.advance(SECOND);
    writeln!(log, "{} of {}", 1, 2).unwrap();
    log.flush().unwrap();
    drop(bar);
    manager.stop();
    writeln!(log, "after the end").unwrap();
    drop(manager);
    let log = terminal.log();
    assert_eq!((log[0].text(), log[2].text()), ("1 of 2", "after the end"));
}

/// A program that panics leaves its bars above what it has printed last.
#[test]
fn a_panic_of_the_program() {
    let terminal = TestTerminal::new(30, 6);
    let result = catch_unwind(|| {
        let manager = terminal.manager();
        let _bar = manager.status_bar().text("bar").add();
        terminal.advance(5 * SECOND);
        terminal.print("it failed\n");
        resume_unwind(Box::new(()));
    });
    assert!(result.is_err());
    assert_eq!(terminal.log(), ["bar", "it failed"]);
}

#[test]
fn a_manager_outlives_the_terminal() {
    let manager = TestTerminal::new(30, 6).manager();
    let bar = manager.counter().total(3).add();
    bar.inc(1);
    manager.suspend(|| ());
    manager.stop();
}

#[test]
fn a_scroll_region() {
    let terminal = TestTerminal::new(30, 5);
    let builder = Manager::builder().interception(Interception::Off).delay(Duration::ZERO);
    let manager = builder.build_on(&terminal);
    let bar = manager.status_bar().text("bar").add();
    terminal.advance(SECOND);
    for n in 0..9 {
        terminal.print(format!("line {n}\n"));
    }
    assert_eq!(terminal.bars(), ["bar"]);
    assert_eq!(terminal.screen(), ["line 6", "line 7", "line 8", "", "bar"]);
    drop(bar);
    manager.stop();
    assert_eq!(terminal.log().len(), 10);
}

/// What is on the alternate screen is on the screen and not in the log.
#[test]
fn the_alternate_screen() {
    let terminal = TestTerminal::new(30, 5);
    let manager = Manager::builder().delay(Duration::ZERO).build_on(&terminal);
    let bar = manager.status_bar().text("bar").add();
    terminal.print("before\n\x1b[?1049h\x1b[Hfull screen");
    assert_eq!((terminal.bars().len(), terminal.screen()[0].text()), (0, "full screen"));
    assert_eq!(terminal.log(), ["before"]);
    terminal.print("\x1b[?1049lafter\n");
    assert_eq!(terminal.bars(), ["bar"]);
    assert_eq!(terminal.log(), ["before", "after"]);
    drop(bar);
}

/// Threads of the program count and print; the test moves the clock meanwhile.
#[test]
fn many_terminals_and_threads() {
    thread::scope(|scope| {
        for n in 0..8_u64 {
            scope.spawn(move || {
                let terminal = TestTerminal::new(40, 6);
                let manager = terminal.manager();
                let bar = manager.counter().total(4000).bar_format(bar_format!("{count} of {total}")).add();
                thread::scope(|scope| {
                    for _ in 0..4 {
                        scope.spawn(|| {
                            for _ in 0..10 {
                                bar.inc(100);
                                drop(manager.counter().total(n).desc("short").leave(false).add());
                                terminal.print("line\n");
                            }
                        });
                    }
                    terminal.advance(SECOND);
                });
                terminal.advance(SECOND);
                assert_eq!(terminal.bars(), ["4000 of 4000"]);
                assert_eq!(terminal.log().iter().filter(|line| **line == "line").count(), 40);
            });
        }
    });
}

/// Nobody waits for a clock that is far ahead.
#[test]
fn long_times() {
    let started = Instant::now();
    let terminal = TestTerminal::new(40, 4);
    let manager = terminal.manager();
    let bar = manager.counter().total(10).bar_format(bar_format!("{elapsed} {count}")).add();
    terminal.advance(Duration::from_secs(30 * 86_400));
    bar.inc(1);
    assert_eq!(terminal.bars(), ["30d 0h 00:00 1"]);
    terminal.advance(Duration::MAX);
    terminal.advance(Duration::MAX);
    assert_eq!(terminal.bars().len(), 1);
    assert!(manager.counter().delay(Duration::MAX).add().elapsed().is_zero());
    assert!(started.elapsed() < Duration::from_secs(60));
}

/// As a text for snapshots: rows without blanks at their ends.
#[test]
fn the_picture_as_text() {
    let terminal = TestTerminal::new(12, 3);
    let manager = Manager::builder().delay(Duration::ZERO).build_on(&terminal);
    let bar = manager.status_bar().format(status_format!("left{fill}right")).add();
    terminal.print("e\u{301} 漢\u{301} ❤\u{fe0f}\n");
    let mut text = String::new();
    write!(text, "{terminal}").unwrap();
    assert_eq!(text, "e\u{301} 漢\u{301} ❤\u{fe0f}\n\nleft   right");
    drop(bar);
}

/// What a test can do.
#[derive(Clone, Debug)]
enum Step {
    Print(String),
    Bytes(Vec<u8>),
    Echo(String),
    Advance(u64),
    Resize(usize, usize),
    Add(String),
    Inc(u64),
    Close,
    Suspend,
    Stop,
    Manager(bool),
    Look,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let text = "[a-z漢e\u{301}\n\r\t \u{1b}\\[0-9;mHJKA-Dhl?]{0,40}";
    let step = prop_oneof![
        text.prop_map(Step::Print),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Step::Bytes),
        "[a-z\n]{0,5}".prop_map(Step::Echo),
        (0..3000_u64).prop_map(Step::Advance),
        (0..40_usize, 0..12_usize).prop_map(|(cols, rows)| Step::Resize(cols, rows)),
        "[a-z漢\u{301}]{0,30}".prop_map(Step::Add),
        any::<u64>().prop_map(Step::Inc),
        Just(Step::Close),
        Just(Step::Suspend),
        Just(Step::Stop),
        any::<bool>().prop_map(Step::Manager),
        Just(Step::Look),
    ];
    prop::collection::vec(step, 0..40)
}

proptest! {
    /// Whatever is done in windows of any size, nothing panics and nothing hangs.
    #[test]
    fn nothing_panics(cols in 0..40_usize, rows in 0..12_usize, steps in steps()) {
        let terminal = TestTerminal::new(cols, rows);
        let mut managers = vec![terminal.manager()];
        let mut bars = Vec::new();
        for step in steps {
            match step {
                Step::Print(text) => terminal.print(text),
                Step::Bytes(bytes) => terminal.print(bytes),
                Step::Echo(text) => terminal.echo(text),
                Step::Advance(time) => terminal.advance(Duration::from_millis(time)),
                Step::Resize(cols, rows) => terminal.resize(cols, rows),
                Step::Add(desc) => bars.push(managers[managers.len() - 1].counter().total(7).desc(desc).add()),
                Step::Inc(n) => bars.iter().for_each(|bar| bar.inc(n)),
                Step::Close => _ = bars.pop(),
                Step::Suspend => managers[0].suspend(|| terminal.print("suspended\n")),
                Step::Stop => managers[0].stop(),
                Step::Manager(intercept) => {
                    let interception = if intercept { Interception::Pty } else { Interception::Off };
                    managers.insert(0, Manager::builder().interception(interception).build_on(&terminal));
                }
                Step::Look => {
                    let height = terminal.size().1;
                    prop_assert_eq!(terminal.screen().len(), height);
                    prop_assert!(terminal.bars().len() <= height);
                    terminal.log();
                    terminal.scrollback();
                }
            }
        }
    }
}
