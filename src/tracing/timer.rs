//! Shows spans when they are old enough: from a thread, or when the clock of a terminal in memory
//! moves.

use std::sync::Arc;

use parking_lot::{Condvar, Mutex};

use super::spans::{Due, Spans};
use crate::sys::{self, Instant};

/// The spans of a layer, shared with its thread.
pub(super) struct Timer {
    /// `None` once the layer is dropped.
    spans: Mutex<Option<Spans>>,
    /// Tells the thread that it is known now when a span is due, or that the layer is dropped.
    changed: Condvar,
}

impl Timer {
    /// Starts the thread.
    pub(super) fn start(spans: Spans) -> Arc<Timer> {
        #[cfg(any(test, feature = "testing"))]
        let in_memory = spans.lease().in_memory().cloned();
        let timer = Arc::new(Timer { spans: Mutex::new(Some(spans)), changed: Condvar::new() });
        #[cfg(any(test, feature = "testing"))]
        if let Some(terminal) = in_memory {
            let alarm: std::sync::Weak<Timer> = Arc::downgrade(&timer);
            terminal.add_alarm(alarm);
            return timer;
        }
        let shared = timer.clone();
        if sys::spawn("footlights spans", Box::new(move || shared.run())).is_err() {
            timer.change(|spans| {
                spans.show_at_once();
                Due::AsBefore
            });
        }
        timer
    }

    /// Changes the spans. The lock is held meanwhile: `change` must run no code of the user.
    pub(super) fn change(&self, change: impl FnOnce(&mut Spans) -> Due) {
        match self.spans.lock().as_mut().map(change) {
            Some(Due::New) => _ = self.changed.notify_one(),
            Some(Due::AsBefore) | None => {}
        }
    }

    /// Ends the thread and removes all bars.
    pub(super) fn stop(&self) {
        let spans = self.spans.lock().take();
        self.changed.notify_one();
        // Not under the lock: with the last bar, the manager may stop, which takes a while.
        drop(spans);
    }

    fn run(&self) {
        let mut guard = self.spans.lock();
        while let Some(spans) = guard.as_mut() {
            let now = Instant::now();
            match spans.show_due(now) {
                Some(due) => _ = self.changed.wait_for(&mut guard, due.saturating_duration_since(now)),
                None => self.changed.wait(&mut guard),
            }
        }
    }
}

#[cfg(any(test, feature = "testing"))]
impl crate::output::Alarm for Timer {
    fn ring(&self, now: Instant) -> Option<Instant> {
        self.spans.lock().as_mut()?.show_due(now)
    }
}
