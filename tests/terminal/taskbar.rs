//! The progress on the taskbar: what is shown, where, and that nothing is left of it.

use crate::support::Scene;
use crate::support::bytes::{Piece, pieces};
use crate::support::pty::Run;
use crate::support::screen::Screen;

/// What the taskbar was told, in order.
fn told(screen: &Screen) -> Vec<String> {
    let of_taskbar = |piece| match piece {
        Piece::String(']', text) => text.strip_prefix("9;4;").map(str::to_owned),
        _ => None,
    };
    pieces(screen.raw()).into_iter().filter_map(of_taskbar).collect()
}

fn start(way: &str) -> Run {
    Scene::new("taskbar").arg(way).env("WT_SESSION", "1").size(40, 16).start()
}

/// Waits until the taskbar shows this.
#[track_caller]
fn until(run: &mut Run, state: &str) {
    run.until(state, |screen| told(screen).last().is_some_and(|last| last == state));
}

#[test]
fn nothing_is_left_on_any_way_out() {
    for way in [
        "drop",
        "stop",
        "leak",
        "static",
        "exit",
        "thread-exit",
        "panic",
        "abort",
        "abort-in-thread",
        "overflow",
        "fault",
        "TERM",
        "INT",
    ] {
        let mut run = start(way);
        // 50 of 200; then the first failure, with 60 of 200.
        until(&mut run, "1;25");
        run.step();
        until(&mut run, "2;30");
        run.step();
        let (screen, _) = run.end();
        let told = told(&screen);
        assert!(told.ends_with(&["2;30".to_owned(), "0;".to_owned()]), "{way}: {told:?}");
    }
}

#[test]
fn nothing_is_left_during_a_suspension() {
    let mut run = start("suspend");
    until(&mut run, "1;25");
    run.step();
    until(&mut run, "2;30");
    run.step();
    until(&mut run, "0;");
    run.step();
    until(&mut run, "2;30");
    let (screen, _) = run.end();
    assert_eq!(told(&screen).last().map(String::as_str), Some("0;"));
}

/// Where it is not known to be taken, or not wanted, no byte of it is written.
#[test]
fn unknown_terminals_get_none_of_it() {
    let mut run = Scene::new("taskbar").arg("drop").env("KITTY_WINDOW_ID", "1").size(40, 16).start();
    run.until("bars", |screen| screen.bars().len() == 2);
    let (screen, _) = run.end();
    assert!(told(&screen).is_empty());
}
