//! The pieces of a parsed format.

use super::field::Field;
use super::spec::Spec;
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
    /// The bar: in a fixed number of columns, or in the columns that are left.
    Bar(Option<usize>),
    /// An indeterminate bar, likewise.
    Pulse(Option<usize>),
    /// The fill character, in the columns that are left.
    Fill,
    /// The style of the following pieces.
    Style(Color),
}
