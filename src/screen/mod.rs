//! The thread that owns the terminal, and what it knows.
//!
//! There is one terminal to a process, and so there is at most one [`Screen`]: managers share it.

pub(crate) mod above;
pub(crate) mod event;
mod exit;
mod foot;
mod handover;
mod margins;
#[cfg(test)]
mod model;
mod outbox;
mod pace;
mod picture;
mod region;
mod terminal;
mod thread;

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

use crate::bars::{ManagerId, Roster};
use crate::paint::color::ColorDepth;
use crate::sys::{self, Channel, Device, Interceptor, Signals, Stream, Tty, Waker};
use event::{Ending, Request};
use picture::Picture;
use thread::Thread;

/// The screen that is in use, and by how many managers.
static CURRENT: Mutex<Option<(Arc<Screen>, usize)>> = Mutex::new(None);

/// The terminal, taken: what managers and bars hold of the thread that owns it.
#[derive(Debug)]
pub(crate) struct Screen {
    shared: Arc<Shared>,
    ending: Ending,
    /// The terminal, and the streams that lead to us instead of to it.
    device: Device,
    taken: Vec<Stream>,
    /// The process that the thread runs in; a forked child has a copy of this, but no thread.
    process: u32,
    thread: std::thread::ThreadId,
}

/// How the terminal is to be taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    pub(crate) channel: Option<Channel>,
    pub(crate) fatal_signals: bool,
    pub(crate) interval: Duration,
    pub(crate) depth: ColorDepth,
    pub(crate) width: Option<usize>,
    pub(crate) ending: Ending,
}

/// What the thread and everybody else both have.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) roster: Mutex<Roster>,
    pub(crate) waker: Waker,
    /// What is written behind the program's output to know its end. Terminals would ignore it; none ever gets it.
    pub(crate) mark: Vec<u8>,
    /// Rows of the window.
    height: AtomicUsize,
    desk: Mutex<Desk>,
    answered: Condvar,
}

/// Requests, by number.
#[derive(Debug, Default)]
struct Desk {
    waiting: VecDeque<(u64, Request)>,
    next: u64,
    /// All numbers below this have been served.
    served: u64,
    /// The thread is no more; nothing will be served.
    gone: bool,
}

impl Screen {
    /// The screen in use if it is behind one of `streams`, else a new one on the first of them that is a terminal. Every
    /// screen that is acquired wants a [`Screen::release`].
    pub(crate) fn acquire(streams: &[Stream], setup: Setup) -> Option<Arc<Screen>> {
        let mut current = CURRENT.lock();
        if let Some((screen, users)) = current.as_mut().filter(|(screen, _)| screen.is_alive()) {
            // A stream that leads to us is the terminal, whatever it looks like; another terminal is not ours to share.
            streams.iter().find(|stream| screen.is_behind(**stream))?;
            *users += 1;
            return Some(screen.clone());
        }
        exit::watch();
        let tty = streams.iter().find_map(|stream| Tty::open(*stream))?;
        let screen = Arc::new(Screen::start(tty, setup).ok()?);
        *current = Some((screen.clone(), 1));
        Some(screen)
    }

    /// One manager less. With the last one the terminal is given back: everything printed is on it when this returns.
    pub(crate) fn release(self: &Arc<Screen>, owner: ManagerId) {
        let mut current = CURRENT.lock();
        match current.as_mut().filter(|(screen, _)| Arc::ptr_eq(screen, self)) {
            Some((_, users)) if *users > 1 => {
                *users -= 1;
                drop(current);
                self.ask(Request::Retire(owner));
            }
            Some(_) => {
                // Under the lock: a manager that is made meanwhile waits until the terminal is free.
                self.stop();
                *current = None;
            }
            None => {} // it has been given back already, at exit or in a panic
        }
    }

    /// Everything printed until now is on the terminal when this returns, unless the terminal takes longer than `patience`.
    fn sync_within(&self, patience: Duration) {
        self.ask_within(Request::Sync, Some(Instant::now() + patience));
    }

    /// The terminal as it would be without us, for a while: the bars are gone, and the streams lead to it. Until the answer is
    /// dropped.
    pub(crate) fn lend(self: &Arc<Screen>) -> Loan {
        flush();
        self.ask(Request::Lend);
        Loan(self.clone())
    }

    /// Everything printed until now and the last frame are on the terminal when this returns, and nobody intercepts any more.
    fn stop(&self) {
        self.ask(Request::Stop(self.ending));
    }

    pub(crate) fn roster(&self) -> &Mutex<Roster> {
        &self.shared.roster
    }

    /// Rows of the window.
    pub(crate) fn height(&self) -> usize {
        self.shared.height.load(Relaxed)
    }

    /// The thread looks at the bars at the next tick, also after a quiet while.
    pub(crate) fn wake(&self) {
        self.shared.waker.wake();
    }

    fn start(mut tty: Tty, setup: Setup) -> io::Result<Screen> {
        let process = sys::process();
        let shared = Arc::new(Shared {
            roster: Mutex::default(),
            waker: Waker::new()?,
            mark: format!("\x1b_footlights {process}\x1b\\").into_bytes(),
            height: AtomicUsize::new(tty.size().rows),
            desk: Mutex::default(),
            answered: Condvar::new(),
        });
        // What is buffered was printed before.
        flush();
        // Without interception, or without signals, there are bars all the same.
        let device = tty.device();
        let interceptor = setup.channel.and_then(|channel| Interceptor::take(&tty, channel, tty.size()).ok());
        if interceptor.is_none() {
            // What others print must not come in between the parts of a frame.
            tty.write_in_one();
        }
        let taken = interceptor.as_ref().map(Interceptor::streams).unwrap_or_default();
        let signals = Signals::listen(setup.fatal_signals).ok();
        let picture = Picture::new(setup.depth, setup.width);
        let thread = Thread::new(shared.clone(), tty, interceptor, signals, picture, setup.interval);
        let guard = Guard(shared.clone());
        let work = move || {
            let _guard = guard;
            thread.run();
        };
        let handle = sys::spawn("footlights", Box::new(work))?;
        Ok(Screen { shared, ending: setup.ending, device, taken, process, thread: handle.thread().id() })
    }

    fn is_behind(&self, stream: Stream) -> bool {
        self.taken.contains(&stream) || Tty::open(stream).is_some_and(|tty| tty.device() == self.device)
    }

    fn is_alive(&self) -> bool {
        self.process == sys::process() && !self.shared.desk.lock().gone
    }

    /// Hands in a request and waits until it is served.
    fn ask(&self, request: Request) {
        self.ask_within(request, None);
    }

    fn ask_within(&self, request: Request, deadline: Option<Instant>) {
        // In a forked child there is no thread to serve it, and our own thread would wait for itself.
        if self.process != sys::process() || self.thread == std::thread::current().id() {
            return;
        }
        let mut desk = self.shared.desk.lock();
        let ticket = desk.next;
        desk.next += 1;
        desk.waiting.push_back((ticket, request));
        self.shared.waker.wake();
        while desk.served <= ticket && !desk.gone {
            match deadline {
                Some(deadline) if self.shared.answered.wait_until(&mut desk, deadline).timed_out() => return,
                Some(_) => {}
                None => self.shared.answered.wait(&mut desk),
            }
        }
    }
}

/// Hands on what std and C hold back, as far as nobody else has them locked: who has, and waits for us, would wait for ever.
pub(crate) fn flush() {
    let report = Arc::new((Mutex::new(false), Condvar::new()));
    let (flushed, told) = &*report;
    let done = report.clone();
    let work = move || {
        let _ = io::stdout().flush();
        *done.0.lock() = true;
        done.1.notify_one();
    };
    if let Ok(flusher) = sys::spawn("footlights-flush", Box::new(work)) {
        let mut flushed = flushed.lock();
        told.wait_while_for(&mut flushed, |flushed| !*flushed, LOCKED);
        if *flushed {
            let _ = flusher.join();
        }
    }
    sys::flush_c_stdout();
}

/// Longer than this nobody holds std's stdout who is not waiting for something.
const LOCKED: Duration = Duration::from_millis(50);

/// The terminal, lent.
pub(crate) struct Loan(Arc<Screen>);

impl Drop for Loan {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            flush();
        }
        self.0.ask(Request::TakeBack);
    }
}

/// Tells those who wait that the thread is no more, however it ended.
struct Guard(Arc<Shared>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Shared {
    pub(crate) fn next_request(&self) -> Option<(u64, Request)> {
        self.desk.lock().waiting.pop_front()
    }

    /// Nothing more will be served.
    pub(crate) fn close(&self) {
        self.desk.lock().gone = true;
        self.answered.notify_all();
    }

    pub(crate) fn serve(&self, ticket: u64) {
        self.desk.lock().served = ticket + 1;
        self.answered.notify_all();
    }
}
