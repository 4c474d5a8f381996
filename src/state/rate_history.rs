//! How much was counted in each of the last seconds, for the graph of the rate.

use super::number::Number;

/// Seconds that are kept.
const SECONDS: usize = 64;

/// The longest elapsed time, in seconds: longer than any program runs.
const LONGEST: f64 = 1e12;

/// What was counted in each second, of the last minute.
#[derive(Clone, Debug)]
pub(crate) struct RateHistory {
    /// Each second has its place by its number.
    items: [f32; SECONDS],
    /// The elapsed time at the last sample, in seconds, and the count then.
    at: f64,
    count: f64,
}

impl RateHistory {
    /// A history that begins now.
    pub(crate) fn new(count: Number, elapsed: f64) -> RateHistory {
        let at = if (0.0..=LONGEST).contains(&elapsed) { elapsed } else { 0.0 };
        RateHistory { items: [0.0; SECONDS], at, count: count.finite().unwrap_or(Number::ZERO).as_f64() }
    }

    /// Takes a sample: the count at an elapsed time. What was counted since the last one is shared out
    /// over the time in between.
    pub(crate) fn sample(&mut self, count: Number, elapsed: f64) {
        let items = count.as_f64() - self.count;
        let seconds = elapsed - self.at;
        // Beyond the longest time there are no single seconds.
        if seconds.is_nan() || seconds <= 0.0 || elapsed > LONGEST || !items.is_finite() {
            return;
        }
        // Counts that were taken back are no progress.
        let rate = (items / seconds).max(0.0);
        let (first, last) = (self.at.floor(), elapsed.floor());
        let mut second = first.max(last - SECONDS as f64);
        while second <= last {
            let share = (second + 1.0).min(elapsed) - second.max(self.at);
            if let Some(place) = self.items.get_mut(place(second)) {
                let before = if second > first { 0.0 } else { *place };
                *place = before + (rate * share) as f32;
            }
            second += 1.0;
        }
        (self.at, self.count) = (elapsed, count.as_f64());
    }

    /// What was counted in each of the last `seconds` that are complete, the oldest first. None for
    /// those before the start.
    pub(crate) fn last(&self, seconds: usize) -> impl Iterator<Item = Option<f32>> + Clone {
        let complete = self.at.floor();
        (1..=seconds).rev().map(move |ago| {
            let second = complete - ago as f64;
            let is_kept = second >= 0.0 && ago < SECONDS;
            if is_kept { self.items.get(place(second)).copied() } else { None }
        })
    }
}

/// The place of a second.
fn place(second: f64) -> usize {
    second.rem_euclid(SECONDS as f64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(history: &RateHistory, seconds: usize) -> Vec<Option<f32>> {
        history.last(seconds).map(|items| items.map(|items| (items * 100.0).round() / 100.0)).collect()
    }

    #[test]
    fn counts_are_shared_out_over_their_seconds() {
        let mut history = RateHistory::new(Number::ZERO, 0.0);
        history.sample(Number::Whole(10), 0.5);
        history.sample(Number::Whole(30), 2.5);
        assert_eq!(shown(&history, 3), [None, Some(15.0), Some(10.0)]);
        history.sample(Number::Whole(30), 5.0);
        assert_eq!(shown(&history, 4), [Some(10.0), Some(5.0), Some(0.0), Some(0.0)]);
        // Taken back, and counted again.
        history.sample(Number::Whole(0), 6.0);
        history.sample(Number::Whole(7), 7.0);
        assert_eq!(shown(&history, 2), [Some(0.0), Some(7.0)]);
        assert_eq!(shown(&history, 0), []);
    }

    #[test]
    fn only_the_last_minute_is_kept() {
        let mut history = RateHistory::new(Number::ZERO, 0.0);
        for second in 1..=200 {
            history.sample(Number::Whole(second * second), second as f64);
        }
        let shown = shown(&history, 100);
        assert_eq!(shown.iter().flatten().count(), SECONDS - 1);
        assert_eq!(shown.last(), Some(&Some(399.0)));
        // A long gap.
        history.sample(Number::Whole(40_000 + 1000), 1200.0);
        assert!(history.last(SECONDS - 1).all(|items| items.is_some_and(|items| (items - 1.0).abs() < 1e-3)));
    }

    #[test]
    fn invalid_samples_are_ignored() {
        let mut history = RateHistory::new(Number::Fraction(f64::NAN), f64::NAN);
        for (count, at) in [(f64::NAN, 3.0), (5.0, f64::INFINITY), (5.0, -1.0), (5.0, f64::NAN), (f64::INFINITY, 3.0)] {
            history.sample(Number::Fraction(count), at);
        }
        history.sample(Number::Whole(1), 1e300);
        assert_eq!(history.last(5).count(), 5);
    }
}
