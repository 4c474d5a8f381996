//! Ten thousand bars on 24 rows: what it costs to have them, and to draw those that find a row.

use std::process::exit;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::Measurement;
use crate::effort::Effort;
use crate::peers::{label, peer};
use crate::pty::{Case, frames};
use crate::report::{Figures, figures, report};
use crate::rounds::Rounds;
use crate::system;
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement =
    Measurement { name: "many", about: "ten thousand bars on 24 rows", usual: true, measure };

const BARS: usize = 10_000;

/// Who makes ten thousand.
const MAKERS: [&str; 5] = ["footlights", "indicatif", "kdam", "linya", "prodash"];

/// How many there are, as far as the screen is concerned: as many as it has rows for, and more.
const CROWDS: [(&str, &str); 3] = [("23", "23 bars"), ("1000", "1,000 bars"), ("10000", "10,000 bars")];

fn measure(effort: &Effort, score: &mut Score) {
    let run = |who: &str| Case::new("create").arg(who).arg(BARS).run().figures;
    let rounds = Rounds::play(effort.of(5, 2), &MAKERS, run);
    let mut table = Table::new("many: 10,000 bars, each of them (x indicatif's)");
    for who in MAKERS {
        let time = Row::new(format!("{who}: to make one"))
            .figure(rounds.figure(who, "create").map(|seconds| seconds * 1e6 / BARS as f64), "us");
        let room = Row::new(format!("{who}: memory"))
            .figure(rounds.figure(who, "memory").map(|bytes| bytes / BARS as f64), "bytes");
        match who {
            "footlights" => {
                table.row(time.below(2.0));
                table.row(room.below(1024.0));
            }
            who => {
                table.row(time.ratio(rounds.ratio(who, "indicatif", "create")));
                table.row(room.ratio(rounds.ratio(who, "indicatif", "memory")));
            }
        }
    }
    score.add(table);

    let run = |bars: &str| -> Figures {
        let (run, pieces) = Case::new("rows").arg(bars).arg(effort.of(1500, 500)).record();
        let during = pieces.iter().filter(|piece| (run.get("from")..run.get("to")).contains(&piece.at));
        let frame = run.get("thread-cpu") / frames(during) as f64 * 1e6;
        figures([("frame", frame), ("stop", run.get("stop") * 1e3)])
    };
    let rounds = Rounds::play(effort.of(3, 1), &CROWDS.map(|(bars, _)| bars), run);
    let mut table = Table::new("many, footlights: a frame on 24 rows (x one with 23 bars)");
    for (bars, name) in CROWDS {
        let row = Row::new(name).figure(rounds.figure(bars, "frame"), "us").ratio(rounds.ratio(bars, "23", "frame"));
        table.row(if bars == "10000" { row.at_most(1.3) } else { row });
    }
    for (bars, name) in CROWDS {
        table.row(Row::new(format!("{name}, to stop")).figure(rounds.figure(bars, "stop"), "ms"));
    }
    score.add(table);
}

/// Child: makes them.
pub fn create(who: &str, bars: usize) {
    let mut peer = peer(who);
    // The thread, if there is one, has started.
    sleep(Duration::from_millis(50));
    let before = system::memory("VmRSS");
    let begun = Instant::now();
    let _bars = peer.bars(bars, 1000);
    report("create", begun.elapsed().as_secs_f64());
    report("memory", system::memory("VmRSS") - before);
    // Not in order: some take half a minute for that.
    exit(0);
}

/// Child: draws those that find a row, all of which change.
pub fn draw(bars: usize, millis: usize) {
    let manager = footlights::Manager::new();
    let counters: Vec<_> = (0..bars).map(|bar| manager.counter().total(100_000).desc(label(bar)).add()).collect();
    let step = || {
        counters.iter().take(22).for_each(|counter| counter.inc(1));
        sleep(Duration::from_millis(5));
    };
    (0..40).for_each(|_| step());
    system::meter(|| {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(millis as u64) {
            step();
        }
    });
    let begun = Instant::now();
    manager.stop();
    report("stop", begun.elapsed().as_secs_f64());
}
