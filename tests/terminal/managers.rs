//! Several managers, one after the other and at the same time.

use crate::support::Scene;
use crate::support::screen::numbered;

#[test]
fn two_managers_share_the_region() {
    let mut run = Scene::new("two-managers").size(20, 8).start();
    run.until_picture(
        "|line 0
         |line 1
         |_
         |
         |
         |
         |BAR#1
         |BAR#2",
    );
    run.step();
    run.until_picture(
        "|line 0
         |line 1
         |BAR#1
         |line 2
         |_
         |
         |
         |BAR#2",
    );
    run.step();
    run.until_picture(
        "|line 0
         |line 1
         |BAR#1
         |line 2
         |line 3
         |_
         |BAR#2
         |BAR#3",
    );
    run.step();
    run.until_picture(
        "|line 1
         |BAR#1
         |line 2
         |line 3
         |BAR#2
         |line 4
         |_
         |BAR#3",
    );
    run.step();
    let (screen, status) = run.end();
    assert!(status.success());
    assert_eq!(
        screen.names(),
        ["line 0", "line 1", "BAR#1", "line 2", "line 3", "BAR#2", "line 4", "BAR#3", "line 5"],
        "\n{screen}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn two_hundred_managers_leave_no_descriptor_open() {
    let (screen, status) = Scene::new("many-managers").run();
    assert!(status.success());
    assert_eq!(screen.log(), ["0 more descriptors"]);
    assert!(screen.bars().is_empty());
}

/// Another thread prints while the terminal is taken and given back. Every line is there once and
/// whole, but output that was on its way when the terminal was given back may come after output
/// that was printed later.
#[test]
fn managers_come_and_go_while_a_thread_prints() {
    let (screen, status) = Scene::new("come-and-go").size(60, 12).run();
    assert!(status.success());
    let sorted = |mut lines: Vec<String>| {
        lines.sort_unstable();
        lines
    };
    assert!(sorted(screen.log()) == sorted(numbered(2000).collect()), "\n{screen}");
    assert!(screen.bars().is_empty());
}
