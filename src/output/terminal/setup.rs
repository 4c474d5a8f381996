//! The settings of a session.

use std::time::Duration;

use super::anchor::Anchor;
use super::taskbar::TaskbarSupport;
use crate::cells::capabilities::Capabilities;
use crate::cells::columns::Columns;
use crate::sys::Channel;

/// How to take the terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    /// How output is intercepted; none if it is not.
    pub(crate) channel: Option<Channel>,
    /// Whether signals that end the program are caught.
    pub(crate) fatal_signals: bool,
    /// Where the bars stand, if output is intercepted.
    pub(crate) anchor: Anchor,
    /// Time between two frames.
    pub(crate) interval: Duration,
    pub(crate) capabilities: Capabilities,
    /// The width of a line, where the window is wider.
    pub(crate) width: Option<usize>,
    pub(crate) columns: Columns,
    pub(crate) taskbar: TaskbarSupport,
}
