//! A program that shows one bar and ends, against the same program without the bar.

use std::time::Instant;

use super::Measurement;
use crate::effort::Effort;
use crate::peers::peer;
use crate::pty::Case;
use crate::report::report;
use crate::rounds::Rounds;
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement =
    Measurement { name: "start", about: "a program with one bar, from start to end", usual: true, measure };

const ALL: [&str; 8] =
    ["none", "footlights", "footlights-pipe", "footlights-off", "indicatif", "kdam", "linya", "prodash"];

fn measure(effort: &Effort, score: &mut Score) {
    let run = |id: &str| {
        let run = Case::new("start").arg(id).run();
        let mut figures = run.figures;
        figures.insert("wall".to_owned(), run.wall);
        figures
    };
    let rounds = Rounds::play(effort.of(60, 20), &ALL, run);
    let mut table = Table::new("start: one bar, one increment, the end; beyond the program without bars");
    table.row(Row::new("no bars, in total").figure(rounds.figure("none", "wall").map(|wall| wall * 1e3), "ms"));
    for id in ALL.into_iter().skip(1) {
        let added = rounds.spread(|round| (round.get(id, "wall") - round.get("none", "wall")) * 1e3);
        let row = Row::new(id).figure(added, "ms").range();
        table.row(if id == "footlights" { row.below(1.0) } else { row });
    }
    for (what, name) in [("begin", "footlights: Manager::new and a bar"), ("end", "footlights: stop")] {
        table.row(Row::new(name).figure(rounds.figure("footlights", what).map(|seconds| seconds * 1e3), "ms"));
    }
    score.add(table);
}

/// In the child.
pub fn show(id: &str) {
    let start = Instant::now();
    let mut peer = peer(id);
    let mut bars = peer.bars(1, 100);
    let shown = Instant::now();
    bars.iter_mut().for_each(|inc| inc());
    let ends = Instant::now();
    peer.end();
    let ended = Instant::now();
    report("begin", (shown - start).as_secs_f64());
    report("end", (ended - ends).as_secs_f64());
}
