//! Bytes on their way to a terminal that may take its time.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

use parking_lot::{Condvar, Mutex};

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
    errand: Arc<Errand>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread is sent with.
#[derive(Debug, Default)]
struct Errand {
    load: Mutex<Load>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Load {
    /// What is to be carried; afterwards only its room.
    bytes: Vec<u8>,
    /// It is on its way, or about to be.
    busy: bool,
    /// The terminal is gone.
    gone: bool,
    /// Nothing more will come.
    over: bool,
}

impl Outbox {
    pub(crate) fn new(tty: &Tty, shared: &Arc<Shared>) -> Outbox {
        // Should there be no thread to be had, waiting is all that is left.
        let carrier = if tty.may_wait() { Carrier::start(tty, shared.clone()).ok() } else { None };
        Outbox { bytes: Vec::new(), taken: 0, gone: false, carrier }
    }

    /// Nothing is on its way.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty() && !self.carrier.as_ref().is_some_and(Carrier::is_busy)
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
        match &self.carrier {
            None => self.write(tty),
            Some(carrier) => carrier.carry(&mut self.bytes),
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
        let errand = Arc::new(Errand::default());
        let (tty, on) = (tty.another()?, errand.clone());
        let work = move || {
            while let Some(mut bytes) = on.next() {
                let gone = tty.write_all(&bytes).is_err();
                bytes.clear();
                on.done(bytes, gone);
                shared.waker.wake();
            }
        };
        let thread = sys::spawn("footlights-write", Box::new(work))?;
        Ok(Carrier { errand, thread: Some(thread) })
    }

    /// It is on its way. (Cold: few terminals need a carrier, and everybody asks.)
    #[cold]
    fn is_busy(&self) -> bool {
        self.errand.load.lock().busy
    }

    /// Takes all of `bytes`, unless it is on its way, and leaves the room of what it carried last.
    fn carry(&self, bytes: &mut Vec<u8>) {
        let mut load = self.errand.load.lock();
        if load.gone {
            bytes.clear();
        }
        if !load.busy && !bytes.is_empty() {
            std::mem::swap(&mut load.bytes, bytes);
            load.busy = true;
            self.errand.changed.notify_one();
        }
    }
}

impl Errand {
    /// Waits for something to carry; none if nothing more will come.
    fn next(&self) -> Option<Vec<u8>> {
        let mut load = self.load.lock();
        while !load.busy && !load.over {
            self.changed.wait(&mut load);
        }
        load.busy.then(|| std::mem::take(&mut load.bytes))
    }

    /// What was carried has arrived, or was lost with the terminal.
    fn done(&self, bytes: Vec<u8>, gone: bool) {
        let mut load = self.load.lock();
        *load = Load { bytes, busy: false, gone, over: load.over };
    }
}

impl Drop for Carrier {
    fn drop(&mut self) {
        let mut load = self.errand.load.lock();
        load.over = true;
        self.errand.changed.notify_one();
        let busy = load.busy;
        drop(load);
        // One that waits for the terminal is left to it.
        if let Some(thread) = self.thread.take().filter(|_| !busy) {
            let _ = thread.join();
        }
    }
}
