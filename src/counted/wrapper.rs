//! The wrapper: what it wraps, and the cell that it counts in.

use std::fmt;
use std::sync::Arc;

use crate::counter::Counter;
use crate::segment::{Countable, Segment};
use crate::state::increments::{Increments, LocalCount};
#[cfg(feature = "rayon")]
use crate::state::stripes::Stripes;

/// Wraps an iterator, a reader or a writer, and counts its items or bytes. Made with the `wrap`
/// methods of [`Counter`] and [`Segment`], or at the end of a chain with
/// [`counted`](crate::CountedIterator::counted).
///
/// Counting costs one store per item, or per call that reads or writes, to memory that no other
/// thread writes to.
///
/// # Iterators
///
/// An item is counted when the next one is requested: while a loop works on an item, it is not
/// done. If a loop is left early, its last item is not counted. The last item of all is also
/// counted when the wrapper is dropped, without another request, if the iterator's `size_hint` is
/// zero then; `zip` needs this.
///
/// # Readers and writers
///
/// Bytes are counted when a call has read or written them, also if a later call fails. A seek moves
/// the count by as many bytes as it moves the position.
///
/// Reads and writes are passed on one by one. `read_to_end` and the like consist of them, so that
/// the count moves meanwhile. The shortcuts that `std::io::copy` has for files are lost: from file to
/// file it then moves 8 KiB at a time, and takes about twice as long. With a large buffer around the
/// wrapper it is about as fast as without:
///
/// ```no_run
/// use std::fs::File;
/// use std::io::{self, BufReader};
///
/// # fn main() -> io::Result<()> {
/// # let manager = footlights::Manager::new();
/// let (from, mut to) = (File::open("from")?, File::create("to")?);
/// let bar = manager.counter().total(&from).desc("Copying").add();
/// io::copy(&mut BufReader::with_capacity(128 << 10, bar.wrap_read(from)), &mut to)?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a wrapper counts only what goes through it"]
pub struct Counted<T> {
    pub(super) inner: T,
    /// The number of items that were returned, or of bytes that were read and written.
    pub(super) yielded: i64,
    pub(super) guard: LocalGuard,
}

/// Holds the registration of one wrapper until the wrapper is dropped.
pub(super) struct LocalGuard {
    registration: Option<Arc<Registration>>,
    /// The least count at the drop: all items, if no more are left.
    pub(super) done_at_drop: i64,
}

/// The cell of one wrapper, and the count that the cell is part of.
struct Registration {
    local: Arc<LocalCount>,
    target: Target,
}

/// The count that a wrapper adds to.
#[derive(Clone)]
pub(super) enum Target {
    /// The count of a bar outside of its segments.
    Counter(Counter),
    /// The count of a segment.
    Segment(Segment),
}

impl Target {
    /// The target that a handle stands for.
    pub(super) fn of(handle: &impl Countable) -> Target {
        match handle.source() {
            (_, Some(segment)) => Target::Segment(segment.clone()),
            (counter, None) => Target::Counter(counter.clone()),
        }
    }

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
    pub(super) fn set(&self, n: i64) {
        if let Some(registration) = &self.registration {
            registration.local.set(n);
        }
    }
}

#[cfg(feature = "rayon")]
impl LocalGuard {
    /// The cells that several threads add to. Valid as long as the guard is.
    pub(super) fn stripes(&self) -> Option<Stripes> {
        self.registration.as_ref().map(|registration| registration.target.increments().stripes())
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
    pub(super) fn new(inner: T, target: Target) -> Counted<T> {
        Counted { inner, yielded: 0, guard: LocalGuard { registration: Some(target.register()), done_at_drop: 0 } }
    }

    /// Counts bytes, at once.
    #[inline]
    pub(super) fn count_bytes(&mut self, n: usize) {
        self.move_count(i64::try_from(n).unwrap_or(i64::MAX));
    }

    /// Moves the count, forward or back.
    pub(super) fn move_count(&mut self, n: i64) {
        self.yielded = self.yielded.saturating_add(n);
        self.guard.set(self.yielded);
        self.guard.done_at_drop = self.yielded;
    }

    /// Sets the count to a position.
    #[cfg(any(feature = "futures", feature = "tokio"))]
    pub(super) fn set_position(&mut self, position: u64) {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        self.move_count(position.saturating_sub(self.yielded));
    }

    /// Returns a reference to the wrapped value.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().unit("B").add();
    /// let reader = bar.wrap_read(&b"some bytes"[..]);
    /// assert_eq!(reader.get_ref().len(), 10);
    /// ```
    pub fn get_ref(&self) -> &T {
        &self.inner
    }

    /// Returns a mutable reference to the wrapped value. What goes through it is not counted.
    ///
    /// ```
    /// use std::io::Read;
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().unit("B").add();
    /// let mut reader = bar.wrap_read(&b"head:some bytes"[..]);
    /// reader.get_mut().read_exact(&mut [0; 5])?; // not counted
    /// reader.read_to_string(&mut String::new())?;
    /// assert_eq!(bar.count(), 10);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn get_mut(&mut self) -> &mut T {
        &mut self.inner
    }

    /// Returns the wrapped value. What was counted stays counted.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().unit("B").add();
    /// let reader = bar.wrap_read(&b"some bytes"[..]);
    /// assert_eq!(reader.into_inner(), b"some bytes");
    /// ```
    pub fn into_inner(self) -> T {
        self.inner
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

impl<T: fmt::Debug> fmt::Debug for Counted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counted").field("inner", &self.inner).finish_non_exhaustive()
    }
}
