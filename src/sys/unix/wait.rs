//! One wait for everything.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::time::{Duration, Instant};

/// Something to wait for; `None` where it is not waited for this time.
pub(crate) type Source<'a> = Option<(BorrowedFd<'a>, libc::c_short)>;

/// Waits until `source` has something to read, or nobody is left to write it.
pub(crate) fn readable(source: &impl AsFd) -> Source<'_> {
    Some((source.as_fd(), libc::POLLIN))
}

/// Waits until `source` takes bytes again, or nobody is left to take them.
pub(crate) fn writable(source: &impl AsFd) -> Source<'_> {
    Some((source.as_fd(), libc::POLLOUT))
}

/// Waits until one of `sources` is ready or the deadline has come, and says which are. May return early with none of them.
pub(crate) fn wait<const N: usize>(sources: [Source<'_>; N], deadline: Option<Instant>) -> [bool; N] {
    let mut polled = sources.map(|source| {
        // poll ignores negative numbers.
        let (fd, events) = source.map_or((-1, 0), |(fd, events)| (fd.as_raw_fd(), events));
        libc::pollfd { fd, events, revents: 0 }
    });
    let timeout = deadline.map_or(-1, |deadline| millis(deadline.saturating_duration_since(Instant::now())));
    // SAFETY: `polled` is an array of N records, and the descriptors in it are borrowed for the whole call.
    let ready = unsafe { libc::poll(polled.as_mut_ptr(), N as libc::nfds_t, timeout) };
    if ready < 0 {
        let interrupted = io::Error::last_os_error().kind() == io::ErrorKind::Interrupted;
        if !interrupted {
            // Not even waiting is allowed (a limit on descriptors, no memory). None of them ever blocks: to try is all right,
            // only not all the time.
            std::thread::sleep(Duration::from_millis(10));
        }
        return polled.map(|record| !interrupted && record.fd >= 0);
    }
    polled.map(|record| record.revents != 0)
}

/// Whole milliseconds, rounded up: waking early would mean waking twice.
fn millis(time: Duration) -> libc::c_int {
    let millis = time.as_secs().saturating_mul(1000).saturating_add(time.subsec_nanos().div_ceil(1_000_000).into());
    libc::c_int::try_from(millis).unwrap_or(libc::c_int::MAX)
}
