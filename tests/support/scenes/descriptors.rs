//! Descriptors: where the streams lead, and that there may be none left.

use std::fs::File;
use std::process::exit;

use footlights::Manager;
use rustix::process::{Resource, Rlimit, setrlimit};
use rustix::stdio::{dup2_stderr, dup2_stdout};

use super::common::{bars, print_lines, step};

/// Prints to both streams, of which one or both are `/dev/tty`.
pub fn dev_tty(stream: &str) {
    let terminal = File::options().read(true).write(true).open("/dev/tty").expect("a terminal");
    if stream != "stderr" {
        dup2_stdout(&terminal).expect("a duplicate");
    }
    if stream != "stdout" {
        dup2_stderr(&terminal).expect("a duplicate");
    }
    let manager = Manager::new();
    let _bars = bars(&manager, 2);
    for n in 0..40 {
        if n % 2 == 0 { println!("line {n}") } else { eprintln!("line {n}") }
    }
    // A second manager finds the terminal that is in use.
    let second = Manager::new();
    let _bar = super::common::bar(&second, 2);
    println!("line 40");
    manager.suspend(|| println!("line 41"));
    println!("line 42");
    step();
}

/// Allows this process so many descriptors.
pub fn limit(descriptors: usize) {
    let limit = Some(descriptors as u64);
    setrlimit(Resource::Nofile, Rlimit { current: limit, maximum: limit }).expect("a limit");
}

/// Opens files until there is no descriptor left, prints, lends the terminal, and ends.
pub fn none_left(way: &str) {
    limit(64);
    let manager = Manager::new();
    let _bars = bars(&manager, 2);
    print_lines(0..5);
    let files: Vec<File> = std::iter::from_fn(|| File::open("/dev/null").ok()).collect();
    assert!(files.len() > 20);
    print_lines(5..10);
    manager.suspend(|| print_lines(10..15));
    print_lines(15..20);
    match way {
        "stop" => {
            manager.stop();
            print_lines(20..25);
        }
        "exit" => {
            print_lines(20..25);
            exit(0)
        }
        _ => panic!("no such way: {way}"),
    }
}
