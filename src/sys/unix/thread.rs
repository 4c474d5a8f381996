//! The threads of this crate.

use std::io;
use std::thread::JoinHandle;

use super::mask::{mask, set_of};

/// Starts a thread that blocks all signals. They are meant for the program's own threads, one of
/// which may wait for a signal. And a handler of the program may print, which our threads must not.
///
/// Takes a box: each type of closure would otherwise compile a copy of std's thread start.
pub(crate) fn spawn(name: &str, work: Box<dyn FnOnce() + Send>) -> io::Result<JoinHandle<()>> {
    // Blocked around the start, not after it: a thread inherits what its creator blocks.
    let before = mask(libc::SIG_SETMASK, &set_of(None))?;
    let started = std::thread::Builder::new().name(name.into()).spawn(work);
    let _ = mask(libc::SIG_SETMASK, &before);
    started
}
