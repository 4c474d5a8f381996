//! The threads of this crate.

use std::io;
use std::thread::JoinHandle;

/// Starts a thread. (Control events come on threads that the system makes; no thread of ours takes
/// them.)
pub(crate) fn spawn(name: &str, work: Box<dyn FnOnce() + Send>) -> io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.into()).spawn(work)
}
