//! Without interception, a scroll region keeps the output above the bars, and is removed on every
//! way out.

use crate::support::Scene;
use crate::support::bytes::Modes;
use crate::support::pty::Run;
use crate::support::screen::numbered;

/// Starts the scene, and goes on to its second step.
fn running(way: &str) -> Run {
    let mut run = Scene::new("scroll-region").arg(way).size(30, 8).in_shell().start();
    run.until_picture(
        "|line 0
         |line 1
         |line 2
         |_
         |
         |
         |BAR#0
         |BAR#1",
    );
    run.step();
    run.until_picture(
        "|line 7
         |line 8
         |line 9
         |line 10
         |line 11
         |_
         |BAR#0
         |BAR#1",
    );
    assert_eq!(run.screen().scrollback(), numbered(7).collect::<Vec<_>>());
    run
}

/// Waits for the prompt after the program, and checks the last rows of the screen.
#[track_caller]
fn check_end(mut run: Run, picture: &str) {
    run.until_text("$");
    run.check_restored();
    let screen = run.screen();
    assert!(screen.log().starts_with(&numbered(12).collect::<Vec<_>>()), "\n{screen}");
    screen.check_end(picture);
}

#[test]
fn the_manager_is_dropped() {
    let mut run = running("drop");
    run.step();
    check_end(run, "|line 11\n|BAR#0\n|BAR#1\n|[exit status: 0]\n|$ _");
}

#[test]
fn signals_and_crashes() {
    for (way, status) in
        [("TERM", "signal: 15 (SIGTERM)"), ("INT", "signal: 2 (SIGINT)"), ("abort", "signal: 6 (SIGABRT)")]
    {
        let mut run = running(way);
        run.step();
        check_end(run, &format!("|line 11\n|BAR#0\n|BAR#1\n|[{status}]\n|$ _"));
    }
}

#[test]
fn main_panics() {
    let mut run = running("panic");
    run.step();
    run.until_text("$");
    assert_eq!(run.screen().log().iter().filter(|line| *line == "oh no").count(), 1);
    check_end(run, "|[exit status: 101]\n|$ _");
}

#[test]
fn the_terminal_is_suspended() {
    let mut run = running("suspend");
    run.step();
    run.until_picture(
        "|line 7
         |line 8
         |line 9
         |line 10
         |line 11
         |alone
         |_
         |",
    );
    assert!(Modes::after(run.screen().raw()).are_plain());
    run.step();
    check_end(run, "|alone\n|BAR#0\n|BAR#1\n|[exit status: 0]\n|$ _");
}

#[test]
fn the_window_is_resized() {
    let mut run = running("drop");
    for (cols, rows) in [(20, 6), (30, 9), (12, 9), (12, 2), (30, 8)] {
        run.resize(cols, rows);
        let shown = rows.saturating_sub(2).min(2);
        run.until("the bars on the last rows", |screen| {
            let rows = screen.rows();
            let found = rows.iter().enumerate().filter(|(_, row)| row.starts_with("BAR#"));
            found.map(|(at, _)| rows.len() - at).eq((1..=shown).rev())
        });
    }
    run.step();
    check_end(run, "|[exit status: 0]\n|$ _");
}
