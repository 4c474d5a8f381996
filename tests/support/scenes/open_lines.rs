//! Prompts.

use std::io;

use footlights::Manager;

use super::common::{bar, print_now};

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
