//! Control events as a source to wait for: Ctrl-C, Ctrl-Break, and the end of the console's window
//! or of the user's session.
//!
//! The system calls the handlers of a process one after the other, the last one first, on a thread
//! that it makes for the event, until one of them says that it has handled the event. If none does,
//! it ends the process. Ours never says so. A handler of the program that was installed later decides
//! before us, and one that was installed earlier decides after us: nothing tells whether there is
//! one. So when an event arrives, everything is brought to the console as if the process was about
//! to end, and then the event is passed on. If the process still lives after that, a handler of the
//! program has handled the event, and the bars return.
//!
//! When the window is closed, the system ends the process as soon as all handlers are done.

use std::io;
use std::os::windows::io::{AsHandle, BorrowedHandle};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use windows_sys::Win32::System::Console::SetConsoleCtrlHandler;
use windows_sys::core::BOOL;

use super::crash::CrashHandler;
use super::event::Event;
use super::handle::check;

/// How long a handler waits for the terminal thread. The system gives handlers five seconds when the
/// window is closed.
const TIMEOUT: Duration = Duration::from_secs(2);

/// The bit of a crash among the signals that have arrived. The bits of control events are their
/// numbers, which are small.
const CRASH: u32 = 31;

/// The signals that have arrived and were not taken, one bit each.
static ARRIVED: AtomicU32 = AtomicU32::new(0);

/// Whether a terminal thread takes them.
static LISTENING: AtomicBool = AtomicBool::new(false);

/// The events of this process. Never closed: at any time a handler may be running.
static EVENTS: OnceLock<Events> = OnceLock::new();

#[derive(Debug)]
struct Events {
    /// Set while a signal waits to be taken.
    arrived: Event,
    /// Set when a handler may go on: everything is on the console.
    released: Event,
}

/// A signal that has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// The window has a new size.
    #[expect(dead_code, reason = "the console does not tell; it is asked before each frame")]
    Resized,
    /// A control event that is about to end the program, by its number.
    Fatal(i32),
    /// The program has crashed. The crashed thread waits for [`Signals::release_crashed`], with a
    /// short timeout.
    Crash,
    /// The program is about to be stopped.
    #[expect(dead_code, reason = "there are no jobs")]
    TerminalStop,
}

/// The signals that the terminal thread listens to.
#[derive(Debug)]
pub(crate) struct Signals {
    events: &'static Events,
    /// Whether our handlers are installed.
    caught: bool,
    crashes: Option<CrashHandler>,
}

impl Signals {
    /// With `catch_fatal`, listens to the control events that end the program, and to crashes.
    pub(crate) fn listen(catch_fatal: bool) -> io::Result<Signals> {
        let events = match EVENTS.get() {
            Some(events) => events,
            None => {
                let new = Events { arrived: Event::new()?, released: Event::new()? };
                EVENTS.get_or_init(|| new)
            }
        };
        let mut crashes = None;
        if catch_fatal {
            ARRIVED.store(0, Ordering::Relaxed);
            events.arrived.reset();
            LISTENING.store(true, Ordering::Release);
            // SAFETY: the handler is a function, exists until the end, and does not unwind.
            check(unsafe { SetConsoleCtrlHandler(Some(on_control), 1) })?;
            crashes = Some(CrashHandler::install(on_crash));
        }
        Ok(Signals { events, caught: catch_fatal, crashes })
    }

    /// A program cannot put the default action in force again here.
    pub(crate) fn catch_defaults(&mut self) {}

    /// The next signal that has arrived, if any.
    pub(crate) fn next(&self) -> Option<Signal> {
        // Before the look: a signal that arrives after it sets the event again.
        self.events.arrived.reset();
        let bits = ARRIVED.load(Ordering::Acquire);
        if bits == 0 {
            return None;
        }
        let number = bits.trailing_zeros();
        let rest = ARRIVED.fetch_and(!(1 << number), Ordering::AcqRel) & !(1 << number);
        if rest != 0 {
            self.events.arrived.set();
        }
        Some(if number == CRASH { Signal::Crash } else { Signal::Fatal(number as i32) })
    }

    /// Always true while we listen: what was handled by a later handler does not arrive here.
    pub(crate) fn owns_handler(&self, _: i32) -> bool {
        self.caught
    }

    /// There are no jobs.
    pub(crate) fn owns_terminal_stop(&self) -> bool {
        false
    }

    pub(crate) fn stop_process(&self) {}

    /// Lets a crashed thread end the process: everything printed before is on the console.
    pub(crate) fn release_crashed(&self) {
        self.events.released.set();
    }

    /// Passes the control event on: the next handler decides, and the last one of the system ends
    /// the process. Returns at once.
    pub(crate) fn exit_by_signal(&self, _: i32) {
        self.events.released.set();
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        if self.caught {
            // SAFETY: as above.
            let _ = unsafe { SetConsoleCtrlHandler(Some(on_control), 0) };
            drop(self.crashes.take());
            LISTENING.store(false, Ordering::Release);
            // A handler may be waiting.
            self.events.released.set();
        }
    }
}

impl AsHandle for Signals {
    fn as_handle(&self) -> BorrowedHandle<'_> {
        self.events.arrived.as_handle()
    }
}

/// Our handler of control events.
unsafe extern "system" fn on_control(event: u32) -> BOOL {
    if event < CRASH {
        arrive(event, TIMEOUT);
    }
    0
}

/// Brings everything to the console before a crash ends the process.
fn on_crash(timeout: Duration) {
    arrive(CRASH, timeout);
}

/// Tells the terminal thread of a signal, and waits until it has acted upon it.
fn arrive(number: u32, timeout: Duration) {
    let Some(events) = EVENTS.get().filter(|_| LISTENING.load(Ordering::Acquire)) else { return };
    events.released.reset();
    ARRIVED.fetch_or(1 << number, Ordering::AcqRel);
    events.arrived.set();
    events.released.wait(timeout);
}

#[cfg(test)]
mod tests {
    use super::super::wait::{readable, wait};
    use super::*;

    #[test]
    fn a_control_event_waits_for_the_terminal_thread_and_is_passed_on() {
        let signals = Signals::listen(true).expect("a listener");
        assert_eq!(signals.next(), None);
        for event in [0, 1, 2] {
            // SAFETY: the system calls it in the same way.
            let handler = std::thread::spawn(move || unsafe { on_control(event) });
            wait([readable(&signals)], None);
            assert_eq!(signals.next(), Some(Signal::Fatal(event as i32)));
            assert_eq!(signals.next(), None);
            signals.exit_by_signal(event as i32);
            assert_eq!(handler.join().expect("a thread"), 0, "not handled: the next handler decides");
        }
    }
}
