//! File descriptors: system calls on them, with Rust's results and types.

use std::ffi::CStr;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use crate::sys::stream::Stream;

/// Turns the C convention (-1 and `errno`) into a result. Not inlined: no caller is in a hot path.
#[inline(never)]
pub(super) fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result == -1 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// Repeats a call while a signal interrupts it before it has done anything.
pub(super) fn retry<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// Opens a file by its name, so that children do not inherit it, and a terminal does not become the
/// controlling terminal.
pub(super) fn open(path: &CStr, flags: libc::c_int) -> io::Result<OwnedFd> {
    let flags = flags | libc::O_NOCTTY | libc::O_CLOEXEC;
    // SAFETY: `path` is NUL-terminated and outlives the call.
    let fd = retry(|| check(unsafe { libc::open(path.as_ptr(), flags) }))?;
    // SAFETY: open has just returned it; nothing else owns it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Reads what is there, up to the length of `buf`.
pub(super) fn read(fd: BorrowedFd<'_>, buf: &mut [u8]) -> io::Result<usize> {
    retry(|| {
        // SAFETY: the descriptor is open for the whole call, and the kernel writes at most
        // `buf.len()` bytes into `buf`.
        let n = unsafe { libc::read(fd.as_raw_fd(), buf.as_mut_ptr().cast(), buf.len()) };
        usize::try_from(n).map_err(|_| io::Error::last_os_error())
    })
}

/// Reads from the reading end of a pty or a pipe. 0 if no writer is left.
pub(super) fn read_output(fd: BorrowedFd<'_>, buf: &mut [u8]) -> io::Result<usize> {
    match read(fd, buf) {
        // Linux returns EIO once a pty has no writer left.
        Err(err) if err.raw_os_error() == Some(libc::EIO) => Ok(0),
        result => result,
    }
}

/// Redirects `stream` to the file of `target`, in one step: at no time is the descriptor closed.
pub(super) fn redirect(stream: Stream, target: BorrowedFd<'_>) -> io::Result<()> {
    let stream = stream_fd(stream);
    // SAFETY: dup2 takes two numbers. `target` is open for the whole call, and a standard stream
    // belongs to the whole process, which has asked for the redirect. (dup2 turns close-on-exec
    // off, so children inherit the redirect, as intended.)
    retry(|| check(unsafe { libc::dup2(target.as_raw_fd(), stream.as_raw_fd()) })).map(drop)
}

/// Makes `copy` a duplicate of `fd`. Takes no new descriptor, so that none need be left.
pub(super) fn duplicate_into(fd: BorrowedFd<'_>, copy: &OwnedFd) -> io::Result<()> {
    let (fd, copy) = (fd.as_raw_fd(), copy.as_raw_fd());
    // SAFETY: both calls take numbers. `fd` is open, and `copy` is the caller's alone.
    #[cfg(not(any(target_vendor = "apple", target_os = "android")))]
    let result = retry(|| check(unsafe { libc::dup3(fd, copy, libc::O_CLOEXEC) }));
    // macOS has no dup3, nor has libc for Android. SAFETY: as above; F_SETFD takes plain numbers.
    #[cfg(any(target_vendor = "apple", target_os = "android"))]
    let result = retry(|| check(unsafe { libc::dup2(fd, copy) }))
        .and_then(|copy| check(unsafe { libc::fcntl(copy, libc::F_SETFD, libc::FD_CLOEXEC) }));
    result.map(drop)
}

/// Writes as much of `bytes` as one call accepts; `WouldBlock` if it accepts nothing.
pub(super) fn write(fd: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<usize> {
    retry(|| {
        // SAFETY: the descriptor is open for the whole call, and the kernel only reads `bytes`.
        let n = unsafe { libc::write(fd.as_raw_fd(), bytes.as_ptr().cast(), bytes.len()) };
        match usize::try_from(n) {
            Ok(0) if !bytes.is_empty() => Err(io::ErrorKind::WouldBlock.into()),
            n => n.map_err(|_| io::Error::last_os_error()),
        }
    })
}

/// Sets whether reads and writes return instead of waiting. This holds for the open file, and so
/// for every descriptor that shares it.
pub(super) fn set_nonblocking(fd: BorrowedFd<'_>, nonblocking: bool) -> io::Result<()> {
    // SAFETY: F_GETFL and F_SETFL take and return plain numbers.
    let flags = check(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_GETFL) })?;
    let flags = if nonblocking { flags | libc::O_NONBLOCK } else { flags & !libc::O_NONBLOCK };
    // SAFETY: as above.
    check(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_SETFL, flags) }).map(drop)
}

/// Identifies an open file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    file_system: u64,
    inode: u64,
    /// The device, if it is a device file.
    pub(super) device: u64,
}

/// The identity of the file that a descriptor is open on.
pub(super) fn identity(fd: BorrowedFd<'_>) -> io::Result<Identity> {
    let status = status(fd)?;
    // The types differ between systems; all of them fit.
    #[allow(clippy::unnecessary_cast)]
    Ok(Identity { file_system: status.st_dev as u64, inode: status.st_ino as u64, device: status.st_rdev as u64 })
}

/// What `fstat` reports about the file.
pub(super) fn status(fd: BorrowedFd<'_>) -> io::Result<libc::stat> {
    let mut status = MaybeUninit::<libc::stat>::uninit();
    // SAFETY: the descriptor is open, and `status` has room for what fstat writes.
    check(unsafe { libc::fstat(fd.as_raw_fd(), status.as_mut_ptr()) })?;
    // SAFETY: fstat succeeded, so it has filled all of `status`.
    Ok(unsafe { status.assume_init() })
}

/// The descriptor of a standard stream.
pub(super) fn stream_fd(stream: Stream) -> BorrowedFd<'static> {
    let number = match stream {
        Stream::Stdout => libc::STDOUT_FILENO,
        Stream::Stderr => libc::STDERR_FILENO,
    };
    // SAFETY: the numbers 1 and 2 may be named for as long as the process lives. If the program has
    // closed them, calls on them fail with EBADF, which all callers treat as "not a terminal".
    unsafe { BorrowedFd::borrow_raw(number) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::fd::AsFd;

    #[test]
    fn a_duplicate_has_the_same_identity() {
        let (one, other) = (open(c"/dev/null", libc::O_RDONLY), open(c"/dev/zero", libc::O_RDONLY));
        let (one, other) = (one.expect("a file"), other.expect("a file"));
        let same = one.try_clone().expect("a duplicate");
        let [one, same, other] = [&one, &same, &other].map(|fd| identity(fd.as_fd()).expect("an identity"));
        assert_eq!(one, same);
        assert_ne!(one, other);
    }

    #[test]
    fn a_descriptor_becomes_a_duplicate() {
        let (one, other) = (open(c"/dev/null", libc::O_RDONLY), open(c"/dev/zero", libc::O_RDONLY));
        let (one, other) = (one.expect("a file"), other.expect("a file"));
        duplicate_into(one.as_fd(), &other).expect("a duplicate");
        assert_eq!(identity(one.as_fd()).expect("an identity"), identity(other.as_fd()).expect("an identity"));
        // SAFETY: F_GETFD takes and returns plain numbers.
        assert_eq!(unsafe { libc::fcntl(other.as_raw_fd(), libc::F_GETFD) }, libc::FD_CLOEXEC);
    }
}
