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
//! * `no-pty`: there is no pty to be had.

#![cfg(target_os = "linux")]

use std::ffi::{c_int, c_long, c_void};
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Whether the stand-in behaves in this way.
fn is(behavior: &str) -> bool {
    static BEHAVIORS: OnceLock<Vec<String>> = OnceLock::new();
    let behaviors = BEHAVIORS.get_or_init(|| {
        let named = std::env::var("FOOTLIGHTS_KERNEL").unwrap_or_default();
        named.split(',').map(str::to_owned).collect()
    });
    behaviors.iter().any(|own| own == behavior)
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
    let most = if is("short-reads") && master(fd).is_some() { 1024 } else { usize::MAX };
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
    let refused = |fd: c_int| {
        // SAFETY: isatty takes a number.
        is("no-poll") && fd >= 0 && master(fd).is_none() && unsafe { libc::isatty(fd) } == 1 && !is_own_slave(fd)
    };
    let refused: Vec<bool> = records.iter().map(|record| refused(record.fd)).collect();
    let time = libc::timespec { tv_sec: (timeout / 1000).into(), tv_nsec: c_long::from(timeout % 1000) * 1_000_000 };
    let at_once = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    let time = match timeout {
        _ if refused.contains(&true) => &raw const at_once,
        ..0 => std::ptr::null(),
        _ => &raw const time,
    };
    // SAFETY: the records are the caller's, and the time outlives the call.
    let mut ready = unsafe { libc::syscall(libc::SYS_ppoll, fds, count, time, 0, 8) as c_int };
    for (record, _) in records.iter_mut().zip(refused).filter(|(_, refused)| *refused) {
        ready += c_int::from(record.revents == 0);
        record.revents = libc::POLLNVAL;
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
        // SAFETY: the address of errno is valid in each thread.
        unsafe { *libc::__errno_location() = refusal };
        return -1;
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
            // SAFETY: the address of errno is valid in each thread.
            unsafe { *libc::__errno_location() = libc::ENOTTY };
            return -1;
        }
    }
    // SAFETY: fcntl reads at most the argument that it was given.
    unsafe { libc::syscall(libc::SYS_fcntl, fd, command, argument) as c_int }
}
