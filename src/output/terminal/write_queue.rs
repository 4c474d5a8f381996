//! Composed bytes that the terminal has not taken yet.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::blocking_writer::BlockingWriter;
use crate::sys::{Tty, Waker};

/// How long not to ask a terminal that takes nothing, though it was said to.
const PAUSE: Duration = Duration::from_millis(10);

/// Holds one frame at a time: the next frame is composed when the queue is empty.
#[derive(Debug)]
pub(crate) struct WriteQueue {
    bytes: Vec<u8>,
    /// How many of `bytes` the terminal has taken.
    written: usize,
    /// Whether the terminal is gone. Bytes for it are dropped then, so that the program can go on
    /// to its end.
    gone: bool,
    /// How often the terminal has taken nothing, in a row.
    refusals: usize,
    /// Writes instead of this thread, where writing to the terminal may block.
    writer: Option<BlockingWriter>,
}

impl WriteQueue {
    pub(crate) fn new(tty: &Tty, waker: &Arc<Waker>) -> WriteQueue {
        // If no thread can be had, blocking is all that is left.
        let writer = if tty.is_blocking() { BlockingWriter::start(tty, waker.clone()).ok() } else { None };
        WriteQueue { bytes: Vec::new(), written: 0, gone: false, refusals: 0, writer }
    }

    /// Whether the terminal has taken everything.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty() && !self.writer.as_ref().is_some_and(BlockingWriter::is_busy)
    }

    /// Whether to wait until the terminal takes bytes again. (A blocking writer wakes this thread
    /// by itself.)
    pub(crate) fn waits_for_terminal(&self) -> bool {
        self.writer.is_none() && !self.bytes.is_empty()
    }

    /// The buffer to which the next frame is appended.
    pub(crate) fn buffer_mut(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Writes as much as the terminal takes now.
    pub(crate) fn write_available(&mut self, tty: &Tty) {
        match &self.writer {
            None => self.write(tty),
            Some(writer) => writer.submit(&mut self.bytes),
        }
    }

    fn write(&mut self, tty: &Tty) {
        while let Some(rest) = self.bytes.get(self.written..).filter(|rest| !rest.is_empty() && !self.gone) {
            match tty.write(rest) {
                Ok(n) => (self.written, self.refusals) = (self.written + n, 0),
                Err(err) if err.kind() == io::ErrorKind::WouldBlock => {
                    // After the first time it was waited for. Where that is not possible (a wait that
                    // ends at once), or is not enough (room for one byte, and a line feed takes two),
                    // it would be asked all the time.
                    self.refusals += 1;
                    if self.refusals > 1 {
                        thread::sleep(PAUSE);
                    }
                    return;
                }
                Err(_) => self.gone = true,
            }
        }
        self.bytes.clear();
        self.written = 0;
    }
}
