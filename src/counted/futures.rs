//! Streams, and the readers and writers of the futures crate.
//!
//! An item of a stream is counted when the next one is asked for, as with iterators. Bytes are
//! counted when a call is ready. A future that is dropped before has read and written nothing, so
//! nothing is counted.

use std::io::{self, IoSlice, IoSliceMut, SeekFrom};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use futures_io::{AsyncBufRead, AsyncRead, AsyncSeek, AsyncWrite};

use super::wrapper::{Counted, Target};
use crate::counter::Counter;
use crate::segment::{Countable, Segment};

/// Ends a chain of streams with a count. The trait of [`wrap_stream`](Counter::wrap_stream), as a
/// method of streams.
///
/// ```
/// use footlights::CountedStream;
/// use futures::{StreamExt, stream};
///
/// # let manager = footlights::Manager::new();
/// # futures::executor::block_on(async {
/// let pages = manager.counter().total(3).desc("Pages").add();
/// let batches: Vec<Vec<&str>> = stream::iter(["a", "b", "c"]).counted(&pages).chunks(2).collect().await;
/// assert_eq!((batches.len(), pages.count()), (2, 3));
/// # });
/// ```
pub trait CountedStream: Stream + Sized {
    /// Counts the items of this stream for a bar or a segment. The total stays the same.
    ///
    /// ```
    /// use footlights::CountedStream;
    /// use futures::{StreamExt, stream};
    ///
    /// # let manager = footlights::Manager::new();
    /// # futures::executor::block_on(async {
    /// let squares = manager.counter().total(4).desc("Squares").add();
    /// let all: Vec<u64> = stream::iter(1..=4).map(|n| n * n).counted(&squares).collect().await;
    /// assert_eq!((all, squares.count()), (vec![1, 4, 9, 16], 4));
    /// # });
    /// ```
    fn counted(self, target: &impl Countable) -> Counted<Self>;
}

impl<S: Stream> CountedStream for S {
    fn counted(self, target: &impl Countable) -> Counted<S> {
        Counted::new(self, Target::of(target))
    }
}

impl Counter {
    /// Wraps a stream and counts its items. The total stays the same. A stream that is not `Unpin` is
    /// pinned first: `std::pin::pin!(stream)`.
    ///
    /// ```
    /// use futures::{StreamExt, stream};
    ///
    /// # let manager = footlights::Manager::new();
    /// # futures::executor::block_on(async {
    /// let pages = manager.counter().total(2).desc("Pages").add();
    /// let mut stream = pages.wrap_stream(stream::iter(["a", "b"]));
    /// while let Some(page) = stream.next().await {
    ///     println!("{page} has come");
    /// }
    /// assert_eq!(pages.count(), 2);
    /// # });
    /// ```
    pub fn wrap_stream<S: Stream>(&self, stream: S) -> Counted<S> {
        stream.counted(self)
    }
}

impl Segment {
    /// Wraps a stream and counts its items for this segment, like [`Counter::wrap_stream`].
    ///
    /// ```
    /// use futures::{StreamExt, stream};
    ///
    /// # let manager = footlights::Manager::new();
    /// # futures::executor::block_on(async {
    /// let pages = manager.counter().total(9).desc("Pages").add();
    /// let cached = pages.segment("cached").color("blue").add();
    /// let found: Vec<&str> = cached.wrap_stream(stream::iter(["a", "b"])).collect().await;
    /// assert_eq!((found.len(), cached.count(), pages.count()), (2, 2, 2));
    /// # });
    /// ```
    pub fn wrap_stream<S: Stream>(&self, stream: S) -> Counted<S> {
        stream.counted(self)
    }
}

impl<S: Stream> Counted<S> {
    /// Takes in what the stream has returned.
    fn note(&mut self, item: &Option<S::Item>) {
        self.yielded += i64::from(item.is_some());
        if self.inner.size_hint().1 == Some(0) {
            self.guard.done_at_drop = self.yielded;
        }
    }
}

impl<S: Stream + Unpin> Stream for Counted<S> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.guard.set(self.yielded);
        let item = ready!(Pin::new(&mut self.inner).poll_next(cx));
        self.note(&item);
        Poll::Ready(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.size_hint()
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Counted<R> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut [u8]) -> Poll<io::Result<usize>> {
        let n = ready!(Pin::new(&mut self.inner).poll_read(cx, buf))?;
        self.count_bytes(n);
        Poll::Ready(Ok(n))
    }

    fn poll_read_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
    ) -> Poll<io::Result<usize>> {
        let n = ready!(Pin::new(&mut self.inner).poll_read_vectored(cx, bufs))?;
        self.count_bytes(n);
        Poll::Ready(Ok(n))
    }
}

impl<R: AsyncBufRead + Unpin> AsyncBufRead for Counted<R> {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        Pin::new(&mut self.get_mut().inner).poll_fill_buf(cx)
    }

    fn consume(mut self: Pin<&mut Self>, n: usize) {
        Pin::new(&mut self.inner).consume(n);
        self.count_bytes(n);
    }
}

impl<W: AsyncWrite + Unpin> AsyncWrite for Counted<W> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let n = ready!(Pin::new(&mut self.inner).poll_write(cx, buf))?;
        self.count_bytes(n);
        Poll::Ready(Ok(n))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let n = ready!(Pin::new(&mut self.inner).poll_write_vectored(cx, bufs))?;
        self.count_bytes(n);
        Poll::Ready(Ok(n))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_close(cx)
    }
}

/// The position before a seek cannot be asked for without a future of its own. It is taken to be
/// what was counted: a seek sets the count of this wrapper to the position.
impl<S: AsyncSeek + Unpin> AsyncSeek for Counted<S> {
    fn poll_seek(mut self: Pin<&mut Self>, cx: &mut Context<'_>, to: SeekFrom) -> Poll<io::Result<u64>> {
        let position = ready!(Pin::new(&mut self.inner).poll_seek(cx, to))?;
        self.set_position(position);
        Poll::Ready(Ok(position))
    }
}
