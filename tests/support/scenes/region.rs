//! Bars: how many, where, and what happens to them.

use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use footlights::{Anchor, AnsiColor, Manager, OnClose};

use super::common::{bar, bars, builder, print_lines, print_now, step, without_first_lines};

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

/// Removes its bars one after the other.
pub fn shrink(anchor: Anchor) {
    let manager = Manager::builder().anchor(anchor).build();
    let first = manager.counter().total(9).desc("BAR#0").leave(false).delay(Duration::ZERO).add();
    let staying = bar(&manager, 1);
    let last = manager.counter().total(9).desc("BAR#2").leave(false).delay(Duration::ZERO).add();
    print_lines(0..3);
    step();
    drop(first);
    step();
    print_lines(3..20);
    step();
    drop(last);
    step();
    staying.close();
    step();
    println!("line 20");
}

/// Closes bars that move up into the log, one of them while a line is open.
pub fn moves_up() {
    let manager = Manager::new();
    let builder = manager.counter().total(9).on_close(OnClose::Log);
    let first = builder.clone().desc("BAR#0").add();
    let second = builder.clone().desc("BAR#1").position(1).add();
    let _third = builder.desc("BAR#2").add();
    print_lines(0..1);
    step();
    first.finish();
    step();
    print_lines(1..2);
    print_now("\x1b[31mopen");
    second.close();
    step();
    println!(" ended");
    step();
    print_lines(2..3);
    first.reset();
    step();
}

/// Closes more and more bars, in a window with room for few.
pub fn many_finished(count: usize) {
    let manager = Manager::new();
    for n in 0..count {
        drop(bar(&manager, n));
        println!("line {n}");
    }
    let _open = bars(&manager, 2);
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

/// Prints colored lines and open lines, with bars that change, a step each.
pub fn busy(steps: usize) {
    let manager = Manager::builder().frame_rate(1000).build();
    let bars = bars(&manager, 3);
    let segments: Vec<_> = bars.iter().map(|bar| bar.segment("part").color(AnsiColor::Red).add()).collect();
    for n in 0..steps {
        println!("line {n} \x1b[1;32mgreen\x1b[0m \x1b[48;5;17mblue\x1b[m");
        print_now("open");
        bars[n % 3].inc(3);
        segments[(n + 1) % 3].inc(1);
        bars[0].set_message(format!("step {n}"));
        step();
        eprintln!(" line");
    }
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

/// Bars of quick work do not flash: two that are closed before they would appear, one that appears
/// when the default delay is over, and one whose own delay is longer than the scene.
pub fn delays() {
    let manager = Manager::new();
    for n in 0..2 {
        builder(&manager, n).leave(n == 1).add().inc(100);
    }
    let shown = builder(&manager, 2).add();
    let late = builder(&manager, 3).leave(false).delay(Duration::from_secs(3600)).add();
    step();
    drop((shown, late));
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
