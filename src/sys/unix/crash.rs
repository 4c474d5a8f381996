//! Crash signals: those that a fault, `abort`, or a forbidden call raises in this process.
//!
//! A forbidden call is a write to a pipe without a reader, a write beyond the size limit of files,
//! or a system call that a filter refuses. It ends a program in which the default action is in
//! force for SIGPIPE, SIGXFSZ or SIGSYS.
//!
//! The last output of a crashing process is in our pty or on its way to the terminal, and would be
//! lost. The crashed thread is inside the signal handler and cannot go on; the terminal thread is
//! not affected. So the handler notifies the terminal thread, waits until everything is on the
//! terminal, and lets the process end as it would have. The wait is short, because the crashed
//! thread may hold a lock that the terminal thread needs.
//!
//! If the program has a handler of its own for such a signal, ours is not installed: the signal is
//! left to that handler, with its stack, its flags, and what it makes of a fault. The one exception
//! is std's handler, which reports a stack overflow. It is called first, and only if the default
//! action is in force after that, the process is about to end.

use std::io;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::action::{action_of, in_force, set_action};
use super::errno::SavedErrno;
use super::signal_pipe::{is_listening, notify};

/// The signals of faults, of `abort`, and of forbidden calls.
const CRASH_SIGNALS: [libc::c_int; 9] = [
    libc::SIGABRT,
    libc::SIGBUS,
    libc::SIGFPE,
    libc::SIGILL,
    libc::SIGSEGV,
    libc::SIGTRAP,
    libc::SIGPIPE,
    libc::SIGXFSZ,
    libc::SIGSYS,
];

/// The crash signals of forbidden calls.
const FORBIDDEN: [libc::c_int; 3] = [libc::SIGPIPE, libc::SIGXFSZ, libc::SIGSYS];

/// The crash signals after which execution would continue behind the instruction or the call that
/// raised them. The others occur again by themselves when the handler returns.
const CONTINUING: [libc::c_int; 4] = [libc::SIGTRAP, libc::SIGPIPE, libc::SIGXFSZ, libc::SIGSYS];

/// How long a crashed thread waits for the terminal thread, in milliseconds.
const CRASH_TIMEOUT_MS: u32 = 500;

/// On the alternate stack, if there is one: the normal stack may be what has overflowed.
const FLAGS: libc::c_int = libc::SA_SIGINFO | libc::SA_ONSTACK;

/// The handlers before ours, by their place in `CRASH_SIGNALS`. Kept when ours are removed: other
/// code may have saved our handler and may call it later.
static PREVIOUS: [AtomicUsize; CRASH_SIGNALS.len()] = [const { AtomicUsize::new(libc::SIG_DFL) }; CRASH_SIGNALS.len()];

/// Everything is on the terminal: a crashed thread may end the process.
static RELEASED: AtomicBool = AtomicBool::new(false);

/// Our handlers of the crash signals. Those before are restored when this is dropped.
#[derive(Debug)]
pub(super) struct CrashHandlers {
    /// Places in `CRASH_SIGNALS`, and the signals there.
    installed: Vec<(usize, libc::c_int)>,
}

impl CrashHandlers {
    /// Installs a handler for each crash signal that the program does not handle itself. It writes
    /// the signal's number to the signal pipe when the process is about to end.
    pub(super) fn install() -> CrashHandlers {
        RELEASED.store(false, Ordering::Relaxed);
        let signals = CRASH_SIGNALS.into_iter().enumerate();
        let installed = signals.filter(|(at, signal)| install_one(*at, *signal).is_ok_and(|installed| installed));
        CrashHandlers { installed: installed.collect() }
    }

    /// Installs a handler for each forbidden call for which the program has put the default action in
    /// force since: most often SIGPIPE, which std ignores when a program starts.
    pub(super) fn catch_defaults(&mut self) {
        for (at, signal) in CRASH_SIGNALS.into_iter().enumerate() {
            let is_default = FORBIDDEN.contains(&signal) && in_force(signal) == libc::SIG_DFL;
            let is_new = is_default && install_one(at, signal).is_ok_and(|installed| installed);
            if is_new && !self.installed.contains(&(at, signal)) {
                self.installed.push((at, signal));
            }
        }
    }

    /// Whether a crash raises this signal.
    pub(super) fn is_crash_signal(signal: libc::c_int) -> bool {
        CRASH_SIGNALS.contains(&signal)
    }

    /// Lets crashed threads that wait in our handler end the process.
    pub(super) fn release() {
        RELEASED.store(true, Ordering::Release);
    }
}

impl Drop for CrashHandlers {
    fn drop(&mut self) {
        for (at, signal) in self.installed.drain(..) {
            if in_force(signal) == our_handler() {
                let _ = set_action(signal, PREVIOUS[at].load(Ordering::Relaxed), FLAGS);
            }
        }
    }
}

/// Installs our handler if the default action, or what may be std's handler, is in force. Returns
/// whether ours is in force now.
fn install_one(at: usize, signal: libc::c_int) -> io::Result<bool> {
    let action = action_of(signal)?;
    let handler = action.sa_sigaction;
    if handler != our_handler() {
        if handler != libc::SIG_DFL && !may_be_stds(signal, &action) {
            return Ok(false);
        }
        PREVIOUS[at].store(handler, Ordering::Relaxed);
        set_action(signal, our_handler(), FLAGS)?;
    }
    Ok(true)
}

/// Recognizes std's overflow handler by how it is installed: for two signals, on the alternate
/// stack, with no signal blocked, and not for one time only. Any handler that is installed in the
/// same way can be called in the same way.
fn may_be_stds(signal: libc::c_int, action: &libc::sigaction) -> bool {
    let flags = FLAGS | libc::SA_NODEFER | libc::SA_RESETHAND;
    // SAFETY: sigismember reads a set, and accepts any number.
    let blocks = |signal| unsafe { libc::sigismember(&raw const action.sa_mask, signal) } == 1;
    matches!(signal, libc::SIGSEGV | libc::SIGBUS)
        && action.sa_sigaction != libc::SIG_IGN
        && action.sa_flags & flags == FLAGS
        && !(1..32).any(blocks)
}

/// Our handler. Only async-signal-safe calls: the crashed thread may hold any lock. And little use
/// of the stack: after an overflow there are eight kilobytes for two signals, one within the other,
/// and std's message.
extern "C" fn on_crash(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // Restored at the end: an earlier handler may have resolved the fault, and the program goes on.
    let _errno = SavedErrno::save();
    let mut at = 0;
    while CRASH_SIGNALS[at] != signal {
        at += 1;
        if at == CRASH_SIGNALS.len() {
            return;
        }
    }
    // SAFETY: the kernel gives every handler with SA_SIGINFO a complete record.
    let sent = unsafe { (*info).si_code <= 0 }; // by `kill` or `raise`, and not by a fault
    let previous = PREVIOUS[at].load(Ordering::Relaxed);
    if previous != libc::SIG_DFL {
        call(previous, signal, info, context);
    }
    let in_force = in_force(signal);
    let resolved = match previous {
        // A handler that was installed after ours has called ours, and decides.
        libc::SIG_DFL => sent && in_force != our_handler(),
        // The previous handler has resolved the fault.
        _ => in_force != libc::SIG_DFL,
    };
    if resolved {
        // The program goes on.
    } else if previous != libc::SIG_DFL && sent {
        // Not a fault but a `kill`. The previous handler has let it pass and has restored the
        // default action; it is not called again.
        PREVIOUS[at].store(libc::SIG_DFL, Ordering::Relaxed);
        let _ = set_action(signal, our_handler(), FLAGS);
    } else {
        notify_and_wait(signal);
        // SAFETY: both are async-signal-safe. A raised signal is delivered when this handler
        // returns.
        unsafe {
            libc::signal(signal, libc::SIG_DFL);
            if sent || CONTINUING.contains(&signal) {
                libc::raise(signal);
            }
        }
    }
}

fn our_handler() -> usize {
    on_crash as *const () as usize
}

/// Calls a handler as the kernel would have.
fn call(handler: usize, signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    type Handler = extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void);
    // SAFETY: it was installed as a handler of this type, and is neither SIG_DFL nor SIG_IGN.
    unsafe { std::mem::transmute::<usize, Handler>(handler)(signal, info, context) };
}

/// Notifies the terminal thread, and waits until everything is on the terminal, or for
/// [`CRASH_TIMEOUT_MS`]. Async-signal-safe.
fn notify_and_wait(signal: libc::c_int) {
    let notified = is_listening() && notify(signal);
    for _ in 0..CRASH_TIMEOUT_MS {
        if !notified || RELEASED.load(Ordering::Acquire) {
            return;
        }
        // SAFETY: no descriptors are given; it only waits for a millisecond.
        unsafe { libc::poll(ptr::null_mut(), 0, 1) };
    }
}
