//! Wakes the terminal thread. A burst of wakeups costs one write.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};

use super::fd::retry;

/// Ends the wait of the terminal thread, from any thread.
#[derive(Debug)]
pub(crate) struct Waker {
    /// A wakeup was requested since the last [`reset`](Waker::reset): its byte is in the pipe, or
    /// about to be.
    pending: AtomicBool,
    writer: UnixStream,
    reader: UnixStream,
}

impl Waker {
    pub(crate) fn new() -> io::Result<Waker> {
        let (writer, reader) = UnixStream::pair()?;
        writer.set_nonblocking(true)?;
        reader.set_nonblocking(true)?;
        Ok(Waker { pending: AtomicBool::new(false), writer, reader })
    }

    /// Wakes the thread. Never waits.
    pub(crate) fn wake(&self) {
        // AcqRel: the thread sees, after its next `reset`, what the caller has changed before.
        if !self.pending.swap(true, Ordering::AcqRel) {
            // It may fail because the socket is full: then there is a byte to read already.
            let _ = retry(|| (&self.writer).write(&[1]));
        }
    }

    /// Makes the next [`wake`](Self::wake) write again. For the terminal thread alone, and *before*
    /// it looks at what was changed.
    pub(crate) fn reset(&self) {
        let mut bytes = [0; 16];
        while matches!((&self.reader).read(&mut bytes), Ok(1..)) {}
        // A wake between the read and this line found `pending` set and wrote nothing. It need not:
        // the swap reads the value that this wake has written, so that its caller's change is
        // visible to all that follows. A plain store would not read, and so prove nothing.
        self.pending.swap(false, Ordering::AcqRel);
    }
}

impl AsFd for Waker {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.reader.as_fd()
    }
}

#[cfg(test)]
mod tests {
    use super::super::wait::{readable, wait};
    use super::*;
    use std::time::Instant;

    fn is_awake(waker: &Waker) -> bool {
        wait([readable(waker)], Some(Instant::now())) == [true]
    }

    #[test]
    fn a_burst_is_one_wakeup() {
        let waker = Waker::new().expect("a waker");
        assert!(!is_awake(&waker));
        (0..3).for_each(|_| waker.wake());
        assert_eq!((&waker.reader).read(&mut [0; 16]).expect("a byte"), 1);
    }

    #[test]
    fn a_wake_after_a_reset_wakes_again() {
        let waker = Waker::new().expect("a waker");
        for _ in 0..2 {
            waker.wake();
            assert!(is_awake(&waker));
            waker.reset();
            assert!(!is_awake(&waker));
        }
    }
}
