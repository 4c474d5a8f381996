//! A flood of output: a child of the program prints a gigabyte to its inherited stdout, while bars
//! count.

use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, sleep};
use std::time::Duration;

use footlights::{Interception, Manager, Output, bar_format};
use memchr::memchr_iter;

use super::Measurement;
use crate::effort::Effort;
use crate::pty::Case;
use crate::report::{Figures, figures, report};
use crate::rounds::Rounds;
use crate::system;
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement = Measurement {
    name: "flood",
    about: "a child prints a gigabyte, or the given number of megabytes",
    usual: false,
    measure,
};

const ALL: [(&str, &str); 3] =
    [("none", "no bars"), ("footlights", "footlights, pty"), ("footlights-pipe", "footlights, pipe")];

/// A line of the flood: about a hundred bytes, with one `#`.
const LINE: &str =
    "# one of many lines that a child process prints faster than they can be read, without any notice of bars\n";

fn measure(effort: &Effort, score: &mut Score) {
    let megabytes = effort.of(effort.megabytes, effort.megabytes.min(100));
    let expected = (megabytes * 1_000_000 / LINE.len()) as f64;
    let run = |id: &str| -> Figures {
        let mut counts = Counts::default();
        // Every terminal takes more than five megabytes a second.
        let timeout = Duration::from_secs(60 + megabytes as u64 / 5);
        let case = Case::new("flood").arg(id).arg(megabytes).timeout(timeout);
        let run = case.watch(|bytes, at| counts.read(bytes, at));
        let seconds = run.get("seconds");
        figures([
            ("lines", counts.lines as f64 / expected * 100.0),
            ("last", run.lines as f64),
            ("shown", counts.shown as f64 / seconds),
            ("gap", counts.longest * 1e3),
            ("rate", megabytes as f64 / seconds),
            ("growth", (run.get("most") - run.get("before")) / 1024.0),
        ])
    };
    let rounds = Rounds::play(effort.of(2, 1), &ALL.map(|(id, _)| id), run);
    let mut table = Table::new(format!("flood: a child prints {megabytes} MB above 10 bars (x without bars)"));
    for (id, name) in ALL {
        let figure =
            |what, unit, about: &str| Row::new(format!("{name}: {about}")).figure(rounds.figure(id, what), unit);
        table.row(Row::new(name).figure(rounds.figure(id, "rate"), "MB/s").ratio(rounds.ratio(id, "none", "rate")));
        table.row(figure("lines", "%", "of the lines arrived").at_least(100.0));
        table.row(figure("last", "", "the program's own last line").at_least(1.0));
        if id != "none" {
            table.row(figure("shown", "/s", "different counts shown").at_least(10.0));
            table.row(figure("gap", "ms", "longest time per count").at_most(200.0));
            // The memory of the terminal thread and its buffers, and a few pages of the program.
            table.row(figure("growth", "KiB", "additional memory").at_most(2048.0));
        }
    }
    score.add(table);
}

/// What the terminal shows.
#[derive(Default)]
struct Counts {
    lines: usize,
    /// The digits of the first bar's count, `~123~`, that have arrived so far.
    digits: Option<Vec<u8>>,
    last: Vec<u8>,
    /// The number of different counts.
    shown: usize,
    /// When the last count arrived.
    since: f64,
    /// The longest time without a new count.
    longest: f64,
}

impl Counts {
    fn read(&mut self, bytes: &[u8], at: f64) {
        self.lines += memchr_iter(b'#', bytes).count();
        // Before the flood, frames contain only the digits that change.
        if self.lines == 0 {
            return;
        }
        let mut rest = bytes;
        loop {
            let Some(digits) = &mut self.digits else {
                let Some(begin) = memchr::memchr(b'~', rest) else { return };
                self.digits = Some(Vec::new());
                rest = &rest[begin + 1..];
                continue;
            };
            let Some(end) = rest.iter().position(|byte| !byte.is_ascii_digit()) else {
                digits.extend_from_slice(rest);
                return;
            };
            digits.extend_from_slice(&rest[..end]);
            let count = self.digits.take().unwrap_or_default();
            if rest[end] == b'~' && count != self.last {
                if self.since > 0.0 {
                    self.longest = self.longest.max(at - self.since);
                }
                (self.since, self.last) = (at, count);
                self.shown += 1;
            }
            rest = &rest[end + 1..];
        }
    }
}

/// In the child: shows the bars, and starts the flood.
pub fn host(id: &str, megabytes: usize) {
    let builder = match id {
        "footlights-pipe" => Manager::builder().interception(Interception::Pipe),
        "none" => Manager::builder().output(Output::None),
        _ => Manager::builder(),
    };
    let manager = builder.build();
    let format =
        |bar| if bar == 0 { bar_format!("{desc} ~{count}~ {bar}") } else { bar_format!("{desc} {count} {bar}") };
    let bar = |bar| manager.counter().total(1_000_000).desc(format!("job{bar}")).bar_format(format(bar)).add();
    let bars: Vec<_> = (0..10).map(bar).collect();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Relaxed) {
                bars.iter().for_each(|bar| bar.inc(1));
                sleep(Duration::from_millis(1));
            }
        });
        sleep(Duration::from_millis(200));
        report("before", system::memory("VmRSS"));
        let start = system::now();
        let program = env::current_exe().expect("a program has a path");
        let child = Command::new(program).args(["case", "spew", &megabytes.to_string()]).stdin(Stdio::null()).status();
        println!("@ the last line");
        stop.store(true, Relaxed);
        assert!(child.is_ok_and(|status| status.success()));
        manager.stop();
        report("seconds", system::now() - start);
        report("most", system::memory("VmHWM"));
    });
}

/// In the child's child: prints the flood.
pub fn spew(megabytes: usize) {
    let piece = LINE.repeat(64 * 1024 / LINE.len());
    let lines = megabytes * 1_000_000 / LINE.len();
    let mut left = lines * LINE.len();
    let mut stdout = io::stdout().lock();
    while left > 0 {
        let part = &piece.as_bytes()[..left.min(piece.len())];
        stdout.write_all(part).expect("stdout is there");
        left -= part.len();
    }
    stdout.flush().expect("stdout is there");
}
