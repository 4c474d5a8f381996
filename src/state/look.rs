//! What few bars have of a look: kept apart, so that all others stay small.

use std::sync::Arc;

use crate::cells::color::Color;
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
