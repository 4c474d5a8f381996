//! Iterators that count their items.

use std::iter::FusedIterator;

use super::wrapper::{Counted, Target};
use crate::counter::Counter;
use crate::segment::{Countable, Segment};

/// Ends a chain of iterators with a count. The trait of
/// [`wrap_iter`](Counter::wrap_iter), as a method of iterators.
///
/// ```
/// use footlights::CountedIterator;
///
/// # let manager = footlights::Manager::new();
/// let files = manager.counter().desc("Files").add();
/// let large: Vec<&str> = ["a", "bcd", "efg"].iter().copied().counted(&files).filter(|name| name.len() > 2).collect();
/// assert_eq!((large, files.count()), (vec!["bcd", "efg"], 3)); // all that were looked at are counted
/// ```
pub trait CountedIterator: Iterator + Sized {
    /// Counts the items of this iterator for a bar or a segment. A bar without a total takes the
    /// length of the iterator as its total, if the iterator knows it.
    ///
    /// ```
    /// use footlights::CountedIterator;
    ///
    /// # let manager = footlights::Manager::new();
    /// let squares = manager.counter().desc("Squares").add();
    /// let sum: u64 = (1..=4_u64).map(|n| n * n).counted(&squares).sum();
    /// assert_eq!((sum, squares.count()), (30, 4));
    /// ```
    fn counted(self, target: &impl Countable) -> Counted<Self>;
}

impl<I: Iterator> CountedIterator for I {
    fn counted(self, target: &impl Countable) -> Counted<I> {
        match Target::of(target) {
            Target::Counter(counter) => counter.wrap_iter(self),
            Target::Segment(segment) => segment.wrap_iter(self),
        }
    }
}

impl Counter {
    /// Wraps an iterator and counts its items. A bar without a total takes the length of the
    /// iterator as its total, if the iterator knows it.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let files = manager.counter().desc("Files").add();
    /// for name in files.wrap_iter(["a", "b", "c"]) {
    ///     println!("looking at {name}");
    /// }
    /// assert_eq!((files.count(), files.total()), (3, Some(3)));
    /// ```
    pub fn wrap_iter<I: IntoIterator>(&self, items: I) -> Counted<I::IntoIter> {
        let items = items.into_iter();
        if let ((low, Some(high)), None) = (items.size_hint(), self.total()) {
            if low == high {
                self.set_total(low);
            }
        }
        Counted::new(items, Target::Counter(self.clone()))
    }
}

impl Segment {
    /// Wraps an iterator and counts its items for this segment, like [`Counter::wrap_iter`]. The
    /// total stays the same.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(9).add();
    /// let skipped = tests.segment("skipped").color("yellow").add();
    /// for name in skipped.wrap_iter(["a", "b"]) {
    ///     println!("{name} is skipped");
    /// }
    /// assert_eq!(tests.count(), 2);
    /// ```
    pub fn wrap_iter<I: IntoIterator>(&self, items: I) -> Counted<I::IntoIter> {
        Counted::new(items.into_iter(), Target::Segment(self.clone()))
    }
}

impl<T: Iterator> Counted<T> {
    /// Requests an item with `ask`. All items before it are done.
    #[inline]
    fn ask(&mut self, ask: impl FnOnce(&mut T) -> Option<T::Item>) -> Option<T::Item> {
        self.guard.set(self.yielded);
        let item = ask(&mut self.inner);
        self.yielded += i64::from(item.is_some());
        if self.inner.size_hint().1 == Some(0) {
            self.guard.done_at_drop = self.yielded;
        }
        item
    }
}

impl<T: Iterator> Iterator for Counted<T> {
    type Item = T::Item;

    #[inline]
    fn next(&mut self) -> Option<T::Item> {
        self.ask(T::next)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl<T: ExactSizeIterator> ExactSizeIterator for Counted<T> {
    // Not from the hint: some iterators know their length only here.
    fn len(&self) -> usize {
        self.inner.len()
    }
}

impl<T: FusedIterator> FusedIterator for Counted<T> {}

impl<T: DoubleEndedIterator> DoubleEndedIterator for Counted<T> {
    #[inline]
    fn next_back(&mut self) -> Option<T::Item> {
        self.ask(T::next_back)
    }
}
