//! Flushes what the program has printed and std or C still buffers.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

use crate::sys;

/// If std's stdout stays locked this long, the thread that holds it is probably waiting for us.
const LOCK_TIMEOUT: Duration = Duration::from_millis(50);

/// Flushes std's and C's stdout. std's is flushed on a helper thread with a timeout: its lock may
/// be held by a thread that waits for the caller.
pub(crate) fn flush_stdio() {
    let report = Arc::new((Mutex::new(false), Condvar::new()));
    let (flushed, changed) = &*report;
    let done = report.clone();
    let work = move || {
        let _ = io::stdout().flush();
        *done.0.lock() = true;
        done.1.notify_one();
    };
    if let Ok(flusher) = sys::spawn("footlights-flush", Box::new(work)) {
        let mut flushed = flushed.lock();
        changed.wait_while_for(&mut flushed, |flushed| !*flushed, LOCK_TIMEOUT);
        if *flushed {
            let _ = flusher.join();
        }
    }
    sys::flush_c_stdout();
}
