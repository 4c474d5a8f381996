//! The clock of one bar. The current time is passed in as an argument.

use std::time::Duration;

use super::number::Number;
use crate::sys::Instant;

/// When a bar was started, when its count last changed, and whether its time is running.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    started: Instant,
    /// When the count was last seen to change. Counting does not read the time, so this is as exact
    /// as the interval between two frames.
    changed: Instant,
    /// The count at that time.
    seen: Number,
    phase: Phase,
}

/// Whether time passes for a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Time passes.
    Open,
    /// Paused at this time; no time has passed since then.
    Paused(Instant),
    /// The bar is closed; no more time passes.
    Closed,
}

impl Clock {
    pub(crate) fn new(count: Number, now: Instant) -> Clock {
        Clock { started: now, changed: now, seen: count, phase: Phase::Open }
    }

    /// Returns the elapsed time of a counter. Once the count is complete or the clock is closed, it
    /// is the time of the last change of the count.
    pub(crate) fn elapsed_counting(&mut self, count: Number, complete: bool, now: Instant) -> Duration {
        let now = self.running(now);
        if self.phase != Phase::Closed && count != self.seen {
            self.seen = count;
            self.changed = now;
        }
        let until = if complete || self.phase == Phase::Closed { self.changed } else { now };
        until.saturating_duration_since(self.started)
    }

    /// Returns the elapsed time of a status bar. Once the clock is closed, it is the time of the
    /// last call before.
    pub(crate) fn elapsed(&mut self, now: Instant) -> Duration {
        if self.phase != Phase::Closed {
            self.changed = self.running(now);
        }
        self.changed.saturating_duration_since(self.started)
    }

    /// Pauses the clock, unless it is paused or closed.
    pub(crate) fn pause(&mut self, now: Instant) {
        if self.phase == Phase::Open {
            self.phase = Phase::Paused(now);
        }
    }

    /// Resumes a paused clock. All times move by the length of the pause, as if there had been
    /// none.
    pub(crate) fn resume(&mut self, now: Instant) {
        if let Phase::Paused(since) = self.phase {
            let pause = now.saturating_duration_since(since);
            self.phase = Phase::Open;
            self.started += pause;
            self.changed += pause;
        }
    }

    /// Discounts a time in which the process was stopped. A paused or closed clock does not count
    /// it anyway.
    pub(crate) fn discount(&mut self, time: Duration) {
        if self.phase == Phase::Open {
            self.started += time;
            self.changed += time;
        }
    }

    /// Stops the clock for good. If nothing was ever counted, and there was something to count, the
    /// time of closing takes the place of the last change: a spinner shows how long it has turned.
    pub(crate) fn close(&mut self, complete: bool, now: Instant) {
        if self.changed == self.started && !complete && !self.is_closed() {
            self.changed = self.running(now);
        }
        self.phase = Phase::Closed;
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.phase == Phase::Closed
    }

    pub(crate) fn is_paused(&self) -> bool {
        matches!(self.phase, Phase::Paused(_))
    }

    /// The current time, or the time at which the clock was paused.
    fn running(&self, now: Instant) -> Instant {
        match self.phase {
            Phase::Paused(since) => since,
            Phase::Open | Phase::Closed => now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_does_not_count() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut clock = Clock::new(Number::ZERO, start);
        let elapsed = |clock: &mut Clock, count, seconds| {
            clock.elapsed_counting(Number::Whole(count), false, at(seconds)).as_secs()
        };
        assert_eq!(elapsed(&mut clock, 1, 4), 4);
        clock.pause(at(5));
        clock.pause(at(6));
        assert_eq!(elapsed(&mut clock, 1, 9), 5);
        assert_eq!(elapsed(&mut clock, 2, 9), 5);
        clock.resume(at(25));
        clock.resume(at(26));
        assert_eq!(elapsed(&mut clock, 2, 27), 7);
        clock.discount(Duration::from_secs(2));
        assert_eq!(elapsed(&mut clock, 2, 32), 10);
        clock.pause(at(32));
        assert_eq!(elapsed(&mut clock, 3, 40), 10);
        clock.close(false, at(45));
        assert!(clock.is_closed() && !clock.is_paused());
        assert_eq!(elapsed(&mut clock, 4, 50), 10);
    }

    #[test]
    fn a_clock_without_a_count_stops_when_it_is_closed() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        for (complete, shown) in [(false, 3), (true, 0)] {
            let mut clock = Clock::new(Number::ZERO, start);
            clock.close(complete, at(3));
            assert_eq!(clock.elapsed_counting(Number::ZERO, complete, at(9)).as_secs(), shown);
        }
    }

    #[test]
    fn the_clock_of_a_status_bar_stops_when_it_is_closed() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut clock = Clock::new(Number::ZERO, start);
        assert_eq!(clock.elapsed(at(2)).as_secs(), 2);
        clock.pause(at(3));
        assert_eq!(clock.elapsed(at(8)).as_secs(), 3);
        clock.resume(at(10));
        assert_eq!(clock.elapsed(at(11)).as_secs(), 4);
        clock.close(false, at(12));
        assert_eq!(clock.elapsed(at(20)).as_secs(), 4);
    }
}
