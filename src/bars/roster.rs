//! All bars in their order.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::ages::Ages;
use super::bar::Bar;
use super::by_age::Entry;
use super::finished::FinishedBars;
use super::id::{Id, ManagerId, Scope};
use super::lists::Lists;
use super::managers::Managers;
use super::newcomers::Newcomers;
use super::on_close::OnClose;
use super::on_stop::OnStop;
use super::place::{Place, Spot};
use super::rows::{Height, Row};
use crate::sys::Instant;

/// All bars of all managers, in one order: oldest first, and children below their parents.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    pub(super) lists: Lists,
    pub(super) ages: Ages,
    pub(super) managers: Managers,
    /// The rows that bars may take before the closed ones make room; unlimited if nobody has asked.
    pub(super) room: Option<usize>,
    newcomers: Newcomers<Entry>,
}

impl Roster {
    /// A roster that also notes which bars were added or opened again: for outputs that tell when a
    /// bar begins.
    pub(crate) fn with_newcomers() -> Roster {
        Roster { newcomers: Newcomers::noted(), ..Roster::default() }
    }

    /// Returns the bars that were added or opened again since the last call, oldest first.
    pub(crate) fn take_newcomers(&mut self) -> VecDeque<Entry> {
        self.newcomers.take()
    }

    /// Notes no newcomers any more.
    pub(crate) fn ignore_newcomers(&mut self) {
        self.newcomers = Newcomers::default();
    }

    /// Adds a manager, with what becomes of its bars.
    pub(crate) fn add_manager(&mut self, id: ManagerId, on_stop: OnStop, finished: FinishedBars) {
        self.managers.add(id, on_stop, finished);
    }

    /// Adds a bar without a parent below all others, or pinned to its row. If that row is taken, the
    /// bar is not pinned.
    #[cfg(test)]
    pub(crate) fn add(&mut self, bar: Arc<Bar>, manager: ManagerId, place: Place) -> Id {
        self.add_at(Spot::Last { parent: None }, bar, manager, place)
    }

    /// Adds a bar at this spot, or pinned to its row. If that row is taken, the bar is not pinned.
    pub(crate) fn add_at(&mut self, spot: Spot, bar: Arc<Bar>, manager: ManagerId, place: Place) -> Id {
        let spot = self.ages.known(spot, bar.parent());
        let id = self.ages.place(spot, bar.depth(), &mut self.lists);
        let entry = Entry { id, bar, manager, place };
        self.newcomers.note(&entry);
        self.lists.insert(entry);
        id
    }

    /// Replaces the bar `old` by another one.
    pub(crate) fn replace(&mut self, old: Id, bar: Arc<Bar>, manager: ManagerId) -> Id {
        let old = self.ages.current(old);
        let id = self.ages.successor(old);
        let entry = Entry { id, bar, manager, place: Place::Free };
        self.newcomers.note(&entry);
        self.lists.replace(old, entry);
        self.ages.forget(old);
        id
    }

    /// Moves a bar and its children to another spot. A bar that is pinned stays in its row.
    pub(crate) fn move_to(&mut self, id: Id, spot: Spot, depth: u32) {
        self.ages.move_to(id, spot, depth, &mut self.lists);
    }

    /// Takes in that the priority of a bar has changed.
    pub(crate) fn update_priority(&mut self, id: Id) {
        self.lists.update_priority(self.ages.current(id));
    }

    /// Removes a bar from the screen until it is shown again.
    pub(crate) fn hide(&mut self, id: Id, bar: &Bar) {
        bar.set_hidden(true);
        self.lists.hide(self.ages.current(id));
    }

    /// Shows a hidden bar again.
    pub(crate) fn show(&mut self, id: Id, bar: &Bar) {
        bar.set_hidden(false);
        self.lists.show(self.ages.current(id));
    }

    /// Whether a bar is pinned to `row`.
    pub(crate) fn is_taken(&self, row: usize) -> bool {
        self.lists.is_taken(row)
    }

    /// Lets the bars appear whose time has come. Returns when the next one will appear.
    pub(crate) fn admit(&mut self, now: Instant) -> Option<Instant> {
        self.lists.admit(now)
    }

    /// Moves a bar to the closed ones, or removes it. A pinned bar that is kept stays in its row. A
    /// hidden bar is closed when it is shown.
    pub(crate) fn close(&mut self, id: Id, on_close: OnClose) {
        let id = self.ages.current(id);
        match on_close {
            OnClose::Keep => self.lists.close(id),
            OnClose::Log => self.lists.close_free(id),
            OnClose::Clear => {
                self.lists.remove(id);
                self.ages.forget(id);
            }
        }
    }

    /// Moves a closed bar back to the open ones, or adds it again if it was removed.
    pub(crate) fn reopen(&mut self, id: Id, bar: &Arc<Bar>, manager: ManagerId) {
        let entry = Entry { id, bar: bar.clone(), manager, place: Place::Free };
        // As it was noted before.
        self.newcomers.note(&entry);
        if !self.lists.reopen(self.ages.current(id)) {
            let id = self.ages.returning(id, bar.parent(), bar.depth(), &mut self.lists);
            self.lists.insert(Entry { id, ..entry });
        }
    }

    /// Excludes `time` from the elapsed time of all open bars: the process was stopped.
    pub(crate) fn discount(&self, time: Duration) {
        self.lists.in_use().for_each(|entry| entry.bar.discount(time));
    }

    /// The bars that have a row, or would have one if there were enough.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Entry> {
        self.lists.shown()
    }

    /// The bars in `scope` with computed fields.
    pub(crate) fn with_computed(&self, scope: Scope) -> Vec<Arc<Bar>> {
        let entries = self.lists.iter().filter(|entry| scope.has(entry.manager));
        let computed = entries.filter(|entry| entry.bar.field_requests().is_some());
        computed.map(|entry| entry.bar.clone()).collect()
    }

    /// Fills `selected` with the contents of `rows` rows, top to bottom (see [`Lists::select_rows`]).
    pub(crate) fn select_rows(&self, rows: usize, height: Height, selected: &mut Vec<Row>) {
        self.lists.select_rows(self.managers.tally(), rows, height, selected);
    }
}
