//! Unix: Linux first; nothing here is meant to keep macOS and the BSDs out.

mod crash;
mod exit;
mod intercept;
mod signal;
mod tty;
mod wait;
mod waker;

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd};

pub(crate) use exit::{at_exit, process};
pub(crate) use intercept::{Interceptor, flush_c_stdout};
pub(crate) use signal::{Signal, Signals, spawn};
pub(crate) use tty::{Device, Tty, Typing};
pub(crate) use wait::{readable, wait, writable};
pub(crate) use waker::Waker;

use super::{Channel, Size, Stream};

/// Turns the C convention (-1 and `errno`) into a result. Asked after every call, and never where time counts.
#[inline(never)]
fn check(answer: libc::c_int) -> io::Result<libc::c_int> {
    if answer == -1 { Err(io::Error::last_os_error()) } else { Ok(answer) }
}

/// Calls again whatever a signal cut short before it did anything.
fn retry<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            answer => return answer,
        }
    }
}

fn read(fd: BorrowedFd<'_>, buf: &mut [u8]) -> io::Result<usize> {
    retry(|| {
        // SAFETY: the descriptor is open for the whole call, and the kernel writes at most `buf.len()` bytes into `buf`.
        let n = unsafe { libc::read(fd.as_raw_fd(), buf.as_mut_ptr().cast(), buf.len()) };
        usize::try_from(n).map_err(|_| io::Error::last_os_error())
    })
}

fn write(fd: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<usize> {
    retry(|| {
        // SAFETY: the descriptor is open for the whole call, and the kernel only reads `bytes`.
        let n = unsafe { libc::write(fd.as_raw_fd(), bytes.as_ptr().cast(), bytes.len()) };
        usize::try_from(n).map_err(|_| io::Error::last_os_error())
    })
}

/// Writes all of it, however long that takes, also where somebody has made the file non-blocking for all who have it open.
fn write_all(fd: BorrowedFd<'_>, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match write(fd, bytes) {
            Ok(n) => bytes = &bytes[n..],
            Err(err) if err.kind() == io::ErrorKind::WouldBlock => {
                wait([writable(&fd)], None);
            }
            Err(err) => return Err(err),
        }
    }
    Ok(())
}

/// Whether reads and writes on this open file, by whatever descriptor, return instead of waiting.
fn set_nonblocking(fd: BorrowedFd<'_>, nonblocking: bool) -> io::Result<()> {
    // SAFETY: F_GETFL and F_SETFL take and return plain numbers.
    let flags = check(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_GETFL) })?;
    let flags = if nonblocking { flags | libc::O_NONBLOCK } else { flags & !libc::O_NONBLOCK };
    // SAFETY: as above.
    check(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_SETFL, flags) }).map(drop)
}

/// Which file a descriptor is open on: device and inode, and for a device file which device that is.
fn identity(fd: BorrowedFd<'_>) -> io::Result<(u64, u64, u64)> {
    let status = status(fd)?;
    // The types differ between systems; all of them fit.
    #[allow(clippy::unnecessary_cast)]
    Ok((status.st_dev as u64, status.st_ino as u64, status.st_rdev as u64))
}

fn status(fd: BorrowedFd<'_>) -> io::Result<libc::stat> {
    let mut status = std::mem::MaybeUninit::<libc::stat>::uninit();
    // SAFETY: the descriptor is open, and `status` has room for what fstat writes.
    check(unsafe { libc::fstat(fd.as_raw_fd(), status.as_mut_ptr()) })?;
    // SAFETY: fstat succeeded, so it has filled all of `status`.
    Ok(unsafe { status.assume_init() })
}
