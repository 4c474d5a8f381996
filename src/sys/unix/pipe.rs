//! The pipe that stdout and stderr can be redirected into instead of a pty.

use std::io;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd};

use super::fd::{check, set_nonblocking};

/// Opens a pipe and returns its ends: for reading, which never blocks, and for writing.
pub(super) fn open_pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let mut ends = [-1; 2];
    // SAFETY: pipe writes two numbers, and has room for two.
    check(unsafe { libc::pipe(ends.as_mut_ptr()) })?;
    // SAFETY: pipe has just returned them; nothing else owns them.
    let (reader, writer) = unsafe { (OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1])) };
    // Not in the same step: not every system has pipe2. A child that is started in between inherits
    // the writing end without a redirect, and keeps the pipe open until it exits, as others do.
    for end in [&reader, &writer] {
        // SAFETY: F_SETFD takes plain numbers.
        check(unsafe { libc::fcntl(end.as_raw_fd(), libc::F_SETFD, libc::FD_CLOEXEC) })?;
    }
    set_nonblocking(reader.as_fd(), true)?;
    Ok((reader, writer))
}

#[cfg(test)]
mod tests {
    use super::super::fd::read;
    use super::super::wait::{has_ended, has_writer, write_all};
    use super::*;

    #[test]
    fn a_pipe_ends_after_its_last_byte() {
        let (reader, writer) = open_pipe().expect("a pipe");
        write_all(writer.as_fd(), b"x").expect("a byte");
        assert!(!has_ended(reader.as_fd()), "written, and open");
        assert!(has_writer(reader.as_fd()));
        drop(writer);
        assert!(!has_writer(reader.as_fd()));
        assert!(!has_ended(reader.as_fd()), "not read yet");
        assert_eq!(read(reader.as_fd(), &mut [0; 2]).expect("a byte"), 1);
        assert!(has_ended(reader.as_fd()));
    }
}
