//! Bytes on their way to a terminal that may take its time.

use std::io;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use super::Shared;
use crate::sys::{self, Tty};

/// What has been composed and not been taken yet. It grows by one frame at a time: the next one is made when it is empty.
#[derive(Debug)]
pub(crate) struct Outbox {
    bytes: Vec<u8>,
    taken: usize,
    /// The terminal is gone; what is meant for it is thrown away, so that the program can go on to its end.
    gone: bool,
    carrier: Option<Carrier>,
}

/// A thread that waits in our place, where writing to the terminal may wait.
#[derive(Debug)]
struct Carrier {
    work: Option<mpsc::Sender<Vec<u8>>>,
    /// What was carried comes back, to be filled again; nothing, if the terminal is gone.
    done: mpsc::Receiver<Option<Vec<u8>>>,
    /// It is on its way.
    busy: bool,
    thread: Option<JoinHandle<()>>,
}

impl Outbox {
    pub(crate) fn new(tty: &Tty, shared: &Arc<Shared>) -> Outbox {
        // Should there be no thread to be had, waiting is all that is left.
        let carrier = if tty.may_wait() { Carrier::start(tty, shared.clone()).ok() } else { None };
        Outbox { bytes: Vec::new(), taken: 0, gone: false, carrier }
    }

    /// Nothing is on its way.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty() && !self.carrier.as_ref().is_some_and(|carrier| carrier.busy)
    }

    /// It goes on when the terminal takes bytes again. (A carrier says so itself, by waking us.)
    pub(crate) fn waits_for_terminal(&self) -> bool {
        self.carrier.is_none() && !self.bytes.is_empty()
    }

    /// Where the next bytes are appended.
    pub(crate) fn room(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Hands on as much as the terminal takes now.
    pub(crate) fn flush(&mut self, tty: &Tty) {
        match &mut self.carrier {
            None => self.write(tty),
            Some(carrier) => {
                if let Some(back) = carrier.back() {
                    self.gone |= back.is_none();
                }
                if !carrier.busy && !self.bytes.is_empty() {
                    let bytes = std::mem::take(&mut self.bytes);
                    self.gone = self.gone || !carrier.carry(bytes);
                }
                if self.gone {
                    self.bytes.clear();
                }
            }
        }
    }

    fn write(&mut self, tty: &Tty) {
        while let Some(rest) = self.bytes.get(self.taken..).filter(|rest| !rest.is_empty() && !self.gone) {
            match tty.write(rest) {
                Ok(n) => self.taken += n,
                Err(err) if err.kind() == io::ErrorKind::WouldBlock => return,
                Err(_) => self.gone = true,
            }
        }
        self.bytes.clear();
        self.taken = 0;
    }
}

impl Carrier {
    fn start(tty: &Tty, shared: Arc<Shared>) -> io::Result<Carrier> {
        let (work, orders) = mpsc::channel::<Vec<u8>>();
        let (answers, done) = mpsc::channel();
        let tty = tty.another()?;
        let thread = sys::spawn("footlights-write", move || {
            for mut bytes in orders {
                let carried = tty.write_all(&bytes).is_ok();
                bytes.clear();
                let _ = answers.send(carried.then_some(bytes));
                shared.waker.wake();
            }
        })?;
        Ok(Carrier { work: Some(work), done, busy: false, thread: Some(thread) })
    }

    /// What has come back, if anything has.
    fn back(&mut self) -> Option<Option<Vec<u8>>> {
        let back = self.done.try_recv().ok()?;
        self.busy = false;
        Some(back)
    }

    /// False if there is nobody to carry it.
    fn carry(&mut self, bytes: Vec<u8>) -> bool {
        self.busy = self.work.as_ref().is_some_and(|work| work.send(bytes).is_ok());
        self.busy
    }
}

impl Drop for Carrier {
    fn drop(&mut self) {
        drop(self.work.take());
        // One that waits for the terminal is left to it.
        if let Some(thread) = self.thread.take().filter(|_| !self.busy) {
            let _ = thread.join();
        }
    }
}
