//! Bars leave the colors of the program alone.

use footlights::testing::TestTerminal;
use footlights::{AnsiColor, Color, ColorDepth, Manager, anstyle};

use crate::bytes::{Modes, frames};
use crate::{bar, builder, start};

/// The program left a color on: after each frame this color is on, and nothing else.
#[test]
fn a_color_that_is_left_on() {
    let (terminal, manager) = start(20, 4);
    let bar = bar(&manager, 0);
    let mut all = Vec::new();
    let mut attributes = || {
        terminal.draw();
        all.extend(terminal.take_bytes());
        let (frames, _) = frames(&all);
        let mut modes = Modes::default();
        frames.iter().for_each(|frame| modes.feed(frame));
        assert!(modes.are_plain());
        let mut on: Vec<String> = modes.colors().iter().flat_map(|color| color.split(';')).map(str::to_owned).collect();
        on.sort();
        on
    };
    terminal.print("\x1b[1;31mred ");
    assert_eq!(attributes(), ["1", "31"]);
    bar.set_desc("other");
    assert_eq!(attributes(), ["1", "31"]);
    terminal.print("more\x1b[0m plain");
    assert!(attributes().is_empty());
    let log = terminal.log();
    let red = Color::from(AnsiColor::Red.on_default().effects(anstyle::Effects::BOLD));
    let spans: Vec<_> = log[0].spans().iter().map(|span| (span.text(), span.color())).collect();
    assert_eq!(spans, [("red more", red), (" plain", Color::DEFAULT)]);
    assert_eq!(terminal.bars()[0].color_of("other"), Some(Color::DEFAULT));
}

#[test]
fn as_many_colors_as_the_terminal_has() {
    for (depth, shown) in [
        (ColorDepth::None, Color::DEFAULT),
        (ColorDepth::Ansi16, Color::from(AnsiColor::BrightRed)),
        (ColorDepth::Ansi256, Color::from(footlights::Ansi256Color(173))),
        (ColorDepth::TrueColor, Color::rgb(205, 133, 63)),
    ] {
        let terminal = TestTerminal::new(20, 4);
        let manager: Manager = builder().color_depth(depth).build_on(&terminal);
        let bar = manager.status_bar().text("text").color("peru").add();
        assert_eq!(terminal.bars()[0].color_of("text"), Some(shown), "{depth:?}");
        drop(bar);
    }
}
