//! The end of the process, where it can be seen coming.

/// Runs `last` when the process exits in the ordinary way: `main` returns, or somebody calls `exit`. Not at `_exit`,
/// `abort` or a signal.
pub(crate) fn at_exit(last: extern "C" fn()) {
    // SAFETY: `last` is a function, not a closure: it is there until the end. It must not unwind, which `extern "C"`
    // makes sure of.
    let _ = unsafe { libc::atexit(last) };
}

/// The process we are in. A forked child has a copy of all our memory and none of our threads; by this number it knows.
pub(crate) fn process() -> u32 {
    std::process::id()
}
