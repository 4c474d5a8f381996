//! What one bar has counted, by itself and in its segments, and its total.

use std::sync::{Arc, OnceLock};

use parking_lot::{Mutex, MutexGuard, RwLock};

use super::increments::Increments;
use super::number::Number;
use super::roll_up::{Child, Children, RollUp};
use super::segment_state::SegmentState;
use super::sum::Sum;

/// The counts of one bar. Each segment has a sum of its own; the bar's sum covers the bar and all
/// its segments.
///
/// A whole increment goes to one place only, the increments of the bar or of a segment, where it
/// costs one atomic add. The bar's count is its sum plus all increments that are still pending. So
/// the segments always make up the bar.
///
/// Every other operation first settles: it folds the pending increments of the bar and of all
/// segments into the sums, and then adds its own amount. So fractions are added in the order in
/// which they were counted, for a segment as well as for the bar. A sum of fractions depends on
/// that order, and a bar whose parts were added up in another one might miss its total by the last
/// digit. Reading settles nothing: how often a bar is rendered must not change its count.
#[derive(Debug)]
pub(crate) struct Counts {
    /// Whole increments of the bar that belong to no segment, and are not yet part of the sum.
    pub(crate) increments: Increments,
    /// Everything that was counted, in segments too, except for pending increments. Locked while
    /// sums are changed and while the bar's count is read: so no amount is seen twice, or missed,
    /// and two moves do not take the same counts.
    sum: Mutex<Sum>,
    start: Number,
    total: RwLock<Option<Number>>,
    /// In the order in which they were added. Always locked after `sum`.
    segments: RwLock<Vec<Arc<SegmentState>>>,
    /// Children that are counted into the bar; few bars have any. Always locked after `sum`, and
    /// before the locks of the children.
    children: OnceLock<Box<Children>>,
}

/// Where counts are moved from.
#[derive(Clone, Copy)]
pub(crate) enum Origin<'a> {
    /// The counts of the bar that belong to no segment.
    Unsegmented,
    /// The counts of a segment.
    Segment(&'a SegmentState),
}

impl Counts {
    /// A start count that is not finite is 0; a total that is not finite is no total.
    pub(crate) fn new(start: Number, total: Option<Number>) -> Counts {
        let start = start.finite().unwrap_or(Number::ZERO);
        Counts {
            increments: Increments::default(),
            sum: Mutex::new(start.into()),
            start,
            total: RwLock::new(total.and_then(Number::finite)),
            segments: RwLock::default(),
            children: OnceLock::new(),
        }
    }

    /// Everything that was counted, by the bar itself and by its segments.
    pub(crate) fn count(&self) -> Number {
        let sum = self.sum.lock();
        let segments = self.segments.read();
        let pending = segments.iter().fold(self.increments.pending(), |n, segment| n + segment.increments.pending());
        let own = sum.plus_whole(pending);
        match self.children.get() {
            Some(children) => own.plus(children.sum()).number(),
            None => own.number(),
        }
    }

    /// The part of the count that belongs to no segment and no child that is open.
    pub(crate) fn unsegmented(&self) -> Number {
        let sum = self.settle();
        self.unsegmented_of(*sum).number()
    }

    /// Counts a child into this bar until it is [closed](Self::fold_child). Returns its key.
    pub(crate) fn add_child(&self, child: Arc<dyn Child>, roll_up: RollUp) -> u64 {
        self.children.get_or_init(Box::default).add(child, roll_up)
    }

    /// Takes over what a child has counted: it is closed.
    pub(crate) fn fold_child(&self, key: u64) {
        let Some(children) = self.children.get() else { return };
        // In one step, because the count is read under the same lock.
        let mut sum = self.settle();
        if let Some(part) = children.take(key) {
            *sum = sum.plus(part);
        }
    }

    /// The count that the bar was created with.
    pub(crate) fn start(&self) -> Number {
        self.start
    }

    pub(crate) fn total(&self) -> Option<Number> {
        *self.total.read()
    }

    /// Changes or removes the total. One that is not finite removes it.
    pub(crate) fn set_total(&self, total: Option<Number>) {
        *self.total.write() = total.and_then(Number::finite);
    }

    /// Adds `n` to the total. Without a total, `n` becomes the total.
    pub(crate) fn inc_total(&self, n: Number) {
        let mut total = self.total.write();
        *total = total.map_or(n, |total| total.plus(n)).finite();
    }

    /// Subtracts `n` from the total, down to 0. Without a total, does nothing.
    pub(crate) fn dec_total(&self, n: Number) {
        let mut total = self.total.write();
        *total = total.map(|total| total.minus(n)).map(|total| if total < Number::ZERO { Number::ZERO } else { total });
    }

    /// Whether the count has reached the total exactly.
    pub(crate) fn is_complete(&self) -> bool {
        self.total() == Some(self.count())
    }

    /// Sets the bar's count. The counts of segments and children stay: the difference belongs to the
    /// bar itself. A number that is not finite is 0.
    pub(crate) fn set(&self, number: Number) {
        let mut sum = self.settle();
        let children = self.children.get().map_or(Sum::Whole(0), |children| children.sum());
        *sum = Sum::from(number).minus(children);
    }

    /// Counts a fraction for the bar; a number that is not finite is not counted.
    pub(crate) fn add_fraction(&self, n: f64) {
        if n.is_finite() {
            let mut sum = self.settle();
            *sum = sum.plus(Sum::Fraction(n));
        }
    }

    /// Counts a fraction for a segment and for the bar; a number that is not finite is not counted.
    pub(crate) fn add_segment_fraction(&self, segment: &SegmentState, n: f64) {
        if n.is_finite() {
            let mut sum = self.settle();
            segment.set_sum(segment.sum().plus(Sum::Fraction(n)));
            *sum = sum.plus(Sum::Fraction(n));
        }
    }

    /// Sets the count of a segment; the bar's count changes by as much. A number that is not finite
    /// is 0.
    pub(crate) fn set_segment(&self, segment: &SegmentState, number: Number) {
        let number = Sum::from(number);
        let mut sum = self.settle();
        *sum = sum.plus(number.minus(segment.sum()));
        segment.set_sum(number);
    }

    /// Adds a segment, and moves its start count there from the counts that belong to no segment.
    /// Returns false, and adds nothing, if there are fewer.
    pub(crate) fn add_segment(&self, segment: &Arc<SegmentState>) -> bool {
        let sum = self.settle();
        let moved = self.transfer_settled(*sum, Origin::Unsegmented, segment, segment.start);
        if moved {
            self.segments.write().push(segment.clone());
        }
        moved
    }

    /// Moves `n` to a segment; the bar's count stays. Returns false, and moves nothing, if a count
    /// would become negative or `n` is not finite.
    pub(crate) fn transfer(&self, from: Origin<'_>, to: &SegmentState, n: Number) -> bool {
        let sum = self.settle();
        self.transfer_settled(*sum, from, to, n)
    }

    fn transfer_settled(&self, sum: Sum, from: Origin<'_>, to: &SegmentState, n: Number) -> bool {
        let Some(n) = n.finite() else { return false };
        let available = match from {
            Origin::Unsegmented => self.unsegmented_of(sum),
            Origin::Segment(segment) => segment.sum(),
        };
        let amount = Sum::from(n);
        let possible = |left: Sum| left.number() >= Number::ZERO;
        let enough = possible(available.minus(amount)) && possible(to.sum().plus(amount));
        // Moving 0 is always possible, even where a count is negative already.
        if !enough && !n.is_zero() {
            return false;
        }
        // The counts of segments are part of the bar's sum, so moving to a segment does not change
        // it.
        match from {
            // In one step, because a segment's count is read without the bar's lock.
            Origin::Segment(segment) if std::ptr::eq(segment, to) => to.set_sum(to.sum().minus(amount).plus(amount)),
            Origin::Segment(segment) => {
                segment.set_sum(segment.sum().minus(amount));
                to.set_sum(to.sum().plus(amount));
            }
            Origin::Unsegmented => to.set_sum(to.sum().plus(amount)),
        }
        true
    }

    /// Calls `read` with the segments in the order in which they were added. Meanwhile no counts
    /// are moved between them, so `read` must not call other methods of these counts: they would
    /// wait for it.
    pub(crate) fn with_segments<T>(&self, read: impl FnOnce(&[Arc<SegmentState>]) -> T) -> T {
        let _sum = self.sum.lock();
        read(&self.segments.read())
    }

    /// Whether a segment that is named as a failure has counted something.
    pub(crate) fn have_failed(&self) -> bool {
        self.with_segments(|parts| parts.iter().any(|part| part.is_failure() && !part.count().is_zero()))
    }

    /// Sets the bar and its segments to their start counts.
    pub(crate) fn reset(&self) {
        let mut sum = self.settle();
        self.segments.read().iter().for_each(|segment| segment.set_sum(segment.start.into()));
        *sum = self.start.into();
    }

    /// Folds all pending increments into the sums, and returns the bar's sum, locked. As long as it
    /// is, no sum changes.
    fn settle(&self) -> MutexGuard<'_, Sum> {
        let mut sum = self.sum.lock();
        let segments = self.segments.read();
        let pending = segments.iter().fold(self.increments.take(), |n, segment| n + segment.fold());
        drop(segments);
        *sum = sum.plus_whole(pending);
        sum
    }

    /// The part of the bar's sum that belongs to no segment.
    fn unsegmented_of(&self, sum: Sum) -> Sum {
        self.segments.read().iter().fold(sum, |rest, segment| rest.minus(segment.sum()))
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use proptest::prelude::*;

    use super::*;
    use crate::cells::color::Color;

    const NAN: Number = Number::Fraction(f64::NAN);

    fn segment(counts: &Counts, start: Number) -> Option<Arc<SegmentState>> {
        let segment = Arc::new(SegmentState::new("".into(), Color::DEFAULT, start, true));
        counts.add_segment(&segment).then_some(segment)
    }

    #[test]
    fn segments_make_up_the_bar() {
        let counts = Counts::new(Number::Whole(3), Some(Number::Whole(10)));
        let one = segment(&counts, Number::ZERO).unwrap();
        let two = segment(&counts, Number::Whole(2)).unwrap();
        assert!(segment(&counts, Number::Whole(2)).is_none());
        assert_eq!((counts.count(), counts.unsegmented()), (Number::Whole(3), Number::Whole(1)));
        one.increments.stripes().add(4);
        assert!(counts.transfer(Origin::Segment(&one), &two, Number::Whole(3)));
        assert!(!counts.transfer(Origin::Segment(&one), &two, Number::Whole(2)));
        assert!(!counts.transfer(Origin::Unsegmented, &two, NAN));
        assert_eq!((one.count(), two.count()), (Number::Whole(1), Number::Whole(5)));
        assert_eq!(counts.count(), Number::Whole(7));
        counts.set(Number::Whole(9));
        assert_eq!((counts.count(), counts.unsegmented()), (Number::Whole(9), Number::Whole(3)));
        counts.reset();
        assert_eq!((counts.count(), counts.unsegmented()), (Number::Whole(3), Number::Whole(1)));
    }

    #[test]
    fn fractions_add_up_in_the_order_in_which_they_were_counted() {
        let counts = Counts::new(Number::Fraction(0.508), Some(Number::Fraction(83.74)));
        let one = segment(&counts, Number::ZERO).unwrap();
        counts.add_segment_fraction(&one, 6.114);
        counts.add_fraction(77.118);
        assert!(counts.is_complete());
        assert!(counts.transfer(Origin::Unsegmented, &one, Number::Whole(2)));
        assert_eq!((one.count(), counts.count()), (Number::Fraction(8.114), Number::Fraction(83.74)));
        counts.set_segment(&one, Number::Whole(0));
        assert_eq!(counts.count(), Number::Fraction(83.74 - 8.114));
    }

    #[test]
    fn whole_amounts_among_fractions_keep_their_place() {
        let counts = Counts::new(Number::Whole(50), None);
        let one = segment(&counts, Number::Whole(21)).unwrap();
        counts.add_segment_fraction(&one, 0.8);
        assert!(counts.transfer(Origin::Segment(&one), &one, Number::Whole(2)));
        assert!(counts.transfer(Origin::Unsegmented, &one, Number::Fraction(0.963)));
        assert_eq!(one.count(), Number::Fraction(22.763));
        assert_eq!(counts.count(), Number::Fraction(50.8));
    }

    #[test]
    fn whole_fractions_complete_a_whole_total() {
        let counts = Counts::new(Number::ZERO, Some(Number::Whole(2)));
        for _ in 0..4 {
            assert!(!counts.is_complete());
            counts.add_fraction(0.5);
        }
        assert!(counts.is_complete());
    }

    #[test]
    fn numbers_that_are_not_finite_do_not_get_in() {
        for wrong in [NAN, Number::Fraction(f64::INFINITY), Number::Fraction(f64::NEG_INFINITY)] {
            let counts = Counts::new(wrong, Some(wrong));
            assert_eq!((counts.count(), counts.start(), counts.total()), (Number::ZERO, Number::ZERO, None));
            assert!(segment(&counts, wrong).is_none());
            let one = segment(&counts, Number::ZERO).unwrap();
            counts.set(Number::Whole(3));
            counts.set_segment(&one, Number::Whole(2));
            assert_eq!(counts.count(), Number::Whole(5));
            counts.add_fraction(wrong.as_f64());
            counts.add_segment_fraction(&one, wrong.as_f64());
            assert_eq!((counts.count(), one.count()), (Number::Whole(5), Number::Whole(2)));
            counts.set_segment(&one, wrong);
            assert_eq!((counts.count(), one.count()), (Number::Whole(3), Number::ZERO));
            counts.set(wrong);
            counts.set_total(Some(Number::Whole(1)));
            counts.set_total(Some(wrong));
            assert_eq!((counts.count(), counts.total()), (Number::ZERO, None));
        }
    }

    #[test]
    fn nothing_wraps_beyond_the_range() {
        const MOST: Number = Number::Whole(i64::MAX);
        let counts = Counts::new(Number::ZERO, Some(Number::from(u64::MAX)));
        let (bar, one) = (counts.increments.stripes(), segment(&counts, Number::ZERO).unwrap());
        bar.add(10);
        bar.add(u64::MAX);
        assert_eq!(counts.count(), MOST);
        assert!(counts.is_complete());
        bar.sub(u64::MAX);
        assert_eq!(counts.count(), Number::Whole(10));

        counts.set(Number::from(u64::MAX));
        bar.add(1);
        assert_eq!(counts.count(), MOST);
        one.increments.stripes().add(u64::MAX);
        assert_eq!((counts.count(), one.count()), (MOST, MOST));
        assert!(counts.transfer(Origin::Unsegmented, &one, MOST));
        assert!(counts.transfer(Origin::Segment(&one), &one, MOST));
        assert_eq!((counts.count(), one.count(), counts.unsegmented()), (MOST, MOST, Number::Whole(1)));

        counts.reset();
        bar.sub(u64::MAX);
        bar.sub(u64::MAX);
        bar.add(5);
        assert_eq!(counts.count(), Number::Whole(-i64::MAX));
        counts.set(Number::ZERO);
        bar.add(u64::MAX);
        assert_eq!(counts.count(), MOST);
    }

    /// Whatever happens at the same time, no amount is lost or seen twice. All sums of these
    /// numbers are exact as fractions.
    #[test]
    fn no_amount_is_lost_between_threads() {
        let counts = Counts::new(Number::ZERO, None);
        let segments = [0, 1].map(|_| segment(&counts, Number::ZERO).unwrap());
        thread::scope(|scope| {
            let threads = [0, 1].map(|at| {
                let (counts, to, from) = (&counts, &segments[at], &segments[1 - at]);
                scope.spawn(move || {
                    for _ in 0..500 {
                        to.increments.stripes().add(2);
                        counts.increments.stripes().add(1);
                        counts.add_segment_fraction(from, 0.5);
                        counts.add_fraction(0.25);
                        counts.transfer(Origin::Segment(from), to, Number::Whole(1));
                        counts.transfer(Origin::Unsegmented, to, Number::Fraction(0.5));
                    }
                })
            });
            let mut last = Number::ZERO;
            while !threads.iter().all(|thread| thread.is_finished()) {
                let count = counts.count();
                assert!(last <= count && count <= Number::Fraction(3750.0), "{count} after {last}");
                last = count;
            }
        });
        assert_eq!(counts.count(), Number::Fraction(3750.0));
        let parts = segments.iter().fold(counts.unsegmented(), |sum, segment| sum.plus(segment.count()));
        assert_eq!(parts, Number::Fraction(3750.0));
    }

    /// One thing that is done to a bar with two segments.
    #[derive(Clone, Copy, Debug)]
    enum Step {
        /// Adds to the bar or a segment; then settles, as the next operation would: more than one
        /// whole increment between two settled operations is added as one.
        Inc(Option<usize>, i64),
        AddFraction(Option<usize>, f64),
        Set(Option<usize>, Number),
        Transfer(Option<usize>, usize, Number),
        Reset,
    }

    fn step() -> impl Strategy<Value = Step> {
        let place = || prop::option::of(0..2_usize);
        let fraction = || (-2000..8000_i32).prop_map(|n| f64::from(n) / 1000.0);
        let number = move || prop_oneof![(-3..30_i64).prop_map(Number::Whole), fraction().prop_map(Number::Fraction)];
        prop_oneof![
            3 => (place(), -5..20_i64).prop_map(|(place, n)| Step::Inc(place, n)),
            3 => (place(), fraction()).prop_map(|(place, x)| Step::AddFraction(place, x)),
            1 => (place(), number()).prop_map(|(place, n)| Step::Set(place, n)),
            3 => (place(), 0..2_usize, number()).prop_map(|(from, to, n)| Step::Transfer(from, to, n)),
            1 => Just(Step::Reset),
        ]
    }

    /// The same in plain numbers: every amount is added at once, to the bar and to the segment.
    #[derive(Debug, Default)]
    struct Model {
        bar: f64,
        segments: [f64; 2],
    }

    impl Model {
        fn add(&mut self, place: Option<usize>, x: f64) {
            self.bar += x;
            if let Some(at) = place {
                self.segments[at] += x;
            }
        }

        fn unsegmented(&self) -> f64 {
            self.segments.iter().fold(self.bar, |rest, segment| rest - segment)
        }

        fn transfer(&mut self, from: Option<usize>, to: usize, x: f64) -> bool {
            let available = from.map_or_else(|| self.unsegmented(), |at| self.segments[at]);
            if x != 0.0 && (available - x < 0.0 || self.segments[to] + x < 0.0) {
                return false;
            }
            if let Some(at) = from {
                self.segments[at] -= x;
            }
            self.segments[to] += x;
            true
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        /// As long as at most one whole increment lies between two other operations, every digit is
        /// that of plain numbers.
        #[test]
        fn fractions_are_those_of_plain_addition(start in 0..60_i64, steps in prop::collection::vec(step(), 1..60)) {
            let counts = Counts::new(Number::Whole(start), None);
            let segments = [0, 1].map(|_| segment(&counts, Number::ZERO).unwrap());
            let mut model = Model { bar: start as f64, ..Model::default() };
            let mut pending = false;
            for step in steps {
                match step {
                    Step::Inc(place, n) => {
                        if std::mem::replace(&mut pending, true) {
                            counts.unsegmented();
                        }
                        let to = place.map_or(counts.increments.stripes(), |at| segments[at].increments.stripes());
                        if n < 0 { to.sub(n.unsigned_abs()) } else { to.add(n.unsigned_abs()) }
                        model.add(place, n as f64);
                    }
                    Step::AddFraction(place, x) => {
                        pending = false;
                        match place {
                            None => counts.add_fraction(x),
                            Some(at) => counts.add_segment_fraction(&segments[at], x),
                        }
                        model.add(place, x);
                    }
                    Step::Set(None, n) => {
                        pending = false;
                        counts.set(n);
                        model.bar = n.as_f64();
                    }
                    Step::Set(Some(at), n) => {
                        pending = false;
                        counts.set_segment(&segments[at], n);
                        model.bar += n.as_f64() - model.segments[at];
                        model.segments[at] = n.as_f64();
                    }
                    Step::Transfer(from, to, n) => {
                        pending = false;
                        let source = from.map_or(Origin::Unsegmented, |at| Origin::Segment(&segments[at]));
                        let moved = counts.transfer(source, &segments[to], n);
                        prop_assert_eq!(moved, model.transfer(from, to, n.as_f64()));
                    }
                    Step::Reset => {
                        pending = false;
                        counts.reset();
                        model = Model { bar: start as f64, ..Model::default() };
                    }
                }
                prop_assert_eq!(counts.count().as_f64(), model.bar);
                prop_assert_eq!([0, 1].map(|at| segments[at].count().as_f64()), model.segments);
            }
        }
    }
}
