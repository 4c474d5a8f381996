//! Escape sequences in the output arrive unchanged, and frames keep clear of them.

use crate::support::Scene;
use crate::support::pty::Run;
use crate::support::screen::{Screen, numbered};

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

/// Moves up two rows, and erases them: row and rest of the screen, or only the rest of the screen.
const ERASE_ROWS: &str = r"\033[2A\033[2K\033[J";
const ERASE_BELOW: &str = r"\033[2A\033[J";

/// Starts a scene in which a child erases the rows that it has printed. Until then, the rows below
/// the cursor belong to the program.
fn with_erased_rows(way: &str, sequences: &str, rows: usize) -> Run {
    let mut run = Scene::new("erased-rows").arg(way).arg(sequences).size(20, rows).start();
    let bar_at_bottom = |screen: &Screen| screen.rows()[rows - 1].starts_with("BAR#0");
    run.until("rows of the child", |screen| screen.has("nearly all") && bar_at_bottom(screen));
    run.step();
    run.until("erased rows", |screen| screen.log() == ["line 0"] && screen.cursor().0 == 0 && bar_at_bottom(screen));
    run
}

#[test]
fn output_fills_erased_rows() {
    for (sequences, rows) in [(ERASE_ROWS, 5), (ERASE_ROWS, 8), (ERASE_BELOW, 5), (ERASE_BELOW, 8)] {
        let mut run = with_erased_rows("print", sequences, rows);
        for n in 1..12 {
            run.step();
            let text = format!("line {n}");
            run.until(&text, |screen| screen.has(&text) && screen.rows()[rows - 1].starts_with("BAR#0"));
            run.screen().check_numbered(n + 1, "after erased rows");
            run.screen().check_no_gap_in_log();
        }
        let (screen, status) = run.end();
        assert!(status.success());
        assert_eq!(screen.names(), numbered(12).chain(["BAR#0".to_owned()]).collect::<Vec<_>>());
        screen.check_no_gap();
    }
}

#[test]
fn bars_that_remain_fill_erased_rows() {
    check_bars_fill_rows_erased_by(ERASE_ROWS);
}

#[test]
fn bars_that_remain_fill_rows_erased_with_the_rest_of_the_screen() {
    check_bars_fill_rows_erased_by(ERASE_BELOW);
}

#[track_caller]
fn check_bars_fill_rows_erased_by(sequences: &str) {
    for rows in [5, 8] {
        let mut run = with_erased_rows("stop", sequences, rows);
        run.step();
        run.until_text("line 1");
        let (screen, status) = run.end();
        assert!(status.success());
        let lines = numbered(12).skip(1);
        assert_eq!(screen.names(), ["line 0", "BAR#0"].map(str::to_owned).into_iter().chain(lines).collect::<Vec<_>>());
        screen.check_no_gap();
    }
}
