//! Bars inside of bars, and bars in numbers.

use crate::support::Scene;

#[test]
fn a_tree_on_the_screen() {
    let mut run = Scene::new("tree").size(24, 9).start();
    run.until_picture(
        "|_
         |
         |build 15/30
         |  serde 5/10
         |    derive 0/4
         |  rand 10/20
         |docs 0/1
         |tests 0/9
         |  unit 0/5",
    );
    run.step();
    run.until_picture(
        "|_
         |
         |
         |docs 0/1
         |tests 0/9
         |build 15/30
         |  rand 10/20
         |  serde 5/10
         |    derive 0/4",
    );
    run.step();
    // The child that is closed is a line of the log now; the other has left its count in the parent.
    run.until_picture(
        "|rand 20/20
         |_
         |
         |
         |
         |tests 0/9
         |  unit 0/5
         |build 30/30
         |    derive 0/4",
    );
    run.step();
    // More than half of the window: the one that is closed makes room.
    run.until_picture(
        "|rand 20/20
         |line 0
         |derive 0/4
         |_
         |
         |docs 0/1
         |tests 0/9
         |  unit 0/5
         |build 30/30",
    );
    run.step();
    let (screen, status) = run.end();
    assert!(status.success(), "\n{screen}");
}

/// Parents come before their children, and a bar of higher priority before all.
#[test]
fn a_tree_that_is_larger_than_the_window() {
    let mut run = Scene::new("large-tree").arg(40).size(24, 7).start();
    run.until_picture(
        "|_
         |first 0/40
         |  child 0 0/9
         |  child 1 0/9
         |  child 2 0/9
         |second 0/9
         |… 77 more",
    );
    run.step();
    run.until_picture(
        "|_
         |first 0/40
         |  child 0 0/9
         |    leaf 0 0/9
         |  child 1 0/9
         |second 1/9
         |… 77 more",
    );
    run.step();
    run.until("the parents alone", |screen| {
        screen.picture().ends_with(&["first 40/40".to_owned(), "second 1/9".to_owned()])
    });
    let (screen, _) = run.end();
    let lines = screen.lines();
    let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["first 40/40", "second 1/9"]);
}

#[test]
fn ten_thousand_finished_bars_do_not_bury_the_log() {
    for (policy, lines) in [("auto", 130), ("summary", 30), ("clear", 30)] {
        let mut run = Scene::new("many-done").arg(policy).arg(10_000).size(40, 12).start();
        run.until("all", |screen| screen.has("all 10000/10000"));
        run.step();
        run.until_text("the last line");
        run.step();
        let (screen, status) = run.end();
        assert!(status.success());
        let lines_left = screen.lines();
        let all: Vec<&str> = lines_left.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
        assert!(all.len() < lines, "{policy}: {} lines", all.len());
        assert!(all.contains(&"the last line") && all.contains(&"all 10000/10000"), "{policy}");
        let summary = all.iter().find(|line| line.contains(" finished, 1000 incomplete, 1000 with failures"));
        let summary = summary.or_else(|| all.iter().find(|line| line.contains(" finished")));
        assert_eq!(summary.is_some(), policy != "clear", "{policy} {all:#?}");
    }
}

#[test]
fn code_of_a_field_may_print_wait_and_panic() {
    for way in ["prints", "locks", "panics"] {
        let mut run = Scene::new("computed").arg(way).size(60, 8).start();
        run.until_text("0 <0> end");
        run.step();
        match way {
            "prints" => _ = run.until_text("line 2999 of the code of a field"),
            "panics" => _ = run.until_text("1  end"),
            _ => {}
        }
        if way != "panics" {
            run.until_text("1 <10> end");
        }
        run.step();
        run.until_text("stopped");
        let (screen, status) = run.end();
        assert!(status.success(), "\n{screen}");
        match way {
            // The code still waits: the value before.
            "locks" => assert!(screen.has("2 <10> end"), "\n{screen}"),
            "prints" => assert!(screen.has("2 <20> end"), "\n{screen}"),
            _ => assert!(screen.has("2  end") && screen.has("intended"), "\n{screen}"),
        }
    }
}

#[test]
fn the_smallest_program() {
    let mut run = Scene::new("track").size(60, 6).start();
    for n in 0..3 {
        run.until_text(&format!("item {n}"));
        run.step();
    }
    let (screen, status) = run.end();
    assert!(status.success());
    screen.check_log(["item 0", "item 1", "item 2"]);
    assert_eq!(screen.bars().len(), 1, "\n{screen}");
    assert!(screen.has("3/3"), "\n{screen}");
}
