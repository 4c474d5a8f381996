//! A session: the terminal while bars are shown on it, as managers hold it. Starts the terminal
//! thread, and makes requests to it.

use std::io;
use std::sync::Arc;
use std::thread::ThreadId;
use std::time::Duration;

use parking_lot::Mutex;

use super::driver::Driver;
use super::flush_stdio::flush_stdio;
use super::requests::{CloseOnDrop, Ending, Request, RequestQueue};
use super::setup::Setup;
use super::shared::Shared;
use super::thread::Thread;
use crate::bars::{ManagerId, Roster};
use crate::sys::{self, Channel, Device, Interceptor, Signals, Stream, Tty, Waker};

/// The terminal with its thread.
#[derive(Debug)]
pub(crate) struct Session {
    shared: Arc<Shared>,
    requests: Arc<RequestQueue>,
    device: Device,
    /// The streams that are redirected to us.
    redirected: Vec<Stream>,
    /// The process that the thread runs in. A forked child has a copy of this, but no thread.
    process: u32,
    thread: ThreadId,
}

impl Session {
    /// Takes the terminal and starts its thread.
    pub(super) fn start(mut tty: Tty, setup: Setup) -> io::Result<Session> {
        let waker = Arc::new(Waker::new()?);
        let shared = Arc::new(Shared::new(waker.clone(), tty.size().rows));
        let requests = Arc::new(RequestQueue::new(waker));
        // What is buffered was printed before.
        flush_stdio();
        // Without interception, or without signals, there are bars all the same.
        let device = tty.device();
        // Where no pty can be had (none is left, a sandbox), a pipe.
        let install = |channel| Interceptor::install(&tty, channel, tty.size()).ok();
        let interceptor = setup.channel.and_then(|channel| install(channel).or_else(|| install(Channel::Pipe)));
        if interceptor.is_none() {
            // Output of other writers must not come in between the parts of a frame.
            tty.set_blocking();
        }
        tty.set_output_modes(setup.channel.filter(|_| interceptor.is_some()))?;
        let redirected = interceptor.as_ref().map(Interceptor::streams).unwrap_or_default();
        let signals = Signals::listen(setup.fatal_signals).ok();
        let driver = Driver::new(shared.clone(), tty, interceptor, signals, setup);
        let thread = Thread::new(driver, requests.clone());
        let close = CloseOnDrop(requests.clone());
        let work = move || {
            let _close = close;
            thread.run();
        };
        let thread = sys::spawn("footlights", Box::new(work))?.thread().id();
        let process = sys::process_id();
        Ok(Session { shared, requests, device, redirected, process, thread })
    }

    /// Whether `stream` leads to this screen: it is redirected to us, or is the same terminal.
    pub(super) fn is_reached_by(&self, stream: Stream) -> bool {
        self.is_redirected(stream) || Tty::device_behind(stream) == Some(self.device)
    }

    /// Whether `stream` is redirected to us.
    pub(super) fn is_redirected(&self, stream: Stream) -> bool {
        self.redirected.contains(&stream)
    }

    /// Whether the thread runs, in this process.
    pub(super) fn is_alive(&self) -> bool {
        self.process == sys::process_id() && !self.requests.is_closed()
    }

    /// Brings all output that was printed before to the terminal, unless the terminal takes longer
    /// than `timeout`.
    pub(super) fn sync_within(&self, timeout: Duration) {
        self.request(Request::Sync, Some(timeout));
    }

    /// Brings all output that was printed before and the last frame to the terminal, and gives the
    /// terminal back.
    pub(super) fn stop(&self, ending: Ending) {
        self.request(Request::Stop(ending), None);
    }

    /// Leaves the bars of one manager as lines.
    pub(super) fn remove_manager(&self, manager: ManagerId) {
        self.request(Request::RemoveManager(manager), None);
    }

    /// Removes the bars and gives the streams back to the terminal, until the returned value is
    /// dropped.
    pub(crate) fn suspend(self: &Arc<Session>) -> Suspension {
        flush_stdio();
        self.request(Request::Suspend, None);
        Suspension(self.clone())
    }

    pub(crate) fn roster(&self) -> &Mutex<Roster> {
        &self.shared.roster
    }

    /// Rows of the window.
    pub(crate) fn height(&self) -> usize {
        self.shared.height()
    }

    /// Makes the thread look at the bars at the next tick.
    pub(crate) fn wake(&self) {
        self.shared.note_change();
    }

    /// Makes a request and waits until it is served, or until the time is over.
    fn request(&self, request: Request, timeout: Option<Duration>) {
        // In a forked child no thread would serve the request, and the terminal thread would wait
        // for itself.
        if self.process == sys::process_id() && self.thread != std::thread::current().id() {
            self.requests.request(request, timeout);
        }
    }
}

/// A suspension of the bars; ends when dropped.
pub(crate) struct Suspension(Arc<Session>);

impl Drop for Suspension {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            flush_stdio();
        }
        self.0.request(Request::Resume, None);
    }
}
