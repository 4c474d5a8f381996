//! The terminal is lent, given to the shell and back, and asked for keys by a child.

mod support;

use std::path::PathBuf;

use support::Scene;

#[test]
fn a_lent_terminal_has_no_bars() {
    let mut run = Scene::new("suspend").size(20, 5).start();
    run.until_picture(
        "|before
         |_
         |
         |
         |BAR#0",
    );
    run.go();
    run.until_picture(
        "|before
         |inside
         |_
         |
         |",
    );
    run.go();
    run.until_picture(
        "|before
         |inside
         |after
         |_
         |BAR#0",
    );
    run.go();
    let (screen, status) = run.end();
    assert!(status.success());
    screen.check_log(["before", "inside", "after"]);
}

/// Ctrl-Z in a real shell: the bars go, the shell has the terminal, and `fg` brings everything
/// back.
#[test]
fn stopped_and_continued() {
    let scenes = support::pty::scenes();
    let shell = Scene::of(PathBuf::from("/bin/sh"), "-i").env("PS1", "$ ").env("ENV", "").size(60, 12).typed();
    let mut run = shell.start();
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
    assert!(count > 70, "\n{screen}");
    assert_eq!(text.matches("line ").count(), count, "\n{screen}");
}

/// A child that reads single keys from the terminal behind its stderr gets them, nothing is echoed,
/// and the terminal is as it was.
#[test]
fn a_pager_gets_its_keys() {
    let mut run = Scene::new("below-bars").arg("pager").size(40, 6).typed().start();
    run.until_text("more");
    run.type_keys("q");
    run.until_text("key q");
    run.until_text("[exit status: 0]");
    run.check_settings();
    let (screen, status) = run.end();
    assert!(status.success());
    screen.check_log(["more", "key q", "[exit status: 0]"]);
}
