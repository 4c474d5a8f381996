//! Readers and writers that count their bytes.

use std::io::{self, BufRead, IoSlice, IoSliceMut, Read, Seek, SeekFrom, Write};

use super::wrapper::{Counted, Target};
use crate::counter::Counter;
use crate::segment::{Countable, Segment};

/// Ends a chain of readers or writers with a count. The trait of [`wrap_read`](Counter::wrap_read)
/// and [`wrap_write`](Counter::wrap_write), as a method of what they wrap.
///
/// ```
/// use std::io::{BufRead, BufReader, Read};
///
/// use footlights::CountedBytes;
///
/// # let manager = footlights::Manager::new();
/// # let input = &b"one\ntwo\nthree\n"[..];
/// let bar = manager.counter().desc("Reading").unit("B").add();
/// let lines = BufReader::new(input.take(8).counted_bytes(&bar)).lines();
/// assert_eq!((lines.count(), bar.count()), (2, 8));
/// ```
pub trait CountedBytes: Sized {
    /// Counts the bytes that go through this reader or writer for a bar or a segment.
    ///
    /// ```
    /// use std::io::Read;
    ///
    /// use footlights::CountedBytes;
    ///
    /// # fn main() -> std::io::Result<()> {
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().unit("B").add();
    /// let mut text = String::new();
    /// "some text".as_bytes().take(4).counted_bytes(&bar).read_to_string(&mut text)?;
    /// assert_eq!((text.as_str(), bar.count()), ("some", 4));
    /// # Ok(())
    /// # }
    /// ```
    fn counted_bytes(self, target: &impl Countable) -> Counted<Self>;
}

impl<T> CountedBytes for T {
    fn counted_bytes(self, target: &impl Countable) -> Counted<T> {
        Counted::new(self, Target::of(target))
    }
}

impl Counter {
    /// Wraps a reader and counts the bytes that are read. The total stays the same; a builder takes
    /// that of a file: `total(&file)`.
    ///
    /// ```no_run
    /// # fn main() -> std::io::Result<()> {
    /// # let manager = footlights::Manager::new();
    /// let file = std::fs::File::open("input")?;
    /// let bar = manager.counter().total(&file).desc("Reading").unit("B").add();
    /// std::io::copy(&mut bar.wrap_read(file), &mut std::io::sink())?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn wrap_read<R: Read>(&self, reader: R) -> Counted<R> {
        Counted::new(reader, Target::Counter(self.clone()))
    }

    /// Wraps a writer and counts the bytes that are written: those that the writer has taken, which
    /// a buffer may still hold.
    ///
    /// ```
    /// use std::io::{self, Write};
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().desc("Writing").unit("B").add();
    /// bar.wrap_write(io::sink()).write_all(b"some bytes")?;
    /// assert_eq!(bar.count(), 10);
    /// # Ok::<(), io::Error>(())
    /// ```
    pub fn wrap_write<W: Write>(&self, writer: W) -> Counted<W> {
        Counted::new(writer, Target::Counter(self.clone()))
    }

    /// Wraps an asynchronous reader, of tokio or of the futures crate, and counts the bytes that are
    /// read.
    ///
    /// ```
    /// # #[cfg(feature = "tokio")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// use tokio::io;
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(10).desc("Receiving").unit("B").add();
    /// io::copy(&mut bar.wrap_async_read(&b"some bytes"[..]), &mut io::sink()).await?;
    /// assert_eq!(bar.count(), 10);
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "tokio"))]
    /// # fn main() {}
    /// ```
    #[cfg(any(feature = "futures", feature = "tokio"))]
    pub fn wrap_async_read<R>(&self, reader: R) -> Counted<R> {
        reader.counted_bytes(self)
    }

    /// Wraps an asynchronous writer, of tokio or of the futures crate, and counts the bytes that are
    /// written.
    ///
    /// ```
    /// # #[cfg(feature = "tokio")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// use tokio::io::{AsyncWriteExt, sink};
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().desc("Sending").unit("B").add();
    /// bar.wrap_async_write(sink()).write_all(b"some bytes").await?;
    /// assert_eq!(bar.count(), 10);
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "tokio"))]
    /// # fn main() {}
    /// ```
    #[cfg(any(feature = "futures", feature = "tokio"))]
    pub fn wrap_async_write<W>(&self, writer: W) -> Counted<W> {
        writer.counted_bytes(self)
    }
}

impl Segment {
    /// Wraps a reader and counts the bytes that are read for this segment, like
    /// [`Counter::wrap_read`].
    ///
    /// ```
    /// use std::io;
    ///
    /// # let manager = footlights::Manager::new();
    /// let all = manager.counter().desc("Copied").unit("B").add();
    /// let cached = all.segment("cached").color("blue").add();
    /// io::copy(&mut cached.wrap_read(&b"some bytes"[..]), &mut io::sink())?;
    /// assert_eq!((cached.count(), all.count()), (10, 10));
    /// # Ok::<(), io::Error>(())
    /// ```
    pub fn wrap_read<R: Read>(&self, reader: R) -> Counted<R> {
        Counted::new(reader, Target::Segment(self.clone()))
    }

    /// Wraps a writer and counts the bytes that are written for this segment, like
    /// [`Counter::wrap_write`].
    ///
    /// ```
    /// use std::io::{self, Write};
    ///
    /// # let manager = footlights::Manager::new();
    /// let all = manager.counter().desc("Written").unit("B").add();
    /// let logs = all.segment("logs").color("blue").add();
    /// logs.wrap_write(io::sink()).write_all(b"some bytes")?;
    /// assert_eq!((logs.count(), all.count()), (10, 10));
    /// # Ok::<(), io::Error>(())
    /// ```
    pub fn wrap_write<W: Write>(&self, writer: W) -> Counted<W> {
        Counted::new(writer, Target::Segment(self.clone()))
    }

    /// Wraps an asynchronous reader, of tokio or of the futures crate, and counts the bytes that are
    /// read for this segment, like [`Counter::wrap_async_read`].
    ///
    /// ```
    /// # #[cfg(feature = "tokio")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// use tokio::io;
    ///
    /// # let manager = footlights::Manager::new();
    /// let all = manager.counter().desc("Copied").unit("B").add();
    /// let cached = all.segment("cached").color("blue").add();
    /// io::copy(&mut cached.wrap_async_read(&b"some bytes"[..]), &mut io::sink()).await?;
    /// assert_eq!((cached.count(), all.count()), (10, 10));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "tokio"))]
    /// # fn main() {}
    /// ```
    #[cfg(any(feature = "futures", feature = "tokio"))]
    pub fn wrap_async_read<R>(&self, reader: R) -> Counted<R> {
        reader.counted_bytes(self)
    }

    /// Wraps an asynchronous writer, of tokio or of the futures crate, and counts the bytes that are
    /// written for this segment, like [`Counter::wrap_async_write`].
    ///
    /// ```
    /// # #[cfg(feature = "tokio")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// use tokio::io::{AsyncWriteExt, sink};
    ///
    /// # let manager = footlights::Manager::new();
    /// let all = manager.counter().desc("Sent").unit("B").add();
    /// let again = all.segment("again").color("yellow").add();
    /// again.wrap_async_write(sink()).write_all(b"some bytes").await?;
    /// assert_eq!((again.count(), all.count()), (10, 10));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "tokio"))]
    /// # fn main() {}
    /// ```
    #[cfg(any(feature = "futures", feature = "tokio"))]
    pub fn wrap_async_write<W>(&self, writer: W) -> Counted<W> {
        writer.counted_bytes(self)
    }
}

impl<R: Read> Read for Counted<R> {
    #[inline]
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.count_bytes(n);
        Ok(n)
    }

    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> io::Result<usize> {
        let n = self.inner.read_vectored(bufs)?;
        self.count_bytes(n);
        Ok(n)
    }

    // `read_to_end` and the like are not passed on: nothing would be counted before their end.
}

impl<R: BufRead> BufRead for Counted<R> {
    #[inline]
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    #[inline]
    fn consume(&mut self, n: usize) {
        self.inner.consume(n);
        self.count_bytes(n);
    }
}

impl<W: Write> Write for Counted<W> {
    #[inline]
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(buf)?;
        self.count_bytes(n);
        Ok(n)
    }

    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> io::Result<usize> {
        let n = self.inner.write_vectored(bufs)?;
        self.count_bytes(n);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<S: Seek> Seek for Counted<S> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let before = self.inner.stream_position()?;
        let after = self.inner.seek(to)?;
        self.move_count(distance(before, after));
        Ok(after)
    }

    fn stream_position(&mut self) -> io::Result<u64> {
        self.inner.stream_position()
    }
}

/// How far `to` is behind `from`.
fn distance(from: u64, to: u64) -> i64 {
    let distance = i64::try_from(to.abs_diff(from)).unwrap_or(i64::MAX);
    if to < from { -distance } else { distance }
}
