//! A wrapper that counts what goes through it.

use std::fmt;
use std::iter::FusedIterator;
use std::sync::Arc;

use crate::counter::Counter;
use crate::segment::Segment;
use crate::state::increments::{Increments, LocalCount};

/// Counts what goes through the value inside; made with [`Counter::wrap_iter`] or
/// [`Segment::wrap_iter`].
///
/// # Iterators
///
/// An item is counted when the next one is asked for: while it is worked on, it is not done. An
/// item at which a loop is left early is not counted. The last item is also counted when the wrapper
/// is dropped without being asked again, as `zip` does, if the iterator knows that nothing is left.
///
/// Counting costs one store per item, into memory that no other thread writes to.
#[must_use = "a wrapped iterator is lazy: nothing is counted unless it is consumed"]
pub struct Counted<T> {
    inner: T,
    /// The number of items that were handed out. When the next one is asked for, they are done.
    yielded: i64,
    guard: LocalGuard,
}

/// Holds the registration of one wrapper until that is dropped.
struct LocalGuard {
    registration: Option<Arc<Registration>>,
    /// The least count at the drop: everything, once nothing is left.
    done_at_drop: i64,
}

/// The cell that one wrapper counts into, and the count that this is part of.
struct Registration {
    local: Arc<LocalCount>,
    target: Target,
}

/// The count that a wrapper counts for.
#[derive(Clone)]
enum Target {
    /// That of a bar, outside of its segments.
    Counter(Counter),
    /// That of a segment.
    Segment(Segment),
}

impl Counter {
    /// Wraps an iterator and counts its items as they are worked on. A bar without a total takes it
    /// from the iterator, if that knows its length.
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
    /// Wraps an iterator and counts its items as they are worked on, as [`Counter::wrap_iter`]
    /// does, for this segment. The total stays as it is.
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

    /// Returns a reference to the value inside.
    pub fn get_ref(&self) -> &T {
        &self.inner
    }

    /// Returns a mutable reference to the value inside. What is taken out through it is not
    /// counted.
    pub fn get_mut(&mut self) -> &mut T {
        &mut self.inner
    }

    /// Returns the value inside. What has been counted stays counted.
    pub fn into_inner(self) -> T {
        self.inner
    }

    /// Asks for an item. Those before it are done.
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
    /// Continues from here, and counts for itself.
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
