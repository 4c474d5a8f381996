//! Bars that are pinned to rows of the window.

use crate::support::Scene;

/// A row can be taken after the builder is made and before `add`: one bar gets it.
#[test]
fn one_bar_per_row() {
    let mut run = Scene::new("pinned").size(60, 12).start();
    run.until("the bars", |screen| screen.bars().len() == 3);
    let rows = run.until_text("unpinned").rows();
    let row_of = |name: &str| rows.iter().rev().position(|row| row.starts_with(name)).map(|row| row + 1);
    assert_eq!((row_of("BAR#0"), row_of("BAR#2"), row_of("BAR#3")), (Some(2), Some(3), Some(1)), "{rows:#?}");
    run.step();
    let (screen, status) = run.end();
    assert!(status.success());
    screen.check_log([
        "cannot pin a bar to row 2: another bar is pinned there",
        "cannot pin a bar to row 12: the terminal has 12 rows, and one of them is for the output",
        "unpinned",
        "100 of 200 were pinned",
    ]);
}
