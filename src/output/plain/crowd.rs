//! The bars that do not speak for themselves: a line about all of them.

use std::fmt::Write as _;

use crate::state::snapshot::{Snapshot, Subject};
use crate::template::LineKind;

/// Several bars, summed up.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Crowd {
    bars: usize,
    /// Bars with a total that they have reached.
    complete: usize,
    /// Bars in which something has failed.
    failed: usize,
    /// The sum of the shares that bars with a total have done, and the number of these bars.
    progress: f64,
    measured: usize,
}

impl Crowd {
    pub(super) fn add(&mut self, snapshot: &Snapshot) {
        self.bars += 1;
        let Subject::Count(counter) = &snapshot.subject else { return };
        self.failed += usize::from(counter.has_failed());
        if let Some(share) = counter.share() {
            self.measured += 1;
            self.progress += share;
            self.complete += usize::from(counter.total == Some(counter.count));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bars == 0
    }

    /// Writes `and 992 more: 45%, 10 complete, 3 with failures`, about bars that are at work.
    pub(super) fn write(&self, out: &mut String, kind: LineKind) {
        let percent = if kind == LineKind::Words { " percent" } else { "%" };
        // Writing to a string cannot fail.
        let _ = write!(out, "and {} more", self.bars);
        if self.measured > 0 {
            // Rounded down: all is done only at 100 %. Sums of shares are not exact.
            let share = (self.progress / self.measured as f64 * 100.0 + 1e-6).floor();
            let _ = write!(out, ": {share:.0}{percent}, {} complete", self.complete);
        }
        self.write_failed(out);
    }

    /// Writes `and 37 more ended: 35 complete, 1 with failures`, about bars that have ended.
    pub(super) fn write_ended(&self, out: &mut String) {
        let _ = write!(out, "and {} more ended", self.bars);
        if self.measured > 0 {
            let _ = write!(out, ": {} complete", self.complete);
        }
        self.write_failed(out);
    }

    fn write_failed(&self, out: &mut String) {
        if self.failed > 0 {
            let _ = write!(out, ", {} with failures", self.failed);
        }
    }
}
