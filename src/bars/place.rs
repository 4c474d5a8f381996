//! Where a new bar stands.

use super::id::Id;
use crate::sys::Instant;

/// The row of a bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// Not pinned: in the order of the bars.
    #[default]
    Free,
    /// The same, and not shown before this time: a bar that is closed sooner never appears.
    Late(Instant),
    /// Always this row, counted from the bottom: 1 is the last one.
    Pinned(usize),
}

/// The place of a bar in the order of those that are not pinned, among the bars with the same parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// Above all others with this parent; none: that have no parent.
    First { parent: Option<Id> },
    /// Below them and their children.
    Last { parent: Option<Id> },
    /// Right above another one with the same parent.
    Above(Id),
    /// Right below another one with the same parent and its children, or where that was.
    Below(Id),
}
