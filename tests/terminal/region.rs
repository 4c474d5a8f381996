//! The region at the bottom of the window: which bars it shows, where, and what remains of them.

use crate::support::Scene;

#[test]
fn bars_are_on_the_last_rows_from_the_first_frame() {
    let mut run = Scene::new("bars").arg(3).size(20, 6).start();
    // The first frame may come before the last bar is added.
    let screen = run.until("bars", |screen| !screen.bars().is_empty());
    assert_eq!(screen.cursor(), (0, 0), "\n{screen}");
    let picture = screen.picture();
    let bars = screen.bars();
    assert_eq!(picture[6 - bars.len()..], bars, "\n{screen}");
    run.until_picture(
        "|_
         |
         |
         |BAR#0
         |BAR#1
         |BAR#2",
    );
    run.step();
    run.until_picture(
        "|line 1
         |line 2
         |_
         |BAR#0
         |BAR#1
         |BAR#2",
    );
}
