//! Hooks for the ways out of a process.
//!
//! * `main` returns, or `exit` is called: the terminal is given back as by `stop`.
//! * A panic: its message is printed above the bars, as all output is. The panic goes on only when
//!   the message is on the terminal, so that the message is there even if the process aborts right
//!   after. Where a panic *is* an abort (`panic = "abort"`), the terminal is given back first and
//!   the message follows the last frame.
//! * A signal that ends the program: the terminal thread handles it (see `thread`).

use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use crate::sys;

/// What the hooks call.
#[derive(Clone, Copy)]
pub(super) struct OnExit {
    /// Gives the terminal back. Called at exit, and before a panic that aborts.
    pub(super) give_back: fn(),
    /// Brings all output to the terminal. Called after a panic has printed its message.
    pub(super) sync: fn(),
}

/// The process that has installed the hooks last. In a forked child they do nothing.
static PROCESS: AtomicU32 = AtomicU32::new(0);

/// Installs the hooks, once per process.
pub(super) fn install(on_exit: OnExit) {
    static ONCE: Once = Once::new();
    static GIVE_BACK: parking_lot::Mutex<Option<fn()>> = parking_lot::Mutex::new(None);

    extern "C" fn at_exit() {
        let give_back = *GIVE_BACK.lock();
        if let Some(give_back) = give_back.filter(|_| is_own_process()) {
            give_back();
        }
    }

    PROCESS.store(sys::process_id(), Relaxed);
    ONCE.call_once(|| {
        *GIVE_BACK.lock() = Some(on_exit.give_back);
        sys::at_exit(at_exit);
        // std does not let a panicking thread change the hook.
        if !std::thread::panicking() {
            hook_panics(on_exit);
        }
    });
}

fn hook_panics(on_exit: OnExit) {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if cfg!(panic = "abort") {
            if is_own_process() {
                (on_exit.give_back)();
            }
            before(info);
        } else {
            before(info);
            if is_own_process() {
                (on_exit.sync)();
            }
        }
    }));
}

fn is_own_process() -> bool {
    PROCESS.load(Relaxed) == sys::process_id()
}
