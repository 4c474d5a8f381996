//! Wakes the terminal thread. A burst of calls costs one write.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Debug)]
pub(crate) struct Waker {
    awake: AtomicBool,
    bell: UnixStream,
    ear: UnixStream,
}

impl Waker {
    pub(crate) fn new() -> io::Result<Waker> {
        let (bell, ear) = UnixStream::pair()?;
        bell.set_nonblocking(true)?;
        ear.set_nonblocking(true)?;
        Ok(Waker { awake: AtomicBool::new(false), bell, ear })
    }

    /// Makes the thread come round soon. Never waits.
    pub(crate) fn wake(&self) {
        // AcqRel: what the caller changed before is seen by the thread after `rest`.
        if !self.awake.swap(true, Ordering::AcqRel) {
            // Full is fine: then there is something to hear already.
            let _ = (&self.bell).write(&[1]);
        }
    }

    /// For the thread alone, and *before* it looks at what was changed: a wake after this one rings again.
    pub(crate) fn rest(&self) {
        let mut heard = [0; 16];
        while matches!((&self.ear).read(&mut heard), Ok(1..)) {}
        self.awake.store(false, Ordering::Release);
        // A wake between the read and the store found `awake` set and stayed silent; its change is visible to whoever
        // looks after this, which is what the thread does next.
        std::sync::atomic::fence(Ordering::SeqCst);
    }
}

impl AsFd for Waker {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.ear.as_fd()
    }
}
