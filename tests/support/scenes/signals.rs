//! Signals: with the default action, ignored, and with a handler of the program.

use std::io::Write;
use std::process::{Command, Stdio, exit};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use footlights::Manager;
use signal_hook::consts::{SIGCONT, SIGINT, SIGPIPE};

use super::common::{bar, bars, print_lines, send_to_self, signal_of, step};

// The actions that need no code of ours.
unsafe extern "C" {
    pub safe fn signal(signal: i32, action: usize) -> usize;
}
pub const SIG_DFL: usize = 0;
const SIG_IGN: usize = 1;

/// Prints lines, and sends a signal to itself, or waits for one (`none`).
pub fn default_action(name: &str) {
    if name == "PIPE" {
        // std ignores it at the start of every program.
        signal(SIGPIPE, SIG_DFL);
    }
    let manager = Manager::new();
    let counters = bars(&manager, 2);
    counters[0].inc(7);
    if name == "PIPE-later" {
        signal(SIGPIPE, SIG_DFL);
    }
    print_lines(0..12);
    step();
    println!("the last line");
    match name {
        "none" => {}
        "PIPE" | "PIPE-later" => write_to_closed_pipe(),
        _ => send_to_self(signal_of(name)),
    }
    // Signals that the process sends to itself may arrive later.
    loop {
        thread::park();
    }
}

/// Sends three times a signal to itself that ends nothing: it is ignored, or a handler is installed
/// before or after the manager.
pub fn own_action(name: &str, way: &str) {
    let number = signal_of(name);
    let handled = Arc::new(AtomicBool::new(false));
    let install = || signal_hook::flag::register(number, handled.clone()).expect("a handler");
    match way {
        "ignored" => _ = signal(number, SIG_IGN),
        "before" => _ = install(),
        _ => {}
    }
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    if way == "after" {
        install();
    }
    println!("line 0");
    for n in 1..4 {
        handled.store(false, Relaxed);
        match name {
            "PIPE" => write_to_closed_pipe(),
            _ => send_to_self(number),
        }
        while way != "ignored" && !handled.load(Relaxed) {
            thread::yield_now();
        }
        println!("line {n}");
        bar.inc(1);
        step();
    }
    drop((bar, manager));
    exit(4);
}

/// Writes to a pipe that has no reader, which raises SIGPIPE.
fn write_to_closed_pipe() {
    let mut child = Command::new("true").stdin(Stdio::piped()).spawn().expect("a child");
    let mut pipe = child.stdin.take().expect("a pipe");
    let _ = child.wait();
    assert!(pipe.write_all(b"x").is_err());
}

/// Installs a handler while there is a manager, and uses it afterwards.
pub fn handler_stays() {
    let manager = Manager::new();
    let called = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(SIGINT, called.clone()).expect("a handler");
    drop(manager);
    send_to_self(SIGINT);
    while !called.load(Relaxed) {
        thread::yield_now();
    }
    println!("goes on");
}

/// Prints a line every few milliseconds until it is stopped and continued, and 50 more.
pub fn until_continued() {
    let continued = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register(SIGCONT, continued.clone()).expect("a handler");
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let mut left = 50;
    for n in 0.. {
        println!("line {n}");
        bar.inc(1);
        thread::sleep(Duration::from_millis(5));
        left -= i32::from(continued.load(Relaxed));
        if left == 0 {
            break;
        }
    }
    println!("the end");
}
