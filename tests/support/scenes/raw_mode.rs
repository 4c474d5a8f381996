//! Output around changes to raw mode and back, as line editors make them.

use footlights::Manager;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

use super::common::{bar, print_now, step};

/// Prints a line, enters raw mode at once, and prints another line there.
pub fn raw_mode() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let (cooked, raw) = settings();
    for n in 0..5 {
        println!("line {}", 2 * n);
        tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &raw).expect("raw mode");
        print_now(&format!("line {}\r\n", 2 * n + 1));
        bar.inc(1);
        tcsetattr(rustix::stdio::stdin(), OptionalActions::Drain, &cooked).expect("the old settings");
        step();
    }
}

/// Prints lines in cooked mode, each followed by a prompt in raw mode. Each prompt is a step, or
/// all follow each other at once.
pub fn raw_prompts(pace: &str) {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let (cooked, raw) = settings();
    for n in 0..10 {
        println!("line {n}");
        tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &raw).expect("raw mode");
        print_now(&format!("prompt {n}> "));
        bar.inc(1);
        if pace == "steps" {
            step();
        }
        tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &cooked).expect("the old settings");
    }
    println!("the end");
    step();
}

/// The settings of the terminal as they are, and those of raw mode.
fn settings() -> (Termios, Termios) {
    let cooked = tcgetattr(rustix::stdio::stdin()).expect("settings");
    let mut raw = cooked.clone();
    raw.make_raw();
    (cooked, raw)
}
