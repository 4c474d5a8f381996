//! stdout and stderr exchanged for a pty or a pipe, and put back.
//!
//! The traps, before the code:
//!
//! * The thread that reads the other end must never write to the descriptors that were exchanged, panic messages
//!   included: it would wait for itself.
//! * Children inherit the writing end. As long as one of them lives, end-of-file does not come: giving back cannot wait for
//!   it. The end of what *we* printed is known by a mark that is written last. Nor is there nothing left to read only because
//!   nothing can be read just now: the kernel passes on what was written to a pty in its own time.
//! * The mark has to be written by somebody who can wait. A write that must not wait is refused for as long as anybody else
//!   is waiting to write, and may be carried out in part; one that may wait gets its turn, and is in one piece.
//! * A full pty blocks the program. That is wanted: when the terminal is slow nobody reads, and the writer waits as it would
//!   have waited for the terminal. Nothing is ever buffered without limit.
//! * What is left in the buffers of std and of C's stdio has not been written yet: whoever takes or gives back flushes
//!   them before, on his own thread.
//! * C's stdio and many programs ask `isatty`, and buffer lines or drop colours when it says no. Hence a pty.
//! * Somebody else may have exchanged the descriptors after us (a test harness, a redirect). Then they are not ours to
//!   put back.

use std::ffi::CStr;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::thread::JoinHandle;

use super::{
    Channel, Size, Stream, Tty, Typing, check, identity, read, readable, retry, set_nonblocking, spawn, status, tty,
    wait, write, write_all,
};

/// The standard streams that led to the terminal and now lead to us.
#[derive(Debug)]
pub(crate) struct Interceptor {
    channel: Channel,
    /// Where everything printed arrives. Never blocks.
    output: OwnedFd,
    /// The end that the streams are led to; held open so that end-of-file stays away.
    input: Option<OwnedFd>,
    /// The same end, opened apart where possible: what the program does to its descriptors (`O_NONBLOCK`) is not done to this one.
    marker: Option<OwnedFd>,
    taken: Vec<Taken>,
    /// How a terminal in our place would treat what is typed: as the real one did in the beginning, and as somebody has it now.
    typing: Option<(Typing, Typing)>,
    /// Where to send what children print after we have gone.
    way_on: Option<Stream>,
}

/// One exchanged stream.
#[derive(Debug)]
struct Taken {
    stream: Stream,
    /// What it led to before.
    original: OwnedFd,
}

impl Interceptor {
    /// Exchanges every standard stream that is `tty`.
    pub(crate) fn take(tty: &Tty, channel: Channel, size: Size) -> io::Result<Interceptor> {
        let (output, input, marker) = match channel {
            Channel::Pty => open_pty(size)?,
            Channel::Pipe => open_pipe()?,
        };
        let typing = imitate(tty, input.as_fd()).ok().map(|typing| (typing, typing));
        let mut interceptor = Interceptor {
            channel,
            output,
            input: Some(input),
            marker: Some(marker),
            taken: Vec::new(),
            typing,
            way_on: None,
        };
        interceptor.exchange(tty);
        Ok(interceptor)
    }

    /// Makes every standard stream that is `tty` lead to us, again after they were given back.
    pub(crate) fn exchange(&mut self, tty: &Tty) {
        let Some(input) = &self.input else { return };
        for stream in [Stream::Stdout, Stream::Stderr].into_iter().filter(|stream| tty.is_behind(*stream)) {
            let Ok(original) = tty::borrow(stream).try_clone_to_owned() else { continue };
            if lead(stream, input.as_fd()).is_ok() {
                self.taken.push(Taken { stream, original });
                self.way_on.get_or_insert(stream);
            }
        }
    }

    /// The streams that lead to us.
    pub(crate) fn streams(&self) -> Vec<Stream> {
        self.taken.iter().map(|taken| taken.stream).collect()
    }

    /// Reads what was printed. `WouldBlock` when there is nothing, 0 when nobody is left who could print.
    pub(crate) fn read(&self, buf: &mut [u8]) -> io::Result<usize> {
        match read(self.output.as_fd(), buf) {
            // Linux says EIO when the last writer of a pty has gone.
            Err(err) if err.raw_os_error() == Some(libc::EIO) => Ok(0),
            answer => answer,
        }
    }

    /// Writes `mark` behind everything printed so far. It comes when it is its turn: a thread of its own waits for that.
    pub(crate) fn mark(&self, mark: &[u8]) -> io::Result<JoinHandle<()>> {
        let Some(marker) = &self.marker else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let (marker, mark) = (marker.try_clone()?, mark.to_vec());
        // In one piece: a pty's own marker waits, and a pipe takes all of a mark or nothing.
        let work = move || drop(write_all(marker.as_fd(), &mark));
        spawn("footlights-mark", Box::new(work))
    }

    /// Makes it appear as typed on the pty: a pager that has opened the terminal behind its stderr reads there.
    pub(crate) fn type_in(&self, keys: &[u8]) {
        let _ = write(self.output.as_fd(), keys);
    }

    /// Whether a program behind the pty wants what is typed treated otherwise than before: it has set so on its stdout, which
    /// it took for the terminal. The answer is what the terminal is to do; none for "as in the beginning".
    pub(crate) fn typing_changed(&mut self) -> Option<Option<Typing>> {
        let (first, last) = self.typing.as_mut()?;
        let now = Typing::of(self.output.as_fd()).ok().filter(|now| now != last)?;
        *last = now;
        Some(Some(now).filter(|now| now != first))
    }

    /// Tells the programs behind the pty how large the window is now.
    pub(crate) fn resize(&self, size: Size) {
        if self.channel == Channel::Pty {
            let _ = set_window_size(self.output.as_fd(), size);
        }
    }

    /// Puts the streams back. What was printed before can still be read. Doing it twice is harmless.
    pub(crate) fn give_back(&mut self) {
        for Taken { stream, original } in self.taken.drain(..) {
            let ours = self.input.as_ref().and_then(|input| identity(input.as_fd()).ok());
            if ours.is_some() && identity(tty::borrow(stream)).ok() == ours {
                let _ = lead(stream, original.as_fd());
            }
        }
    }

    /// The interceptor itself, if children still hold the writing end or have left something. After [`give_back`](Self::give_back) only.
    pub(crate) fn held_by_others(mut self) -> Option<Interceptor> {
        (self.input, self.marker) = (None, None);
        let mut record = libc::pollfd { fd: self.output.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        // SAFETY: one record is given, and the descriptor in it is ours.
        let ready = unsafe { libc::poll(&raw mut record, 1, 0) };
        // Nobody holds it and nothing is left: only then is it over.
        let over = ready > 0 && record.revents & libc::POLLHUP != 0 && record.revents & libc::POLLIN == 0;
        (!over).then_some(self)
    }

    /// Copies what children still print to where our streams lead now, until the last of them has gone.
    pub(crate) fn pass_on(self) {
        let Some(stream) = self.way_on else { return };
        let mut buf = [0; 4096];
        loop {
            match self.read(&mut buf) {
                Ok(0) => return,
                Ok(n) => {
                    if write_all(tty::borrow(stream), &buf[..n]).is_err() {
                        return;
                    }
                }
                Err(err) if err.kind() == io::ErrorKind::WouldBlock => {
                    wait([readable(&self.output)], None);
                }
                Err(_) => return,
            }
        }
    }
}

impl Drop for Interceptor {
    fn drop(&mut self) {
        self.give_back();
    }
}

impl AsFd for Interceptor {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.output.as_fd()
    }
}

/// Makes `stream` lead to where `to` leads. In one step: at no time is the number closed.
fn lead(stream: Stream, to: BorrowedFd<'_>) -> io::Result<()> {
    let stream = tty::borrow(stream);
    // SAFETY: dup2 takes two numbers; `to` is open for the whole call, and a standard stream is the process's own to lead
    // elsewhere, which is what we are here for. (dup2 leaves close-on-exec off: children are meant to inherit it.)
    retry(|| check(unsafe { libc::dup2(to.as_raw_fd(), stream.as_raw_fd()) })).map(drop)
}

/// Nobody is to read keys from our pty: pagers that look for them behind their stderr find /dev/tty instead. (The superuser may
/// open it all the same; for him there is `type_in`.) And no other pty is like that, so that a child that uses this crate
/// as well recognises it.
const PERMISSIONS: libc::mode_t = 0o200;

/// Whether this is the pty of a manager, in this process or in one that it descends from.
pub(super) fn is_pty_of_ours(fd: BorrowedFd<'_>) -> bool {
    status(fd).is_ok_and(|status| status.st_mode & 0o777 == PERMISSIONS)
}

/// (our reading end, the end for the streams, the same for our marks)
fn open_pty(size: Size) -> io::Result<(OwnedFd, OwnedFd, OwnedFd)> {
    // SAFETY: posix_openpt takes flags and returns a number.
    let master = check(unsafe { libc::posix_openpt(libc::O_RDWR | libc::O_NOCTTY | libc::O_CLOEXEC) })?;
    // SAFETY: it was opened just now; nobody else owns it.
    let master = unsafe { OwnedFd::from_raw_fd(master) };
    // SAFETY: both take the number of a pty's master, which is open.
    check(unsafe { libc::grantpt(master.as_raw_fd()) })?;
    // SAFETY: as above.
    check(unsafe { libc::unlockpt(master.as_raw_fd()) })?;
    set_nonblocking(master.as_fd(), true)?;

    let mut name = [MaybeUninit::<libc::c_char>::uninit(); 128];
    // SAFETY: ptsname_r writes at most `name.len()` bytes, and ends them with a NUL if it succeeds.
    if unsafe { libc::ptsname_r(master.as_raw_fd(), name.as_mut_ptr().cast(), name.len()) } != 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it succeeded, so a NUL-terminated name stands in `name`.
    let name = unsafe { CStr::from_ptr(name.as_ptr().cast()) };
    let open = |access| {
        // SAFETY: `name` is NUL-terminated and outlives the call.
        let slave = check(unsafe { libc::open(name.as_ptr(), access | libc::O_NOCTTY | libc::O_CLOEXEC) })?;
        // SAFETY: it was opened just now; nobody else owns it.
        Ok::<_, io::Error>(unsafe { OwnedFd::from_raw_fd(slave) })
    };
    let (slave, marker) = (open(libc::O_RDWR)?, open(libc::O_WRONLY)?);
    make_raw(slave.as_fd())?;
    set_window_size(master.as_fd(), size)?;
    // SAFETY: fchmod takes two numbers.
    let _ = unsafe { libc::fchmod(slave.as_raw_fd(), PERMISSIONS) };
    Ok((master, slave, marker))
}

/// Makes a pty treat what is typed as the terminal does. Nothing is ever typed on it; but programs look at that, change it and
/// put it back.
fn imitate(tty: &Tty, pty: BorrowedFd<'_>) -> io::Result<Typing> {
    Typing::of(tty.as_fd())?.apply(pty)?;
    Typing::of(pty)
}

/// No echo, no signals, and above all no `\n` to `\r\n`: the real terminal does that, once.
fn make_raw(fd: BorrowedFd<'_>) -> io::Result<()> {
    let mut settings = tty::settings(fd)?;
    // SAFETY: it changes the record it is given, which is a whole one.
    unsafe { libc::cfmakeraw(&raw mut settings) };
    tty::change_settings(fd, &settings)
}

fn set_window_size(fd: BorrowedFd<'_>, size: Size) -> io::Result<()> {
    let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let size = libc::winsize { ws_row: short(size.rows), ws_col: short(size.cols), ws_xpixel: 0, ws_ypixel: 0 };
    // SAFETY: TIOCSWINSZ reads one `winsize`, and that is what it is given.
    check(unsafe { libc::ioctl(fd.as_raw_fd(), libc::TIOCSWINSZ, &raw const size) }).map(drop)
}

/// The same three as [`open_pty`].
fn open_pipe() -> io::Result<(OwnedFd, OwnedFd, OwnedFd)> {
    let mut ends = [-1; 2];
    // SAFETY: pipe writes two numbers, and that is what it is given room for.
    check(unsafe { libc::pipe(ends.as_mut_ptr()) })?;
    // SAFETY: they were opened just now; nobody else owns them.
    let (output, input) = unsafe { (OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1])) };
    // Not in the same step: pipe2 is not everywhere. A child started in between holds on to the pipe, which costs nothing
    // but that child's share.
    for end in [&output, &input] {
        // SAFETY: F_SETFD takes plain numbers.
        check(unsafe { libc::fcntl(end.as_raw_fd(), libc::F_SETFD, libc::FD_CLOEXEC) })?;
    }
    set_nonblocking(output.as_fd(), true)?;
    let marker = input.try_clone()?;
    Ok((output, input, marker))
}

/// Hands on what C's `printf` still holds. Only stdout: stderr is not buffered, and to flush all files would wait for a
/// thread that reads stdin.
pub(crate) fn flush_c_stdout() {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple", target_os = "freebsd"))]
    {
        unsafe extern "C" {
            #[cfg_attr(any(target_vendor = "apple", target_os = "freebsd"), link_name = "__stdoutp")]
            static stdout: *mut libc::FILE;
        }
        // SAFETY: C's own stdout; it is there from the start to the end of the process, and fflush takes its lock.
        unsafe { libc::fflush(stdout) };
    }
}
