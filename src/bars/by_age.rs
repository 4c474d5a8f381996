//! The order of bars: by age, with room for bars in between.

use std::collections::VecDeque;
use std::sync::Arc;

use super::bar::Bar;

/// A bar in the roster.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) id: Id,
    pub(crate) bar: Arc<Bar>,
    pub(crate) manager: ManagerId,
}

/// Bars sorted by age. A deque, not a tree: insertions are mostly at the back, removals mostly at
/// the front, and an entry is a few words.
#[derive(Debug, Default)]
pub(super) struct ByAge(pub(super) VecDeque<Entry>);

/// Identifies a bar, and orders bars by age. A bar that replaces another takes over its age, with a
/// new serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id {
    pub(super) age: Age,
    pub(super) serial: u64,
}

/// The place of a bar in the order: its serial number in the upper half, so that there is room for
/// bars in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Age(u128);

/// Identifies the manager that a bar belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ManagerId(pub(crate) u64);

impl Age {
    /// The age above all others.
    pub(super) const FIRST: Age = Age(0);

    /// The age of the bar with this serial number, if it is not placed below another one.
    pub(super) fn of(serial: u64) -> Age {
        Age(u128::from(serial) << 64)
    }

    /// An age between this one and that of a bar below. `None` if there is no room.
    pub(super) fn between(self, below: Age) -> Option<Age> {
        let room = below.0.saturating_sub(self.0);
        (room > 1).then(|| Age(self.0 + room / 2))
    }
}

impl ByAge {
    /// The last bar that is not below `id`, and the first one that is.
    pub(super) fn around(&self, id: Id) -> (Option<Id>, Option<Id>) {
        let at = self.0.partition_point(|entry| entry.id <= id);
        let id_at = |at| self.0.get(at).map(|entry: &Entry| entry.id);
        (at.checked_sub(1).and_then(id_at), id_at(at))
    }

    pub(super) fn insert(&mut self, entry: Entry) {
        let at = self.0.partition_point(|other| other.id < entry.id);
        self.0.insert(at, entry);
    }

    pub(super) fn remove(&mut self, id: Id) -> Option<Entry> {
        let at = self.0.binary_search_by_key(&id, |entry| entry.id).ok()?;
        self.0.remove(at)
    }
}
