//! Signals as something to wait for.
//!
//! Resizes go through signal-hook: many may listen, and listening changes nothing.
//!
//! The signals that end or stop a program are another matter, because catching one means that it no longer does so, and
//! somebody must do that afterwards, but only if nobody else wants to handle it. So they are caught by a handler
//! of our own, and only where the default action was in force. Whoever installs a handler later replaces ours, or calls
//! it and then does what it wants; in both cases the handler in force is not ours any more, which is asked for when a
//! signal has arrived, and the program is left to whoever came later.

use std::io::{self, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};
use std::thread::JoinHandle;

use parking_lot::Mutex;
use signal_hook::SigId;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::low_level;

use super::check;
use super::crash::Crashes;

/// The signals whose default action ends or stops a program, and that leave it time to tidy up.
const CAUGHT: [libc::c_int; 5] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP];

/// Both ends of what the handlers write to, and the process they belong to: a forked child needs a pair of its own. Made once and
/// never closed: a handler may be running in another thread whenever we would.
static LINE: Mutex<Option<(u32, &'static Line)>> = Mutex::new(None);

/// (where the terminal thread reads, where the handlers write)
type Line = (UnixStream, UnixStream);

/// The writing end's number, and the process it belongs to, where the handler finds them.
static BELL: AtomicI32 = AtomicI32::new(-1);
static OWNER: AtomicU32 = AtomicU32::new(0);

/// What has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// The window changed its size.
    Resized,
    /// A signal that is about to end the program, by its number.
    Fatal(i32),
    /// The program has crashed: the thread that did waits for [`Signals::let_die`], though not for long.
    Crash,
    /// Ctrl-Z: the program is about to be stopped.
    Suspend,
}

/// The signals that the terminal thread listens to; back to what they were when dropped.
#[derive(Debug)]
pub(crate) struct Signals {
    ear: &'static UnixStream,
    resize: Option<SigId>,
    caught: Vec<libc::c_int>,
    crashes: Option<Crashes>,
}

impl Signals {
    /// Listens to resizes, and with `tidy` to the signals that would end or stop the program, and to crashes.
    pub(crate) fn listen(tidy: bool) -> io::Result<Signals> {
        let (ear, bell) = line()?;
        let resize = low_level::pipe::register(SIGWINCH, bell.try_clone()?).ok();
        let (mut caught, mut crashes) = (Vec::new(), None);
        // The first process of a container does not die of signals that it does not handle.
        if tidy && std::process::id() != 1 {
            OWNER.store(std::process::id(), Ordering::Relaxed);
            BELL.store(bell.as_raw_fd(), Ordering::Release);
            caught.extend(CAUGHT.into_iter().filter(|signal| catch(*signal).is_ok_and(|caught| caught)));
            crashes = Some(Crashes::watch());
        }
        Ok(Signals { ear, resize, caught, crashes })
    }

    /// The next signal that has arrived, if any.
    pub(crate) fn next(&self) -> Option<Signal> {
        let mut byte = [0];
        loop {
            match { self.ear }.read(&mut byte) {
                Ok(0) => return None,
                // signal-hook writes the letter X, our handlers the number of the signal.
                Ok(_) if byte[0] == b'X' => return Some(Signal::Resized),
                Ok(_) => match libc::c_int::from(byte[0]) {
                    SIGTSTP => return Some(Signal::Suspend),
                    signal if Crashes::knows(signal) => return Some(Signal::Crash),
                    signal => return Some(Signal::Fatal(signal)),
                },
                Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return None,
            }
        }
    }

    /// Whether what a signal does is up to us: nobody has installed a handler since.
    pub(crate) fn is_ours(&self, signal: i32) -> bool {
        self.caught.contains(&signal) && in_force(signal) == on_signal as *const () as usize
    }

    /// Whether it is up to us to stop the process at a Ctrl-Z.
    pub(crate) fn may_suspend(&self) -> bool {
        self.is_ours(SIGTSTP)
    }

    /// Stops the process as Ctrl-Z would have. Returns when it goes on; at once where there is no shell to let it go on.
    pub(crate) fn suspend(&self) {
        if set_handler(SIGTSTP, libc::SIG_DFL).is_ok() {
            // Our thread takes no signals, but this one is for it.
            let _ = mask(libc::SIG_UNBLOCK, &set_of(Some(SIGTSTP)));
            let _ = low_level::raise(SIGTSTP);
            let _ = mask(libc::SIG_BLOCK, &set_of(Some(SIGTSTP)));
            let _ = catch(SIGTSTP);
        }
    }

    /// Everything that was printed before a crash is on the terminal.
    pub(crate) fn let_die(&self) {
        Crashes::release();
    }

    /// Ends the process the way `signal` would have. Returns only where that is not possible.
    pub(crate) fn die(&self, signal: i32) {
        let _ = low_level::emulate_default_handler(signal);
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        for signal in self.caught.drain(..) {
            if in_force(signal) == on_signal as *const () as usize {
                let _ = set_handler(signal, libc::SIG_DFL);
            }
        }
        drop(self.crashes.take());
        // Somebody may have kept our handler and may put it back later: then nobody listens, and it does the default.
        OWNER.store(0, Ordering::Relaxed);
        if let Some(id) = self.resize.take() {
            low_level::unregister(id);
        }
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.ear.as_fd()
    }
}

/// Starts a thread that takes no signals: they are for the program's own threads, some of which may wait for one, and handlers
/// of the program's may print, which our threads must not.
///
/// A box, because each kind of closure would bring all of std's thread start with it.
pub(crate) fn spawn(name: &str, work: Box<dyn FnOnce() + Send>) -> io::Result<JoinHandle<()>> {
    // Around the start, not after it: a thread inherits what is blocked.
    let before = mask(libc::SIG_SETMASK, &set_of(None))?;
    let started = std::thread::Builder::new().name(name.into()).spawn(work);
    let _ = mask(libc::SIG_SETMASK, &before);
    started
}

/// The set of one signal, or of all.
fn set_of(signal: Option<libc::c_int>) -> libc::sigset_t {
    let mut set = MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: sigemptyset and sigfillset make a whole set of what they are given; sigaddset adds a valid number to it.
    unsafe {
        match signal {
            Some(signal) => {
                libc::sigemptyset(set.as_mut_ptr());
                libc::sigaddset(set.as_mut_ptr(), signal);
            }
            None => {
                libc::sigfillset(set.as_mut_ptr());
            }
        }
        set.assume_init()
    }
}

/// Changes what this thread blocks, and returns what it did before.
fn mask(how: libc::c_int, set: &libc::sigset_t) -> io::Result<libc::sigset_t> {
    let mut before = MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: both sets are there for the whole call; the second is filled if it succeeds.
    match unsafe { libc::pthread_sigmask(how, set, before.as_mut_ptr()) } {
        // SAFETY: it succeeded.
        0 => Ok(unsafe { before.assume_init() }),
        errno => Err(io::Error::from_raw_os_error(errno)),
    }
}

fn line() -> io::Result<&'static Line> {
    let mut line = LINE.lock();
    match *line {
        Some((process, line)) if process == std::process::id() => Ok(line),
        _ => {
            let (ear, bell) = UnixStream::pair()?;
            ear.set_nonblocking(true)?;
            bell.set_nonblocking(true)?;
            let pair: &'static Line = Box::leak(Box::new((ear, bell)));
            *line = Some((std::process::id(), pair));
            Ok(pair)
        }
    }
}

/// Passes the number on, and does nothing else: little is allowed in here.
extern "C" fn on_signal(signal: libc::c_int) {
    let errno = errno();
    // SAFETY: this thread's errno is put back, so the code we interrupted does not notice.
    let before = unsafe { *errno };
    if is_heard() {
        ring(signal);
    } else if in_force(signal) == on_signal as *const () as usize {
        // Nobody listens; or this is a child that was forked and has not become another program: the terminal is its
        // parent's, the signal is not. (A handler that came after us and calls us too knows what to do.)
        // SAFETY: both are async-signal-safe, and take numbers.
        unsafe {
            libc::signal(signal, libc::SIG_DFL);
            libc::raise(signal);
        }
    }
    // SAFETY: as above.
    unsafe { *errno = before };
}

/// Whether the terminal thread listens, in this very process. Async-signal-safe.
pub(super) fn is_heard() -> bool {
    // SAFETY: getpid has no conditions.
    unsafe { libc::getpid() }.unsigned_abs() == OWNER.load(Ordering::Acquire)
}

/// Passes the number of a signal on to it; says whether that was possible. Async-signal-safe.
pub(super) fn ring(signal: libc::c_int) -> bool {
    let byte = signal as u8;
    // SAFETY: one byte is read from a local. The bell is the number of a socket that is never closed.
    unsafe { libc::write(BELL.load(Ordering::Acquire), (&raw const byte).cast(), 1) == 1 }
}

/// Installs our handler where the default action is in force; says whether it did.
fn catch(signal: libc::c_int) -> io::Result<bool> {
    if in_force(signal) != libc::SIG_DFL {
        return Ok(false);
    }
    set_handler(signal, on_signal as *const () as usize)?;
    Ok(true)
}

/// The action in force.
pub(super) fn action_of(signal: libc::c_int) -> io::Result<libc::sigaction> {
    let mut action = MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: with no new action, sigaction only fills the record with the one in force.
    check(unsafe { libc::sigaction(signal, std::ptr::null(), action.as_mut_ptr()) })?;
    // SAFETY: it succeeded, so the record is filled.
    Ok(unsafe { action.assume_init() })
}

/// The handler in force; a signal that there is none of has the default action.
pub(super) fn in_force(signal: libc::c_int) -> usize {
    // SAFETY: all of `sigaction`'s fields are numbers, pointers and sets for which zero is a value.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    // SAFETY: with no new action, sigaction only fills the record with the one in force.
    unsafe { libc::sigaction(signal, std::ptr::null(), &raw mut action) };
    action.sa_sigaction
}

fn set_handler(signal: libc::c_int, handler: usize) -> io::Result<()> {
    set_action(signal, handler, libc::SA_RESTART)
}

pub(super) fn set_action(signal: libc::c_int, handler: usize, flags: libc::c_int) -> io::Result<()> {
    // SAFETY: all of `sigaction`'s fields are numbers, pointers and sets for which zero is a value.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    action.sa_sigaction = handler;
    action.sa_flags = flags;
    // SAFETY: the record is ours and fully set; `handler` is SIG_DFL, a function that keeps to what a handler may do, or
    // one that was in force with these flags before.
    check(unsafe { libc::sigaction(signal, &raw const action, std::ptr::null_mut()) }).map(drop)
}

/// Where this thread's `errno` is.
pub(super) fn errno() -> *mut libc::c_int {
    // SAFETY: returns an address that is valid for as long as the thread runs.
    unsafe {
        #[cfg(any(target_os = "linux", target_os = "emscripten"))]
        return libc::__errno_location();
        #[cfg(any(target_vendor = "apple", target_os = "freebsd"))]
        return libc::__error();
        #[cfg(any(target_os = "android", target_os = "netbsd", target_os = "openbsd"))]
        return libc::__errno();
    }
}
