//! A session: an output of lines while managers use it. Starts its thread, and makes requests to
//! it.

use std::io;
use std::sync::Arc;
use std::thread::ThreadId;
use std::time::Duration;

use parking_lot::Mutex;

use super::destination::Destination;
use super::mailbox::{Mailbox, Request};
use super::reporter::Reporter;
use super::thread::Thread;
use crate::bars::{ManagerId, Roster};
use crate::sys;
use crate::sys::Instant;

/// How long a thread that stops a manager waits for the last lines. A reader that does not read for
/// this long loses them, and a program that holds std's lock of the stream meanwhile goes on.
const STOP_TIMEOUT: Duration = Duration::from_secs(2);

/// An output of lines with its thread.
#[derive(Debug)]
pub(crate) struct Session {
    mailbox: Arc<Mailbox>,
    roster: Arc<Mutex<Roster>>,
    /// The process that the thread runs in. A forked child has a copy of this, but no thread.
    process: u32,
    thread: ThreadId,
}

impl Session {
    /// Starts the thread.
    pub(super) fn start(destination: Destination, reporter: Box<dyn Reporter>) -> io::Result<Session> {
        let mailbox = Arc::new(Mailbox::default());
        let roster = Arc::new(Mutex::new(Roster::with_newcomers()));
        let thread = Thread { mailbox: mailbox.clone(), roster: roster.clone(), reporter, destination };
        let thread = sys::spawn("footlights", Box::new(move || thread.run()))?.thread().id();
        Ok(Session { mailbox, roster, process: sys::process_id(), thread })
    }

    /// Whether the thread runs, in this process.
    pub(super) fn is_alive(&self) -> bool {
        self.process == sys::process_id() && !self.mailbox.is_closed()
    }

    /// Writes the last lines of all bars, and ends.
    pub(super) fn stop(&self) {
        self.request(Request::Stop);
    }

    /// Writes the last lines of the bars of one manager.
    pub(super) fn remove_manager(&self, manager: ManagerId) {
        self.request(Request::RemoveManager(manager));
    }

    pub(crate) fn roster(&self) -> &Mutex<Roster> {
        &self.roster
    }

    /// Makes the thread look at the bars.
    pub(crate) fn wake(&self) {
        self.mailbox.wake();
    }

    /// Writes nothing until the returned value is dropped.
    pub(crate) fn suspend(self: &Arc<Session>) -> Suspension {
        self.mailbox.suspend();
        Suspension(self.clone())
    }

    fn request(&self, request: Request) {
        // In a forked child no thread would serve the request.
        if self.process == sys::process_id() && self.thread != std::thread::current().id() {
            self.mailbox.request(request, Instant::now() + STOP_TIMEOUT);
        }
    }
}

/// A suspension of the lines; ends when dropped.
pub(crate) struct Suspension(Arc<Session>);

impl Drop for Suspension {
    fn drop(&mut self) {
        self.0.mailbox.resume();
    }
}
