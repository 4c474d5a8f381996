//! Ctrl-C: once, the runner is told and may end its way; twice, all ends at once.

use std::io;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use signal_hook::consts::{SIGINT, SIGTERM};

/// The signals that ask us to stop.
#[derive(Debug)]
pub struct Interrupt {
    ctrl_c: Arc<AtomicBool>,
    terminate: Arc<AtomicBool>,
}

/// What the user has asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// Ctrl-C, which the terminal sends to the runner too.
    CtrlC,
    /// `kill`, which is for us only.
    Terminate,
}

impl Interrupt {
    /// Catches the signals from now on.
    pub fn new() -> io::Result<Interrupt> {
        let interrupt = Interrupt { ctrl_c: Arc::default(), terminate: Arc::default() };
        signal_hook::flag::register(SIGINT, Arc::clone(&interrupt.ctrl_c))?;
        signal_hook::flag::register(SIGTERM, Arc::clone(&interrupt.terminate))?;
        Ok(interrupt)
    }

    /// Returns what was asked for since the last call.
    pub fn take(&self) -> Option<Request> {
        if self.terminate.swap(false, Relaxed) {
            return Some(Request::Terminate);
        }
        self.ctrl_c.swap(false, Relaxed).then_some(Request::CtrlC)
    }
}

/// Tells the runner to stop, unless the terminal has told it.
#[cfg(unix)]
pub fn tell(runner: &Child, request: Request) {
    use rustix::process::{Pid, Signal, getpgrp, kill_process};
    let is_told = rustix::termios::tcgetpgrp(io::stdin()).is_ok_and(|foreground| foreground == getpgrp());
    let signal = match request {
        // The terminal sends it to all processes in the foreground. nextest would take a second one for haste.
        Request::CtrlC if is_told => return,
        Request::CtrlC => Signal::INT,
        Request::Terminate => Signal::TERM,
    };
    if let Some(pid) = i32::try_from(runner.id()).ok().and_then(Pid::from_raw) {
        // A runner that has ended needs not be told.
        let _ = kill_process(pid, signal);
    }
}

/// The console tells all of its processes.
#[cfg(not(unix))]
pub fn tell(_runner: &Child, _request: Request) {}
