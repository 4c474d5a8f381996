//! The settings of a terminal, as `termios` has them.

use std::fmt;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, BorrowedFd};

use super::fd::check;

/// How a terminal treats input: echo, whole lines, keys that send signals.
#[derive(Clone, Copy)]
pub(crate) struct InputModes(libc::termios);

impl InputModes {
    /// Reads the input modes of a terminal.
    pub(super) fn of(fd: BorrowedFd<'_>) -> io::Result<InputModes> {
        settings(fd).map(InputModes)
    }

    /// Sets the input modes of a terminal. Its output modes stay as they are.
    pub(super) fn apply(self, fd: BorrowedFd<'_>) -> io::Result<()> {
        let mut settings = settings(fd)?;
        (settings.c_iflag, settings.c_lflag, settings.c_cc) = (self.0.c_iflag, self.0.c_lflag, self.0.c_cc);
        change_settings(fd, &settings)
    }
}

/// Only the fields about input are compared.
impl PartialEq for InputModes {
    fn eq(&self, other: &InputModes) -> bool {
        let fields = |modes: &InputModes| (modes.0.c_iflag, modes.0.c_lflag, modes.0.c_cc);
        fields(self) == fields(other)
    }
}

impl fmt::Debug for InputModes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InputModes").field(&self.0.c_lflag).finish()
    }
}

/// Reads all settings of a terminal.
pub(super) fn settings(fd: BorrowedFd<'_>) -> io::Result<libc::termios> {
    let mut settings = MaybeUninit::<libc::termios>::uninit();
    // SAFETY: tcgetattr fills the record it is given, or fails.
    check(unsafe { libc::tcgetattr(fd.as_raw_fd(), settings.as_mut_ptr()) })?;
    // SAFETY: it succeeded, so the record is filled.
    Ok(unsafe { settings.assume_init() })
}

/// Changes all settings of a terminal at once.
pub(super) fn change_settings(fd: BorrowedFd<'_>, settings: &libc::termios) -> io::Result<()> {
    // SAFETY: the descriptor is open, and the record is complete. A background process is not
    // stopped by this call: our threads block the signal that would do it.
    check(unsafe { libc::tcsetattr(fd.as_raw_fd(), libc::TCSANOW, settings) }).map(drop)
}
