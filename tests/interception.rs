//! Whatever is printed while bars are shown, and by whatever means: it is above them, once, in
//! order, as it was.
#![cfg(unix)]

mod support;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use support::Scene;
use support::screen::numbered;

#[test]
fn both_streams_in_order_and_with_their_colours() {
    let mut run = Scene::new("streams").size(40, 12).start();
    let screen = run.until_text("line 39");
    screen.check_log((0..40).map(|n| format!("line {n} {}", if n % 2 == 0 { "red" } else { "rgb" })));
    screen.check(
        "|line 31 rgb
         |line 32 red
         |line 33 rgb
         |line 34 red
         |line 35 rgb
         |line 36 red
         |line 37 rgb
         |line 38 red
         |line 39 rgb
         |_
         |BAR#0
         |BAR#1",
    );
    let (red, rgb) = (screen.cells(7), screen.cells(8));
    assert!(red[..8].iter().all(|cell| cell.pen().is_default()));
    assert!(red[8..11].iter().all(|cell| cell.pen().foreground() == Some(avt::Color::Indexed(1))));
    let color = avt::Color::RGB(avt::Rgb { r: 1, g: 2, b: 3 });
    assert!(rgb[8..11].iter().all(|cell| cell.pen().is_bold() && cell.pen().foreground() == Some(color)));
    assert!(rgb[11..].iter().all(|cell| cell.pen().is_default()));
}

#[test]
fn writes_that_bypass_all_buffers() {
    let (screen, status) = Scene::new("raw-writes").run();
    assert!(status.success());
    screen.check_log(numbered(20));
    assert_eq!(screen.bars(), ["BAR#0"]);
}

/// What C's buffer held before is above the bars too, and so is what it holds at the end.
#[test]
fn c_stdio_through_a_pty() {
    c_stdio("pty");
}

#[test]
fn c_stdio_through_a_pipe() {
    c_stdio("pipe");
}

#[track_caller]
fn c_stdio(interception: &str) {
    let (screen, status) = Scene::new("c-stdio").arg(interception).run();
    assert!(status.success());
    let mut wanted: Vec<String> = numbered(20).collect();
    wanted[1] = "line 1 goes on".into();
    wanted.extend(["the end".into(), "BAR#0".into()]);
    assert_eq!(screen.names(), wanted, "\n{screen}");
}

#[test]
fn children_with_inherited_streams_see_a_terminal() {
    let (screen, status) = Scene::new("children").run();
    assert!(status.success());
    screen.check_log(numbered(24));
    assert_eq!(screen.bars(), ["BAR#0"]);
}

/// What was printed before the terminal was made raw has its carriage returns, however slow it was
/// on its way.
#[test]
fn a_line_right_before_raw_mode() {
    let mut run = Scene::new("raw-mode").typed().start();
    for n in 0..5 {
        run.until_text(&format!("line {}", 2 * n + 1));
        run.type_keys("\n");
    }
    let (screen, status) = run.end();
    assert!(status.success());
    let log: Vec<String> = screen.log().into_iter().filter(|line| !line.is_empty()).collect();
    assert_eq!(log, numbered(10).collect::<Vec<_>>(), "\n{screen}");
}

#[test]
fn stdout_is_made_non_blocking() {
    let (screen, status) = Scene::new("non-blocking").run();
    assert!(status.success());
    assert!(screen.has("the end"));
}

#[test]
fn stopped_while_the_terminal_is_lent() {
    let (screen, status) = Scene::new("stop-while-lent").run();
    assert!(status.success());
    screen.check_log(numbered(2));
}

/// The child's manager notices that it is above another's bars, and shows none.
#[test]
fn a_child_with_a_manager_of_its_own() {
    let (screen, status) = Scene::new("nested").run();
    assert!(status.success());
    let lines: Vec<String> = screen.log();
    // The child prints its three lines between ours, and nothing else.
    assert_eq!(lines, ["line 0", "line 0", "line 1", "line 2", "line 3"], "\n{screen}");
    assert_eq!(screen.bars(), ["BAR#0"]);
    assert!(!String::from_utf8_lossy(screen.raw()).contains("BAR#1"));
}

#[test]
fn threads_that_print_to_both_streams() {
    let (screen, status) = Scene::new("threads").run();
    assert!(status.success());
    let log = screen.log();
    for t in 0..4 {
        let start = format!("thread {t} ");
        let mut seen = log.iter().filter(|line| line.starts_with(&start));
        for n in 0..250 {
            assert_eq!(seen.next(), Some(&format!("thread {t} line {n}")));
        }
        assert_eq!(seen.next(), None);
    }
    assert_eq!(log.len(), 1000);
    assert_eq!(screen.bars(), ["BAR#0"]);
}

#[test]
fn a_line_that_is_not_ended_stays_open() {
    let mut run = Scene::new("partial").size(20, 4).start();
    run.until_picture(
        "|work _
         |
         |
         |BAR#0",
    );
    run.go();
    run.until_picture(
        "|work ..._
         |
         |
         |BAR#0",
    );
    run.go();
    run.until_picture(
        "|work ... done
         |again_
         |
         |BAR#0",
    );
    run.go();
    run.until_picture(
        "|work ... done
         |AGAIN_
         |
         |BAR#0",
    );
    let (screen, _) = run.end();
    screen.check(
        "|work ... done
         |AGAIN
         |BAR#0
         |_",
    );
}

/// What stands in the cursor's row when the manager starts is not known to it.
#[test]
fn a_line_that_was_open_before() {
    for way in ["at-once", "resized", "continued"] {
        let mut run = Scene::new("open-before").arg(way).size(20, 5).start();
        run.until_picture(
            "|loading _
             |
             |
             |
             |BAR#0",
        );
        if way == "resized" {
            run.resize(22, 5);
            run.until("a bar as wide as the window", |screen| screen.bar_widths() == [22]);
        }
        run.go();
        let (screen, _) = run.end();
        let line = if way == "at-once" { "loading" } else { "loading done" };
        screen.check(&format!("|{line}\n|BAR#0\n|_\n|\n|"));
    }
}

/// The cursor is at the start of the line, and what stands there stays until the program itself
/// writes over it.
#[test]
fn a_line_that_is_written_over() {
    let mut run = Scene::new("written-over").size(20, 4).start();
    for (percent, cols) in [(10, 22), (50, 24), (90, 26)] {
        let picture = format!("|line 0\n|_{percent}% done\n|\n|BAR#0");
        run.until_picture(&picture);
        // Painted anew, because the window has changed.
        run.resize(cols, 4);
        run.until("a bar as wide as the window", |screen| screen.bar_widths() == [cols]);
        run.until_picture(&picture);
        run.go();
    }
    let (screen, _) = run.end();
    screen.check(
        "|line 0
         |90% done
         |BAR#0
         |_",
    );
}

#[test]
fn what_is_typed_stands_behind_the_prompt() {
    let mut run = Scene::new("prompt").size(20, 4).typed().start();
    run.until_picture(
        "|name? _
         |
         |
         |BAR#0",
    );
    run.type_keys("jo");
    run.until_picture(
        "|name? jo_
         |
         |
         |BAR#0",
    );
    run.type_keys("e\r");
    run.until_picture(
        "|name? joe
         |hello joe
         |_
         |BAR#0",
    );
    run.type_keys("\r");
    let (screen, status) = run.end();
    assert!(status.success());
    assert_eq!(screen.log(), ["name? joe", "hello joe"]);
    assert_eq!(screen.bars(), ["BAR#0"]);
}

#[test]
fn sequences_and_characters_in_single_bytes() {
    for _ in 0..5 {
        let mut run = Scene::new("bytewise").size(40, 5).start();
        let screen = run.until_text("plain");
        screen.check(
            "|é漢🚀e\u{301} link end
             |plain
             |_
             |
             |BAR#0",
        );
        let cells = screen.cells(0);
        assert!(cells[0].pen().is_bold());
        assert!(cells[7].pen().is_default(), "\n{screen}");
        run.end();
    }
}

#[test]
fn lines_as_wide_as_the_window() {
    for rows in [4, 20] {
        let mut run = Scene::new("wide-lines").size(30, rows).start();
        let widths = [29, 30, 31, 59, 60, 61];
        run.go();
        for (at, width) in widths.into_iter().enumerate() {
            let lines = widths[..=at].iter().map(|width| "x".repeat(*width));
            run.until(&format!("{width} columns"), |screen| {
                screen.log().last().is_some_and(|line| line.len() == width) && screen.log().len() == at + 1
            });
            run.screen().check_log(lines.clone());
            run.go();
            run.until("the start of a line", |screen| screen.cursor().0 == 0);
            run.screen().check_log(lines);
            run.go();
        }
        let (screen, _) = run.end();
        screen.check_log(widths.map(|width| "x".repeat(width)));
        assert_eq!(screen.bars(), ["BAR#0"]);
    }
}

#[test]
fn a_flood_is_all_there() {
    let (screen, status) = Scene::new("flood").arg(20_000).size(80, 24).run();
    assert!(status.success());
    screen.check_log(numbered(20_000));
    assert_eq!(screen.bars(), ["BAR#0"]);
}

#[test]
fn a_stream_that_is_a_file_is_left_alone() {
    let (path, file) = file("stdout");
    let mut run = Scene::new("file").arg("stdout").stdout(file).start();
    let screen = run.until_text("err 9");
    screen.check_log((0..10).map(|n| format!("err {n}")));
    assert_eq!(screen.bars(), ["BAR#0"]);
    // Written at once, not when the manager has gone.
    check_file(&path, "out");
    let (screen, status) = run.end();
    assert!(status.success());
    assert_eq!(screen.bars(), ["BAR#0"]);
    check_file(&path, "out");

    let (path, file) = self::file("stderr");
    let mut run = Scene::new("file").arg("stderr").stderr(file).start();
    let screen = run.until_text("out 9");
    screen.check_log((0..10).map(|n| format!("out {n}")));
    assert_eq!(screen.bars(), ["BAR#0"]);
    check_file(&path, "err");
    let (_, status) = run.end();
    assert!(status.success());
    check_file(&path, "err");
}

fn file(name: &str) -> (PathBuf, File) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("interception-{name}-{}", std::process::id()));
    let file = File::create(&path).expect("a file for the test");
    (path, file)
}

#[track_caller]
fn check_file(path: &Path, word: &str) {
    let wanted: String = (0..10).map(|n| format!("{word} {n}\n")).collect();
    assert_eq!(fs::read_to_string(path).expect("the file is there"), wanted);
}

#[test]
fn isatty_says_what_the_documentation_says() {
    for (interception, within) in [("pty", "(true, true)"), ("pipe", "(false, false)")] {
        let (screen, _) = Scene::new("isatty").arg(interception).run();
        assert_eq!(screen.log(), ["(true, true)", within, "(true, true)"]);
    }
}

#[test]
fn a_child_that_outlives_the_manager_has_a_stdout() {
    let mut run = Scene::new("survivor").start();
    run.until_text("line 0");
    run.go();
    let screen = run.until_text("line 2");
    assert_eq!(screen.log(), ["line 0", "gone", "line 1", "line 2"]);
    let (_, status) = run.end();
    assert!(status.success());
}

#[test]
fn a_full_screen_program_has_the_whole_screen() {
    let mut run = Scene::new("full-screen").size(20, 5).start();
    run.until_text("line 0");
    run.go();
    run.until_picture(
        "|full screen_
         |
         |
         |
         |",
    );
    run.go();
    run.until_picture(
        "|full screen
         |
         |  more_
         |
         |",
    );
    run.go();
    run.until_picture(
        "|line 0
         |line 1
         |_
         |
         |BAR#0",
    );
    let (screen, _) = run.end();
    assert_eq!((screen.log(), screen.bars()), (vec!["line 0".into(), "line 1".into()], vec!["BAR#0".into()]));
}

#[test]
fn programs_behind_us_know_the_size_of_the_window() {
    let mut run = Scene::new("size").size(30, 8).start();
    run.until_text("30 x 8");
    for (cols, rows) in [(40, 8), (40, 20), (7, 3), (100, 30)] {
        run.resize(cols, rows);
        let text = format!("{cols} x {rows}");
        run.until(&text, |screen| screen.lines().contains(&text));
    }
    run.resize(1, 1);
    let (_, status) = run.end();
    assert!(status.success());
}

/// The terminal is taken and given back while another thread prints. Every line is there once,
/// whole. What was on its way at the moment of giving back may come after what that thread printed
/// next, directly.
#[test]
fn managers_come_and_go_while_lines_are_printed() {
    let (screen, status) = Scene::new("come-and-go").size(60, 12).run();
    assert!(status.success());
    // The order between threads is not kept where the terminal is given back, but no line is torn.
    let sorted = |mut lines: Vec<String>| {
        lines.sort_unstable();
        lines
    };
    assert!(sorted(screen.log()) == sorted(numbered(2000).collect()), "\n{screen}");
    assert!(screen.bars().is_empty());
}

/// Ctrl-S stops the terminal, and with it the program; nothing is lost meanwhile.
#[test]
fn a_terminal_that_takes_nothing_for_a_while() {
    let mut run = Scene::new("flood").arg(2000).size(80, 24).start();
    for n in [100, 500, 900] {
        let text = format!("line {n}");
        run.until(&text, |screen| screen.lines().contains(&text));
        run.type_keys("\x13");
        run.type_keys("\x11");
    }
    let (screen, status) = run.end();
    assert!(status.success());
    screen.check_log(numbered(2000));
}
