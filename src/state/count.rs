//! One number that many threads count up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};

use parking_lot::Mutex;

use super::lanes::Lanes;
use super::number::Number;

/// A count. Adding a whole number is one atomic add.
///
/// All orderings are `Relaxed`: a count says how far something has come, and nobody draws conclusions about other memory from
/// it. The terminal thread sees every addition sooner or later, and the last one at the latest when it is told to stop,
/// which goes through a lock.
#[derive(Debug)]
pub(crate) struct Count {
    lanes: Lanes,
    /// What is counted by one each, who is not done yet. Held while the whole number is read or set: so it is never seen while
    /// something changes sides, and who has seen it sees no earlier one.
    purses: Mutex<Vec<Arc<Purse>>>,
    /// The bits of the `f64` that was counted in fractions, on top of the whole part.
    fraction: AtomicU64,
    /// Whether it was ever counted in fractions: then it is shown as such.
    fractional: AtomicBool,
}

/// A part of a count that only one counts up, and so without an atomic add. Away from everything that others write to.
#[derive(Debug, Default)]
#[repr(align(128))]
pub(crate) struct Purse(AtomicI64);

impl Purse {
    /// Only by the one who opened it: it would overwrite what others do.
    #[inline]
    pub(crate) fn set(&self, n: i64) {
        self.0.store(n, Relaxed);
    }

    pub(crate) fn get(&self) -> i64 {
        self.0.load(Relaxed)
    }
}

impl Default for Count {
    fn default() -> Count {
        Count {
            lanes: Lanes::take(),
            purses: Mutex::default(),
            fraction: AtomicU64::default(),
            fractional: AtomicBool::default(),
        }
    }
}

impl Drop for Count {
    fn drop(&mut self) {
        self.lanes.give_back();
    }
}

impl Count {
    pub(crate) fn new(start: Number) -> Count {
        let count = Count::default();
        count.set(start, 0);
        count
    }

    /// Where whole numbers are added, for those who keep this count and want to be quick about it.
    pub(crate) fn lanes(&self) -> Lanes {
        self.lanes
    }

    #[inline]
    pub(crate) fn add(&self, n: i64) {
        self.lanes.add(n);
    }

    /// Counts from now on, until it is closed, what is in a purse. One that is forgotten counts forever.
    pub(crate) fn open(&self) -> Arc<Purse> {
        let purse = Arc::new(Purse::default());
        self.purses.lock().push(purse.clone());
        purse
    }

    /// Takes over what is in a purse.
    pub(crate) fn close(&self, purse: &Arc<Purse>) {
        let mut purses = self.purses.lock();
        purses.retain(|open| !Arc::ptr_eq(open, purse));
        self.add(purse.get());
    }

    /// Costs a compare-and-swap; what is not a finite number is left out.
    pub(crate) fn add_fraction(&self, n: f64) {
        if !n.is_finite() {
            return;
        }
        self.fractional.store(true, Relaxed);
        let _ = self.fraction.fetch_update(Relaxed, Relaxed, |bits| Some((f64::from_bits(bits) + n).to_bits()));
    }

    /// Adds a number of either kind.
    pub(crate) fn add_number(&self, n: Number) {
        match n {
            Number::Whole(n) => self.add(n),
            Number::Fraction(x) => self.add_fraction(x),
        }
    }

    /// Makes it, with `others` that are counted elsewhere, `number`; returns by how much that changed what was counted in
    /// fractions.
    pub(crate) fn set(&self, number: Number, others: i64) -> f64 {
        let (whole, fraction, fractional) = match number {
            Number::Whole(whole) => (whole, 0.0_f64, false),
            Number::Fraction(fraction) => (0, fraction, true),
        };
        self.fractional.store(fractional, Relaxed);
        let before = self.fraction.swap(fraction.to_bits(), Relaxed);
        let purses = self.purses.lock();
        self.lanes.set(whole.wrapping_sub(others).wrapping_sub(sum(&purses)));
        fraction - f64::from_bits(before)
    }

    /// Without what was counted in fractions.
    pub(crate) fn whole(&self) -> i64 {
        let purses = self.purses.lock();
        self.lanes.sum().wrapping_add(sum(&purses))
    }

    pub(crate) fn get(&self) -> Number {
        self.with(self.whole())
    }

    /// As if its whole part were `whole`.
    pub(crate) fn with(&self, whole: i64) -> Number {
        if self.fractional.load(Relaxed) {
            Number::Fraction(whole as f64 + f64::from_bits(self.fraction.load(Relaxed)))
        } else {
            Number::Whole(whole)
        }
    }
}

fn sum(purses: &[Arc<Purse>]) -> i64 {
    purses.iter().fold(0, |sum, purse| sum.wrapping_add(purse.get()))
}
