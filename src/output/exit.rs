//! Hooks for the ways out of a process.
//!
//! * `main` returns, or `exit` is called: the terminal is given back as by `stop`, and outputs of
//!   lines write their last ones.
//! * A panic: its message is printed above the bars, as all output is. The panic goes on only when
//!   the message is on the terminal, so that the message is there even if the process aborts right
//!   after. Where a panic *is* an abort (`panic = "abort"`), the terminal is given back first and
//!   the message follows the last frame.
//! * A signal that ends the program: the terminal thread handles it (see `terminal/thread`). Outputs
//!   of lines have nothing to restore, and touch no signals.

use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use parking_lot::Mutex;

use crate::sys;

/// What the hooks call for one kind of output.
#[derive(Clone, Copy)]
pub(super) struct OnExit {
    /// Ends the use of the output. Called at exit, and before a panic that aborts.
    pub(super) give_back: fn(),
    /// Brings all output of the program to where it goes. Called after a panic has printed its
    /// message.
    pub(super) sync: fn(),
}

/// The process that has installed the hooks last. In a forked child they do nothing.
static PROCESS: AtomicU32 = AtomicU32::new(0);

/// What is called, in the order in which it was installed.
static INSTALLED: Mutex<Vec<OnExit>> = Mutex::new(Vec::new());

/// Installs the hooks for one kind of output, once per process: `once` belongs to that kind.
pub(super) fn install(on_exit: OnExit, once: &'static Once) {
    static HOOKS: Once = Once::new();

    extern "C" fn at_exit() {
        call_all(|on_exit| on_exit.give_back);
    }

    PROCESS.store(sys::process_id(), Relaxed);
    once.call_once(|| INSTALLED.lock().push(on_exit));
    HOOKS.call_once(|| {
        sys::at_exit(at_exit);
        // std does not let a panicking thread change the hook.
        if !std::thread::panicking() {
            hook_panics();
        }
    });
}

fn hook_panics() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if cfg!(panic = "abort") {
            call_all(|on_exit| on_exit.give_back);
            before(info);
        } else {
            before(info);
            call_all(|on_exit| on_exit.sync);
        }
    }));
}

fn call_all(select: fn(&OnExit) -> fn()) {
    if PROCESS.load(Relaxed) == sys::process_id() {
        // Not under the lock: the calls take time.
        let calls: Vec<fn()> = INSTALLED.lock().iter().map(select).collect();
        calls.iter().for_each(|call| call());
    }
}
