//! The process: its number, and its normal end.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

/// The status that the process is exiting with; [`UNKNOWN`] before that.
static EXIT_STATUS: AtomicI64 = AtomicI64::new(UNKNOWN);

/// No exit status: these have 32 bits.
const UNKNOWN: i64 = i64::MIN;

/// Runs `last` when the process exits normally: `main` returns, or `exit` is called. Not at
/// `_exit`, at `abort`, or at a signal.
pub(crate) fn at_exit(last: extern "C" fn()) {
    // SAFETY: `last` is a function, not a closure, and so exists until the end. It must not unwind,
    // which `extern "C"` guarantees.
    let _ = unsafe { libc::atexit(last) };
    note_exit_status();
}

/// The status that the process is exiting with, in what [`at_exit`] runs. `None` where the system
/// does not tell.
pub(crate) fn exit_status() -> Option<i32> {
    i32::try_from(EXIT_STATUS.load(Relaxed)).ok()
}

/// Makes the process note its exit status, before it runs what was registered earlier.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn note_exit_status() {
    use libc::{c_int, c_void};

    unsafe extern "C" {
        // Of the GNU C library: its manual, "Cleanups on Exit".
        fn on_exit(function: extern "C" fn(c_int, *mut c_void), argument: *mut c_void) -> c_int;
    }

    extern "C" fn note(status: c_int, _: *mut c_void) {
        EXIT_STATUS.store(status.into(), Relaxed);
    }

    // SAFETY: `note` exists until the end, does not unwind, and ignores its second argument.
    let _ = unsafe { on_exit(note, std::ptr::null_mut()) };
}

/// No other system tells the status.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn note_exit_status() {}

/// The number of this process. A forked child has a copy of the memory and none of the threads; by
/// this number it recognizes that it is a child.
pub(crate) fn process_id() -> u32 {
    std::process::id()
}
