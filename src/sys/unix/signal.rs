//! Signals as a source to wait for.
//!
//! Resizes come through signal-hook: it allows several listeners, and listening has no side effect.
//!
//! The signals that end or stop a program are different. A caught signal no longer ends or stops
//! the program, so this must be done afterwards, but only if no other code handles the signal. So
//! these signals have a handler of our own, installed only where the default action was in force. A
//! later handler replaces ours, or calls ours and then does its own work. In both cases the handler
//! in force is no longer ours. That is checked when a signal has arrived, and the signal is then
//! left to the later handler.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};

use signal_hook::SigId;
use signal_hook::consts::{SIGTSTP, SIGWINCH};
use signal_hook::low_level;

use super::action::{in_force, set_action};
use super::crash::CrashHandlers;
use super::errno::SavedErrno;
use super::mask::{mask, set_of};
use super::process::process_id;
use super::signal_pipe::{SignalPipe, is_listening, notify};

/// The signals whose default action ends a program, but leaves it time to restore the terminal: all
/// that are not in `crash`, but SIGKILL. The realtime signals are added to these where there are
/// any.
const ENDING: &[libc::c_int] = &[
    libc::SIGINT,
    libc::SIGTERM,
    libc::SIGHUP,
    libc::SIGQUIT,
    libc::SIGALRM,
    libc::SIGVTALRM,
    libc::SIGPROF,
    libc::SIGUSR1,
    libc::SIGUSR2,
    libc::SIGXCPU,
    // Ignored by default on other systems, or unknown there.
    #[cfg(target_os = "linux")]
    libc::SIGIO,
    #[cfg(target_os = "linux")]
    libc::SIGPWR,
    #[cfg(all(target_os = "linux", not(any(target_arch = "mips", target_arch = "mips64", target_arch = "sparc64"))))]
    libc::SIGSTKFLT,
];

/// The signals that are caught where the default action is in force.
fn caught_signals() -> impl Iterator<Item = libc::c_int> {
    #[cfg(target_os = "linux")]
    let realtime = libc::SIGRTMIN()..=libc::SIGRTMAX();
    #[cfg(not(target_os = "linux"))]
    let realtime = std::iter::empty();
    ENDING.iter().copied().chain([SIGTSTP]).chain(realtime)
}

/// A signal that has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// The window has a new size.
    Resized,
    /// A signal that is about to end the program, by its number.
    Fatal(i32),
    /// The program has crashed. The crashed thread waits for [`Signals::release_crashed`], with a
    /// short timeout.
    Crash,
    /// SIGTSTP, sent by Ctrl-Z: the program is about to be stopped.
    TerminalStop,
}

/// The signals that the terminal thread listens to. Their actions are restored when this is
/// dropped.
#[derive(Debug)]
pub(crate) struct Signals {
    pipe: &'static SignalPipe,
    resize: Option<SigId>,
    /// The signals that have our handler.
    caught: Vec<libc::c_int>,
    crashes: Option<CrashHandlers>,
}

impl Signals {
    /// Listens to resizes. With `catch_fatal`, also to the signals that end or stop the program,
    /// and to crashes.
    pub(crate) fn listen(catch_fatal: bool) -> io::Result<Signals> {
        let pipe = SignalPipe::open()?;
        let resize = low_level::pipe::register(SIGWINCH, pipe.clone_writer()?).ok();
        let (mut caught, mut crashes) = (Vec::new(), None);
        // Process 1, the first of a container, is not ended by signals that it does not handle.
        if catch_fatal && process_id() != 1 {
            pipe.start_listening();
            caught.extend(caught_signals().filter(|signal| catch(*signal).is_ok_and(|caught| caught)));
            crashes = Some(CrashHandlers::install());
        }
        Ok(Signals { pipe, resize, caught, crashes })
    }

    /// The next signal that has arrived, if any.
    pub(crate) fn next(&self) -> Option<Signal> {
        // signal-hook writes the letter X, our handlers the number of the signal.
        Some(match self.pipe.next()? {
            b'X' => Signal::Resized,
            byte => match libc::c_int::from(byte) {
                SIGTSTP => Signal::TerminalStop,
                signal if CrashHandlers::is_crash_signal(signal) => Signal::Crash,
                signal => Signal::Fatal(signal),
            },
        })
    }

    /// Catches signals for which the program has put the default action in force since.
    pub(crate) fn catch_defaults(&mut self) {
        let Some(crashes) = &mut self.crashes else { return };
        crashes.catch_defaults();
        for signal in ENDING.iter().copied().chain([SIGTSTP]) {
            if catch(signal).is_ok_and(|caught| caught) && !self.caught.contains(&signal) {
                self.caught.push(signal);
            }
        }
    }

    /// Whether this crate decides what a signal does: no other handler was installed since.
    pub(crate) fn owns_handler(&self, signal: i32) -> bool {
        self.caught.contains(&signal) && in_force(signal) == our_handler()
    }

    /// Whether this crate must stop the process at a Ctrl-Z.
    pub(crate) fn owns_terminal_stop(&self) -> bool {
        self.owns_handler(SIGTSTP)
    }

    /// Stops the process as Ctrl-Z would have. Returns when the process is continued; at once if
    /// there is no shell that could continue it.
    pub(crate) fn stop_process(&self) {
        if set_handler(SIGTSTP, libc::SIG_DFL).is_ok() {
            // Our thread blocks all signals; this one it sends to itself.
            let _ = mask(libc::SIG_UNBLOCK, &set_of(Some(SIGTSTP)));
            let _ = low_level::raise(SIGTSTP);
            let _ = mask(libc::SIG_BLOCK, &set_of(Some(SIGTSTP)));
            let _ = catch(SIGTSTP);
        }
    }

    /// Lets a crashed thread end the process: everything printed before is on the terminal.
    pub(crate) fn release_crashed(&self) {
        CrashHandlers::release();
    }

    /// Ends the process as `signal` would have. Returns only if that is not possible.
    pub(crate) fn exit_by_signal(&self, signal: i32) {
        if set_handler(signal, libc::SIG_DFL).is_ok() {
            // Our thread blocks all signals; this one it sends to itself.
            let _ = mask(libc::SIG_UNBLOCK, &set_of(Some(signal)));
            let _ = low_level::raise(signal);
        }
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        for signal in self.caught.drain(..) {
            if in_force(signal) == our_handler() {
                let _ = set_handler(signal, libc::SIG_DFL);
            }
        }
        drop(self.crashes.take());
        // Other code may have saved our handler and may reinstall it; without a listener it
        // performs the default action.
        self.pipe.stop_listening();
        if let Some(id) = self.resize.take() {
            low_level::unregister(id);
        }
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.pipe.as_fd()
    }
}

/// Our handler: passes the number on and does nothing else, because little is allowed in a handler.
extern "C" fn on_signal(signal: libc::c_int) {
    let _errno = SavedErrno::save();
    if is_listening() {
        notify(signal);
    } else if in_force(signal) == our_handler() {
        // There is no listener; or this is a forked child that has not become another program: the
        // terminal is its parent's, the signal is not. (A handler that was installed after ours and
        // calls ours decides itself.) SAFETY: both are async-signal-safe, and take numbers.
        unsafe {
            libc::signal(signal, libc::SIG_DFL);
            libc::raise(signal);
        }
    }
}

fn our_handler() -> usize {
    on_signal as *const () as usize
}

/// Installs our handler if the default action is in force; returns whether it did.
fn catch(signal: libc::c_int) -> io::Result<bool> {
    if in_force(signal) != libc::SIG_DFL {
        return Ok(false);
    }
    set_handler(signal, our_handler())?;
    Ok(true)
}

fn set_handler(signal: libc::c_int, handler: usize) -> io::Result<()> {
    set_action(signal, handler, libc::SA_RESTART)
}
