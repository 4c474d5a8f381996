//! Output to stdout and stderr appears above the bars, once, in order and unchanged.

use crate::support::Scene;
use crate::support::screen::numbered;

#[test]
fn both_streams_in_order_and_with_their_colors() {
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
fn writes_without_a_buffer() {
    let (screen, status) = Scene::new("raw-writes").run();
    assert!(status.success());
    screen.check_log(numbered(20));
    assert_eq!(screen.bars(), ["BAR#0"]);
}

#[test]
fn c_stdio_through_a_pty() {
    check_c_stdio("pty");
}

#[test]
fn c_stdio_through_a_pipe() {
    check_c_stdio("pipe");
}

/// What was in C's buffer before is above the bars too, and so is what is in it at the end.
#[track_caller]
fn check_c_stdio(interception: &str) {
    let (screen, status) = Scene::new("c-stdio").arg(interception).run();
    assert!(status.success());
    let mut wanted: Vec<String> = numbered(20).collect();
    wanted[1] = "line 1 goes on".into();
    wanted.extend(["the end".into(), "BAR#0".into()]);
    assert_eq!(screen.names(), wanted, "\n{screen}");
}

#[test]
fn several_threads_print_to_both_streams() {
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
fn a_flood_is_complete() {
    let (screen, status) = Scene::new("flood").arg(20_000).size(80, 24).run();
    assert!(status.success());
    screen.check_log(numbered(20_000));
    assert_eq!(screen.bars(), ["BAR#0"]);
}

/// Ctrl-S stops the terminal, and with it the program.
#[test]
fn nothing_is_lost_while_the_terminal_is_stopped() {
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

#[test]
fn lines_as_wide_as_the_window() {
    for rows in [4, 20] {
        let mut run = Scene::new("wide-lines").size(30, rows).start();
        let widths = [29, 30, 31, 59, 60, 61];
        run.step();
        for (at, width) in widths.into_iter().enumerate() {
            let lines = widths[..=at].iter().map(|width| "x".repeat(*width));
            run.until(&format!("{width} columns"), |screen| {
                screen.log().last().is_some_and(|line| line.len() == width) && screen.log().len() == at + 1
            });
            run.screen().check_log(lines.clone());
            run.step();
            run.until("the start of a line", |screen| screen.cursor().0 == 0);
            run.screen().check_log(lines);
            run.step();
        }
        let (screen, _) = run.end();
        screen.check_log(widths.map(|width| "x".repeat(width)));
        assert_eq!(screen.bars(), ["BAR#0"]);
    }
}

#[test]
fn stdout_is_made_non_blocking() {
    let (screen, status) = Scene::new("non-blocking").run();
    assert!(status.success());
    assert!(screen.has("the end"));
}

#[test]
fn dev_tty_is_the_terminal_too() {
    let (screen, status) = Scene::new("dev-tty").run();
    assert!(status.success());
    screen.check_log(numbered(20));
    assert_eq!(screen.bars(), ["BAR#0"]);
}

#[test]
fn isatty_is_as_documented() {
    for (interception, within) in [("pty", "(true, true)"), ("pipe", "(false, false)")] {
        let (screen, _) = Scene::new("isatty").arg(interception).run();
        assert_eq!(screen.log(), ["(true, true)", within, "(true, true)"]);
    }
}
