//! Bars that were added and that an output has not seen yet.

use std::collections::VecDeque;

/// The most newcomers that are kept. While the reader of an output takes nothing, older ones are
/// forgotten: it never hears of them.
const MOST: usize = 4096;

/// The bars that were added or opened again, oldest first, if anybody wants to know.
#[derive(Debug)]
pub(super) struct Newcomers<T>(Option<VecDeque<T>>);

impl<T: Clone> Newcomers<T> {
    /// Newcomers that are noted.
    pub(super) fn noted() -> Newcomers<T> {
        Newcomers(Some(VecDeque::new()))
    }

    pub(super) fn note(&mut self, entry: &T) {
        let Some(entries) = &mut self.0 else { return };
        if entries.len() == MOST {
            entries.pop_front();
        }
        entries.push_back(entry.clone());
    }

    /// Returns all newcomers and forgets them.
    pub(super) fn take(&mut self) -> VecDeque<T> {
        self.0.as_mut().map(std::mem::take).unwrap_or_default()
    }
}

impl<T> Default for Newcomers<T> {
    /// Nobody wants to know.
    fn default() -> Newcomers<T> {
        Newcomers(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_are_kept() {
        let (mut noted, mut ignored) = (Newcomers::noted(), Newcomers::default());
        for n in 0..MOST + 3 {
            noted.note(&n);
            ignored.note(&n);
        }
        assert!(noted.take().into_iter().eq(3..MOST + 3));
        assert_eq!((noted.take().len(), ignored.take().len()), (0, 0));
    }
}
