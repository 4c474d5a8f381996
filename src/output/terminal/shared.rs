//! What the terminal thread shares with managers and the handles of bars.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use parking_lot::Mutex;

use crate::bars::Roster;
use crate::sys::Waker;

/// The bars, the waker of the terminal thread, and the height of the window.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) roster: Mutex<Roster>,
    pub(crate) waker: Arc<Waker>,
    height: AtomicUsize,
}

impl Shared {
    pub(crate) fn new(waker: Arc<Waker>, height: usize) -> Shared {
        Shared { roster: Mutex::default(), waker, height: AtomicUsize::new(height) }
    }

    /// Rows of the window.
    pub(crate) fn height(&self) -> usize {
        self.height.load(Relaxed)
    }

    pub(crate) fn set_height(&self, rows: usize) {
        self.height.store(rows, Relaxed);
    }
}
