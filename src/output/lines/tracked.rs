//! What an output of lines knows of each bar, by the age of the bar.

use crate::bars::Id;

/// One value for each bar, oldest bar first. A list: bars are mostly added at its end.
#[derive(Debug)]
pub(crate) struct Tracked<T>(Vec<(Id, T)>);

impl<T> Tracked<T> {
    pub(crate) fn new() -> Tracked<T> {
        Tracked(Vec::new())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets the value for a bar, and returns the one before.
    pub(crate) fn insert(&mut self, id: Id, value: T) -> Option<T> {
        let at = self.0.partition_point(|(other, _)| *other < id);
        match self.0.get_mut(at).filter(|(other, _)| *other == id) {
            Some((_, old)) => Some(std::mem::replace(old, value)),
            None => {
                self.0.insert(at, (id, value));
                None
            }
        }
    }

    pub(crate) fn remove(&mut self, id: Id) -> Option<T> {
        let at = self.0.binary_search_by_key(&id, |(other, _)| *other).ok()?;
        Some(self.0.remove(at).1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Takes out the values that are `wanted`, in their order.
    pub(crate) fn take(&mut self, mut wanted: impl FnMut(&T) -> bool) -> Vec<(Id, T)> {
        // Most of the time there are none.
        if !self.0.iter().any(|(_, value)| wanted(value)) {
            return Vec::new();
        }
        let (taken, rest) = std::mem::take(&mut self.0).into_iter().partition(|(_, value)| wanted(value));
        self.0 = rest;
        taken
    }
}
