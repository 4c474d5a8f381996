//! An iterator that is counted.

use std::iter::FusedIterator;

use crate::counter::Counter;

/// Yields what the iterator inside yields, and counts it: made with [`Counter::wrap_iter`].
///
/// An item is counted when the next one is asked for: while it is being worked on it is not done. The one at which a loop is
/// left early is not counted.
#[derive(Clone, Debug)]
pub struct WrapIter<I> {
    items: I,
    counter: Counter,
    /// How many are out and not counted: none or one.
    out: u64,
}

impl<I> WrapIter<I> {
    pub(crate) fn new(items: I, counter: Counter) -> WrapIter<I> {
        WrapIter { items, counter, out: 0 }
    }
}

impl<I: Iterator> Iterator for WrapIter<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        self.counter.inc(self.out);
        let item = self.items.next();
        self.out = item.is_some().into();
        item
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for WrapIter<I> {}

impl<I: FusedIterator> FusedIterator for WrapIter<I> {}

impl<I: DoubleEndedIterator> DoubleEndedIterator for WrapIter<I> {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        self.counter.inc(self.out);
        let item = self.items.next_back();
        self.out = item.is_some().into();
        item
    }
}
