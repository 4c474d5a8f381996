//! Output to stdout and stderr, by every means that a program has.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

use footlights::Manager;

use super::common::{bar, bars, interception_of, print_lines, print_now, step};

// C's own buffer, which std knows nothing of.
unsafe extern "C" {
    safe fn putchar(c: i32) -> i32;
}

/// Prints colored lines to both streams in turn.
pub fn streams() {
    let manager = Manager::new();
    let _bars = bars(&manager, 2);
    for n in 0..40 {
        if n % 2 == 0 {
            println!("line {n} \x1b[31mred\x1b[0m");
        } else {
            eprintln!("line {n} \x1b[1;38;2;1;2;3mrgb\x1b[0m");
        }
    }
    step();
}

/// Writes lines to the descriptors 1 and 2 directly, without a buffer.
pub fn raw_writes() {
    let manager = Manager::new();
    let _bars = bars(&manager, 1);
    for n in 0..20 {
        let text = format!("line {n}\n");
        let written = if n % 2 == 0 {
            rustix::io::write(rustix::stdio::stdout(), text.as_bytes())
        } else {
            rustix::io::write(rustix::stdio::stderr(), text.as_bytes())
        };
        assert_eq!(written, Ok(text.len()));
    }
}

/// Prints with C's stdio, before, while and after there are bars; the last line has no end.
pub fn c_stdio(interception: &str) {
    c_print("line 0\nline 1 ");
    let manager = Manager::builder().interception(interception_of(interception)).build();
    let _bars = bars(&manager, 1);
    c_print("goes on\n");
    for n in 2..20 {
        c_print(&format!("line {n}\n"));
    }
    c_print("the end");
}

fn c_print(text: &str) {
    for byte in text.bytes() {
        putchar(byte.into());
    }
}

/// Prints lines from four threads to both streams.
pub fn threads() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    thread::scope(|scope| {
        for t in 0..4 {
            let bar = &bar;
            scope.spawn(move || {
                for n in 0..250 {
                    // In one write: `eprintln!` would make several, and output of other threads
                    // may come in between.
                    let line = format!("thread {t} line {n}\n");
                    let written = match n % 2 {
                        0 => io::stdout().write_all(line.as_bytes()),
                        _ => io::stderr().write_all(line.as_bytes()),
                    };
                    assert!(written.is_ok());
                    bar.inc(1);
                }
            });
        }
    });
}

/// Prints lines as fast as it can.
pub fn lines(count: usize) {
    let manager = Manager::new();
    let _bars = bars(&manager, 2);
    print_lines(0..count);
}

/// Starts a shell that prints lines as fast as it can.
pub fn flood(lines: usize) {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let script = format!("i=0; while [ $i -lt {lines} ]; do echo \"line $i\"; i=$((i+1)); done");
    let mut child = Command::new("sh").args(["-c", &script]).spawn().expect("sh starts");
    while child.try_wait().expect("our child").is_none() {
        bar.inc(1);
        thread::yield_now();
    }
}

/// Prints lines whose width is that of the window, or one column more or less.
pub fn wide_lines() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    step();
    for width in [29, 30, 31, 59, 60, 61] {
        print_now(&"x".repeat(width));
        bar.inc(1);
        step();
        println!();
        step();
    }
}

/// Makes stdout non-blocking, and fills it while the manager ends.
pub fn non_blocking() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let stdout = rustix::stdio::stdout();
    rustix::io::ioctl_fionbio(stdout, true).expect("a mode that exists");
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = stop.clone();
    let printer = thread::spawn(move || {
        while !stopped.load(Relaxed) {
            let _ = rustix::io::write(stdout, &[b'.'; 999]);
        }
    });
    for _ in 0..20 {
        manager.suspend(|| bar.inc(1));
    }
    drop(bar);
    drop(manager);
    stop.store(true, Relaxed);
    printer.join().expect("no panic");
    rustix::io::ioctl_fionbio(stdout, false).expect("a mode that exists");
    println!("\nthe end");
}

/// Prints to both streams, of which one is a file.
pub fn file(stream: &str) {
    let manager = Manager::new();
    assert!(manager.is_enabled());
    let bar = bar(&manager, 0);
    for n in 0..10 {
        println!("out {n}");
        eprintln!("err {n}");
        bar.inc(1);
    }
    let is_terminal = if stream == "stdout" { io::stdout().is_terminal() } else { io::stderr().is_terminal() };
    assert!(!is_terminal, "{stream} is a file");
    step();
}

/// Prints to both streams, of which one leads to the terminal by its other name.
pub fn dev_tty() {
    let tty = File::options().read(true).write(true).open("/dev/tty").expect("a controlling terminal");
    rustix::stdio::dup2_stderr(tty).expect("a redirect");
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    for n in 0..20 {
        if n % 2 == 0 {
            println!("line {n}");
        } else {
            eprintln!("line {n}");
        }
        bar.inc(1);
    }
    step();
}

/// Prints whether the streams are terminals: before, while and after there is a manager.
pub fn isatty(interception: &str) {
    let before = (io::stdout().is_terminal(), io::stderr().is_terminal());
    let manager = Manager::builder().interception(interception_of(interception)).build();
    let within = (io::stdout().is_terminal(), io::stderr().is_terminal());
    drop(manager);
    let after = (io::stdout().is_terminal(), io::stderr().is_terminal());
    println!("{before:?}");
    println!("{within:?}");
    println!("{after:?}");
}
