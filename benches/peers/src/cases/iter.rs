//! A loop over a counted iterator, against the same loop with one relaxed store per turn.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use footlights::Manager;
use indicatif::{ProgressBar, ProgressIterator};
use kdam::TqdmIterator;

use super::Measurement;
use crate::effort::Effort;
use crate::pty::Case;
use crate::rounds::Rounds;
use crate::slices;
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement =
    Measurement { name: "iter", about: "a turn of a loop over a counted iterator", usual: true, measure };

const ALL: [&str; 5] = ["footlights", "segment", "fetch_add", "indicatif", "kdam"];

fn measure(effort: &Effort, score: &mut Score) {
    let slices = effort.of(15, 5);
    let run = |id: &str| Case::new("iter").arg(id).arg(slices).run().figures;
    let rounds = Rounds::play(effort.of(3, 1), &ALL, run);

    let mut table = Table::new("iter: a turn of `for` (x one with a relaxed store in it)");
    table.row(Row::new("a relaxed store").figure(rounds.figure("footlights", "base"), "ns"));
    let row =
        |name: &str, id: &str| Row::new(name).figure(rounds.figure(id, "ns"), "ns").ratio(rounds.figure(id, "ratio"));
    table.row(row("a relaxed fetch_add", "fetch_add"));
    table.row(row("footlights: Counter::wrap_iter", "footlights").at_most(1.3));
    table.row(row("footlights: Segment::wrap_iter", "segment").at_most(1.3));
    table.row(row("indicatif: progress_with", "indicatif"));
    table.row(row("kdam: tqdm", "kdam"));
    score.add(table);
}

/// In the child.
pub fn time(id: &str, slices: usize) {
    let done = AtomicU64::new(0);
    let base = |turns| {
        for n in 0..turns {
            done.store(black_box(n) as u64, Relaxed);
        }
    };
    match id {
        "fetch_add" => slices::against(slices, base, |turns| {
            for n in 0..turns {
                black_box(n);
                done.fetch_add(1, Relaxed);
            }
        }),
        "footlights" => {
            let manager = Manager::new();
            let counter = manager.counter().total(1_000_000_000).desc("iter").add();
            slices::against(slices, base, |turns| {
                for n in counter.wrap_iter(0..turns) {
                    black_box(n);
                }
            });
        }
        "segment" => {
            let manager = Manager::new();
            let counter = manager.counter().total(1_000_000_000).desc("iter").add();
            let segment = counter.segment("part").color("red").add();
            slices::against(slices, base, |turns| {
                for n in segment.wrap_iter(0..turns) {
                    black_box(n);
                }
            });
        }
        "indicatif" => slices::against(slices, base, |turns| {
            for n in (0..turns).progress_with(ProgressBar::new(turns as u64)) {
                black_box(n);
            }
        }),
        "kdam" => slices::against(slices, base, |turns| {
            for n in (0..turns).tqdm() {
                black_box(n);
            }
        }),
        id => panic!("unknown peer: {id}"),
    }
}
