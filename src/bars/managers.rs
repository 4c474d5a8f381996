//! What the roster knows of managers.

use super::by_age::Entry;
use super::finished::{Fate, Finished, FinishedBars, Tally};
use super::id::{ManagerId, Scope};
use super::on_stop::OnStop;

/// All managers of a roster.
#[derive(Debug, Default)]
pub(super) struct Managers(Vec<ManagerBars>);

/// What becomes of the bars of a manager.
#[derive(Debug)]
struct ManagerBars {
    id: ManagerId,
    on_stop: OnStop,
    finished: Finished,
}

impl Managers {
    pub(super) fn add(&mut self, id: ManagerId, on_stop: OnStop, finished: FinishedBars) {
        self.0.push(ManagerBars { id, on_stop, finished: Finished::new(finished) });
    }

    pub(super) fn remove(&mut self, scope: Scope) {
        self.0.retain(|manager| !scope.has(manager.id));
    }

    /// Decides about a closed bar for which there is no row. A manager that was never added has the
    /// defaults.
    pub(super) fn decide(&mut self, entry: &Entry) -> Fate {
        let at = self.0.iter().position(|manager| manager.id == entry.manager).unwrap_or_else(|| {
            self.add(entry.manager, OnStop::KeepBars, FinishedBars::default());
            self.0.len() - 1
        });
        self.0[at].finished.decide(&entry.bar)
    }

    /// The closed bars of all managers that are summed up.
    pub(super) fn tally(&self) -> Tally {
        self.0.iter().fold(Tally::default(), |all, manager| all.plus(manager.finished.tally))
    }

    /// Whether the bars of a manager disappear when it stops.
    pub(super) fn clears(&self, id: ManagerId) -> bool {
        self.0.iter().any(|manager| manager.id == id && manager.on_stop == OnStop::ClearBars)
    }

    /// The closed bars of each manager of which bars stay when it stops.
    pub(super) fn that_keep_bars(&self, scope: Scope) -> impl Iterator<Item = (ManagerId, Finished)> {
        let keep = self.0.iter().filter(move |manager| scope.has(manager.id) && manager.on_stop != OnStop::ClearBars);
        keep.map(|manager| (manager.id, manager.finished))
    }
}
