//! Writing ends that outlive their interceptor, and what is still printed into them.
//!
//! A child may have inherited the writing end of a pty. So may a descriptor of this process: code
//! that has saved stdout while it was redirected to us, and puts it back when the manager has
//! stopped. A thread forwards output from there to the terminal. As soon as a standard stream of
//! this process leads there, the thread redirects that stream to the terminal.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::fd::{Identity, identity, read_output, redirect, stream_fd};
use super::wait::{has_writer, readable, wait, write_all};
use crate::sys::stream::Stream;

/// At exit, output may need this long from a write to the reading end.
const EXIT_QUIET_TIME: Duration = Duration::from_millis(50);

/// At exit, a child that never stops printing is read for this long. (If no process can print any
/// more, all that is left is read.)
const EXIT_DRAIN_TIME: Duration = Duration::from_millis(500);

/// The writing ends of this process.
static WRITERS: Mutex<Writers> = Mutex::new(Writers { current: None, retired: Vec::new() });

struct Writers {
    /// The writing end of the interceptor that is in use.
    current: Option<Identity>,
    /// The writing ends of earlier interceptors, as long as something can still be printed there.
    retired: Vec<Arc<Retired>>,
}

/// A writing end without an interceptor.
#[derive(Debug)]
struct Retired {
    identity: Identity,
    /// The reading end. Locked while output is on its way to the terminal.
    source: Mutex<Source>,
    terminal: OwnedFd,
}

/// Where output comes from.
#[derive(Debug)]
struct Source {
    /// What was read already.
    read: Vec<u8>,
    reader: Arc<OwnedFd>,
}

/// Notes the writing end of the interceptor that is in use.
pub(super) fn set_current(identity: Identity) {
    WRITERS.lock().current = Some(identity);
}

/// The interceptor with this writing end is no longer in use.
pub(super) fn clear_current(identity: Identity) {
    let mut writers = WRITERS.lock();
    if writers.current == Some(identity) {
        writers.current = None;
    }
}

/// Forwards output that arrives through a writing end without an interceptor.
#[derive(Debug)]
pub(crate) struct Forwarder {
    /// The reading end again, to wait for output without the lock.
    reader: Arc<OwnedFd>,
    retired: Arc<Retired>,
}

impl Forwarder {
    /// From here on, a standard stream that leads to the writing end `identity` is reclaimed.
    pub(super) fn new(reader: Arc<OwnedFd>, identity: Identity, terminal: OwnedFd, read: Vec<u8>) -> Forwarder {
        let source = Mutex::new(Source { read, reader: reader.clone() });
        let retired = Arc::new(Retired { identity, source, terminal });
        WRITERS.lock().retired.push(retired.clone());
        Forwarder { reader, retired }
    }

    /// Copies output to the terminal, until no process has the writing end open any more: no child
    /// that has inherited it, and no code of this process that has saved it.
    pub(crate) fn run(self) {
        while self.retired.forward_available().is_ok_and(|available| available.is_open) {
            self.retired.reclaim_streams();
            wait([readable(&self.reader)], None);
        }
    }
}

impl Drop for Forwarder {
    fn drop(&mut self) {
        WRITERS.lock().retired.retain(|other| !Arc::ptr_eq(other, &self.retired));
    }
}

/// Redirects standard streams that lead to a writing end without an interceptor to the terminal.
pub(crate) fn reclaim_streams() {
    let retired = WRITERS.lock().retired.clone();
    retired.iter().for_each(|retired| _ = retired.reclaim_streams());
}

/// Does the same at exit, and forwards what was printed to any writing end: a child that has ended
/// may have printed a moment ago.
pub(crate) fn drain_retired_at_exit() {
    let retired = WRITERS.lock().retired.clone();
    retired.iter().for_each(|retired| _ = retired.reclaim_streams());
    let end = Instant::now() + EXIT_DRAIN_TIME;
    retired.iter().for_each(|retired| retired.drain(end));
}

/// What a reading end had.
struct Available {
    /// Whether there was output.
    has_output: bool,
    /// Whether more can come.
    is_open: bool,
}

impl Retired {
    /// Copies the output that has arrived, or a part of it if there is much.
    fn forward_available(&self) -> io::Result<Available> {
        const MOST_READS: usize = 64;
        let mut source = self.source.lock();
        self.write(&std::mem::take(&mut source.read))?;
        let mut buf = [0; 4096];
        for reads in 0..MOST_READS {
            match read_output(source.reader.as_fd(), &mut buf) {
                Ok(0) => return Ok(Available { has_output: reads > 0, is_open: false }),
                Ok(n) => self.write(&buf[..n])?,
                Err(err) if err.kind() == io::ErrorKind::WouldBlock => {
                    return Ok(Available { has_output: reads > 0, is_open: true });
                }
                Err(err) => return Err(err),
            }
        }
        Ok(Available { has_output: true, is_open: true })
    }

    /// Copies output until none has come for a while, but not after `end` if more can come. That none is there is no
    /// proof: what was written to a pty needs a moment to become readable.
    fn drain(&self, end: Instant) {
        let mut deadline = end.min(Instant::now() + EXIT_QUIET_TIME);
        loop {
            let Ok(Available { has_output, is_open: true }) = self.forward_available() else { return };
            let now = Instant::now();
            if has_output {
                deadline = end.min(now + EXIT_QUIET_TIME);
            }
            let reader = self.source.lock().reader.clone();
            if now >= deadline && has_writer(reader.as_fd()) {
                return;
            }
            wait([readable(&reader)], Some(deadline));
        }
    }

    /// Writes to the terminal: above the bars of another manager, if there is one.
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let current = WRITERS.lock().current;
        let above = [Stream::Stdout, Stream::Stderr]
            .into_iter()
            .find(|stream| current.is_some() && identity(stream_fd(*stream)).ok() == current);
        match above {
            Some(stream) => write_all(stream_fd(stream), bytes),
            None => write_all(self.terminal.as_fd(), bytes),
        }
    }

    /// Redirects standard streams that lead here to the terminal. Returns whether there was one.
    fn reclaim_streams(&self) -> bool {
        let mut found = false;
        for stream in [Stream::Stdout, Stream::Stderr] {
            if identity(stream_fd(stream)).is_ok_and(|identity| identity == self.identity) {
                found |= redirect(stream, self.terminal.as_fd()).is_ok();
            }
        }
        found
    }
}
