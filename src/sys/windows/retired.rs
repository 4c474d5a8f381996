//! Writing ends that outlive their interceptor, and what is still printed into them.
//!
//! A child may have inherited the writing end of a pipe. A thread forwards output from there to the
//! console. (On Unix, a stream of this process may lead there again, because a saved descriptor was
//! put back. Here the handle that was saved is closed by then, and nothing can be done for it.)

use std::fs::File;
use std::io::{self, Write};
use std::os::windows::io::{AsHandle, BorrowedHandle, OwnedHandle};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::pipe::Reader;
use super::tty::Tty;
use super::wait::{readable, wait};

/// At exit, a child may need this long to print what it is about to print.
const EXIT_QUIET_TIME: Duration = Duration::from_millis(50);

/// At exit, a child that never stops printing is read for this long.
const EXIT_DRAIN_TIME: Duration = Duration::from_millis(500);

/// The writing ends of this process.
static WRITERS: Mutex<Writers> = Mutex::new(Writers { current: None, retired: Vec::new() });

struct Writers {
    /// The writing end of the interceptor that is in use.
    current: Option<Arc<OwnedHandle>>,
    /// Earlier interceptors, as long as something can still be printed there.
    retired: Vec<Arc<Retired>>,
}

/// A reading end without an interceptor.
#[derive(Debug)]
struct Retired {
    reader: Reader,
    /// Locked while output is on its way there.
    terminal: Mutex<Tty>,
}

/// Notes the writing end of the interceptor that is in use.
pub(super) fn set_current(writer: &Arc<OwnedHandle>) {
    WRITERS.lock().current = Some(writer.clone());
}

/// The interceptor with this writing end is no longer in use.
pub(super) fn clear_current(writer: &Arc<OwnedHandle>) {
    let current = &mut WRITERS.lock().current;
    if current.as_ref().is_some_and(|current| Arc::ptr_eq(current, writer)) {
        *current = None;
    }
}

/// Forwards output that arrives through a writing end without an interceptor.
#[derive(Debug)]
pub(crate) struct Forwarder(Arc<Retired>);

impl Forwarder {
    /// None if nothing can come through `reader` any more.
    pub(super) fn new(reader: Reader, terminal: Tty) -> Option<Forwarder> {
        let retired = Arc::new(Retired { reader, terminal: Mutex::new(terminal) });
        let is_open = retired.forward_available().is_ok_and(|available| available.is_open);
        is_open.then(|| {
            WRITERS.lock().retired.push(retired.clone());
            Forwarder(retired)
        })
    }

    /// Copies output to the console, until no child has the writing end open any more.
    pub(crate) fn run(self) {
        while self.0.forward_available().is_ok_and(|available| available.is_open) {
            wait([readable(&*self.0)], None);
        }
    }
}

impl Drop for Forwarder {
    fn drop(&mut self) {
        WRITERS.lock().retired.retain(|other| !Arc::ptr_eq(other, &self.0));
    }
}

/// Does nothing: see above.
pub(crate) fn reclaim_streams() {}

/// At exit, forwards what was printed to any writing end: a child that has ended may have printed a
/// moment ago.
pub(crate) fn drain_retired_at_exit() {
    let retired = WRITERS.lock().retired.clone();
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
        let terminal = self.terminal.lock();
        let mut buf = [0; 4096];
        for reads in 0..MOST_READS {
            match self.reader.read(&mut buf) {
                Ok(0) => return Ok(Available { has_output: reads > 0, is_open: false }),
                Ok(n) => write(&terminal, &buf[..n])?,
                Err(err) if err.kind() == io::ErrorKind::WouldBlock => {
                    return Ok(Available { has_output: reads > 0, is_open: true });
                }
                Err(err) => return Err(err),
            }
        }
        Ok(Available { has_output: true, is_open: true })
    }

    /// Copies output until none has come for a while, but not after `end`.
    fn drain(&self, end: Instant) {
        let mut deadline = end.min(Instant::now() + EXIT_QUIET_TIME);
        loop {
            let Ok(Available { has_output, is_open: true }) = self.forward_available() else { return };
            let now = Instant::now();
            if has_output {
                deadline = end.min(now + EXIT_QUIET_TIME);
            }
            if now >= deadline {
                return;
            }
            wait([readable(self)], Some(deadline));
        }
    }
}

impl AsHandle for Retired {
    fn as_handle(&self) -> BorrowedHandle<'_> {
        self.reader.as_handle()
    }
}

/// Writes to the console: above the bars of another manager, if there is one.
fn write(terminal: &Tty, bytes: &[u8]) -> io::Result<()> {
    let current = WRITERS.lock().current.clone();
    match current {
        Some(writer) => File::from(writer.try_clone()?).write_all(bytes),
        None => terminal.write_all(bytes),
    }
}
