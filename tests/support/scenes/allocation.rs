//! A program that counts its allocations.

use std::alloc::System;
use std::time::Duration;

use footlights::{Columns, Counter, CounterStyle, Manager, bar_format};
use stats_alloc::{Region, StatsAlloc};

use super::common::step;

#[global_allocator]
static ALLOCATOR: StatsAlloc<System> = StatsAlloc::system();

/// Changes ten bars in each step, and prints a line in some of them. Repeats this in rounds, and
/// prints how many allocations there were in the round with the fewest.
///
/// In the first round, buffers grow to the size that they keep. In any of the others, something may
/// be created that exists once, such as the place of a thread in the queue of a lock.
///
/// With aligned columns, bars have a link in their description, a message that is cut, and one of them
/// has two rows.
pub fn steady(rounds: usize, steps: u64, columns: Columns) {
    let manager = Manager::builder().frame_rate(500).columns(columns).build();
    let desc = |n| match columns {
        Columns::Aligned => format!("\x1b]8;;http://bars/{n}\x1b\\BAR#{n}\x1b]8;;\x1b\\"),
        _ => format!("BAR#{n}"),
    };
    let format = bar_format!("{desc:4..} {percentage:3.0f}%|{bar:10..}| {count}/{total} {message}");
    let tall = bar_format!("{desc} |{bar}|\n  {count} {message}");
    let bars: Vec<Counter> = (0..10)
        .map(|n| {
            let bar = manager.counter().total(steps).desc(desc(n)).delay(Duration::ZERO).add();
            if columns == Columns::Aligned {
                bar.set_bar_format(format.clone());
                bar.set_message("a message that is longer than the line ".repeat(4));
            }
            bar
        })
        .collect();
    // One of them has all that a look can have.
    let look = CounterStyle::gradient().bar_format(bar_format!("{spinner} {desc} {bar} {rate_graph} {duration_clock}"));
    bars[4].set_style(&look);
    if columns == Columns::Aligned {
        bars[3].set_bar_format(tall);
    }
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
