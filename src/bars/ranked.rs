//! Bars by their claim on a row, and by age.

use std::collections::BTreeMap;

use super::by_age::{ByAge, Entry};
use super::id::Id;
use super::rank::Rank;

/// Bars by the rank that they had when they were inserted, and by age in each rank. Few ranks are in
/// use, mostly one.
#[derive(Debug, Default)]
pub(super) struct Ranked {
    ranks: BTreeMap<Rank, ByAge>,
    count: usize,
}

impl Ranked {
    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn insert(&mut self, entry: Entry) {
        self.ranks.entry(Rank::of(&entry.bar)).or_default().insert(entry);
        self.count += 1;
    }

    pub(super) fn remove(&mut self, id: Id) -> Option<Entry> {
        let entry = self.ranks.values_mut().find_map(|bars| bars.remove(id))?;
        self.count -= 1;
        Some(entry)
    }

    pub(super) fn get_mut(&mut self, id: Id) -> Option<&mut Entry> {
        self.ranks.values_mut().find_map(|bars| bars.get_mut(id))
    }

    /// Removes the bars from `first` up to, and without, `end`; or all below.
    pub(super) fn take_range(&mut self, first: Id, end: Option<Id>) -> Vec<Entry> {
        let taken: Vec<Entry> = self.ranks.values_mut().flat_map(|bars| bars.take_range(first, end)).collect();
        self.count -= taken.len();
        taken
    }

    /// All bars, by rank.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.ranks.values().flat_map(|bars| &bars.0)
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.ranks.values_mut().flat_map(|bars| &mut bars.0)
    }

    /// Keeps the bars that are `wanted`. Asks for those with the least claim first, oldest first.
    pub(super) fn retain(&mut self, mut wanted: impl FnMut(&Entry) -> bool) {
        for bars in self.ranks.values_mut().rev() {
            let before = bars.0.len();
            bars.0.retain(&mut wanted);
            self.count -= before - bars.0.len();
        }
        if self.count == 0 {
            // Room for bars that were many at a time, and are not any more.
            self.ranks.clear();
        }
    }

    /// The last bar above `id`.
    pub(super) fn last_before(&self, id: Id) -> Option<Id> {
        self.ranks.values().filter_map(|bars| bars.last_before(id)).map(|entry| entry.id).max()
    }

    /// The first bar below `id`, or of all, that is no deeper than `depth`.
    pub(super) fn next_after(&self, id: Option<Id>, depth: u32) -> Option<Id> {
        let ranks = self.ranks.iter().filter(|(rank, _)| rank.depth() <= depth);
        let first = ranks.filter_map(|(rank, bars)| {
            let mut below = bars.after(id);
            match rank.is_mixed() {
                true => below.find(|entry| entry.bar.depth() <= depth),
                false => below.next(),
            }
        });
        first.map(|entry| entry.id).min()
    }

    /// The highest priority in use, or the next lower one.
    pub(super) fn next_priority(&self, after: Option<i16>) -> Option<i16> {
        let mut ranks = self.ranks.iter().filter(|(_, bars)| !bars.0.is_empty());
        let next = ranks.find(|(rank, _)| after.is_none_or(|after| rank.priority() < after));
        next.map(|(rank, _)| rank.priority())
    }

    /// The bars of one priority, by depth.
    pub(super) fn of_priority(&self, priority: i16) -> impl Iterator<Item = &ByAge> {
        self.ranks.range(Rank::of_priority(priority)).map(|(_, bars)| bars)
    }
}
