//! A running sum of whole numbers and fractions: exact as long as it is whole.

use super::number::Number;

/// Everything that was added so far. The first fraction turns it into a fraction; from then on
/// every addition is rounded, and the result depends on the order of the additions.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sum {
    /// Only whole numbers. 64 bits wider than what is added, so that sums beyond the range of
    /// [`Number`] stay exact.
    Whole(i128),
    /// A finite number.
    Fraction(f64),
}

impl Sum {
    pub(crate) fn plus_whole(self, n: i128) -> Sum {
        self.plus(Sum::Whole(n))
    }

    pub(crate) fn plus(self, other: Sum) -> Sum {
        match (self, other) {
            (Sum::Whole(a), Sum::Whole(b)) => Sum::Whole(a.saturating_add(b)),
            (a, b) => Sum::fraction(a.as_f64() + b.as_f64()),
        }
    }

    pub(crate) fn minus(self, other: Sum) -> Sum {
        match (self, other) {
            (Sum::Whole(a), Sum::Whole(b)) => Sum::Whole(a.saturating_sub(b)),
            (a, b) => Sum::fraction(a.as_f64() - b.as_f64()),
        }
    }

    /// The sum as it is read: a whole sum beyond the range of [`Number`] saturates.
    pub(crate) fn number(self) -> Number {
        match self {
            Sum::Whole(n) => Number::from(i64::try_from(n).unwrap_or(if n < 0 { i64::MIN } else { i64::MAX })),
            Sum::Fraction(x) => Number::Fraction(x),
        }
    }

    fn as_f64(self) -> f64 {
        match self {
            Sum::Whole(n) => n as f64,
            Sum::Fraction(x) => x,
        }
    }

    /// The sum of finite numbers is at most out of range, never NaN.
    fn fraction(x: f64) -> Sum {
        Sum::Fraction(x.clamp(f64::MIN, f64::MAX))
    }
}

impl From<Number> for Sum {
    /// A number that is not finite is 0.
    fn from(number: Number) -> Sum {
        match number.finite().unwrap_or(Number::ZERO) {
            Number::Whole(n) => Sum::Whole(n.into()),
            Number::Fraction(x) => Sum::Fraction(x),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_beyond_the_range_stay_exact_and_are_read_saturated() {
        let most = Sum::from(Number::Whole(i64::MAX));
        let twice = most.plus(most);
        assert_eq!(twice.number(), Number::Whole(i64::MAX));
        assert_eq!(twice.minus(most).minus(Sum::Whole(1)).number(), Number::Whole(i64::MAX - 1));
        assert_eq!(Sum::Whole(-3).minus(twice).number(), Number::Whole(-i64::MAX));
        assert_eq!(Sum::from(Number::Whole(i64::MIN)).number(), Number::Whole(-i64::MAX));
    }

    #[test]
    fn fractions_stay_finite() {
        let most = Sum::Fraction(f64::MAX);
        assert_eq!(most.plus(most).number(), Number::Fraction(f64::MAX));
        assert_eq!(Sum::Fraction(f64::MIN).minus(most).number(), Number::Fraction(f64::MIN));
        assert_eq!(Sum::from(Number::Fraction(f64::NAN)).number(), Number::ZERO);
        assert_eq!(Sum::from(Number::Fraction(f64::INFINITY)).number(), Number::ZERO);
    }
}
