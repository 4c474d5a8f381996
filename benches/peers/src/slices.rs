//! Loops timed against a baseline inside of one process: a slice of the one, a slice of the other, in turn.

use std::time::{Duration, Instant};

use crate::report::report;
use crate::rounds::Spread;

/// How long a slice is to take.
const SLICE: Duration = Duration::from_millis(10);

/// Reports `ns` for one turn of a loop and the `ratio` to one of the baseline's. Both are told how many turns to take.
pub fn against(slices: usize, base: impl FnMut(usize), own: impl FnMut(usize)) {
    of_at_least(1000, slices, base, own);
}

/// The same with so many turns at least, where beginning and ending a slice takes its time.
pub fn of_at_least(least: usize, slices: usize, mut base: impl FnMut(usize), mut own: impl FnMut(usize)) {
    let (base_turns, own_turns) = (turns(&mut base, least), turns(&mut own, least));
    let slice = |_| [time(&mut base, base_turns), time(&mut own, own_turns)];
    let slices: Vec<[f64; 2]> = (0..slices).map(slice).collect();
    report("base", Spread::of(slices.iter().map(|[base, _]| *base)).median);
    report("ns", Spread::of(slices.iter().map(|[_, own]| *own)).median);
    report("ratio", Spread::of(slices.iter().map(|[base, own]| own / base)).median);
}

/// Nanoseconds for one turn.
fn time(run: &mut impl FnMut(usize), turns: usize) -> f64 {
    let begun = Instant::now();
    run(turns);
    begun.elapsed().as_secs_f64() * 1e9 / turns as f64
}

/// How many turns make a slice.
fn turns(run: &mut impl FnMut(usize), least: usize) -> usize {
    let mut turns = least;
    loop {
        // The best of three: what comes in between once must not pass for a slow turn.
        let taken = (0..3).map(|_| time(run, turns)).fold(f64::INFINITY, f64::min) * turns as f64;
        if taken > SLICE.as_nanos() as f64 / 10.0 {
            return least.max((turns as f64 * SLICE.as_nanos() as f64 / taken).ceil() as usize);
        }
        turns *= 4;
    }
}
