//! Without interception: the terminal keeps what is printed above the bars, and gets its margins
//! back on every way out.
#![cfg(unix)]

mod support;

use support::Scene;
use support::bytes::Modes;
use support::pty::Run;
use support::screen::numbered;

/// The scene, at its second step.
fn running(way: &str) -> Run {
    let mut run = Scene::new("margins").arg(way).size(30, 8).in_shell().start();
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
    run.go();
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

/// It ends in this way.
#[track_caller]
fn check_end(mut run: Run, end: &str) {
    run.until_text("$");
    run.check_settings();
    let screen = run.screen();
    let modes = Modes::after(screen.raw());
    assert!(modes.are_plain() && modes.colors().is_empty(), "{modes:?}\n{screen}");
    assert!(screen.log().starts_with(&numbered(12).collect::<Vec<_>>()), "\n{screen}");
    assert!(screen.picture().join("\n").trim_end().ends_with(end), "\n{screen}");
}

#[test]
fn the_manager_is_dropped() {
    let mut run = running("drop");
    run.go();
    check_end(run, "line 11\nBAR#0\nBAR#1\n[exit status: 0]\n$ _");
}

#[test]
fn signals_and_crashes() {
    for (way, status) in
        [("TERM", "signal: 15 (SIGTERM)"), ("INT", "signal: 2 (SIGINT)"), ("abort", "signal: 6 (SIGABRT)")]
    {
        let mut run = running(way);
        run.go();
        check_end(run, &format!("line 11\nBAR#0\nBAR#1\n[{status}]\n$ _"));
    }
}

#[test]
fn a_panic() {
    let mut run = running("panic");
    run.go();
    run.until_text("$");
    assert_eq!(run.screen().log().iter().filter(|line| *line == "oh no").count(), 1);
    check_end(run, "[exit status: 101]\n$ _");
}

#[test]
fn the_terminal_is_lent() {
    let mut run = running("suspend");
    run.go();
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
    run.go();
    check_end(run, "alone\nBAR#0\nBAR#1\n[exit status: 0]\n$ _");
}

#[test]
fn the_window_is_resized() {
    let mut run = running("drop");
    for (cols, rows) in [(20, 6), (30, 9), (12, 9), (12, 2), (30, 8)] {
        run.resize(cols, rows);
        let shown = rows.saturating_sub(2).min(2);
        run.until("the bars, on the last rows", |screen| {
            let rows = screen.rows();
            let found = rows.iter().enumerate().filter(|(_, row)| row.starts_with("BAR#"));
            found.map(|(at, _)| rows.len() - at).eq((1..=shown).rev())
        });
    }
    run.go();
    check_end(run, "[exit status: 0]\n$ _");
}
