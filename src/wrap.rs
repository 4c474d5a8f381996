//! An iterator that is counted.

use std::iter::FusedIterator;
use std::sync::Arc;

use crate::counter::Counter;
use crate::segment::Segment;
use crate::state::count::{Count, Purse};

/// Yields what the iterator inside yields, and counts it: made with [`Counter::wrap_iter`] or [`Segment::wrap_iter`].
///
/// An item is counted when the next one is asked for: while it is being worked on it is not done. The one at which a loop is
/// left early is not counted.
///
/// Counting costs one store into memory that nobody else writes to. Until the iterator is dropped, what it has counted stays a
/// part of its own of the count.
#[derive(Debug)]
pub struct WrapIter<I> {
    items: I,
    /// How many items were handed out. When the next one is asked for, they are done.
    out: i64,
    part: Part,
}

/// What one iterator has counted. There is something in it until it is dropped.
#[derive(Debug)]
struct Part(Option<Arc<Ticket>>);

/// What an iterator counts into, and where that counts.
#[derive(Debug)]
struct Ticket {
    purse: Arc<Purse>,
    counted: Counted,
}

/// Where items are counted.
#[derive(Clone, Debug)]
pub(crate) enum Counted {
    By(Counter),
    In(Segment),
}

impl Counted {
    fn count(&self) -> &Count {
        match self {
            Counted::By(counter) => counter.own(),
            Counted::In(segment) => segment.own(),
        }
    }

    /// Opens a part of the count.
    fn open(self) -> Arc<Ticket> {
        Arc::new(Ticket { purse: self.count().open(), counted: self })
    }
}

impl Part {
    #[inline]
    fn set(&self, n: i64) {
        if let Some(ticket) = &self.0 {
            ticket.purse.set(n);
        }
    }
}

impl Drop for Part {
    /// The ticket itself is handed over, and nothing that points into the iterator: so a loop can keep the iterator in registers.
    #[inline]
    fn drop(&mut self) {
        if let Some(ticket) = self.0.take() {
            close(ticket);
        }
    }
}

#[inline(never)]
fn close(ticket: Arc<Ticket>) {
    ticket.counted.count().close(&ticket.purse);
}

impl<I> WrapIter<I> {
    #[inline]
    pub(crate) fn new(items: I, counted: Counted) -> WrapIter<I> {
        WrapIter { items, out: 0, part: Part(Some(counted.open())) }
    }

    /// Asks for an item, with those before it done.
    #[inline]
    fn ask(&mut self, ask: impl FnOnce(&mut I) -> Option<I::Item>) -> Option<I::Item>
    where
        I: Iterator,
    {
        self.part.set(self.out);
        let item = ask(&mut self.items);
        self.out += i64::from(item.is_some());
        item
    }
}

impl<I: Clone> Clone for WrapIter<I> {
    /// Goes on from here, and counts for itself.
    fn clone(&self) -> WrapIter<I> {
        let done = self.part.0.as_ref().map_or(0, |ticket| ticket.purse.get());
        let part = Part(self.part.0.as_ref().map(|ticket| ticket.counted.clone().open()));
        WrapIter { items: self.items.clone(), out: self.out - done, part }
    }
}

impl<I: Iterator> Iterator for WrapIter<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        self.ask(I::next)
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
        self.ask(I::next_back)
    }
}
