//! Bars in the order of their ages.

use std::collections::VecDeque;
use std::sync::Arc;

use super::bar::Bar;
use super::id::{Id, ManagerId};
use super::place::Place;

/// A bar in the roster.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) id: Id,
    pub(crate) bar: Arc<Bar>,
    pub(crate) manager: ManagerId,
    /// The place that it was added with.
    pub(super) place: Place,
}

/// Bars sorted by age. A deque, not a tree: insertions are mostly at the back, removals mostly at
/// the front, and an entry is a few words.
#[derive(Debug, Default)]
pub(super) struct ByAge(pub(super) VecDeque<Entry>);

impl ByAge {
    /// The last bar above `id`.
    pub(super) fn last_before(&self, id: Id) -> Option<&Entry> {
        self.0.get(self.0.partition_point(|entry| entry.id < id).checked_sub(1)?)
    }

    /// The bars below `id`, or all, top to bottom.
    pub(super) fn after(&self, id: Option<Id>) -> impl Iterator<Item = &Entry> {
        self.0.range(id.map_or(0, |id| self.0.partition_point(|entry| entry.id <= id))..)
    }

    pub(super) fn insert(&mut self, entry: Entry) {
        // Mostly at the end.
        if self.0.back().is_none_or(|last| last.id < entry.id) {
            return self.0.push_back(entry);
        }
        let at = self.0.partition_point(|other| other.id < entry.id);
        self.0.insert(at, entry);
    }

    pub(super) fn get_mut(&mut self, id: Id) -> Option<&mut Entry> {
        let at = self.0.binary_search_by_key(&id, |entry| entry.id).ok()?;
        self.0.get_mut(at)
    }

    /// Removes the bars from `first` up to, and without, `end`; or all below.
    pub(super) fn take_range(&mut self, first: Id, end: Option<Id>) -> impl Iterator<Item = Entry> {
        let start = self.0.partition_point(|entry| entry.id < first);
        let end = end.map_or(self.0.len(), |end| self.0.partition_point(|entry| entry.id < end));
        self.0.drain(start..end.max(start))
    }

    pub(super) fn remove(&mut self, id: Id) -> Option<Entry> {
        let at = self.0.binary_search_by_key(&id, |entry| entry.id).ok()?;
        self.0.remove(at)
    }
}
