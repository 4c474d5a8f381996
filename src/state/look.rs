//! What few bars have of a look: kept apart, so that all others stay small.

use std::sync::Arc;

use super::snapshot::CountSnapshot;
use crate::cells::color::{Color, ColorDepth};
use crate::cells::color_rule::{ColorRule, RuleSubject};
use crate::cells::spinner::Spinner;

/// The rare part of a look.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Look {
    /// The color that follows the state, in place of a constant one.
    pub(crate) rule: Option<ColorRule>,
    /// The color of the part that is not done, if it has one of its own.
    pub(crate) remaining: Option<Color>,
    pub(crate) spinner: Option<Spinner>,
}

/// The color of a segment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Paint {
    Constant(Color),
    /// Follows the state.
    Rule(ColorRule),
}

impl Paint {
    /// The color that does not depend on the state; the terminal's where there is none.
    pub(crate) fn constant(&self) -> Color {
        match self {
            Paint::Constant(color) => *color,
            Paint::Rule(_) => Color::DEFAULT,
        }
    }
}

impl From<Color> for Paint {
    fn from(color: Color) -> Paint {
        Paint::Constant(color)
    }
}

impl Look {
    /// Changes `look`, and removes it if nothing of it is left.
    pub(crate) fn edit(look: &mut Option<Arc<Look>>, edit: impl FnOnce(&mut Look)) {
        edit(Arc::make_mut(look.get_or_insert_default()));
        if look.as_deref() == Some(&Look::default()) {
            *look = None;
        }
    }

    /// The gradient along the bar, if it has one.
    pub(crate) fn gradient(&self) -> Option<&ColorRule> {
        self.rule.as_ref().filter(|rule| *rule.subject() == RuleSubject::Position)
    }
}

/// The color by `rule` of the bar of `counter`. Where the rule is a gradient: at the end of the part
/// that is done.
pub(crate) fn color_of_bar(rule: &ColorRule, counter: &CountSnapshot, depth: ColorDepth) -> Color {
    let number = match rule.subject() {
        RuleSubject::Position | RuleSubject::Fraction => counter.share().unwrap_or(0.0),
        RuleSubject::Count => counter.count.as_f64(),
        RuleSubject::Segment(name) => {
            let segment = counter.segments.iter().find(|segment| segment.name == *name);
            segment.map_or(0.0, |segment| segment.count.as_f64())
        }
    };
    rule.color(number, depth)
}

/// The color by `rule` of a segment of `counter` that has counted `count`.
pub(crate) fn color_of_segment(rule: &ColorRule, count: f64, counter: &CountSnapshot, depth: ColorDepth) -> Color {
    match (rule.subject(), counter.total) {
        (RuleSubject::Count, _) => rule.color(count, depth),
        (RuleSubject::Segment(_), _) => color_of_bar(rule, counter, depth),
        (RuleSubject::Position | RuleSubject::Fraction, Some(total)) if !total.is_zero() => {
            rule.color(count / total.as_f64(), depth)
        }
        (RuleSubject::Position | RuleSubject::Fraction, _) => rule.color(0.0, depth),
    }
}
