//! The bars by what they want: a row now, later, or not.

use super::by_age::Entry;
use super::id::Id;
use super::place::Place;
use super::ranked::Ranked;
use crate::sys::Instant;

/// All bars; each of them stands in one of these lists.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Bars that are in use.
    pub(super) open: Ranked,
    /// Bars that are in use and not shown yet. Their place says from when on they are.
    waiting: Ranked,
    /// Bars that are closed and stay.
    pub(super) closed: Ranked,
    /// Bars that are not shown until their handles want it, closed or not.
    hidden: Ranked,
    /// Bars pinned to a row, sorted by that row.
    pub(super) pinned: Vec<(usize, Entry)>,
}

impl Lists {
    /// The bars that are not pinned.
    pub(super) fn free(&self) -> [&Ranked; 4] {
        [&self.open, &self.waiting, &self.closed, &self.hidden]
    }

    pub(super) fn free_mut(&mut self) -> [&mut Ranked; 4] {
        [&mut self.open, &mut self.waiting, &mut self.closed, &mut self.hidden]
    }

    /// All bars.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.free().into_iter().flat_map(Ranked::iter).chain(self.pinned())
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        let Lists { open, waiting, closed, hidden, pinned } = self;
        let free = [open, waiting, closed, hidden].into_iter().flat_map(Ranked::iter_mut);
        free.chain(pinned.iter_mut().map(|(_, entry)| entry))
    }

    /// The bars that have a row, or would have one if there were enough.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Entry> {
        self.open.iter().chain(self.closed.iter()).chain(self.pinned())
    }

    /// How many bars these are.
    pub(super) fn shown_count(&self) -> usize {
        self.open.len() + self.closed.len() + self.pinned.len()
    }

    /// The bars that are not among the closed ones.
    pub(super) fn in_use(&self) -> impl Iterator<Item = &Entry> {
        self.open.iter().chain(self.waiting.iter()).chain(self.hidden.iter()).chain(self.pinned())
    }

    fn pinned(&self) -> impl Iterator<Item = &Entry> {
        self.pinned.iter().map(|(_, entry)| entry)
    }

    /// Whether a bar is pinned to `row`.
    pub(super) fn is_taken(&self, row: usize) -> bool {
        self.pinned.iter().any(|(taken, _)| *taken == row)
    }

    /// Inserts an open bar where its place says.
    pub(super) fn insert(&mut self, entry: Entry) {
        match entry.place {
            _ if entry.bar.is_hidden() => self.hidden.insert(entry),
            Place::Pinned(row) if !self.is_taken(row) => {
                let at = self.pinned.partition_point(|(taken, _)| *taken < row);
                self.pinned.insert(at, (row, entry));
            }
            Place::Late(_) => self.waiting.insert(entry),
            Place::Free | Place::Pinned(_) => self.open.insert(entry),
        }
    }

    /// Replaces the bar `old` by `new`. One that is not pinned, or not there, is replaced by an open bar.
    pub(super) fn replace(&mut self, old: Id, mut new: Entry) {
        match self.pinned.iter_mut().find(|(_, pinned)| pinned.id == old) {
            Some((row, pinned)) => {
                new.place = Place::Pinned(*row);
                *pinned = new;
            }
            None => {
                self.free_mut().into_iter().find_map(|list| list.remove(old));
                self.open.insert(new);
            }
        }
    }

    /// Takes in that the priority of a bar has changed.
    pub(super) fn update_priority(&mut self, id: Id) {
        for list in self.free_mut() {
            if let Some(entry) = list.remove(id) {
                // By its rank as it is now.
                return list.insert(entry);
            }
        }
    }

    /// Moves a bar to the hidden ones.
    pub(super) fn hide(&mut self, id: Id) {
        let free = [&mut self.open, &mut self.waiting, &mut self.closed].into_iter().find_map(|list| list.remove(id));
        if let Some(entry) = free.or_else(|| self.take_pinned(id)) {
            self.hidden.insert(entry);
        }
    }

    /// Moves a hidden bar back to the open ones, the closed ones or its row.
    pub(super) fn show(&mut self, id: Id) {
        let Some(mut entry) = self.hidden.remove(id) else { return };
        if let Place::Late(_) = entry.place {
            entry.place = Place::Free;
        }
        // One that is pinned stays in its row when it is closed.
        match entry.bar.is_closed() && entry.place == Place::Free {
            true => self.closed.insert(entry),
            false => self.insert(entry),
        }
    }

    /// Moves those bars to the open ones whose time has come. Returns when that of the next one comes.
    pub(super) fn admit(&mut self, now: Instant) -> Option<Instant> {
        let mut next: Option<Instant> = None;
        // In place: frames allocate nothing.
        self.waiting.retain(|entry| match entry.place {
            Place::Late(from) if from > now => {
                next = Some(next.map_or(from, |next| next.min(from)));
                true
            }
            _ => {
                self.open.insert(entry.clone());
                false
            }
        });
        next
    }

    /// Moves all waiting bars to the open ones.
    pub(super) fn admit_all(&mut self) {
        self.waiting.retain(|entry| {
            self.open.insert(entry.clone());
            false
        });
    }

    /// Moves a bar to the closed ones. One that is pinned stays in its row; one that is hidden is closed
    /// when it is shown.
    pub(super) fn close(&mut self, id: Id) {
        if let Some(entry) = self.open.remove(id).or_else(|| self.waiting.remove(id)) {
            self.closed.insert(entry);
        }
    }

    /// Moves a bar to the closed ones, also one that is pinned.
    pub(super) fn close_free(&mut self, id: Id) {
        self.close(id);
        if let Some(entry) = self.take_pinned(id) {
            self.closed.insert(entry);
        }
    }

    /// Moves a closed bar to the open ones. Returns whether it is there.
    pub(super) fn reopen(&mut self, id: Id) -> bool {
        let Some(entry) = self.closed.remove(id) else {
            return self.pinned().any(|entry| entry.id == id) || self.hidden.get_mut(id).is_some();
        };
        match entry.bar.is_hidden() {
            true => self.hidden.insert(entry),
            false => self.open.insert(entry),
        }
        true
    }

    pub(super) fn remove(&mut self, id: Id) {
        let free = self.free_mut().into_iter().find_map(|list| list.remove(id));
        drop(free.or_else(|| self.take_pinned(id)));
    }

    /// Keeps the bars that are `wanted`.
    pub(super) fn retain(&mut self, wanted: impl Fn(&Entry) -> bool) {
        for list in self.free_mut() {
            list.retain(&wanted);
        }
        self.pinned.retain(|(_, entry)| wanted(entry));
    }

    fn take_pinned(&mut self, id: Id) -> Option<Entry> {
        let at = self.pinned.iter().position(|(_, entry)| entry.id == id)?;
        Some(self.pinned.remove(at).1)
    }
}
