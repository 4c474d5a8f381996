//! Which bars have the better claim on a row, where rows are scarce.

use std::cmp::Reverse;
use std::ops::RangeInclusive;

use super::bar::Bar;

/// The deepest bars that have a rank of their own: those below share the next one.
const DEEPEST: u32 = 15;

/// The claim of a bar on a row. The better one is less: a higher priority, and parents before their
/// children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    priority: Reverse<i16>,
    depth: u8,
}

impl Rank {
    pub(super) fn of(bar: &Bar) -> Rank {
        // At most 16.
        let depth = bar.depth().min(DEEPEST + 1) as u8;
        Rank { priority: Reverse(bar.priority()), depth }
    }

    /// The ranks of all bars of a priority.
    pub(super) fn of_priority(priority: i16) -> RangeInclusive<Rank> {
        let rank = |depth| Rank { priority: Reverse(priority), depth };
        rank(0)..=rank(u8::MAX)
    }

    pub(super) fn priority(self) -> i16 {
        self.priority.0
    }

    /// The least depth of its bars.
    pub(super) fn depth(self) -> u32 {
        self.depth.into()
    }

    /// Whether bars of this rank have different depths.
    pub(super) fn is_mixed(self) -> bool {
        u32::from(self.depth) > DEEPEST
    }
}
