//! How fast something is being counted just now.

use super::number::Number;

/// How the rate of a counter, and with it the time left, is estimated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Estimator {
    /// Everything that was counted, by all the time that has passed; Enlighten's way. It needs no frames in between and
    /// comes out the same every time, but what was long ago weighs as much as what is now.
    #[default]
    Mean,
    /// Mostly the last fifteen seconds. A rate that changes shows within as much; while nothing is counted for longer than
    /// at any time of late the rate sinks, and after three quarters of a minute of that the time left is `?`. It is never
    /// shown as zero before everything is counted.
    ///
    /// It watches the count from frame to frame: a bar that was never drawn or formatted has no smoothed rate.
    Smoothed,
}

/// Sums in which the past fades: what was `MEMORY` seconds ago weighs a third of what is now.
///
/// Only changes are sampled. What comes in bursts is not slow between them; only a silence that is longer than any of late
/// counts, and as what it is: time in which nothing was done.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Speed {
    /// The bar's time when the count changed last, and what it was then.
    at: f64,
    count: f64,
    items: f64,
    seconds: f64,
    /// The longest silence of late.
    silence: f64,
}

/// In seconds.
const MEMORY: f64 = 15.0;

/// After so much more silence than usual nobody can tell any more how long it takes.
const STALLED: f64 = 3.0 * MEMORY;

impl Speed {
    pub(crate) fn new(count: Number) -> Speed {
        Speed { count: count.as_f64(), ..Speed::default() }
    }

    /// Takes in what the count is at a time of the bar.
    pub(crate) fn see(&mut self, count: Number, elapsed: f64) {
        let count = count.as_f64();
        let (items, seconds) = (count - self.count, elapsed - self.at);
        if items < 0.0 {
            // Taken back: what comes is counted from there.
            self.count = count;
        } else if items > 0.0 && seconds > 0.0 && items.is_finite() && seconds.is_finite() {
            let fade = (-seconds / MEMORY).exp();
            self.items = self.items * fade + items;
            self.seconds = self.seconds * fade + seconds;
            // That fades four times as slowly: bursts may be far apart.
            self.silence = (self.silence * fade.sqrt().sqrt()).max(seconds);
            (self.at, self.count) = (elapsed, count);
        }
    }

    /// How many in a second, at a time of the bar; 0 where nobody can tell.
    pub(crate) fn rate(&self, elapsed: f64) -> f64 {
        let silence = (elapsed - self.at - self.silence).max(0.0);
        if self.seconds == 0.0 || silence >= STALLED {
            return 0.0;
        }
        let fade = (-silence / MEMORY).exp();
        self.items * fade / (self.seconds * fade + silence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rate after counting `step` every `every` seconds, from `from` to `to`.
    fn run(speed: &mut Speed, from: f64, to: f64, every: f64, step: f64) {
        let mut count = speed.count;
        let mut at = from;
        while at + every <= to + 1e-9 {
            at += every;
            count += step;
            speed.see(Number::Fraction(count), at);
        }
    }

    #[test]
    fn a_steady_rate_is_found_at_once_and_stays() {
        for (every, step) in [(0.04, 10.0), (1.0, 1.0), (20.0, 5.0), (3600.0, 1.0)] {
            let mut speed = Speed::new(Number::ZERO);
            assert_eq!(speed.rate(every), 0.0);
            for n in 1..50 {
                let at = f64::from(n) * every;
                run(&mut speed, at - every, at, every, step);
                // Not even just before the next one comes.
                for at in [at, at + every / 2.0, at + every * 0.99] {
                    assert!((speed.rate(at) / (step / every) - 1.0).abs() < 1e-6, "{every}: {}", speed.rate(at));
                }
            }
        }
    }

    #[test]
    fn what_comes_in_bursts_is_not_slow_between_them() {
        let mut speed = Speed::new(Number::ZERO);
        for burst in 0..10 {
            let begin = f64::from(burst) * 6.0;
            run(&mut speed, begin, begin + 1.0, 0.1, 3.0);
            if burst > 0 {
                let rate = speed.rate(begin + 1.0);
                assert_eq!(speed.rate(begin + 5.9), rate);
                assert!((3.5..10.0).contains(&rate), "{rate} instead of 5");
            }
        }
    }

    #[test]
    fn a_change_shows_without_a_jump() {
        let mut speed = Speed::new(Number::ZERO);
        run(&mut speed, 0.0, 60.0, 0.1, 10.0);
        run(&mut speed, 60.0, 60.5, 0.1, 1.0);
        assert!(speed.rate(60.5) > 90.0);
        run(&mut speed, 60.5, 110.0, 0.1, 1.0);
        assert!((9.0..14.0).contains(&speed.rate(110.0)), "{}", speed.rate(110.0));
    }

    #[test]
    fn while_nothing_happens_it_sinks() {
        let mut speed = Speed::new(Number::ZERO);
        run(&mut speed, 0.0, 60.0, 1.0, 1.0);
        let mut before = speed.rate(60.0);
        for silence in 2..50 {
            let now = speed.rate(60.0 + f64::from(silence));
            assert!(now < before || now == 0.0);
            before = now;
        }
        assert_eq!(before, 0.0);
        // What comes then makes no jump: it took its time.
        speed.see(Number::Whole(61), 110.0);
        assert!(speed.rate(110.0) < 0.1);
    }

    #[test]
    fn nonsense_is_not_taken_in() {
        let mut speed = Speed::new(Number::Whole(5));
        for (count, at) in [(Number::Whole(5), 1.0), (Number::Whole(3), 2.0), (Number::Fraction(f64::NAN), 3.0)] {
            speed.see(count, at);
            assert_eq!(speed.rate(at), 0.0);
        }
        speed.see(Number::Whole(4), f64::INFINITY);
        speed.see(Number::Whole(4), 0.0);
        speed.see(Number::Whole(4), 4.0);
        assert_eq!(speed.rate(4.0), 0.25);
        assert_eq!(speed.rate(f64::NAN), 0.25);
    }
}
