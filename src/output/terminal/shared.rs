//! What the terminal thread shares with managers and the handles of bars.

use std::sync::Arc;
use std::sync::atomic::{
    AtomicBool, AtomicUsize,
    Ordering::{AcqRel, Relaxed},
};

use parking_lot::Mutex;

use crate::bars::Roster;
use crate::sys::Waker;

/// The bars, the waker of the terminal thread, and the height of the window.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) roster: Mutex<Roster>,
    pub(crate) waker: Arc<Waker>,
    /// Bars were changed, and no frame has looked at them since.
    has_changes: AtomicBool,
    height: AtomicUsize,
}

impl Shared {
    pub(crate) fn new(waker: Arc<Waker>, height: usize) -> Shared {
        Shared {
            roster: Mutex::default(),
            waker,
            has_changes: AtomicBool::new(false),
            height: AtomicUsize::new(height),
        }
    }

    /// Makes a frame look at the bars. Up to that frame, the thread is woken once: thousands of bars that
    /// are added one after the other cost one wakeup per frame.
    pub(crate) fn note_change(&self) {
        // AcqRel, as in the waker: the frame sees what the caller has changed before.
        if !self.has_changes.swap(true, AcqRel) {
            self.waker.wake();
        }
    }

    /// Makes the next [`note_change`](Self::note_change) wake the thread again. For the terminal thread
    /// alone, and *before* a frame looks at the bars.
    pub(crate) fn take_changes(&self) {
        self.has_changes.swap(false, AcqRel);
    }

    /// Rows of the window.
    pub(crate) fn height(&self) -> usize {
        self.height.load(Relaxed)
    }

    pub(crate) fn set_height(&self, rows: usize) {
        self.height.store(rows, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sys::{Instant, readable, wait};

    #[test]
    fn many_changes_wake_the_thread_once_per_frame() {
        let shared = Shared::new(Arc::new(Waker::new().unwrap()), 24);
        let is_awake = || wait([readable(&*shared.waker)], Some(Instant::now())) == [true];
        for _ in 0..2 {
            shared.note_change();
            assert!(is_awake());
            shared.waker.reset();
            shared.note_change();
            assert!(!is_awake());
            shared.take_changes();
        }
        // A request wakes it in any case.
        shared.note_change();
        shared.waker.reset();
        shared.waker.wake();
        assert!(is_awake());
    }
}
