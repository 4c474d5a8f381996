//! The test kit, as a user's tests call it.

use std::io::Write;
use std::time::Duration;

use footlights::testing::TestTerminal;
use footlights::{AnsiColor, Charset, ColorDepth, Interception, Manager, Output, Taskbar};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn a_bar_and_what_is_printed_above_it() {
    let terminal = TestTerminal::new(70, 5);
    let manager = terminal.manager();
    let bar = manager.counter().total(10).desc("Files").unit("files").add();
    for n in 0..4 {
        terminal.print(format!("line {n}\n"));
        bar.inc(1);
        terminal.advance(SECOND);
    }
    println!("{terminal}\n{:?}\n{:?}\n{:?}", terminal.bars(), terminal.log(), terminal.bars()[0].spans());
}
