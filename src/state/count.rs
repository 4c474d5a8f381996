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

    /// Takes `n` away, if there is that much.
    pub(crate) fn take(&self, n: i64) -> bool {
        self.whole.fetch_update(Relaxed, Relaxed, |now| now.checked_sub(n).filter(|rest| *rest >= 0)).is_ok()
    }

    pub(crate) fn set(&self, number: Number) {
        let (whole, fraction, fractional) = match number {
            Number::Whole(whole) => (whole, 0.0_f64, false),
            Number::Fraction(fraction) => (0, fraction, true),
        };
        self.fractional.store(fractional, Relaxed);
        self.fraction.store(fraction.to_bits(), Relaxed);
        self.whole.store(whole, Relaxed);
    }

    #[inline]
    pub(crate) fn get(&self) -> Number {
        let whole = self.whole.load(Relaxed);
        if self.fractional.load(Relaxed) {
            Number::Fraction(whole as f64 + f64::from_bits(self.fraction.load(Relaxed)))
        } else {
            Number::Whole(whole)
        }
    }
}
