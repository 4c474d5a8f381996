//! A stand-in for the kernel, in front of a program by `LD_PRELOAD`: ptys and terminals as other
//! systems have them. `FOOTLIGHTS_KERNEL` names what is different, separated by commas:
//!
//! * `short-reads`: a pty hands over at most 1,024 bytes at a time (macOS).
//! * `pieces`: a write to a pty is carried out in pieces, and other writers come in between (macOS,
//!   the BSDs).
//! * `lost-at-close`: what is unread when the last writing end is closed is lost (macOS).
//! * `no-poll`: poll answers `POLLNVAL` for a terminal (macOS, for /dev/tty).
//! * `plain-open`: `posix_openpt` refuses `O_CLOEXEC` (OpenBSD).
//! * `slave-first`: a master cannot be made non-blocking before its slave is open (macOS).
//! * `no-pty`: there is no pty to be had. `no-grant`, `no-unlock`, `no-name`: there is one, and it cannot
//!   be used.
//! * `no-pipe`: there is no pipe to be had.
//! * `no-cloexec`: a terminal cannot be opened with `O_CLOEXEC`.
//! * `no-names`: a terminal's name must not be looked for: `ttyname_r` ends the program.
//! * `no-settings`: the settings of a terminal are not told.
//! * `no-setfl`: no descriptor can be made non-blocking.
//! * `no-threads`: no thread can be started after the terminal thread.
//! * `marker-fails`, `marker-lost`: the marker cannot be written, or does not arrive.
//! * `ready-when-full`, `error-when-full`: poll answers at once that a terminal takes bytes, or that there
//!   is an error, whether it takes bytes or not.
//! * `interrupted`: every second call on a terminal or a socket is interrupted.
//! * `single-bytes`: each call on a pty moves one byte.
//!
//! From `no-pipe` on, these hold for the scenes alone, not for their children.

#![cfg(target_os = "linux")]

use std::ffi::{c_char, c_int, c_long, c_void};
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Whether the stand-in behaves in this way.
fn is(behavior: &str) -> bool {
    static BEHAVIORS: OnceLock<Vec<String>> = OnceLock::new();
    let behaviors = BEHAVIORS.get_or_init(|| {
        let named = std::env::var("FOOTLIGHTS_KERNEL").unwrap_or_default();
        named.split(',').map(str::to_owned).collect()
    });
    behaviors.iter().any(|own| own == behavior)
}

/// Whether the stand-in behaves in this way, and the process is a scene.
fn is_for_scene(behavior: &str) -> bool {
    static IS_SCENE: OnceLock<bool> = OnceLock::new();
    let is_scene = || fs::read_link("/proc/self/exe").is_ok_and(|path| path.ends_with("scenes"));
    is(behavior) && *IS_SCENE.get_or_init(is_scene)
}

/// Makes a call fail.
fn fail(error: c_int) -> c_int {
    // SAFETY: the address of errno is valid in each thread.
    unsafe { *libc::__errno_location() = error };
    -1
}

/// Whether a call on this descriptor is interrupted.
fn is_interrupted(fd: c_int) -> bool {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let is_concerned = || name(fd).is_some_and(|name| name.starts_with("/dev") || name.starts_with("socket:"));
    is_for_scene("interrupted") && fd > 0 && is_concerned() && CALLS.fetch_add(1, Relaxed) % 2 == 0
}

/// Whether these bytes are a marker: control characters alone.
fn is_marker(bytes: &[u8]) -> bool {
    bytes.len() > 10 && bytes.iter().all(|byte| [1, 2, 3, 4, 6, 20, 22, 23].contains(byte))
}

/// The number of the slave, if this is the master of a pty.
fn master(fd: c_int) -> Option<c_int> {
    let mut number: c_int = 0;
    // SAFETY: TIOCGPTN writes one int, which it is given.
    let failed = unsafe { libc::syscall(libc::SYS_ioctl, fd, libc::TIOCGPTN, &raw mut number) } != 0;
    (!failed).then_some(number)
}

/// The name of the file that a descriptor is open on.
fn name(fd: c_int) -> Option<PathBuf> {
    fs::read_link(format!("/proc/self/fd/{fd}")).ok()
}

/// Whether this is the slave of a pty that a manager has made: nobody else has one that cannot be
/// read.
fn is_own_slave(fd: c_int) -> bool {
    let mut status = std::mem::MaybeUninit::<libc::stat>::uninit();
    // SAFETY: fstat writes one record, which it is given.
    let failed = unsafe { libc::fstat(fd, status.as_mut_ptr()) } != 0;
    // SAFETY: it was filled if fstat has not failed.
    !failed && unsafe { status.assume_init() }.st_mode & (libc::S_IFMT | 0o777) == libc::S_IFCHR | 0o200
}

/// How many descriptors of any process are open on this file.
fn holders(file: &PathBuf) -> usize {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let descriptors = processes.filter_map(|process| fs::read_dir(process.path().join("fd")).ok()).flatten().flatten();
    descriptors.filter(|descriptor| fs::read_link(descriptor.path()).is_ok_and(|other| other == *file)).count()
}

/// Loses what is unread, if `fd` is the last writing end.
fn lose_unread(fd: c_int) {
    if is("lost-at-close") && is_own_slave(fd) && name(fd).is_some_and(|name| holders(&name) == 1) {
        // SAFETY: tcflush takes two numbers.
        let _ = unsafe { libc::tcflush(fd, libc::TCOFLUSH) };
    }
}

/// As read(2).
///
/// # Safety
///
/// As for read(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn read(fd: c_int, buf: *mut c_void, count: usize) -> isize {
    if is_interrupted(fd) {
        return fail(libc::EINTR) as isize;
    }
    let most = match master(fd) {
        Some(_) if is_for_scene("single-bytes") => 1,
        Some(_) if is("short-reads") => 1024,
        _ => usize::MAX,
    };
    // SAFETY: the caller's promise, for no more bytes.
    unsafe { libc::syscall(libc::SYS_read, fd, buf, count.min(most)) as isize }
}

/// As write(2).
///
/// # Safety
///
/// As for write(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn write(fd: c_int, buf: *const c_void, count: usize) -> isize {
    if is_interrupted(fd) {
        return fail(libc::EINTR) as isize;
    }
    // SAFETY: the caller's promise.
    if is_own_slave(fd) && is_marker(unsafe { std::slice::from_raw_parts(buf.cast(), count) }) {
        if is_for_scene("marker-fails") {
            return fail(libc::EIO) as isize;
        } else if is_for_scene("marker-lost") {
            return count as isize;
        }
    }
    // SAFETY: isatty takes a number.
    let count = if is_for_scene("single-bytes") && unsafe { libc::isatty(fd) } == 1 { count.min(1) } else { count };
    if !is("pieces") || !is_own_slave(fd) {
        // SAFETY: the caller's promise.
        return unsafe { libc::syscall(libc::SYS_write, fd, buf, count) as isize };
    }
    let mut done = 0;
    while done < count {
        let piece = 3.min(count - done);
        // SAFETY: the piece lies within the caller's bytes.
        let n = unsafe { libc::syscall(libc::SYS_write, fd, buf.byte_add(done), piece) };
        match usize::try_from(n) {
            Ok(n) => done += n,
            Err(_) if done > 0 => break,
            Err(_) => return -1,
        }
        std::thread::yield_now();
    }
    done as isize
}

/// As close(2).
#[unsafe(no_mangle)]
pub extern "C" fn close(fd: c_int) -> c_int {
    lose_unread(fd);
    // SAFETY: close takes a number.
    unsafe { libc::syscall(libc::SYS_close, fd) as c_int }
}

/// As dup2(2).
#[unsafe(no_mangle)]
pub extern "C" fn dup2(from: c_int, to: c_int) -> c_int {
    lose_unread(to);
    // SAFETY: dup3 takes numbers.
    unsafe { libc::syscall(libc::SYS_dup3, from, to, 0) as c_int }
}

/// As poll(2).
///
/// # Safety
///
/// As for poll(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn poll(fds: *mut libc::pollfd, count: libc::nfds_t, timeout: c_int) -> c_int {
    // SAFETY: the caller gives `count` records.
    let records = unsafe { std::slice::from_raw_parts_mut(fds, count as usize) };
    if records.first().is_some_and(|record| is_interrupted(record.fd)) {
        return fail(libc::EINTR);
    }
    let answer = |record: &libc::pollfd| match record.events {
        _ if is("no-poll") => Some(libc::POLLNVAL),
        events if events & libc::POLLOUT == 0 => None,
        _ if is_for_scene("ready-when-full") => Some(libc::POLLOUT),
        _ if is_for_scene("error-when-full") => Some(libc::POLLERR),
        _ => None,
    };
    // SAFETY: isatty takes a number.
    let is_terminal = |fd: c_int| unsafe { libc::isatty(fd) } == 1 && master(fd).is_none() && !is_own_slave(fd);
    let answers: Vec<Option<i16>> = records
        .iter()
        .map(|record| if record.fd >= 0 && is_terminal(record.fd) { answer(record) } else { None })
        .collect();
    let time = libc::timespec { tv_sec: (timeout / 1000).into(), tv_nsec: c_long::from(timeout % 1000) * 1_000_000 };
    let at_once = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    let time = match timeout {
        _ if answers.iter().any(Option::is_some) => &raw const at_once,
        ..0 => std::ptr::null(),
        _ => &raw const time,
    };
    // SAFETY: the records are the caller's, and the time outlives the call.
    let mut ready = unsafe { libc::syscall(libc::SYS_ppoll, fds, count, time, 0, 8) as c_int };
    for (record, answer) in records.iter_mut().zip(answers) {
        if let Some(answer) = answer {
            ready += c_int::from(record.revents == 0);
            record.revents = answer;
        }
    }
    ready
}

/// As posix_openpt(3).
#[unsafe(no_mangle)]
pub extern "C" fn posix_openpt(flags: c_int) -> c_int {
    let refusal = match () {
        () if is("no-pty") => Some(libc::ENXIO),
        () if is("plain-open") && flags & libc::O_CLOEXEC != 0 => Some(libc::EINVAL),
        () => None,
    };
    if let Some(refusal) = refusal {
        return fail(refusal);
    }
    // SAFETY: the path ends with a NUL.
    unsafe { libc::open(c"/dev/ptmx".as_ptr(), flags) }
}

/// As fcntl(2).
#[unsafe(no_mangle)]
pub extern "C" fn fcntl(fd: c_int, command: c_int, argument: c_long) -> c_int {
    let is_nonblocking = command == libc::F_SETFL && argument & c_long::from(libc::O_NONBLOCK) != 0;
    if is("slave-first") && is_nonblocking {
        let slave = master(fd).map(|number| PathBuf::from(format!("/dev/pts/{number}")));
        if slave.is_some_and(|slave| holders(&slave) == 0) {
            return fail(libc::ENOTTY);
        }
    }
    if is_for_scene("no-setfl") && command == libc::F_SETFL {
        return fail(libc::EPERM);
    }
    // SAFETY: fcntl reads at most the argument that it was given.
    unsafe { libc::syscall(libc::SYS_fcntl, fd, command, argument) as c_int }
}

/// As grantpt(3).
#[unsafe(no_mangle)]
pub extern "C" fn grantpt(_: c_int) -> c_int {
    if is_for_scene("no-grant") { fail(libc::EACCES) } else { 0 }
}

/// As unlockpt(3).
#[unsafe(no_mangle)]
pub extern "C" fn unlockpt(fd: c_int) -> c_int {
    if is_for_scene("no-unlock") {
        return fail(libc::EINVAL);
    }
    let lock: c_int = 0;
    // SAFETY: TIOCSPTLCK reads one int, which it is given.
    unsafe { libc::ioctl(fd, libc::TIOCSPTLCK, &raw const lock) }
}

/// As ptsname_r(3).
///
/// # Safety
///
/// As for ptsname_r(3).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ptsname_r(fd: c_int, buf: *mut c_char, length: usize) -> c_int {
    let Some(number) = master(fd).filter(|_| !is_for_scene("no-name")) else { return libc::ENOTTY };
    // SAFETY: the caller's promise; the text ends with a NUL.
    unsafe { libc::snprintf(buf, length, c"/dev/pts/%d".as_ptr(), number) };
    0
}

/// As ttyname_r(3), which no scene needs.
#[unsafe(no_mangle)]
pub extern "C" fn ttyname_r(_: c_int, _: *mut c_char, _: usize) -> c_int {
    if is_for_scene("no-names") { std::process::abort() } else { libc::ENOTTY }
}

/// As tcgetattr(3).
///
/// # Safety
///
/// As for tcgetattr(3).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tcgetattr(fd: c_int, settings: *mut libc::termios) -> c_int {
    if is_for_scene("no-settings") {
        return fail(libc::EIO);
    }
    // SAFETY: the caller's promise; the kernel's record is the first part of C's.
    unsafe { libc::ioctl(fd, libc::TCGETS, settings) }
}

/// As pipe(2).
///
/// # Safety
///
/// As for pipe(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pipe(ends: *mut c_int) -> c_int {
    if is_for_scene("no-pipe") {
        return fail(libc::EMFILE);
    }
    // SAFETY: the caller's promise.
    unsafe { libc::pipe2(ends, 0) }
}

/// As open(2), without a mode: for files that exist.
///
/// # Safety
///
/// As for open(2).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(path: *const c_char, flags: c_int, mode: libc::mode_t) -> c_int {
    // SAFETY: the caller's promise.
    let is_terminal = unsafe { std::ffi::CStr::from_ptr(path) }.to_bytes().starts_with(b"/dev/pts/");
    if is_for_scene("no-cloexec") && is_terminal && flags & libc::O_CLOEXEC != 0 {
        return fail(libc::EINVAL);
    }
    // SAFETY: the caller's promise.
    unsafe { libc::syscall(libc::SYS_openat, libc::AT_FDCWD, path, flags, mode) as c_int }
}

type Start = extern "C" fn(*mut c_void) -> *mut c_void;
type Create = unsafe extern "C" fn(*mut libc::pthread_t, *const libc::pthread_attr_t, Start, *mut c_void) -> c_int;

/// As pthread_create(3).
///
/// # Safety
///
/// As for pthread_create(3).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pthread_create(
    thread: *mut libc::pthread_t,
    attributes: *const libc::pthread_attr_t,
    start: Start,
    argument: *mut c_void,
) -> c_int {
    static STARTED: AtomicUsize = AtomicUsize::new(0);
    if is_for_scene("no-threads") && STARTED.fetch_add(1, Relaxed) > 1 {
        return libc::EAGAIN;
    }
    // SAFETY: the name ends with a NUL, and the function behind it is C's.
    let next: Create = unsafe { std::mem::transmute(libc::dlsym(libc::RTLD_NEXT, c"pthread_create".as_ptr())) };
    // SAFETY: the caller's promise.
    unsafe { next(thread, attributes, start, argument) }
}
