//! A program that counts its allocations.

use std::alloc::System;
use std::time::Duration;

use footlights::{Counter, CounterStyle, Manager, bar_format};
use stats_alloc::{Region, StatsAlloc};

use super::common::step;

#[global_allocator]
static ALLOCATOR: StatsAlloc<System> = StatsAlloc::system();

/// Changes ten bars in each step, and prints a line in some of them. Repeats this in rounds, and
/// prints how many allocations there were in the round with the fewest.
///
/// In the first round, buffers grow to the size that they keep. In any of the others, something may
/// be created that exists once, such as the place of a thread in the queue of a lock.
pub fn steady(rounds: usize, steps: u64) {
    let manager = Manager::builder().frame_rate(500).build();
    let bars: Vec<Counter> =
        (0..10).map(|n| manager.counter().total(steps).desc(format!("BAR#{n}")).delay(Duration::ZERO).add()).collect();
    // One of them has all that a look can have.
    let look = CounterStyle::gradient().bar_format(bar_format!("{spinner} {desc} {bar} {rate_graph} {duration_clock}"));
    bars[4].set_style(&look);
    // As much output at once as may come together on a slow machine.
    (0..2000).for_each(|n| println!("line {n}"));
    round(&bars, steps);
    let mut fewest = usize::MAX;
    for _ in 1..rounds {
        let region = Region::new(&ALLOCATOR);
        round(&bars, steps);
        let change = region.change();
        fewest = fewest.min(change.allocations + change.reallocations);
    }
    step();
    drop(manager);
    println!("allocations: {fewest}");
}

/// All bars from one to `steps`.
fn round(bars: &[Counter], steps: u64) {
    for n in 1..=steps {
        step();
        bars.iter().for_each(|bar| bar.set(n));
        if n % 3 == 0 {
            println!("step {n}");
        }
    }
}
