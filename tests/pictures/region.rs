//! The region at the bottom of the window: which bars it shows, where, and what remains of them.

use std::time::Duration;

use footlights::testing::TestTerminal;
use footlights::{AnsiColor, Manager, OnClose};

use crate::{SECOND, bar, bars, builder, check, numbered, print_lines, start};

/// One row remains for the log, and the last row says how many bars are not shown.
#[test]
fn more_bars_than_rows() {
    let (terminal, manager) = start(20, 5);
    let bars = bars(&manager, 9);
    let picture = "|_
         |BAR#0
         |BAR#1
         |BAR#2
         |… 6 more";
    check(&terminal, picture);
    print_lines(&terminal, 0..3);
    check(&terminal, picture);
    assert_eq!(terminal.scrollback(), numbered(3));
    drop((manager, bars));
    // All of them remain.
    let wanted = [numbered(3), (0..9).map(|n| format!("BAR#{n}")).collect()].concat();
    assert_eq!(terminal.log(), wanted);
}

#[test]
fn a_window_of_one_row_has_no_room_for_bars() {
    let (terminal, manager) = start(20, 1);
    let bars = bars(&manager, 2);
    print_lines(&terminal, 0..3);
    check(&terminal, "|_");
    assert_eq!(terminal.scrollback(), numbered(3));
    drop((manager, bars));
    assert_eq!(terminal.log()[3..], ["BAR#0", "BAR#1"]);
}

#[test]
fn the_region_shrinks_as_bars_are_removed() {
    let (terminal, manager) = start(20, 8);
    let leaving = |desc: &'static str| manager.counter().total(9).desc(desc).leave(false).add();
    let (first, staying, last) = (leaving("BAR#0"), bar(&manager, 1), leaving("BAR#2"));
    print_lines(&terminal, 0..3);
    check(
        &terminal,
        "|line 0
         |line 1
         |line 2
         |_
         |
         |BAR#0
         |BAR#1
         |BAR#2",
    );
    drop(first);
    check(
        &terminal,
        "|line 0
         |line 1
         |line 2
         |_
         |
         |
         |BAR#1
         |BAR#2",
    );
    print_lines(&terminal, 3..20);
    check(
        &terminal,
        "|line 15
         |line 16
         |line 17
         |line 18
         |line 19
         |_
         |BAR#1
         |BAR#2",
    );
    drop(last);
    check(
        &terminal,
        "|line 15
         |line 16
         |line 17
         |line 18
         |line 19
         |_
         |
         |BAR#1",
    );
    staying.close();
    print_lines(&terminal, 20..21);
    drop((manager, staying));
    // Without a gap.
    assert_eq!(terminal.log(), [numbered(21), vec!["BAR#1".to_owned()]].concat());
}

/// Neither while the log grows down to the region nor afterwards.
#[test]
fn neither_blank_rows_nor_bars_scroll_out() {
    for rows in [3, 4, 5, 8, 20] {
        for count in [1, 2, 4, 12] {
            let (terminal, manager) = start(40, rows);
            let bars = bars(&manager, count);
            for n in 0..30 {
                bars.iter().for_each(|bar| bar.inc(1));
                print_lines(&terminal, n..n + 1);
                terminal.advance(Duration::from_millis(7));
                let scrollback = terminal.scrollback();
                assert_eq!(terminal.log(), numbered(n + 1), "{count} bars on {rows} rows");
                assert_eq!(scrollback, numbered(scrollback.len()), "{count} bars on {rows} rows, line {n}");
            }
            drop((manager, bars));
            assert_eq!(terminal.log()[..30], numbered(30));
            assert_eq!(terminal.log().len(), 30 + count);
        }
    }
}

/// No line is lost in windows that are too narrow to read anything.
#[test]
fn one_and_two_columns() {
    for columns in [1, 2] {
        let (terminal, manager) = start(columns, 6);
        let bars = bars(&manager, 2);
        print_lines(&terminal, 0..6);
        assert_eq!(terminal.log(), numbered(6), "{columns} columns");
        drop((manager, bars));
        let end = &"BAR#"[..columns];
        assert_eq!(terminal.log()[6..], [end, end]);
    }
}

#[test]
fn finished_bars_move_up_into_the_log() {
    let (terminal, manager) = start(24, 8);
    let builder = manager.counter().total(9).on_close(OnClose::Log);
    let first = builder.clone().desc("BAR#0").add();
    let second = builder.clone().desc("BAR#1").position(1).add();
    let third = builder.desc("BAR#2").add();
    print_lines(&terminal, 0..1);
    assert_eq!(terminal.bars(), ["BAR#0", "BAR#2", "BAR#1"]);
    first.finish();
    check(
        &terminal,
        "|line 0
         |BAR#0
         |_
         |
         |
         |
         |BAR#2
         |BAR#1",
    );
    // Not into an open line; and the style of the program is in force again.
    print_lines(&terminal, 1..2);
    terminal.print("\x1b[31mopen");
    second.close();
    terminal.draw();
    terminal.print(" ended\n");
    check(
        &terminal,
        "|line 0
         |BAR#0
         |line 1
         |open ended
         |BAR#1
         |_
         |
         |BAR#2",
    );
    // Its line stays, and the bar is there again.
    first.reset();
    print_lines(&terminal, 2..3);
    assert_eq!(terminal.log(), ["line 0", "BAR#0", "line 1", "open ended", "BAR#1", "line 2"]);
    assert_eq!(terminal.log()[5].color_of("line 2"), Some(AnsiColor::Red.into()));
    assert_eq!(terminal.bars(), ["BAR#0", "BAR#2"]);
    drop((first, second, third));
}

/// Half of the window stays with the log: the oldest bars that are finished move up.
#[test]
fn finished_bars_make_room_for_the_log() {
    let (terminal, manager) = start(24, 10);
    for n in 0..30 {
        drop(bar(&manager, n));
        print_lines(&terminal, n..n + 1);
    }
    let open = bars(&manager, 2);
    assert_eq!(terminal.bars(), ["BAR#27", "BAR#28", "BAR#29", "BAR#0", "BAR#1"]);
    assert_eq!(terminal.log().iter().filter(|line| line.starts_with("line")).count(), 30);
    let moved: Vec<_> = terminal.log().into_iter().filter(|line| line.starts_with("BAR")).collect();
    assert_eq!(moved, (0..27).map(|n| format!("BAR#{n}")).collect::<Vec<_>>());
    drop(open);
}

/// What is closed before its time never was on the screen, unless it stays.
#[test]
fn bars_of_quick_work_do_not_flash() {
    let terminal = TestTerminal::new(60, 8);
    let manager = terminal.manager();
    for n in 0..2 {
        manager.counter().desc(format!("BAR#{n}")).leave(n == 1).add().inc(100);
    }
    let shown = manager.counter().desc("BAR#2").add();
    let late = manager.counter().desc("BAR#3").leave(false).delay(Duration::from_secs(3600)).add();
    let names = || terminal.bars().iter().map(|bar| bar[..5].to_owned()).collect::<Vec<_>>();
    terminal.advance(Duration::from_millis(99));
    assert_eq!(names(), ["BAR#1"]);
    terminal.advance(Duration::from_millis(1));
    assert_eq!(names(), ["BAR#1", "BAR#2"]);
    terminal.advance(Duration::from_secs(3599));
    assert_eq!(names(), ["BAR#1", "BAR#2"]);
    let all = String::from_utf8(terminal.take_bytes()).unwrap();
    assert!(!all.contains("BAR#0") && !all.contains("BAR#3"), "{all:?}");
    terminal.advance(SECOND);
    assert_eq!(names(), ["BAR#1", "BAR#2", "BAR#3"]);
    drop((shown, late));
}

/// Every line is there, once and in order, and no part of a bar is in the scrollback.
#[test]
fn resizes_lose_no_line() {
    let sizes = [(60, 12), (90, 30), (31, 8), (80, 3), (20, 20), (61, 24), (200, 60), (12, 4), (60, 12)];
    for count in [1, 3, 8] {
        let terminal = TestTerminal::new(60, 12);
        let manager: Manager = builder().frame_rate(100).build_on(&terminal);
        let bars = bars(&manager, count);
        print_lines(&terminal, 0..20);
        let mut lines = 20;
        for (columns, rows) in sizes {
            for rest in [false, true] {
                terminal.resize(columns, rows);
                print_lines(&terminal, lines..lines + 2);
                lines += 2;
                bars.iter().for_each(|bar| bar.inc(1));
                terminal.advance(if rest { SECOND } else { Duration::from_millis(20) });
            }
            assert_eq!(terminal.log(), numbered(lines), "{count} bars, {columns} x {rows}");
            assert_eq!(terminal.bars().len(), count.min(rows - 1));
        }
        drop((manager, bars));
        assert_eq!(terminal.log().len(), lines + count);
    }
}
