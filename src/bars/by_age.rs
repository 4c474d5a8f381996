//! The order of bars: by age, with room for bars in between.

use std::collections::VecDeque;
use std::sync::Arc;

use super::bar::Bar;
use super::place::Place;
use super::rank::Rank;

/// A bar in the roster.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) id: Id,
    pub(crate) bar: Arc<Bar>,
    pub(crate) manager: ManagerId,
    /// The place that it was added with.
    pub(super) place: Place,
    /// Its claim on a row.
    pub(super) rank: Rank,
}

impl Entry {
    pub(super) fn new(id: Id, bar: Arc<Bar>, manager: ManagerId, place: Place) -> Entry {
        let rank = Rank::of(&bar);
        Entry { id, bar, manager, place, rank }
    }
}

/// Bars sorted by age. A deque, not a tree: insertions are mostly at the back, removals mostly at
/// the front, and an entry is a few words.
#[derive(Debug, Default)]
pub(super) struct ByAge(pub(super) VecDeque<Entry>);

/// Identifies a bar, and orders bars by age. A bar that replaces another takes over its age, with a
/// new serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id {
    pub(super) age: Age,
    pub(super) serial: u64,
}

/// The place of a bar in the order: its serial number in the upper half, so that there is room for
/// bars in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Age(u128);

/// Identifies the manager that a bar belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ManagerId(pub(crate) u64);

impl Age {
    /// The age above all others.
    pub(super) const FIRST: Age = Age(0);

    /// The age below all others.
    pub(super) const LAST: Age = Age(u128::MAX);

    /// The age of the bar with this serial number, if it is not placed below another one.
    pub(super) fn of(serial: u64) -> Age {
        Age(u128::from(serial) << 64)
    }

    /// An age between this one and that of a bar below: as far from this one as is usual for bars of
    /// this depth, so that there is room for more bars on both sides. `None` if there is none.
    pub(super) fn between(self, below: Age, depth: u32) -> Option<Age> {
        let room = below.0.saturating_sub(self.0);
        let step = match depth {
            0 => room / 2,
            // 16 million children, each with room for 256 of their own, and so on.
            depth => (room / 2).min(1 << (48 - 8 * depth.min(5))),
        };
        (room > 1).then(|| Age(self.0 + step.max(1)))
    }

    /// Ages for `count` bars between this one and that of a bar below, with equal distances. `None` if
    /// there is no room.
    pub(super) fn spread(self, below: Age, count: usize) -> Option<impl Iterator<Item = Age>> {
        let count = count as u128;
        let step = below.0.saturating_sub(self.0) / (count + 1);
        (step > 0).then(|| (1..=count).map(move |n| Age(self.0 + n * step)))
    }
}

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
