//! A flood: a child of the program prints a gigabyte on the stdout that it has inherited, while bars go on counting.

use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, sleep};
use std::time::Duration;

use footlights::{Interception, Manager, Output};
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
    about: "a child prints a gigabyte, or as many megabytes as you say",
    usual: false,
    measure,
};

const ALL: [(&str, &str); 3] =
    [("none", "no bars"), ("footlights", "footlights, pty"), ("footlights-pipe", "footlights, pipe")];

/// A line of the flood, a hundred bytes; there is one `#` in each.
const LINE: &str =
    "# what a child prints, line after line, faster than anybody reads, and that it does not know of any bar\n";

fn measure(effort: &Effort, score: &mut Score) {
    let megabytes = effort.of(effort.megabytes, effort.megabytes.min(100));
    let expected = (megabytes * 1_000_000 / LINE.len()) as f64;
    let run = |who: &str| -> Figures {
        let mut counts = Counts::default();
        // Five megabytes a second are little for any terminal.
        let patience = Duration::from_secs(60 + megabytes as u64 / 5);
        let case = Case::new("flood").arg(who).arg(megabytes).patience(patience);
        let run = case.watch(|bytes, at| counts.see(bytes, at));
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
    let rounds = Rounds::play(effort.of(2, 1), &ALL.map(|(who, _)| who), run);
    let mut table = Table::new(format!("flood: a child prints {megabytes} MB above 10 bars (x without bars)"));
    for (who, name) in ALL {
        let figure =
            |what, unit, about: &str| Row::new(format!("{name}: {about}")).figure(rounds.figure(who, what), unit);
        table.row(Row::new(name).figure(rounds.figure(who, "rate"), "MB/s").ratio(rounds.ratio(who, "none", "rate")));
        table.row(figure("lines", "%", "of the lines arrived").at_least(100.0));
        table.row(figure("last", "", "the program's own last line").at_least(1.0));
        if who != "none" {
            table.row(figure("shown", "/s", "counts that a bar shows").at_least(10.0));
            table.row(figure("gap", "ms", "one of them stands at most").at_most(200.0));
            // What a thread of one's own, its buffers and a few pages of the program take.
            table.row(figure("growth", "KiB", "more memory than before").at_most(2048.0));
        }
    }
    score.add(table);
}

/// What there is to be seen on the terminal.
#[derive(Default)]
struct Counts {
    lines: usize,
    /// The count of the first bar, as it comes: `~123~`.
    digits: Option<Vec<u8>>,
    last: Vec<u8>,
    /// How many different ones there were, when the last one came, and how long one stood at most.
    shown: usize,
    since: f64,
    longest: f64,
}

impl Counts {
    fn see(&mut self, bytes: &[u8], at: f64) {
        self.lines += memchr_iter(b'#', bytes).count();
        // Before the flood, only the digits that change are drawn.
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

/// Child: has the bars, and a child.
pub fn host(who: &str, megabytes: usize) {
    let builder = match who {
        "footlights-pipe" => Manager::builder().interception(Interception::Pipe),
        "none" => Manager::builder().output(Output::Hidden),
        _ => Manager::builder(),
    };
    let manager = builder.build();
    let format = |bar| if bar == 0 { "{desc} ~{count}~ {bar}" } else { "{desc} {count} {bar}" };
    let bar = |bar| {
        let builder = manager.counter().total(1_000_000).desc(format!("job{bar}"));
        builder.bar_format(format(bar)).expect("a format").add()
    };
    let bars: Vec<_> = (0..10).map(bar).collect();
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Relaxed) {
                bars.iter().for_each(|bar| bar.inc(1));
                sleep(Duration::from_millis(1));
            }
        });
        sleep(Duration::from_millis(200));
        report("before", system::memory("VmRSS"));
        let begun = system::now();
        let program = env::current_exe().expect("a program has a path");
        let child = Command::new(program).args(["case", "spew", &megabytes.to_string()]).stdin(Stdio::null()).status();
        println!("@ the last line");
        over.store(true, Relaxed);
        assert!(child.is_ok_and(|status| status.success()));
        manager.stop();
        report("seconds", system::now() - begun);
        report("most", system::memory("VmHWM"));
    });
}

/// The child's child.
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
