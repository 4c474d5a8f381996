//! The standard streams that bars can be shown on, and what they lead to.

use std::fmt;

/// A standard stream that bars can be shown on.
///
/// ```
/// use footlights::{Manager, Stream};
///
/// // For `program | filter`, where the filter prints to the same terminal.
/// let manager = Manager::builder().stream(Stream::Stdout).build();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// What a standard stream leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "not every platform can tell all of them apart")]
pub(crate) enum StreamKind {
    /// A terminal.
    Terminal,
    /// A terminal of no size (0 × 0): no window has ever told it one.
    SizelessTerminal,
    /// The terminal of a manager, in this process or in an ancestor: output goes above its bars.
    Intercepted,
    /// A file, a pipe or a socket: what is written there is kept or read by another program.
    Log,
    /// Nothing: the null device, or the stream is closed.
    Nothing,
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stream::Stdout => "stdout",
            Stream::Stderr => "stderr",
        })
    }
}
