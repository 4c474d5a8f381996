//! Programs that change the input modes of the terminal: raw mode, no echo, single keys.

use rustix::termios::LocalModes;

use crate::support::Scene;
use crate::support::screen::numbered;

/// Output arrives later than it is printed. It gets its carriage returns nevertheless.
#[test]
fn a_line_right_before_raw_mode() {
    let mut run = Scene::new("raw-mode").reads_terminal().start();
    for n in 0..5 {
        run.until_text(&format!("line {}", 2 * n + 1));
        run.type_keys("\n");
    }
    let (screen, status) = run.end();
    assert!(status.success());
    let log: Vec<String> = screen.log().into_iter().filter(|line| !line.is_empty()).collect();
    assert_eq!(log, numbered(10).collect::<Vec<_>>(), "\n{screen}");
}

/// The terminal is in raw mode at each frame, and yet all lines were printed in cooked mode.
#[test]
fn lines_between_short_phases_of_raw_mode() {
    for pace in ["steps", "at-once"] {
        let mut run = Scene::new("raw-prompts").arg(pace).size(40, 16).reads_terminal().start();
        if pace == "steps" {
            for n in 0..10 {
                run.until_text(&format!("prompt {n}>"));
                run.type_keys("x");
            }
        }
        let screen =
            run.until("text and bar", |screen| screen.has("the end") && screen.rows()[15].starts_with("BAR#0"));
        screen.check(
            "|line 0
             |prompt 0> line 1
             |prompt 1> line 2
             |prompt 2> line 3
             |prompt 3> line 4
             |prompt 4> line 5
             |prompt 5> line 6
             |prompt 6> line 7
             |prompt 7> line 8
             |prompt 8> line 9
             |prompt 9> the end
             |_
             |
             |
             |
             |BAR#0",
        );
        run.type_keys("\r");
        let (_, status) = run.end();
        assert!(status.success());
    }
}

/// A child that asks for a password prints its prompt, and only then switches the echo off.
#[test]
fn a_password_is_not_echoed() {
    let mut run = Scene::new("password").size(40, 6).reads_terminal().start();
    run.until_text("Password:");
    run.until_settings("echo off", |settings| !settings.local_modes.contains(LocalModes::ECHO));
    run.type_keys("secret\r");
    run.until("text and bar", |screen| screen.has("6 characters") && screen.rows()[5].starts_with("BAR#0"));
    run.check_settings();
    assert!(!String::from_utf8_lossy(run.screen().raw()).contains("secret"));
    run.type_keys("\r");
    let (screen, status) = run.end();
    assert!(status.success());
    screen.check_log(["Password:", "6 characters"]);
}

/// A child that reads single keys from the terminal of its stderr gets them, without echo, and the
/// settings of the terminal are restored.
#[test]
fn a_pager_gets_its_keys() {
    let mut run = Scene::new("below-bars").arg("pager").size(40, 6).reads_terminal().start();
    run.until_text("more");
    run.type_keys("q");
    run.until_text("key q");
    run.until_text("[exit status: 0]");
    run.check_settings();
    let (screen, status) = run.end();
    assert!(status.success());
    screen.check_log(["more", "key q", "[exit status: 0]"]);
}
