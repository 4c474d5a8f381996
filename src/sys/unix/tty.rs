//! The real terminal.
//!
//! The descriptor that the program has is shared: with the shell, with children, with whoever inherited it. Making it
//! non-blocking would make it so for all of them. So the terminal is opened once more, by its name, for us alone; where
//! that is not allowed (a sandbox, another user's terminal), a duplicate has to do. Writing to that may wait.

use std::ffi::CStr;
use std::fmt;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use super::intercept::is_pty_of_ours;
use super::{Size, Stream, check, identity, read, set_nonblocking, write, write_all};

/// The terminal that the bars are on.
#[derive(Debug)]
pub(crate) struct Tty {
    fd: OwnedFd,
    /// Whether writing waits until the terminal has taken everything.
    waits: bool,
    /// To recognise other descriptors of the same terminal.
    device: Device,
    /// How it treated what is typed, before it was made to do otherwise.
    own: Option<Typing>,
}

/// How a terminal treats what is typed: echo, whole lines, signals.
#[derive(Clone, Copy)]
pub(crate) struct Typing(libc::termios);

/// Which terminal it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Device(u64);

impl Tty {
    /// The terminal behind `stream`, if there is one. One of our own, of a process that this one is a child of, is none:
    /// two regions would stand one in the other.
    pub(crate) fn open(stream: Stream) -> Option<Tty> {
        let stream = borrow(stream);
        if !is_terminal(stream) || is_pty_of_ours(stream) {
            return None;
        }
        let device = device(stream)?;
        let apart = open_apart(stream).filter(|fd| self::device(fd.as_fd()) == Some(device));
        let waits = apart.is_none();
        let fd = apart.or_else(|| stream.try_clone_to_owned().ok())?;
        Some(Tty { fd, waits, device, own: None })
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

    /// Treats what is typed in this way until [`restore_typing`](Self::restore_typing).
    pub(crate) fn set_typing(&mut self, typing: Typing) {
        if self.own.is_none() {
            self.own = Typing::of(self.fd.as_fd()).ok();
        }
        let _ = typing.apply(self.fd.as_fd());
    }

    /// Treats what is typed as it did in the beginning.
    pub(crate) fn restore_typing(&mut self) {
        if let Some(own) = self.own.take() {
            let _ = own.apply(self.fd.as_fd());
        }
    }

    /// Whether [`set_typing`](Self::set_typing) is in force.
    pub(crate) fn is_typing_set(&self) -> bool {
        self.own.is_some()
    }

    /// Whether the terminal is at our disposal: another job may be in the foreground.
    pub(crate) fn is_ours(&self) -> bool {
        // SAFETY: both take and return numbers. tcgetpgrp fails where this is not our controlling terminal; then there are no jobs.
        let (foreground, own) = unsafe { (libc::tcgetpgrp(self.fd.as_raw_fd()), libc::getpgrp()) };
        foreground < 0 || foreground == own
    }

    /// Whether it makes a carriage return and a line feed of every line feed; not while a program has it in raw mode.
    pub(crate) fn ends_lines(&self) -> bool {
        settings(self.fd.as_fd()).is_ok_and(|settings| {
            let flags = libc::OPOST | libc::ONLCR;
            settings.c_oflag & flags == flags
        })
    }

    /// How many bytes of lines that were typed on it nobody has read yet.
    pub(crate) fn unread(&self) -> usize {
        let mut bytes: libc::c_int = 0;
        // SAFETY: FIONREAD writes one int, and that is what it is given.
        let known = check(unsafe { libc::ioctl(self.fd.as_raw_fd(), libc::FIONREAD, &raw mut bytes) }).is_ok();
        if known { usize::try_from(bytes).unwrap_or(0) } else { 0 }
    }

    /// Takes what was typed. For the one case that nobody else can: see [`Interceptor::type_in`](super::Interceptor::type_in).
    pub(crate) fn read(&self, buf: &mut [u8]) -> io::Result<usize> {
        // A duplicate of the program's descriptor may wait, and there may be nothing to wait for.
        if self.unread() == 0 { Err(io::ErrorKind::WouldBlock.into()) } else { read(self.fd.as_fd(), buf) }
    }

    /// From now on each write is in one piece, which others who write to the terminal cannot come in between of, and waits.
    pub(crate) fn write_in_one(&mut self) {
        self.waits = self.waits || set_nonblocking(self.fd.as_fd(), false).is_ok();
    }

    /// Whether writing may wait.
    pub(crate) fn may_wait(&self) -> bool {
        self.waits
    }

    /// The same terminal, for another thread.
    pub(crate) fn another(&self) -> io::Result<Tty> {
        Ok(Tty { fd: self.fd.try_clone()?, waits: self.waits, device: self.device, own: None })
    }

    /// Writes what the terminal takes now; `WouldBlock` when it takes nothing.
    pub(crate) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        write(self.fd.as_fd(), bytes)
    }

    /// Writes all of it, however long that takes.
    pub(crate) fn write_all(&self, bytes: &[u8]) -> io::Result<()> {
        write_all(self.fd.as_fd(), bytes)
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        self.restore_typing();
    }
}

impl Typing {
    pub(super) fn of(fd: BorrowedFd<'_>) -> io::Result<Typing> {
        settings(fd).map(Typing)
    }

    /// What is printed is treated as before.
    pub(super) fn apply(self, fd: BorrowedFd<'_>) -> io::Result<()> {
        let mut settings = settings(fd)?;
        (settings.c_iflag, settings.c_lflag, settings.c_cc) = (self.0.c_iflag, self.0.c_lflag, self.0.c_cc);
        change_settings(fd, &settings)
    }
}

impl PartialEq for Typing {
    fn eq(&self, other: &Typing) -> bool {
        let parts = |it: &Typing| (it.0.c_iflag, it.0.c_lflag, it.0.c_cc);
        parts(self) == parts(other)
    }
}

impl fmt::Debug for Typing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Typing").field(&self.0.c_lflag).finish()
    }
}

impl AsFd for Tty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

pub(super) fn settings(fd: BorrowedFd<'_>) -> io::Result<libc::termios> {
    let mut settings = MaybeUninit::<libc::termios>::uninit();
    // SAFETY: tcgetattr fills the record it is given, or fails.
    check(unsafe { libc::tcgetattr(fd.as_raw_fd(), settings.as_mut_ptr()) })?;
    // SAFETY: it succeeded, so the record is filled.
    Ok(unsafe { settings.assume_init() })
}

pub(super) fn change_settings(fd: BorrowedFd<'_>, settings: &libc::termios) -> io::Result<()> {
    // SAFETY: the descriptor is open, and the record is a whole one. Should we be in the background, nobody stops us: our
    // threads take no signals.
    check(unsafe { libc::tcsetattr(fd.as_raw_fd(), libc::TCSANOW, settings) }).map(drop)
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
    let flags = libc::O_RDWR | libc::O_NOCTTY | libc::O_NONBLOCK | libc::O_CLOEXEC;
    // SAFETY: `name` is NUL-terminated and outlives the call.
    let fd = check(unsafe { libc::open(name.as_ptr(), flags) }).ok()?;
    // SAFETY: open returned it just now; nobody else owns it.
    Some(unsafe { OwnedFd::from_raw_fd(fd) })
}
