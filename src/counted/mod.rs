//! Wrappers that count what goes through them: iterators, readers and writers.

mod bytes;
#[cfg(feature = "futures")]
mod futures;
mod iter;
#[cfg(feature = "rayon")]
mod rayon;
#[cfg(feature = "tokio")]
mod tokio;
mod wrapper;

pub use bytes::CountedBytes;
#[cfg(feature = "futures")]
pub use futures::CountedStream;
pub use iter::CountedIterator;
#[cfg(feature = "rayon")]
pub use rayon::CountedParallelIterator;
pub use wrapper::Counted;
