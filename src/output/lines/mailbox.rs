//! How the threads of the program talk to the thread that writes lines: wakeups and requests.

use std::collections::VecDeque;

use parking_lot::{Condvar, Mutex};

use crate::bars::ManagerId;
use crate::sys::Instant;

/// What a thread of the program asks for, and waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// A manager stops while others go on: say the last words about its bars.
    RemoveManager(ManagerId),
    /// The last manager stops: say the last words about all bars, and end.
    Stop,
}

/// What ends the wait of the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mail {
    /// The time has come, or a bar was added or closed.
    Look,
    /// A request, with its number.
    Request(u64, Request),
}

#[derive(Debug, Default)]
pub(super) struct Mailbox {
    state: Mutex<State>,
    /// Tells the thread that there is mail.
    arrived: Condvar,
    /// Tells waiting threads that a request is served.
    served: Condvar,
}

#[derive(Debug, Default)]
struct State {
    woken: bool,
    waiting: VecDeque<(u64, Request)>,
    next_number: u64,
    /// All requests with a number below this are served.
    served: u64,
    /// How many suspensions have begun and not ended.
    suspensions: usize,
    /// Whether the thread has ended. No request will be served any more.
    closed: bool,
}

impl Mailbox {
    /// Makes the thread look at the bars.
    pub(super) fn wake(&self) {
        let mut state = self.state.lock();
        if !state.woken {
            state.woken = true;
            self.arrived.notify_one();
        }
    }

    /// Makes a request and waits until it is served, at most until the deadline.
    pub(super) fn request(&self, request: Request, deadline: Instant) {
        let mut state = self.state.lock();
        let number = state.next_number;
        state.next_number += 1;
        state.waiting.push_back((number, request));
        self.arrived.notify_one();
        while state.served <= number && !state.closed {
            let remaining = deadline.saturating_duration_since(Instant::now());
            if self.served.wait_for(&mut state, remaining).timed_out() {
                return;
            }
        }
    }

    /// Begins a suspension: until it ends, nothing is written.
    pub(super) fn suspend(&self) {
        self.state.lock().suspensions += 1;
    }

    /// Ends a suspension.
    pub(super) fn resume(&self) {
        let mut state = self.state.lock();
        state.suspensions = state.suspensions.saturating_sub(1);
        state.woken = true;
        self.arrived.notify_one();
    }

    /// Waits for mail, or until it is time to look. During a suspension, only for requests.
    pub(super) fn wait(&self, look: Option<Instant>) -> Mail {
        let mut state = self.state.lock();
        loop {
            if let Some((number, request)) = state.waiting.pop_front() {
                return Mail::Request(number, request);
            }
            if state.suspensions > 0 {
                self.arrived.wait(&mut state);
                continue;
            }
            if std::mem::take(&mut state.woken) {
                return Mail::Look;
            }
            match look {
                Some(at) => {
                    let remaining = at.saturating_duration_since(Instant::now());
                    if self.arrived.wait_for(&mut state, remaining).timed_out() {
                        return Mail::Look;
                    }
                }
                None => self.arrived.wait(&mut state),
            }
        }
    }

    /// Tells the thread that made a request that it is served.
    pub(super) fn complete(&self, number: u64) {
        self.state.lock().served = number + 1;
        self.served.notify_all();
    }

    /// Tells all waiting threads that no request will be served any more.
    pub(super) fn close(&self) {
        self.state.lock().closed = true;
        self.served.notify_all();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.state.lock().closed
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn requests_come_before_looks_and_in_order() {
        let mailbox = Mailbox::default();
        let past = Instant::now();
        mailbox.wake();
        for manager in [ManagerId(1), ManagerId(2)] {
            mailbox.request(Request::RemoveManager(manager), past);
        }
        assert_eq!(mailbox.wait(None), Mail::Request(0, Request::RemoveManager(ManagerId(1))));
        assert_eq!(mailbox.wait(None), Mail::Request(1, Request::RemoveManager(ManagerId(2))));
        assert_eq!(mailbox.wait(None), Mail::Look);
        assert_eq!(mailbox.wait(Some(past)), Mail::Look);
    }

    #[test]
    fn during_a_suspension_there_are_only_requests() {
        let mailbox = Mailbox::default();
        let past = Instant::now();
        mailbox.suspend();
        mailbox.suspend();
        mailbox.wake();
        mailbox.request(Request::Stop, past);
        assert_eq!(mailbox.wait(Some(past)), Mail::Request(0, Request::Stop));
        mailbox.resume();
        mailbox.resume();
        assert_eq!(mailbox.wait(None), Mail::Look);
    }

    #[test]
    fn nobody_waits_for_a_thread_that_has_ended() {
        let mailbox = Mailbox::default();
        mailbox.close();
        mailbox.request(Request::Stop, Instant::now() + Duration::from_secs(60));
        assert!(mailbox.is_closed());
    }
}
