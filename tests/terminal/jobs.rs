//! Job control in a real shell: Ctrl-Z and `fg`.

use std::path::PathBuf;

use crate::support::{Scene, pty};

/// The bars disappear, the shell has the terminal, and `fg` brings the bars back.
#[test]
fn stopped_and_continued() {
    let scenes = pty::scenes();
    let shell = Scene::of(PathBuf::from("/bin/sh"), "-i").env("PS1", "$ ").env("ENV", "").size(60, 12);
    let mut run = shell.reads_terminal().start();
    run.until("the prompt", |screen| screen.has("$"));
    run.type_keys(&format!("{} until-continued\r", scenes.display()));
    run.until_text("line 20");
    run.until("a bar", |screen| !screen.bars().is_empty());
    run.type_keys("\x1a");
    run.until("the shell", |screen| screen.has("Stopped") || screen.has("Suspended"));
    assert!(run.screen().bars().is_empty(), "\n{}", run.screen());
    run.type_keys("fg\r");
    run.until("a bar again", |screen| !screen.bars().is_empty());
    run.until_text("the end");
    run.type_keys("exit\r");
    let (screen, _) = run.end();
    let text = screen.lines().join("\n");
    let count = (0..).take_while(|n| text.contains(&format!("line {n}\n"))).count();
    // Up to line 20, whose step may be the first of 50.
    assert!(count >= 70, "\n{screen}");
    assert_eq!(text.matches("line ").count(), count, "\n{screen}");
}
