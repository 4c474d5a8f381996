//! The signals of a process that is about to die of its own doing.
//!
//! What such a process printed last is in our pty or on its way to the terminal, and would be lost with it. The thread that
//! crashes is in its handler and goes nowhere; the terminal thread is not hurt. So the handler tells it, waits until everything
//! is on the terminal, though not for long (it may have crashed holding a lock that is needed for that), and lets the process
//! die as it would have.
//!
//! Where the program has a handler of its own for such a signal, it is left to it, with all that goes with it: its stack, its flags,
//! and what it makes of a fault. There is one exception: std's, which tells a stack overflow. It goes first, and only if the default
//! action is in force after that is the process about to die.

use std::io;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::signal::{action_of, errno, in_force, is_heard, ring, set_action};

/// What a fault raises, and `abort`.
const CRASHES: [libc::c_int; 6] =
    [libc::SIGABRT, libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGSEGV, libc::SIGTRAP];

/// Longer than this a process that has crashed does not wait, in milliseconds.
const PATIENCE: u32 = 500;

/// The handlers that were in force before ours. They stay when we go: somebody may have kept our handler and may call it later.
static BEFORE: [AtomicUsize; CRASHES.len()] = [const { AtomicUsize::new(libc::SIG_DFL) }; CRASHES.len()];

/// Everything is on the terminal: who has crashed may die.
static RELEASED: AtomicBool = AtomicBool::new(false);

/// Crashes are watched for; as they were before when dropped.
#[derive(Debug)]
pub(super) struct Crashes {
    caught: Vec<(usize, libc::c_int)>,
}

impl Crashes {
    /// Tells the terminal thread, as other signals do, when the process is about to die of one of these.
    pub(super) fn watch() -> Crashes {
        RELEASED.store(false, Ordering::Relaxed);
        let caught =
            CRASHES.into_iter().enumerate().filter(|(at, signal)| catch(*at, *signal).is_ok_and(|caught| caught));
        Crashes { caught: caught.collect() }
    }

    /// Whether a crash raises this signal.
    pub(super) fn knows(signal: libc::c_int) -> bool {
        CRASHES.contains(&signal)
    }

    /// Lets those die who have crashed and wait.
    pub(super) fn release() {
        RELEASED.store(true, Ordering::Release);
    }
}

impl Drop for Crashes {
    fn drop(&mut self) {
        for (at, signal) in self.caught.drain(..) {
            if in_force(signal) == ours() {
                let _ = set_action(signal, BEFORE[at].load(Ordering::Relaxed), FLAGS);
            }
        }
    }
}

/// Installs our handler where the default action is in force, or what may be std's handler.
fn catch(at: usize, signal: libc::c_int) -> io::Result<bool> {
    let before = action_of(signal)?;
    let handler = before.sa_sigaction;
    if handler != ours() {
        if handler != libc::SIG_DFL && !may_be_stds(signal, &before) {
            return Ok(false);
        }
        BEFORE[at].store(handler, Ordering::Relaxed);
        set_action(signal, ours(), FLAGS)?;
    }
    Ok(true)
}

/// std handles two signals, on the alternate stack, with nothing blocked, and not only once. Who does it in the same way can be called
/// in the same way.
fn may_be_stds(signal: libc::c_int, action: &libc::sigaction) -> bool {
    let flags = FLAGS | libc::SA_NODEFER | libc::SA_RESETHAND;
    // SAFETY: sigismember reads a set, and takes any number.
    let blocks = |signal| unsafe { libc::sigismember(&raw const action.sa_mask, signal) } == 1;
    matches!(signal, libc::SIGSEGV | libc::SIGBUS)
        && action.sa_sigaction != libc::SIG_IGN
        && action.sa_flags & flags == FLAGS
        && !(1..32).any(blocks)
}

/// Async-signal-safe calls only: the thread that is in here may hold any lock. And little on the stack: after an overflow there are
/// eight kilobytes for two signals, one within the other, and std's message.
extern "C" fn on_crash(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    let mut at = 0;
    while CRASHES[at] != signal {
        at += 1;
        if at == CRASHES.len() {
            return;
        }
    }
    // SAFETY: where this thread's errno is; put back, for a handler before us may have set everything right. The kernel gives
    // every handler that asks for it a whole record.
    let (errno, saved, sent) = unsafe { (errno(), *errno(), (*info).si_code <= 0) };
    let before = BEFORE[at].load(Ordering::Relaxed);
    if before != libc::SIG_DFL {
        call(before, signal, info, context);
    }
    let in_force = in_force(signal);
    let settled = match before {
        // Somebody who came after us has called us too, and decides.
        libc::SIG_DFL => sent && in_force != ours(),
        // Who came before us has set it right.
        _ => in_force != libc::SIG_DFL,
    };
    if settled {
        // The program goes on.
    } else if before != libc::SIG_DFL && sent {
        // Not a fault but somebody's `kill`: the handler before us has let it pass, and will not be asked again.
        BEFORE[at].store(libc::SIG_DFL, Ordering::Relaxed);
        let _ = set_action(signal, ours(), FLAGS);
    } else {
        tell_and_wait(signal);
        // SAFETY: both may be called here. What is raised is delivered when we return; a fault comes again by itself, a trap lies
        // behind us.
        unsafe {
            libc::signal(signal, libc::SIG_DFL);
            if sent || signal == libc::SIGTRAP {
                libc::raise(signal);
            }
        }
    }
    // SAFETY: as above.
    unsafe { *errno = saved };
}

/// On the alternate stack, where there is one: the other may be what has overflowed.
const FLAGS: libc::c_int = libc::SA_SIGINFO | libc::SA_ONSTACK;

fn ours() -> usize {
    on_crash as *const () as usize
}

/// Calls a handler as the kernel would have.
fn call(handler: usize, signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    type Handler = extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void);
    // SAFETY: it was installed as a handler of this kind, and is neither SIG_DFL nor SIG_IGN.
    unsafe { std::mem::transmute::<usize, Handler>(handler)(signal, info, context) };
}

fn tell_and_wait(signal: libc::c_int) {
    let told = is_heard() && ring(signal);
    for _ in 0..PATIENCE {
        if !told || RELEASED.load(Ordering::Acquire) {
            return;
        }
        // SAFETY: no descriptors are given; it only waits for a millisecond.
        unsafe { libc::poll(ptr::null_mut(), 0, 1) };
    }
}
