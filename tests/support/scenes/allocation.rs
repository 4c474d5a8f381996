//! A program that counts its allocations.

use std::alloc::System;

use footlights::{Counter, Manager};
use stats_alloc::{Region, StatsAlloc};

use crate::common::step;

#[global_allocator]
static ALLOCATOR: StatsAlloc<System> = StatsAlloc::system();

/// Changes ten bars in each step, and prints a line in some of them. Does this twice, and prints
/// how much was allocated the second time: the first time, buffers grow to the size that they keep.
pub fn steady(steps: u64) {
    let manager = Manager::builder().frame_rate(500).build();
    let bars: Vec<Counter> = (0..10).map(|n| manager.counter().total(steps).desc(format!("BAR#{n}")).add()).collect();
    // As much output at once as may come together on a slow machine.
    (0..2000).for_each(|n| println!("line {n}"));
    round(&bars, steps);
    let region = Region::new(&ALLOCATOR);
    round(&bars, steps);
    step();
    let change = region.change();
    drop(manager);
    println!("allocations: {}, reallocations: {}", change.allocations, change.reallocations);
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
