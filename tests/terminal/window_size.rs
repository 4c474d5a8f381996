//! Children are told the size of the window.

use crate::support::Scene;

#[test]
fn the_streams_have_the_size_of_the_window() {
    let mut run = Scene::new("size").size(30, 8).start();
    run.until_text("30 x 8");
    for (cols, rows) in [(40, 8), (40, 20), (7, 3), (100, 30)] {
        run.resize(cols, rows);
        let text = format!("{cols} x {rows}");
        run.until(&text, |screen| screen.lines().contains(&text));
    }
    run.resize(1, 1);
    let (_, status) = run.end();
    assert!(status.success());
}
