//! The slots of a line: what is written from left to right.

use std::ops::Range;

use super::super::piece::{BarSpec, BarWidth};
use crate::cells::color::Color;

/// The columns of a bar in a line of a log.
const UNBOUNDED_BAR: usize = 20;

/// A stretch of the line.
#[derive(Clone, Debug)]
pub(super) enum Slot {
    /// A part of the text.
    Text(Range<usize>),
    /// A part of the text of which so many columns are shown, and an ellipsis.
    Cut { range: Range<usize>, keep: usize },
    /// Blanks.
    Blanks(usize),
    /// The bar: in a fixed number of columns, or in a share of the free columns.
    Bar(BarSpec),
    /// An indeterminate bar, likewise.
    Pulse(BarSpec),
    /// Fill characters, in a share of the free columns.
    Fill,
    /// So many fill characters.
    Filling(usize),
    /// A change of style.
    Style(Color),
}

impl Slot {
    /// The columns that it gets of a line without a width.
    pub(super) fn stretched_columns(&self) -> usize {
        match self {
            Slot::Bar(spec) | Slot::Pulse(spec) => match spec.width {
                BarWidth::Free => UNBOUNDED_BAR,
                BarWidth::Fixed(_) => 0,
                BarWidth::Range(range) => UNBOUNDED_BAR.max(range.min).min(range.max.unwrap_or(usize::MAX)),
            },
            Slot::Fill => 1,
            _ => 0,
        }
    }

    /// Whether it takes a share of the free columns.
    pub(super) fn stretches(&self) -> bool {
        match self {
            Slot::Bar(spec) | Slot::Pulse(spec) => spec.width.fixed().is_none(),
            Slot::Fill => true,
            _ => false,
        }
    }
}
