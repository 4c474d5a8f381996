//! Lines that are not ended are shown at once and stay open above the bars.

use crate::support::Scene;

#[test]
fn a_line_in_pieces() {
    let mut run = Scene::new("partial").size(20, 4).start();
    run.until_picture(
        "|work _
         |
         |
         |BAR#0",
    );
    run.step();
    run.until_picture(
        "|work ..._
         |
         |
         |BAR#0",
    );
    run.step();
    run.until_picture(
        "|work ... done
         |again_
         |
         |BAR#0",
    );
    run.step();
    run.until_picture(
        "|work ... done
         |AGAIN_
         |
         |BAR#0",
    );
    let (screen, _) = run.end();
    screen.check(
        "|work ... done
         |AGAIN
         |BAR#0
         |_",
    );
}

/// The manager does not know what is in the cursor's row when it starts.
#[test]
fn a_line_that_was_open_before_the_manager() {
    for way in ["at-once", "resized", "continued"] {
        let mut run = Scene::new("open-before").arg(way).size(20, 5).start();
        run.until_picture(
            "|loading _
             |
             |
             |
             |BAR#0",
        );
        if way == "resized" {
            run.resize(22, 5);
            run.until("a bar as wide as the window", |screen| screen.bar_widths() == [22]);
        }
        run.step();
        let (screen, _) = run.end();
        let line = if way == "at-once" { "loading" } else { "loading done" };
        screen.check(&format!("|{line}\n|BAR#0\n|_\n|\n|"));
    }
}

/// The cursor is at the start of a line, and the text there stays until the program itself
/// overwrites it.
#[test]
fn a_line_that_is_overwritten() {
    let mut run = Scene::new("overwritten").size(20, 4).start();
    for (percent, cols) in [(10, 22), (50, 24), (90, 26)] {
        let picture = format!("|line 0\n|_{percent}% done\n|\n|BAR#0");
        run.until_picture(&picture);
        // After a resize all rows are written again.
        run.resize(cols, 4);
        run.until("a bar as wide as the window", |screen| screen.bar_widths() == [cols]);
        run.until_picture(&picture);
        run.step();
    }
    let (screen, _) = run.end();
    screen.check(
        "|line 0
         |90% done
         |BAR#0
         |_",
    );
}

#[test]
fn input_appears_behind_its_prompt() {
    let mut run = Scene::new("prompt").size(20, 4).reads_terminal().start();
    run.until_picture(
        "|name? _
         |
         |
         |BAR#0",
    );
    run.type_keys("jo");
    run.until_picture(
        "|name? jo_
         |
         |
         |BAR#0",
    );
    run.type_keys("e\r");
    run.until_picture(
        "|name? joe
         |hello joe
         |_
         |BAR#0",
    );
    run.type_keys("\r");
    let (screen, status) = run.end();
    assert!(status.success());
    assert_eq!(screen.log(), ["name? joe", "hello joe"]);
    assert_eq!(screen.bars(), ["BAR#0"]);
}
