//! Programs that start others, and programs to be started.

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;

use footlights::Manager;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

use super::common::{bar, bars, print_now, scenes, step};

/// Acts as a shell: runs a program, prints how it ended, and then a prompt.
pub fn shell(program: &[&str]) {
    // Signals that the terminal sends to both must not end this process. The handlers, unlike
    // ignored signals, are not inherited by the program.
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
        signal_hook::flag::register(signal, Arc::default()).expect("a handler");
    }
    let status = Command::new(scenes()).args(program).status().expect("the program starts");
    println!("[{status}]");
    print_now("$ ");
    step();
}

/// Starts a child that prints after the manager has stopped, waits for its end, and ends at once.
pub fn late_child() {
    let manager = Manager::new();
    println!("line 0");
    let mut child = Command::new("sh")
        .args(["-c", "read go; seq -f 'line %.0f' 1 2999"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("sh");
    drop(manager);
    drop(child.stdin.take());
    let _ = child.wait();
}

/// Lends the terminal several times, and stops, while a child prints all the time.
pub fn printing_child() {
    let manager = Manager::new();
    let bars = bars(&manager, 2);
    let mut child = Command::new("sh").args(["-c", "while :; do echo child; done"]).spawn().expect("sh");
    for n in 0..3 {
        println!("\nline {}", 2 * n);
        manager.suspend(|| println!("\nline {}", 2 * n + 1));
        bars[n % 2].inc(1);
    }
    manager.stop();
    let _ = child.kill();
    let _ = child.wait();
}

/// Starts children that print to both streams, if these are terminals.
pub fn children() {
    let manager = Manager::new();
    let bars = bars(&manager, 1);
    for n in 0..6 {
        println!("line {}", 4 * n);
        let script = r#"echo "line $1"; echo "line $2" >&2; test -t 1 && test -t 2 && echo "line $3""#;
        let numbers = (4 * n + 1..4 * n + 4).map(|n| n.to_string());
        let status = Command::new("sh").args(["-c", script, "sh"]).args(numbers).status();
        assert!(status.is_ok_and(|status| status.success()));
        bars[0].inc(1);
    }
}

/// Starts a child that has a manager of its own.
pub fn nested() {
    let manager = Manager::new();
    let bars = bars(&manager, 1);
    println!("line 0");
    let status = Command::new(scenes()).args(["bars", "2"]).stdin(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()));
    bars[0].inc(1);
    println!("line 3");
}

/// Starts a child that prints after the manager is dropped.
pub fn survivor() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let mut command = Command::new("sh");
    command.args(["-c", "echo line 0; read x; echo line 1; echo line 2 >&2"]).stdin(Stdio::piped());
    let mut child = command.spawn().expect("sh starts");
    step();
    drop(bar);
    drop(manager);
    println!("gone");
    let _ = child.stdin.take().map(|mut stdin| stdin.write_all(b"\n"));
    assert!(child.wait().is_ok_and(|status| status.success()));
    step();
}

/// Runs another scene below a bar, and prints how it ended.
pub fn below_bars(program: &[&str]) {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let status = Command::new(scenes()).args(program).status().expect("the program starts");
    bar.inc(1);
    println!("[{status}]");
}

/// Reads a single key from the terminal that its stderr leads to, as pagers do.
pub fn pager() {
    let open = |name| File::options().read(true).write(true).open(name);
    let mut terminal = open("/proc/self/fd/2").or_else(|_| open("/dev/tty")).expect("a terminal");
    let before = tcgetattr(&terminal).expect("settings");
    let mut settings = before.clone();
    settings.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
    tcsetattr(&terminal, OptionalActions::Now, &settings).expect("new settings");
    println!("more");
    let mut key = [0];
    terminal.read_exact(&mut key).expect("a key");
    tcsetattr(&terminal, OptionalActions::Now, &before).expect("the old settings");
    println!("key {}", char::from(key[0]));
}

/// Starts a child that asks for a password, and switches the echo off some time after its prompt.
pub fn password() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let script = r#"
        printf "Password: "
        sleep .05
        stty -echo <&1
        read p
        stty echo <&1
        printf "\n%s characters\n" "${#p}"
    "#;
    let status = Command::new("sh").args(["-c", script]).status();
    assert!(status.is_ok_and(|status| status.success()));
    bar.inc(1);
    io::stdin().read_line(&mut String::new()).expect("a line");
}
