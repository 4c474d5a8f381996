//! Fields whose values are computed by code of the user.
//!
//! That code may do whatever it likes: print, count, add bars, wait, panic. So it runs on a thread of
//! its own (see `output/fields`), without any lock, and only its last values are shown. The code
//! belongs to the handles of the bar: when they are dropped, it is dropped by the thread that drops
//! them, or by that thread, and by no other of ours.

use std::fmt;
use std::panic::{self, AssertUnwindSafe, RefUnwindSafe, UnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

use parking_lot::Mutex;

use super::progress::Progress;
use crate::state::value::Value;
use crate::sys::Instant;

/// A field, and the code that computes it.
#[derive(Clone)]
pub(crate) struct ComputedField {
    pub(crate) name: Arc<str>,
    compute: Arc<Compute>,
}

type Compute = dyn Fn(&Progress) -> Value + Send + Sync;

/// The computed fields of one bar.
#[derive(Debug)]
pub(crate) struct ComputedFields(Vec<(ComputedField, AtomicBool)>);

/// What a bar knows of its computed fields.
#[derive(Debug)]
pub(crate) struct FieldRequests {
    fields: Weak<ComputedFields>,
    /// Whether somebody has asked for new values, and the code has not begun to compute them.
    is_waiting: AtomicBool,
    /// Until when a bar that is closed waits for its last values.
    closing: Mutex<Option<Instant>>,
}

impl ComputedField {
    pub(crate) fn new<V: Into<Value>>(
        name: &str,
        compute: impl Fn(&Progress) -> V + Send + Sync + 'static,
    ) -> ComputedField {
        ComputedField { name: name.into(), compute: Arc::new(move |progress| compute(progress).into()) }
    }
}

impl ComputedFields {
    pub(crate) fn new(fields: Vec<ComputedField>) -> ComputedFields {
        ComputedFields(fields.into_iter().map(|field| (field, AtomicBool::new(false))).collect())
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(field, _)| &*field.name)
    }

    /// Computes all fields. Runs code of the user: to be called without any lock. A field whose code
    /// panics shows nothing from then on.
    pub(crate) fn compute(&self, progress: &Progress, mut set: impl FnMut(&str, Value)) {
        for (field, is_broken) in self.0.iter().filter(|(_, is_broken)| !is_broken.load(Ordering::Relaxed)) {
            let value = panic::catch_unwind(AssertUnwindSafe(|| (field.compute)(progress)));
            let value = value.unwrap_or_else(|payload| {
                is_broken.store(true, Ordering::Relaxed);
                // Its destructor may panic too.
                std::mem::forget(payload);
                Value::Text(Arc::default())
            });
            set(&field.name, value);
        }
    }
}

impl FieldRequests {
    pub(super) fn new(fields: &Arc<ComputedFields>) -> FieldRequests {
        FieldRequests { fields: Arc::downgrade(fields), is_waiting: AtomicBool::new(false), closing: Mutex::new(None) }
    }

    /// Notes that new values are wanted. Returns what is to be computed, unless others have asked
    /// before, or nothing can be computed any more.
    pub(crate) fn request(&self) -> Option<Arc<ComputedFields>> {
        // Asked first: a thread that must not run code of the user gets the fields only to pass them on.
        let is_new = !self.is_waiting.swap(true, Ordering::SeqCst);
        self.fields.upgrade().filter(|_| is_new)
    }

    /// Notes that computing begins: a change from here on is worth another request.
    pub(crate) fn begin(&self) {
        self.is_waiting.store(false, Ordering::SeqCst);
    }

    /// Notes that the values are there.
    pub(crate) fn complete(&self) {
        if !self.is_waiting.load(Ordering::SeqCst) {
            *self.closing.lock() = None;
        }
    }

    /// Notes that the bar is closed, and waits until `deadline` for its last values.
    pub(crate) fn close(&self, deadline: Instant) {
        *self.closing.lock() = Some(deadline);
    }

    /// Whether the bar is closed and its last values may still come.
    pub(crate) fn is_closing(&self, now: Instant) -> bool {
        self.closing.lock().is_some_and(|deadline| now < deadline)
    }
}

impl fmt::Debug for ComputedField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ComputedField").field("name", &self.name).finish_non_exhaustive()
    }
}

// Code that has panicked is not called again.
impl UnwindSafe for ComputedField {}
impl RefUnwindSafe for ComputedField {}
