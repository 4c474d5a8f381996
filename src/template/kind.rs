//! The kinds of formats, and of the lines that they are for.

use crate::state::snapshot::{Snapshot, Subject};

/// What a format is for. The kind decides which fields it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A counter that has not passed its total: has `bar`, and no `fill`.
    Bar,
    /// A counter without a total, or beyond it: has `fill`, and no fields that need a total.
    Counter,
    /// A status bar: has `elapsed`, `fill`, a few extensions and the user's own fields.
    Status,
}

/// What a line is for: each has templates of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// A row on a terminal.
    Row,
    /// A line of a log.
    Plain,
    /// A line that is read aloud.
    Words,
}

impl Kind {
    /// Returns the kind that `snapshot` is rendered with.
    pub(crate) fn of(snapshot: &Snapshot) -> Kind {
        match &snapshot.subject {
            Subject::Status(_) => Kind::Status,
            Subject::Count(_) if snapshot.shows_bar() => Kind::Bar,
            Subject::Count(_) => Kind::Counter,
        }
    }

    /// What error messages call a format of this kind.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Kind::Bar => "a bar format",
            Kind::Counter => "a counter format",
            Kind::Status => "a status format",
        }
    }
}
