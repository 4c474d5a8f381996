//! The ways out of a process, and what happens on each.
//!
//! * `main` returns, or somebody calls `exit`: the terminal is given back as by `stop`.
//! * A panic: its message is printed as everything else is, above the bars, and the panic goes on only when the message is on
//!   the terminal, so that it is there also if the process aborts right after. Where a panic *is* an abort
//!   (`panic = "abort"`), the terminal is given back first and the message follows the last frame.
//! * A signal that ends the program: the terminal thread sees to it (see `thread`).

use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use super::{CURRENT, Screen};
use crate::sys;

/// Longer than this nobody waits who is on the way out and finds the terminal being taken or given back.
const PATIENCE: Duration = Duration::from_secs(1);

/// The process whose terminal it is. A forked child has no say.
static PROCESS: AtomicU32 = AtomicU32::new(0);

/// From now on the terminal is given back on every way out that can be seen coming.
pub(super) fn watch() {
    static ONCE: Once = Once::new();
    PROCESS.store(sys::process(), Relaxed);
    ONCE.call_once(|| {
        sys::at_exit(at_exit);
        // std does not let a panicking thread change the hook.
        if !std::thread::panicking() {
            watch_panics();
        }
    });
}

fn watch_panics() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if cfg!(panic = "abort") {
            give_back();
            before(info);
        } else {
            before(info);
            if let Some(screen) = current() {
                screen.sync_within(PATIENCE);
            }
        }
    }));
}

extern "C" fn at_exit() {
    give_back();
}

fn give_back() {
    if PROCESS.load(Relaxed) != sys::process() {
        return;
    }
    let Some(mut current) = CURRENT.try_lock_for(PATIENCE) else { return };
    if let Some((screen, _)) = current.take() {
        // Not std's: on the way out it has been flushed, and a panic may have it locked.
        sys::flush_c_stdout();
        screen.stop();
    }
}

fn current() -> Option<std::sync::Arc<Screen>> {
    if PROCESS.load(Relaxed) != sys::process() {
        return None;
    }
    CURRENT.try_lock_for(PATIENCE)?.as_ref().map(|(screen, _)| screen.clone())
}
