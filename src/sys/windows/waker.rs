//! Wakes the terminal thread. A burst of wakeups costs one system call.

use std::io;
use std::os::windows::io::{AsHandle, BorrowedHandle};
use std::sync::atomic::{AtomicBool, Ordering};

use super::event::Event;

/// Ends the wait of the terminal thread, from any thread.
#[derive(Debug)]
pub(crate) struct Waker {
    /// A wakeup was requested since the last [`reset`](Waker::reset): the event is set, or about to
    /// be.
    pending: AtomicBool,
    event: Event,
}

impl Waker {
    pub(crate) fn new() -> io::Result<Waker> {
        Ok(Waker { pending: AtomicBool::new(false), event: Event::new()? })
    }

    /// Wakes the thread. Never waits.
    pub(crate) fn wake(&self) {
        // AcqRel: the thread sees, after its next `reset`, what the caller has changed before.
        if !self.pending.swap(true, Ordering::AcqRel) {
            self.event.set();
        }
    }

    /// Makes the next [`wake`](Self::wake) set the event again. For the terminal thread alone, and
    /// *before* it looks at what was changed.
    pub(crate) fn reset(&self) {
        self.event.reset();
        // A wake between the two lines found `pending` set. Its change is visible to all that
        // follows, because the swap reads the value that it has written.
        self.pending.swap(false, Ordering::AcqRel);
    }
}

impl AsHandle for Waker {
    fn as_handle(&self) -> BorrowedHandle<'_> {
        self.event.as_handle()
    }
}

#[cfg(test)]
mod tests {
    use super::super::wait::{readable, wait};
    use super::*;
    use std::time::Instant;

    #[test]
    fn a_wake_after_a_reset_wakes_again() {
        let waker = Waker::new().expect("a waker");
        let is_awake = |waker: &Waker| wait([readable(waker)], Some(Instant::now())) == [true];
        assert!(!is_awake(&waker));
        for _ in 0..2 {
            (0..3).for_each(|_| waker.wake());
            assert!(is_awake(&waker));
            waker.reset();
            assert!(!is_awake(&waker));
        }
    }
}
