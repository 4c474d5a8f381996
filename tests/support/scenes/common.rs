//! What many scenes do: add bars, print lines, wait for the test.

use std::env;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::time::Duration;

use footlights::{AnsiColor, Counter, CounterBuilder, Interception, Manager, ManagerBuilder};
use rustix::process::{Signal, getpid, kill_process};
use signal_hook::consts::{SIGABRT, SIGALRM, SIGHUP, SIGINT, SIGKILL, SIGPIPE, SIGQUIT, SIGTERM, SIGUSR1};
use signal_hook::low_level;

/// Waits until the test lets the scene go on, or ends.
pub fn step() {
    let _ = io::stdin().read(&mut [0]);
}

/// A bar that appears with the next frame.
pub fn bar(manager: &Manager, n: usize) -> Counter {
    builder(manager, n).delay(Duration::ZERO).add()
}

pub fn builder(manager: &Manager, n: usize) -> CounterBuilder {
    manager.counter().total(100).desc(format!("BAR#{n}")).unit("ticks").color(AnsiColor::Green)
}

/// A manager whose plain lines are only last ones, however slow the machine is.
pub fn without_first_lines() -> ManagerBuilder {
    Manager::builder().plain_delay(Duration::from_secs(3600))
}

pub fn bars(manager: &Manager, count: usize) -> Vec<Counter> {
    (0..count).map(|n| bar(manager, n)).collect()
}

pub fn print_lines(range: Range<usize>) {
    for n in range {
        println!("line {n}");
    }
}

/// Prints text that need not end a line, and flushes it.
pub fn print_now(text: &str) {
    print!("{text}");
    let _ = io::stdout().flush();
}

pub fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

/// The program that contains the scenes.
pub fn scenes() -> PathBuf {
    env::current_exe().expect("a program has a path")
}

pub fn interception_of(name: &str) -> Interception {
    match name {
        "pty" => Interception::Pty,
        "pipe" => Interception::Pipe,
        _ => panic!("no such interception: {name}"),
    }
}

/// The number of a signal; `RT` is one of the realtime signals, which have no names.
pub fn signal_of(name: &str) -> i32 {
    match name {
        "ABRT" => SIGABRT,
        "ALRM" => SIGALRM,
        "HUP" => SIGHUP,
        "INT" => SIGINT,
        "KILL" => SIGKILL,
        "PIPE" => SIGPIPE,
        "QUIT" => SIGQUIT,
        "RT" => 40,
        "TERM" => SIGTERM,
        "USR1" => SIGUSR1,
        _ => panic!("no such signal: {name}"),
    }
}

/// Sends a signal to this process.
pub fn send_to_self(signal: i32) {
    match Signal::from_named_raw(signal) {
        Some(signal) => kill_process(getpid(), signal).expect("this process runs"),
        None => low_level::raise(signal).expect("a signal that exists"),
    }
}
