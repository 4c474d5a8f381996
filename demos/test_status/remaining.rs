//! How long the tests will still take, by what they took before.

use std::collections::HashSet;
use std::time::Duration;

use footlights::HumanDuration;

use crate::history::History;
use crate::run::{Run, Suite};

/// A range of time. The shorter the better it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    pub low: Duration,
    pub high: Duration,
}

/// Tests that are not over, as work for several threads.
#[derive(Clone, Copy, Debug, Default)]
struct Work {
    sum: Duration,
    longest: Duration,
}

impl Work {
    fn add(&mut self, time: Duration) {
        self.sum += time;
        self.longest = self.longest.max(time);
    }

    fn time(self, threads: usize) -> Duration {
        (self.sum / u32::try_from(threads.max(1)).unwrap_or(1)).max(self.longest)
    }
}

/// Estimates the time left; none, if nothing is known of earlier runs.
pub fn estimate(run: &Run, history: &History, threads: usize, now: Duration) -> Option<Range> {
    let mut range = Range::default();
    let mut is_known = false;
    for (at, suite) in run.suites.iter().enumerate().filter(|(_, suite)| !suite.is_over()) {
        let left = of_suite(run, at, suite, history, threads, now);
        is_known |= left.is_some();
        let left = left.unwrap_or_default();
        range.low += left.low;
        range.high += left.high;
    }
    is_known.then_some(range)
}

fn of_suite(run: &Run, at: usize, suite: &Suite, history: &History, threads: usize, now: Duration) -> Option<Range> {
    let over: HashSet<&str> =
        run.results.iter().filter(|result| result.suite == at).map(|result| result.path.as_str()).collect();
    let listed: HashSet<&str> = suite.listed.iter().map(String::as_str).collect();
    let (mut low, mut high) = (Work::default(), Work::default());
    let (mut known, mut sum) = (0, Duration::ZERO);
    let mut left = 0;
    for (test, record) in history.suite(&suite.name) {
        let Some((min, max)) = record.range() else { continue };
        known += 1;
        sum += max;
        if over.contains(test) || (!listed.is_empty() && !listed.contains(test)) {
            continue;
        }
        let running = run.running.iter().find(|running| running.suite == at && running.path == test);
        let ran = running.map_or(Duration::ZERO, |running| now.saturating_sub(running.since));
        left += 1;
        low.add(min.saturating_sub(ran));
        high.add(max.saturating_sub(ran));
    }
    if known == 0 {
        return None;
    }
    // Tests that are new may take no time, or twice as much as the others.
    let counts = suite.counts().finished();
    let planned = suite.planned.unwrap_or(listed.len() as u64);
    let new = planned.saturating_sub(counts).saturating_sub(left);
    high.sum += sum / known * u32::try_from(new).unwrap_or(u32::MAX).saturating_mul(2);
    let threads = if suite.threads > 0 { suite.threads.min(threads) } else { threads };
    Some(Range { low: low.time(threads), high: high.time(threads) })
}

impl Range {
    /// The range for people: one number if it is nearly one.
    pub fn text(self) -> String {
        let Range { low, high } = self;
        if high < Duration::from_secs(1) {
            return String::new();
        }
        let (low, high) = (rounded(low), rounded(high));
        if low == high || low.as_secs_f64() > high.as_secs_f64() * 0.8 {
            return format!("{} left", HumanDuration(high));
        }
        if low.is_zero() {
            return format!("up to {} left", HumanDuration(high));
        }
        format!("{}–{} left", HumanDuration(low), HumanDuration(high))
    }
}

/// Rounded, so that it does not pretend to know more than it does.
fn rounded(time: Duration) -> Duration {
    let seconds = time.as_secs_f64();
    let step = match seconds {
        s if s < 20.0 => 1.0,
        s if s < 60.0 => 5.0,
        s if s < 300.0 => 10.0,
        _ => 60.0,
    };
    Duration::from_secs_f64((seconds / step).round() * step)
}
