//! Times a loop against a baseline inside of one process, in alternating slices.

use std::time::{Duration, Instant};

use crate::report::report;
use crate::rounds::Spread;

/// The duration of a slice.
const SLICE: Duration = Duration::from_millis(10);

/// Reports `ns`, the nanoseconds of one turn of the loop, and `ratio`, its ratio to the baseline.
/// Both closures get the number of turns.
pub fn against(slices: usize, base: impl FnMut(usize), own: impl FnMut(usize)) {
    of_at_least(1000, slices, base, own);
}

/// Like [`against`], with at least `least` turns in a slice, for loops with a costly start and end.
pub fn of_at_least(least: usize, slices: usize, mut base: impl FnMut(usize), mut own: impl FnMut(usize)) {
    let (base_turns, own_turns) = (turns(&mut base, least), turns(&mut own, least));
    let slice = |_| [time(&mut base, base_turns), time(&mut own, own_turns)];
    let slices: Vec<[f64; 2]> = (0..slices).map(slice).collect();
    report("base", Spread::of(slices.iter().map(|[base, _]| *base)).median);
    report("ns", Spread::of(slices.iter().map(|[_, own]| *own)).median);
    report("ratio", Spread::of(slices.iter().map(|[base, own]| own / base)).median);
}

/// Returns the nanoseconds of one turn.
fn time(run: &mut impl FnMut(usize), turns: usize) -> f64 {
    let start = Instant::now();
    run(turns);
    start.elapsed().as_secs_f64() * 1e9 / turns as f64
}

/// Returns the number of turns in a slice.
fn turns(run: &mut impl FnMut(usize), least: usize) -> usize {
    let mut turns = least;
    loop {
        // The best of three, so that a single interruption does not matter.
        let taken = (0..3).map(|_| time(run, turns)).fold(f64::INFINITY, f64::min) * turns as f64;
        if taken > SLICE.as_nanos() as f64 / 10.0 {
            return least.max((turns as f64 * SLICE.as_nanos() as f64 / taken).ceil() as usize);
        }
        turns *= 4;
    }
}
