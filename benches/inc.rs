//! What an increment costs, against a bare relaxed `fetch_add`: `cargo bench --bench inc`.
//!
//! Rounds are interleaved, each ratio is taken inside its own round, and the median is printed: times move from machine to
//! machine and from minute to minute, ratios hardly.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use footlights::{AnsiColor, Manager};

const TIMES: u64 = 20_000_000;
const ROUNDS: usize = 9;

fn main() {
    // On a terminal the bar is live; without one it counts all the same.
    let manager = Manager::new();
    let bare = AtomicU64::new(0);
    let counter = manager.counter().total(TIMES * ROUNDS as u64 * 3).desc("inc").add();
    let segment = counter.segment(AnsiColor::Red);

    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let base = time(|| _ = black_box(&bare).fetch_add(black_box(1), Relaxed));
        let inc = time(|| black_box(&counter).inc(black_box(1)));
        let part = time(|| black_box(&segment).inc(black_box(1)));
        let mut items = counter.wrap_iter(std::iter::repeat_n((), TIMES as usize));
        let wrapped = time(|| _ = black_box(items.next()));
        rounds.push([base, inc / base, part / base, wrapped / base]);
    }
    let live = manager.is_enabled();
    drop((counter, segment));
    manager.stop();

    println!("{TIMES} increments, median of {ROUNDS} rounds, the bar is {}", if live { "live" } else { "not shown" });
    println!("bare fetch_add        {:5.2} ns", median(&rounds, 0));
    for (what, at) in [("Counter::inc", 1), ("Segment::inc", 2), ("Counter::wrap_iter", 3)] {
        println!("{what:<20}  {:5.2} x", median(&rounds, at));
    }
}

/// Nanoseconds for one call.
fn time(mut call: impl FnMut()) -> f64 {
    let begun = Instant::now();
    for _ in 0..TIMES {
        call();
    }
    begun.elapsed().as_secs_f64() * 1e9 / TIMES as f64
}

fn median(rounds: &[[f64; 4]], at: usize) -> f64 {
    let mut values: Vec<f64> = rounds.iter().map(|round| round[at]).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
