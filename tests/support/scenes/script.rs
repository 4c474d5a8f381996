//! A program that executes the commands of a test.

use std::collections::HashMap;
use std::io::{self, Write};
use std::process::Command;
use std::thread;
use std::time::Duration;

use footlights::{Manager, bar_format};

use super::common::{number, print_now};

/// Executes the commands in its input, one per line.
pub fn script() {
    let manager = Manager::builder().frame_rate(1000).build();
    let mut bars = HashMap::new();
    for line in io::stdin().lines() {
        let line = line.expect("a command");
        let (command, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match command {
            "out" => println!("{rest}"),
            // In one write: `eprintln!` would make several.
            "err" => io::stderr().write_all(format!("{rest}\n").as_bytes()).expect("a stderr"),
            "part" => print_now(rest),
            "child" => child("%s\\n", rest),
            "child-part" => child("%s", rest),
            "many" => (0..number(rest)).for_each(|n| println!("many {n}")),
            "threads" => thread::scope(|scope| {
                for thread in 0..3 {
                    scope.spawn(move || (0..4).for_each(|n| println!("thread-{rest}-{thread}-{n}")));
                }
            }),
            "suspend" => thread::scope(|scope| {
                scope.spawn(move || (0..100).for_each(|n| println!("thread-{rest}-0-{n}")));
                (0..5).for_each(|_| manager.suspend(|| ()));
            }),
            "add" | "stay" => {
                let n = number(rest);
                // The format contains no time, so a frame is written only after a command.
                let bar = manager
                    .counter()
                    .total(1000)
                    .desc(format!("BAR#{n}"))
                    .leave(command == "stay")
                    .delay(Duration::ZERO);
                bars.insert(n, bar.bar_format(bar_format!("{desc} {count} {bar}")).add());
            }
            "remove" => bars.remove(&number(rest)).expect("a bar").remove(),
            "inc" => {
                let (n, count) = rest.split_once(' ').expect("two numbers");
                bars[&number(n)].inc(number(count) as u64);
            }
            _ => panic!("no such command: {line}"),
        }
    }
}

fn child(format: &str, text: &str) {
    let status = Command::new("sh").args(["-c", "printf \"$1\" \"$2\"", "sh", format, text]).status();
    assert!(status.is_ok_and(|status| status.success()));
}
