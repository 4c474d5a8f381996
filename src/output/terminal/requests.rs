//! Requests: what the program's threads ask of the terminal thread, and wait for.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

use crate::bars::ManagerId;
use crate::sys::Waker;

/// A request to the terminal thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// Write all output that was printed before.
    Sync,
    /// Write all output that was printed before, remove the bars, and give the streams back to the
    /// terminal until [`Resume`](Request::Resume).
    Suspend,
    /// Ends one [`Suspend`](Request::Suspend).
    Resume,
    /// A manager stops while others go on: leave its bars that stay as lines above the region.
    RemoveManager(ManagerId),
    /// The last manager stops: write all output that was printed before and the last frame, and
    /// give the terminal back.
    Stop(Ending),
}

/// How the use of the terminal ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The manager is stopped or dropped, the process exits with status 0, or a signal from outside
    /// ends it. The bars are left below all output.
    Orderly,
    /// The process exits with another status, panics or crashes. What was printed last says why: the
    /// bars are left above it.
    Abrupt,
}

/// A queue of requests, numbered in the order in which they are made. They are served in that
/// order.
#[derive(Debug)]
pub(crate) struct RequestQueue {
    waker: Arc<Waker>,
    state: Mutex<State>,
    served: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<(u64, Request)>,
    next_number: u64,
    /// All requests with a number below this have been served.
    served: u64,
    /// Whether the terminal thread has ended. No request will be served any more.
    closed: bool,
}

impl RequestQueue {
    pub(crate) fn new(waker: Arc<Waker>) -> RequestQueue {
        RequestQueue { waker, state: Mutex::default(), served: Condvar::new() }
    }

    /// Makes a request and waits until it is served, or until the time is over.
    pub(crate) fn request(&self, request: Request, timeout: Option<Duration>) {
        let mut state = self.state.lock();
        let number = state.next_number;
        state.next_number += 1;
        state.waiting.push_back((number, request));
        self.waker.wake();
        let waits = |state: &mut State| state.served <= number && !state.closed;
        match timeout {
            Some(timeout) => _ = self.served.wait_while_for(&mut state, waits, timeout),
            None => self.served.wait_while(&mut state, waits),
        }
    }

    /// Takes the next request, with its number.
    pub(crate) fn next(&self) -> Option<(u64, Request)> {
        self.state.lock().waiting.pop_front()
    }

    /// Tells the thread that made the request that it is served.
    pub(crate) fn complete(&self, number: u64) {
        self.state.lock().served = number + 1;
        self.served.notify_all();
    }

    /// Tells all threads that wait that no request will be served any more.
    pub(crate) fn close(&self) {
        self.state.lock().closed = true;
        self.served.notify_all();
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.state.lock().closed
    }
}

/// Closes a queue when dropped, so that no thread waits for a terminal thread that has ended, in
/// whatever way.
pub(crate) struct CloseOnDrop(pub(crate) Arc<RequestQueue>);

impl Drop for CloseOnDrop {
    fn drop(&mut self) {
        self.0.close();
    }
}
