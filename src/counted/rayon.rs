//! rayon's parallel iterators. One that is indexed stays indexed.
//!
//! An item is counted when it is worked on: when the consumer has taken it, or the next one is
//! requested. Counting costs one atomic add per item, on memory that threads seldom share.

use rayon::iter::plumbing::{Consumer, Folder, Producer, ProducerCallback, UnindexedConsumer};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::wrapper::{Counted, Target};
use crate::counter::Counter;
use crate::segment::{Countable, Segment};
use crate::state::stripes::Stripes;

/// Ends a chain of parallel iterators with a count. The trait of
/// [`wrap_par_iter`](Counter::wrap_par_iter), as a method of parallel iterators.
///
/// ```
/// use footlights::CountedParallelIterator;
/// use rayon::prelude::*;
///
/// # let manager = footlights::Manager::new();
/// let numbers = manager.counter().desc("Numbers").add();
/// let even = (0..1000).into_par_iter().counted(&numbers).filter(|n| n % 2 == 0).count();
/// assert_eq!((even, numbers.count()), (500, 1000)); // all that were looked at are counted
/// ```
pub trait CountedParallelIterator: ParallelIterator {
    /// Counts the items of this iterator for a bar or a segment. A bar without a total takes the
    /// length of the iterator as its total, if the iterator knows it.
    ///
    /// ```
    /// use footlights::CountedParallelIterator;
    /// use rayon::prelude::*;
    ///
    /// # let manager = footlights::Manager::new();
    /// let squares = manager.counter().desc("Squares").add();
    /// let sum: u64 = (0..1000_u64).into_par_iter().map(|n| n * n).counted(&squares).sum();
    /// assert_eq!((sum, squares.count(), squares.total()), (332_833_500, 1000, Some(1000)));
    /// ```
    fn counted(self, target: &impl Countable) -> Counted<Self>;
}

impl<I: ParallelIterator> CountedParallelIterator for I {
    fn counted(self, target: &impl Countable) -> Counted<I> {
        match Target::of(target) {
            Target::Counter(counter) => counter.wrap_par_iter(self),
            target @ Target::Segment(_) => Counted::new(self, target),
        }
    }
}

impl Counter {
    /// Wraps a parallel iterator and counts its items. A bar without a total takes the length of the
    /// iterator as its total, if the iterator knows it.
    ///
    /// ```
    /// use rayon::prelude::*;
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().desc("Squares").add();
    /// let sum: u64 = bar.wrap_par_iter(0..1000_u64).map(|n| n * n).sum();
    /// assert_eq!((sum, bar.count(), bar.total()), (332_833_500, 1000, Some(1000)));
    /// ```
    pub fn wrap_par_iter<I: IntoParallelIterator>(&self, items: I) -> Counted<I::Iter> {
        let items = items.into_par_iter();
        if let (Some(length), None) = (items.opt_len(), self.total()) {
            self.set_total(length);
        }
        Counted::new(items, Target::Counter(self.clone()))
    }
}

impl Segment {
    /// Wraps a parallel iterator and counts its items for this segment, like
    /// [`Counter::wrap_par_iter`]. The total stays the same.
    ///
    /// ```
    /// use rayon::prelude::*;
    ///
    /// # let manager = footlights::Manager::new();
    /// let all = manager.counter().total(9).add();
    /// let cached = all.segment("cached").add();
    /// let sum: u64 = cached.wrap_par_iter(0..3_u64).sum();
    /// assert_eq!((sum, all.count()), (3, 3));
    /// ```
    pub fn wrap_par_iter<I: IntoParallelIterator>(&self, items: I) -> Counted<I::Iter> {
        Counted::new(items.into_par_iter(), Target::Segment(self.clone()))
    }
}

impl<I: ParallelIterator> ParallelIterator for Counted<I> {
    type Item = I::Item;

    fn drive_unindexed<C: UnindexedConsumer<I::Item>>(self, consumer: C) -> C::Result {
        let Counted { inner, guard, .. } = self;
        match guard.stripes() {
            Some(stripes) => inner.drive_unindexed(CountingConsumer { consumer, stripes }),
            None => inner.drive_unindexed(consumer),
        }
    }

    fn opt_len(&self) -> Option<usize> {
        self.inner.opt_len()
    }
}

impl<I: IndexedParallelIterator> IndexedParallelIterator for Counted<I> {
    fn len(&self) -> usize {
        self.inner.len()
    }

    fn drive<C: Consumer<I::Item>>(self, consumer: C) -> C::Result {
        let Counted { inner, guard, .. } = self;
        match guard.stripes() {
            Some(stripes) => inner.drive(CountingConsumer { consumer, stripes }),
            None => inner.drive(consumer),
        }
    }

    fn with_producer<C: ProducerCallback<I::Item>>(self, callback: C) -> C::Output {
        let Counted { inner, guard, .. } = self;
        match guard.stripes() {
            Some(stripes) => inner.with_producer(Callback { callback, stripes }),
            None => inner.with_producer(callback),
        }
    }
}

/// Passes items on and counts them.
struct CountingConsumer<C> {
    consumer: C,
    stripes: Stripes,
}

impl<T, C: Consumer<T>> Consumer<T> for CountingConsumer<C> {
    type Folder = CountingFolder<C::Folder>;
    type Reducer = C::Reducer;
    type Result = C::Result;

    fn split_at(self, index: usize) -> (Self, Self, C::Reducer) {
        let stripes = self.stripes;
        let (left, right, reducer) = self.consumer.split_at(index);
        (CountingConsumer { consumer: left, stripes }, CountingConsumer { consumer: right, stripes }, reducer)
    }

    fn into_folder(self) -> Self::Folder {
        CountingFolder { folder: self.consumer.into_folder(), stripes: self.stripes }
    }

    fn full(&self) -> bool {
        self.consumer.full()
    }
}

impl<T, C: UnindexedConsumer<T>> UnindexedConsumer<T> for CountingConsumer<C> {
    fn split_off_left(&self) -> Self {
        CountingConsumer { consumer: self.consumer.split_off_left(), stripes: self.stripes }
    }

    fn to_reducer(&self) -> C::Reducer {
        self.consumer.to_reducer()
    }
}

/// One thread's part of a consumer.
struct CountingFolder<F> {
    folder: F,
    stripes: Stripes,
}

impl<T, F: Folder<T>> Folder<T> for CountingFolder<F> {
    type Result = F::Result;

    fn consume(self, item: T) -> Self {
        let folder = self.folder.consume(item);
        self.stripes.add(1);
        CountingFolder { folder, stripes: self.stripes }
    }

    fn complete(self) -> F::Result {
        self.folder.complete()
    }

    fn full(&self) -> bool {
        self.folder.full()
    }
}

/// Wraps the producer of an indexed iterator.
struct Callback<C> {
    callback: C,
    stripes: Stripes,
}

impl<T, C: ProducerCallback<T>> ProducerCallback<T> for Callback<C> {
    type Output = C::Output;

    fn callback<P: Producer<Item = T>>(self, producer: P) -> C::Output {
        self.callback.callback(CountingProducer { producer, stripes: self.stripes })
    }
}

/// Produces items and counts them.
struct CountingProducer<P> {
    producer: P,
    stripes: Stripes,
}

impl<P: Producer> Producer for CountingProducer<P> {
    type Item = P::Item;
    type IntoIter = Part<P::IntoIter>;

    fn into_iter(self) -> Self::IntoIter {
        Part { items: self.producer.into_iter(), handed_out: false, stripes: self.stripes }
    }

    fn min_len(&self) -> usize {
        self.producer.min_len()
    }

    fn max_len(&self) -> usize {
        self.producer.max_len()
    }

    fn split_at(self, index: usize) -> (Self, Self) {
        let stripes = self.stripes;
        let (left, right) = self.producer.split_at(index);
        (CountingProducer { producer: left, stripes }, CountingProducer { producer: right, stripes })
    }
}

/// The items of one part, one after the other. An item is counted when the next one is requested,
/// or when the part ends.
struct Part<I> {
    items: I,
    /// Whether an item is worked on.
    handed_out: bool,
    stripes: Stripes,
}

impl<I> Part<I> {
    fn hand_out<T>(&mut self, item: Option<T>) -> Option<T> {
        self.handed_out = item.is_some();
        item
    }

    fn count(&mut self) {
        if std::mem::take(&mut self.handed_out) {
            self.stripes.add(1);
        }
    }
}

impl<I: Iterator> Iterator for Part<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.count();
        let item = self.items.next();
        self.hand_out(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }
}

impl<I: DoubleEndedIterator> DoubleEndedIterator for Part<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        self.count();
        let item = self.items.next_back();
        self.hand_out(item)
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Part<I> {
    fn len(&self) -> usize {
        self.items.len()
    }
}

impl<I> Drop for Part<I> {
    /// The last item is done, unless a panic ends the work on it.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.count();
        }
    }
}
