//! Bars have the colors that the environment asks for.

use crate::support::Scene;
use crate::support::screen::BAR;

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
