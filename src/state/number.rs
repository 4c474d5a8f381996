//! A whole or fractional count, its comparison and its arithmetic.

use std::cmp::Ordering;
use std::fmt;

/// A count or a total, made with [`From`] from the numbers of Rust.
///
/// Whole numbers range from -(2⁶³ - 1) to 2⁶³ - 1. Larger ones saturate, also where counting leads
/// beyond that range. Fractions are finite: a count that is NaN or infinite is taken for 0, and a
/// total that is NaN or infinite for no total.
///
/// Whole numbers and fractions are compared by their exact value: `Whole(2)` equals
/// `Fraction(2.0)`. NaN equals nothing.
///
/// ```
/// use footlights::Number;
///
/// assert_eq!(Number::from(2), Number::from(2.0));
/// assert!(Number::from(2) < Number::from(2.5));
/// assert_eq!(Number::from(u64::MAX), Number::from(i64::MAX));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Number {
    /// A number of pieces.
    Whole(i64),
    /// A measure, such as seconds, kilometers or shares.
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

    /// Cuts off the fraction: what is not done is not shown as done. A number so close to a whole one that only
    /// the error of a sum may lie between them (ten times 0.1) is that whole number. A cast saturates.
    pub(crate) fn whole(self) -> i64 {
        // Relative; but a count of billions must not lose a part that somebody has counted.
        const ERROR_OF_SUMS: f64 = 1e-9;
        const LARGEST_ERROR: f64 = 1e-3;
        match self {
            Number::Whole(n) => n,
            Number::Fraction(x) => {
                let nearest = x.round();
                let is_near = (nearest - x).abs() <= (ERROR_OF_SUMS * nearest.abs().max(1.0)).min(LARGEST_ERROR);
                (if is_near { nearest } else { x }) as i64
            }
        }
    }

    /// [Cuts off](Number::whole) the fraction. A number below 0 becomes 0.
    pub(crate) fn as_u64(self) -> u64 {
        u64::try_from(self.whole()).unwrap_or(0)
    }

    pub(crate) fn is_fraction(self) -> bool {
        matches!(self, Number::Fraction(_))
    }

    pub(crate) fn is_zero(self) -> bool {
        self.as_f64() == 0.0
    }

    /// The number, unless it is NaN or infinite.
    pub(crate) fn finite(self) -> Option<Number> {
        Some(self).filter(|number| number.as_f64().is_finite())
    }

    /// The same value as a fraction.
    pub(crate) fn to_fraction(self) -> Number {
        Number::Fraction(self.as_f64())
    }

    /// Adds. Whole numbers saturate.
    pub(crate) fn plus(self, other: Number) -> Number {
        match (self, other) {
            (Number::Whole(a), Number::Whole(b)) => Number::Whole(a.saturating_add(b)),
            (a, b) => Number::Fraction(a.as_f64() + b.as_f64()),
        }
    }

    /// Subtracts. Whole numbers saturate.
    pub(crate) fn minus(self, other: Number) -> Number {
        match (self, other) {
            (Number::Whole(a), Number::Whole(b)) => Number::Whole(a.saturating_sub(b)),
            (a, b) => Number::Fraction(a.as_f64() - b.as_f64()),
        }
    }

    /// The absolute value. Whole numbers saturate.
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
            /// A number beyond the range of whole numbers saturates.
            fn from(n: $kind) -> Number {
                // Only positive numbers can be too large for an i64.
                Number::Whole(i64::try_from(n).unwrap_or(i64::MAX).max(-i64::MAX))
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

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        match (*self, *other) {
            (Number::Whole(a), Number::Whole(b)) => Some(a.cmp(&b)),
            (Number::Fraction(a), Number::Fraction(b)) => a.partial_cmp(&b),
            (Number::Whole(a), Number::Fraction(b)) => compare(a, b),
            (Number::Fraction(a), Number::Whole(b)) => compare(b, a).map(Ordering::reverse),
        }
    }
}

/// Compares without rounding: an `i64` as an `f64` would lose digits beyond 2^53, and equality
/// would not be transitive.
fn compare(whole: i64, x: f64) -> Option<Ordering> {
    // Exact: a power of two.
    const END: f64 = -(i64::MIN as f64);
    if x.is_nan() {
        None
    } else if x >= END {
        Some(Ordering::Less)
    } else if x < -END {
        Some(Ordering::Greater)
    } else {
        let floor = x.floor();
        // In range, and therefore exact.
        let order = whole.cmp(&(floor as i64));
        Some(if order.is_eq() && floor < x { Ordering::Less } else { order })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_wraps() {
        let most = Number::Whole(i64::MAX);
        assert_eq!(most.plus(Number::Whole(1)), most);
        assert_eq!(Number::Whole(i64::MIN).minus(Number::Whole(1)), Number::Whole(i64::MIN));
        assert_eq!(Number::Whole(i64::MIN).abs(), most);
        assert_eq!((Number::from(u64::MAX), Number::from(usize::MAX)), (most, most));
        assert_eq!(Number::from(i64::MIN), Number::Whole(-i64::MAX));
    }

    #[test]
    fn one_fraction_makes_fractions() {
        assert!(Number::Whole(1).plus(Number::Fraction(0.5)).is_fraction());
        assert_eq!(Number::Whole(1).plus(Number::Fraction(0.5)), Number::Fraction(1.5));
    }

    #[test]
    fn fractions_are_cut_off() {
        let tenths: f64 = std::iter::repeat_n(0.1, 10).sum();
        assert!(tenths < 1.0);
        for (x, whole) in [
            (2.7, 2),
            (2.999, 2),
            (-2.7, -2),
            (tenths, 1),
            (-tenths, -1),
            (0.0, 0),
            (5e9 + 0.7, 5_000_000_000),
            (-5e9 - 0.7, -5_000_000_000),
            (1e300, i64::MAX),
            (-1e300, i64::MIN),
            (f64::NAN, 0),
        ] {
            assert_eq!(Number::Fraction(x).whole(), whole, "{x}");
        }
        assert_eq!((Number::Fraction(-2.7).as_u64(), Number::Whole(-1).as_u64()), (0, 0));
    }

    #[test]
    fn comparisons_are_exact() {
        use Ordering::{Equal, Greater, Less};
        let nearly = 1_i64 << 53;
        for (whole, x, order) in [
            (2, 2.0, Some(Equal)),
            (0, -0.0, Some(Equal)),
            (1, 1.5, Some(Less)),
            (2, 1.5, Some(Greater)),
            (-1, -1.5, Some(Greater)),
            (-2, -1.5, Some(Less)),
            (0, f64::MIN_POSITIVE, Some(Less)),
            (0, -f64::MIN_POSITIVE, Some(Greater)),
            (nearly, nearly as f64, Some(Equal)),
            (nearly + 1, nearly as f64, Some(Greater)),
            (nearly + 1, nearly as f64 + 2.0, Some(Less)),
            (i64::MAX, i64::MAX as f64, Some(Less)),
            (i64::MIN, i64::MIN as f64, Some(Equal)),
            (-i64::MAX, i64::MIN as f64, Some(Greater)),
            (i64::MAX, f64::INFINITY, Some(Less)),
            (i64::MIN, f64::NEG_INFINITY, Some(Greater)),
            (0, f64::NAN, None),
        ] {
            let (whole, fraction) = (Number::Whole(whole), Number::Fraction(x));
            assert_eq!(whole.partial_cmp(&fraction), order, "{whole} and {x}");
            assert_eq!(fraction.partial_cmp(&whole), order.map(Ordering::reverse), "{x} and {whole}");
            assert_eq!(whole == fraction, order == Some(Equal), "{whole} and {x}");
        }
        assert_ne!(Number::Fraction(f64::NAN), Number::Fraction(f64::NAN));
    }

    /// Numbers that are likely to be close to each other, also where an `f64` has fewer digits than
    /// an `i64`.
    fn number() -> impl Strategy<Value = Number> {
        let near = (prop::sample::select(vec![0_i64, 1 << 53, 1 << 60, i64::MAX]), -3..=3_i64, any::<bool>())
            .prop_map(|(base, step, negative)| base.saturating_add(step) * if negative { -1 } else { 1 });
        prop_oneof![
            near.clone().prop_map(Number::Whole),
            near.clone().prop_map(|n| Number::Fraction(n as f64)),
            near.prop_map(|n| Number::Fraction(n as f64 * 0.5)),
            any::<i64>().prop_map(Number::Whole),
            prop::num::f64::NORMAL.prop_map(Number::Fraction),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn order_is_total_without_nan(a in number(), b in number(), c in number()) {
            prop_assert_eq!(a.partial_cmp(&b), b.partial_cmp(&a).map(Ordering::reverse));
            prop_assert_eq!(a == b, a <= b && b <= a);
            if a <= b && b <= c {
                prop_assert!(a <= c);
                prop_assert_eq!(a == c, a == b && b == c);
            }
        }
    }
}
