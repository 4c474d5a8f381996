//! Iterators that count their items.

use std::fmt;
use std::iter::FusedIterator;
use std::sync::Arc;

use crate::counter::Counter;
use crate::segment::Segment;
use crate::state::increments::{Increments, LocalCount};

/// Wraps an iterator and counts its items; made with [`Counter::wrap_iter`] or
/// [`Segment::wrap_iter`].
///
/// # Iterators
///
/// An item is counted when the next one is requested: while a loop works on an item, it is not
/// done. If a loop is left early, its last item is not counted. The last item of all is also
/// counted when the wrapper is dropped, without another request, if the iterator's `size_hint` is
/// zero then; `zip` needs this.
///
/// Counting costs one store per item, to memory that no other thread writes to.
#[must_use = "a wrapped iterator is lazy: nothing is counted unless it is consumed"]
pub struct Counted<T> {
    inner: T,
    /// The number of items that were returned. They are done when the next one is requested.
    yielded: i64,
    guard: LocalGuard,
}

/// Holds the registration of one wrapper until the wrapper is dropped.
struct LocalGuard {
    registration: Option<Arc<Registration>>,
    /// The least count at the drop: all items, if no more are left.
    done_at_drop: i64,
}

/// The cell of one wrapper, and the count that the cell is part of.
struct Registration {
    local: Arc<LocalCount>,
    target: Target,
}

/// The count that a wrapper adds to.
#[derive(Clone)]
enum Target {
    /// The count of a bar outside of its segments.
    Counter(Counter),
    /// The count of a segment.
    Segment(Segment),
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
    pub fn wrap_iter<I: IntoIterator>(&self, items: I) -> Counted<I::IntoIter> {
        Counted::new(items.into_iter(), Target::Segment(self.clone()))
    }
}

impl Target {
    fn increments(&self) -> &Increments {
        match self {
            Target::Counter(counter) => counter.increments(),
            Target::Segment(segment) => segment.increments(),
        }
    }

    fn register(self) -> Arc<Registration> {
        Arc::new(Registration { local: self.increments().register(), target: self })
    }
}

impl LocalGuard {
    #[inline]
    fn set(&self, n: i64) {
        if let Some(registration) = &self.registration {
            registration.local.set(n);
        }
    }
}

impl Drop for LocalGuard {
    /// Passes the `Arc` to the out-of-line call, not `&mut self`: otherwise the address of the
    /// wrapper escapes, and a loop keeps it in memory instead of registers.
    #[inline]
    fn drop(&mut self) {
        if let Some(registration) = self.registration.take() {
            unregister(registration, self.done_at_drop);
        }
    }
}

#[inline(never)]
fn unregister(registration: Arc<Registration>, done: i64) {
    registration.local.set(done.max(registration.local.get()));
    registration.target.increments().fold_in(&registration.local);
}

impl<T> Counted<T> {
    #[inline]
    fn new(inner: T, target: Target) -> Counted<T> {
        Counted { inner, yielded: 0, guard: LocalGuard { registration: Some(target.register()), done_at_drop: 0 } }
    }

    /// Returns a reference to the wrapped value.
    pub fn get_ref(&self) -> &T {
        &self.inner
    }

    /// Returns a mutable reference to the wrapped value. Items taken through it are not counted.
    pub fn get_mut(&mut self) -> &mut T {
        &mut self.inner
    }

    /// Returns the wrapped value. Items that were counted stay counted.
    pub fn into_inner(self) -> T {
        self.inner
    }

    /// Requests an item with `ask`. All items before it are done.
    #[inline]
    fn ask(&mut self, ask: impl FnOnce(&mut T) -> Option<T::Item>) -> Option<T::Item>
    where
        T: Iterator,
    {
        self.guard.set(self.yielded);
        let item = ask(&mut self.inner);
        self.yielded += i64::from(item.is_some());
        if self.inner.size_hint().1 == Some(0) {
            self.guard.done_at_drop = self.yielded;
        }
        item
    }
}

impl<T: Clone> Clone for Counted<T> {
    /// Continues at the same item, and counts the items of the clone too.
    fn clone(&self) -> Counted<T> {
        let registration = self.guard.registration.as_ref();
        let done = registration.map_or(0, |registration| registration.local.get());
        let guard = LocalGuard {
            registration: registration.map(|registration| registration.target.clone().register()),
            done_at_drop: self.guard.done_at_drop.saturating_sub(done),
        };
        Counted { inner: self.inner.clone(), yielded: self.yielded - done, guard }
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

impl<T: ExactSizeIterator> ExactSizeIterator for Counted<T> {}

impl<T: FusedIterator> FusedIterator for Counted<T> {}

impl<T: DoubleEndedIterator> DoubleEndedIterator for Counted<T> {
    #[inline]
    fn next_back(&mut self) -> Option<T::Item> {
        self.ask(T::next_back)
    }
}

impl<T: fmt::Debug> fmt::Debug for Counted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counted").field("inner", &self.inner).finish_non_exhaustive()
    }
}
