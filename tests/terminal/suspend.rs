//! `Manager::suspend` lends the terminal: there are no bars meanwhile.

use crate::support::Scene;
use crate::support::screen::numbered;

#[test]
fn bars_disappear_and_return() {
    let mut run = Scene::new("suspend").size(20, 5).start();
    run.until_picture(
        "|before
         |_
         |
         |
         |BAR#0",
    );
    run.step();
    run.until_picture(
        "|before
         |inside
         |_
         |
         |",
    );
    run.step();
    run.until_picture(
        "|before
         |inside
         |after
         |_
         |BAR#0",
    );
    run.step();
    let (screen, status) = run.end();
    assert!(status.success());
    screen.check_log(["before", "inside", "after"]);
}

#[test]
fn output_before_a_suspension_is_above_the_bars() {
    for _ in 0..3 {
        let (screen, status) = Scene::new("suspend-often").run();
        assert!(status.success());
        screen.check_log(numbered(600));
    }
}

#[test]
fn the_manager_is_stopped_in_a_suspension() {
    let (screen, status) = Scene::new("stop-while-suspended").run();
    assert!(status.success());
    screen.check_log(numbered(2));
}
