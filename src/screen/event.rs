//! What can wake the terminal thread, what it can be asked for, and what it may leave behind.

use crate::sys::Signal;

use crate::bars::ManagerId;

/// Everything that can wake the terminal thread before it has something to do of its own accord.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// The program printed something.
    Output,
    /// The terminal takes bytes again.
    Writable,
    /// A signal arrived.
    Signal(Signal),
    /// A bar came, went or changed its look, or there is a request.
    Woken,
}

/// What the rest of the program asks of the thread, and waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// Everything printed before is to be on the terminal.
    Sync,
    /// Everything printed before is to be on the terminal, the bars gone, and the streams to lead to the terminal itself, for a while.
    Lend,
    /// That while is over.
    TakeBack,
    /// A manager ends and others go on: its bars that stay become lines above the region.
    Retire(ManagerId),
    /// The last manager ends: everything printed before, the last frame, and the terminal is given back.
    Stop(Ending),
}

/// What stays on the screen at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ending {
    /// The bars that are left (see [`leave`](crate::CounterBuilder::leave)), as lines below what was printed.
    #[default]
    Leave,
    /// Nothing of ours.
    Clear,
}
