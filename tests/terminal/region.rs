//! The region at the bottom of the window: which bars it shows, where, and what remains of them.

use crate::support::Scene;
use crate::support::screen::{BAR, numbered};

#[test]
fn bars_are_on_the_last_rows_from_the_first_frame() {
    let mut run = Scene::new("bars").arg(3).size(20, 6).start();
    // The first frame may come before the last bar is added.
    let screen = run.until("bars", |screen| !screen.bars().is_empty());
    assert_eq!(screen.cursor(), (0, 0), "\n{screen}");
    let picture = screen.picture();
    let bars = screen.bars();
    assert_eq!(picture[6 - bars.len()..], bars, "\n{screen}");
    run.until_picture(
        "|_
         |
         |
         |BAR#0
         |BAR#1
         |BAR#2",
    );
    run.step();
    run.until_picture(
        "|line 1
         |line 2
         |_
         |BAR#0
         |BAR#1
         |BAR#2",
    );
}

/// One row remains for the log, and the last row says how many bars are not shown.
#[test]
fn more_bars_than_rows() {
    let mut run = Scene::new("bars").arg(9).size(20, 5).start();
    run.until_picture(
        "|_
         |BAR#0
         |BAR#1
         |BAR#2
         |… 6 more",
    );
    run.step();
    let screen = run.until_text("line 2");
    screen.check(
        "|_
         |BAR#0
         |BAR#1
         |BAR#2
         |… 6 more",
    );
    assert_eq!(screen.scrollback(), ["line 0", "line 1", "line 2"]);
    let (screen, _) = run.end();
    // All of them remain.
    screen.check_log(numbered(3));
    assert_eq!(screen.bars(), (0..9).map(|n| format!("BAR#{n}")).collect::<Vec<_>>());
}

#[test]
fn a_window_of_one_row_has_no_room_for_bars() {
    let mut run = Scene::new("bars").arg(2).size(20, 1).start();
    run.step();
    let screen = run.until_text("line 2");
    screen.check("|_");
    assert_eq!(screen.scrollback(), ["line 0", "line 1", "line 2"]);
    let (screen, _) = run.end();
    assert_eq!(screen.bars(), ["BAR#0", "BAR#1"]);
}

#[test]
fn the_region_shrinks_as_bars_are_removed() {
    let mut run = Scene::new("shrink").size(20, 8).start();
    run.until_picture(
        "|line 0
         |line 1
         |line 2
         |_
         |
         |BAR#0
         |BAR#1
         |BAR#2",
    );
    run.step();
    run.until_picture(
        "|line 0
         |line 1
         |line 2
         |_
         |
         |
         |BAR#1
         |BAR#2",
    );
    run.step();
    run.until_picture(
        "|line 15
         |line 16
         |line 17
         |line 18
         |line 19
         |_
         |BAR#1
         |BAR#2",
    );
    run.step();
    let screen = run.until("one bar", |screen| screen.rows().iter().filter(|row| row.starts_with(BAR)).count() == 1);
    screen.check(
        "|line 15
         |line 16
         |line 17
         |line 18
         |line 19
         |_
         |
         |BAR#1",
    );
    run.step();
    let (screen, status) = run.end();
    assert!(status.success());
    screen.check_log(numbered(21));
    assert_eq!(screen.bars(), ["BAR#1"]);
    screen.check_no_gap();
}

#[test]
fn inline_bars_stand_right_below_the_output() {
    let mut run = Scene::new("inline-shrink").size(20, 8).start();
    run.until_picture(
        "|line 0
         |line 1
         |line 2
         |_
         |BAR#0
         |BAR#1
         |BAR#2
         |",
    );
    run.step();
    run.until_picture(
        "|line 0
         |line 1
         |line 2
         |_
         |BAR#1
         |BAR#2
         |
         |",
    );
    run.step();
    run.until_picture(
        "|line 15
         |line 16
         |line 17
         |line 18
         |line 19
         |_
         |BAR#1
         |BAR#2",
    );
    run.step();
    let screen = run.until("one bar", |screen| screen.rows().iter().filter(|row| row.starts_with(BAR)).count() == 1);
    screen.check(
        "|line 15
         |line 16
         |line 17
         |line 18
         |line 19
         |_
         |BAR#1
         |",
    );
    run.step();
    let (screen, status) = run.end();
    assert!(status.success());
    screen.check_log(numbered(21));
    assert_eq!(screen.bars(), ["BAR#1"]);
    screen.check_no_gap();
}

/// Neither while the log grows down to the region nor afterwards.
#[test]
fn neither_blank_rows_nor_bars_scroll_out() {
    for rows in [3, 4, 5, 8, 20] {
        for bars in [1, 2, 4, 12] {
            let mut run = Scene::new("steps").arg(bars).arg(30).size(40, rows).start();
            for n in 0..30 {
                run.step();
                let screen = run.until_text(&format!("line {n}"));
                screen.check_numbered(n + 1, &format!("{bars} bars on {rows} rows"));
                let scrollback = screen.scrollback();
                let wanted: Vec<String> = numbered(n + 1).take(scrollback.len()).collect();
                assert_eq!(scrollback, wanted, "{bars} bars on {rows} rows, line {n}\n{screen}");
            }
            let (screen, _) = run.end();
            screen.check_log(numbered(30));
            screen.check_no_gap();
        }
    }
}

/// No line is lost in windows that are too narrow to read anything.
#[test]
fn one_and_two_columns() {
    for cols in [1, 2] {
        let mut run = Scene::new("steps").arg(2).arg(6).size(cols, 6).start();
        for n in 0..6 {
            run.step();
            let text = format!("line {n}");
            run.until(&text, |screen| screen.lines().contains(&text));
        }
        let (screen, status) = run.end();
        assert!(status.success());
        screen.check_numbered(6, &format!("{cols} columns"));
        let end = &BAR[..cols];
        screen.check_end(&format!("|{end}\n|{end}\n|_"));
    }
}

#[test]
fn finished_bars_move_up_into_the_log() {
    let mut run = Scene::new("moves-up").size(24, 8).start();
    run.until("the bars", |screen| screen.bars() == ["BAR#0", "BAR#2", "BAR#1"] && screen.has("line 0"));
    run.step();
    run.until_picture(
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
    run.step();
    run.until_text("open");
    run.step();
    run.until_picture(
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
    run.step();
    run.until("the first bar again", |screen| {
        screen.bars() == ["BAR#0", "BAR#1", "BAR#0", "BAR#2"] && screen.has("line 2")
    });
    let red = avt::Color::Indexed(1);
    let at = run.screen().rows().iter().position(|row| row == "line 2").expect("a row");
    let colors: Vec<_> = run.screen().cells(at)[..6].iter().map(|cell| cell.pen().foreground()).collect();
    assert_eq!(colors, [Some(red); 6]);
    let (screen, _) = run.end();
    assert_eq!(screen.names(), ["line 0", "BAR#0", "line 1", "open ended", "BAR#1", "line 2", "BAR#0", "BAR#2"]);
}

/// Half of the window stays with the log: the oldest bars that are finished move up.
#[test]
fn finished_bars_make_room_for_the_log() {
    let mut run = Scene::new("many-finished").arg(30).size(24, 10).start();
    let wanted = ["BAR#27", "BAR#28", "BAR#29", "BAR#0", "BAR#1"];
    let screen = run.until("all", |screen| screen.picture().ends_with(&wanted.map(str::to_owned)));
    assert!(!screen.picture()[4].starts_with(BAR), "\n{screen}");
    let (screen, _) = run.end();
    screen.check_log(numbered(30));
    let mut bars: Vec<_> = (0..30).map(|n| format!("BAR#{n}")).collect();
    bars.extend(["BAR#0".to_owned(), "BAR#1".to_owned()]);
    assert_eq!(screen.bars(), bars);
}

/// What is closed before its time never was on the screen, unless it stays.
#[test]
fn bars_of_quick_work_do_not_flash() {
    let mut run = Scene::new("delays").size(60, 8).start();
    run.until("two bars", |screen| screen.bars() == ["BAR#1", "BAR#2"]);
    let (screen, _) = run.end();
    assert_eq!(screen.bars(), ["BAR#1", "BAR#2"]);
    let all = String::from_utf8_lossy(screen.raw()).into_owned();
    assert!(!all.contains("BAR#0") && !all.contains("BAR#3"), "{all:?}");
}
