//! Ten thousand bars on 24 rows: the cost of adding them, and of frames with those that are
//! visible.

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

/// The peers that add ten thousand bars.
const PEERS: [&str; 5] = ["footlights", "indicatif", "kdam", "linya", "prodash"];

/// Numbers of bars: as many as there are rows, and more.
const BAR_COUNTS: [(&str, &str); 3] = [("23", "23 bars"), ("1000", "1,000 bars"), ("10000", "10,000 bars")];

fn measure(effort: &Effort, score: &mut Score) {
    let run = |id: &str| Case::new("create").arg(id).arg(BARS).run().figures;
    let rounds = Rounds::play(effort.of(5, 2), &PEERS, run);
    let mut table = Table::new("many: 10,000 bars, each of them (x indicatif's)");
    for id in PEERS {
        let time = Row::new(format!("{id}: to add one"))
            .figure(rounds.figure(id, "create").map(|seconds| seconds * 1e6 / BARS as f64), "us");
        let memory = Row::new(format!("{id}: memory"))
            .figure(rounds.figure(id, "memory").map(|bytes| bytes / BARS as f64), "bytes");
        match id {
            "footlights" => {
                table.row(time.below(2.0));
                table.row(memory.below(1024.0));
            }
            id => {
                table.row(time.ratio(rounds.ratio(id, "indicatif", "create")));
                table.row(memory.ratio(rounds.ratio(id, "indicatif", "memory")));
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
    let rounds = Rounds::play(effort.of(3, 1), &BAR_COUNTS.map(|(bars, _)| bars), run);
    let mut table = Table::new("many, footlights: a frame on 24 rows (x one with 23 bars)");
    for (bars, name) in BAR_COUNTS {
        let row = Row::new(name).figure(rounds.figure(bars, "frame"), "us").ratio(rounds.ratio(bars, "23", "frame"));
        table.row(if bars == "10000" { row.at_most(1.3) } else { row });
    }
    for (bars, name) in BAR_COUNTS {
        table.row(Row::new(format!("{name}, to stop")).figure(rounds.figure(bars, "stop"), "ms"));
    }
    score.add(table);
}

/// In the child: adds the bars.
pub fn create(id: &str, bars: usize) {
    let mut peer = peer(id);
    // Waits until the thread of the library, if there is one, has started.
    sleep(Duration::from_millis(50));
    let before = system::memory("VmRSS");
    let start = Instant::now();
    let _bars = peer.bars(bars, 1000);
    report("create", start.elapsed().as_secs_f64());
    report("memory", system::memory("VmRSS") - before);
    // Without an orderly end, for which some peers need half a minute.
    exit(0);
}

/// In the child: changes all visible bars.
pub fn draw(bars: usize, millis: usize) {
    let manager = footlights::Manager::new();
    let counters: Vec<_> = (0..bars).map(|bar| manager.counter().total(100_000).desc(label(bar)).add()).collect();
    let step = || {
        counters.iter().take(22).for_each(|counter| counter.inc(1));
        sleep(Duration::from_millis(5));
    };
    (0..40).for_each(|_| step());
    system::meter(|| {
        let start = Instant::now();
        while start.elapsed() < Duration::from_millis(millis as u64) {
            step();
        }
    });
    let start = Instant::now();
    manager.stop();
    report("stop", start.elapsed().as_secs_f64());
}
