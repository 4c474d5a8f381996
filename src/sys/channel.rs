//! The two kinds of channel that stdout and stderr can be redirected into.

/// What stdout and stderr are redirected into while bars are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    /// A pseudo-terminal: the program and its children still see a terminal.
    Pty,
    /// A pipe: faster, but `isatty` returns false.
    Pipe,
}
