//! When a bar has something to say.

use crate::sys::Instant;
use std::time::Duration;

/// How often a bar says something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pace {
    /// A bar that lives shorter than this says only its last line.
    pub(crate) delay: Duration,
    /// The longest time between two lines of a bar. Steps follow each other no faster than a third
    /// of it.
    pub(crate) interval: Duration,
}

/// What a bar has said so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum History {
    /// Nothing yet. It was added at this time.
    Silent(Instant),
    /// It has said something, last at this time.
    Said(Instant, Moment),
}

/// What matters of a bar, at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Moment {
    pub(super) activity: Activity,
    /// The share of the total that is done, if there is one.
    pub(super) progress: Option<f64>,
    /// Whether anything has failed.
    pub(super) failed: bool,
    /// Changes with everything that is shown, except counts.
    pub(super) revision: u64,
}

/// Whether something happens to a bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Activity {
    /// It counts, and says that it is alive.
    #[default]
    Counting,
    /// It is a status bar: it has something to say when its text changes.
    Status,
    /// It is paused.
    Paused,
    /// It is complete, or closed.
    Finished,
}

impl History {
    /// Whether the last thing that was said is that the bar is finished.
    pub(super) fn ends_finished(self) -> bool {
        matches!(self, History::Said(_, said) if said.activity == Activity::Finished)
    }

    /// Whether all is said about a bar, as long as it stays as it is.
    pub(super) fn is_over(self, moment: Moment) -> bool {
        self.ends_finished() && matches!(self, History::Said(_, said) if said == moment)
    }
}

impl Pace {
    pub(crate) const DEFAULT: Pace = Pace { delay: Duration::from_secs(5), interval: Duration::from_secs(30) };

    /// Whether a bar that was silent, or has said something, is due to say how it is at `now`.
    ///
    /// `step` is the step of progress at which it says something, in percent of its total.
    pub(super) fn is_due(self, step: u8, history: History, moment: Moment, now: Instant) -> bool {
        let (at, said) = match history {
            History::Silent(since) => return now.saturating_duration_since(since) >= self.delay,
            History::Said(at, said) => (at, said),
        };
        let silence = now.saturating_duration_since(at);
        let has_stepped = moment.progress.zip(said.progress).is_some_and(|(progress, before)| {
            // Rounding must not delay a step.
            (progress - before).abs() * 100.0 >= f64::from(step) - 1e-9
        });
        match moment.activity {
            Activity::Finished => said.activity != Activity::Finished,
            _ if moment.failed && !said.failed => true,
            Activity::Status => moment.revision != said.revision && silence >= self.interval / 3,
            Activity::Paused => said.activity != Activity::Paused,
            Activity::Counting => silence >= self.interval || (has_stepped && silence >= self.interval / 3),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_a_bar_speak() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let counting = |progress| Moment { progress: Some(progress), ..Moment::default() };
        let with = |activity| Moment { activity, progress: Some(0.5), ..Moment::default() };
        let said = |progress| History::Said(at(100), counting(progress));
        let failed = Moment { failed: true, ..counting(0.5) };
        let text = |revision| Moment { activity: Activity::Status, revision, ..Moment::default() };
        let uncounted = Moment::default();
        for (history, moment, second, due) in [
            // The delay.
            (History::Silent(at(100)), counting(0.9), 104, false),
            (History::Silent(at(100)), counting(0.0), 105, true),
            // A step, not faster than every ten seconds, and not less than a tenth.
            (said(0.5), counting(0.7), 109, false),
            (said(0.5), counting(0.7), 110, true),
            (said(0.5), counting(0.6), 110, true),
            (said(0.5), counting(0.59), 129, false),
            (said(0.5), counting(0.3), 110, true),
            // A sign of life.
            (said(0.5), counting(0.5), 130, true),
            (History::Said(at(100), uncounted), uncounted, 129, false),
            (History::Said(at(100), uncounted), uncounted, 130, true),
            // The first failure.
            (said(0.5), failed, 100, true),
            (History::Said(at(100), failed), failed, 129, false),
            // The end.
            (said(0.9), with(Activity::Finished), 100, true),
            (History::Said(at(100), with(Activity::Finished)), with(Activity::Finished), 999, false),
            // A pause.
            (said(0.5), with(Activity::Paused), 100, true),
            (History::Said(at(100), with(Activity::Paused)), with(Activity::Paused), 999, false),
            // A status bar.
            (History::Said(at(100), text(1)), text(1), 999, false),
            (History::Said(at(100), text(1)), text(2), 109, false),
            (History::Said(at(100), text(1)), text(2), 110, true),
        ] {
            assert_eq!(Pace::DEFAULT.is_due(10, history, moment, at(second)), due, "{history:?} {moment:?} {second}");
        }
    }
}
