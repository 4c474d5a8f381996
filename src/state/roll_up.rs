//! Children whose counts are part of the count of their parent.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use parking_lot::Mutex;

use super::number::Number;
use super::sum::Sum;

/// How the count of a child is counted into its parent.
///
/// ```
/// use footlights::RollUp;
///
/// # let manager = footlights::Manager::new();
/// let all = manager.counter().total(30).add();
/// let part = all.child().total(10).roll_up(RollUp::Counts).add();
/// part.inc(10);
/// assert_eq!(all.count(), 10);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum RollUp {
    /// Not at all.
    #[default]
    None,
    /// Each count of the child is a count of the parent: bytes of one file and of all files.
    Counts,
    /// The whole child is so many counts of the parent, and what is done of it is a part of them: a
    /// file of a number of files. Of a whole number, the part is rounded down, so `1` is counted when
    /// the child is complete; of a fraction it is not, so `1.0` is counted bit by bit.
    ///
    /// A child without a total is counted when it is closed.
    Weight(Number),
}

impl RollUp {
    /// Counts the whole child as `n` counts of the parent: see [`RollUp::Weight`].
    ///
    /// ```
    /// use footlights::RollUp;
    ///
    /// # let manager = footlights::Manager::new();
    /// let files = manager.counter().total(2).unit("files").add();
    /// let file = files.child().total(4096).unit("B").roll_up(RollUp::weight(1)).add();
    /// file.inc(4096);
    /// assert_eq!(files.count(), 1);
    /// ```
    pub fn weight(n: impl Into<Number>) -> RollUp {
        RollUp::Weight(n.into())
    }
}

/// A child, as its parent sees it.
pub(crate) trait Child: Send + Sync {
    fn count(&self) -> Number;
    fn total(&self) -> Option<Number>;
}

/// The children of one bar that are open and counted into it.
#[derive(Default)]
pub(super) struct Children(Mutex<Open>);

#[derive(Default)]
struct Open {
    children: BTreeMap<u64, (Arc<dyn Child>, RollUp)>,
    next_key: u64,
}

impl Children {
    /// Adds a child. Returns its key.
    pub(super) fn add(&self, child: Arc<dyn Child>, roll_up: RollUp) -> u64 {
        let mut open = self.0.lock();
        let key = open.next_key;
        open.next_key += 1;
        open.children.insert(key, (child, roll_up));
        key
    }

    /// Removes a child that is closed. Returns its part of the parent's count.
    pub(super) fn take(&self, key: u64) -> Option<Sum> {
        let (child, roll_up) = self.0.lock().children.remove(&key)?;
        Some(part(&*child, roll_up, Phase::Closed))
    }

    /// The part of the parent's count that open children have counted.
    pub(super) fn sum(&self) -> Sum {
        let open = self.0.lock();
        let parts = open.children.values().map(|(child, roll_up)| part(&**child, *roll_up, Phase::Open));
        parts.fold(Sum::Whole(0), Sum::plus)
    }
}

impl fmt::Debug for Children {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Children").field("open", &self.0.lock().children.len()).finish()
    }
}

/// Whether a child still counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Open,
    Closed,
}

/// The part of its parent's count that a child has counted.
fn part(child: &dyn Child, roll_up: RollUp, phase: Phase) -> Sum {
    match roll_up {
        RollUp::None => Sum::Whole(0),
        RollUp::Counts => child.count().into(),
        RollUp::Weight(weight) => match child.total() {
            Some(total) => share(child.count(), total, weight),
            None if phase == Phase::Closed => weight.into(),
            None => Sum::Whole(0),
        },
    }
}

/// The share of `weight` that `count` is of `total`.
fn share(count: Number, total: Number, weight: Number) -> Sum {
    match (count, total, weight) {
        _ if count >= total => weight.into(),
        _ if count <= Number::ZERO => Sum::Whole(0),
        (Number::Whole(count), Number::Whole(total), Number::Whole(weight)) => {
            // Neither is zero here.
            Sum::Whole((i128::from(count) * i128::from(weight)).div_euclid(i128::from(total)))
        }
        _ => {
            let part = count.as_f64() / total.as_f64() * weight.as_f64();
            // Rounded down if the weight is whole. A cast saturates.
            if weight.is_fraction() { Number::Fraction(part).into() } else { Sum::Whole(part.floor() as i128) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_weight() {
        let number = |x: f64| if x.fract() == 0.0 { Number::Whole(x as i64) } else { Number::Fraction(x) };
        for (count, total, weight, part) in [
            (0.0, 10.0, 1.0, 0.0),
            (9.0, 10.0, 1.0, 0.0),
            (10.0, 10.0, 1.0, 1.0),
            (11.0, 10.0, 1.0, 1.0),
            (-3.0, 10.0, 7.0, 0.0),
            (0.0, 0.0, 7.0, 7.0),
            (5.0, 10.0, 7.0, 3.0),
            (5.0, 10.0, 0.5, 0.25),
            (0.5, 1.5, 9.0, 3.0),
            (0.5, 1.0, 2.5, 1.25),
        ] {
            let part_of = share(number(count), number(total), number(weight)).number();
            assert_eq!(part_of, number(part), "{count} of {total}, weight {weight}");
        }
        let most = Number::Whole(i64::MAX);
        assert_eq!(share(Number::Whole(i64::MAX - 1), most, most).number(), Number::Whole(i64::MAX - 1));
    }
}
