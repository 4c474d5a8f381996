//! One number that many threads count up.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};

use super::number::Number;

/// A count. Adding a whole number is one atomic add.
///
/// All orderings are `Relaxed`: a count says how far something has come, and nobody draws conclusions about other memory from
/// it. The terminal thread sees every addition sooner or later, and the last one at the latest when it is told to stop,
/// which goes through a lock.
#[derive(Debug, Default)]
pub(crate) struct Count {
    whole: AtomicI64,
    /// The bits of the `f64` that was counted in fractions, on top of the whole part.
    fraction: AtomicU64,
    /// Whether it was ever counted in fractions: then it is shown as such.
    fractional: AtomicBool,
}

impl Count {
    pub(crate) fn new(start: Number) -> Count {
        let count = Count::default();
        count.set(start);
        count
    }

    #[inline]
    pub(crate) fn add(&self, n: i64) {
        self.whole.fetch_add(n, Relaxed);
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

    /// Makes it `number`; returns by how much that changed what was counted in fractions.
    pub(crate) fn set(&self, number: Number) -> f64 {
        let (whole, fraction, fractional) = match number {
            Number::Whole(whole) => (whole, 0.0_f64, false),
            Number::Fraction(fraction) => (0, fraction, true),
        };
        self.fractional.store(fractional, Relaxed);
        let before = self.fraction.swap(fraction.to_bits(), Relaxed);
        self.whole.store(whole, Relaxed);
        fraction - f64::from_bits(before)
    }

    /// Without what was counted in fractions.
    #[inline]
    pub(crate) fn whole(&self) -> i64 {
        self.whole.load(Relaxed)
    }

    #[inline]
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
