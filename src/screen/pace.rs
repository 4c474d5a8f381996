//! When the thread has something to do next. Time comes in as an argument.

use std::time::{Duration, Instant};

/// After this long without a change, bars are looked at less often.
const QUIET_AFTER: Duration = Duration::from_secs(1);
/// How often they are looked at then.
const QUIET: Duration = Duration::from_millis(125);
/// So long after its last step, a resize is over.
const SETTLED: Duration = Duration::from_millis(500);
/// So long the other half of a sequence or a character is waited for.
const PATIENCE: Duration = Duration::from_millis(100);
/// Keys that nobody has taken for so long are not wanted where they are.
pub(super) const UNWANTED: Duration = Duration::from_millis(40);
/// Between two frames with text there is at least this.
const BREATH: Duration = Duration::from_millis(2);
/// So many frames with text may come faster than the others, after a while without.
const BURST: u32 = 4;
/// After this long, what was passed on has certainly been shown.
const TRANSIT: Duration = Duration::from_millis(100);
/// So often, with the next change, everything is painted anew, whatever has happened to the screen.
const HEALING: Duration = Duration::from_secs(10);

/// The clockwork of the terminal thread.
#[derive(Debug)]
pub(crate) struct Pace {
    interval: Duration,
    /// When the bars were looked at last.
    looked: Instant,
    /// When something was printed or counted last.
    changed: Instant,
    /// When a frame was written last.
    painted: Option<Instant>,
    /// When a frame with text was written last, and when it would have been had they come at the usual rate.
    passed: Option<(Instant, Instant)>,
    /// When the window changed its size last.
    resized: Option<Instant>,
    /// Since when something waits for its other half.
    cut: Option<Instant>,
    healed: Instant,
}

impl Pace {
    pub(crate) fn new(interval: Duration, now: Instant) -> Pace {
        Pace { interval, looked: now, changed: now, painted: None, passed: None, resized: None, cut: None, healed: now }
    }

    /// When the next frame may be written: at once after a quiet while, else at the next tick.
    pub(crate) fn next_frame(&self, now: Instant) -> Instant {
        self.painted.map_or(now, |painted| painted + self.interval)
    }

    /// When text may be passed on: what comes now and then at once, so that little is lost with a program that is killed; a
    /// stream of it at the usual rate.
    pub(crate) fn next_text(&self, now: Instant) -> Instant {
        self.passed.map_or(now, |(passed, planned)| {
            let early = planned.checked_sub(self.interval * (BURST - 1)).unwrap_or(now);
            early.max(passed + BREATH)
        })
    }

    /// Whether text may still be on its way to the screen.
    pub(crate) fn in_transit(&self, now: Instant) -> bool {
        self.passed.is_some_and(|(passed, _)| now.saturating_duration_since(passed) < TRANSIT)
    }

    /// When to look at the bars next.
    pub(crate) fn next_look(&self) -> Instant {
        let quiet = self.looked.saturating_duration_since(self.changed) > QUIET_AFTER;
        self.looked + if quiet { self.interval.max(QUIET) } else { self.interval }
    }

    /// When to paint everything because the window has come to rest.
    pub(crate) fn settles(&self) -> Option<Instant> {
        self.resized.map(|resized| resized + SETTLED)
    }

    /// When to stop waiting for the other half of something.
    pub(crate) fn gives_up(&self) -> Option<Instant> {
        self.cut.map(|cut| cut + PATIENCE)
    }

    /// Whether it is time to heal whatever has happened to the screen.
    pub(crate) fn heals(&mut self, now: Instant) -> bool {
        let due = now.saturating_duration_since(self.healed) >= HEALING;
        if due {
            self.healed = now;
        }
        due
    }

    pub(crate) fn looked(&mut self, now: Instant) {
        self.looked = now;
    }

    pub(crate) fn painted(&mut self, now: Instant) {
        self.painted = Some(now);
    }

    /// Text was passed on.
    pub(crate) fn passed(&mut self, now: Instant) {
        let planned = self.passed.map_or(now, |(_, planned)| planned.max(now));
        self.passed = Some((now, planned + self.interval));
    }

    /// Something was printed or counted: more may follow soon.
    pub(crate) fn stirred(&mut self, now: Instant) {
        self.changed = now;
    }

    pub(crate) fn resized(&mut self, now: Instant) {
        self.resized = Some(now);
    }

    pub(crate) fn settled(&mut self) {
        self.resized = None;
    }

    /// Something waits for its other half, or nothing does.
    pub(crate) fn cut(&mut self, cut: bool, now: Instant) {
        match (cut, self.cut) {
            (true, None) => self.cut = Some(now),
            (true, Some(_)) => {}
            (false, _) => self.cut = None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace() -> (Pace, Instant) {
        let start = Instant::now();
        (Pace::new(Duration::from_millis(40), start), start)
    }

    #[test]
    fn the_first_frame_is_written_at_once_and_the_next_at_the_tick() {
        let (mut pace, start) = pace();
        assert_eq!(pace.next_frame(start), start);
        pace.painted(start);
        assert_eq!(pace.next_frame(start), start + Duration::from_millis(40));
    }

    #[test]
    fn text_that_comes_now_and_then_does_not_wait() {
        let (mut pace, start) = pace();
        pace.painted(start);
        let mut at = start;
        let mut waits = Vec::new();
        for _ in 0..6 {
            let next = pace.next_text(at);
            waits.push(next.saturating_duration_since(at).as_millis());
            at = next;
            pace.passed(at);
        }
        assert_eq!(waits, [0, 2, 2, 2, 34, 40]);
        let later = at + Duration::from_secs(1);
        assert!(pace.next_text(later) <= later);
    }

    #[test]
    fn a_quiet_screen_is_looked_at_less_often() {
        let (mut pace, start) = pace();
        assert_eq!(pace.next_look(), start + Duration::from_millis(40));
        let later = start + Duration::from_secs(2);
        pace.looked(later);
        assert_eq!(pace.next_look(), later + QUIET);
        pace.stirred(later);
        assert_eq!(pace.next_look(), later + Duration::from_millis(40));
    }

    #[test]
    fn patience_is_counted_from_the_first_half() {
        let (mut pace, start) = pace();
        pace.cut(true, start);
        pace.cut(true, start + PATIENCE / 2);
        assert_eq!(pace.gives_up(), Some(start + PATIENCE));
        pace.cut(false, start);
        assert_eq!(pace.gives_up(), None);
    }
}
