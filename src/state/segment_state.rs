//! What one segment of a bar has counted, its name and its color.

use std::sync::Arc;

use parking_lot::{Mutex, RwLock};

use super::increments::Increments;
use super::look::Paint;
use super::number::Number;
use super::sum::Sum;

/// One segment, as its handles, the counts of its bar and the terminal thread share it.
#[derive(Debug)]
pub(crate) struct SegmentState {
    /// What formats call it; empty if it has no name.
    pub(crate) name: Arc<str>,
    pub(crate) color: RwLock<Paint>,
    /// The count that it is added with.
    pub(crate) start: Number,
    /// Whether formats may ask for its rate and ETA.
    pub(crate) all_fields: bool,
    /// Whole increments that are not yet part of the sum.
    pub(crate) increments: Increments,
    sum: Mutex<Sum>,
}

/// Whether a segment of this name counts failures.
pub(crate) fn is_failure(name: &str) -> bool {
    const NAMES: [&str; 7] = ["failed", "failure", "failures", "fail", "error", "errors", "errored"];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

impl SegmentState {
    /// A segment that has counted nothing: its start count is moved there when it is added to a
    /// bar.
    pub(crate) fn new(name: Arc<str>, color: impl Into<Paint>, start: Number, all_fields: bool) -> SegmentState {
        SegmentState {
            name,
            color: RwLock::new(color.into()),
            start,
            all_fields,
            increments: Increments::default(),
            sum: Mutex::new(Sum::Whole(0)),
        }
    }

    /// Whether what it counts has failed, by its name.
    pub(crate) fn is_failure(&self) -> bool {
        is_failure(&self.name)
    }

    /// Everything that was counted for this segment.
    pub(crate) fn count(&self) -> Number {
        let sum = self.sum.lock();
        sum.plus_whole(self.increments.pending()).number()
    }

    /// The sum without pending increments. Only for [`Counts`](super::counts::Counts), as are the
    /// methods below: the bar's own sum must follow every change.
    pub(super) fn sum(&self) -> Sum {
        *self.sum.lock()
    }

    /// Folds pending increments into the sum, and returns them.
    pub(super) fn fold(&self) -> i128 {
        let mut sum = self.sum.lock();
        let pending = self.increments.take();
        *sum = sum.plus_whole(pending);
        pending
    }

    /// Replaces the sum.
    pub(super) fn set_sum(&self, sum: Sum) {
        *self.sum.lock() = sum;
    }
}
