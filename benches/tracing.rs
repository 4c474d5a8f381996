//! What a bar adds to a span of the tracing crate, as ratios of times with and without:
//! `cargo bench --bench tracing --features tracing`. Run it on a terminal: without one no bars are
//! shown, and the layer does nothing.
//!
//! A span is opened, entered, told how far it is, and closed. Each ratio is taken inside its own
//! round, and the median is printed.

use std::io;
use std::time::Instant;

use footlights::Manager;
use tracing::subscriber::with_default;
use tracing::{Subscriber, info_span};
use tracing_subscriber::{fmt, prelude::*, registry};

const SPANS: u32 = 100_000;
const ROUNDS: usize = 9;

fn main() {
    let manager = Manager::new();
    let bars = || manager.tracing_layer();
    let log = || fmt::layer().with_writer(io::sink);

    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let [logged, shown] = [time(registry().with(log())), time(registry().with(log()).with(bars().build()))];
        let [bare, alone] = [time(registry()), time(registry().with(bars().build()))];
        rounds.push([logged, shown / logged, bare, alone / bare]);
    }
    let live = manager.is_enabled();
    manager.stop();

    println!("{SPANS} spans, median of {ROUNDS} rounds, bars are {}", if live { "shown" } else { "not shown" });
    for (at, what, unit) in [
        (0, "a span with a log", "ns"),
        (1, "the same with a bar", "x"),
        (2, "a span that nobody looks at", "ns"),
        (3, "the same with a bar", "x"),
    ] {
        let mut values: Vec<f64> = rounds.iter().map(|round| round[at]).collect();
        values.sort_by(f64::total_cmp);
        println!("{what:<28} {:7.2} {unit}", values[ROUNDS / 2]);
    }
}

/// Returns the nanoseconds of one span.
fn time(subscriber: impl Subscriber + Send + Sync + 'static) -> f64 {
    with_default(subscriber, || {
        let start = Instant::now();
        for n in 0..SPANS {
            let span = info_span!("step", n, progress.total = 10, progress.done = 0).entered();
            span.record("progress.done", 10);
        }
        start.elapsed().as_secs_f64() * 1e9 / f64::from(SPANS)
    })
}
