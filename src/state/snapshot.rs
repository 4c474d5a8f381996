//! A plain copy of one bar at one instant: all that rendering ever sees.

use std::sync::Arc;
use std::time::Duration;

use crate::paint::color::Color;

/// A count as it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Whole(i64),
    Fraction(f64),
}

/// One bar at one instant.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    pub(crate) desc: Arc<str>,
    pub(crate) unit: Arc<str>,
    pub(crate) color: Color,
    /// Everything that was counted, segments included.
    pub(crate) count: Number,
    /// What it was created with; not counted as progress.
    pub(crate) start_count: Number,
    pub(crate) total: Option<Number>,
    /// In the order they were added.
    pub(crate) segments: Vec<SegmentSnapshot>,
    /// Since it was started; stands still once it is closed or complete.
    pub(crate) elapsed: Duration,
}

/// One segment of it.
#[derive(Clone, Debug)]
pub(crate) struct SegmentSnapshot {
    pub(crate) color: Color,
    pub(crate) count: Number,
    pub(crate) start_count: Number,
}
