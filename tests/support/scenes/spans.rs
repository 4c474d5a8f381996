//! Spans of the tracing crate, as bars.

use std::fmt;
use std::thread;
use std::time::Duration;

use footlights::{CounterStyle, Manager, OnClose, bar_format, counter_format};
use tracing::field::Empty;
use tracing::{info, info_span};
use tracing_subscriber::prelude::*;

use super::common::step;

/// Opens spans whose bars appear a moment later, and disappear when they are closed.
pub fn late_spans(limit: usize) {
    spans(Duration::from_millis(20), limit, OnClose::Clear);
}

/// Opens spans whose bars stay.
pub fn staying_spans(delay: Duration) {
    spans(delay, 9, OnClose::Keep);
}

/// Opens and closes spans, which are two levels deep, with a log.
fn spans(delay: Duration, limit: usize, on_close: OnClose) {
    let manager = Manager::builder().delay(delay).build();
    let style = CounterStyle::new()
        .bar_format(bar_format!("{desc} {count:d}/{total:d}"))
        .counter_format(counter_format!("{desc} {message}{fill}"));
    let log = tracing_subscriber::fmt::layer().without_time().with_target(false).with_ansi(false);
    let layer = manager.tracing_layer().style(&style).on_close(on_close).limit(limit).build();
    tracing_subscriber::registry().with(log).with(layer).init();

    let build = info_span!("build", progress.total = 3);
    let one = build.in_scope(|| info_span!("one", progress.total = 9, progress.done = 2));
    let two = build.in_scope(|| info_span!("two", progress.total = 9));
    let docs = info_span!("docs", progress.message = Empty);
    let part = one.in_scope(|| info_span!("part", progress.message = "linking"));
    let three = build.in_scope(|| info_span!("three", progress.total = 9, progress.done = 0));
    info!("all are open");
    step();
    one.record("progress.done", 5);
    docs.record("progress.message", "at page 7");
    three.record("progress.done", 4);
    drop(two);
    step();
    drop(part);
    three.record("progress.done", 9);
    drop(three);
    step();
    drop((one, build, docs));
    info!("all are closed");
    step();
}

/// A value that prints and opens a span while it is formatted. (It may not log: the formatter of
/// tracing-subscriber holds a lock then.)
struct Busy;

impl fmt::Display for Busy {
    #[expect(clippy::print_in_format_impl, reason = "what a subscriber may meet")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        println!("formatting");
        let inside = info_span!("inside", progress.done = 0);
        inside.record("progress.done", 1);
        f.write_str("busy")
    }
}

/// Opens spans in several threads, with values that do much while they are formatted.
pub fn busy_values() {
    let manager = Manager::builder().delay(Duration::ZERO).build();
    let log = tracing_subscriber::fmt::layer().without_time().with_target(false).with_ansi(false);
    tracing_subscriber::registry().with(log).with(manager.tracing_layer().limit(3).build()).init();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let span = info_span!("outside", progress.message = %Busy).entered();
                    span.record("progress.message", tracing::field::display(Busy));
                }
            });
        }
    });
    println!("done");
}
