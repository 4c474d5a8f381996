//! A program on the alternate screen has the whole window.

use crate::support::Scene;
use crate::support::bytes::{Modes, Piece, pieces};

#[test]
fn bars_disappear_and_return() {
    let mut run = Scene::new("full-screen").size(20, 5).start();
    run.until_text("line 0");
    run.step();
    run.until_picture(
        "|full screen_
         |
         |
         |
         |",
    );
    run.step();
    run.until_picture(
        "|full screen
         |
         |  more_
         |
         |",
    );
    run.step();
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
fn output_is_passed_on_without_frames() {
    let mut run = Scene::new("full-screen").size(20, 5).start();
    run.until("text and bar", |screen| screen.has("line 0") && screen.bars() == ["BAR#0"]);
    for text in ["full screen", "more", "line 1"] {
        run.step();
        run.until(text, |screen| screen.rows().iter().any(|row| row.contains(text)));
    }
    let (screen, status) = run.end();
    assert!(status.success());
    let all = pieces(screen.raw());
    let at = |last: char| all.iter().position(|piece| *piece == Piece::Csi("?1049".into(), last)).expect("a switch");
    let within = &all[at('h')..at('l')];
    assert!(!within.contains(&Piece::Csi("?2026".into(), 'h')), "{within:?}");
    assert!(Modes::after(screen.raw()).are_plain());
}
