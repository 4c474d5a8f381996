//! Bars have colors unless `NO_COLOR` is set, and leave the colors of the program alone.

use crate::support::Scene;
use crate::support::bytes::{Modes, frames};
use crate::support::screen::{BAR, Screen};

#[test]
fn no_color_is_respected() {
    let mut run = Scene::new("work").env("NO_COLOR", "1").size(100, 24).start();
    let screen = run.until("text and bar", |screen| screen.has("count: 40") && screen.bars() == ["BAR#0"]);
    assert!(screen.rows()[23].starts_with(BAR));
    assert!(screen.cells(23).iter().all(|cell| cell.pen().foreground().is_none() && cell.pen().background().is_none()));
    run.end();

    let mut run = Scene::new("work").size(100, 24).start();
    let screen = run.until("text and bar", |screen| screen.has("count: 40") && screen.bars() == ["BAR#0"]);
    assert!(screen.cells(23).iter().any(|cell| cell.pen().foreground().is_some()));
    run.end();
}

/// The conventions, row by row. Empty variables count as not set.
#[test]
fn the_depth_that_the_environment_asks_for() {
    for (environment, depth) in [
        ("TERM=xterm", "Ansi16"),
        ("TERM=", "Ansi16"),
        ("TERM=dumb", "None"),
        ("TERM=xterm-256color", "Ansi256"),
        ("TERM=xterm-direct", "TrueColor"),
        ("TERM=xterm COLORTERM=truecolor", "TrueColor"),
        ("TERM=xterm COLORTERM=24bit", "TrueColor"),
        ("TERM=xterm COLORTERM=yes", "Ansi16"),
        ("TERM=dumb COLORTERM=truecolor", "None"),
        ("TERM=xterm CI=true", "Ansi16"),
        ("TERM=xterm LANG=C", "Ansi16"),
        ("TERM=xterm NO_COLOR=1", "None"),
        ("TERM=xterm NO_COLOR=0", "None"),
        ("TERM=xterm NO_COLOR=", "Ansi16"),
        ("TERM=xterm NO_COLOR=1 CLICOLOR_FORCE=1", "None"),
        ("TERM=xterm NO_COLOR=1 FORCE_COLOR=3", "None"),
        ("TERM=xterm CLICOLOR=0", "None"),
        ("TERM=xterm CLICOLOR=1", "Ansi16"),
        ("TERM=xterm CLICOLOR=0 CLICOLOR_FORCE=1", "Ansi16"),
        ("TERM=xterm CLICOLOR=0 CLICOLOR_FORCE=0", "None"),
        ("TERM=dumb CLICOLOR_FORCE=1", "Ansi16"),
        ("TERM=xterm-256color CLICOLOR_FORCE=1", "Ansi256"),
        ("TERM=xterm FORCE_COLOR=0", "None"),
        ("TERM=xterm FORCE_COLOR=false", "None"),
        ("TERM=dumb FORCE_COLOR=1", "Ansi16"),
        ("TERM=dumb FORCE_COLOR=true COLORTERM=truecolor", "TrueColor"),
        ("TERM=xterm FORCE_COLOR=2", "Ansi256"),
        ("TERM=xterm FORCE_COLOR=3", "TrueColor"),
        ("TERM=xterm CLICOLOR=0 FORCE_COLOR=1", "Ansi16"),
        ("TERM=xterm FORCE_COLOR=0 CLICOLOR_FORCE=1", "None"),
    ] {
        let scene = Scene::new("color-depth").env("COLORTERM", "");
        let entries = environment.split(' ').filter_map(|entry| entry.split_once('='));
        let (screen, _) = entries.fold(scene, |scene, (name, value)| scene.env(name, value)).run();
        assert_eq!(screen.log(), [depth], "{environment}");
    }
}

/// The program left a color on: after each frame this color is on, and nothing else.
#[test]
fn a_color_that_is_left_on() {
    let mut run = Scene::new("open-color").size(20, 4).start();
    let attributes = |screen: &Screen| {
        let (frames, _) = frames(screen.raw());
        let mut modes = Modes::default();
        frames.iter().for_each(|frame| modes.feed(frame));
        assert!(modes.are_plain());
        let mut on: Vec<String> = modes.colors().iter().flat_map(|color| color.split(';')).map(str::to_owned).collect();
        on.sort();
        on
    };
    run.until("text and bar", |screen| screen.has("red") && screen.bars() == ["BAR#0"]);
    assert_eq!(attributes(run.screen()), ["1", "31"]);
    let bar = run.screen().cells(3);
    run.step();
    run.until("another bar", |screen| screen.cells(3) != bar);
    assert_eq!(attributes(run.screen()), ["1", "31"]);
    run.step();
    let screen = run.until_text("plain");
    assert!(attributes(screen).is_empty());
    let cells = screen.cells(0);
    let is_red = |cell: &avt::Cell| cell.pen().foreground() == Some(avt::Color::Indexed(1)) && cell.pen().is_bold();
    assert!(cells[..8].iter().all(is_red), "\n{screen}");
    assert!(cells[8..].iter().all(|cell| cell.pen().is_default()), "\n{screen}");
    let (screen, _) = run.end();
    assert_eq!((screen.log(), screen.bars()), (vec!["red more plain".to_owned()], vec!["BAR#0".to_owned()]));
}
