//! The region at the foot of the terminal: what stands in it, where, and what is left of it.
#![cfg(unix)]

mod support;

use std::fs::{self, File};
use std::io::Read;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;

use support::Scene;
use support::screen::{BAR, Screen, numbered};

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
    run.go();
    run.until_picture(
        "|line 1
         |line 2
         |_
         |BAR#0
         |BAR#1
         |BAR#2",
    );
}

/// One row stays with the log, and the last one says what is missing.
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
    run.go();
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
    // All of them are left.
    screen.check_log(numbered(3));
    assert_eq!(screen.bars(), (0..9).map(|n| format!("BAR#{n}")).collect::<Vec<_>>());
}

#[test]
fn a_window_of_one_row_has_no_room_for_bars() {
    let mut run = Scene::new("bars").arg(2).size(20, 1).start();
    run.go();
    let screen = run.until_text("line 2");
    screen.check("|_");
    assert_eq!(screen.scrollback(), ["line 0", "line 1", "line 2"]);
    let (screen, _) = run.end();
    assert_eq!(screen.bars(), ["BAR#0", "BAR#1"]);
}

#[test]
fn the_region_shrinks_as_bars_go() {
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
    run.go();
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
    run.go();
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
    run.go();
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
    run.go();
    let (screen, status) = run.end();
    assert!(status.success());
    screen.check_log(numbered(21));
    assert_eq!(screen.bars(), ["BAR#1"]);
    check_no_gap(&screen);
}

/// No blank row anywhere above the last line.
#[track_caller]
fn check_no_gap(screen: &Screen) {
    let mut lines = screen.lines();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    assert!(lines.iter().all(|line| !line.is_empty()), "a blank row\n{screen}");
}

/// While the region moves down to the bottom and after that, nothing of it gets into the
/// scrollback.
#[test]
fn neither_blank_rows_nor_bars_scroll_out() {
    for rows in [3, 4, 5, 8, 20] {
        for bars in [1, 2, 4, 12] {
            let mut run = Scene::new("steps").arg(bars).arg(30).size(40, rows).start();
            for n in 0..30 {
                run.go();
                let screen = run.until_text(&format!("line {n}"));
                screen.check_numbered(n + 1, &format!("{bars} bars on {rows} rows"));
                let scrollback = screen.scrollback();
                let wanted: Vec<String> = numbered(n + 1).take(scrollback.len()).collect();
                assert_eq!(scrollback, wanted, "{bars} bars on {rows} rows, line {n}\n{screen}");
            }
            let (screen, _) = run.end();
            screen.check_log(numbered(30));
            check_no_gap(&screen);
        }
    }
}

#[test]
fn two_managers_share_the_region() {
    let mut run = Scene::new("two-managers").size(20, 8).start();
    run.until_picture(
        "|line 0
         |line 1
         |_
         |
         |
         |
         |BAR#1
         |BAR#2",
    );
    run.go();
    run.until_picture(
        "|line 0
         |line 1
         |BAR#1
         |line 2
         |_
         |
         |
         |BAR#2",
    );
    run.go();
    run.until_picture(
        "|line 0
         |line 1
         |BAR#1
         |line 2
         |line 3
         |_
         |BAR#2
         |BAR#3",
    );
    run.go();
    run.until_picture(
        "|line 1
         |BAR#1
         |line 2
         |line 3
         |BAR#2
         |line 4
         |_
         |BAR#3",
    );
    run.go();
    let (screen, status) = run.end();
    assert!(status.success());
    assert_eq!(
        screen.names(),
        ["line 0", "line 1", "BAR#1", "line 2", "line 3", "BAR#2", "line 4", "BAR#3", "line 5"],
        "\n{screen}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn two_hundred_managers_leave_nothing_behind() {
    let (screen, status) = Scene::new("many-managers").run();
    assert!(status.success());
    assert_eq!(screen.log(), ["0 more descriptors"]);
    assert!(screen.bars().is_empty());
}

const WORKED: [&str; 22] = [
    "line 0",
    "line 1",
    "line 2",
    "line 3",
    "line 4",
    "line 5",
    "line 6",
    "line 7",
    "line 8",
    "line 9",
    "line 10",
    "line 11",
    "line 12",
    "line 13",
    "line 14",
    "line 15",
    "line 16",
    "line 17",
    "line 18",
    "line 19",
    "count: 40",
    "",
];

/// Not one byte more than was printed.
#[test]
fn a_dumb_terminal_gets_nothing_of_ours() {
    for term in ["dumb", ""] {
        let (screen, status) = Scene::new("work").env("TERM", term).run();
        assert!(status.success());
        assert_eq!(screen.raw(), format!("enabled: false\r\n{}", WORKED.join("\r\n")).as_bytes());
    }
}

#[test]
fn without_a_terminal_nothing_is_shown() {
    let path =
        |name: &str| Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("region-{name}-{}", std::process::id()));
    let file = |name: &str| File::create(path(name)).expect("a file for the test");
    let (screen, status) = Scene::new("work").stdout(file("out")).stderr(file("err")).run();
    assert!(status.success());
    assert_eq!(screen.raw(), b"");
    let read = |name: &str| fs::read_to_string(path(name)).expect("the file is there");
    assert_eq!(read("out"), format!("enabled: false\n{}", WORKED.join("\n")));
    assert_eq!(read("err"), "");
}

/// Through a pipe between two sockets: `std::io::pipe` is newer than the oldest Rust we support.
#[test]
fn into_a_pipe_nothing_is_shown() {
    let (mut out, theirs) = UnixStream::pair().expect("two sockets");
    let theirs = File::from(OwnedFd::from(theirs));
    let err = theirs.try_clone().expect("another end");
    let run = Scene::new("work").stdout(theirs).stderr(err).start();
    let (screen, status) = run.end();
    assert!(status.success());
    assert_eq!(screen.raw(), b"");
    let mut text = String::new();
    out.read_to_string(&mut text).expect("text");
    assert_eq!(text, format!("enabled: false\n{}", WORKED.join("\n")));
}

#[test]
fn no_color_is_no_colour() {
    let mut run = Scene::new("work").env("NO_COLOR", "1").size(100, 24).start();
    let screen = run.until("text and bar", |screen| screen.has("count: 40") && screen.bars() == ["BAR#0"]);
    assert!(screen.rows()[23].starts_with(BAR));
    assert!(screen.cells(23).iter().all(|cell| cell.pen().foreground().is_none() && cell.pen().background().is_none()));
    run.end();

    // The same without the variable has some.
    let mut run = Scene::new("work").size(100, 24).start();
    let screen = run.until("text and bar", |screen| screen.has("count: 40") && screen.bars() == ["BAR#0"]);
    assert!(screen.cells(23).iter().any(|cell| cell.pen().foreground().is_some()));
    run.end();
}

/// Nothing is lost in windows in which nothing can be read.
#[test]
fn one_and_two_columns() {
    for cols in [1, 2] {
        let mut run = Scene::new("steps").arg(2).arg(6).size(cols, 6).start();
        for n in 0..6 {
            run.go();
            let text = format!("line {n}");
            run.until(&text, |screen| screen.lines().contains(&text));
        }
        let (screen, status) = run.end();
        assert!(status.success());
        screen.check_numbered(6, &format!("{cols} columns"));
        let end = &BAR[..cols];
        screen.check_end(&[end, end, "_"]);
    }
}
