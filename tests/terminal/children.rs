//! The output of children that inherit the streams appears above the bars.

use crate::support::Scene;
use crate::support::screen::numbered;

#[test]
fn children_inherit_a_terminal() {
    let (screen, status) = Scene::new("children").run();
    assert!(status.success());
    screen.check_log(numbered(24));
    assert_eq!(screen.bars(), ["BAR#0"]);
}

/// The child notices that its terminal belongs to another manager, and shows no bars.
#[test]
fn a_child_with_a_manager_of_its_own() {
    let (screen, status) = Scene::new("nested").run();
    assert!(status.success());
    let lines: Vec<String> = screen.log();
    // The child prints its three lines between ours, and nothing else.
    assert_eq!(lines, ["line 0", "line 0", "line 1", "line 2", "line 3"], "\n{screen}");
    assert_eq!(screen.bars(), ["BAR#0"]);
    assert!(!String::from_utf8_lossy(screen.raw()).contains("BAR#1"));
}

#[test]
fn a_child_that_outlives_the_manager_can_print() {
    let mut run = Scene::new("survivor").start();
    run.until_text("line 0");
    run.step();
    let screen = run.until_text("line 2");
    assert_eq!(screen.log(), ["line 0", "gone", "line 1", "line 2"]);
    let (_, status) = run.end();
    assert!(status.success());
}

#[test]
fn the_last_output_of_a_child_is_there_if_its_end_was_awaited() {
    for _ in 0..10 {
        let (screen, status) = Scene::new("late-child").run();
        assert!(status.success());
        screen.check_log(numbered(3000));
    }
}
