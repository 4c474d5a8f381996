//! The pipe from the signal handlers to the terminal thread (the "self-pipe trick"). A handler may
//! do little more than write a byte, and the terminal thread can wait for that byte.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};

use parking_lot::Mutex;

use super::fd::read;
use super::process::process_id;

/// The pipe of this process, and the process it belongs to: a forked child needs a pipe of its own.
/// Never closed: at any time a handler may be running in another thread.
static PIPE: Mutex<Option<(u32, &'static SignalPipe)>> = Mutex::new(None);

/// The writing end, for the handlers.
static WRITER: AtomicI32 = AtomicI32::new(-1);

/// The process whose terminal thread reads the pipe; 0 if there is none.
static LISTENER: AtomicU32 = AtomicU32::new(0);

/// Both ends of the pipe. Neither blocks.
#[derive(Debug)]
pub(super) struct SignalPipe {
    reader: UnixStream,
    writer: UnixStream,
}

impl SignalPipe {
    /// The pipe of this process; opened by the first call.
    pub(super) fn open() -> io::Result<&'static SignalPipe> {
        let mut pipe = PIPE.lock();
        match *pipe {
            Some((process, pipe)) if process == process_id() => Ok(pipe),
            _ => {
                let (reader, writer) = UnixStream::pair()?;
                reader.set_nonblocking(true)?;
                writer.set_nonblocking(true)?;
                let opened: &'static SignalPipe = Box::leak(Box::new(SignalPipe { reader, writer }));
                *pipe = Some((process_id(), opened));
                Ok(opened)
            }
        }
    }

    /// Makes the handlers of this process write to the pipe.
    pub(super) fn start_listening(&self) {
        WRITER.store(self.writer.as_raw_fd(), Ordering::Relaxed);
        // Release, and last: a handler that sees this process as the listener sees this writer.
        LISTENER.store(process_id(), Ordering::Release);
    }

    /// Makes the handlers, where they are still called, perform the default action.
    pub(super) fn stop_listening(&self) {
        LISTENER.store(0, Ordering::Relaxed);
    }

    /// The next byte in the pipe, if any.
    pub(super) fn next(&self) -> Option<u8> {
        let mut byte = [0];
        read(self.reader.as_fd(), &mut byte).is_ok_and(|n| n == 1).then_some(byte[0])
    }

    /// A second writing end.
    pub(super) fn clone_writer(&self) -> io::Result<UnixStream> {
        self.writer.try_clone()
    }
}

impl AsFd for SignalPipe {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.reader.as_fd()
    }
}

/// Whether the terminal thread of this very process reads the pipe. Async-signal-safe.
pub(super) fn is_listening() -> bool {
    // SAFETY: getpid has no conditions.
    unsafe { libc::getpid() }.unsigned_abs() == LISTENER.load(Ordering::Acquire)
}

/// Writes the number of a signal to the pipe; returns whether that was possible. Only if
/// [`is_listening`]. Async-signal-safe.
pub(super) fn notify(signal: libc::c_int) -> bool {
    let byte = signal as u8;
    // SAFETY: one byte is read from a local variable. The descriptor is a socket's, never closed.
    unsafe { libc::write(WRITER.load(Ordering::Relaxed), (&raw const byte).cast(), 1) == 1 }
}
