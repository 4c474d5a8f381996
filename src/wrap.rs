//! An iterator that is counted.

use std::iter::FusedIterator;

use crate::counter::Counter;
use crate::segment::Segment;

/// Yields what the iterator inside yields, and counts it: made with [`Counter::wrap_iter`] or [`Segment::wrap_iter`].
///
/// An item is counted when the next one is asked for: while it is being worked on it is not done. The one at which a loop is
/// left early is not counted.
#[derive(Clone, Debug)]
pub struct WrapIter<I> {
    items: I,
    counted: Counted,
    /// How many are out and not counted: none or one.
    out: u64,
}

/// Where items are counted.
#[derive(Clone, Debug)]
pub(crate) enum Counted {
    By(Counter),
    In(Segment),
}

impl<I> WrapIter<I> {
    pub(crate) fn new(items: I, counted: Counted) -> WrapIter<I> {
        WrapIter { items, counted, out: 0 }
    }

    /// What is out is done.
    #[inline]
    fn count(&mut self) {
        match &self.counted {
            Counted::By(counter) => counter.inc(self.out),
            Counted::In(segment) => segment.inc(self.out),
        }
    }
}

impl<I: Iterator> Iterator for WrapIter<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        self.count();
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
        self.count();
        let item = self.items.next_back();
        self.out = item.is_some().into();
        item
    }
}
