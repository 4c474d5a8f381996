//! What becomes of many bars that are closed.

use std::fmt::Write as _;

use super::bar::Bar;

/// What becomes of bars that are closed and [kept](crate::OnClose::Keep), when bars take more than half
/// of the window, or when the manager stops.
///
/// ```
/// use footlights::{FinishedBars, Manager};
///
/// let manager = Manager::builder().finished_bars(FinishedBars::Log).build();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum FinishedBars {
    /// The oldest move up into the log, as lines. Of more than a hundred, those that follow are summed
    /// up: however many bars there are, they do not bury the output.
    #[default]
    Auto,
    /// The oldest move up into the log, each as a line, however many there are.
    Log,
    /// The oldest are summed up in one row above the others, `120 finished`, which stays as a line when
    /// the manager stops.
    Summary,
    /// The oldest disappear.
    Clear,
}

/// The most bars that move up into the log by themselves.
const MOST_LINES: usize = 100;

/// What becomes of one bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Line,
    SummedUp,
    Gone,
}

/// Bars that are not shown any more, summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    bars: usize,
    /// Those with a total that they have not reached.
    incomplete: usize,
    failed: usize,
}

/// The closed bars of one manager.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Finished {
    policy: FinishedBars,
    /// Bars that have moved up by themselves.
    lines: usize,
    pub(super) tally: Tally,
}

impl Finished {
    pub(super) fn new(policy: FinishedBars) -> Finished {
        Finished { policy, ..Finished::default() }
    }

    /// Decides about a bar for which there is no row.
    pub(super) fn decide(&mut self, bar: &Bar) -> Fate {
        let fate = match self.policy {
            FinishedBars::Log => Fate::Line,
            FinishedBars::Auto if self.lines < MOST_LINES => Fate::Line,
            FinishedBars::Auto | FinishedBars::Summary => Fate::SummedUp,
            FinishedBars::Clear => Fate::Gone,
        };
        match fate {
            Fate::Line => self.lines += 1,
            Fate::SummedUp => self.tally.add(bar),
            Fate::Gone => {}
        }
        fate
    }
}

impl Tally {
    fn add(&mut self, bar: &Bar) {
        self.bars += 1;
        self.incomplete += usize::from(bar.counts.total().is_some() && !bar.counts.is_complete());
        self.failed += usize::from(bar.counts.have_failed());
    }

    pub(super) fn plus(self, other: Tally) -> Tally {
        Tally {
            bars: self.bars + other.bars,
            incomplete: self.incomplete + other.incomplete,
            failed: self.failed + other.failed,
        }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.bars == 0
    }

    /// Writes `120 finished, 7 incomplete, 3 with failures`.
    pub(crate) fn write(self, out: &mut String) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{} finished", self.bars);
        for (count, what) in [(self.incomplete, "incomplete"), (self.failed, "with failures")] {
            if count > 0 {
                let _ = write!(out, ", {count} {what}");
            }
        }
    }
}
