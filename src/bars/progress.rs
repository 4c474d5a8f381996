//! How far a bar has come, for code of the user.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::state::number::Number;
use crate::state::snapshot::{CountSnapshot, Snapshot, Subject};
use crate::state::value::Value;
use crate::template::MESSAGE;

/// How far a bar has come, at one moment: what a [computed field](crate::CounterBuilder::field_with) is
/// computed from, and what [`Counter::progress`](crate::Counter::progress) returns.
///
/// A copy: it stays the same while the bar counts. Of a [`StatusBar`](crate::StatusBar), only
/// [`elapsed`](Self::elapsed), [`field`](Self::field) and [`is_finished`](Self::is_finished) say
/// something.
///
/// ```
/// # let manager = footlights::Manager::new();
/// let bar = manager.counter().total(10).desc("Files").add();
/// bar.inc(4);
/// let progress = bar.progress();
/// assert_eq!((progress.count(), progress.total(), progress.fraction()), (4, Some(10), Some(0.4)));
/// assert!(format!("{progress:?}").starts_with("Progress { desc: \"Files\", count: 4.0, total: Some(10.0)"));
/// ```
#[derive(Clone)]
pub struct Progress(Snapshot);

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress")
            .field("desc", &self.desc())
            .field("count", &self.count_f64())
            .field("total", &self.total_f64())
            .field("elapsed", &self.elapsed())
            .finish_non_exhaustive()
    }
}

impl Progress {
    pub(crate) fn of(snapshot: Snapshot) -> Progress {
        Progress(snapshot)
    }

    /// Returns the count, rounded down. A count below zero is returned as 0.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(10).add();
    /// bar.inc(4);
    /// let before = bar.progress();
    /// bar.inc(1);
    /// assert_eq!((before.count(), bar.progress().count()), (4, 5));
    /// ```
    pub fn count(&self) -> u64 {
        self.measure(|counter, _| Some(counter.count)).map_or(0, Number::as_u64)
    }

    /// Returns the count, fractions included.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(10).add();
    /// bar.inc_fraction(2.5);
    /// assert_eq!(bar.progress().count_f64(), 2.5);
    /// ```
    pub fn count_f64(&self) -> f64 {
        self.measure(|counter, _| Some(counter.count)).map_or(0.0, Number::as_f64)
    }

    /// Returns the count of the first segment of this name, rounded down. `None` if there is none.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(9).add();
    /// let failed = tests.segment("failed").color("red").add();
    /// failed.inc(2);
    /// assert_eq!(tests.progress().segment("failed"), Some(2));
    /// ```
    pub fn segment(&self, name: &str) -> Option<u64> {
        let segment = |counter: &CountSnapshot, _| {
            let segment = counter.segments.iter().find(|segment| *segment.name == *name);
            segment.map(|segment| segment.count.as_u64())
        };
        self.measure(segment)
    }

    /// Returns the total, rounded down, if there is one.
    ///
    /// ```
    /// use footlights::Progress;
    ///
    /// # let manager = footlights::Manager::new();
    /// let left = |progress: &Progress| progress.total().map(|total| total.saturating_sub(progress.count()));
    /// let bar = manager.counter().total(10).add();
    /// bar.inc(4);
    /// assert_eq!(left(&bar.progress()), Some(6));
    /// ```
    pub fn total(&self) -> Option<u64> {
        self.measure(|counter, _| counter.total).map(Number::as_u64)
    }

    /// Returns the total, fractions included, if there is one.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(2.5).add();
    /// assert_eq!(bar.progress().total_f64(), Some(2.5));
    /// ```
    pub fn total_f64(&self) -> Option<f64> {
        self.measure(|counter, _| counter.total).map(Number::as_f64)
    }

    /// Returns the share of the total that is done, from 0 to 1. `None` without a total.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(10).add();
    /// bar.inc(12);
    /// assert_eq!(bar.progress().fraction(), Some(1.0)); // never more
    /// ```
    pub fn fraction(&self) -> Option<f64> {
        self.measure(|counter, _| counter.share())
    }

    /// Returns the percentage that is done, as `{percentage}` shows it: more than 100 if the count exceeds
    /// the total. `None` without a total.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(10).add();
    /// bar.inc(4);
    /// assert_eq!(bar.progress().percentage(), Some(40.0));
    /// ```
    pub fn percentage(&self) -> Option<f64> {
        self.measure(|counter, _| counter.percentage())
    }

    /// Returns the elapsed time since the bar was added or reset, without pauses.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().add();
    /// let progress = bar.progress();
    /// assert!(progress.elapsed() <= bar.elapsed()); // the copy's time stands still
    /// ```
    pub fn elapsed(&self) -> Duration {
        Duration::try_from_secs_f64(self.0.elapsed).unwrap_or_default()
    }

    /// Returns the counts per second, as `{rate}` shows them. 0 if the rate is unknown.
    ///
    /// ```
    /// use footlights::Progress;
    ///
    /// # let manager = footlights::Manager::new();
    /// /// The megabits per second of a bar that counts bytes.
    /// fn megabits(progress: &Progress) -> f64 {
    ///     progress.rate() * 8.0 / 1e6
    /// }
    ///
    /// let bar = manager.download("a.iso", 30 << 20).add();
    /// assert_eq!(megabits(&bar.progress()), 0.0); // nothing was counted yet
    /// ```
    pub fn rate(&self) -> f64 {
        self.measure(|counter, elapsed| Some(counter.rate(elapsed))).unwrap_or(0.0)
    }

    /// Returns the remaining time, as `{eta}` shows it. `None` without a total, or if it is unknown.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(9).add();
    /// assert_eq!(bar.progress().eta(), None); // nothing was counted yet
    /// ```
    pub fn eta(&self) -> Option<Duration> {
        let seconds = self.measure(|counter, elapsed| counter.time_left(elapsed))?;
        Duration::try_from_secs_f64(seconds.max(0.0)).ok()
    }

    /// Returns the text before the bar. Empty if there is none.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().desc("Files").add();
    /// assert_eq!(&*bar.progress().desc(), "Files");
    /// ```
    pub fn desc(&self) -> Arc<str> {
        self.measure(|counter, _| Some(counter.desc.clone())).unwrap_or_default()
    }

    /// Returns the unit of the counts. Empty if there is none.
    ///
    /// ```
    /// use footlights::Progress;
    ///
    /// # let manager = footlights::Manager::new();
    /// let left = |progress: &Progress| match progress.total() {
    ///     Some(total) => format!("{} {} left", total.saturating_sub(progress.count()), progress.unit()),
    ///     None => String::new(),
    /// };
    /// let bar = manager.counter().total(9).unit("files").add();
    /// assert_eq!(left(&bar.progress()), "9 files left");
    /// ```
    pub fn unit(&self) -> Arc<str> {
        self.measure(|counter, _| Some(counter.unit.clone())).unwrap_or_default()
    }

    /// Returns the text after the bar, if there is one.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().message("a.txt").add();
    /// assert_eq!(bar.progress().message().as_deref(), Some("a.txt"));
    /// ```
    pub fn message(&self) -> Option<Arc<str>> {
        match self.0.fields.get(MESSAGE) {
            Some(Value::Text(text)) if !text.is_empty() => Some(text.clone()),
            _ => None,
        }
    }

    /// Returns a field of your own, if it was set.
    ///
    /// ```
    /// use footlights::Value;
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(9).field("host", "eu-1").add();
    /// assert_eq!(bar.progress().field("host"), Some(&Value::from("eu-1")));
    /// ```
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.0.fields.get(name)
    }

    /// Returns true if the bar is closed or complete.
    ///
    /// ```
    /// use footlights::Progress;
    ///
    /// # let manager = footlights::Manager::new();
    /// let state = |progress: &Progress| if progress.is_finished() { "done" } else { "busy" };
    /// let bar = manager.counter().total(9).field_with("state", state).add();
    /// assert_eq!(state(&bar.progress()), "busy");
    /// bar.finish();
    /// assert_eq!(state(&bar.progress()), "done");
    /// ```
    pub fn is_finished(&self) -> bool {
        self.0.finished
    }

    /// Measures the counter, given the elapsed seconds.
    fn measure<T>(&self, measure: impl FnOnce(&CountSnapshot, f64) -> Option<T>) -> Option<T> {
        match &self.0.subject {
            Subject::Count(counter) => measure(counter, self.0.elapsed),
            Subject::Status(_) => None,
        }
    }
}
