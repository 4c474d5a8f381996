//! The marker: an escape sequence of our own that is written behind the program's output, to know
//! where that ends.
//!
//! Output arrives through a pty or a pipe, and a child may hold the writing end open for as long as
//! it likes. So the end of what was printed before a given moment is not end-of-file, nor a moment
//! in which nothing can be read, but the marker. It never reaches the terminal.

use crate::sys;

/// The bytes of the marker, and whether one is waited for.
#[derive(Debug)]
pub(super) struct Marker {
    pub(super) bytes: Vec<u8>,
    pub(super) state: MarkerState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkerState {
    /// No marker is on its way.
    None,
    /// A marker was written and has not arrived.
    Written,
    /// The marker has arrived, and with it all output that was printed before it.
    Arrived,
}

impl Marker {
    pub(super) fn new() -> Marker {
        // An APC string, which terminals ignore. With the process in it, a manager in a child
        // process has another marker.
        let bytes = format!("\x1b_footlights {}\x1b\\", sys::process_id()).into_bytes();
        Marker { bytes, state: MarkerState::None }
    }
}
