//! The pseudo-terminal that stdout and stderr are redirected into.

use std::ffi::CString;
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use super::fd::{check, open, set_nonblocking, status};
use super::termios::{change_settings, settings};
use crate::sys::size::Size;

/// The descriptors of a new pty.
#[derive(Debug)]
pub(super) struct Pty {
    /// The end on which everything printed arrives. Never blocks.
    pub(super) master: OwnedFd,
    /// The end that takes the place of the terminal.
    pub(super) slave: OwnedFd,
    /// The slave, opened a second time for writing: `O_NONBLOCK`, set on `slave` by the program,
    /// does not hold for this descriptor.
    pub(super) second_slave: OwnedFd,
}

/// Permissions of the slave: write only.
///
/// Without read permission, pagers that would read keys from their stderr fall back to `/dev/tty`.
/// (Root can open it anyway: for that case the interceptor has `inject_input`.) No other pty has
/// these permissions, so a child that uses this crate as well recognizes the pty by them.
const PERMISSIONS: libc::mode_t = 0o200;

/// Whether this is the pty of a manager, in this process or in one of its ancestors.
pub(super) fn is_own_pty(fd: BorrowedFd<'_>) -> bool {
    status(fd).is_ok_and(|status| status.st_mode & 0o777 == PERMISSIONS)
}

/// Opens a pty in raw mode.
pub(super) fn open_pty(size: Size) -> io::Result<Pty> {
    let master = open_master()?;
    // SAFETY: both calls take the number of a pty's master, which is open.
    check(unsafe { libc::grantpt(master.as_raw_fd()) })?;
    // SAFETY: as above.
    check(unsafe { libc::unlockpt(master.as_raw_fd()) })?;
    let name = slave_name(master.as_fd())?;
    let (slave, second_slave) = (open(&name, libc::O_RDWR)?, open(&name, libc::O_WRONLY)?);
    // Only now: macOS answers ENOTTY as long as no slave is open (pty-process, issue 7). The size
    // and the settings need an open slave too.
    set_nonblocking(master.as_fd(), true)?;
    make_raw(slave.as_fd())?;
    set_window_size(master.as_fd(), size)?;
    // SAFETY: fchmod takes two numbers.
    let _ = unsafe { libc::fchmod(slave.as_raw_fd(), PERMISSIONS) };
    Ok(Pty { master, slave, second_slave })
}

/// Opens the master of a new pty, so that children do not inherit it.
fn open_master() -> io::Result<OwnedFd> {
    let flags = libc::O_RDWR | libc::O_NOCTTY;
    // SAFETY: posix_openpt takes flags and returns a number.
    let master = match check(unsafe { libc::posix_openpt(flags | libc::O_CLOEXEC) }) {
        // OpenBSD allows no other flags than these two (its manual of posix_openpt).
        Err(err) if err.raw_os_error() == Some(libc::EINVAL) => {
            // SAFETY: as above.
            let master = check(unsafe { libc::posix_openpt(flags) })?;
            // SAFETY: F_SETFD takes and returns plain numbers.
            check(unsafe { libc::fcntl(master, libc::F_SETFD, libc::FD_CLOEXEC) })?;
            master
        }
        master => master?,
    };
    // SAFETY: posix_openpt has just returned it; nothing else owns it.
    Ok(unsafe { OwnedFd::from_raw_fd(master) })
}

/// The name of the slave.
#[cfg(not(any(target_vendor = "apple", target_os = "openbsd")))]
fn slave_name(master: BorrowedFd<'_>) -> io::Result<CString> {
    let mut name = [0_u8; 128];
    // SAFETY: ptsname_r writes at most `name.len()` bytes, and ends them with a NUL if it succeeds.
    // (Where it fails, some systems return -1, others the number of the error.)
    if unsafe { libc::ptsname_r(master.as_raw_fd(), name.as_mut_ptr().cast(), name.len()) } != 0 {
        return Err(io::Error::last_os_error());
    }
    text_until_nul(&name)
}

/// The name of the slave. macOS has no `ptsname_r`; its `ptsname` makes this call, which fills 128
/// bytes (XNU, bsd/sys/ttycom.h).
#[cfg(target_vendor = "apple")]
fn slave_name(master: BorrowedFd<'_>) -> io::Result<CString> {
    let mut name = [0_u8; 128];
    // SAFETY: TIOCPTYGNAME writes a name of at most 128 bytes, with a NUL.
    check(unsafe { libc::ioctl(master.as_raw_fd(), libc::TIOCPTYGNAME.into(), name.as_mut_ptr()) })?;
    text_until_nul(&name)
}

/// The name of the slave. OpenBSD has no `ptsname_r`. Its `ptsname` returns a static buffer: a call
/// of other code at the same moment could change it.
#[cfg(target_os = "openbsd")]
fn slave_name(master: BorrowedFd<'_>) -> io::Result<CString> {
    // SAFETY: ptsname takes a number, and returns a NUL-terminated name or null.
    let name = unsafe { libc::ptsname(master.as_raw_fd()) };
    if name.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it is not null, so it points to a name.
    Ok(unsafe { std::ffi::CStr::from_ptr(name) }.to_owned())
}

#[cfg(not(target_os = "openbsd"))]
fn text_until_nul(bytes: &[u8]) -> io::Result<CString> {
    let name = std::ffi::CStr::from_bytes_until_nul(bytes).map_err(io::Error::other)?;
    Ok(name.to_owned())
}

/// Tells the programs behind a pty how large the window is.
pub(super) fn set_window_size(master: BorrowedFd<'_>, size: Size) -> io::Result<()> {
    let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let size = libc::winsize { ws_row: short(size.rows), ws_col: short(size.cols), ws_xpixel: 0, ws_ypixel: 0 };
    // SAFETY: TIOCSWINSZ reads one `winsize`, which it is given.
    check(unsafe { libc::ioctl(master.as_raw_fd(), libc::TIOCSWINSZ, &raw const size) }).map(drop)
}

/// Turns off echo, signals, and above all the translation of `\n` to `\r\n`: the real terminal does
/// that, and it must be done once.
fn make_raw(fd: BorrowedFd<'_>) -> io::Result<()> {
    let mut settings = settings(fd)?;
    // SAFETY: it changes the record it is given, which is complete.
    unsafe { libc::cfmakeraw(&raw mut settings) };
    change_settings(fd, &settings)
}

#[cfg(test)]
mod tests {
    use super::super::fd::{read, write};
    use super::super::termios::InputModes;
    use super::super::wait::{readable, wait};
    use super::*;

    fn pty() -> Pty {
        open_pty(Size { cols: 80, rows: 24 }).expect("a pty")
    }

    #[test]
    fn an_own_pty_is_recognized() {
        let pty = pty();
        assert!(is_own_pty(pty.slave.as_fd()) && is_own_pty(pty.second_slave.as_fd()));
        let other = open(c"/dev/null", libc::O_RDONLY).expect("a file");
        assert!(!is_own_pty(other.as_fd()));
    }

    #[test]
    fn what_is_printed_arrives_as_it_is() {
        let pty = pty();
        let mut buf = [0; 8];
        let nothing = read(pty.master.as_fd(), &mut buf).expect_err("nothing yet");
        assert_eq!(nothing.kind(), io::ErrorKind::WouldBlock);
        write(pty.slave.as_fd(), b"a\n").expect("a line");
        wait([readable(&pty.master)], None);
        assert_eq!(read(pty.master.as_fd(), &mut buf).expect("a line"), 2);
        assert_eq!(&buf[..2], b"a\n");
    }

    #[test]
    fn input_modes_are_copied_without_output_modes() {
        let (from, to) = (pty(), pty());
        let mut echo = settings(from.slave.as_fd()).expect("settings");
        (echo.c_lflag, echo.c_oflag) = (echo.c_lflag | libc::ECHO, echo.c_oflag | libc::OPOST);
        change_settings(from.slave.as_fd(), &echo).expect("a change");
        let modes = InputModes::of(from.slave.as_fd()).expect("modes");
        assert_ne!(modes, InputModes::of(to.slave.as_fd()).expect("modes"));
        modes.apply(to.slave.as_fd()).expect("a change");
        assert_eq!(modes, InputModes::of(to.slave.as_fd()).expect("modes"));
        assert_eq!(settings(to.slave.as_fd()).expect("settings").c_oflag & libc::OPOST, 0);
    }
}
