//! What the taskbar, or the tab of the terminal, shows of the progress.

use std::fmt;

use anstyle_progress::{TermProgress, TermProgressStatus};

/// What the taskbar shows. `Display` writes the sequence (OSC 9;4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TaskbarState {
    /// Nothing.
    #[default]
    Removed,
    /// Work without a known end.
    Indeterminate,
    /// So many percent.
    Normal(u8),
    /// The same, while the work is paused.
    Paused(u8),
    /// The same, and something has failed.
    Error(u8),
}

impl fmt::Display for TaskbarState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |status, percent: u8| TermProgress::none().status(status).percent(percent.min(100));
        let progress = match *self {
            TaskbarState::Removed => TermProgress::remove(),
            TaskbarState::Indeterminate => TermProgress::start(),
            TaskbarState::Normal(percent) => of(TermProgressStatus::Normal, percent),
            TaskbarState::Paused(percent) => of(TermProgressStatus::Paused, percent),
            TaskbarState::Error(percent) => of(TermProgressStatus::Error, percent),
        };
        progress.fmt(f)
    }
}
