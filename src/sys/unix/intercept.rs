//! Redirects stdout and stderr into a pty or a pipe, and restores them.
//!
//! The traps, before the code:
//!
//! * The thread that reads from the channel must never write to the redirected descriptors, not
//!   even a panic message: it would wait for itself.
//! * Children inherit the writing end. While one of them lives, end-of-file does not come, so
//!   `restore` cannot wait for it. The end of what *this process* printed is found by a marker that
//!   is written last. An empty read is no proof either: the kernel passes on what was written to a
//!   pty with a delay of its own.
//! * The marker must be written by a thread that can wait. A non-blocking write is refused while any
//!   other writer waits, and may be carried out in part. A blocking write gets its turn, and is
//!   written in one piece.
//! * Not every kernel does that: where the buffer of a pty is full, macOS and the BSDs carry a write
//!   out in pieces. The marker can be recognized in pieces.
//! * macOS hands over at most 1,024 bytes at a time, so reading ends only when there is nothing. A
//!   child of macOS that has printed stays in its exit until that is read (libvaxis, pull request
//!   30): reading goes on until the last child has gone.
//! * On macOS and the BSDs `tcdrain` on the pty waits for us, while on Linux it does not: a program
//!   that calls it waits until we have read.
//! * A full pty blocks the program. That is intended: while the terminal is slow, nothing is read,
//!   and the program waits as it would have waited for the terminal. No buffer grows without limit.
//! * What is in the buffers of std and of C's stdio has not been written yet: the caller of
//!   `install` and `restore` flushes them before, on its own thread.
//! * C's stdio and many programs call `isatty`; if it returns false, they buffer lines or drop
//!   colors. Hence a pty.
//! * A program that has no descriptor left must still be able to lend the terminal, to stop, and to say
//!   what is wrong. So all descriptors that are ever needed are opened at the start, and reused.
//! * Other code may have redirected the descriptors after us (a test harness, for one). Then they
//!   must not be restored. That code may also have saved a descriptor of ours before, and put it
//!   back long after the interceptor has gone: see `retired`.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::thread::JoinHandle;

use super::fd::{Identity, duplicate_into, identity, read_output, redirect, stream_fd, write};
use super::pipe::open_pipe;
use super::pty::{Pty, open_pty, set_window_size};
use super::retired::{self, Forwarder};
use super::termios::InputModes;
use super::thread::spawn;
use super::tty::Tty;
use super::wait::{has_ended, write_all};
use crate::sys::channel::Channel;
use crate::sys::size::Size;
use crate::sys::stream::Stream;

/// The standard streams, redirected from the terminal to this process.
#[derive(Debug)]
pub(crate) struct Interceptor {
    channel: Channel,
    /// The end on which everything printed arrives. Never blocks. (Of a pty: the master.)
    reader: Arc<OwnedFd>,
    /// The end that the streams are redirected to; held open, so that end-of-file does not come.
    writer: Arc<OwnedFd>,
    /// The writing end for markers. Of a pty it is a descriptor of its own, which stays blocking if
    /// the program sets `O_NONBLOCK` on its descriptors.
    marker_writer: Arc<OwnedFd>,
    redirected: Vec<Redirected>,
    /// Those that were, and are redirected again without a new descriptor.
    restored: Vec<Redirected>,
    /// The input modes of the pty; none if they could not be copied from the terminal, or if the
    /// channel is a pipe.
    input_modes: Option<SeenModes>,
    /// The identity of the writing end.
    identity: Identity,
}

/// A redirected stream.
#[derive(Debug)]
struct Redirected {
    stream: Stream,
    /// A duplicate of the stream's descriptor before the redirect.
    original: OwnedFd,
}

/// The input modes that the pty has had.
#[derive(Debug)]
struct SeenModes {
    /// As first copied from the terminal.
    initial: InputModes,
    /// As last seen.
    last: InputModes,
}

impl Interceptor {
    /// Redirects every standard stream that is `tty`. If one of them cannot be redirected, none is:
    /// its output would come among the bars.
    pub(crate) fn install(tty: &Tty, channel: Channel, size: Size) -> io::Result<Interceptor> {
        let (reader, writer, marker_writer) = match channel {
            Channel::Pty => {
                let Pty { master, slave, second_slave } = open_pty(size)?;
                (master, Arc::new(slave), Arc::new(second_slave))
            }
            Channel::Pipe => {
                let (reader, writer) = open_pipe()?;
                let writer = Arc::new(writer);
                (reader, writer.clone(), writer)
            }
        };
        let identity = identity(writer.as_fd())?;
        let modes = copy_input_modes(tty, writer.as_fd()).ok();
        let mut interceptor = Interceptor {
            channel,
            reader: Arc::new(reader),
            writer,
            marker_writer,
            redirected: Vec::new(),
            restored: Vec::new(),
            identity,
            input_modes: modes.map(|modes| SeenModes { initial: modes, last: modes }),
        };
        interceptor.redirect_where(|stream| tty.is_behind(stream))?;
        match interceptor.redirected.is_empty() {
            true => Err(io::ErrorKind::NotFound.into()),
            false => Ok(interceptor),
        }
    }

    /// Redirects every standard stream that is `tty` again, after [`restore`](Self::restore).
    pub(crate) fn redirect_all(&mut self, tty: &Tty) {
        let _ = self.redirect_where(|stream| tty.is_behind(stream));
    }

    /// Redirects a standard stream that has become `tty` since. Returns whether there was one.
    pub(crate) fn redirect_new(&mut self, tty: &Tty) -> bool {
        let own = self.identity;
        // Every frame asks this. Ours are the cheapest to recognize.
        let is_new =
            |stream| identity(stream_fd(stream)).is_ok_and(|identity| identity != own) && tty.is_behind(stream);
        self.redirect_where(is_new).is_ok_and(|count| count > 0)
    }

    /// Redirects the standard streams for which `wanted` holds, and returns how many there were. Stops
    /// at the first one that cannot be redirected.
    fn redirect_where(&mut self, wanted: impl Fn(Stream) -> bool) -> io::Result<usize> {
        let streams = [Stream::Stdout, Stream::Stderr].into_iter().filter(|stream| wanted(*stream));
        let mut count = 0;
        for stream in streams {
            let original = self.save(stream)?;
            redirect(stream, self.writer.as_fd())?;
            self.redirected.push(Redirected { stream, original });
            count += 1;
        }
        retired::set_current(self.identity);
        Ok(count)
    }

    /// A duplicate of a stream's descriptor: a new one only if there is none from an earlier redirect.
    fn save(&mut self, stream: Stream) -> io::Result<OwnedFd> {
        for earlier in [&mut self.redirected, &mut self.restored] {
            if let Some(at) = earlier.iter().position(|redirected| redirected.stream == stream) {
                let original = earlier.swap_remove(at).original;
                duplicate_into(stream_fd(stream), &original)?;
                return Ok(original);
            }
        }
        stream_fd(stream).try_clone_to_owned()
    }

    /// What the streams are redirected into.
    pub(crate) fn channel(&self) -> Channel {
        self.channel
    }

    /// The streams that are redirected.
    pub(crate) fn streams(&self) -> Vec<Stream> {
        self.redirected.iter().map(|redirected| redirected.stream).collect()
    }

    /// Reads what was printed. `WouldBlock` if there is nothing, 0 if no writer is left.
    pub(crate) fn read(&self, buf: &mut [u8]) -> io::Result<usize> {
        read_output(self.reader.as_fd(), buf)
    }

    /// Writes `marker` behind everything printed so far. A thread of its own waits until it is the
    /// marker's turn.
    pub(crate) fn write_marker(&self, marker: &[u8]) -> io::Result<JoinHandle<()>> {
        let (writer, marker) = (self.marker_writer.clone(), marker.to_vec());
        // In one piece: the writing end of a pty blocks, and a pipe accepts all of a marker or
        // nothing.
        let work = move || drop(write_all(writer.as_fd(), &marker));
        spawn("footlights-marker", Box::new(work))
    }

    /// Makes `keys` the input of the pty, for a pager that has opened the terminal behind its
    /// stderr and reads there.
    pub(crate) fn inject_input(&self, keys: &[u8]) {
        let _ = write(self.reader.as_fd(), keys);
    }

    /// The input modes for the terminal, if they have changed since the last call. A program behind
    /// the pty has set them there, in the belief that its stdout is the terminal. `Some(None)`: it
    /// has set the initial ones again.
    pub(crate) fn input_modes_changed(&mut self) -> Option<Option<InputModes>> {
        let SeenModes { initial, last } = self.input_modes.as_mut()?;
        let now = InputModes::of(self.reader.as_fd()).ok().filter(|now| now != last)?;
        *last = now;
        Some(Some(now).filter(|now| now != initial))
    }

    /// Tells the programs behind the pty the new size of the window.
    pub(crate) fn resize(&self, size: Size) {
        if self.channel == Channel::Pty {
            let _ = set_window_size(self.reader.as_fd(), size);
        }
    }

    /// Ends the redirect. What was printed before can still be read. Can be called twice.
    pub(crate) fn restore(&mut self) {
        for redirected in self.redirected.drain(..) {
            let stream = redirected.stream;
            if identity(stream_fd(stream)).is_ok_and(|identity| identity == self.identity) {
                let _ = redirect(stream, redirected.original.as_fd());
            }
            self.restored.push(redirected);
        }
    }

    /// Ends the interceptor. Returns a forwarder if other descriptors still lead to the writing
    /// end, or if there is unread output. Only after [`restore`](Self::restore).
    pub(crate) fn into_forwarder(mut self) -> Option<Forwarder> {
        // First: macOS loses what is unread when the last writing end is closed (XNU, `ptsclose`).
        let unread = self.read_available();
        let terminal = self.restored.pop()?.original;
        let (reader, identity) = (self.reader.clone(), self.identity);
        // Closes the writing ends.
        drop(self);
        if unread.is_empty() && has_ended(reader.as_fd()) {
            return None;
        }
        Some(Forwarder::new(reader, identity, terminal, unread))
    }

    /// Reads what has arrived; only a part of it where a child prints all the time.
    fn read_available(&self) -> Vec<u8> {
        const MOST: usize = 1 << 20;
        let (mut unread, mut buf) = (Vec::new(), [0; 4096]);
        while let Some(bytes) = self.read(&mut buf).ok().and_then(|n| buf.get(..n)).filter(|bytes| !bytes.is_empty()) {
            unread.extend_from_slice(bytes);
            if unread.len() > MOST {
                break;
            }
        }
        unread
    }
}

impl Drop for Interceptor {
    fn drop(&mut self) {
        self.restore();
        retired::clear_current(self.identity);
    }
}

impl AsFd for Interceptor {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.reader.as_fd()
    }
}

/// Gives the pty the input modes of the terminal. It usually has no input, but programs look at the
/// modes, change them and restore them.
fn copy_input_modes(tty: &Tty, pty: BorrowedFd<'_>) -> io::Result<InputModes> {
    InputModes::of(tty.as_fd())?.apply(pty)?;
    InputModes::of(pty)
}
