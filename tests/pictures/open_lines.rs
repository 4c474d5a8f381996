//! Lines that are not ended are shown at once and stay open above the bars.

use footlights::testing::TestTerminal;

use crate::{SECOND, bar, builder, check, start};

#[test]
fn a_line_in_pieces() {
    let (terminal, manager) = start(20, 4);
    let bar = bar(&manager, 0);
    terminal.print("work ");
    check(
        &terminal,
        "|work _
         |
         |
         |BAR#0",
    );
    for _ in 0..3 {
        terminal.print(".");
    }
    bar.inc(1);
    check(
        &terminal,
        "|work ..._
         |
         |
         |BAR#0",
    );
    terminal.print(" done\nagain");
    check(
        &terminal,
        "|work ... done
         |again_
         |
         |BAR#0",
    );
    terminal.print("\rAGAIN");
    drop((bar, manager));
    check(
        &terminal,
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
        let terminal = TestTerminal::new(20, 5);
        terminal.print("loading ");
        let manager = builder().build_on(&terminal);
        let bar = bar(&manager, 0);
        check(
            &terminal,
            "|loading _
             |
             |
             |
             |BAR#0",
        );
        if way == "resized" {
            terminal.resize(22, 5);
            terminal.advance(SECOND);
        }
        if way != "at-once" {
            terminal.print("done\n");
        }
        drop((bar, manager));
        let line = if way == "at-once" { "loading" } else { "loading done" };
        check(&terminal, &format!("|{line}\n|BAR#0\n|_\n|\n|"));
    }
}

/// The cursor is at the start of a line, and the text there stays until the program itself
/// overwrites it.
#[test]
fn a_line_that_is_overwritten() {
    let (terminal, manager) = start(20, 4);
    let bar = bar(&manager, 0);
    terminal.print("line 0\n");
    for (percent, columns) in [(10, 22), (50, 24), (90, 26)] {
        terminal.print(format!("{percent}% done\r"));
        let picture = format!("|line 0\n|_{percent}% done\n|\n|BAR#0");
        check(&terminal, &picture);
        // After a resize all rows are written again.
        terminal.resize(columns, 4);
        terminal.advance(SECOND);
        check(&terminal, &picture);
    }
    drop((bar, manager));
    check(
        &terminal,
        "|line 0
         |90% done
         |BAR#0
         |_",
    );
}
