//! A part of a bar, in a colour of its own.

use std::sync::Arc;

use crate::counter::Counter;
use crate::error::Error;
use crate::paint::color::Color;
use crate::state::count::Count;
use crate::state::lanes::Lanes;
use crate::state::number::Number;
use crate::state::tally::{Origin, Part};
use crate::wrap::{Counted, WrapIter};

/// Counts for itself and for its bar: made with [`Counter::segment`].
///
/// Drawn honestly: each segment has its share of the bar, in eighths of a cell, and one that is not zero is seen as long as
/// there is room.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Those of the part, at hand so that an increment is one step away.
    lanes: Lanes,
    part: Arc<Part>,
    counter: Counter,
}

/// What a new segment is to be like; made with [`Counter::segment_with`].
#[derive(Clone, Debug)]
#[must_use = "the segment is there when it is `add`ed"]
pub struct SegmentBuilder<'a> {
    counter: &'a Counter,
    color: Color,
    count: Number,
    all_fields: bool,
}

impl<'a> SegmentBuilder<'a> {
    pub(crate) fn new(counter: &'a Counter, color: Color) -> SegmentBuilder<'a> {
        SegmentBuilder { counter, color, count: Number::ZERO, all_fields: true }
    }

    /// How many of those that the bar has counted, and no other segment accounts for, are this segment's from the start:
    /// shown as done, not counted for its rate. Default: none.
    pub fn count(mut self, count: impl Into<Number>) -> Self {
        self.count = count.into();
        self
    }

    /// Whether formats may have its `rate_n`, `interval_n` and `eta_n`. Default: yes. Where it is switched off, a format that
    /// has them is refused.
    pub fn all_fields(mut self, all_fields: bool) -> Self {
        self.all_fields = all_fields;
        self
    }

    /// Adds the segment to its bar, to the left of those that were added before.
    ///
    /// # Errors
    ///
    /// If it is to start with more than the bar has counted outside of other segments, or with less than nothing.
    pub fn add(self) -> Result<Segment, Error> {
        let part = Arc::new(Part::new(self.color, self.count, self.all_fields));
        let tally = self.counter.tally();
        if !tally.add_segment(&part) {
            return Err(Error::start(self.count, tally.rest()));
        }
        Ok(Segment::of(part, self.counter.clone()))
    }
}

/// Where counts are moved from: the bar's own count, which no segment accounts for, or a segment of the same bar.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// What the bar has counted itself.
    Counter(&'a Counter),
    /// What a segment has counted.
    Segment(&'a Segment),
}

/// Why counts are mostly not moved.
const FEWER: &str = "the source has fewer";

impl Segment {
    /// A segment that starts at nothing.
    pub(crate) fn empty(counter: Counter, color: Color) -> Segment {
        let part = Arc::new(Part::new(color, Number::ZERO, true));
        counter.tally().add_segment(&part);
        Segment::of(part, counter)
    }

    /// A part that was just added.
    fn of(part: Arc<Part>, counter: Counter) -> Segment {
        counter.touch();
        Segment { lanes: part.count.lanes(), part, counter }
    }

    /// Counts `n` more as done, here and for the bar. Costs one atomic add.
    #[inline]
    pub fn inc(&self, n: u64) {
        self.lanes.add(n as i64);
    }

    /// Takes `n` back, here and from the bar.
    #[inline]
    pub fn dec(&self, n: u64) {
        self.lanes.add((n as i64).wrapping_neg());
    }

    /// Counts a fraction as done, here and for the bar, or takes it back if it is negative. From then on both are shown with
    /// fractions.
    ///
    /// Costs two compare-and-swaps; what is not a finite number is not counted.
    pub fn inc_fraction(&self, n: f64) {
        self.counter.tally().add_fraction(&self.part, n);
    }

    /// Makes the segment's count `n`; the bar's changes with it.
    pub fn set(&self, n: impl Into<Number>) {
        self.counter.tally().set_part(&self.part, n.into());
    }

    /// What this segment has counted, without fractions. Taken back below zero it is 0.
    pub fn count(&self) -> u64 {
        self.part.count.get().as_u64()
    }

    /// What this segment has counted, fractions included.
    pub fn count_f64(&self) -> f64 {
        self.part.count.get().as_f64()
    }

    /// Counts the items of `items` as they are worked on, as [`Counter::wrap_iter`] does, but leaves the total alone.
    pub fn wrap_iter<I: IntoIterator>(&self, items: I) -> WrapIter<I::IntoIter> {
        WrapIter::new(items.into_iter(), Counted::In(self.clone()))
    }

    /// Changes its colour.
    pub fn set_color(&self, color: impl Into<Color>) {
        *self.part.color.write() = color.into();
        self.counter.touch();
    }

    /// The bar it is a part of.
    pub fn counter(&self) -> &Counter {
        &self.counter
    }

    /// Moves `n` counts here from another segment of the bar, or from what the bar has counted itself. The bar's count stays.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # use footlights::AnsiColor;
    /// let services = manager.counter().total(10).desc("Services").color(AnsiColor::Green).add();
    /// let connecting = services.segment(AnsiColor::Yellow);
    /// let started = services.segment(AnsiColor::Red);
    /// started.inc(4); // red
    /// connecting.move_from(&started, 3)?; // yellow
    /// assert_eq!((started.count(), connecting.count(), services.count()), (1, 3, 4));
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the source is of another bar, or has not as many. Nothing is moved then.
    pub fn move_from<'a>(&self, source: impl Into<Source<'a>>, n: u64) -> Result<(), Error> {
        match i64::try_from(n) {
            Ok(n) => self.take(source.into(), Number::Whole(n)),
            Err(_) => Err(Error::moving(n, FEWER)),
        }
    }

    /// Moves a fraction here, or back if it is negative. The bar's count stays.
    ///
    /// # Errors
    ///
    /// As with [`move_from`](Self::move_from), and if it is not a finite number.
    pub fn move_fraction_from<'a>(&self, source: impl Into<Source<'a>>, n: f64) -> Result<(), Error> {
        self.take(source.into(), Number::Fraction(n))
    }

    /// What it counts.
    pub(crate) fn own(&self) -> &Count {
        &self.part.count
    }

    fn take(&self, source: Source<'_>, n: Number) -> Result<(), Error> {
        let (counter, origin) = match source {
            Source::Counter(counter) => (counter, Origin::Own),
            Source::Segment(segment) => (&segment.counter, Origin::Part(&segment.part)),
        };
        if !counter.is_same(&self.counter) {
            return Err(Error::other_bar());
        }
        if self.counter.tally().transfer(origin, &self.part, n) {
            return Ok(());
        }
        Err(Error::moving(
            n,
            match n.as_f64() {
                x if !x.is_finite() => "that is not a finite number",
                x if x < 0.0 => "the segment has fewer to give back",
                _ => FEWER,
            },
        ))
    }
}

impl<'a> From<&'a Counter> for Source<'a> {
    fn from(counter: &'a Counter) -> Source<'a> {
        Source::Counter(counter)
    }
}

impl<'a> From<&'a Segment> for Source<'a> {
    fn from(segment: &'a Segment) -> Source<'a> {
        Source::Segment(segment)
    }
}
