//! Spans of the tracing crate as bars, below the log. `download_all` could be a library: it knows
//! nothing of bars.
//!
//! `cargo run --features tracing --example tracing`

use std::thread::{self, sleep};
use std::time::Duration;

use footlights::Manager;
use tracing::{info, info_span};
use tracing_subscriber::prelude::*;

fn main() {
    let manager = Manager::new();
    let bars = manager.tracing_layer().limit(4).build();
    tracing_subscriber::registry().with(tracing_subscriber::fmt::layer()).with(bars).init();
    download_all();
}

fn download_all() {
    let all = info_span!("downloads", progress.total = 6);
    thread::scope(|scope| {
        for n in 1..=6_u64 {
            let all = &all;
            scope.spawn(move || {
                let file = info_span!(parent: all, "file", n, progress.total = 20 * n, progress.done = 0).entered();
                for done in 1..=20 * n {
                    sleep(Duration::from_millis(25));
                    file.record("progress.done", done);
                }
                info!("saved");
            });
        }
    });
}
