//! Who gets which age, so that bars stand where they are wanted.

use std::collections::HashMap;

use super::id::{Age, Id};
use super::lists::Lists;
use super::place::Spot;

/// The ages of all bars.
#[derive(Debug, Default)]
pub(super) struct Ages {
    next_serial: u64,
    /// The ages of bars, by serial number, that are not those that their handles know.
    moved: HashMap<u64, Age>,
    /// The bars with serial numbers below this have got new ages. Those that were gone by then have none.
    renumbered: u64,
}

impl Ages {
    /// The id of a new bar at this spot. If there is no room, all bars get new ages.
    pub(super) fn place(&mut self, spot: Spot, depth: u32, lists: &mut Lists) -> Id {
        let age = self.age_at(spot, depth, lists);
        Id { age, serial: self.take_serial() }
    }

    /// The id of a new bar in the place of another one.
    pub(super) fn successor(&mut self, old: Id) -> Id {
        Id { age: old.age, serial: self.take_serial() }
    }

    /// The id of a bar that was gone and comes back: in its old place, if that is known, or else below the
    /// others with the same parent.
    pub(super) fn returning(&mut self, id: Id, parent: Option<Id>, depth: u32, lists: &mut Lists) -> Id {
        let old = self.current(id);
        if self.is_known(id) && self.is_inside(old, parent, depth, lists) {
            return old;
        }
        let age = self.age_at(self.known(Spot::Last { parent }, parent), depth, lists);
        // New bars stand below it.
        self.take_serial();
        self.moved.insert(id.serial, age);
        Id { age, ..id }
    }

    /// The same spot, if the place of the bar that it depends on is known.
    pub(super) fn known(&self, spot: Spot, parent: Option<Id>) -> Spot {
        let parent = parent.filter(|parent| self.is_known(*parent));
        match spot {
            Spot::First { .. } => Spot::First { parent },
            Spot::Above(other) | Spot::Below(other) if self.is_known(other) => spot,
            Spot::Last { .. } | Spot::Above(_) | Spot::Below(_) => Spot::Last { parent },
        }
    }

    /// Whether a bar, or the place where it was, has an age.
    fn is_known(&self, id: Id) -> bool {
        id.serial >= self.renumbered || self.moved.contains_key(&id.serial)
    }

    /// Whether a place is among the children of `parent`.
    fn is_inside(&self, id: Id, parent: Option<Id>, depth: u32, lists: &Lists) -> bool {
        let Some(parent) = parent.filter(|parent| self.is_known(*parent)) else { return true };
        let parent = self.current(parent);
        parent < id && next_after(lists, Some(parent), depth.saturating_sub(1)).is_none_or(|next| id < next)
    }

    /// The id of a bar that a handle knows as `id`.
    pub(super) fn current(&self, id: Id) -> Id {
        self.moved.get(&id.serial).map_or(id, |age| Id { age: *age, ..id })
    }

    /// Takes in that a bar is gone.
    pub(super) fn forget(&mut self, id: Id) {
        self.moved.remove(&id.serial);
    }

    /// Takes in that all bars are gone.
    pub(super) fn forget_all(&mut self) {
        self.moved.clear();
    }

    /// Whether all bars have the ages that their handles know.
    #[cfg(test)]
    pub(super) fn are_original(&self) -> bool {
        self.moved.is_empty()
    }

    /// Moves a bar and its children to another spot. A bar that is pinned stays in its row.
    pub(super) fn move_to(&mut self, id: Id, spot: Spot, depth: u32, lists: &mut Lists) {
        let id = self.current(id);
        if matches!(spot, Spot::Above(other) | Spot::Below(other) if self.current(other) == id || !self.is_known(other))
        {
            return;
        }
        let end = next_after(lists, Some(id), depth);
        let mut moving = Vec::new();
        for (list, bars) in lists.free_mut().into_iter().enumerate() {
            moving.extend(bars.take_range(id, end).into_iter().map(|entry| (list, entry)));
        }
        moving.sort_unstable_by_key(|(_, entry)| entry.id);
        let find = |ages: &Ages, lists: &Lists| {
            let (above, below) = ages.bounds(spot, depth, lists);
            above.spread(below, moving.len()).map(Iterator::collect)
        };
        let ages: Vec<Age> = find(self, lists)
            .or_else(|| {
                self.renumber(lists);
                find(self, lists)
            })
            // There is room now.
            .unwrap_or_else(|| vec![Age::of(self.next_serial); moving.len()]);
        for ((list, mut entry), age) in moving.into_iter().zip(ages) {
            entry.id.age = age;
            self.moved.insert(entry.id.serial, age);
            lists.free_mut()[list].insert(entry);
        }
    }

    fn take_serial(&mut self) -> u64 {
        self.next_serial += 1;
        self.next_serial - 1
    }

    fn age_at(&mut self, spot: Spot, depth: u32, lists: &mut Lists) -> Age {
        if spot == (Spot::Last { parent: None }) {
            return Age::of(self.next_serial);
        }
        let between = |ages: &Ages, lists: &Lists| {
            let (above, below) = ages.bounds(spot, depth, lists);
            above.between(below, depth)
        };
        between(self, lists).unwrap_or_else(|| {
            self.renumber(lists);
            // There is room now.
            between(self, lists).unwrap_or(Age::of(self.next_serial))
        })
    }

    /// The ages between which a bar of this depth is to stand.
    fn bounds(&self, spot: Spot, depth: u32, lists: &Lists) -> (Age, Age) {
        let (above, next) = match spot {
            Spot::First { parent } => {
                let parent = parent.map(|parent| self.current(parent));
                (parent, next_after(lists, parent, u32::MAX))
            }
            Spot::Last { parent: None } => (last_before(lists, None), None),
            Spot::Last { parent: Some(parent) } => {
                let parent = self.current(parent);
                let next = next_after(lists, Some(parent), depth.saturating_sub(1));
                (last_before(lists, next).max(Some(parent)), next)
            }
            Spot::Above(other) => {
                let other = self.current(other);
                (last_before(lists, Some(other)), Some(other))
            }
            Spot::Below(other) => {
                let other = self.current(other);
                let next = next_after(lists, Some(other), depth);
                (last_before(lists, next).max(Some(other)), next)
            }
        };
        // Newer bars will be below.
        (above.map_or(Age::FIRST, |id| id.age), next.map_or(Age::of(self.next_serial), |id| id.age))
    }

    /// Gives all bars ages that are far apart, in the same order.
    fn renumber(&mut self, lists: &mut Lists) {
        let mut ids: Vec<&mut Id> = lists.iter_mut().map(|entry| &mut entry.id).collect();
        ids.sort_unstable();
        self.moved.clear();
        for (id, n) in ids.into_iter().zip(1..) {
            id.age = Age::of(n);
            self.moved.insert(id.serial, id.age);
            self.next_serial = self.next_serial.max(n + 1);
        }
        self.renumbered = self.next_serial;
    }
}

/// The last bar above `id`, or the last one of all.
fn last_before(lists: &Lists, id: Option<Id>) -> Option<Id> {
    let id = id.unwrap_or(Id { age: Age::LAST, serial: u64::MAX });
    lists.free().into_iter().filter_map(|list| list.last_before(id)).max()
}

/// The first bar below `id`, or of all, that is no deeper than `depth`.
fn next_after(lists: &Lists, id: Option<Id>, depth: u32) -> Option<Id> {
    lists.free().into_iter().filter_map(|list| list.next_after(id, depth)).min()
}
