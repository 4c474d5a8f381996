//! A count: whole or fractional, and the little arithmetic that is done with it.

use std::cmp::Ordering;
use std::fmt;

/// A count or a total; made with [`From`] from numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// Counted in pieces.
    Whole(i64),
    /// Measured: seconds, kilometres, shares.
    Fraction(f64),
}

impl Number {
    pub(crate) const ZERO: Number = Number::Whole(0);

    pub(crate) fn as_f64(self) -> f64 {
        match self {
            Number::Whole(n) => n as f64,
            Number::Fraction(x) => x,
        }
    }

    /// Without the fraction; below zero it is 0.
    pub(crate) fn as_u64(self) -> u64 {
        match self {
            Number::Whole(n) => u64::try_from(n).unwrap_or(0),
            Number::Fraction(x) => x as u64,
        }
    }

    pub(crate) fn is_fraction(self) -> bool {
        matches!(self, Number::Fraction(_))
    }

    pub(crate) fn is_zero(self) -> bool {
        self.as_f64() == 0.0
    }

    /// The same value as a fraction.
    pub(crate) fn to_fraction(self) -> Number {
        Number::Fraction(self.as_f64())
    }

    /// Saturates where whole numbers end.
    pub(crate) fn plus(self, other: Number) -> Number {
        match (self, other) {
            (Number::Whole(a), Number::Whole(b)) => Number::Whole(a.saturating_add(b)),
            (a, b) => Number::Fraction(a.as_f64() + b.as_f64()),
        }
    }

    /// Saturates where whole numbers end.
    pub(crate) fn minus(self, other: Number) -> Number {
        match (self, other) {
            (Number::Whole(a), Number::Whole(b)) => Number::Whole(a.saturating_sub(b)),
            (a, b) => Number::Fraction(a.as_f64() - b.as_f64()),
        }
    }

    /// Saturates where whole numbers end.
    pub(crate) fn negated(self) -> Number {
        match self {
            Number::Whole(n) => Number::Whole(n.saturating_neg()),
            Number::Fraction(x) => Number::Fraction(-x),
        }
    }

    pub(crate) fn abs(self) -> Number {
        match self {
            Number::Whole(n) => Number::Whole(n.saturating_abs()),
            Number::Fraction(x) => Number::Fraction(x.abs()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Whole(n) => n.fmt(f),
            Number::Fraction(x) => x.fmt(f),
        }
    }
}

macro_rules! from_whole {
    ($($kind:ty),*) => { $(
        impl From<$kind> for Number {
            fn from(n: $kind) -> Number {
                // The largest do not fit; they stay at the end of the scale.
                Number::Whole(i64::try_from(n).unwrap_or(i64::MAX))
            }
        }
    )* };
}

from_whole!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

impl From<f32> for Number {
    fn from(x: f32) -> Number {
        Number::Fraction(x.into())
    }
}

impl From<f64> for Number {
    fn from(x: f64) -> Number {
        Number::Fraction(x)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        match (self, other) {
            (Number::Whole(a), Number::Whole(b)) => Some(a.cmp(b)),
            (a, b) => a.as_f64().partial_cmp(&b.as_f64()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_wraps() {
        let most = Number::Whole(i64::MAX);
        assert_eq!(most.plus(Number::Whole(1)), most);
        assert_eq!(Number::Whole(i64::MIN).minus(Number::Whole(1)), Number::Whole(i64::MIN));
        assert_eq!(Number::Whole(i64::MIN).abs(), most);
    }

    #[test]
    fn one_fraction_makes_fractions() {
        assert_eq!(Number::Whole(1).plus(Number::Fraction(0.5)), Number::Fraction(1.5));
        assert!(Number::Whole(1) < Number::Fraction(1.5));
    }
}
