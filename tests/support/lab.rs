//! A program for a test bench outside of this repository: prints given lines while bars are live.
//!
//! * `TERMLAB_LINES`: the file with the lines.
//! * `TERMLAB_BARS`: the number of bars.
//! * `TERMLAB_PACE_US`: the pause after each line, in microseconds.
//! * `TERMLAB_MODE`: how the lines are printed. `lines`: whole. `child`: by a child. `partial`: in
//!   the pieces that `|` separates. `threads`: by several threads, to both streams.
//!
//! * `TERMLAB_ANCHOR`: `inline` for bars right below the output.
//!
//! An argument, `pipe` or `off`, selects the interception.

#[path = "environment.rs"]
mod environment;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::Command;
use std::time::Duration;
use std::{env, fs, thread};

use environment::number;
use footlights::{Anchor, Color, Counter, Interception, Manager};

const CHILD: &str = r#"while IFS= read -r l; do printf '%s\n' "$l"; sleep 0.005; done < "$TERMLAB_LINES""#;

fn main() -> io::Result<()> {
    let text = fs::read_to_string(env::var("TERMLAB_LINES").unwrap_or_default())?;
    let lines: Vec<&str> = text.lines().collect();
    let pace = Duration::from_micros(number("TERMLAB_PACE_US", 3000));
    let mode = env::var("TERMLAB_MODE").unwrap_or_default();

    let interception = match env::args().nth(1).as_deref() {
        Some("pipe") => Interception::Pipe,
        Some("off") => Interception::Off,
        _ => Interception::Pty,
    };
    let anchor = match env::var("TERMLAB_ANCHOR").as_deref() {
        Ok("inline") => Anchor::Inline,
        _ => Anchor::Bottom,
    };
    let manager = Manager::builder().interception(interception).anchor(anchor).build();
    let bars: Vec<Counter> = (0..number("TERMLAB_BARS", 4))
        .map(|n| {
            let bar = manager.counter().desc(format!("BAR#{n}")).unit("lines").total(lines.len() as u64);
            bar.color(Color::rgb(40, 170, 90)).add()
        })
        .collect();
    let tick = || bars.iter().for_each(|bar| bar.inc(1));

    match mode.as_str() {
        "child" => {
            let mut child = Command::new("sh").args(["-c", CHILD]).spawn()?;
            while child.try_wait()?.is_none() {
                bars.iter().filter(|bar| bar.count() + 1 < lines.len() as u64).for_each(|bar| bar.inc(1));
                thread::sleep(Duration::from_millis(4));
            }
            bars.iter().for_each(|bar| bar.set(lines.len() as u64));
        }
        "partial" => {
            for line in &lines {
                for piece in line.split('|') {
                    print!("{piece}");
                    io::stdout().flush()?;
                    thread::sleep(pace);
                }
                println!();
                tick();
            }
        }
        "threads" => {
            let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for line in &lines {
                groups.entry(line.get(1..4).unwrap_or_default()).or_default().push(line);
            }
            thread::scope(|scope| {
                for group in groups.values() {
                    scope.spawn(|| {
                        for (n, line) in group.iter().enumerate() {
                            // In one write: `eprintln!` writes the line feed by itself, and output
                            // of another thread may come in between.
                            let line = format!("{line}\n");
                            let _ = match n % 2 {
                                0 => io::stdout().write_all(line.as_bytes()),
                                _ => io::stderr().write_all(line.as_bytes()),
                            };
                            tick();
                            thread::sleep(pace);
                        }
                    });
                }
            });
        }
        _ => {
            for line in &lines {
                println!("{line}");
                tick();
                thread::sleep(pace);
            }
        }
    }
    Ok(())
}
