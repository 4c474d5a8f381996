//! Rates, percentages and remaining times of a counter and its segments.

use super::render::duration;
use crate::state::number::Number;
use crate::state::rate::Estimator;
use crate::state::snapshot::{CountSnapshot, SegmentSnapshot};

/// The part of a counter that is measured.
#[derive(Clone, Copy)]
pub(crate) enum Portion<'a> {
    /// The counter with everything in it.
    Whole,
    /// All segments together.
    Segments,
    /// What is in no segment.
    Unsegmented,
    /// One segment.
    Segment(&'a SegmentSnapshot),
}

/// A count, and where it started.
#[derive(Clone, Copy)]
struct Progress {
    count: Number,
    start: Number,
}

impl Progress {
    const NONE: Progress = Progress { count: Number::ZERO, start: Number::ZERO };

    fn of(segment: &SegmentSnapshot) -> Progress {
        Progress { count: segment.count, start: segment.start_count }
    }

    fn plus(self, other: Progress) -> Progress {
        Progress { count: self.count.plus(other.count), start: self.start.plus(other.start) }
    }

    fn minus(self, other: Progress) -> Progress {
        Progress { count: self.count.minus(other.count), start: self.start.minus(other.start) }
    }

    fn done(self) -> Number {
        self.count.minus(self.start).abs()
    }

    /// The mean rate.
    fn rate(self, elapsed: f64) -> f64 {
        if elapsed > 0.0 { self.done().as_f64() / elapsed } else { 0.0 }
    }
}

impl CountSnapshot {
    /// The count of a portion.
    pub(crate) fn count_of(&self, portion: Portion<'_>) -> Number {
        self.progress(portion).count
    }

    /// Percent of the total. A counter with nothing to count is complete.
    pub(crate) fn percentage_of(&self, portion: Portion<'_>) -> f64 {
        let share = |count: Number| match self.total {
            Some(total) if !total.is_zero() => count.as_f64() / total.as_f64(),
            _ => 0.0,
        };
        // Sums of shares, not shares of sums: the digits are the same as Enlighten's then.
        let in_segments = || self.segments.iter().map(|segment| share(segment.count)).sum::<f64>() * 100.0;
        match portion {
            Portion::Whole if self.has_nothing_to_count() => 100.0,
            Portion::Whole => share(self.count).max(0.0) * 100.0,
            Portion::Segment(segment) => share(segment.count) * 100.0,
            Portion::Segments => in_segments(),
            Portion::Unsegmented => self.percentage_of(Portion::Whole) - in_segments(),
        }
    }

    /// Percent of the total, if there is one.
    pub(crate) fn percentage(&self) -> Option<f64> {
        self.total.map(|_| self.percentage_of(Portion::Whole))
    }

    /// Counts per second, by the counter's estimator.
    pub(crate) fn rate(&self, elapsed: f64) -> f64 {
        self.rate_of(Portion::Whole, elapsed)
    }

    /// The remaining time in seconds, by the counter's estimator. None without a total or an
    /// estimate.
    pub(crate) fn time_left(&self, elapsed: f64) -> Option<f64> {
        self.total.and_then(|_| self.time_left_of(Portion::Whole, elapsed))
    }

    /// Counts per second: by the counter's estimator for the whole, the mean for other portions.
    pub(crate) fn rate_of(&self, portion: Portion<'_>, elapsed: f64) -> f64 {
        match (portion, self.estimator) {
            (Portion::Whole, Estimator::Smoothed) => self.smoothed_rate,
            _ => self.progress(portion).rate(elapsed),
        }
    }

    /// Seconds per count.
    pub(crate) fn interval_of(&self, portion: Portion<'_>, elapsed: f64) -> f64 {
        let rate = self.rate_of(portion, elapsed);
        // A power, not a quotient: once in a thousand times their last digits differ, and Enlighten
        // shows the power. Compilers replace one by the other unless the exponent is hidden.
        if rate == 0.0 { 0.0 } else { rate.powf(std::hint::black_box(-1.0)) }
    }

    /// The remaining time in seconds, if there is an estimate: by the counter's estimator for the
    /// whole, at the mean rate for other portions.
    pub(crate) fn time_left_of(&self, portion: Portion<'_>, elapsed: f64) -> Option<f64> {
        if let (Portion::Whole, Estimator::Smoothed) = (portion, self.estimator) {
            return self.smoothed_time_left();
        }
        let total = self.total.unwrap_or(Number::ZERO);
        if total.is_zero() || (matches!(portion, Portion::Whole) && self.is_beyond_total()) {
            return Some(0.0);
        }
        let progress = self.progress(portion);
        let rate = progress.rate(elapsed);
        let left = total.minus(progress.done()).as_f64() / rate;
        (rate != 0.0 && left.is_finite() && left <= duration::LONGEST).then_some(left)
    }

    /// The remaining time in seconds at the smoothed rate, if there is an estimate. At least a
    /// second until everything is counted.
    pub(crate) fn smoothed_time_left(&self) -> Option<f64> {
        let left = self.total?.minus(self.count).as_f64();
        if left <= 0.0 {
            return Some(0.0);
        }
        let seconds = (left / self.smoothed_rate).max(1.0);
        (self.smoothed_rate > 0.0 && seconds <= duration::LONGEST).then_some(seconds)
    }

    /// Converts a count to the type in which this counter shows counts: once one is a fraction, all
    /// are.
    pub(crate) fn as_shown(&self, count: Number) -> Number {
        let fractional = self.count.is_fraction() || self.total.is_some_and(Number::is_fraction);
        if fractional { count.to_fraction() } else { count }
    }

    /// Whether the total is zero or missing.
    pub(crate) fn has_nothing_to_count(&self) -> bool {
        self.total.is_none_or(Number::is_zero)
    }

    fn progress(&self, portion: Portion<'_>) -> Progress {
        let whole = Progress { count: self.count, start: self.start_count };
        let in_segments = || self.segments.iter().map(Progress::of).fold(Progress::NONE, Progress::plus);
        match portion {
            Portion::Whole => whole,
            Portion::Segments => in_segments(),
            Portion::Unsegmented => whole.minus(in_segments()),
            Portion::Segment(segment) => Progress::of(segment),
        }
    }
}
