//! The process: its number, and its normal end.

/// Runs `last` when the process exits normally: `main` returns, or `exit` is called. Not at
/// `_exit`, at `abort`, or at a signal.
pub(crate) fn at_exit(last: extern "C" fn()) {
    // SAFETY: `last` is a function, not a closure, and so exists until the end. It must not unwind,
    // which `extern "C"` guarantees.
    let _ = unsafe { libc::atexit(last) };
}

/// The number of this process. A forked child has a copy of the memory and none of the threads; by
/// this number it recognizes that it is a child.
pub(crate) fn process_id() -> u32 {
    std::process::id()
}
