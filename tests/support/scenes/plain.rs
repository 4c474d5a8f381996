//! Programs whose bars are shown as lines.

use std::process::exit;
use std::thread;

use footlights::{Manager, Output};
use signal_hook::consts::SIGPIPE;

use super::common::{bar, bars, without_first_lines};
use super::signals::{self, SIG_DFL};

/// A bar with a colored message.
pub fn colored_message() {
    let manager = without_first_lines().build();
    bar(&manager, 0).set_message("\x1b[31mred\x1b[m");
}

/// Ends in different ways.
pub fn plain_exit(way: &str) {
    let manager = without_first_lines().output(Output::Plain).build();
    let bar = bar(&manager, 0);
    bar.inc(7);
    match way {
        "return" => {}
        "exit" => exit(0),
        "panic" => panic!("on purpose"),
        "stop" => manager.stop(),
        "leak" => std::mem::forget((bar, manager)),
        _ => panic!("no such way: {way}"),
    }
}

/// Counts while nobody reads what is said about it.
pub fn without_reader(output: &str) {
    // std ignores it at the start of every program.
    signals::signal(SIGPIPE, SIG_DFL);
    let manager = Manager::builder().output(output.parse().expect("an output")).build();
    let mut count = 0;
    for _ in 0..1000 {
        for bar in bars(&manager, 10) {
            bar.inc(10);
            bar.finish();
            count += 10;
        }
    }
    println!("count: {count}");
}

/// Prints from four threads, while bars come and go.
pub fn plain_threads() {
    let manager = Manager::builder().output(Output::Plain).build();
    thread::scope(|scope| {
        for t in 0..4 {
            let manager = &manager;
            scope.spawn(move || {
                for n in 0..100 {
                    eprintln!("thread {t} line {n}");
                    bar(manager, n).inc(100);
                }
            });
        }
    });
}
