//! What an increment costs, against a bare relaxed `fetch_add`: `cargo bench --bench inc`. A turn of a counted loop is held
//! against one with a relaxed store in it, and two threads on one bar against as many on one shared `fetch_add`.
//!
//! Rounds are interleaved, each ratio is taken inside its own round, and the median is printed: times move from machine to
//! machine and from minute to minute, ratios hardly.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Instant;

use footlights::Manager;

const TIMES: u64 = 20_000_000;
const ROUNDS: usize = 9;

fn main() {
    // On a terminal the bar is live; without one it counts all the same.
    let manager = Manager::new();
    let bare = AtomicU64::new(0);
    let counter = manager.counter().total(TIMES * ROUNDS as u64 * 5).desc("inc").add();
    let segment = counter.segment("part").color("red").add();

    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let base = time(|| _ = black_box(&bare).fetch_add(black_box(1), Relaxed));
        let inc = time(|| black_box(&counter).inc(black_box(1)));
        let part = time(|| black_box(&segment).inc(black_box(1)));
        let store = clock(|| (0..TIMES).for_each(|n| bare.store(black_box(n), Relaxed)));
        let wrapped = clock(|| counter.wrap_iter(0..TIMES).for_each(|n| _ = black_box(n)));
        let shared = both(|| _ = black_box(&bare).fetch_add(black_box(1), Relaxed));
        let threads = both(|| black_box(&counter).inc(black_box(1)));
        rounds.push([base, inc / base, part / base, store, wrapped / store, shared, threads / shared]);
    }
    let live = manager.is_enabled();
    drop((counter, segment));
    manager.stop();

    println!("{TIMES} increments, median of {ROUNDS} rounds, the bar is {}", if live { "live" } else { "not shown" });
    for (at, what, unit) in [
        (0, "bare fetch_add", "ns"),
        (1, "Counter::inc", "x"),
        (2, "Segment::inc", "x"),
        (3, "loop with a store", "ns"),
        (4, "Counter::wrap_iter", "x"),
        (5, "two, one fetch_add", "ns"),
        (6, "two, Counter::inc", "x"),
    ] {
        println!("{what:<20}  {:5.2} {unit}", median(&rounds, at));
    }
}

/// Nanoseconds for one call.
fn time(mut call: impl FnMut()) -> f64 {
    clock(|| (0..TIMES).for_each(|_| call()))
}

/// Nanoseconds for one call, where two threads share them.
fn both(call: impl Fn() + Sync) -> f64 {
    let half = || (0..TIMES / 2).for_each(|_| call());
    clock(|| {
        thread::scope(|scope| [(); 2].map(|()| scope.spawn(half)).into_iter().for_each(|thread| _ = thread.join()))
    })
}

/// Nanoseconds for one of `TIMES` turns.
fn clock(turns: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    turns();
    begun.elapsed().as_secs_f64() * 1e9 / TIMES as f64
}

fn median(rounds: &[[f64; 7]], at: usize) -> f64 {
    let mut values: Vec<f64> = rounds.iter().map(|round| round[at]).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
