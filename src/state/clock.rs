//! The time of one bar. Now comes in as an argument.

use std::time::{Duration, Instant};

use super::number::Number;

/// When a bar was started, when its count changed last, and whether its time is running.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    started: Instant,
    /// When the count was seen to change last, and what it was then. Nobody takes the time when something is counted, so
    /// this is as exact as the frames are close.
    changed: Instant,
    seen: Number,
    phase: Phase,
}

/// Whether a bar is being worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// It is.
    Open,
    /// Not just now: since then no time has passed.
    Paused(Instant),
    /// It is not any more; its time stands still.
    Closed,
}

impl Clock {
    pub(crate) fn new(count: Number, now: Instant) -> Clock {
        Clock { started: now, changed: now, seen: count, phase: Phase::Open }
    }

    /// How long something has been counted. Stands still once there is nothing more to count: at the time of the last change.
    pub(crate) fn counting(&mut self, count: Number, complete: bool, now: Instant) -> Duration {
        let now = self.running(now);
        if self.phase != Phase::Closed && count != self.seen {
            self.seen = count;
            self.changed = now;
        }
        let until = if complete || self.phase == Phase::Closed { self.changed } else { now };
        until.saturating_duration_since(self.started)
    }

    /// How long something has been there. Stands still once it is closed: at the time of that.
    pub(crate) fn passing(&mut self, now: Instant) -> Duration {
        if self.phase != Phase::Closed {
            self.changed = self.running(now);
        }
        self.changed.saturating_duration_since(self.started)
    }

    /// From now on no time passes.
    pub(crate) fn pause(&mut self, now: Instant) {
        if self.phase == Phase::Open {
            self.phase = Phase::Paused(now);
        }
    }

    /// From now on it does: everything moves by the length of the pause, as if that had not been.
    pub(crate) fn resume(&mut self, now: Instant) {
        if let Phase::Paused(since) = self.phase {
            let pause = now.saturating_duration_since(since);
            self.phase = Phase::Open;
            self.started += pause;
            self.changed += pause;
        }
    }

    /// For so long no time has passed: the process was stopped.
    pub(crate) fn skip(&mut self, time: Duration) {
        if self.phase == Phase::Open {
            self.started += time;
            self.changed += time;
        }
    }

    /// From now on it stands still.
    pub(crate) fn close(&mut self) {
        self.phase = Phase::Closed;
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.phase == Phase::Closed
    }

    pub(crate) fn is_paused(&self) -> bool {
        matches!(self.phase, Phase::Paused(_))
    }

    /// Now, or when it was paused.
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
        let elapsed =
            |clock: &mut Clock, count, seconds| clock.counting(Number::Whole(count), false, at(seconds)).as_secs();
        assert_eq!(elapsed(&mut clock, 1, 4), 4);
        clock.pause(at(5));
        clock.pause(at(6));
        assert_eq!(elapsed(&mut clock, 1, 9), 5);
        assert_eq!(elapsed(&mut clock, 2, 9), 5);
        clock.resume(at(25));
        clock.resume(at(26));
        assert_eq!(elapsed(&mut clock, 2, 27), 7);
        clock.skip(Duration::from_secs(2));
        assert_eq!(elapsed(&mut clock, 2, 32), 10);
        clock.pause(at(32));
        assert_eq!(elapsed(&mut clock, 3, 40), 10);
        clock.close();
        assert!(clock.is_closed() && !clock.is_paused());
        assert_eq!(elapsed(&mut clock, 4, 50), 10);
    }

    #[test]
    fn a_status_has_time_too() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut clock = Clock::new(Number::ZERO, start);
        assert_eq!(clock.passing(at(2)).as_secs(), 2);
        clock.pause(at(3));
        assert_eq!(clock.passing(at(8)).as_secs(), 3);
        clock.resume(at(10));
        assert_eq!(clock.passing(at(11)).as_secs(), 4);
        clock.close();
        assert_eq!(clock.passing(at(20)).as_secs(), 4);
    }
}
