//! Ten bars of 120 columns that change all the time: bytes and writes to the terminal.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{self, sleep};
use std::time::Duration;

use super::Measurement;
use crate::effort::Effort;
use crate::peers::peer;
use crate::pty::{Case, frames};
use crate::report::{Figures, figures};
use crate::rounds::Rounds;
use crate::system;
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement =
    Measurement { name: "bytes", about: "ten bars that change all the time: bytes, writes", usual: true, measure };

const ALL: [&str; 6] = ["indicatif", "footlights-20", "footlights", "linya", "kdam", "prodash"];

/// A thread counts about 900 times a second, which is a tenth of its bar.
const TOTAL: u64 = 10_000;

fn measure(effort: &Effort, score: &mut Score) {
    let millis = effort.of(1500, 900);
    let run = |id: &str| -> Figures {
        let (run, pieces) = Case::new("bytes").arg(id).arg(millis).size(120, 24).record();
        let (from, to) = (run.get("from"), run.get("to"));
        let during = || pieces.iter().filter(|piece| (from..to).contains(&piece.at));
        let second = |what: f64| what / (to - from);
        let bytes: usize = during().map(|piece| piece.bytes.len()).sum();
        let frames = frames(during()) as f64;
        figures([
            ("bytes", second(bytes as f64)),
            ("frame-bytes", bytes as f64 / frames),
            ("writes", second(run.get("writes"))),
            ("frame-writes", run.get("thread-writes") / frames),
            ("frames", second(frames)),
        ])
    };
    let rounds = Rounds::play(effort.of(3, 1), &ALL, run);

    let mut table = Table::new("bytes: to the terminal, 10 bars of 120 columns, all changing (x indicatif's)");
    for id in ALL {
        let row = Row::new(name(id)).figure(rounds.figure(id, "bytes"), "bytes/s");
        let row = row.ratio(rounds.ratio(id, "indicatif", "bytes"));
        table.row(if id == "footlights-20" { row.at_most(1.0 / 6.0) } else { row });
    }
    let to_linya = rounds.ratio("footlights-20", "linya", "bytes");
    table.row(Row::new("footlights at 20 Hz, x linya's").ratio(to_linya).below(1.0));
    score.add(table);

    let mut table = Table::new("writes: of the same programs, to the terminal and elsewhere");
    for id in ALL {
        table.row(Row::new(name(id)).figure(rounds.figure(id, "writes"), "writes/s"));
    }
    table.row(Row::new("footlights: frames").figure(rounds.figure("footlights", "frames"), "frames/s"));
    table.row(Row::new("footlights: bytes a frame").figure(rounds.figure("footlights", "frame-bytes"), "bytes"));
    // The first and the last frame may lie partly outside of the measured time.
    let writes = rounds.figure("footlights", "frame-writes");
    table.row(Row::new("footlights: writes of its thread, a frame").figure(writes, "writes").at_most(1.05));
    score.add(table);
}

fn name(id: &str) -> &str {
    match id {
        "indicatif" => "indicatif, 20 Hz",
        "footlights" => "footlights, 25 Hz",
        "footlights-20" => "footlights, 20 Hz",
        "prodash" => "prodash, 20 Hz",
        id => id,
    }
}

/// Child.
pub fn count(id: &str, millis: usize) {
    let mut peer = peer(id);
    let bars = peer.bars(10, TOTAL);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for mut inc in bars {
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(Relaxed) {
                    inc();
                    sleep(Duration::from_millis(1));
                }
            });
        }
        // Waits until all threads run.
        sleep(Duration::from_millis(300));
        system::meter(|| sleep(Duration::from_millis(millis as u64)));
        stop.store(true, Relaxed);
    });
    peer.end();
}
