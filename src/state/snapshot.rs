//! A plain copy of one bar at one instant: all that rendering ever sees.
//!
//! Filling one again costs a few reference counts: texts are shared, and the lists keep their room.

use std::sync::Arc;

pub(crate) use super::number::Number;
pub(crate) use super::speed::Estimator;
pub(crate) use super::value::Value;
use crate::paint::color::Color;
use crate::paint::series::Series;

/// One bar at one instant.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    pub(crate) subject: Subject,
    /// Of the bar field of a counter; of the whole line of a status bar.
    pub(crate) color: Color,
    /// What the `fill` fields, and the room beside a status, are filled with: one column.
    pub(crate) fill: char,
    /// Seconds since it was started; stands still once it is closed or complete.
    pub(crate) elapsed: f64,
    /// Whether it is closed or complete.
    pub(crate) over: bool,
    /// The user's own fields. Where a name comes twice, the later one counts.
    pub(crate) fields: Vec<(Arc<str>, Value)>,
}

/// What the bar is about.
#[derive(Clone, Debug)]
pub(crate) enum Subject {
    /// Something that is counted.
    Count(CountSnapshot),
    /// Something that is said.
    Status(StatusSnapshot),
}

/// A counter at one instant.
#[derive(Clone, Debug)]
pub(crate) struct CountSnapshot {
    pub(crate) desc: Arc<str>,
    pub(crate) unit: Arc<str>,
    /// Everything that was counted, segments included.
    pub(crate) count: Number,
    /// What it was created with; not counted as progress.
    pub(crate) start_count: Number,
    pub(crate) total: Option<Number>,
    /// In the order they were added.
    pub(crate) segments: Vec<SegmentSnapshot>,
    pub(crate) series: Arc<Series>,
    /// How `rate` and `eta` are estimated.
    pub(crate) estimator: Estimator,
    /// The smoothed rate.
    pub(crate) speed: f64,
}

/// One segment of it.
#[derive(Clone, Debug)]
pub(crate) struct SegmentSnapshot {
    pub(crate) color: Color,
    pub(crate) count: Number,
    pub(crate) start_count: Number,
}

/// A status bar at one instant.
#[derive(Clone, Debug)]
pub(crate) struct StatusSnapshot {
    /// A text takes the place of the template.
    pub(crate) text: Option<Arc<str>>,
    pub(crate) justify: Justify,
}

/// Where a status bar's text stands in its row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Justify {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle; an odd rest goes left in rows of odd width, right in others.
    Center,
    /// At the right edge.
    Right,
}

impl Snapshot {
    /// A counter that has not counted and says nothing.
    pub(crate) fn counter() -> Snapshot {
        Snapshot::about(Subject::Count(CountSnapshot {
            desc: "".into(),
            unit: "".into(),
            count: Number::ZERO,
            start_count: Number::ZERO,
            total: None,
            segments: Vec::new(),
            series: Series::standard(),
            estimator: Estimator::Mean,
            speed: 0.0,
        }))
    }

    /// A status bar that says nothing.
    pub(crate) fn status() -> Snapshot {
        Snapshot::about(Subject::Status(StatusSnapshot { text: None, justify: Justify::Left }))
    }

    fn about(subject: Subject) -> Snapshot {
        Snapshot { subject, color: Color::DEFAULT, fill: ' ', elapsed: 0.0, over: false, fields: Vec::new() }
    }

    /// Becomes a copy of `other`; its own fields keep their room.
    pub(crate) fn copy(&mut self, other: &Snapshot) {
        let Snapshot { subject, color, fill, elapsed, over, fields } = other;
        self.subject.clone_from(subject);
        self.fields.clone_from(fields);
        (self.color, self.fill, self.elapsed, self.over) = (*color, *fill, *elapsed, *over);
    }

    /// Sets one of the user's own fields.
    pub(crate) fn set_field(&mut self, name: &str, value: Value) {
        match self.fields.iter_mut().find(|(known, _)| **known == *name) {
            Some((_, old)) => *old = value,
            None => self.fields.push((name.into(), value)),
        }
    }

    /// A bar with a fixed end is drawn as long as that end holds; what went beyond it is only counted.
    pub(crate) fn shows_bar(&self) -> bool {
        match &self.subject {
            Subject::Count(CountSnapshot { count, total: Some(total), .. }) => count <= total,
            _ => false,
        }
    }

    /// The user's field `name`.
    pub(crate) fn field(&self, name: &str) -> Option<&Value> {
        self.fields.iter().rev().find(|(known, _)| **known == *name).map(|(_, value)| value)
    }
}
