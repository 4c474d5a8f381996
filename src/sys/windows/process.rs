//! The process: its number, and its normal end.
//!
//! A process ends in one of two ways. C's `exit` (and so the end of `main`) runs what was registered
//! with `atexit`. std's `exit` calls the system's `ExitProcess`, which ends all other threads at
//! once and runs nothing before that: see `exit_process`.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use super::exit_process;

/// The status that the process is exiting with; [`UNKNOWN`] before that.
static EXIT_STATUS: AtomicI64 = AtomicI64::new(UNKNOWN);

/// No exit status: these have 32 bits.
const UNKNOWN: i64 = i64::MIN;

/// What runs at the end.
static LAST: OnceLock<extern "C" fn()> = OnceLock::new();

#[link(name = "ntdll")]
unsafe extern "system" {
    /// Whether the process is ending, and has no thread but this one.
    fn RtlDllShutdownInProgress() -> u8;
}

/// Runs `last` when the process exits normally: `main` returns, or `exit` is called, that of std or
/// of C. Not at `_exit`, at `abort`, or when another program ends the process.
pub(crate) fn at_exit(last: extern "C" fn()) {
    if LAST.set(last).is_ok() {
        // SAFETY: `run_last` is a function, not a closure, and does not unwind.
        let _ = unsafe { libc::atexit(run_last) };
        exit_process::before(|status| {
            EXIT_STATUS.store(i64::from(status as i32), Relaxed);
            run_last();
        });
    }
}

extern "C" fn run_last() {
    // In a DLL, C runs this when there are no other threads any more. Nobody would serve a request.
    // SAFETY: it has no conditions.
    if unsafe { RtlDllShutdownInProgress() } == 0 {
        if let Some(last) = LAST.get() {
            last();
        }
    }
}

/// The status that the process is exiting with, in what [`at_exit`] runs. `None` at an exit through
/// C.
pub(crate) fn exit_status() -> Option<i32> {
    i32::try_from(EXIT_STATUS.load(Relaxed)).ok()
}

/// The number of this process.
pub(crate) fn process_id() -> u32 {
    std::process::id()
}
