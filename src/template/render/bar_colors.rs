//! The colors of a bar: of what is done, and of what is not.

use super::super::piece::BarSpec;
use crate::cells::color::{Color, ColorDepth};
use crate::cells::color_rule::ColorRule;
use crate::state::snapshot::Snapshot;

/// The colors of a bar, reduced to what the terminal has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BarColors<'a> {
    /// Of what is done; of a gradient, at the end of it.
    pub(crate) done: Color,
    /// Of what is not done.
    pub(crate) remaining: Color,
    /// Whether that is a color of its own; else it is the one of what is done.
    has_remaining: bool,
    /// Colors the cells one by one, if there is one.
    gradient: Option<&'a ColorRule>,
    pub(crate) depth: ColorDepth,
}

impl<'a> BarColors<'a> {
    /// The colors of the bar of `snapshot` where a format says `spec`: what the bar has comes first.
    pub(crate) fn of(snapshot: &'a Snapshot, spec: &BarSpec, depth: ColorDepth) -> BarColors<'a> {
        let look = snapshot.look.as_deref();
        let has_own = !snapshot.color.is_plain() || look.is_some_and(|look| look.rule.is_some());
        let done = match spec.color {
            Some(color) if !has_own => color,
            _ => snapshot.color,
        };
        let done = done.reduced(depth);
        let remaining = look.and_then(|look| look.remaining).or(spec.remaining);
        BarColors {
            done,
            remaining: remaining.map_or(done, |color| color.reduced(depth)),
            has_remaining: remaining.is_some(),
            gradient: look.and_then(|look| look.gradient()),
            depth,
        }
    }

    /// One color for everything.
    #[cfg(test)]
    pub(crate) fn plain(color: Color, depth: ColorDepth) -> BarColors<'static> {
        BarColors {
            done: color.reduced(depth),
            remaining: color.reduced(depth),
            has_remaining: false,
            gradient: None,
            depth,
        }
    }

    /// The colors of a gradient, and one for what is not done.
    #[cfg(test)]
    pub(crate) fn of_gradient(rule: &ColorRule, remaining: Color, depth: ColorDepth) -> BarColors<'_> {
        let done = rule.color(1.0, depth);
        BarColors { gradient: Some(rule), remaining, has_remaining: true, ..BarColors::plain(done, depth) }
    }

    /// A color for what is done, and one for what is not.
    #[cfg(test)]
    pub(crate) fn of_two(done: Color, remaining: Color) -> BarColors<'static> {
        BarColors { remaining, has_remaining: true, ..BarColors::plain(done, ColorDepth::TrueColor) }
    }

    /// Whether what is done has another color than what is not, at least somewhere in a gradient.
    pub(crate) fn differ(&self) -> bool {
        let in_gradient = self.has_gradient() && self.has_remaining && self.depth != ColorDepth::None;
        self.remaining != self.done || in_gradient
    }

    pub(crate) fn has_gradient(&self) -> bool {
        self.gradient.is_some()
    }

    /// The color of cell `at` of `width`, if it is done.
    pub(crate) fn done_at(&self, at: usize, width: usize) -> Color {
        match self.gradient {
            Some(rule) => rule.color(at as f64 / width.saturating_sub(1).max(1) as f64, self.depth),
            None => self.done,
        }
    }
}
