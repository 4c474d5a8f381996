//! Ways out of a program, apart from signals.

use std::process::{abort, exit};
use std::sync::Mutex;
use std::time::Duration;
use std::{panic, thread};

use footlights::{Counter, Manager};
use signal_hook::consts::SIGSEGV;
use signal_hook::low_level;

use super::common::{bars, print_lines, send_to_self, signal_of, step};

static KEPT: Mutex<Vec<(Manager, Vec<Counter>)>> = Mutex::new(Vec::new());

/// Prints lines, and leaves in the way that the argument names.
pub fn exits(way: &str) {
    let manager = Manager::new();
    let counters = bars(&manager, 2);
    counters[0].inc(7);
    print_lines(0..12);
    leave(way, manager, counters);
}

/// Waits for a step, in which the test looks at what the taskbar shows, and leaves.
pub fn taskbar(way: &str) {
    let manager = Manager::new();
    let counters = bars(&manager, 2);
    counters[0].inc(50);
    let failed = counters[1].segment("failed").add();
    step();
    failed.inc(10);
    step();
    match way {
        "suspend" => {
            manager.suspend(|| {
                step();
            });
            step();
        }
        "TERM" | "INT" => {
            send_to_self(signal_of(way));
            thread::park();
        }
        _ => leave(way, manager, counters),
    }
}

fn leave(way: &str, manager: Manager, counters: Vec<Counter>) {
    match way {
        "drop" => {}
        "stop" => {
            manager.stop();
            println!("after");
        }
        "leak" => std::mem::forget((manager, counters)),
        "static" => KEPT.lock().expect("no panic").push((manager, counters)),
        "exit" => exit(3),
        "exit-0" => exit(0),
        "error" => {
            // Another thread still counts.
            let counter = counters[1].clone();
            thread::spawn(move || {
                loop {
                    counter.inc(1);
                    thread::yield_now();
                }
            });
            eprintln!("error: no");
            exit(3);
        }
        "late" => {
            eprintln!("error: no");
            thread::sleep(Duration::from_millis(500));
            exit(3);
        }
        "open" => {
            print!("open");
            exit(3);
        }
        "thread-exit" => {
            let _ = thread::spawn(|| exit(3)).join();
        }
        "panic" => panic!("oh no"),
        "caught" => {
            let caught = panic::catch_unwind(|| panic!("oh no"));
            assert!(caught.is_err());
            println!("goes on");
        }
        "panic-in-thread" => {
            let ended = thread::spawn(|| panic!("oh no")).join();
            assert!(ended.is_err());
            println!("goes on");
        }
        "abort" => abort(),
        "abort-in-thread" => {
            let _ = thread::spawn(|| abort()).join();
        }
        "overflow" => println!("{}", endless(1)),
        // The handler of std lets the first one pass, because a fault would occur again.
        "fault" => (0..2).for_each(|_| low_level::raise(SIGSEGV).expect("a signal that exists")),
        _ => panic!("no such way out: {way}"),
    }
}

/// Overflows the stack.
#[expect(unconditional_recursion)]
fn endless(n: u64) -> u64 {
    std::hint::black_box(endless(std::hint::black_box(n + 1)) + n)
}
