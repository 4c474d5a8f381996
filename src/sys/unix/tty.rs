//! The terminal that shows the bars.
//!
//! The program's descriptor of it is shared: with the shell, with children, with every process that
//! inherited it. Making that descriptor non-blocking would make it so for all of them. So the
//! terminal is opened a second time, for this crate alone. Where that is not allowed (a sandbox,
//! another user's terminal), a duplicate is used instead, and writing to it may wait.

use std::ffi::{CStr, CString};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

use super::fd::{check, identity, open, read, set_nonblocking, stream_fd, write};
use super::pty::is_own_pty;
use super::termios::{InputModes, settings};
use super::wait::write_all;
use crate::sys::channel::Channel;
use crate::sys::size::Size;
use crate::sys::stream::Stream;

/// The terminal that shows the bars.
#[derive(Debug)]
pub(crate) struct Tty {
    fd: OwnedFd,
    /// Whether a write waits until the terminal has accepted everything.
    blocking: bool,
    /// Compared with other descriptors, to find those of the same terminal.
    device: Device,
    /// The input modes before [`set_input_modes`](Tty::set_input_modes), while that is in force.
    original_modes: Option<InputModes>,
}

/// The identity of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Device {
    /// The controlling terminal of this process. It has two names, with a device number each:
    /// `/dev/tty` and its own.
    Controlling,
    /// Another one, by its device number.
    Other(u64),
}

impl Tty {
    /// Opens the terminal behind `stream`, if there is one. The pty of a manager, in this process
    /// or in one of its ancestors, does not count: its bars and ours would be drawn into each
    /// other.
    pub(crate) fn open(stream: Stream) -> Option<Tty> {
        let device = Tty::device_behind(stream)?;
        let stream = stream_fd(stream);
        let second = reopen(stream, device);
        let blocking = second.is_none();
        let fd = second.or_else(|| stream.try_clone_to_owned().ok())?;
        Some(Tty { fd, blocking, device, original_modes: None })
    }

    /// Whether `stream` is this terminal.
    pub(crate) fn is_behind(&self, stream: Stream) -> bool {
        let stream = stream_fd(stream);
        is_terminal(stream) && device(stream) == Some(self.device)
    }

    pub(crate) fn device(&self) -> Device {
        self.device
    }

    /// The terminal behind `stream`, as [`open`](Self::open) would find it.
    pub(crate) fn device_behind(stream: Stream) -> Option<Device> {
        let stream = stream_fd(stream);
        if is_terminal(stream) && !is_own_pty(stream) { device(stream) } else { None }
    }

    /// Columns and rows; 80 × 24 if the terminal reports none (0 × 0).
    pub(crate) fn size(&self) -> Size {
        window_size(self.fd.as_fd()).unwrap_or(Size { cols: 80, rows: 24 })
    }

    /// Sets input modes, until [`restore_input_modes`](Self::restore_input_modes).
    pub(crate) fn set_input_modes(&mut self, modes: InputModes) {
        if self.original_modes.is_none() {
            self.original_modes = InputModes::of(self.fd.as_fd()).ok();
        }
        let _ = modes.apply(self.fd.as_fd());
    }

    /// Sets the original input modes again.
    pub(crate) fn restore_input_modes(&mut self) {
        if let Some(modes) = self.original_modes.take() {
            let _ = modes.apply(self.fd.as_fd());
        }
    }

    /// Whether [`set_input_modes`](Self::set_input_modes) is in force.
    pub(crate) fn has_changed_input_modes(&self) -> bool {
        self.original_modes.is_some()
    }

    /// Frames need no output modes: programs behind the pty, and those beside us, see none of ours.
    pub(crate) fn set_output_modes(&mut self, _: Option<Channel>) -> io::Result<()> {
        Ok(())
    }

    pub(crate) fn restore_output_modes(&mut self) {}

    /// Whether this process is in the terminal's foreground; another job may be.
    pub(crate) fn is_foreground(&self) -> bool {
        // SAFETY: both take and return numbers. tcgetpgrp fails if this is not the controlling
        // terminal; then there are no jobs.
        let (foreground, own) = unsafe { (libc::tcgetpgrp(self.fd.as_raw_fd()), libc::getpgrp()) };
        foreground < 0 || foreground == own
    }

    /// Whether the terminal translates `\n` to `\r\n`; it does not while a program has set raw
    /// mode.
    pub(crate) fn translates_newlines(&self) -> bool {
        settings(self.fd.as_fd()).is_ok_and(|settings| {
            let flags = libc::OPOST | libc::ONLCR;
            settings.c_oflag & flags == flags
        })
    }

    /// The number of bytes of pending input. While the terminal reads whole lines, the bytes of an
    /// unfinished line do not count.
    pub(crate) fn unread(&self) -> usize {
        let mut bytes: libc::c_int = 0;
        // SAFETY: FIONREAD writes one int, which it is given.
        let known = check(unsafe { libc::ioctl(self.fd.as_raw_fd(), libc::FIONREAD, &raw mut bytes) }).is_ok();
        if known { usize::try_from(bytes).unwrap_or(0) } else { 0 }
    }

    /// Reads pending input; never waits. Only for forwarding keys to the pty: see `inject_input`.
    pub(crate) fn read(&self, buf: &mut [u8]) -> io::Result<usize> {
        // A duplicate of the program's descriptor may block if there is nothing to read.
        if self.unread() == 0 { Err(io::ErrorKind::WouldBlock.into()) } else { read(self.fd.as_fd(), buf) }
    }

    /// Makes writes blocking: each is written in one piece, and may wait. The output of other
    /// processes cannot come in between.
    pub(crate) fn set_blocking(&mut self) {
        self.blocking = self.blocking || set_nonblocking(self.fd.as_fd(), false).is_ok();
    }

    /// Whether a write may wait.
    pub(crate) fn is_blocking(&self) -> bool {
        self.blocking
    }

    /// The same terminal, for another thread.
    pub(crate) fn try_clone(&self) -> io::Result<Tty> {
        Ok(Tty { fd: self.fd.try_clone()?, blocking: self.blocking, device: self.device, original_modes: None })
    }

    /// Writes what the terminal accepts now; `WouldBlock` if it accepts nothing.
    pub(crate) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        let most = LONGEST_WRITE.map_or(bytes.len(), |most| most.min(bytes.len()));
        write(self.fd.as_fd(), bytes.get(..most).unwrap_or_default())
    }

    /// Writes all of `bytes` and waits as long as that takes.
    pub(crate) fn write_all(&self, bytes: &[u8]) -> io::Result<()> {
        write_all(self.fd.as_fd(), bytes)
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        self.restore_input_modes();
    }
}

impl AsFd for Tty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

/// `TERM`, if it is set.
pub(crate) fn term() -> Option<String> {
    std::env::var("TERM").ok().filter(|term| !term.is_empty())
}

/// All terminals have them but those that `TERM` names.
pub(crate) fn shows_blocks() -> bool {
    true
}

fn device(fd: BorrowedFd<'_>) -> Option<Device> {
    // SAFETY: tcgetpgrp takes and returns numbers. It fails for any but the controlling terminal.
    match unsafe { libc::tcgetpgrp(fd.as_raw_fd()) } {
        0.. => Some(Device::Controlling),
        _ => identity(fd).ok().map(|identity| Device::Other(identity.device)),
    }
}

/// Columns and rows of a terminal, if it reports any.
pub(super) fn window_size(fd: BorrowedFd<'_>) -> Option<Size> {
    let mut size = libc::winsize { ws_row: 0, ws_col: 0, ws_xpixel: 0, ws_ypixel: 0 };
    // SAFETY: TIOCGWINSZ writes one `winsize`, which it is given.
    check(unsafe { libc::ioctl(fd.as_raw_fd(), libc::TIOCGWINSZ, &raw mut size) }).ok()?;
    match (size.ws_col, size.ws_row) {
        (cols @ 1.., rows @ 1..) => Some(Size { cols: cols.into(), rows: rows.into() }),
        _ => None,
    }
}

pub(super) fn is_terminal(fd: BorrowedFd<'_>) -> bool {
    // SAFETY: isatty takes a number and returns one.
    unsafe { libc::isatty(fd.as_raw_fd()) == 1 }
}

/// Longer writes make macOS' Terminal stall.
const LONGEST_WRITE: Option<usize> = if cfg!(target_vendor = "apple") { Some(16 * 1024) } else { None };

/// Opens a terminal a second time, non-blocking.
fn reopen(fd: BorrowedFd<'_>, device: Device) -> Option<OwnedFd> {
    let open = |path: &CStr| {
        let second = open(path, libc::O_RDWR | libc::O_NONBLOCK).ok()?;
        (self::device(second.as_fd()) == Some(device)).then_some(second)
    };
    let by_path = || path(fd, device).and_then(|path| open(&path));
    by_path().or_else(|| if device == Device::Controlling { open(c"/dev/tty") } else { None })
}

/// A path that leads to the terminal. Not from ttyname_r, which may look through all of /dev.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn path(fd: BorrowedFd<'_>, _: Device) -> Option<CString> {
    CString::new(format!("/proc/self/fd/{}", fd.as_raw_fd())).ok()
}

/// A path that leads to the terminal. ttyname_r may take seconds here (rustix, pull request 1605).
/// /dev/tty cannot be waited for, and so is the last resort.
#[cfg(target_vendor = "apple")]
fn path(fd: BorrowedFd<'_>, _: Device) -> Option<CString> {
    let mut path = [0_u8; libc::PATH_MAX as usize];
    // SAFETY: F_GETPATH writes at most PATH_MAX bytes, with a NUL behind the path.
    check(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_GETPATH, path.as_mut_ptr()) }).ok()?;
    Some(CStr::from_bytes_until_nul(&path).ok()?.to_owned())
}

/// A path that leads to the terminal. ttyname_r looks it up in the kernel (FreeBSD), or in a database,
/// or in all of /dev: only for a terminal that has no other name.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn path(fd: BorrowedFd<'_>, device: Device) -> Option<CString> {
    if device == Device::Controlling {
        return Some(c"/dev/tty".to_owned());
    }
    let mut path = [0_u8; libc::PATH_MAX as usize];
    // SAFETY: the call writes at most `path.len()` bytes, with a NUL behind the path.
    let failed = unsafe { libc::ttyname_r(fd.as_raw_fd(), path.as_mut_ptr().cast(), path.len()) } != 0;
    if failed { None } else { Some(CStr::from_bytes_until_nul(&path).ok()?.to_owned()) }
}
