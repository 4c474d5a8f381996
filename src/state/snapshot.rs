//! A plain copy of one bar at one instant: everything that rendering sees of it.
//!
//! Filling a snapshot again costs a few reference counts: texts are shared, and lists keep their
//! capacity.

use std::sync::Arc;

use super::fields::Fields;
use super::look::Look;
use super::number::Number;
use super::rate::Estimator;
use super::rate_history::RateHistory;
use super::segment_state;
use crate::cells::charset::Charset;
use crate::cells::color::Color;
use crate::cells::motion::Motion;
use crate::cells::series::Series;

/// One bar at one instant.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    pub(crate) subject: Subject,
    /// The color of a counter's `bar` field, or of the whole line of a status bar.
    pub(crate) color: Color,
    /// The character that fills `fill` fields and the room beside a status; one column wide.
    pub(crate) fill: char,
    /// Seconds since the bar was started. Stops once the bar is closed or complete.
    pub(crate) elapsed: f64,
    /// Whether the bar is closed or complete.
    pub(crate) finished: bool,
    /// The user's own fields.
    pub(crate) fields: Fields,
    /// How much may move.
    pub(crate) motion: Motion,
    /// The number of bars that it is inside of.
    pub(crate) depth: u32,
    /// The characters that may be shown.
    pub(crate) charset: Charset,
    /// What few bars have of a look.
    pub(crate) look: Option<Arc<Look>>,
    /// What was counted in the last seconds, if a format shows it.
    pub(crate) history: Option<Arc<RateHistory>>,
}

/// What a bar shows.
#[derive(Clone, Debug)]
pub(crate) enum Subject {
    /// A count.
    Count(CountSnapshot),
    /// A status text.
    Status(StatusSnapshot),
}

/// A counter at one instant.
#[derive(Clone, Debug)]
pub(crate) struct CountSnapshot {
    pub(crate) desc: Arc<str>,
    pub(crate) unit: Arc<str>,
    /// Everything that was counted, segments included.
    pub(crate) count: Number,
    /// The count that the counter was created with; not counted as progress.
    pub(crate) start_count: Number,
    pub(crate) total: Option<Number>,
    /// In the order in which they were added.
    pub(crate) segments: Vec<SegmentSnapshot>,
    pub(crate) series: Arc<Series>,
    pub(crate) beyond_total: BeyondTotal,
    /// How `rate` and `eta` are estimated.
    pub(crate) estimator: Estimator,
    /// The rate of [`Estimator::Smoothed`], in items per second; 0 if it is unknown.
    pub(crate) smoothed_rate: f64,
}

/// What a counter shows when its count exceeds its total.
///
/// ```
/// use footlights::BeyondTotal;
///
/// # let manager = footlights::Manager::new();
/// let bar = manager.counter().total(10).beyond_total(BeyondTotal::FullBar).add();
/// bar.inc(12);
/// assert_eq!(bar.percentage(), Some(120.0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum BeyondTotal {
    /// The counter format, which has no bar: the total was wrong, so nothing is measured by it. As
    /// Enlighten does.
    #[default]
    CounterFormat,
    /// The bar format. The bar is full, and the figures say by how much the count exceeds the total:
    /// `120%`, `36/30`. No time remains. For totals that are often a little wrong, such as the length
    /// that a server announces.
    FullBar,
}

impl BeyondTotal {
    /// Whether a counter shows its bar format.
    pub(crate) fn shows_bar(self, total: Option<Number>, count: impl FnOnce() -> Number) -> bool {
        total.is_some_and(|total| self == BeyondTotal::FullBar || count() <= total)
    }
}

/// One segment of a counter at one instant.
#[derive(Clone, Debug)]
pub(crate) struct SegmentSnapshot {
    pub(crate) name: Arc<str>,
    pub(crate) color: Color,
    pub(crate) count: Number,
    pub(crate) start_count: Number,
}

impl SegmentSnapshot {
    /// Whether what it counts has failed, by its name.
    pub(crate) fn is_failure(&self) -> bool {
        segment_state::is_failure(&self.name)
    }
}

/// A status bar at one instant.
#[derive(Clone, Debug)]
pub(crate) struct StatusSnapshot {
    /// The text that is shown instead of the format.
    pub(crate) text: Option<Arc<str>>,
    pub(crate) justify: Justify,
}

/// Where a status bar's text stands in its row.
///
/// ```
/// use footlights::Justify;
///
/// # let manager = footlights::Manager::new();
/// let status = manager.status_bar().text("ready").justify(Justify::Right).add();
/// assert_eq!(status.render(8), "   ready");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Justify {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle. If one column is left over, it is on the left in rows of odd width, and on
    /// the right in others.
    Center,
    /// At the right edge.
    Right,
}

impl CountSnapshot {
    /// The share of the total that is done, from 0 to 1. None without a total; all of a total of 0.
    pub(crate) fn share(&self) -> Option<f64> {
        let total = self.total?.as_f64();
        let share = if total > 0.0 { self.count.as_f64() / total } else { 1.0 };
        Some(share.clamp(0.0, 1.0))
    }

    /// Whether more was counted than the total.
    pub(crate) fn is_beyond_total(&self) -> bool {
        self.total.is_some_and(|total| self.count > total)
    }

    /// Whether anything has failed: whether a segment that is named as a failure has counted
    /// something.
    pub(crate) fn has_failed(&self) -> bool {
        self.segments.iter().any(|segment| segment.is_failure() && !segment.count.is_zero())
    }

    /// A counter without a description, a total and segments.
    pub(crate) fn new() -> CountSnapshot {
        CountSnapshot {
            desc: Arc::default(),
            unit: Arc::default(),
            count: Number::ZERO,
            start_count: Number::ZERO,
            total: None,
            segments: Vec::new(),
            series: Series::standard(),
            beyond_total: BeyondTotal::CounterFormat,
            estimator: Estimator::Mean,
            smoothed_rate: 0.0,
        }
    }
}

impl Snapshot {
    /// A counter at 0, without a total and texts.
    pub(crate) fn counter() -> Snapshot {
        Snapshot::of(Subject::Count(CountSnapshot::new()))
    }

    /// A status bar without a text.
    pub(crate) fn status() -> Snapshot {
        Snapshot::of(Subject::Status(StatusSnapshot { text: None, justify: Justify::Left }))
    }

    fn of(subject: Subject) -> Snapshot {
        Snapshot {
            subject,
            color: Color::DEFAULT,
            fill: ' ',
            elapsed: 0.0,
            finished: false,
            fields: Fields::default(),
            motion: Motion::Full,
            depth: 0,
            charset: Charset::Unicode,
            look: None,
            history: None,
        }
    }

    /// Becomes a copy of `other`. The list of fields keeps its capacity.
    pub(crate) fn copy(&mut self, other: &Snapshot) {
        let Snapshot { subject, color, fill, elapsed, finished, fields, motion, charset, depth, look, history } = other;
        self.subject.clone_from(subject);
        self.fields.copy(fields);
        (self.color, self.fill, self.elapsed, self.finished) = (*color, *fill, *elapsed, *finished);
        (self.motion, self.charset, self.depth) = (*motion, *charset, *depth);
        self.look.clone_from(look);
        self.history.clone_from(history);
    }

    /// Whether the count has a total that it has not exceeded, or shows a full bar nevertheless.
    /// Otherwise the format without a bar is shown.
    pub(crate) fn shows_bar(&self) -> bool {
        match &self.subject {
            Subject::Count(counter) => counter.beyond_total.shows_bar(counter.total, || counter.count),
            Subject::Status(_) => false,
        }
    }
}
