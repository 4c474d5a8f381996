//! Threads and the process. What std cannot do everywhere is not asked of it: on WebAssembly,
//! `std::process::id` panics.

use std::io;
use std::thread::JoinHandle;

use crate::sys::stream::{Stream, StreamKind};

/// Starts no thread: without a terminal there is nothing to do for one.
pub(crate) fn spawn(_: &str, _: Box<dyn FnOnce() + Send>) -> io::Result<JoinHandle<()>> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Does nothing: without a terminal there is nothing to do at exit.
pub(crate) fn at_exit(_: extern "C" fn()) {}

/// The status is not known.
pub(crate) fn exit_status() -> Option<i32> {
    None
}

/// The same number in each process.
pub(crate) fn process_id() -> u32 {
    0
}

pub(crate) fn flush_c_stdout() {}

pub(crate) fn reclaim_streams() {}

pub(crate) fn drain_retired_at_exit() {}

/// Nothing is shown.
pub(crate) fn shows_blocks() -> bool {
    true
}

/// `TERM` says nothing here.
pub(crate) fn term() -> Option<String> {
    None
}

/// What a stream leads to is not known.
pub(crate) fn stream_kind(_: Stream) -> StreamKind {
    StreamKind::Nothing
}
