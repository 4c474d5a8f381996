//! One column of a line: what may give way in it, and how far.

use super::super::extension::Extension;
use super::super::field::Field;
use super::super::piece::BarWidth;
use super::super::spec::{ColumnRange, Spec};

/// The fewest columns of a bar beside a message, where the format does not say.
pub(super) const BAR: usize = 10;

/// The fewest columns of a description beside figures, where the format does not say.
const DESC: usize = 8;

/// One column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) kind: ColumnKind,
    pub(super) align: ColumnAlign,
    /// Blanks before it.
    pub(super) gap: usize,
    /// Blanks that it has more than the format has before it, to start where other lines do.
    pub(super) indent: usize,
    /// The columns that it takes.
    pub(super) own: usize,
    /// The columns that it would take, as wide as in other lines.
    pub(super) natural: usize,
    /// The columns that it gets; those of a bar are shared out last.
    pub(super) width: usize,
    /// Whether it is shown.
    pub(super) shown: bool,
}

/// On which side a column of several lines is even.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnAlign {
    Left,
    Right,
}

/// What a column holds, with the fewest columns that it may have.
#[derive(Clone, Debug)]
pub(super) enum ColumnKind {
    /// A message.
    Message { min: usize },
    /// Another text that can be cut.
    Text { min: usize },
    /// Text that is shown as a whole.
    Figure,
    /// A bar, or fill characters.
    Stretch { min: usize, max: Option<usize> },
}

impl Column {
    pub(super) fn new(kind: ColumnKind, gap: usize, width: usize) -> Column {
        let align = ColumnAlign::Left;
        Column { kind, align, gap, indent: 0, own: width, natural: width, width, shown: true }
    }

    /// Makes it wider by a text.
    pub(super) fn widen(&mut self, columns: usize) {
        self.own += columns;
        self.natural += columns;
        self.width += columns;
    }

    /// Whether there is something to see.
    pub(super) fn is_visible(&self) -> bool {
        self.shown && (self.width > 0 || self.kind.is_stretch())
    }

    /// The columns of a bar that is shown, if each bar gets `share` of them, within its limits.
    pub(super) fn with_share(&self, share: usize) -> Option<usize> {
        match self.kind {
            ColumnKind::Stretch { min, max } if self.shown => Some(share.min(max.unwrap_or(usize::MAX)).max(min)),
            _ => None,
        }
    }
}

impl ColumnKind {
    /// A column of its own for a field that can be cut, if it can be.
    pub(super) fn of_field(field: Field, spec: &Spec) -> Option<ColumnKind> {
        let min = spec.range.map(|range| range.min);
        match field {
            Field::Extension(Extension::Message) if spec.width.is_none() => {
                Some(ColumnKind::Message { min: min.unwrap_or(0) })
            }
            Field::Desc if spec.width.is_none() => Some(ColumnKind::Text { min: min.unwrap_or(DESC) }),
            _ => min.map(|min| ColumnKind::Text { min }),
        }
    }

    /// The column of a bar.
    pub(super) fn of_bar(width: BarWidth) -> ColumnKind {
        match width {
            BarWidth::Free => ColumnKind::Stretch { min: BAR, max: None },
            BarWidth::Fixed(columns) => ColumnKind::Stretch { min: columns, max: Some(columns) },
            BarWidth::Range(ColumnRange { min, max }) => ColumnKind::Stretch { min, max },
        }
    }

    pub(super) fn is_stretch(&self) -> bool {
        matches!(self, ColumnKind::Stretch { .. })
    }
}
