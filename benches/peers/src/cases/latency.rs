//! The time from printing a line to its arrival at the terminal.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, sleep};
use std::time::Duration;

use super::Measurement;
use crate::effort::Effort;
use crate::peers::peer;
use crate::pty::Case;
use crate::report::{Figures, figures};
use crate::rounds::{Rounds, Spread};
use crate::system;
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement =
    Measurement { name: "latency", about: "from println! to the terminal", usual: true, measure };

const ALL: &[(&str, &str)] = &[
    ("none", "no bars"),
    ("footlights", "footlights, pty"),
    ("indicatif", "indicatif"),
    ("footlights-pipe", "footlights, pipe"),
    ("footlights-off", "footlights, off"),
];

/// The time of a frame at the default rate, with a margin, in milliseconds.
const FRAME: f64 = 42.0;

fn measure(effort: &Effort, score: &mut Score) {
    let all = effort.of(ALL, &ALL[..3]);
    for (when, title, lines) in [
        ("quiet", "a single line, bars at rest", effort.of(5, 3)),
        ("busy", "a line now and then, all bars counting", effort.of(5, 3)),
        ("stream", "a line every 3 ms, all bars counting", effort.of(200, 100)),
    ] {
        let names: Vec<&str> = all.iter().map(|(id, _)| *id).collect();
        let run = |id: &str| -> Figures {
            let mut clock = Clock::default();
            Case::new("latency").arg(id).arg(when).arg(lines).watch(|bytes, at| clock.read(bytes, at));
            let spread = Spread::of(clock.delays.into_iter());
            figures([("median", spread.median * 1e3), ("longest", spread.high * 1e3)])
        };
        let rounds = Rounds::play(effort.of(3, 1), &names, run);
        let mut table = Table::new(format!("latency: {title}, until it is on the terminal"));
        for (id, name) in all {
            let median = Row::new(*name).figure(rounds.figure(id, "median"), "ms");
            let longest = Row::new(format!("{name}: the longest")).figure(rounds.figure(id, "longest").high, "ms");
            let ours = id.starts_with("footlights");
            table.row(if ours && when == "quiet" { median.below(2.0) } else { median });
            table.row(if ours { longest.at_most(FRAME) } else { longest });
        }
        score.add(table);
    }
}

/// Reads from each line when it was printed, and collects the delays.
#[derive(Default)]
struct Clock {
    /// The digits of a line that have arrived so far.
    digits: Option<String>,
    delays: Vec<f64>,
}

impl Clock {
    fn read(&mut self, bytes: &[u8], at: f64) {
        for byte in bytes {
            match (byte, &mut self.digits) {
                (b'@', _) => self.digits = Some(String::new()),
                (b'0'..=b'9', Some(digits)) => digits.push(char::from(*byte)),
                (_, digits) => {
                    let micros = digits.take().and_then(|digits| digits.parse::<f64>().ok());
                    self.delays.extend(micros.map(|micros| at - micros / 1e6));
                }
            }
        }
    }
}

/// In the child.
pub fn print(id: &str, when: &str, lines: usize) {
    let mut peer = peer(id);
    let bars = peer.bars(10, 100_000);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let stop = &stop;
        if when != "quiet" {
            scope.spawn(move || {
                let mut bars = bars;
                while !stop.load(Relaxed) {
                    bars.iter_mut().for_each(|inc| inc());
                    sleep(Duration::from_millis(1));
                }
            });
        }
        sleep(Duration::from_millis(200));
        for n in 0..lines {
            // At varying distances from a frame.
            sleep(Duration::from_millis(if when == "stream" { 3 } else { 120 + n as u64 * 17 % 40 }));
            peer.line(format_args!("@{:.0} is the time", system::now() * 1e6));
        }
        stop.store(true, Relaxed);
    });
    peer.end();
}
