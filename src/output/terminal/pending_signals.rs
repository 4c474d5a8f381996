//! Signals that have arrived and are acted upon when nothing else is under way, and how long a
//! process that is about to end still has.
//!
//! Acting on a signal drains the program's output, and so does serving a request. A drain inside of
//! another would wait for the wrong marker. So a signal is recorded when it arrives, and handled
//! when the request is done.

use std::time::Duration;

use crate::sys::{Instant, Signal, Signals};

/// A program that is being killed waits no longer than this for a terminal that takes nothing.
const SHUTDOWN_TIME: Duration = Duration::from_millis(300);

/// The signals of the process, and the one that is waiting to be handled.
#[derive(Debug)]
pub(super) struct PendingSignals {
    /// None if the process must not catch signals.
    pub(super) listener: Option<Signals>,
    pending: Option<Signal>,
    shutdown: Shutdown,
}

/// Whether the program goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shutdown {
    /// It does.
    Running,
    /// A signal ends it. Until this deadline, its output and the last frame are written; another
    /// signal ends it at once.
    Until(Instant),
}

impl PendingSignals {
    pub(super) fn new(listener: Option<Signals>) -> PendingSignals {
        PendingSignals { listener, pending: None, shutdown: Shutdown::Running }
    }

    /// Catches signals for which the program has put the default action in force since.
    pub(super) fn catch_defaults(&mut self) {
        let is_shutting_down = self.is_shutting_down();
        if let Some(signals) = self.listener.as_mut().filter(|_| !is_shutting_down) {
            signals.catch_defaults();
        }
    }

    /// Records what a signal asks for, unless the program handles that signal itself.
    pub(super) fn record(&mut self, signal: Signal) {
        let Some(signals) = &self.listener else { return };
        match signal {
            Signal::Resized => {}
            Signal::TerminalStop => self.pending = self.pending.or(Some(signal)),
            Signal::Fatal(number) if !signals.owns_handler(number) => {}
            Signal::Fatal(number) if self.is_shutting_down() => signals.exit_by_signal(number),
            Signal::Fatal(_) | Signal::Crash => {
                self.pending = Some(signal);
                if !self.is_shutting_down() {
                    self.shutdown = Shutdown::Until(Instant::now() + SHUTDOWN_TIME);
                }
            }
        }
    }

    /// The signal was acted upon. As long as the process has not ended, there is no deadline.
    pub(super) fn on_handled(&mut self) {
        self.shutdown = Shutdown::Running;
    }

    /// Takes the signal that is waiting.
    pub(super) fn take_pending(&mut self) -> Option<Signal> {
        self.pending.take()
    }

    pub(super) fn is_shutting_down(&self) -> bool {
        self.shutdown != Shutdown::Running
    }

    /// Until when output and the last frame may be waited for; none while the program goes on.
    pub(super) fn deadline(&self) -> Option<Instant> {
        match self.shutdown {
            Shutdown::Running => None,
            Shutdown::Until(deadline) => Some(deadline),
        }
    }

    /// Whether the deadline has passed.
    pub(super) fn is_out_of_time(&self) -> bool {
        self.deadline().is_some_and(|deadline| Instant::now() >= deadline)
    }
}
