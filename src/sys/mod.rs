//! The operating system: the only place that knows one, and the only one with `unsafe`.
//!
//! What a platform supplies, under these names:
//!
//! | name | what it is |
//! |---|---|
//! | [`Tty`] | the terminal that the bars are on: opened apart from the program's descriptors, its size, writing that never blocks |
//! | [`Interceptor`] | stdout and stderr exchanged for a pty or a pipe, read, marked, and put back |
//! | [`Signals`] | resize and the signals that end a program, as something to wait for |
//! | [`spawn`] | starts a thread that takes no signals |
//! | [`Waker`] | wakes the waiting thread; a burst costs one write |
//! | [`wait`] | one wait for all of these, until a deadline |
//! | [`flush_c_stdout`] | hands on what C's stdio holds back |
//! | [`at_exit`] | runs a function when the process exits in the ordinary way |
//! | [`process`] | which process this is, so that a forked child leaves its parent's terminal alone |

use std::fmt;

#[cfg(not(unix))]
compile_error!("footlights knows Unix terminals only, so far");
#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub(crate) use unix::*;

/// A standard stream that bars can be drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stream::Stdout => "stdout",
            Stream::Stderr => "stderr",
        })
    }
}

/// What stands in for the terminal on stdout and stderr while bars are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    /// A pseudo-terminal: programs and children go on seeing a terminal.
    Pty,
    /// A pipe: faster, but `isatty` says no.
    Pipe,
}

/// The terminal's size in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) cols: usize,
    pub(crate) rows: usize,
}
