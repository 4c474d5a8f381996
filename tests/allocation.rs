//! In the steady state nothing is allocated, on no thread: not for a frame, not for the text that
//! goes above the bars.
//!
//! The test runs itself once more on a pty, where everything that is allocated is counted. Before
//! it counts, that program does once what it does again afterwards: until then buffers grow to the
//! size that they keep.

mod support;

use std::alloc::System;
use std::process::ExitCode;
use std::time::Duration;

use footlights::{Counter, Manager};
use stats_alloc::{Region, StatsAlloc};
use support::{Scene, bytes};

#[global_allocator]
static ALLOCATOR: StatsAlloc<System> = StatsAlloc::system();

/// A frame in every step, on a machine that has time.
const STEPS: u64 = 500;
const RATE: u32 = 500;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("steady") => steady(),
        _ => watch(),
    }
}

fn watch() -> ExitCode {
    let program = std::env::current_exe().expect("a program has a path");
    let (screen, status) = Scene::of(program, "steady").size(120, 24).run();
    let frames = bytes::frames(screen.raw()).0.len() as u64;
    let said = screen.lines().into_iter().find(|line| line.starts_with("allocations")).unwrap_or_default();
    println!("{frames} frames, {said}");
    assert!(frames > STEPS / 5, "so few frames show nothing");
    if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The program on the pty.
fn steady() -> ExitCode {
    let manager = Manager::builder().frame_rate(RATE).build();
    let bars: Vec<Counter> = (0..10).map(|n| manager.counter().total(STEPS).desc(format!("bar {n}")).add()).collect();
    // As much text at once as may come together on a slow machine.
    (0..2000).for_each(|n| println!("line {n}"));
    round(&bars);
    let region = Region::new(&ALLOCATOR);
    round(&bars);
    let change = region.change();
    drop(manager);
    println!("allocations: {}, reallocations: {}", change.allocations, change.reallocations);
    if change.allocations + change.reallocations == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// All bars from nothing to everything; now and then with a line above.
fn round(bars: &[Counter]) {
    for step in 0..=STEPS {
        bars.iter().for_each(|bar| bar.set(step));
        if step % 3 == 0 {
            println!("step {step}");
        }
        std::thread::sleep(Duration::from_secs(1) / RATE);
    }
}
