//! Programs whose output is not intercepted.

use std::process::abort;
use std::thread;

use footlights::{Interception, Manager};

use super::common::{bars, print_lines, send_to_self, signal_of, step};

/// Prints lines without interception, and leaves in the way that the argument names.
pub fn scroll_region(way: &str) {
    let manager = Manager::builder().interception(Interception::Off).build();
    let bars = bars(&manager, 2);
    print_lines(0..3);
    step();
    print_lines(3..12);
    step();
    match way {
        "drop" => drop(bars),
        "suspend" => manager.suspend(|| {
            println!("alone");
            step();
        }),
        "panic" => panic!("oh no"),
        "abort" => abort(),
        signal => {
            send_to_self(signal_of(signal));
            loop {
                thread::park();
            }
        }
    }
}
