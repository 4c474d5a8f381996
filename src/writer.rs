//! A stream for log lines and other text, next to the bars.

use std::fmt;
use std::io::{self, Write};

use crate::manager::Manager;
use crate::sys::Stream;

/// Writes text to the stream that the bars are on; made with [`Manager::writer`].
///
/// While bars are shown, the text appears above them. If nothing shows them, it goes to the
/// [stream](crate::ManagerBuilder::stream) on which they would be: stderr, if none is set.
///
/// Each [`write_all`](Write::write_all), `write!` and `writeln!` is written in one piece, so lines
/// of several threads are not torn. On stdout, a line without a line end waits for it or for
/// [`flush`](Write::flush), as with `print!`.
///
/// For logging libraries that take a writer, such as the `MakeWriter` of `tracing-subscriber` and
/// the `Target::Pipe` of `env_logger`. A program that just prints does not need it.
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
/// A writer does not keep its manager alive. When the manager has stopped, the writer still writes
/// to the stream.
#[derive(Clone)]
pub struct Writer {
    target: Target,
}

/// Where the text goes.
#[derive(Clone, Debug)]
enum Target {
    /// To a stream of the process.
    Stream(Stream),
    /// To a terminal in memory.
    #[cfg(any(test, feature = "testing"))]
    InMemory(std::sync::Arc<crate::output::InMemoryTerminal>),
}

impl Manager {
    /// Returns a writer to the stream that the bars are on.
    ///
    /// ```
    /// use std::io::Write;
    ///
    /// # let manager = footlights::Manager::new();
    /// writeln!(manager.writer(), "a line above the bars")?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn writer(&self) -> Writer {
        #[cfg(any(test, feature = "testing"))]
        if let Some(terminal) = self.lease().in_memory() {
            return Writer { target: Target::InMemory(terminal.clone()) };
        }
        Writer { target: Target::Stream(self.stream()) }
    }
}

impl Writer {
    fn write_piece(&self, bytes: &[u8]) -> io::Result<()> {
        match &self.target {
            Target::Stream(Stream::Stdout) => io::stdout().lock().write_all(bytes),
            Target::Stream(Stream::Stderr) => io::stderr().lock().write_all(bytes),
            #[cfg(any(test, feature = "testing"))]
            Target::InMemory(terminal) => {
                terminal.print(bytes);
                Ok(())
            }
        }
    }

    fn flush_stream(&self) -> io::Result<()> {
        match &self.target {
            Target::Stream(Stream::Stdout) => io::stdout().lock().flush(),
            Target::Stream(Stream::Stderr) => io::stderr().lock().flush(),
            #[cfg(any(test, feature = "testing"))]
            Target::InMemory(_) => Ok(()),
        }
    }

    /// Formats everything first: std would write the parts one by one, and formatting `args` may
    /// print too.
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
        f.debug_struct("Writer").field("target", &self.target).finish()
    }
}
