//! The ways out of a program: after each of them, everything printed is on the screen, the bars are
//! ordinary lines below it, and the terminal is as it was before.
//!
//! The programs are started by something like a shell, which then writes where the cursor is:
//! `[how it ended]` and a prompt.
#![cfg(unix)]

mod support;

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::Signal;
use support::Scene;
use support::bytes::Modes;
use support::pty::Run;
use support::screen::{Screen, numbered};

/// Runs a scene to its end and looks at what it leaves behind.
#[track_caller]
fn after(scene: Scene) -> Run {
    let mut run = scene.size(40, 16).in_shell().start();
    run.until_text("$");
    check_sane(&run);
    run
}

#[track_caller]
fn check_sane(run: &Run) {
    run.check_settings();
    let screen = run.screen();
    assert!(screen.is_cursor_visible());
    let modes = Modes::after(screen.raw());
    assert!(modes.are_plain() && modes.colors().is_empty(), "{modes:?}\n{screen}");
}

/// The rows of the screen from the last line that was printed in order.
#[track_caller]
fn check_end(screen: &Screen, end: &str) {
    let log = screen.log();
    assert!(log.starts_with(&numbered(12).collect::<Vec<_>>()), "\n{screen}");
    let rows = screen.picture();
    let last =
        rows.iter().rposition(|row| row == "line 11").unwrap_or_else(|| panic!("line 11 is not there\n{screen}"));
    let mut seen = rows[last..].to_vec();
    while seen.last().is_some_and(String::is_empty) {
        seen.pop();
    }
    assert_eq!(seen, support::screen::drawn(end), "\n{screen}");
}

fn exit(way: &str) -> Run {
    after(Scene::new("exit").arg(way))
}

const LEFT: &str = "
    |line 11
    |BAR#0
    |BAR#1
    |[exit status: 0]
    |$ _";

const LEFT_WITH_STATUS_3: &str = "
    |line 11
    |BAR#0
    |BAR#1
    |[exit status: 3]
    |$ _";

#[test]
fn the_manager_is_dropped() {
    check_end(exit("drop").screen(), LEFT);
}

#[test]
fn the_manager_is_stopped() {
    let run = exit("stop");
    check_end(
        run.screen(),
        "|line 11
         |BAR#0
         |BAR#1
         |after
         |[exit status: 0]
         |$ _",
    );
}

#[test]
fn the_manager_is_forgotten() {
    check_end(exit("leak").screen(), LEFT);
}

#[test]
fn the_manager_is_in_a_static() {
    check_end(exit("static").screen(), LEFT);
}

#[test]
fn exit_is_called_somewhere() {
    check_end(exit("exit").screen(), LEFT_WITH_STATUS_3);
}

#[test]
fn exit_is_called_in_a_thread() {
    check_end(exit("thread-exit").screen(), LEFT_WITH_STATUS_3);
}

#[test]
fn a_line_is_open_at_the_end() {
    let run = exit("open");
    check_end(
        run.screen(),
        "|line 11
         |open
         |BAR#0
         |BAR#1
         |[exit status: 3]
         |$ _",
    );
}

#[test]
fn main_panics() {
    let run = exit("panic");
    let screen = run.screen();
    let log = screen.log();
    let message = log.iter().position(|line| line == "oh no").unwrap_or_else(|| panic!("no message\n{screen}"));
    assert!(log[..message].starts_with(&numbered(12).collect::<Vec<_>>()), "\n{screen}");
    let rows = screen.picture();
    assert!(rows.join("\n").trim_end().ends_with("BAR#0\nBAR#1\n[exit status: 101]\n$ _"), "\n{screen}");
}

#[test]
fn a_panic_is_caught() {
    check_panic_that_ends_nothing("caught");
}

#[test]
fn a_thread_panics_and_main_goes_on() {
    check_panic_that_ends_nothing("panic-in-thread");
}

/// The message is above the bars, once.
#[track_caller]
fn check_panic_that_ends_nothing(way: &str) {
    let run = exit(way);
    let screen = run.screen();
    let log = screen.log();
    assert_eq!(log.iter().filter(|line| *line == "oh no").count(), 1, "\n{screen}");
    let rows = screen.picture();
    assert!(rows.join("\n").trim_end().ends_with("goes on\nBAR#0\nBAR#1\n[exit status: 0]\n$ _"), "\n{screen}");
}

/// With `panic = "abort"` nothing is unwound and nothing dropped.
#[test]
fn a_panic_that_aborts() {
    let program = aborting_scenes();
    for way in ["panic", "panic-in-thread"] {
        let run = after(Scene::of(program.clone(), "exit").arg(way));
        let screen = run.screen();
        let log = screen.log();
        assert!(log.starts_with(&numbered(12).collect::<Vec<_>>()), "\n{screen}");
        assert_eq!(log.iter().filter(|line| *line == "oh no").count(), 1, "\n{screen}");
        assert_eq!(screen.bars(), ["BAR#0", "BAR#1"], "\n{screen}");
        let rows = screen.picture();
        let end = rows.join("\n");
        assert!(end.trim_end().ends_with("\n$ _") && end.contains("\n[signal: 6 (SIGABRT)"), "\n{screen}");
    }
}

/// Another build of the scenes, in a target directory of its own: how a panic ends holds for all
/// crates of a build.
fn aborting_scenes() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("abort");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--example", "scenes", "--config", "profile.dev.panic=\"abort\"", "--target-dir"])
        .arg(&target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(status.expect("cargo starts").success());
    target.join("debug").join("examples").join("scenes")
}

/// Everything that was printed before a crash is there.
#[test]
fn crashes() {
    for (way, status, said) in [
        ("abort", "signal: 6 (SIGABRT)", None),
        ("abort-in-thread", "signal: 6 (SIGABRT)", None),
        // By SIGABRT; but where the processor has much to save, the stack for signals may overflow
        // as well.
        ("overflow", "signal: ", Some("overflowed its stack")),
        ("fault", "signal: 11 (SIGSEGV)", None),
    ] {
        let run = exit(way);
        let screen = run.screen();
        let log = screen.log();
        assert!(log.starts_with(&numbered(12).collect::<Vec<_>>()), "{way}\n{screen}");
        assert!(said.is_none_or(|said| log.iter().any(|line| line.contains(said))), "{way}\n{screen}");
        let end = screen.picture().join("\n");
        // A shell may add that there is a core dump.
        let wanted = format!("BAR#0\nBAR#1\n[{status}");
        assert!(end.contains(&wanted) && end.trim_end().ends_with("\n$ _"), "{way}\n{screen}");
    }
}

/// Sent to the program by itself: death by that very signal, after the last words.
#[test]
fn signals_that_end_a_program() {
    for (signal, status) in [
        ("INT", "signal: 2 (SIGINT)"),
        ("TERM", "signal: 15 (SIGTERM)"),
        ("HUP", "signal: 1 (SIGHUP)"),
        ("QUIT", "signal: 3 (SIGQUIT)"),
    ] {
        let mut run = Scene::new("signal").arg(signal).size(40, 16).in_shell().start();
        run.until_text("line 11");
        run.go();
        run.until_text("$");
        check_sane(&run);
        check_end(
            run.screen(),
            &format!(
                "|line 11
                 |the last line
                 |BAR#0
                 |BAR#1
                 |[{status}]
                 |$ _"
            ),
        );
    }
}

/// The terminal writes `^C` where the cursor is. Shell and program both get the signal; the shell
/// has other plans.
#[test]
fn control_c_is_typed() {
    let mut run = Scene::new("signal").arg("none").size(40, 16).in_shell().start();
    run.until("the bars", |screen| screen.has("line 11") && screen.bars() == ["BAR#0", "BAR#1"]);
    run.go();
    run.until_text("the last line");
    run.type_keys("\x03");
    run.until_text("$");
    check_sane(&run);
    let screen = run.screen();
    let log: Vec<String> = screen.log().into_iter().filter(|line| line != "^C").collect();
    assert_eq!(log[12..], ["the last line", "[signal: 2 (SIGINT)]", "$"], "\n{screen}");
    assert_eq!(screen.bars(), ["BAR#0", "BAR#1"]);
    let rows = screen.picture();
    assert!(rows.join("\n").trim_end().ends_with("BAR#0\nBAR#1\n[signal: 2 (SIGINT)]\n$ _"), "\n{screen}");
}

/// A signal from outside, to a program that is the leader of its session. Only SIGTERM: the others
/// may be ignored by whoever runs the tests (`nohup`, a shell's background job), and programs
/// inherit that.
#[test]
fn a_signal_from_outside() {
    let mut run = Scene::new("signal").arg("none").size(40, 16).start();
    run.until_text("line 11");
    run.go();
    run.until_text("the last line");
    run.signal(Signal::TERM);
    let (screen, status) = run.end();
    assert_eq!(status.signal(), Some(Signal::TERM.as_raw()));
    check_end(
        &screen,
        "|line 11
         |the last line
         |BAR#0
         |BAR#1
         |_",
    );
}

/// Somebody has typed Ctrl-S: a program that is being killed does not wait for Ctrl-Q.
#[test]
fn a_signal_while_the_terminal_takes_nothing() {
    let mut run = Scene::new("signal").arg("none").size(40, 16).start();
    run.until("the bars", |screen| screen.has("line 11") && screen.bars() == ["BAR#0", "BAR#1"]);
    run.type_keys("\x13");
    run.go();
    run.signal(Signal::TERM);
    let (screen, status) = run.end();
    assert_eq!(status.signal(), Some(Signal::TERM.as_raw()));
    assert!(Modes::after(screen.raw()).are_plain());
}

/// The program decides what a signal means: nothing changes on the screen.
#[test]
fn the_program_handles_the_signal_itself() {
    for when in ["before", "after"] {
        let mut run = Scene::new("own-handler").arg(when).size(40, 16).in_shell().start();
        for n in 1..4 {
            let text = format!("line {n}");
            run.until("the line and the bar", |screen| screen.has(&text) && screen.bars() == ["BAR#0"]);
            run.screen().check_log(numbered(n + 1));
            run.go();
        }
        run.until_text("$");
        check_sane(&run);
        run.screen().check_log(numbered(4).chain(["[exit status: 4]".into(), "$".into()]));
        assert_eq!(run.screen().bars(), ["BAR#0"]);
    }
}

#[test]
fn a_handler_outlives_the_manager() {
    let (screen, status) = Scene::new("handler-stays").run();
    assert!(status.success(), "\n{screen}");
    assert!(screen.has("goes on"));
}

/// Nothing can be done about it, and nothing need be: the terminal is sane between two frames, and
/// the next prompt works.
#[test]
fn kill_9() {
    let mut run = Scene::new("signal").arg("KILL").size(40, 16).in_shell().start();
    run.until("the bars", |screen| screen.has("line 11") && screen.rows().iter().any(|row| row.starts_with("BAR#1")));
    run.go();
    run.until_text("$");
    check_sane(&run);
    let screen = run.screen();
    assert!(screen.log().starts_with(&numbered(12).collect::<Vec<_>>()), "\n{screen}");
    let rows = screen.picture();
    assert!(rows.contains(&"$ _".to_owned()), "\n{screen}");
}
