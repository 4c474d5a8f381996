//! The real terminal.
//!
//! The descriptor that the program has is shared: with the shell, with children, with whoever inherited it. Making it
//! non-blocking would make it so for all of them. So the terminal is opened once more, by its name, for us alone; where
//! that is not allowed (a sandbox, another user's terminal), a duplicate has to do, and writing to it may wait.

use std::ffi::CStr;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use super::{Size, Stream, check, identity, write};

/// The terminal that the bars are on.
#[derive(Debug)]
pub(crate) struct Tty {
    fd: OwnedFd,
    /// To recognise other descriptors of the same terminal.
    device: Device,
}

/// Which terminal it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Device(u64);

impl Tty {
    /// The terminal behind `stream`, if there is one.
    pub(crate) fn open(stream: Stream) -> Option<Tty> {
        let stream = borrow(stream);
        if !is_terminal(stream) {
            return None;
        }
        let device = device(stream)?;
        let apart = open_apart(stream).filter(|fd| self::device(fd.as_fd()) == Some(device));
        let fd = apart.or_else(|| stream.try_clone_to_owned().ok())?;
        Some(Tty { fd, device })
    }

    /// Whether `stream` is this very terminal.
    pub(crate) fn is_behind(&self, stream: Stream) -> bool {
        let stream = borrow(stream);
        is_terminal(stream) && device(stream) == Some(self.device)
    }

    pub(crate) fn device(&self) -> Device {
        self.device
    }

    /// Columns and rows; a terminal that does not know (0 × 0) is taken for 80 × 24.
    pub(crate) fn size(&self) -> Size {
        let mut size = libc::winsize { ws_row: 0, ws_col: 0, ws_xpixel: 0, ws_ypixel: 0 };
        // SAFETY: TIOCGWINSZ writes one `winsize`, and that is what it is given.
        let known = check(unsafe { libc::ioctl(self.fd.as_raw_fd(), libc::TIOCGWINSZ, &raw mut size) }).is_ok();
        match (known, size.ws_col, size.ws_row) {
            (true, cols @ 1.., rows @ 1..) => Size { cols: cols.into(), rows: rows.into() },
            _ => Size { cols: 80, rows: 24 },
        }
    }

    /// Whether the terminal is at our disposal: another job may be in the foreground.
    pub(crate) fn is_ours(&self) -> bool {
        // SAFETY: both take and return numbers. tcgetpgrp fails where this is not our controlling terminal; then there are no jobs.
        let (foreground, own) = unsafe { (libc::tcgetpgrp(self.fd.as_raw_fd()), libc::getpgrp()) };
        foreground < 0 || foreground == own
    }

    /// How many bytes of lines that were typed on it nobody has read yet.
    pub(crate) fn unread(&self) -> usize {
        let mut bytes: libc::c_int = 0;
        // SAFETY: FIONREAD writes one int, and that is what it is given.
        let known = check(unsafe { libc::ioctl(self.fd.as_raw_fd(), libc::FIONREAD, &raw mut bytes) }).is_ok();
        if known { usize::try_from(bytes).unwrap_or(0) } else { 0 }
    }

    /// Writes what the terminal takes now; `WouldBlock` when it takes nothing.
    pub(crate) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        write(self.fd.as_fd(), bytes)
    }
}

impl AsFd for Tty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

/// The descriptor of a standard stream.
pub(super) fn borrow(stream: Stream) -> BorrowedFd<'static> {
    let number = match stream {
        Stream::Stdout => libc::STDOUT_FILENO,
        Stream::Stderr => libc::STDERR_FILENO,
    };
    // SAFETY: the numbers 1 and 2 are valid to name for as long as the process lives; should the program have closed
    // them, calls on them fail with EBADF, which all callers take for "not a terminal".
    unsafe { BorrowedFd::borrow_raw(number) }
}

fn device(fd: BorrowedFd<'_>) -> Option<Device> {
    identity(fd).ok().map(|(_, _, device)| Device(device))
}

fn is_terminal(fd: BorrowedFd<'_>) -> bool {
    // SAFETY: isatty takes a number and returns one.
    unsafe { libc::isatty(fd.as_raw_fd()) == 1 }
}

fn open_apart(fd: BorrowedFd<'_>) -> Option<OwnedFd> {
    let mut name = [MaybeUninit::<libc::c_char>::uninit(); 128];
    // SAFETY: ttyname_r writes at most `name.len()` bytes, and ends them with a NUL if it succeeds.
    if unsafe { libc::ttyname_r(fd.as_raw_fd(), name.as_mut_ptr().cast(), name.len()) } != 0 {
        return None;
    }
    // SAFETY: it succeeded, so a NUL-terminated name stands in `name`.
    let name = unsafe { CStr::from_ptr(name.as_ptr().cast()) };
    let flags = libc::O_WRONLY | libc::O_NOCTTY | libc::O_NONBLOCK | libc::O_CLOEXEC;
    // SAFETY: `name` is NUL-terminated and outlives the call.
    let fd = check(unsafe { libc::open(name.as_ptr(), flags) }).ok()?;
    // SAFETY: open returned it just now; nobody else owns it.
    Some(unsafe { OwnedFd::from_raw_fd(fd) })
}
