//! Several threads that count on one bar, against the same number of threads on one shared
//! `fetch_add`.
//!
//! With fewer processors than threads, or with other load, the threads do not always run at the
//! same time.

use std::hint::black_box;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;

use footlights::Manager;
use indicatif::ProgressBar;
use kdam::BarExt;

use super::Measurement;
use crate::effort::Effort;
use crate::pty::Case;
use crate::rounds::Rounds;
use crate::slices;
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement =
    Measurement { name: "threads", about: "two and eight threads on one bar", usual: true, measure };

const ALL: [&str; 7] = ["footlights", "segment", "separate", "indicatif", "kdam", "linya", "prodash"];

/// More than any loop counts.
const TOTAL: u64 = 1 << 40;

/// The fewest increments in a slice. With fewer, the start of the threads would dominate.
const LEAST: usize = 1_000_000;

/// An atomic on its own cache line.
#[repr(align(128))]
struct Padded(AtomicU64);

fn measure(effort: &Effort, score: &mut Score) {
    for threads in [2, 8] {
        let slices = effort.of(9, 3);
        let run = |id: &str| Case::new("threads").arg(id).arg(threads).arg(slices).run().figures;
        let rounds = Rounds::play(effort.of(3, 1), &ALL, run);
        let title = format!("threads: an increment, {threads} threads on one bar (x one shared fetch_add)");
        let mut table = Table::new(title);
        table.row(Row::new("a relaxed fetch_add").figure(rounds.figure("footlights", "base"), "ns"));
        let row = |name: &str, id: &str| {
            Row::new(name).figure(rounds.figure(id, "ns"), "ns").ratio(rounds.figure(id, "ratio"))
        };
        // The fastest that is possible.
        table.row(row("one fetch_add each", "separate"));
        table.row(row("footlights: Counter::inc", "footlights").at_most(1.0));
        table.row(row("footlights: Segment::inc", "segment").at_most(1.0));
        for id in ["footlights", "segment"] {
            let name = format!("{id}: x one fetch_add each");
            let ratio = rounds.spread(|round| round.get(id, "ratio") / round.get("separate", "ratio"));
            table.row(Row::new(name).ratio(ratio).at_most(1.25));
        }
        for (name, id) in [
            ("indicatif: inc", "indicatif"),
            ("kdam: update, in a Mutex", "kdam"),
            ("linya: inc_and_draw, in a Mutex", "linya"),
            ("prodash: inc", "prodash"),
        ] {
            table.row(row(name, id));
        }
        score.add(table);
    }
}

/// In the child.
pub fn time(id: &str, threads: usize, slices: usize) {
    match id {
        "footlights" => {
            let manager = Manager::new();
            let counter = manager.counter().total(TOTAL).desc("threads").add();
            against(threads, slices, || black_box(&counter).inc(1));
        }
        "segment" => {
            let manager = Manager::new();
            let counter = manager.counter().total(TOTAL).desc("threads").add();
            let segment = counter.segment("part").color("red").add();
            against(threads, slices, || black_box(&segment).inc(1));
        }
        "separate" => {
            let own = |turns| {
                let each = || {
                    let bare = Padded(AtomicU64::new(0));
                    (0..turns / threads).for_each(|_| _ = black_box(&bare).0.fetch_add(1, Relaxed));
                };
                thread::scope(|scope| (0..threads).for_each(|_| _ = scope.spawn(each)));
            };
            slices::of_at_least(LEAST, slices, shared(threads), own);
        }
        "indicatif" => {
            let bar = ProgressBar::new(TOTAL);
            against(threads, slices, || black_box(&bar).inc(1));
        }
        "kdam" => {
            let bar = Mutex::new(kdam::BarBuilder::default().total(TOTAL as usize).build().expect("a bar"));
            against(threads, slices, || _ = bar.lock().expect("no panic").update(1));
        }
        "linya" => {
            let mut progress = linya::Progress::new();
            let bar = progress.bar(TOTAL as usize, "threads");
            let progress = Mutex::new(progress);
            against(threads, slices, || progress.lock().expect("no panic").inc_and_draw(&bar, 1));
        }
        "prodash" => {
            let root = prodash::tree::Root::new();
            let item = root.add_child("threads");
            item.init(Some(TOTAL as usize), None);
            let options = prodash::render::line::Options::default();
            let renderer = prodash::render::line::render(std::io::stderr(), std::sync::Arc::downgrade(&root), options);
            against(threads, slices, || black_box(&item).inc());
            renderer.shutdown_and_wait();
        }
        id => panic!("unknown peer: {id}"),
    }
}

fn against(threads: usize, slices: usize, inc: impl Fn() + Sync) {
    slices::of_at_least(LEAST, slices, shared(threads), |turns| share(threads, turns, &inc));
}

/// The baseline: one atomic that all threads share.
fn shared(threads: usize) -> impl FnMut(usize) {
    let bare = Padded(AtomicU64::new(0));
    move |turns| share(threads, turns, || _ = black_box(&bare).0.fetch_add(1, Relaxed))
}

/// Makes `turns` calls in all, from `threads` threads.
fn share(threads: usize, turns: usize, call: impl Fn() + Sync) {
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..turns / threads).for_each(|_| call()));
        }
    });
}
