//! Redirects stdout and stderr into a pipe, and restores them.
//!
//! The traps, before the code:
//!
//! * There are two standard streams of each kind. Rust's std and the system's functions ask
//!   `GetStdHandle` at each write; children inherit that handle. C's runtime has descriptors of its
//!   own, with handles behind them. Both are redirected.
//! * `_dup2` closes the handle that was behind the descriptor, which usually *is* the standard
//!   handle. Other code may have it, and it has to be put back at the end. So it is protected from
//!   being closed.
//! * The system makes calls on one open file wait for each other, even to ask what kind of file it
//!   is. While the pipe is full and a thread of the program waits in a write, the terminal thread,
//!   which alone could empty the pipe, must not ask anything of its writing end. So streams are
//!   compared by the values of their handles, and a handle is looked at only when it is new.
//! * A pipe is no console: `isatty` is false, and C's stdio would buffer whole blocks. See `stdio`.
//! * The thread that reads must never print; children inherit the writing end, so that the end of
//!   the output is found by a marker; a full pipe makes the program wait. All this is as on Unix.

use std::fs::File;
use std::io::{self, Write};
use std::os::windows::io::{AsHandle, AsRawHandle, BorrowedHandle, OwnedHandle, RawHandle};
use std::sync::Arc;
use std::thread::JoinHandle;

use windows_sys::Win32::Foundation::HANDLE_FLAG_PROTECT_FROM_CLOSE;

use super::handle::{kind, make_inheritable, set_flag, set_stream_handle, stream_handle};
use super::pipe::{Reader, open_pipe};
use super::retired::{self, Forwarder};
use super::stdio::{c_handle, redirect_c, unbuffer_c_stdout};
use super::thread::spawn;
use super::tty::{InputModes, Tty};
use crate::sys::channel::Channel;
use crate::sys::size::Size;
use crate::sys::stream::Stream;

const STREAMS: [Stream; 2] = [Stream::Stdout, Stream::Stderr];

/// The standard streams, redirected from the console to this process.
#[derive(Debug)]
pub(crate) struct Interceptor {
    reader: Reader,
    /// The end that the streams are redirected to; held open, so that end-of-file does not come.
    writer: Arc<OwnedHandle>,
    redirected: Vec<Redirected>,
    /// The handles of streams that were redirected: another thread may be about to write to one.
    replaced: Vec<OwnedHandle>,
    /// What was last seen of streams that are not the console.
    others: [Value; STREAMS.len()],
    /// The console, for output that outlives the redirect.
    terminal: Option<Tty>,
}

/// The value of a handle, to compare it or to put it back; 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Value(usize);

/// A redirected stream.
#[derive(Debug)]
struct Redirected {
    stream: Stream,
    /// The standard handle before the redirect, and in it.
    original: Value,
    replacement: OwnedHandle,
    /// The handle behind C's descriptor in the redirect, if that was the console too.
    c_replacement: Option<Value>,
}

impl Value {
    fn of(handle: impl AsHandle) -> Value {
        Value(handle.as_handle().as_raw_handle() as usize)
    }

    fn of_stream(stream: Stream) -> Value {
        stream_handle(stream).map_or(Value::default(), Value::of)
    }

    fn raw(self) -> RawHandle {
        self.0 as RawHandle
    }
}

impl Interceptor {
    /// Redirects every standard stream that is `tty`. There is only one kind of channel here.
    pub(crate) fn install(tty: &Tty, _: Channel, _: Size) -> io::Result<Interceptor> {
        let mut interceptor = Interceptor::new(tty.try_clone().ok())?;
        interceptor.redirect_all(tty);
        Ok(interceptor)
    }

    /// An interceptor that has not redirected a stream yet.
    fn new(terminal: Option<Tty>) -> io::Result<Interceptor> {
        let (reader, writer) = open_pipe()?;
        Ok(Interceptor {
            reader,
            writer: Arc::new(writer),
            redirected: Vec::new(),
            replaced: Vec::new(),
            others: Default::default(),
            terminal,
        })
    }

    /// Redirects every standard stream that is `tty`, for the first time or after
    /// [`restore`](Self::restore).
    pub(crate) fn redirect_all(&mut self, tty: &Tty) {
        for stream in STREAMS {
            if self.is_new(stream) && self.is_console(tty, stream) {
                let _ = self.redirect(stream);
            }
        }
        retired::set_current(&self.writer);
    }

    /// Redirects a standard stream that has become the console since. Returns whether there was
    /// one.
    pub(crate) fn redirect_new(&mut self, tty: &Tty) -> bool {
        let new = STREAMS.into_iter().any(|stream| self.is_new(stream) && self.is_console(tty, stream));
        if new {
            self.redirect_all(tty);
        }
        new
    }

    /// Whether a stream has a handle that was not looked at yet.
    fn is_new(&self, stream: Stream) -> bool {
        let value = Value::of_stream(stream);
        let ours = |redirected: &Redirected| redirected.stream == stream && Value::of(&redirected.replacement) == value;
        value != Value::default() && self.others[stream as usize] != value && !self.redirected.iter().any(ours)
    }

    fn is_console(&mut self, tty: &Tty, stream: Stream) -> bool {
        let is_console = tty.is_behind(stream);
        if !is_console {
            self.others[stream as usize] = Value::of_stream(stream);
        }
        is_console
    }

    fn redirect(&mut self, stream: Stream) -> io::Result<()> {
        let before = stream_handle(stream).ok_or(io::ErrorKind::NotFound)?;
        let original = Value::of(before);
        let replacement = self.writer.try_clone()?;
        make_inheritable(replacement.as_handle())?;
        set_stream_handle(stream, replacement.as_raw_handle())?;
        let c_replacement = redirect_c_stream(stream, before, replacement.as_handle());
        if let Some(before) = self.redirected.iter().position(|redirected| redirected.stream == stream) {
            self.replaced.push(self.redirected.swap_remove(before).replacement);
        }
        self.redirected.push(Redirected { stream, original, replacement, c_replacement });
        Ok(())
    }

    /// Always a pipe, whatever was asked for: a process cannot move into a pseudoconsole, and paint on
    /// the console it came from.
    pub(crate) fn channel(&self) -> Channel {
        Channel::Pipe
    }

    /// The streams that are redirected.
    pub(crate) fn streams(&self) -> Vec<Stream> {
        self.redirected.iter().map(|redirected| redirected.stream).collect()
    }

    /// Reads what was printed. `WouldBlock` if there is nothing, 0 if no writer is left.
    pub(crate) fn read(&self, buf: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buf)
    }

    /// Writes `marker` behind everything printed so far. A thread of its own waits until it is the
    /// marker's turn. (The system lets one write at a time into the pipe, so no other output comes in
    /// between.)
    pub(crate) fn write_marker(&self, marker: &[u8]) -> io::Result<JoinHandle<()>> {
        let (mut writer, marker) = (File::from(self.writer.try_clone()?), marker.to_vec());
        spawn("footlights-marker", Box::new(move || drop(writer.write_all(&marker))))
    }

    /// A pipe has no input.
    pub(crate) fn inject_input(&self, _: &[u8]) {}

    pub(crate) fn input_modes_changed(&mut self) -> Option<Option<InputModes>> {
        None
    }

    /// A pipe has no size.
    pub(crate) fn resize(&self, _: Size) {}

    /// Ends the redirect. What was printed before can still be read. Can be called twice.
    pub(crate) fn restore(&mut self) {
        for Redirected { stream, original, replacement, c_replacement } in self.redirected.drain(..) {
            if c_replacement.is_some() && c_handle(stream).map(Value::of) == c_replacement {
                // SAFETY: the handle was protected from being closed, and nobody else closes it.
                let original = unsafe { BorrowedHandle::borrow_raw(original.raw()) };
                let _ = keeping_stream(stream, || redirect_c(stream, original));
            }
            if Value::of_stream(stream) == Value::of(&replacement) {
                let _ = set_stream_handle(stream, original.raw());
            }
            self.replaced.push(replacement);
        }
    }

    /// Ends the interceptor. Returns a forwarder if children still have the writing end, or if there
    /// is unread output. Only after [`restore`](Self::restore).
    pub(crate) fn into_forwarder(mut self) -> Option<Forwarder> {
        self.restore();
        retired::clear_current(&self.writer);
        let Interceptor { reader, writer, replaced, terminal, .. } = self;
        drop((writer, replaced));
        Forwarder::new(reader, terminal?)
    }
}

impl AsHandle for Interceptor {
    fn as_handle(&self) -> BorrowedHandle<'_> {
        self.reader.as_handle()
    }
}

/// Redirects C's descriptor of a stream to `target`, if it leads where the standard handle led: to the
/// console. Returns the handle that is behind it then.
fn redirect_c_stream(stream: Stream, original: BorrowedHandle<'_>, target: BorrowedHandle<'_>) -> Option<Value> {
    let handle = c_handle(stream).filter(|handle| kind(*handle) == kind(original))?;
    // The standard handle of the other stream may be the same one.
    let shared =
        STREAMS.into_iter().map(Value::of_stream).chain([Value::of(original)]).any(|value| value == Value::of(handle));
    if shared {
        set_flag(handle, HANDLE_FLAG_PROTECT_FROM_CLOSE, true).ok()?;
    }
    let redirected = keeping_stream(stream, || redirect_c(stream, target)).is_ok();
    if shared {
        let _ = set_flag(handle, HANDLE_FLAG_PROTECT_FROM_CLOSE, false);
    }
    if redirected && stream == Stream::Stdout {
        unbuffer_c_stdout();
    }
    c_handle(stream).filter(|_| redirected).map(Value::of)
}

/// Redirects C's descriptor, and sets the standard handle again, which C's runtime changes too.
fn keeping_stream(stream: Stream, redirect: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let standard = Value::of_stream(stream);
    let result = redirect();
    let _ = set_stream_handle(stream, standard.raw());
    result
}

#[cfg(test)]
mod tests {
    use super::super::stdio::flush_c_stdout;
    use super::super::wait::{readable, wait};
    use super::*;
    use std::process::Command;

    /// Reads until the end of `marker`.
    fn read_until(interceptor: &Interceptor, marker: &str) -> String {
        let (mut text, mut buf) = (Vec::new(), [0; 256]);
        while !text.ends_with(marker.as_bytes()) {
            wait([readable(interceptor)], None);
            if let Ok(n) = interceptor.read(&mut buf) {
                text.extend_from_slice(&buf[..n]);
            }
        }
        String::from_utf8(text).expect("text")
    }

    /// A redirect holds for the process, so this runs in one of its own. (And it prints what its
    /// test harness would capture.)
    #[test]
    fn output_of_all_kinds_arrives_once_and_in_order() {
        const CHILD: &str = "FOOTLIGHTS_TEST_OF_INTERCEPT";
        if std::env::var_os(CHILD).is_some() {
            return intercept_output_of_all_kinds();
        }
        let name = "output_of_all_kinds_arrives_once_and_in_order";
        let mut program = Command::new(std::env::current_exe().expect("a path"));
        let output = program.args(["--nocapture", name]).env(CHILD, "1").output().expect("a child");
        let text = String::from_utf8_lossy(&output.stdout).replace(['\r', '"'], "");
        assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
        assert!(text.contains("before\n") && text.contains("after\nafter, from C\nafter, from a child"), "{text}");
        assert!(!text.contains("meanwhile"), "{text}");
    }

    fn intercept_output_of_all_kinds() {
        let print = |text: &str| {
            println!("{text}");
            let line = format!("{text}, from C\n\0");
            // SAFETY: both strings end with a NUL; the second is the argument that the first asks for.
            unsafe { libc::printf(c"%s".as_ptr(), line.as_ptr()) };
            flush_c_stdout();
            let echo = Command::new("cmd").args(["/c", &format!("echo {text}, from a child")]).status();
            assert!(echo.is_ok_and(|status| status.success()));
        };
        println!("before");
        let handles = || (Value::of_stream(Stream::Stdout), c_handle(Stream::Stdout).map(kind));
        let before = handles();
        let mut interceptor = Interceptor::new(None).expect("an interceptor");
        // Twice, as around a suspension.
        for _ in 0..2 {
            interceptor.redirect(Stream::Stdout).expect("a redirect");
            assert_eq!(interceptor.streams(), [Stream::Stdout]);
            print("meanwhile");
            let writer = interceptor.write_marker(b"[marker]").expect("a thread");
            let text = read_until(&interceptor, "[marker]").replace(['\r', '"'], "");
            let lines = "meanwhile\nmeanwhile, from C\nmeanwhile, from a child\n[marker]";
            interceptor.restore();
            assert_eq!(text, lines);
            writer.join().expect("a thread");
            assert_eq!(handles(), before);
        }
        print("after");
        assert!(interceptor.into_forwarder().is_none());
    }
}
