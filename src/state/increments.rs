//! Whole increments that were counted and are not yet part of a sum.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use parking_lot::Mutex;

use super::stripes::Stripes;

/// The increments of a bar or a segment since they were last taken. Adding one is one atomic add on
/// [`stripes`](Self::stripes).
///
/// All orderings are `Relaxed`: a count says how far something has come, and nothing is concluded
/// from it about other memory. The terminal thread sees every addition sooner or later, and the
/// last one at the latest when it is told to stop, which goes through a lock.
#[derive(Debug)]
pub(crate) struct Increments {
    stripes: Stripes,
    /// Locked while the increments are read or taken: so the count of an iterator is never seen
    /// twice, and never missed, while it is folded in, and the sum never goes back. In a box, because
    /// few bars have any.
    iterators: Mutex<Option<Box<Iterators>>>,
}

/// The counts of iterators, which are not part of the stripes.
#[derive(Debug, Default)]
struct Iterators {
    live: Vec<Arc<LocalCount>>,
    /// What is to be subtracted from the live counts, because it was taken already; less the counts
    /// of iterators that have ended since and were not yet taken. (A live count cannot be reset
    /// when it is taken: only its iterator writes to it.)
    taken: i128,
}

/// The count of one iterator: a cell with a single writer, which needs no atomic add. Padded to its
/// own cache line.
#[derive(Debug, Default)]
#[repr(align(128))]
pub(crate) struct LocalCount(AtomicI64);

impl LocalCount {
    /// Stores the count. Only the iterator that registered this cell may do so: a second writer
    /// would overwrite the first.
    #[inline]
    pub(crate) fn set(&self, n: i64) {
        self.0.store(n, Relaxed);
    }

    pub(crate) fn get(&self) -> i64 {
        self.0.load(Relaxed)
    }
}

impl Default for Increments {
    fn default() -> Increments {
        Increments { stripes: Stripes::acquire(), iterators: Mutex::default() }
    }
}

impl Drop for Increments {
    fn drop(&mut self) {
        self.stripes.release();
    }
}

impl Increments {
    /// The cells that threads add to. The copy is valid only as long as these increments are: the
    /// cells are used again.
    pub(crate) fn stripes(&self) -> Stripes {
        self.stripes
    }

    /// Registers a cell whose count is part of these increments until it is folded in. A leaked
    /// cell stays registered.
    pub(crate) fn register(&self) -> Arc<LocalCount> {
        let local = Arc::new(LocalCount::default());
        self.iterators.lock().get_or_insert_default().live.push(local.clone());
        local
    }

    /// Unregisters a cell; its count stays.
    pub(crate) fn fold_in(&self, local: &Arc<LocalCount>) {
        let mut iterators = self.iterators.lock();
        let Some(iterators) = iterators.as_deref_mut() else { return };
        if let Some(at) = iterators.live.iter().position(|other| Arc::ptr_eq(other, local)) {
            iterators.live.swap_remove(at);
            iterators.taken -= i128::from(local.get());
        }
    }

    /// How much was added since the last [`take`](Self::take).
    pub(crate) fn pending(&self) -> i128 {
        let iterators = self.iterators.lock();
        let of_iterators = iterators.as_deref().map_or(0, |iterators| iterators.live_count() - iterators.taken);
        self.stripes.sum() + of_iterators
    }

    /// Takes everything that was added since the last call. What is added meanwhile belongs to this
    /// call or to the next.
    pub(crate) fn take(&self) -> i128 {
        let mut iterators = self.iterators.lock();
        let of_iterators = iterators.as_deref_mut().map_or(0, |iterators| {
            let live = iterators.live_count();
            live - std::mem::replace(&mut iterators.taken, live)
        });
        self.stripes.take() + of_iterators
    }
}

impl Iterators {
    fn live_count(&self) -> i128 {
        self.live.iter().map(|local| i128::from(local.get())).sum()
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn every_increment_is_taken_once() {
        let increments = Increments::default();
        let taken = thread::scope(|scope| {
            let threads = [1, 2, 3].map(|n| {
                let increments = &increments;
                scope.spawn(move || {
                    for _ in 0..200 {
                        let local = increments.register();
                        (1..=10).for_each(|count| local.set(count));
                        increments.stripes().add(n);
                        increments.fold_in(&local);
                    }
                })
            });
            let mut taken = 0;
            while !threads.iter().all(|thread| thread.is_finished()) {
                let pending = increments.pending();
                let now = increments.take();
                assert!(now >= pending && pending >= 0, "{now} taken of {pending}");
                taken += now;
            }
            taken
        });
        assert_eq!(taken + increments.take(), 3 * 200 * 10 + 200 * 6);
        assert_eq!(increments.pending(), 0);
    }

    #[test]
    fn an_iterator_counts_on_after_its_count_was_taken() {
        let increments = Increments::default();
        let local = increments.register();
        local.set(4);
        assert_eq!(increments.take(), 4);
        local.set(6);
        assert_eq!(increments.pending(), 2);
        increments.fold_in(&local);
        increments.fold_in(&local);
        assert_eq!((increments.pending(), increments.take(), increments.take()), (2, 2, 0));
    }
}
