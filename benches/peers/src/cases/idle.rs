//! Ten bars that do not change.

use std::thread::sleep;
use std::time::Duration;

use super::Measurement;
use crate::effort::Effort;
use crate::peers::peer;
use crate::pty::Case;
use crate::report::{Figures, figures};
use crate::rounds::Rounds;
use crate::system;
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement =
    Measurement { name: "idle", about: "ten bars that do not change", usual: true, measure };

const ALL: [(&str, &str); 3] =
    [("footlights-still", "footlights, no clocks"), ("footlights", "footlights, default bars"), ("prodash", "prodash")];

fn measure(effort: &Effort, score: &mut Score) {
    let millis = effort.of(3000, 1000);
    let run = |id: &str| -> Figures {
        let (run, pieces) = Case::new("idle").arg(id).arg(millis).record();
        let (from, to) = (run.get("from"), run.get("to"));
        let during = pieces.iter().filter(|piece| (from..to).contains(&piece.at));
        let bytes: usize = during.map(|piece| piece.bytes.len()).sum();
        let second = |what: f64| what / (to - from);
        figures([
            ("bytes", second(bytes as f64)),
            ("wakes", second(run.get("thread-sleeps"))),
            ("cpu", second(run.get("cpu")) * 1e3),
        ])
    };
    let all = effort.of(&ALL[..], &ALL[..2]);
    let names: Vec<&str> = all.iter().map(|(id, _)| *id).collect();
    let rounds = Rounds::play(1, &names, run);

    let mut table = Table::new("idle: 10 bars that do not change");
    for (id, name) in all {
        let bytes = Row::new(*name).figure(rounds.figure(id, "bytes"), "bytes/s");
        table.row(if *id == "footlights-still" { bytes.at_most(0.0) } else { bytes });
        if id.starts_with("footlights") {
            table.row(Row::new(format!("{name}: wake-ups")).figure(rounds.figure(id, "wakes"), "/s").below(10.0));
        }
        table.row(Row::new(format!("{name}: CPU")).figure(rounds.figure(id, "cpu"), "ms/s"));
    }
    score.add(table);
}

/// In the child.
pub fn rest(id: &str, millis: usize) {
    let mut peer = peer(id);
    for mut inc in peer.bars(10, 100) {
        (0..50).for_each(|_| inc());
    }
    // Waits until nothing changes.
    sleep(Duration::from_millis(1700));
    system::meter(|| sleep(Duration::from_millis(millis as u64)));
    peer.end();
}
