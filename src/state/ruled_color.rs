//! The color that a rule gives to a bar or a segment.

use super::snapshot::CountSnapshot;
use crate::cells::color::{Color, ColorDepth};
use crate::cells::color_rule::{ColorRule, RuleSubject};

/// The color by `rule` of the bar of `counter`. Where the rule is a gradient: at the end of the part
/// that is done.
pub(crate) fn of_bar(rule: &ColorRule, counter: &CountSnapshot, depth: ColorDepth) -> Color {
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
pub(crate) fn of_segment(rule: &ColorRule, count: f64, counter: &CountSnapshot, depth: ColorDepth) -> Color {
    match (rule.subject(), counter.total) {
        (RuleSubject::Count, _) => rule.color(count, depth),
        (RuleSubject::Segment(_), _) => of_bar(rule, counter, depth),
        (RuleSubject::Position | RuleSubject::Fraction, Some(total)) if !total.is_zero() => {
            rule.color(count / total.as_f64(), depth)
        }
        (RuleSubject::Position | RuleSubject::Fraction, _) => rule.color(0.0, depth),
    }
}
