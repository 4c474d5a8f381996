//! Spans of the tracing crate, as bars below a log.

use crate::support::Scene;

/// Bars of spans stand below that of the span around them, in the order in which they came.
#[test]
fn spans_inside_of_spans() {
    let mut run = Scene::new("spans").arg(9).size(40, 9).start();
    run.until_picture(
        "| INFO all are open
         |_
         |
         |build 0/3
         |  one 2/9
         |    part linking
         |  two 0/9
         |  three 0/9
         |docs",
    );
    run.step();
    run.until_picture(
        "| INFO all are open
         |_
         |
         |
         |build 1/3
         |  one 5/9
         |    part linking
         |  three 4/9
         |docs at page 7",
    );
    run.step();
    run.until_picture(
        "| INFO all are open
         |_
         |
         |
         |
         |
         |build 2/3
         |  one 5/9
         |docs at page 7",
    );
    run.step();
    run.until_text("all are closed");
    run.step();
    let (screen, _) = run.end();
    assert_eq!(screen.lines().iter().filter(|line| !line.is_empty()).count(), 2, "\n{screen}");
}

/// A span that waits appears in its place, and says what it has counted meanwhile.
#[test]
fn more_spans_than_the_limit() {
    let mut run = Scene::new("spans").arg(4).size(40, 9).start();
    run.until_picture(
        "| INFO all are open
         |_
         |
         |
         |build 0/3
         |  one 2/9
         |  two 0/9
         |docs
         |… 2 more",
    );
    run.step();
    run.until_picture(
        "| INFO all are open
         |_
         |
         |
         |build 1/3
         |  one 5/9
         |    part linking
         |docs at page 7
         |… 1 more",
    );
    run.step();
    run.until_picture(
        "| INFO all are open
         |_
         |
         |
         |
         |
         |build 2/3
         |  one 5/9
         |docs at page 7",
    );
}

#[track_caller]
fn check_staying(delay: u32, bars: [&str; 6]) {
    let mut run = Scene::new("spans-stay").arg(delay).size(40, 20).start();
    (0..3).for_each(|_| run.step());
    run.until_text("all are closed");
    run.step();
    let (screen, _) = run.end();
    let rows: Vec<String> = screen.lines().into_iter().filter(|line| !line.is_empty()).collect();
    assert_eq!(rows[2..], bars, "\n{screen}");
}

#[test]
fn bars_that_stay_keep_their_place() {
    check_staying(0, ["build 2/3", "  one 5/9", "    part linking", "  two 0/9", "  three 9/9", "docs at page 7"]);
}

/// They stand where they are when they are closed, if they were never shown before.
#[test]
fn bars_of_short_spans_stay_too() {
    check_staying(3600, ["build 2/3", "  two 0/9", "  one 5/9", "    part linking", "  three 9/9", "docs at page 7"]);
}

#[test]
fn values_that_print_and_open_spans_while_they_are_formatted() {
    let (screen, status) = Scene::new("busy-values").size(60, 12).run();
    assert!(status.success());
    assert!(screen.has("done"), "\n{screen}");
}
