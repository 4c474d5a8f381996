//! The appearance of one bar: everything except its counts.

use std::sync::Arc;
use std::time::Duration;

use crate::state::clock::Clock;
use crate::state::counts::Counts;
use crate::state::number::Number;
use crate::state::rate::RateEstimator;
use crate::state::rate_history::RateHistory;
use crate::state::snapshot::{CountSnapshot, Snapshot, StatusSnapshot, Subject};
use crate::sys::Instant;
use crate::template::Templates;

/// The appearance of a bar: texts, colors, formats, clock and rate.
#[derive(Clone, Debug)]
pub(crate) struct Appearance {
    /// Description, colors and fields: a snapshot without counts.
    pub(crate) snapshot: Snapshot,
    pub(crate) templates: Templates,
    pub(super) clock: Clock,
    pub(super) rate: RateEstimator,
    /// The state of the bar when its row was cleared, which is rare. The row stays empty until that
    /// state changes.
    pub(super) cleared: Option<Box<Fingerprint>>,
}

/// Identifies the state of a bar. While it is the same, only elapsed time can change the rendered
/// line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    pub(super) revision: u64,
    pub(super) counts: u64,
}

impl Appearance {
    /// The appearance of a bar that starts now, from `count`, with the standard formats.
    pub(crate) fn new(snapshot: Snapshot, count: Number, now: Instant) -> Appearance {
        let (clock, rate) = (Clock::new(count, now), RateEstimator::new(count));
        Appearance { snapshot, templates: Templates::standard(), clock, rate, cleared: None }
    }

    /// Starts the clock and the rate from `count`.
    pub(crate) fn start(&mut self, count: Number, now: Instant) {
        self.clock = Clock::new(count, now);
        self.rate = RateEstimator::new(count);
        self.snapshot.history = None;
    }

    /// Edits the part that only counters have.
    pub(crate) fn edit_counter(&mut self, edit: impl FnOnce(&mut CountSnapshot)) {
        if let Subject::Count(counter) = &mut self.snapshot.subject {
            edit(counter);
        }
    }

    /// Edits the part that only status bars have.
    pub(crate) fn edit_status(&mut self, edit: impl FnOnce(&mut StatusSnapshot)) {
        if let Subject::Status(status) = &mut self.snapshot.subject {
            edit(status);
        }
    }

    /// Advances the clock to `now` and, for a counter, samples its rate. Returns the elapsed time.
    pub(super) fn advance(&mut self, counts: &Counts, now: Instant) -> Duration {
        match self.snapshot.subject {
            Subject::Count(_) => {
                let (count, elapsed) = self.count_and_elapsed(counts, now);
                self.rate.sample(count, elapsed.as_secs_f64());
                if self.templates.need_history() {
                    self.sample_history(count, elapsed.as_secs_f64());
                }
                elapsed
            }
            Subject::Status(_) => self.clock.elapsed(now),
        }
    }

    /// Samples what the graph of the rate shows. Allocates if there was none so far, or if a snapshot
    /// of the bar is still in use.
    fn sample_history(&mut self, count: Number, elapsed: f64) {
        let history = self.snapshot.history.get_or_insert_with(|| Arc::new(RateHistory::new(count, elapsed)));
        Arc::make_mut(history).sample(count, elapsed);
    }

    /// Advances the clock to `now`. Returns the elapsed time. The rate is not sampled.
    pub(super) fn elapsed(&mut self, counts: &Counts, now: Instant) -> Duration {
        match self.snapshot.subject {
            Subject::Count(_) => self.count_and_elapsed(counts, now).1,
            Subject::Status(_) => self.clock.elapsed(now),
        }
    }

    /// Advances the clock of a counter. The count is a sum over many cells, so it is taken once.
    fn count_and_elapsed(&mut self, counts: &Counts, now: Instant) -> (Number, Duration) {
        let count = counts.count();
        (count, self.clock.elapsed_counting(count, counts.total() == Some(count), now))
    }
}
