//! Where lines are written.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::sys::Stream;

/// Where lines are written.
#[derive(Clone, Debug)]
pub(crate) enum Destination {
    /// A standard stream.
    Stream(Stream),
    /// A file, or anything else that the program has opened.
    File(Arc<File>),
    /// A file that is appended to. Opened by the thread that writes: opening a named pipe waits for
    /// its reader.
    Path(PathBuf),
}

impl PartialEq for Destination {
    fn eq(&self, other: &Destination) -> bool {
        match (self, other) {
            (Destination::Stream(one), Destination::Stream(other)) => one == other,
            (Destination::File(one), Destination::File(other)) => Arc::ptr_eq(one, other),
            (Destination::Path(one), Destination::Path(other)) => one == other,
            _ => false,
        }
    }
}

/// A destination that is open.
#[derive(Debug)]
pub(crate) enum Sink {
    Stream(Stream),
    File(Arc<File>),
}

impl Destination {
    /// Opens the destination. May wait.
    pub(crate) fn open(&self) -> io::Result<Sink> {
        match self {
            Destination::Stream(stream) => Ok(Sink::Stream(*stream)),
            Destination::File(file) => Ok(Sink::File(file.clone())),
            Destination::Path(path) => {
                let file = OpenOptions::new().append(true).create(true).open(path)?;
                Ok(Sink::File(Arc::new(file)))
            }
        }
    }
}

impl Sink {
    /// Writes a line, or several that belong together, in one piece if the destination takes it.
    ///
    /// To a standard stream under std's lock, so that no `println!` of the program is torn. May
    /// wait.
    pub(crate) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Sink::Stream(Stream::Stderr) => write_all(&mut io::stderr().lock(), bytes),
            Sink::Stream(Stream::Stdout) => write_all(&mut io::stdout().lock(), bytes),
            Sink::File(file) => write_all(&mut &**file, bytes),
        }
    }
}

/// Writes all of `bytes`, also where another process has made the open file non-blocking.
fn write_all(writer: &mut dyn Write, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match writer.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(n) => bytes = bytes.get(n..).unwrap_or_default(),
            Err(err) if err.kind() == ErrorKind::Interrupted => {}
            Err(err) if err.kind() == ErrorKind::WouldBlock => thread::sleep(Duration::from_millis(10)),
            Err(err) => return Err(err),
        }
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes three bytes, then nothing for a while, and so on.
    #[derive(Default)]
    struct Reluctant {
        taken: Vec<u8>,
        calls: usize,
    }

    impl Write for Reluctant {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.calls += 1;
            match self.calls % 3 {
                0 => Err(ErrorKind::WouldBlock.into()),
                1 => Err(ErrorKind::Interrupted.into()),
                _ => {
                    let n = bytes.len().min(3);
                    self.taken.extend_from_slice(&bytes[..n]);
                    Ok(n)
                }
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn all_bytes_are_written_once() {
        let mut writer = Reluctant::default();
        write_all(&mut writer, b"a line of text\n").unwrap();
        assert_eq!(writer.taken, b"a line of text\n");
    }
}
