//! Lines that are begun and not ended, and prompts.

use std::io;

use footlights::Manager;

use super::common::{bar, print_now, step};

/// Prints a line in pieces, and another one that it overwrites.
pub fn partial() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    print_now("work ");
    step();
    for _ in 0..3 {
        print_now(".");
    }
    bar.inc(1);
    step();
    println!(" done");
    print_now("again");
    step();
    print_now("\rAGAIN");
    step();
}

/// Begins a line before there is a manager; ends it, or is stopped at once.
pub fn open_before(way: &str) {
    print_now("loading ");
    let manager = Manager::new();
    let _bar = bar(&manager, 0);
    step();
    if way != "at-once" {
        println!("done");
    }
}

/// Shows progress of its own in a line that it overwrites again and again.
pub fn overwritten() {
    let manager = Manager::builder().frame_rate(250).build();
    let bar = bar(&manager, 0);
    println!("line 0");
    for percent in [10, 50, 90] {
        print_now(&format!("{percent}% done\r"));
        step();
        bar.inc(1);
    }
}

/// Asks for a name, and reads it from the terminal.
pub fn prompt() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    print_now("name? ");
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).expect("an answer");
    bar.inc(1);
    println!("hello {}", answer.trim());
    io::stdin().read_line(&mut answer).expect("a line");
}

/// Leaves a color on while bars are redrawn.
pub fn open_color() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    print_now("\x1b[1;31mred ");
    step();
    bar.inc(50);
    step();
    print_now("more\x1b[0m plain");
    step();
    println!();
}
