//! The C runtime's own view of the standard streams: the descriptors 1 and 2, and stdio's buffers.

use std::io;
use std::os::windows::io::{AsRawHandle, BorrowedHandle, IntoRawHandle, RawHandle};

use libc::{FILE, c_int, c_uint};

use crate::sys::stream::Stream;

unsafe extern "C" {
    /// The streams of stdio by their numbers: 1 is stdout.
    fn __acrt_iob_func(number: c_uint) -> *mut FILE;
    /// Sets whether line feeds are translated, and returns what was set before.
    fn _setmode(fd: c_int, mode: c_int) -> c_int;
}

/// No translation of line feeds.
const O_BINARY: c_int = 0x8000;

/// Flushes C's stdout. Only stdout: stderr is not buffered, and a flush of all files would wait for
/// a thread that reads stdin.
pub(crate) fn flush_c_stdout() {
    // SAFETY: the stream exists from the start to the end of the process, and fflush takes its lock.
    unsafe { libc::fflush(__acrt_iob_func(1)) };
}

/// Makes C's stdout pass on everything at once, as it does on a console. On a pipe it would keep 4
/// KiB, and what it prints would come out of order.
pub(super) fn unbuffer_c_stdout() {
    const IONBF: c_int = 4;
    // SAFETY: as above; no buffer is given.
    unsafe { libc::setvbuf(__acrt_iob_func(1), std::ptr::null_mut(), IONBF, 0) };
}

fn descriptor(stream: Stream) -> c_int {
    match stream {
        Stream::Stdout => 1,
        Stream::Stderr => 2,
    }
}

/// The handle behind C's descriptor of a stream; none if the descriptor is not open.
pub(super) fn c_handle(stream: Stream) -> Option<BorrowedHandle<'static>> {
    // SAFETY: it takes a number.
    let handle = unsafe { libc::get_osfhandle(descriptor(stream)) };
    // -1: not open. -2: a stream of a window program.
    if handle <= 0 {
        return None;
    }
    // SAFETY: C's runtime keeps it open until the descriptor is redirected, which only we do here.
    Some(unsafe { BorrowedHandle::borrow_raw(handle as RawHandle) })
}

/// Redirects C's descriptor of a stream to `target`.
///
/// `_dup2` closes the handle that was behind the descriptor: the caller has protected it. In a
/// console program, it also makes its duplicate of `target` the standard handle; the caller sets
/// that afterwards.
pub(super) fn redirect_c(stream: Stream, target: BorrowedHandle<'_>) -> io::Result<()> {
    let target = target.try_clone_to_owned()?;
    let fd = descriptor(stream);
    // SAFETY: all calls take numbers. The handle is open; it belongs to the new descriptor from
    // there on, and is closed with it.
    unsafe {
        let opened = libc::open_osfhandle(target.as_raw_handle() as libc::intptr_t, O_BINARY);
        if opened < 0 {
            return Err(io::ErrorKind::Other.into());
        }
        let _ = target.into_raw_handle();
        let mode = _setmode(fd, O_BINARY);
        let result = libc::dup2(opened, fd);
        if mode >= 0 {
            _setmode(fd, mode);
        }
        libc::close(opened);
        if result < 0 { Err(io::ErrorKind::Other.into()) } else { Ok(()) }
    }
}
