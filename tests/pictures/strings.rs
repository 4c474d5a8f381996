//! Images and other strings that come in parts.

use std::time::Duration;

use footlights::testing::TestTerminal;

use crate::{bar, check, print_lines, start};

/// What was written since the last call.
fn written(terminal: &TestTerminal) -> String {
    String::from_utf8(terminal.take_bytes()).expect("text")
}

const HALF: &str = "\x1b_Gf=24,m=1;AAAA";

/// A frame inside of the string would end it, and its second half would appear as text. So the first
/// half waits, and bars are drawn meanwhile.
#[test]
fn no_frame_interrupts_a_string_that_pauses() {
    let (terminal, manager) = start(20, 6);
    let bar = bar(&manager, 0);
    print_lines(&terminal, 0..2);
    terminal.advance(Duration::from_secs(1));
    terminal.print(HALF);
    bar.set_desc("BAR#1");
    terminal.advance(Duration::from_millis(2900));
    assert_eq!(terminal.bars(), ["BAR#1"]);
    assert!(!written(&terminal).contains("\x1b_"));
    terminal.print("BBBB\x1b\\\nline 2\n");
    assert!(written(&terminal).contains("\x1b_Gf=24,m=1;AAAABBBB\x1b\\"));
    // The line feed behind the image ends an empty line.
    check(
        &terminal,
        "|line 0
         |line 1
         |
         |line 2
         |_
         |BAR#1",
    );
}

/// Output behind it waits too, so a string without end must not last forever.
#[test]
fn a_string_without_end_is_ended_after_three_seconds() {
    let (terminal, manager) = start(20, 6);
    let bar = bar(&manager, 0);
    print_lines(&terminal, 0..2);
    terminal.advance(Duration::from_secs(1));
    terminal.print(HALF);
    terminal.advance(Duration::from_millis(2999));
    assert!(!written(&terminal).contains("\x1b_"));
    terminal.advance(Duration::from_millis(1));
    assert!(written(&terminal).contains("\x1b_Gf=24,m=1;AAAA\x18\x1b\\"));
    check(
        &terminal,
        "|line 0
         |line 1
         |_
         |
         |
         |BAR#0",
    );
    terminal.print("line 2\n");
    check(
        &terminal,
        "|line 0
         |line 1
         |line 2
         |_
         |
         |BAR#0",
    );
    drop(bar);
}
