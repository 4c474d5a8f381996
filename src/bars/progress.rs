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

    /// The count, rounded down. A count below zero is 0.
    pub fn count(&self) -> u64 {
        self.measure(|counter, _| Some(counter.count)).map_or(0, Number::as_u64)
    }

    /// The count, fractions included.
    pub fn count_f64(&self) -> f64 {
        self.measure(|counter, _| Some(counter.count)).map_or(0.0, Number::as_f64)
    }

    /// The count of the first segment of this name, rounded down. `None` if there is none.
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

    /// The total, rounded down, if there is one.
    pub fn total(&self) -> Option<u64> {
        self.measure(|counter, _| counter.total).map(Number::as_u64)
    }

    /// The total, fractions included, if there is one.
    pub fn total_f64(&self) -> Option<f64> {
        self.measure(|counter, _| counter.total).map(Number::as_f64)
    }

    /// The share of the total that is done, from 0 to 1. `None` without a total.
    pub fn fraction(&self) -> Option<f64> {
        self.measure(|counter, _| counter.share())
    }

    /// The percentage that is done, as `{percentage}` shows it: more than 100 if the count exceeds the
    /// total. `None` without a total.
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

    /// The elapsed time since the bar was added or reset, without pauses.
    pub fn elapsed(&self) -> Duration {
        Duration::try_from_secs_f64(self.0.elapsed).unwrap_or_default()
    }

    /// The counts per second, as `{rate}` shows them. 0 if the rate is unknown.
    pub fn rate(&self) -> f64 {
        self.measure(|counter, elapsed| Some(counter.rate(elapsed))).unwrap_or(0.0)
    }

    /// The remaining time, as `{eta}` shows it. `None` without a total, or if it is unknown.
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

    /// The text before the bar.
    pub fn desc(&self) -> Arc<str> {
        self.measure(|counter, _| Some(counter.desc.clone())).unwrap_or_default()
    }

    /// The unit of the counts.
    pub fn unit(&self) -> Arc<str> {
        self.measure(|counter, _| Some(counter.unit.clone())).unwrap_or_default()
    }

    /// The text after the bar, if there is one.
    pub fn message(&self) -> Option<Arc<str>> {
        match self.0.fields.get(MESSAGE) {
            Some(Value::Text(text)) if !text.is_empty() => Some(text.clone()),
            _ => None,
        }
    }

    /// A field of your own, if it was set.
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

    /// Whether the bar is closed or complete.
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
