//! What one bar has counted: its own share, and that of each of its segments.

use std::sync::Arc;

use parking_lot::RwLock;

use super::count::Count;
use super::number::Number;
use crate::paint::color::Color;

/// The counts of one bar.
///
/// A segment counts for itself alone; the bar's count is what it counted itself plus what its segments did. So a segment's
/// increment is one atomic add as well, and the parts always make up the whole.
#[derive(Debug)]
pub(crate) struct Tally {
    /// What no segment accounts for.
    pub(crate) own: Arc<Count>,
    start: RwLock<Number>,
    total: RwLock<Option<Number>>,
    segments: RwLock<Vec<Arc<Part>>>,
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

impl Part {
    pub(crate) fn new(color: Color) -> Part {
        Part { count: Count::default(), start: Number::ZERO, color: RwLock::new(color), all_fields: true }
    }
}

impl Tally {
    pub(crate) fn new(start: Number, total: Option<Number>) -> Tally {
        Tally {
            own: Arc::new(Count::new(start)),
            start: RwLock::new(start),
            total: RwLock::new(total),
            segments: RwLock::default(),
        }
    }

    /// Everything that was counted, by the bar itself and by its segments.
    pub(crate) fn count(&self) -> Number {
        self.segments.read().iter().fold(self.own.get(), |sum, part| sum.plus(part.count.get()))
    }

    /// Makes the whole count `number`, by changing what no segment accounts for.
    pub(crate) fn set(&self, number: Number) {
        let segments = self.segments.read().iter().fold(Number::ZERO, |sum, part| sum.plus(part.count.get()));
        self.own.set(number.minus(segments));
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

    pub(crate) fn add_segment(&self, part: Part) -> Arc<Part> {
        let part = Arc::new(part);
        self.segments.write().push(part.clone());
        part
    }

    /// The segments in the order they were added.
    pub(crate) fn with_segments<T>(&self, read: impl FnOnce(&[Arc<Part>]) -> T) -> T {
        read(&self.segments.read())
    }

    /// Back to what it started with, segments too.
    pub(crate) fn reset(&self) {
        let segments = self.segments.read();
        for part in segments.iter() {
            part.count.set(part.start);
        }
        drop(segments);
        self.set(self.start());
    }

    /// Whether nothing is left to count.
    pub(crate) fn is_complete(&self) -> bool {
        self.total() == Some(self.count())
    }
}
