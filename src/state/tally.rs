//! What one bar has counted: its own share, and that of each of its segments.

use std::sync::Arc;

use parking_lot::{Mutex, RwLock};

use super::count::Count;
use super::number::Number;
use crate::paint::color::Color;

/// The counts of one bar.
///
/// Whole numbers are counted once: a segment counts for itself alone, and the bar's count is what it counted itself plus what
/// its segments did. So a segment's increment is one atomic add as well, and the parts always make up the whole.
///
/// Fractions are counted twice, for the segment and for the bar: a sum of fractions depends on the order in which they are
/// added, and a bar whose parts were added up anew might miss its total by the last digit.
#[derive(Debug)]
pub(crate) struct Tally {
    /// The whole numbers that no segment accounts for, and the fractions of the bar and all its segments.
    pub(crate) own: Count,
    start: RwLock<Number>,
    total: RwLock<Option<Number>>,
    segments: RwLock<Vec<Arc<Part>>>,
    /// Held while counts are moved: nobody else takes what was found to be there, and nobody counts it twice.
    moving: Mutex<()>,
}

/// What one segment has counted, and its colour.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) count: Count,
    pub(crate) start: Number,
    pub(crate) color: RwLock<Color>,
    /// Whether formats may ask for its rate and time left.
    pub(crate) all_fields: bool,
}

/// Where counts are taken from.
#[derive(Clone, Copy)]
pub(crate) enum Origin<'a> {
    /// From what no segment accounts for.
    Own,
    /// From a segment.
    Part(&'a Part),
}

impl Part {
    pub(crate) fn new(color: Color, start: Number, all_fields: bool) -> Part {
        Part { count: Count::default(), start, color: RwLock::new(color), all_fields }
    }
}

impl Tally {
    pub(crate) fn new(start: Number, total: Option<Number>) -> Tally {
        Tally {
            own: Count::new(start),
            start: RwLock::new(start),
            total: RwLock::new(total),
            segments: RwLock::default(),
            moving: Mutex::new(()),
        }
    }

    /// Everything that was counted, by the bar itself and by its segments.
    pub(crate) fn count(&self) -> Number {
        // What is being moved would be seen twice, or not at all.
        let _still = self.moving.lock();
        self.own.with(self.own.whole().saturating_add(self.with_segments(whole)))
    }

    /// What no segment accounts for.
    pub(crate) fn rest(&self) -> Number {
        let _still = self.moving.lock();
        self.rest_now()
    }

    fn rest_now(&self) -> Number {
        // Read once: a lock that is taken twice for reading waits for a writer in between, which waits for it.
        self.with_segments(|parts| {
            let count = self.own.with(self.own.whole().saturating_add(whole(parts)));
            parts.iter().fold(count, |rest, part| rest.minus(part.count.get()))
        })
    }

    /// Makes the whole count `number`, by changing what no segment accounts for.
    pub(crate) fn set(&self, number: Number) {
        self.own.set(number, self.with_segments(whole));
    }

    pub(crate) fn start(&self) -> Number {
        *self.start.read()
    }

    pub(crate) fn total(&self) -> Option<Number> {
        *self.total.read()
    }

    pub(crate) fn set_total(&self, total: Option<Number>) {
        *self.total.write() = total;
    }

    /// Adds a segment, which takes over its start count from what no segment accounts for. False if there is less of that.
    pub(crate) fn add_segment(&self, part: &Arc<Part>) -> bool {
        let there = self.transfer(Origin::Own, part, part.start);
        if there {
            self.segments.write().push(part.clone());
        }
        there
    }

    /// Counts a fraction for a segment, and with it for the bar.
    pub(crate) fn add_fraction(&self, part: &Part, n: f64) {
        part.count.add_fraction(n);
        self.own.add_fraction(n);
    }

    /// Makes the count of a segment `number`; that of the bar changes with it.
    pub(crate) fn set_part(&self, part: &Part, number: Number) {
        let change = part.count.set(number, 0);
        if change != 0.0 || number.is_fraction() {
            self.own.add_fraction(change);
        }
    }

    /// Moves `n` to a segment; the bar's count stays. False, and nothing is moved, where that would leave less than nothing.
    pub(crate) fn transfer(&self, from: Origin<'_>, to: &Part, n: Number) -> bool {
        let _moving = self.moving.lock();
        let there = match from {
            Origin::Own => self.rest_now(),
            Origin::Part(part) => part.count.get(),
        };
        // What is no number compares with nothing.
        let possible = |rest: Number| rest >= Number::ZERO;
        // Nothing can always be moved, also where there is less than nothing.
        let enough = n.is_zero() || (possible(there.minus(n)) && possible(to.count.get().plus(n)));
        if !enough || !n.as_f64().is_finite() {
            return false;
        }
        match from {
            Origin::Part(part) => part.count.add_number(n.negated()),
            // The fractions of the segments are the bar's already.
            Origin::Own if n.is_fraction() => {}
            Origin::Own => self.own.add_number(n.negated()),
        }
        to.count.add_number(n);
        true
    }

    /// The segments in the order they were added.
    pub(crate) fn with_segments<T>(&self, read: impl FnOnce(&[Arc<Part>]) -> T) -> T {
        read(&self.segments.read())
    }

    /// Back to what it started with, segments too.
    pub(crate) fn reset(&self) {
        let segments = self.segments.read();
        for part in segments.iter() {
            part.count.set(part.start, 0);
        }
        drop(segments);
        self.set(self.start());
    }

    /// Whether nothing is left to count.
    pub(crate) fn is_complete(&self) -> bool {
        self.total() == Some(self.count())
    }
}

/// What the segments have counted in whole numbers.
fn whole(parts: &[Arc<Part>]) -> i64 {
    parts.iter().fold(0, |sum, part| sum.saturating_add(part.count.whole()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(tally: &Tally, start: Number) -> Option<Arc<Part>> {
        let part = Arc::new(Part::new(Color::DEFAULT, start, true));
        tally.add_segment(&part).then_some(part)
    }

    #[test]
    fn parts_make_up_the_whole() {
        let tally = Tally::new(Number::Whole(3), Some(Number::Whole(10)));
        let one = part(&tally, Number::ZERO).unwrap();
        let two = part(&tally, Number::Whole(2)).unwrap();
        assert!(part(&tally, Number::Whole(2)).is_none());
        assert_eq!((tally.count(), tally.rest()), (Number::Whole(3), Number::Whole(1)));
        one.count.add(4);
        assert!(tally.transfer(Origin::Part(&one), &two, Number::Whole(3)));
        assert!(!tally.transfer(Origin::Part(&one), &two, Number::Whole(2)));
        assert!(!tally.transfer(Origin::Own, &two, Number::Fraction(f64::NAN)));
        assert_eq!((one.count.get(), two.count.get()), (Number::Whole(1), Number::Whole(5)));
        assert_eq!(tally.count(), Number::Whole(7));
        tally.set(Number::Whole(9));
        assert_eq!((tally.count(), tally.rest()), (Number::Whole(9), Number::Whole(3)));
        tally.reset();
        assert_eq!((tally.count(), tally.rest()), (Number::Whole(3), Number::Whole(1)));
    }

    #[test]
    fn fractions_add_up_in_the_order_they_came() {
        let tally = Tally::new(Number::Fraction(0.508), Some(Number::Fraction(83.74)));
        let one = part(&tally, Number::ZERO).unwrap();
        tally.add_fraction(&one, 6.114);
        tally.own.add_fraction(77.118);
        assert!(tally.is_complete());
        assert!(tally.transfer(Origin::Own, &one, Number::Whole(2)));
        assert_eq!((one.count.get(), tally.count()), (Number::Fraction(8.114), Number::Fraction(83.74)));
        tally.set_part(&one, Number::Whole(0));
        assert_eq!(tally.count().as_f64(), 83.74 - 6.114 - 2.0);
    }
}
