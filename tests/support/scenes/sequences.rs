//! Escape sequences in the output.

use std::process::Command;
use std::thread;

use footlights::Manager;

use super::common::{bar, print_now, step};

/// Writes colors, wide characters, a link and a title byte by byte, with bars that change
/// meanwhile.
pub fn bytewise() {
    let manager = Manager::builder().frame_rate(1000).build();
    let bar = bar(&manager, 0);
    let text =
        "\x1b[1;38;2;200;30;40mé漢🚀e\u{301}\x1b[0m \x1b]8;;http://x.org\x1b\\link\x1b]8;;\x1b\\ \x1b]0;title\x07end";
    for byte in text.bytes() {
        assert_eq!(rustix::io::write(rustix::stdio::stdout(), &[byte]), Ok(1));
        bar.inc(1);
        // The terminal thread may run now.
        thread::yield_now();
    }
    println!();
    println!("plain");
    step();
}

/// Starts a child that prints three lines, and another one that erases two of them with the given
/// sequences. Then prints more lines; if `way` is `stop`, it stops the manager before.
pub fn erased_rows(way: &str, sequences: &str) {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let child_prints = |text: &str| {
        let status = Command::new("printf").arg(text).status();
        assert!(status.is_ok_and(|status| status.success()));
    };
    child_prints(r"line 0\nhalf\nnearly all\n");
    step();
    child_prints(sequences);
    bar.inc(1);
    step();
    if way == "stop" {
        manager.stop();
    }
    for n in 1..12 {
        println!("line {n}");
        bar.inc(1);
        step();
    }
}

/// Switches to the alternate screen and back.
pub fn full_screen() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    println!("line 0");
    step();
    print_now("\x1b[?1049h\x1b[2J\x1b[Hfull screen");
    bar.inc(1);
    step();
    print_now("\x1b[3;3Hmore");
    bar.inc(1);
    step();
    print_now("\x1b[?1049l");
    println!("line 1");
    step();
}
