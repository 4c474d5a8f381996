//! A stream for log lines and other text, next to the bars.

use std::fmt;
use std::io::{self, Write};

use crate::manager::Manager;
use crate::sys::Stream;

/// Writes text to the stream that the bars are on; made with [`Manager::writer`].
///
/// While bars are shown, the text appears above them. Otherwise it goes to the stream itself: the
/// one that the bars would be on, and stderr where nothing is to be shown.
///
/// Each [`write_all`](Write::write_all) and each `write!` or `writeln!` is written in one piece:
/// lines of several threads are not torn. On stdout a line without an end waits for its end or for
/// [`flush`](Write::flush), as with `print!`.
///
/// This is what logging libraries want that are given something to write to, such as the
/// `MakeWriter` of `tracing-subscriber` and the `Target::Pipe` of `env_logger`. A program that just
/// prints does not need it.
///
/// ```
/// use std::io::Write;
///
/// # let manager = footlights::Manager::new();
/// let mut log = manager.writer();
/// writeln!(log, "connected to {}", "127.0.0.1")?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// A writer is a small value of its own. It does not keep the terminal: when the manager stops, it
/// writes on, to the stream.
#[derive(Clone)]
pub struct Writer {
    stream: Stream,
}

impl Manager {
    /// Returns a writer to the stream that the bars are on.
    pub fn writer(&self) -> Writer {
        Writer { stream: self.stream() }
    }
}

impl Writer {
    fn write_piece(&self, bytes: &[u8]) -> io::Result<()> {
        match self.stream {
            Stream::Stdout => io::stdout().lock().write_all(bytes),
            Stream::Stderr => io::stderr().lock().write_all(bytes),
        }
    }

    fn flush_stream(&self) -> io::Result<()> {
        match self.stream {
            Stream::Stdout => io::stdout().lock().flush(),
            Stream::Stderr => io::stderr().lock().flush(),
        }
    }

    /// Formats everything first: std would write the parts one by one, and `args` may print
    /// something itself.
    fn write_args(&self, args: fmt::Arguments<'_>) -> io::Result<()> {
        if let Some(text) = args.as_str() {
            return self.write_piece(text.as_bytes());
        }
        let mut text = String::new();
        fmt::Write::write_fmt(&mut text, args).map_err(|_| io::Error::other("a value cannot be formatted"))?;
        self.write_piece(text.as_bytes())
    }
}

impl Write for &Writer {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.write_piece(buf).map(|()| buf.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.flush_stream()
    }

    fn write_all(&mut self, buf: &[u8]) -> io::Result<()> {
        self.write_piece(buf)
    }

    fn write_fmt(&mut self, args: fmt::Arguments<'_>) -> io::Result<()> {
        self.write_args(args)
    }
}

impl Write for Writer {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        (&*self).write(buf)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&*self).flush()
    }

    fn write_all(&mut self, buf: &[u8]) -> io::Result<()> {
        (&*self).write_all(buf)
    }

    fn write_fmt(&mut self, args: fmt::Arguments<'_>) -> io::Result<()> {
        (&*self).write_fmt(args)
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("stream", &self.stream).finish()
    }
}
