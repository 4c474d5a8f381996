//! Bars inside of bars: where they stand, which of them are shown, and what is left of them.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use footlights::{CounterStyle, FinishedBars, Manager, ManagerBuilder, OnClose, Progress, RollUp, bar_format};

use super::common::{print_lines, step};

fn settings() -> ManagerBuilder {
    let style = CounterStyle::new().bar_format(bar_format!("{desc} {count:d}/{total:d}"));
    Manager::builder().counter_style(style).delay(Duration::ZERO)
}

/// Adds, moves, hides and closes bars of a small tree.
pub fn tree() {
    let manager = settings().build();
    let build = manager.counter().desc("build").total(30).add();
    let tests = manager.counter().desc("tests").total(9).add();
    let serde = build.child().desc("serde").total(10).roll_up(RollUp::Counts).on_close(OnClose::Clear).add();
    let rand = build.child().desc("rand").total(20).roll_up(RollUp::Counts).on_close(OnClose::Log).add();
    let derive = serde.child().desc("derive").total(4).add();
    let unit = tests.child().desc("unit").total(5).add();
    let docs = manager.counter().desc("docs").total(1).above(&tests).add();
    serde.inc(5);
    rand.inc(10);
    step();
    // Among its siblings, with its children; the other is one of them by its parents.
    serde.move_below(&rand);
    docs.move_to_top();
    unit.hide();
    tests.move_above(&derive);
    step();
    unit.show();
    docs.hide();
    drop(derive);
    serde.inc(5);
    drop(serde);
    rand.inc(10);
    rand.close();
    step();
    docs.show();
    docs.close();
    print_lines(0..1);
    step();
}

/// Opens a tree that is larger than the window.
pub fn large_tree(children: usize) {
    let manager = settings().build();
    let first = manager.counter().desc("first").total(children as u64).add();
    let second = manager.counter().desc("second").total(9).add();
    let mut all = Vec::new();
    for n in 0..children {
        let child = first.child().desc(format!("child {n}")).total(9).roll_up(RollUp::weight(1)).add();
        all.push(child.child().desc(format!("leaf {n}")).total(9).add());
        all.push(child);
    }
    step();
    all[0].set_priority(1);
    second.inc(1);
    step();
    all.iter().for_each(|bar| bar.inc(9));
    // Nothing but the parents remains, without a word.
    all.iter().for_each(|bar| bar.set_leave(false));
    drop(all);
    step();
}

/// Closes many bars, one after the other, with a line each if the output is to be seen.
pub fn many_done(policy: &str, count: usize) {
    let policy = match policy {
        "auto" => FinishedBars::Auto,
        "summary" => FinishedBars::Summary,
        _ => FinishedBars::Clear,
    };
    let manager = settings().finished_bars(policy).build();
    let all = manager.counter().desc("all").total(count as u64).add();
    for n in 0..count {
        let file = manager.counter().desc(format!("file {n}")).total(2).add();
        if n % 10 == 9 {
            file.segment("failed").add().inc(1);
        } else {
            file.inc(2);
        }
        all.inc(1);
    }
    step();
    println!("the last line");
    step();
}

/// Computes a field with code that prints much, takes a lock that the main thread holds, and panics.
pub fn computed(way: &str) {
    let manager = settings().build();
    let lock = Arc::new(Mutex::new(()));
    let (held, way, has_printed) = (lock.clone(), way.to_owned(), AtomicBool::new(false));
    let compute = move |progress: &Progress| {
        match (way.as_str(), progress.count()) {
            ("prints", 1) if !has_printed.swap(true, Relaxed) => {
                (0..3000).for_each(|n| println!("line {n} of the code of a field"))
            }
            ("locks", 2) => drop(held.lock()),
            ("panics", 1) => panic!("intended"),
            _ => {}
        }
        format!("<{}>", progress.count() * 10)
    };
    let format = bar_format!("{count:d} {field} end", field);
    let bar = manager.counter().total(9).bar_format(format).field_with("field", compute).add();
    step();
    bar.inc(1);
    step();
    let guard = lock.lock();
    bar.inc(1);
    drop(bar);
    manager.stop();
    drop(guard);
    println!("stopped");
}

/// The smallest program, with a bar inside that does not stay.
pub fn track() {
    for n in footlights::track(0..3).desc("BAR#0").unit("items") {
        footlights::track(0..2).desc("BAR#1").leave(false).for_each(drop);
        println!("item {n}");
        step();
    }
}
