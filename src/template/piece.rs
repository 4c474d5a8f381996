//! The pieces of a parsed format.

use super::field::Field;
use super::spec::{ColumnRange, Spec};
use crate::cells::color::Color;
use crate::cells::span::Span;

/// One piece of a format. Texts and names are positions in the text of the format, so that a piece
/// can be made in const evaluation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Piece {
    /// Literal text.
    Literal(Span),
    /// A field that is written as text; it starts at the byte `at`.
    Field { at: usize, field: Field, spec: Spec },
    /// The bar.
    Bar(BarSpec),
    /// An indeterminate bar.
    Pulse(BarSpec),
    /// The graph of the rate, in this many columns.
    Graph(usize),
    /// The fill character, in the columns that are left.
    Fill,
    /// The style of the following pieces.
    Style(Color),
    /// The color of the bar as the style of the following pieces.
    BarStyle,
    /// The end of a row: what follows stands in the next one.
    Newline,
}

/// How a bar is drawn: `{bar:40.cyan/blue}`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BarSpec {
    /// The columns that it takes.
    pub(crate) width: BarWidth,
    /// Its color, if the bar has none.
    pub(crate) color: Option<Color>,
    /// The color of the part that is not done, if the bar has none for it.
    pub(crate) remaining: Option<Color>,
}

/// The columns of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BarWidth {
    /// `{bar}`: those that are left.
    Free,
    /// `{bar:40}`: this many.
    Fixed(usize),
    /// `{bar:10..}`, `{bar:10..=40}`: those that are left, within these limits. What stands beside the
    /// bar gives way.
    Range(ColumnRange),
}

impl BarWidth {
    /// The columns, if they do not depend on the line.
    pub(crate) fn fixed(self) -> Option<usize> {
        match self {
            BarWidth::Fixed(columns) => Some(columns),
            BarWidth::Free | BarWidth::Range(_) => None,
        }
    }
}
