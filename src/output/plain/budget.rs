//! How many lines a log can bear.

use crate::sys::Instant;
use std::time::Duration;

/// Lines that may follow each other without a pause.
pub(super) const BURST: u32 = 20;

/// Lines per minute in the long run.
pub(super) const PER_MINUTE: u32 = 10;

/// Lines that are kept for bars that have already said something: bars that only say that they have
/// ended do not use them up.
const RESERVE: u32 = 10;

/// The lines that may be written now. In no minute there are more than [`BURST`] and
/// [`PER_MINUTE`] together.
#[derive(Debug)]
pub(super) struct Budget {
    /// The lines at the time `since`.
    lines: u32,
    since: Option<Instant>,
}

impl Budget {
    pub(super) fn new() -> Budget {
        Budget { lines: BURST, since: None }
    }

    /// Takes a line for a bar that speaks for itself. False if there is none.
    pub(super) fn take(&mut self, now: Instant) -> bool {
        self.take_above(0, now)
    }

    /// Takes a line that others could speak instead of. False if there is none to spare.
    pub(super) fn take_spare(&mut self, now: Instant) -> bool {
        self.take_above(RESERVE, now)
    }

    fn take_above(&mut self, least: u32, now: Instant) -> bool {
        let since = *self.since.get_or_insert(now);
        let gained = now.saturating_duration_since(since).as_millis() / interval().as_millis();
        let gained = u32::try_from(gained).unwrap_or(u32::MAX);
        if self.lines.saturating_add(gained) >= BURST {
            (self.lines, self.since) = (BURST, Some(now));
        } else {
            (self.lines, self.since) = (self.lines + gained, Some(since + interval() * gained));
        }
        if self.lines <= least {
            return false;
        }
        self.lines -= 1;
        true
    }
}

/// Time in which the budget grows by a line.
fn interval() -> Duration {
    Duration::from_secs(60) / PER_MINUTE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_minute_has_more_than_its_lines() {
        let start = Instant::now();
        let mut budget = Budget::new();
        let mut written = Vec::new();
        for tenth in 0..6000 {
            let now = start + Duration::from_millis(100) * tenth;
            // Asked for much more often than it can give, with a pause.
            if !(2000..4000).contains(&tenth) && budget.take(now) {
                written.push(tenth);
            }
        }
        let in_minute = |from: u32| written.iter().filter(|at| (from..from + 600).contains(*at)).count() as u32;
        let most = (0..6000).map(in_minute).max();
        // A line that becomes free at the end of a minute is one of the next.
        assert_eq!(most, Some(BURST + PER_MINUTE - 1));
    }

    #[test]
    fn a_part_is_reserved() {
        let now = Instant::now();
        let mut budget = Budget::new();
        assert_eq!((0..99).filter(|_| budget.take_spare(now)).count() as u32, BURST - RESERVE);
        assert_eq!((0..99).filter(|_| budget.take(now)).count() as u32, RESERVE);
        let later = now + interval() * 3 + Duration::from_millis(1);
        assert_eq!((0..99).filter(|_| budget.take(later)).count(), 3);
    }
}
