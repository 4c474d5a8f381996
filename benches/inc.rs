//! The cost of an increment, as a ratio to a relaxed `fetch_add`: `cargo bench --bench inc`. A turn
//! of a counted loop is compared with one that has a relaxed store, and two threads on one bar with
//! two threads on one `fetch_add`.
//!
//! Each ratio is taken inside its own round, and the median is printed: times vary between machines
//! and from minute to minute, but ratios hardly do.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Instant;

use footlights::Manager;

const TIMES: u64 = 20_000_000;
const ROUNDS: usize = 9;

fn main() {
    // On a terminal, the bar is shown; without one, it counts silently.
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

    println!("{TIMES} increments, median of {ROUNDS} rounds, the bar is {}", if live { "shown" } else { "not shown" });
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

/// Returns the nanoseconds of one call.
fn time(mut call: impl FnMut()) -> f64 {
    clock(|| (0..TIMES).for_each(|_| call()))
}

/// Returns the nanoseconds of one call, if two threads share the calls.
fn both(call: impl Fn() + Sync) -> f64 {
    let half = || (0..TIMES / 2).for_each(|_| call());
    clock(|| {
        thread::scope(|scope| [(); 2].map(|()| scope.spawn(half)).into_iter().for_each(|thread| _ = thread.join()))
    })
}

/// Returns the nanoseconds of one of `TIMES` turns.
fn clock(turns: impl FnOnce()) -> f64 {
    let start = Instant::now();
    turns();
    start.elapsed().as_secs_f64() * 1e9 / TIMES as f64
}

fn median(rounds: &[[f64; 7]], at: usize) -> f64 {
    let mut values: Vec<f64> = rounds.iter().map(|round| round[at]).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
