//! The loop of the terminal thread, the only thread that writes to the terminal.
//!
//! The thread handles signals, serves requests in their order, and in between lets the [`Driver`]
//! run rounds. A request that waits for output runs rounds of its own: see `driver`. The thread
//! never calls user code, never prints, and never asks the terminal a question whose answer would
//! arrive on the program's stdin.

use std::sync::Arc;
use std::time::Duration;

use super::driver::Driver;
use super::requests::{Ending, Request, RequestQueue};
use crate::bars::{ManagerId, Scope};
use crate::sys::{Instant, Interceptor, Signal, Signals};

/// How long the process is given to end by a signal. (On Unix it ends at once. On Windows, the system
/// asks all handlers of the program before it ends it.)
const TIME_TO_END: Duration = Duration::from_secs(2);

pub(super) struct Thread {
    driver: Driver,
    requests: Arc<RequestQueue>,
    /// How many suspensions have begun and not ended.
    suspensions: usize,
    /// When bars are shown again, if a signal that should have ended the process has not.
    survived: Option<Instant>,
}

impl Thread {
    pub(super) fn new(driver: Driver, requests: Arc<RequestQueue>) -> Thread {
        Thread { driver, requests, suspensions: 0, survived: None }
    }

    /// Runs until the last manager stops, and after that for as long as children still print.
    pub(super) fn run(mut self) {
        loop {
            self.handle_signals();
            let Some((number, request)) = self.requests.next() else {
                self.driver.poll_once(self.survived);
                self.show_bars_if_alive();
                continue;
            };
            match request {
                Request::Sync => self.driver.sync(),
                Request::Suspend => self.suspend(),
                Request::Resume => self.resume(),
                Request::RemoveManager(manager) => self.remove_manager(manager),
                Request::Stop(ending) => {
                    let interceptor = self.stop(ending);
                    self.handle_signals();
                    // Signal handlers and descriptors are put back before the request is complete.
                    self.driver.signals.listener = None;
                    let forwarder = interceptor.and_then(Interceptor::into_forwarder);
                    self.requests.complete(number);
                    self.requests.close();
                    if let Some(forwarder) = forwarder {
                        forwarder.run();
                    }
                    return;
                }
            }
            self.requests.complete(number);
        }
    }

    /// Handles the signals that were recorded.
    fn handle_signals(&mut self) {
        while let Some(signal) = self.driver.signals.take_pending() {
            match signal {
                Signal::Resized => {}
                Signal::TerminalStop => self.stop_process(),
                Signal::Fatal(_) | Signal::Crash => {
                    if self.survived.is_none() {
                        self.flush_before_exit(match signal {
                            Signal::Crash => Ending::Abrupt,
                            _ => Ending::Orderly,
                        });
                    }
                    match (&self.driver.signals.listener, signal) {
                        (Some(signals), Signal::Fatal(number)) => signals.exit_by_signal(number),
                        (Some(signals), _) => signals.release_crashed(),
                        (None, _) => {}
                    }
                    self.driver.signals.on_handled();
                    self.survived = Some(Instant::now() + TIME_TO_END);
                }
            }
        }
    }

    /// Writes all output and the last frame, as far as there is time: the process is about to end.
    fn flush_before_exit(&mut self, ending: Ending) {
        self.driver.drain();
        let bars = self.driver.shared.roster.lock().staying(Scope::All);
        self.driver.compose_last_frame(&bars, ending);
        self.driver.show_no_bars();
        self.driver.wait_until_written();
        self.driver.tty.restore_output_modes();
    }

    /// Shows the bars again if the process should have ended, and has not.
    fn show_bars_if_alive(&mut self) {
        if self.survived.is_some_and(|at| Instant::now() >= at) {
            self.survived = None;
            if self.suspensions == 0 {
                self.driver.resume();
            }
        }
    }

    /// Handles Ctrl-Z: writes all output and removes the bars, so that the shell finds a clean
    /// screen, then stops the process. When the process goes on, the cursor is wherever the shell
    /// has left it, and no time has passed for the bars.
    fn stop_process(&mut self) {
        if !self.driver.signals.listener.as_ref().is_some_and(Signals::owns_terminal_stop) {
            return; // the program handles the signal itself
        }
        self.driver.hide_bars();
        let stopped_at = Instant::now();
        if let Some(signals) = &self.driver.signals.listener {
            signals.stop_process();
        }
        self.driver.shared.roster.lock().discount(stopped_at.elapsed());
        self.driver.reacquire();
    }

    fn suspend(&mut self) {
        self.suspensions += 1;
        if self.suspensions == 1 {
            self.driver.suspend();
        }
    }

    fn resume(&mut self) {
        self.suspensions = self.suspensions.saturating_sub(1);
        if self.suspensions == 0 {
            self.driver.resume();
        }
    }

    /// Leaves the bars of a manager that stops as lines above the bars of the others.
    fn remove_manager(&mut self, manager: ManagerId) {
        self.driver.sync();
        let bars = self.driver.shared.roster.lock().remove_bars(Scope::Manager(manager));
        self.driver.add_lines(&bars);
        self.driver.write_frame(Instant::now());
        self.driver.wait_until_written();
    }

    /// Writes all output and the last frame, then gives the streams back to the terminal.
    ///
    /// In this order: if the streams were given back first, output of other threads would land
    /// among the bars. Output between the last frame and the giving back follows in one piece.
    fn stop(&mut self, ending: Ending) -> Option<Interceptor> {
        self.driver.drain();
        self.driver.wait_until_written();
        self.compose_last_frame(ending);
        self.driver.wait_until_written();
        self.driver.give_back_streams()
    }

    fn compose_last_frame(&mut self, ending: Ending) {
        let bars = self.driver.shared.roster.lock().remove_bars(Scope::All);
        self.driver.compose_last_frame(&bars, ending);
    }
}
