//! Signals. If one ends the program, the output is complete, the bars are ordinary lines below it,
//! and the terminal is restored. If the program ignores or handles it, nothing changes.

use std::os::unix::process::ExitStatusExt;

use rustix::process::Signal;

use crate::support::Scene;
use crate::support::bytes::Modes;
use crate::support::pty::Run;
use crate::support::screen::numbered;

/// The status says that the program died of that very signal.
#[test]
fn signals_that_end_a_program() {
    for (signal, status) in [
        ("INT", "signal: 2 (SIGINT)"),
        ("TERM", "signal: 15 (SIGTERM)"),
        ("HUP", "signal: 1 (SIGHUP)"),
        ("QUIT", "signal: 3 (SIGQUIT)"),
    ] {
        check_default_action(signal, status);
    }
}

#[test]
fn rare_signals_that_end_a_program() {
    check_default_action("ALRM", &format!("signal: {} (SIGALRM)", Signal::ALARM.as_raw()));
    check_default_action("USR1", &format!("signal: {} (SIGUSR1)", Signal::USR1.as_raw()));
}

/// Raised by a write to a pipe without a reader: the program fails.
#[test]
fn sigpipe_ends_a_program() {
    check_sigpipe("PIPE");
}

/// Libraries reset it in the middle of a program.
#[test]
fn sigpipe_ends_a_program_that_stopped_ignoring_it() {
    check_sigpipe("PIPE-later");
}

#[track_caller]
fn check_sigpipe(way: &str) {
    let run = end_by_signal(way);
    let status = format!("[signal: {} (SIGPIPE)]", Signal::PIPE.as_raw());
    run.screen().check_end(&format!("|line 11\n|the last line\n|{status}\n|$ _"));
    let names = run.screen().names();
    assert!(names.iter().position(|name| name == "BAR#1") < names.iter().position(|name| name == "the last line"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_realtime_signal_ends_a_program() {
    check_default_action("RT", "signal: 40");
}

/// Runs the program until the signal ends it, and checks that its output is complete and the
/// terminal restored.
#[track_caller]
fn end_by_signal(signal: &str) -> Run {
    let mut run = Scene::new("signal").arg(signal).size(40, 16).in_shell().start();
    run.until_text("line 11");
    run.step();
    run.until_text("$");
    run.check_restored();
    let screen = run.screen();
    assert!(screen.log().starts_with(&numbered(12).collect::<Vec<_>>()), "{signal}\n{screen}");
    run
}

#[track_caller]
fn check_default_action(signal: &str, status: &str) {
    let run = end_by_signal(signal);
    let screen = run.screen();
    // The status may be followed by a note about a core dump.
    let status = status.to_owned() + if screen.has("(core dumped)") { " (core dumped)" } else { "" };
    screen.check_end(&format!(
        "|line 11
         |the last line
         |BAR#0
         |BAR#1
         |[{status}]
         |$ _"
    ));
}

/// The terminal echoes `^C` at the cursor, and sends SIGINT to both the shell and the program. The
/// shell handles it.
#[test]
fn control_c() {
    let mut run = Scene::new("signal").arg("none").size(40, 16).in_shell().start();
    run.until("the bars", |screen| screen.has("line 11") && screen.bars() == ["BAR#0", "BAR#1"]);
    run.step();
    run.until_text("the last line");
    run.type_keys("\x03");
    run.until_text("$");
    run.check_restored();
    let screen = run.screen();
    let log: Vec<String> = screen.log().into_iter().filter(|line| line != "^C").collect();
    assert_eq!(log[12..], ["the last line", "[signal: 2 (SIGINT)]", "$"], "\n{screen}");
    assert_eq!(screen.bars(), ["BAR#0", "BAR#1"]);
    screen.check_end(
        "|BAR#0
         |BAR#1
         |[signal: 2 (SIGINT)]
         |$ _",
    );
}

/// The program is the leader of its session. Only SIGTERM is sent: the others may be ignored in the
/// process that runs the tests (`nohup`, a background job), and programs inherit that.
#[test]
fn a_signal_from_another_process() {
    let mut run = Scene::new("signal").arg("none").size(40, 16).start();
    run.until_text("line 11");
    run.step();
    run.until_text("the last line");
    run.signal(Signal::TERM);
    let (screen, status) = run.end();
    assert_eq!(status.signal(), Some(Signal::TERM.as_raw()));
    assert!(screen.log().starts_with(&numbered(12).collect::<Vec<_>>()), "\n{screen}");
    screen.check_end(
        "|line 11
         |the last line
         |BAR#0
         |BAR#1
         |_",
    );
}

/// After Ctrl-S. A program that is being killed does not wait for Ctrl-Q.
#[test]
fn a_signal_while_the_terminal_is_stopped() {
    let mut run = Scene::new("signal").arg("none").size(40, 16).start();
    run.until("the bars", |screen| screen.has("line 11") && screen.bars() == ["BAR#0", "BAR#1"]);
    run.type_keys("\x13");
    run.step();
    run.signal(Signal::TERM);
    let (screen, status) = run.end();
    assert_eq!(status.signal(), Some(Signal::TERM.as_raw()));
    assert!(Modes::after(screen.raw()).are_plain());
}

#[test]
fn a_handler_of_the_program_decides() {
    for signal in ["INT", "ALRM", "USR1", "PIPE"] {
        for way in ["before", "after"] {
            check_own_action(signal, way);
        }
    }
}

#[test]
fn ignored_signals_stay_ignored() {
    for signal in ["INT", "ALRM", "USR1", "PIPE"] {
        check_own_action(signal, "ignored");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_realtime_signal_of_the_program() {
    for way in ["before", "after", "ignored"] {
        check_own_action("RT", way);
    }
}

#[track_caller]
fn check_own_action(signal: &str, way: &str) {
    let mut run = Scene::new("own-action").arg(signal).arg(way).size(40, 16).in_shell().start();
    for n in 1..4 {
        let text = format!("line {n}");
        run.until("the line and the bar", |screen| screen.has(&text) && screen.bars() == ["BAR#0"]);
        run.screen().check_log(numbered(n + 1));
        run.step();
    }
    run.until_text("$");
    run.check_restored();
    run.screen().check_log(numbered(4).chain(["[exit status: 4]".into(), "$".into()]));
    assert_eq!(run.screen().bars(), ["BAR#0"]);
}

#[test]
fn a_handler_outlives_the_manager() {
    let (screen, status) = Scene::new("handler-stays").run();
    assert!(status.success(), "\n{screen}");
    assert!(screen.has("goes on"));
}

/// The program cannot react, and need not: between two frames no mode is set, and the next prompt
/// appears.
#[test]
fn kill_9() {
    let mut run = Scene::new("signal").arg("KILL").size(40, 16).in_shell().start();
    run.until("the bars", |screen| screen.has("line 11") && screen.rows().iter().any(|row| row.starts_with("BAR#1")));
    run.step();
    run.until_text("$");
    run.check_restored();
    let screen = run.screen();
    assert!(screen.log().starts_with(&numbered(12).collect::<Vec<_>>()), "\n{screen}");
    let rows = screen.picture();
    assert!(rows.contains(&"$ _".to_owned()), "\n{screen}");
}
