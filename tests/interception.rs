//! Whatever is printed while bars are shown, and by whatever means: it is above them, once, in order, as it was.
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
    let lines = numbered(20).map(|line| if line == "line 1" { "line 1 goes on".to_owned() } else { line });
    let mut wanted: Vec<String> = lines.collect();
    wanted.extend(["the end".into(), "BAR#0".into()]);
    let seen: Vec<String> = screen.lines().into_iter().filter(|line| !line.is_empty()).collect();
    assert_eq!(seen[..21], wanted[..21], "\n{screen}");
    assert!(seen[21].starts_with("BAR#0"), "\n{screen}");
}

#[test]
fn children_with_inherited_streams_see_a_terminal() {
    let (screen, status) = Scene::new("children").run();
    assert!(status.success());
    screen.check_log(numbered(24));
    assert_eq!(screen.bars(), ["BAR#0"]);
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
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("interception-{name}"));
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
