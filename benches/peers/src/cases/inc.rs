//! One increment, by one thread: against a bare relaxed `fetch_add`, in time and in instructions.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use footlights::{Manager, Output};
use indicatif::ProgressBar;
use kdam::BarExt;

use super::Measurement;
use crate::effort::Effort;
use crate::instructions;
use crate::pty::Case;
use crate::rounds::Rounds;
use crate::slices;
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement =
    Measurement { name: "inc", about: "one increment, by one thread", usual: true, measure };

const ALL: [&str; 8] = ["footlights", "segment", "hidden", "indicatif", "indicatif-hidden", "kdam", "linya", "prodash"];

/// More than any loop counts.
const TOTAL: u64 = 1 << 40;

fn measure(effort: &Effort, score: &mut Score) {
    let slices = effort.of(15, 5);
    let run = |id: &str| Case::new("inc").arg(id).arg(slices).run().figures;
    let rounds = Rounds::play(effort.of(3, 1), &ALL, run);

    let mut table = Table::new("inc: one increment, one thread (x a relaxed fetch_add)");
    table.row(Row::new("a relaxed fetch_add").figure(rounds.figure("footlights", "base"), "ns"));
    let row =
        |name: &str, id: &str| Row::new(name).figure(rounds.figure(id, "ns"), "ns").ratio(rounds.figure(id, "ratio"));
    table.row(row("footlights: Counter::inc", "footlights").at_most(1.1));
    table.row(row("footlights: Segment::inc", "segment").at_most(1.1));
    table.row(row("footlights: Counter::inc, disabled", "hidden"));
    let hidden = rounds.spread(|round| round.get("hidden", "ratio") / round.get("footlights", "ratio"));
    // Must not cost more than a live bar; the margin is for noise.
    table.row(Row::new("footlights: disabled, x a live one").ratio(hidden).at_most(1.05));
    table.row(row("indicatif: inc", "indicatif"));
    table.row(row("indicatif: inc, hidden", "indicatif-hidden"));
    table.row(row("kdam: update", "kdam"));
    table.row(row("linya: inc_and_draw", "linya"));
    table.row(row("prodash: inc", "prodash"));
    score.add(table);

    let mut table = Table::new("inc, instructions: one turn of the loop, in user space");
    let count = |id| {
        let (few, many) = if id == "none" || id == "footlights" { (1_000_000, 3_000_000) } else { (100_000, 300_000) };
        let case = |times| Case::new("inc-only").arg(id).arg(times);
        instructions::difference(|| case(few).run_counted(), || case(many).run_counted(), (many - few) as f64)
    };
    match count("none") {
        None => table.note(instructions::MISSING),
        Some(base) => {
            table.row(Row::new("a relaxed fetch_add").figure(base, "instr."));
            let own = count("footlights").unwrap_or(f64::NAN);
            table.row(Row::new("footlights: Counter::inc").figure(own, "instr.").at_most(base * 1.1 + 2.0));
            for id in effort.of(&["hidden", "indicatif", "kdam", "linya", "prodash"][..], &["indicatif"]) {
                table.row(Row::new(*id).figure(count(id).unwrap_or(f64::NAN), "instr."));
            }
        }
    }
    score.add(table);
}

/// In the child: times an increment.
pub fn time(id: &str, slices: usize) {
    each(id, Timed(slices));
}

/// In the child: only increments, for counting instructions.
pub fn only(id: &str, times: usize) {
    each(id, Only(times));
}

/// A use of an increment. A trait, so that each kind of increment is inlined into its own loop.
trait Use {
    fn call(self, inc: impl FnMut());
}

struct Timed(usize);
struct Only(usize);

impl Use for Timed {
    fn call(self, mut inc: impl FnMut()) {
        let bare = AtomicU64::new(0);
        let base = |times| (0..times).for_each(|_| _ = black_box(&bare).fetch_add(1, Relaxed));
        slices::against(self.0, base, |times| (0..times).for_each(|_| inc()));
    }
}

impl Use for Only {
    fn call(self, mut inc: impl FnMut()) {
        (0..self.0).for_each(|_| inc());
    }
}

fn each(id: &str, what: impl Use) {
    match id {
        "none" => {
            let bare = AtomicU64::new(0);
            what.call(|| _ = black_box(&bare).fetch_add(1, Relaxed));
        }
        // Only one frame a second, so that frames hardly influence the number of instructions.
        "footlights" | "hidden" => {
            let output = if id == "footlights" { Output::Auto } else { Output::None };
            let manager = Manager::builder().output(output).frame_rate(1).build();
            let counter = manager.counter().total(TOTAL).desc("inc").add();
            what.call(|| black_box(&counter).inc(1));
        }
        "segment" => {
            let manager = Manager::builder().frame_rate(1).build();
            let counter = manager.counter().total(TOTAL).desc("inc").add();
            let segment = counter.segment("part").color("red").add();
            what.call(|| black_box(&segment).inc(1));
        }
        "indicatif" | "indicatif-hidden" => {
            let bar = if id == "indicatif" { ProgressBar::new(TOTAL) } else { ProgressBar::hidden() };
            what.call(|| black_box(&bar).inc(1));
        }
        "kdam" => {
            let mut bar = kdam::BarBuilder::default().total(TOTAL as usize).build().expect("a bar");
            what.call(|| _ = black_box(&mut bar).update(1));
        }
        "linya" => {
            let mut progress = linya::Progress::new();
            let bar = progress.bar(TOTAL as usize, "inc");
            what.call(|| black_box(&mut progress).inc_and_draw(&bar, 1));
        }
        "prodash" => {
            let root = prodash::tree::Root::new();
            let item = root.add_child("inc");
            item.init(Some(TOTAL as usize), None);
            let options = prodash::render::line::Options::default();
            let renderer = prodash::render::line::render(std::io::stderr(), std::sync::Arc::downgrade(&root), options);
            what.call(|| black_box(&item).inc());
            renderer.shutdown_and_wait();
        }
        id => panic!("unknown peer: {id}"),
    }
}
