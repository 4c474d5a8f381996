//! All counters as one, for outputs that have room for a single number.

use super::roster::Roster;
use crate::cells::taskbar_state::TaskbarState;
use crate::state::snapshot::Subject;

/// All counters that are shown, summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Aggregate {
    /// What is done of all totals, and the totals.
    done: f64,
    total: f64,
    /// Counters at work, and how many of them are paused.
    open: usize,
    paused: usize,
    outcome: Outcome,
}

/// Whether everything goes well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Outcome {
    #[default]
    Good,
    /// A segment that is named as a failure has counted something.
    Failed,
}

impl Aggregate {
    /// Sums up the counters of `roster`. Takes time for each of them.
    pub(crate) fn of(roster: &Roster) -> Aggregate {
        let mut all = Aggregate::default();
        for entry in roster.shown() {
            let counts = &entry.bar.counts;
            {
                let appearance = entry.bar.appearance();
                if matches!(appearance.snapshot.subject, Subject::Status(_)) {
                    continue;
                }
                all.open += usize::from(!appearance.clock.is_closed());
                all.paused += usize::from(appearance.clock.is_paused());
            }
            if let Some(total) = counts.total().map(|total| total.as_f64().max(0.0)) {
                all.total += total;
                all.done += counts.count().as_f64().clamp(0.0, total);
            }
            if counts.have_failed() {
                all.outcome = Outcome::Failed;
            }
        }
        all
    }

    /// What the taskbar shows of it: nothing if no counter is at work.
    pub(crate) fn taskbar_state(self) -> TaskbarState {
        let share = if self.total > 0.0 { self.done / self.total } else { 1.0 };
        // Rounded down: all is done only at 100 %. A cast saturates, and makes 0 of NaN.
        let percent = (share * 100.0) as u8;
        match self {
            Aggregate { open: 0, .. } => TaskbarState::Removed,
            Aggregate { outcome: Outcome::Failed, .. } => TaskbarState::Error(percent),
            Aggregate { open, paused, .. } if open == paused => TaskbarState::Paused(percent),
            Aggregate { total: 0.0, .. } => TaskbarState::Indeterminate,
            _ => TaskbarState::Normal(percent),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::sys::Instant;
    use std::sync::Arc;

    use super::super::appearance::Appearance;
    use super::super::bar::Bar;
    use super::super::id::{Id, ManagerId};
    use super::super::on_close::OnClose;
    use super::super::place::Place;
    use super::*;
    use crate::cells::color::Color;
    use crate::state::counts::Counts;
    use crate::state::number::Number;
    use crate::state::segment_state::SegmentState;
    use crate::state::snapshot::Snapshot;

    fn add(roster: &mut Roster, snapshot: Snapshot, total: Option<u64>) -> (Arc<Bar>, Id) {
        let appearance = Appearance::new(snapshot, Number::ZERO, Instant::now());
        let bar = Arc::new(Bar::new(Counts::new(Number::ZERO, total.map(Number::from)), appearance, OnClose::Keep));
        let id = roster.add(bar.clone(), ManagerId(0), Place::Free);
        (bar, id)
    }

    #[test]
    fn what_the_taskbar_shows() {
        let now = Instant::now();
        let mut roster = Roster::default();
        let state = |roster: &Roster| Aggregate::of(roster).taskbar_state();
        assert_eq!(state(&roster), TaskbarState::Removed);
        add(&mut roster, Snapshot::status(), None);
        assert_eq!(state(&roster), TaskbarState::Removed);
        let (spinner, spinner_id) = add(&mut roster, Snapshot::counter(), None);
        assert_eq!(state(&roster), TaskbarState::Indeterminate);
        let (small, _) = add(&mut roster, Snapshot::counter(), Some(100));
        let (large, large_id) = add(&mut roster, Snapshot::counter(), Some(300));
        assert_eq!(state(&roster), TaskbarState::Normal(0));
        small.counts.increments.stripes().add(100);
        assert_eq!(state(&roster), TaskbarState::Normal(25));
        // Beyond the total: not more than all.
        small.counts.increments.stripes().add(100);
        large.counts.increments.stripes().add(298);
        assert_eq!(state(&roster), TaskbarState::Normal(99));
        [&spinner, &small].into_iter().for_each(|bar| bar.pause(now));
        assert_eq!(state(&roster), TaskbarState::Normal(99));
        large.pause(now);
        assert_eq!(state(&roster), TaskbarState::Paused(99));
        let failed = Arc::new(SegmentState::new("Failed".into(), Color::DEFAULT, Number::ZERO, true));
        assert!(spinner.counts.add_segment(&failed));
        assert_eq!(state(&roster), TaskbarState::Paused(99));
        failed.increments.stripes().add(1);
        assert_eq!(state(&roster), TaskbarState::Error(99));
        for (bar, id) in [(&spinner, spinner_id), (&large, large_id)] {
            bar.close(now);
            roster.close(id, OnClose::Keep);
        }
        assert_eq!(state(&roster), TaskbarState::Error(99));
        small.close(now);
        assert_eq!(state(&roster), TaskbarState::Removed);
    }
}
