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

/// Bars that stay keep their place.
#[test]
fn bars_that_stay() {
    let mut run = Scene::new("spans-stay").size(40, 20).start();
    for _ in 0..2 {
        run.until_text("docs");
        run.step();
    }
    run.until_text("three 9/9");
    run.step();
    run.until_text("all are closed");
    run.step();
    let (screen, _) = run.end();
    let rows: Vec<String> = screen.lines().into_iter().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        rows[2..],
        ["build 2/3", "  one 5/9", "    part linking", "  two 0/9", "  three 9/9", "docs at page 7"],
        "\n{screen}"
    );
}

#[test]
fn values_that_print_and_open_spans_while_they_are_formatted() {
    let (screen, status) = Scene::new("busy-values").size(60, 12).run();
    assert!(status.success());
    assert!(screen.has("done"), "\n{screen}");
}
