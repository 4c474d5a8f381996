//! The display of one manager: the few calls that managers and bars make to an output.

use std::sync::Arc;

use parking_lot::Mutex;

use super::terminal::{self, Session, Setup};
use crate::bars::{ManagerId, Roster};
use crate::sys::Stream;

/// Where a manager shows its bars.
#[derive(Debug)]
pub(crate) enum Display {
    /// On the terminal, in a region that all managers of the process share.
    Terminal(Arc<Session>),
}

/// A suspension of the bars; ends when dropped.
pub(crate) struct Suspension(#[expect(dead_code, reason = "held for its drop")] terminal::Suspension);

impl Display {
    /// Takes the terminal behind the first of `streams` that is one. Returns the display with that
    /// stream, or none if there is no terminal.
    pub(crate) fn terminal(streams: &[Stream], setup: Setup) -> Option<(Display, Stream)> {
        terminal::acquire(streams, setup).map(|(session, stream)| (Display::Terminal(session), stream))
    }

    /// Whether bars on both stand in one order.
    pub(crate) fn is_same(&self, other: &Display) -> bool {
        match (self, other) {
            (Display::Terminal(session), Display::Terminal(other)) => Arc::ptr_eq(session, other),
        }
    }

    /// The bars that are shown.
    pub(crate) fn roster(&self) -> &Mutex<Roster> {
        match self {
            Display::Terminal(session) => session.roster(),
        }
    }

    /// Tells the output that a bar was added, removed or changed its row.
    pub(crate) fn wake(&self) {
        match self {
            Display::Terminal(session) => session.wake(),
        }
    }

    /// The rows that there are for bars and output.
    pub(crate) fn height(&self) -> usize {
        match self {
            Display::Terminal(session) => session.height(),
        }
    }

    /// Removes the bars and gives the streams back, until the returned value is dropped.
    pub(crate) fn suspend(&self) -> Suspension {
        match self {
            Display::Terminal(session) => Suspension(session.suspend()),
        }
    }

    /// Ends the use of the output by one manager. With the last manager, everything printed and the
    /// last frame are written.
    pub(crate) fn release(&self, manager: ManagerId) {
        match self {
            Display::Terminal(session) => terminal::release(session, manager),
        }
    }
}
