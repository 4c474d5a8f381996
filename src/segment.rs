//! A part of a bar, in a colour of its own.

use std::sync::Arc;

use crate::counter::Counter;
use crate::error::Error;
use crate::paint::color::Color;
use crate::state::number::Number;
use crate::state::tally::Part;

/// Counts for itself and for its bar: made with [`Counter::segment`].
///
/// Drawn honestly: each segment has its share of the bar, in eighths of a cell, and one that is not zero is seen as long as
/// there is room.
#[derive(Clone, Debug)]
pub struct Segment {
    part: Arc<Part>,
    counter: Counter,
}

/// Where counts are moved from: the bar's own count, which no segment accounts for, or a segment of the same bar.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// What the bar has counted itself.
    Counter(&'a Counter),
    /// What a segment has counted.
    Segment(&'a Segment),
}

impl Segment {
    pub(crate) fn new(counter: Counter, part: Arc<Part>) -> Segment {
        Segment { part, counter }
    }

    /// Counts `n` more as done, here and for the bar. Costs one atomic add.
    #[inline]
    pub fn inc(&self, n: u64) {
        self.part.count.add(n as i64);
    }

    /// Takes `n` back, here and from the bar.
    #[inline]
    pub fn dec(&self, n: u64) {
        self.part.count.add((n as i64).wrapping_neg());
    }

    /// Makes the segment's count `n`; the bar's changes with it.
    pub fn set(&self, n: impl Into<Number>) {
        self.part.count.set(n.into());
    }

    /// What this segment has counted.
    pub fn count(&self) -> u64 {
        self.part.count.get().as_u64()
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
        let source = source.into();
        let (counter, count) = match source {
            Source::Counter(counter) => (counter, &*counter.tally().own),
            Source::Segment(segment) => (&segment.counter, &segment.part.count),
        };
        if !counter.is_same(&self.counter) {
            return Err(Error::other_bar());
        }
        let whole = i64::try_from(n).map_err(|_| Error::too_few(n))?;
        if !count.take(whole) {
            return Err(Error::too_few(n));
        }
        self.part.count.add(whole);
        Ok(())
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
