//! The current rate of a count, as an average in which the past fades.

use super::number::Number;

/// How the rate of a counter, and with it the ETA, is estimated.
///
/// ```
/// use footlights::Estimator;
///
/// # let manager = footlights::Manager::new();
/// let bar = manager.counter().total(100).estimator(Estimator::Smoothed).add();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Estimator {
    /// The whole count divided by the whole elapsed time, as in Enlighten. It does not depend on
    /// how often the bar is rendered, but early progress weighs as much as recent progress.
    #[default]
    Mean,
    /// An exponentially weighted average over about 15 seconds, so a change of the rate shows
    /// within that time. Gaps as long as recent gaps do not lower the rate. During a longer gap it
    /// decays, and after 45 seconds of that the ETA is `?`. Until the total is reached, the ETA is
    /// at least one second.
    ///
    /// The count is sampled when a frame is rendered: a bar that was never rendered or formatted
    /// has no smoothed rate.
    Smoothed,
}

/// Estimates the smoothed rate: sums of items and seconds that fade, so that what is `MEMORY`
/// seconds old weighs about a third.
///
/// Only changes of the count are samples. A count that grows in bursts is not slow between them:
/// only a gap that is longer than recent gaps counts, as time in which nothing was done.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RateEstimator {
    /// The elapsed time at the last sample, in seconds.
    at: f64,
    /// The count at the last sample.
    count: f64,
    /// Faded sum of the items that were counted.
    items: f64,
    /// Faded sum of the seconds in which they were counted.
    seconds: f64,
    /// The longest recent gap between two samples, in seconds.
    gap: f64,
}

/// The time after which a sample weighs 1/e, in seconds.
const MEMORY: f64 = 15.0;

/// How much longer than recent gaps a gap must be, in seconds, until the rate is unknown.
const STALLED: f64 = 3.0 * MEMORY;

impl RateEstimator {
    /// A start count that is not finite is 0.
    pub(crate) fn new(count: Number) -> RateEstimator {
        RateEstimator { count: count.finite().unwrap_or(Number::ZERO).as_f64(), ..RateEstimator::default() }
    }

    /// Takes a sample: the count at an elapsed time.
    pub(crate) fn sample(&mut self, count: Number, elapsed: f64) {
        let count = count.as_f64();
        let (items, seconds) = (count - self.count, elapsed - self.at);
        if items < 0.0 {
            // Counts were taken back: later items are counted from here.
            self.count = count;
        } else if items > 0.0 && seconds > 0.0 && items.is_finite() && seconds.is_finite() {
            let fade = (-seconds / MEMORY).exp();
            self.items = self.items * fade + items;
            self.seconds = self.seconds * fade + seconds;
            // Gaps fade four times as slowly, because bursts may be far apart.
            self.gap = (self.gap * fade.sqrt().sqrt()).max(seconds);
            (self.at, self.count) = (elapsed, count);
        }
    }

    /// Returns the items per second at an elapsed time; 0 if the rate is unknown.
    pub(crate) fn rate(&self, elapsed: f64) -> f64 {
        let stall = (elapsed - self.at - self.gap).max(0.0);
        if self.seconds == 0.0 || stall >= STALLED {
            return 0.0;
        }
        let fade = (-stall / MEMORY).exp();
        self.items * fade / (self.seconds * fade + stall)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rate after counting `step` every `every` seconds, from `from` to `to`.
    fn run(estimator: &mut RateEstimator, from: f64, to: f64, every: f64, step: f64) {
        let mut count = estimator.count;
        let mut at = from;
        while at + every <= to + 1e-9 {
            at += every;
            count += step;
            estimator.sample(Number::Fraction(count), at);
        }
    }

    #[test]
    fn a_steady_rate_is_found_at_once_and_stays() {
        for (every, step) in [(0.04, 10.0), (1.0, 1.0), (20.0, 5.0), (3600.0, 1.0)] {
            let mut estimator = RateEstimator::new(Number::ZERO);
            assert_eq!(estimator.rate(every), 0.0);
            for n in 1..50 {
                let at = f64::from(n) * every;
                run(&mut estimator, at - every, at, every, step);
                // Also just before the next item.
                for at in [at, at + every / 2.0, at + every * 0.99] {
                    assert!(
                        (estimator.rate(at) / (step / every) - 1.0).abs() < 1e-6,
                        "{every}: {}",
                        estimator.rate(at)
                    );
                }
            }
        }
    }

    #[test]
    fn bursts_are_not_slow_between_them() {
        let mut estimator = RateEstimator::new(Number::ZERO);
        for burst in 0..10 {
            let begin = f64::from(burst) * 6.0;
            run(&mut estimator, begin, begin + 1.0, 0.1, 3.0);
            if burst > 0 {
                let rate = estimator.rate(begin + 1.0);
                assert_eq!(estimator.rate(begin + 5.9), rate);
                assert!((3.5..10.0).contains(&rate), "{rate} instead of 5");
            }
        }
    }

    #[test]
    fn a_change_shows_without_a_jump() {
        let mut estimator = RateEstimator::new(Number::ZERO);
        run(&mut estimator, 0.0, 60.0, 0.1, 10.0);
        run(&mut estimator, 60.0, 60.5, 0.1, 1.0);
        assert!(estimator.rate(60.5) > 90.0);
        run(&mut estimator, 60.5, 110.0, 0.1, 1.0);
        assert!((9.0..14.0).contains(&estimator.rate(110.0)), "{}", estimator.rate(110.0));
    }

    #[test]
    fn the_rate_decays_while_nothing_is_counted() {
        let mut estimator = RateEstimator::new(Number::ZERO);
        run(&mut estimator, 0.0, 60.0, 1.0, 1.0);
        let mut before = estimator.rate(60.0);
        for silence in 2..50 {
            let now = estimator.rate(60.0 + f64::from(silence));
            assert!(now < before || now == 0.0);
            before = now;
        }
        assert_eq!(before, 0.0);
        // The next item makes no jump: it took all that time.
        estimator.sample(Number::Whole(61), 110.0);
        assert!(estimator.rate(110.0) < 0.1);
    }

    #[test]
    fn invalid_samples_are_ignored() {
        let mut estimator = RateEstimator::new(Number::Whole(5));
        for (count, at) in [(Number::Whole(5), 1.0), (Number::Whole(3), 2.0), (Number::Fraction(f64::NAN), 3.0)] {
            estimator.sample(count, at);
            assert_eq!(estimator.rate(at), 0.0);
        }
        estimator.sample(Number::Whole(4), f64::INFINITY);
        estimator.sample(Number::Whole(4), 0.0);
        estimator.sample(Number::Whole(4), 4.0);
        assert_eq!(estimator.rate(4.0), 0.25);
        assert_eq!(estimator.rate(f64::NAN), 0.25);
    }
}
