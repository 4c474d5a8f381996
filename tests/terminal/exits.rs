//! Ways out of a program, apart from signals. After each of them the output is complete, the bars
//! are ordinary lines, and the terminal is restored. The bars stand below the output; if the program
//! fails, above what it printed last.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::Scene;
use crate::support::pty::Run;
use crate::support::screen::numbered;

/// Runs the program, and checks that its output is complete and the terminal restored.
#[track_caller]
fn exit(way: &str) -> Run {
    run_to_end(Scene::new("exit").arg(way))
}

#[track_caller]
fn run_to_end(scene: Scene) -> Run {
    let mut run = scene.size(40, 16).env("RUST_BACKTRACE", "0").in_shell().start();
    run.until_text("$");
    run.check_restored();
    let screen = run.screen();
    assert!(screen.log().starts_with(&numbered(12).collect::<Vec<_>>()), "\n{screen}");
    run
}

const STATUS_0: &str = "
    |line 11
    |BAR#0
    |BAR#1
    |[exit status: 0]
    |$ _";

/// Checks that the bars stand above what was printed last, and how the screen ends.
#[track_caller]
fn check_bars_above(run: &Run, end: &[&str]) {
    let screen = run.screen();
    let names = screen.names();
    let bars = names.iter().position(|name| name == "BAR#0").expect("a bar");
    assert_eq!(names[bars + 1], "BAR#1", "\n{screen}");
    assert!(
        bars + 2 + end.len() <= names.len()
            && names.iter().rev().zip(end.iter().rev()).all(|(name, wanted)| name == wanted),
        "\n{screen}"
    );
    assert_eq!(screen.bars().len(), 2, "\n{screen}");
}

#[test]
fn the_manager_is_dropped() {
    exit("drop").screen().check_end(STATUS_0);
}

#[test]
fn the_manager_is_stopped() {
    exit("stop").screen().check_end(
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
    exit("leak").screen().check_end(STATUS_0);
}

#[test]
fn the_manager_is_in_a_static() {
    exit("static").screen().check_end(STATUS_0);
}

#[test]
fn exit_is_called() {
    check_bars_above(&exit("exit"), &["line 11", "[exit status: 3]", "$"]);
    exit("exit-0").screen().check_end(STATUS_0);
}

#[test]
fn exit_is_called_in_a_thread() {
    check_bars_above(&exit("thread-exit"), &["line 11", "[exit status: 3]", "$"]);
}

#[test]
fn an_error_is_read_last() {
    for way in ["error", "late"] {
        check_bars_above(&exit(way), &["error: no", "[exit status: 3]", "$"]);
    }
}

#[test]
fn a_line_is_open_at_the_end() {
    check_bars_above(&exit("open"), &["line 11", "open[exit status: 3]", "$"]);
}

/// Checks that the message of the panic is there once.
#[track_caller]
fn check_message(run: &Run) {
    let screen = run.screen();
    assert_eq!(screen.log().iter().filter(|line| *line == "oh no").count(), 1, "\n{screen}");
}

#[test]
fn main_panics() {
    let run = exit("panic");
    check_message(&run);
    let screen = run.screen();
    let message = screen.names().iter().position(|name| name == "oh no");
    assert!(message > screen.names().iter().position(|name| name == "BAR#1"), "\n{screen}");
}

const GOES_ON: &str = "
    |goes on
    |BAR#0
    |BAR#1
    |[exit status: 0]
    |$ _";

#[test]
fn a_panic_is_caught() {
    let run = exit("caught");
    check_message(&run);
    run.screen().check_end(GOES_ON);
}

#[test]
fn a_thread_panics_and_main_goes_on() {
    let run = exit("panic-in-thread");
    check_message(&run);
    run.screen().check_end(GOES_ON);
}

/// With `panic = "abort"`, nothing is unwound and nothing is dropped.
#[test]
fn a_panic_that_aborts() {
    let program = aborting_scenes();
    for way in ["panic", "panic-in-thread"] {
        let run = run_to_end(Scene::of(program.clone(), "exit").arg(way));
        check_message(&run);
        let screen = run.screen();
        assert_eq!(screen.bars(), ["BAR#0", "BAR#1"], "\n{screen}");
        let end = screen.picture().join("\n");
        assert!(end.trim_end().ends_with("\n$ _") && end.contains("\n[signal: 6 (SIGABRT)"), "\n{screen}");
    }
}

/// Another build of the scenes. It has a target directory of its own, because the panic strategy is
/// the same for all crates of a build.
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

#[test]
fn crashes() {
    for (way, status, message) in [
        ("abort", "signal: 6 (SIGABRT)", None),
        ("abort-in-thread", "signal: 6 (SIGABRT)", None),
        // SIGABRT; or SIGSEGV, where the signal stack overflows too because the processor saves many
        // registers there.
        ("overflow", "signal: ", Some("overflowed its stack")),
        ("fault", "signal: 11 (SIGSEGV)", None),
    ] {
        let run = exit(way);
        let screen = run.screen();
        let log = screen.log();
        assert!(message.is_none_or(|message| log.iter().any(|line| line.contains(message))), "{way}\n{screen}");
        let end = screen.picture().join("\n");
        // The status may be followed by a note about a core dump.
        assert!(end.contains(&format!("\n[{status}")) && end.trim_end().ends_with("\n$ _"), "{way}\n{screen}");
        assert!(end.find("BAR#1") < end.find("line 11"), "{way}\n{screen}");
    }
}
