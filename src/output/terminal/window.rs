//! The window: its size, and whether it is being resized.

use crate::sys::Size;

/// The window at the time of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) size: Size,
    pub(crate) resize: ResizeState,
    /// Whether output was written a moment ago. It may reach the terminal before or after a resize
    /// that is seen now.
    pub(crate) in_transit: bool,
}

/// Whether the window is being resized, in the order of how little of the screen can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ResizeState {
    /// The window has kept its size for a while.
    Idle,
    /// The window has just changed its size a little, as when it is dragged. The next step may come
    /// at any time.
    Dragging,
    /// The window has just become much smaller. After the next step, nothing that stands in it is
    /// sure to fit.
    Shrinking,
}

impl ResizeState {
    /// The state after one step from a size to another. Rows drawn while dragging fit into three
    /// quarters of the window.
    pub(crate) fn of_step(before: Size, after: Size) -> ResizeState {
        let fits = |before: usize, after: usize| three_quarters(before) <= after;
        match fits(before.cols, after.cols) && fits(before.rows, after.rows) {
            true => ResizeState::Dragging,
            false => ResizeState::Shrinking,
        }
    }
}

pub(crate) fn three_quarters(n: usize) -> usize {
    n * 3 / 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_drags_or_shrinks() {
        let size = |cols, rows| Size { cols, rows };
        for (before, after, state) in [
            ((80, 24), (80, 24), ResizeState::Dragging),
            ((80, 24), (200, 60), ResizeState::Dragging),
            ((80, 24), (60, 18), ResizeState::Dragging),
            ((80, 24), (59, 24), ResizeState::Shrinking),
            ((80, 24), (80, 17), ResizeState::Shrinking),
            ((80, 24), (200, 17), ResizeState::Shrinking),
            ((1, 1), (1, 1), ResizeState::Dragging),
        ] {
            let seen = ResizeState::of_step(size(before.0, before.1), size(after.0, after.1));
            assert_eq!(seen, state, "from {before:?} to {after:?}");
        }
    }
}
