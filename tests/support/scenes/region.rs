//! Bars: how many, where, and what happens to them.

use std::sync::Barrier;
use std::thread;

use footlights::{Anchor, AnsiColor, Manager};

use super::common::{bar, bars, print_lines, step, without_first_lines};

/// Adds bars, and then prints three lines.
pub fn only_bars(count: usize) {
    let manager = Manager::new();
    let bars = bars(&manager, count);
    step();
    bars.iter().for_each(|bar| bar.inc(10));
    print_lines(0..3);
    step();
}

/// Prints a line in each step, with bars that change.
pub fn line_per_step(bars: usize, lines: usize, anchor: Anchor) {
    // At a high frame rate the test waits less for each line.
    let manager = Manager::builder().frame_rate(250).anchor(anchor).build();
    let bars = self::bars(&manager, bars);
    for n in 0..lines {
        step();
        bars.iter().for_each(|bar| bar.inc(1));
        println!("line {n}");
    }
    step();
}

/// Pins bars to rows that are free, taken, or outside of the window.
pub fn pinned() {
    let manager = Manager::new();
    let builder = manager.counter().total(9).position(2);
    let _first = builder.clone().desc("BAR#0").try_add().expect("a free row");
    println!("{}", builder.clone().desc("BAR#1").try_add().expect_err("a row that is taken"));
    println!("{}", builder.clone().position(12).try_add().expect_err("a row outside of the window"));
    // `add` shows these bars where there is room.
    let _second = builder.clone().desc("BAR#2").add();
    let _third = builder.clone().position(12).desc("BAR#3").add();
    println!("unpinned");
    step();

    // Two threads at a time want the same row. One of them gets it, and leaves it to the next two.
    let builder = manager.counter().total(9).position(5).leave(false);
    let mut pinned = 0;
    for _ in 0..100 {
        let start = Barrier::new(2);
        let bars = thread::scope(|scope| {
            let add = || {
                start.wait();
                builder.clone().try_add()
            };
            [scope.spawn(add), scope.spawn(add)].map(|thread| thread.join().expect("no panic"))
        });
        pinned += bars.iter().filter(|bar| bar.is_ok()).count();
    }
    println!("{pinned} of 200 were pinned");
}

/// Prints and counts, whether there is a terminal or not.
pub fn work() {
    let manager = without_first_lines().build();
    let bar = bar(&manager, 0);
    let segment = bar.segment("part").color(AnsiColor::Red).add();
    println!("output: {}", manager.output());
    for n in 0..20 {
        bar.inc(1);
        segment.inc(1);
        println!("line {n}");
    }
    println!("count: {}", bar.count());
    step();
}

/// Prints the size of the window, as a child would see it, whenever it changes. Ends when the
/// window has one cell.
pub fn size() {
    let manager = Manager::new();
    let _bar = bar(&manager, 0);
    let mut last = (0, 0);
    while last != (1, 1) {
        let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout()).expect("a terminal has a size");
        let size = (size.ws_col, size.ws_row);
        if size != last {
            println!("{} x {}", size.0, size.1);
            last = size;
        }
        thread::yield_now();
    }
}
