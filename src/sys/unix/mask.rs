//! The signals that a thread blocks.

use std::io;
use std::mem::MaybeUninit;

/// The set of one signal, or of all signals.
pub(super) fn set_of(signal: Option<libc::c_int>) -> libc::sigset_t {
    let mut set = MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: sigemptyset and sigfillset initialize the set they are given; sigaddset adds a valid
    // number to it.
    unsafe {
        match signal {
            Some(signal) => {
                libc::sigemptyset(set.as_mut_ptr());
                libc::sigaddset(set.as_mut_ptr(), signal);
            }
            None => {
                libc::sigfillset(set.as_mut_ptr());
            }
        }
        set.assume_init()
    }
}

/// Changes which signals this thread blocks, and returns those it blocked before.
pub(super) fn mask(how: libc::c_int, set: &libc::sigset_t) -> io::Result<libc::sigset_t> {
    let mut before = MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: both sets outlive the call; the second is filled if it succeeds.
    match unsafe { libc::pthread_sigmask(how, set, before.as_mut_ptr()) } {
        // SAFETY: it succeeded.
        0 => Ok(unsafe { before.assume_init() }),
        errno => Err(io::Error::from_raw_os_error(errno)),
    }
}
