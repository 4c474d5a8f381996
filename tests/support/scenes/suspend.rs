//! The terminal is taken, lent and given back.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

use footlights::Manager;

use super::common::{bar, bars, print_lines, step};

/// Prints before, inside of, and after a suspension.
pub fn suspend() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    println!("before");
    step();
    manager.suspend(|| {
        bar.inc(1);
        println!("inside");
        step();
    });
    println!("after");
    step();
}

/// Suspends again and again.
pub fn suspend_often() {
    let manager = Manager::new();
    let bars = bars(&manager, 2);
    for n in 0..300 {
        println!("line {}", 2 * n);
        manager.suspend(|| println!("line {}", 2 * n + 1));
        bars[n % 2].inc(1);
    }
}

/// Stops the manager inside of a suspension, while a child holds the redirected streams.
pub fn stop_while_suspended() {
    let manager = Manager::new();
    println!("line 0");
    let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().expect("cat");
    manager.suspend(|| manager.stop());
    println!("line 1");
    drop(child.stdin.take());
    let _ = child.wait();
}

/// Creates and drops managers while another thread prints.
pub fn come_and_go() {
    let printing = AtomicBool::new(true);
    thread::scope(|scope| {
        scope.spawn(|| {
            print_lines(0..2000);
            printing.store(false, Relaxed);
        });
        while printing.load(Relaxed) {
            let manager = Manager::new();
            bar(&manager, 0).set_leave(false);
        }
    });
}

/// Has three managers, of which the lifetimes overlap.
pub fn two_managers() {
    let first = Manager::new();
    let one = bar(&first, 1);
    println!("line 0");
    let second = Manager::new();
    let two = bar(&second, 2);
    println!("line 1");
    step();
    drop((one, first));
    println!("line 2");
    two.inc(1);
    step();
    let third = Manager::new();
    let three = bar(&third, 3);
    println!("line 3");
    step();
    drop((two, second));
    println!("line 4");
    step();
    drop((three, third));
    println!("line 5");
}

/// Creates and drops two hundred managers, and prints how many descriptors are left open.
pub fn many_managers() {
    let count = |what: &str| fs::read_dir(format!("/proc/self/{what}")).expect("/proc").count();
    let once = || {
        let manager = Manager::new();
        bar(&manager, 0).set_leave(false);
    };
    // A thread that is not joined may still be there for a moment.
    let settle = || {
        while count("task") > 1 {
            thread::yield_now();
        }
    };
    // Some descriptors are opened by the first manager and kept.
    once();
    settle();
    let before = count("fd");
    for _ in 0..200 {
        once();
    }
    settle();
    println!("{} more descriptors", count("fd") - before);
}
