//! Bars that count without a terminal, wherever the tests run.

use std::thread;
use std::time::Instant;

use footlights::{Counter, Error, Manager, Output};

pub fn manager() -> Manager {
    Manager::builder().output(Output::None).build()
}

pub fn counter() -> Counter {
    manager().counter().total(100).desc("Basic").unit("ticks").add()
}

/// The message of an error.
#[track_caller]
pub fn message<T>(result: Result<T, Error>) -> String {
    result.err().expect("an error").to_string()
}

/// Returns as soon as the clock of the system shows a later time than before the call.
pub fn wait_for_tick() {
    let start = Instant::now();
    while start.elapsed().is_zero() {
        thread::yield_now();
    }
}
