//! Loggers that are set up as in a program without bars.

use std::thread;

use footlights::Manager;

use super::common::{bars, step};

/// Logs from four threads with env_logger.
pub fn env_logger() {
    env_logger::Builder::new().filter_level(log::LevelFilter::Info).format_timestamp(None).init();
    log_from_threads(|thread, n| log::info!("thread {thread} line {n}"));
}

/// Logs from four threads with the formatter of tracing-subscriber.
pub fn tracing_fmt() {
    tracing_subscriber::fmt().without_time().with_target(false).init();
    log_from_threads(|thread, n| tracing::info!("thread {thread} line {n}"));
}

fn log_from_threads(log: impl Fn(usize, usize) + Sync) {
    let manager = Manager::new();
    let bars = bars(&manager, 2);
    thread::scope(|scope| {
        for t in 0..4 {
            let (bars, log) = (&bars, &log);
            scope.spawn(move || {
                for n in 0..100 {
                    log(t, n);
                    bars[n % 2].inc(1);
                }
            });
        }
    });
    step();
}
