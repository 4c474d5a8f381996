//! What a signal does in this process: reading and changing signal actions.

use std::io;
use std::mem::MaybeUninit;
use std::ptr;

use super::fd::check;

/// The action in force for a signal.
pub(super) fn action_of(signal: libc::c_int) -> io::Result<libc::sigaction> {
    let mut action = MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: with no new action, sigaction only fills the record with the one in force.
    check(unsafe { libc::sigaction(signal, ptr::null(), action.as_mut_ptr()) })?;
    // SAFETY: it succeeded, so the record is filled.
    Ok(unsafe { action.assume_init() })
}

/// The handler in force for a signal; the default action for a signal that does not exist.
/// Async-signal-safe.
pub(super) fn in_force(signal: libc::c_int) -> usize {
    // SAFETY: all fields of `sigaction` are numbers, pointers and sets, for which zero is valid.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    // SAFETY: with no new action, sigaction only fills the record with the one in force.
    unsafe { libc::sigaction(signal, ptr::null(), &raw mut action) };
    action.sa_sigaction
}

/// Installs a handler, or `SIG_DFL` for the default action. Async-signal-safe.
pub(super) fn set_action(signal: libc::c_int, handler: usize, flags: libc::c_int) -> io::Result<()> {
    // SAFETY: all fields of `sigaction` are numbers, pointers and sets, for which zero is valid.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    action.sa_sigaction = handler;
    action.sa_flags = flags;
    // SAFETY: the record is ours and complete. `handler` is SIG_DFL, a function that does only what
    // a handler may do, or a handler that was in force with these flags before.
    check(unsafe { libc::sigaction(signal, &raw const action, ptr::null_mut()) }).map(drop)
}
