//! A thread that writes to the terminal where a write may block.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

use parking_lot::{Condvar, Mutex};

use crate::sys::{self, Tty, Waker};

/// Writes one buffer at a time on a thread of its own, and wakes the terminal thread when it is
/// done.
#[derive(Debug)]
pub(super) struct BlockingWriter {
    slot: Arc<JobSlot>,
    thread: Option<JoinHandle<()>>,
}

/// What both threads see.
#[derive(Debug, Default)]
struct JobSlot {
    job: Mutex<Job>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Job {
    /// The bytes to write; after that, their buffer for the next job.
    bytes: Vec<u8>,
    state: State,
    /// Whether the terminal is gone.
    gone: bool,
    /// Whether the thread ends after the current job.
    shutdown: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Nothing is to be written.
    #[default]
    Idle,
    /// A job waits for the thread, or the thread writes it.
    Busy,
}

impl BlockingWriter {
    pub(super) fn start(tty: &Tty, waker: Arc<Waker>) -> io::Result<BlockingWriter> {
        let slot = Arc::new(JobSlot::default());
        let (tty, jobs) = (tty.try_clone()?, slot.clone());
        let work = move || {
            while let Some(mut bytes) = jobs.next() {
                let gone = tty.write_all(&bytes).is_err();
                bytes.clear();
                jobs.done(bytes, gone);
                waker.wake();
            }
        };
        let thread = sys::spawn("footlights-write", Box::new(work))?;
        Ok(BlockingWriter { slot, thread: Some(thread) })
    }

    /// Whether a job is being written. (Cold: few terminals need this writer, and every frame
    /// asks.)
    #[cold]
    pub(super) fn is_busy(&self) -> bool {
        self.slot.job.lock().state == State::Busy
    }

    /// Takes all of `bytes`, unless the writer is busy, and leaves the empty buffer of the last
    /// job.
    pub(super) fn submit(&self, bytes: &mut Vec<u8>) {
        let mut job = self.slot.job.lock();
        if job.gone {
            bytes.clear();
        }
        if job.state == State::Idle && !bytes.is_empty() {
            std::mem::swap(&mut job.bytes, bytes);
            job.state = State::Busy;
            self.slot.changed.notify_one();
        }
    }
}

impl JobSlot {
    /// Waits for a job. Returns none at shutdown.
    fn next(&self) -> Option<Vec<u8>> {
        let mut job = self.job.lock();
        while job.state == State::Idle && !job.shutdown {
            self.changed.wait(&mut job);
        }
        (job.state == State::Busy).then(|| std::mem::take(&mut job.bytes))
    }

    /// Ends a job: it was written, or lost with the terminal.
    fn done(&self, bytes: Vec<u8>, gone: bool) {
        let mut job = self.job.lock();
        *job = Job { bytes, state: State::Idle, gone, shutdown: job.shutdown };
    }
}

impl Drop for BlockingWriter {
    fn drop(&mut self) {
        let mut job = self.slot.job.lock();
        job.shutdown = true;
        self.slot.changed.notify_one();
        let busy = job.state == State::Busy;
        drop(job);
        // A thread that is blocked by the terminal is not waited for.
        if let Some(thread) = self.thread.take().filter(|_| !busy) {
            let _ = thread.join();
        }
    }
}
