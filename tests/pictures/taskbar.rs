//! The progress on the taskbar: what is shown, and when.

use footlights::testing::TestTerminal;
use footlights::{Manager, Taskbar};

use crate::bytes::{Piece, pieces};
use crate::{SECOND, bars, builder};

/// What the taskbar was told since the last call, in order.
fn told(terminal: &TestTerminal) -> Vec<String> {
    let of_taskbar = |piece| match piece {
        Piece::String(']', text) => text.strip_prefix("9;4;").map(str::to_owned),
        _ => None,
    };
    pieces(&terminal.take_bytes()).into_iter().filter_map(of_taskbar).collect()
}

/// Once a second, also where nothing has changed: some terminals hide it after a while.
#[test]
fn it_is_told_every_second() {
    let terminal = TestTerminal::new(40, 16);
    let manager = builder().taskbar(Taskbar::On).build_on(&terminal);
    let bars = bars(&manager, 2);
    bars[0].inc(50);
    terminal.advance(3 * SECOND);
    assert_eq!(told(&terminal), ["1;25"; 4]);
    let failed = bars[1].segment("failed").add();
    failed.inc(10);
    terminal.advance(SECOND);
    assert_eq!(told(&terminal), ["2;30"]);
    manager.suspend(|| assert_eq!(told(&terminal), ["0;"]));
    terminal.advance(2 * SECOND);
    assert_eq!(told(&terminal)[0], "2;30");
    manager.stop();
    assert_eq!(told(&terminal), ["0;"]);
}

#[test]
fn unknown_terminals_get_none_of_it() {
    for builder in [builder(), builder().taskbar(Taskbar::Off)] {
        let terminal = TestTerminal::new(40, 16);
        let manager: Manager = builder.build_on(&terminal);
        let bars = bars(&manager, 2);
        bars[0].inc(50);
        terminal.advance(3 * SECOND);
        manager.stop();
        assert!(told(&terminal).is_empty());
    }
}
