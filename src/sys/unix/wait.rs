//! Waiting for descriptors: one wait for several of them, until a deadline.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::time::{Duration, Instant};

use super::fd::{check, retry, write};

/// How long to sleep instead of a wait that is not possible.
const RETRY: Duration = Duration::from_millis(10);

/// A descriptor and what to wait for on it; `None` leaves it out of this wait.
pub(crate) type PollSource<'a> = Option<(BorrowedFd<'a>, libc::c_short)>;

/// Ready when there is something to read, or when no writer is left.
pub(crate) fn readable(source: &impl AsFd) -> PollSource<'_> {
    Some((source.as_fd(), libc::POLLIN))
}

/// Ready when bytes are accepted again, or when no reader is left.
pub(crate) fn writable(source: &impl AsFd) -> PollSource<'_> {
    Some((source.as_fd(), libc::POLLOUT))
}

/// Waits until one of `sources` is ready or the deadline has passed, and returns which are ready.
/// May return early with none of them.
pub(crate) fn wait<const N: usize>(sources: [PollSource<'_>; N], deadline: Option<Instant>) -> [bool; N] {
    let mut polled = sources.map(|source| {
        // poll ignores negative numbers.
        let (fd, events) = source.map_or((-1, 0), |(fd, events)| (fd.as_raw_fd(), events));
        libc::pollfd { fd, events, revents: 0 }
    });
    let timeout = deadline.map_or(-1, |deadline| millis(deadline.saturating_duration_since(Instant::now())));
    // SAFETY: `polled` is an array of N records, and the descriptors in it are borrowed for the
    // whole call.
    let ready = unsafe { libc::poll(polled.as_mut_ptr(), N as libc::nfds_t, timeout) };
    if ready < 0 {
        let interrupted = io::Error::last_os_error().kind() == io::ErrorKind::Interrupted;
        if !interrupted {
            // `poll` itself failed (descriptor limit, no memory). No source blocks when it is read
            // or written, so report all of them as ready, after a short sleep.
            std::thread::sleep(RETRY);
        }
        return polled.map(|record| !interrupted && record.fd >= 0);
    }
    // A source that cannot be waited for: macOS says so of /dev/tty (its manual of poll, BUGS). It is
    // reported as ready, but not all the time: meanwhile the others are waited for.
    let is_refused = |record: &libc::pollfd| {
        record.revents & record.events == 0 && record.revents & (libc::POLLNVAL | libc::POLLERR) != 0
    };
    let is_ready = |record: &libc::pollfd| record.revents != 0;
    if polled.iter().any(is_refused) && polled.iter().filter(|record| is_ready(record)).all(is_refused) {
        let pause = deadline.map_or(RETRY, |deadline| RETRY.min(deadline.saturating_duration_since(Instant::now())));
        let mut others = polled.map(|record| match is_refused(&record) {
            true => libc::pollfd { fd: -1, ..record },
            false => record,
        });
        // SAFETY: as above.
        unsafe { libc::poll(others.as_mut_ptr(), N as libc::nfds_t, millis(pause)) };
        for (record, other) in polled.iter_mut().zip(others).filter(|(_, other)| other.fd >= 0) {
            *record = other;
        }
    }
    polled.map(|record| is_ready(&record))
}

/// Writes all of `bytes` and waits as long as that takes, even if another process has made the
/// shared open file non-blocking.
pub(super) fn write_all(fd: BorrowedFd<'_>, mut bytes: &[u8]) -> io::Result<()> {
    let mut refusals = 0;
    while !bytes.is_empty() {
        match write(fd, bytes) {
            Ok(n) => (bytes, refusals) = (bytes.get(n..).unwrap_or_default(), 0),
            Err(err) if err.kind() == io::ErrorKind::WouldBlock => {
                wait([writable(&fd)], None);
                // A second time: it was said to be ready, and is not.
                refusals += 1;
                if refusals > 1 {
                    std::thread::sleep(RETRY);
                }
            }
            Err(err) => return Err(err),
        }
    }
    Ok(())
}

/// Whether a descriptor has no writer left and nothing left to read. Does not wait.
pub(super) fn has_ended(fd: BorrowedFd<'_>) -> bool {
    let state = state(fd);
    state & libc::POLLHUP != 0 && state & libc::POLLIN == 0
}

/// Whether more may be written to what can be read from a descriptor. Does not wait.
pub(super) fn has_writer(fd: BorrowedFd<'_>) -> bool {
    state(fd) & libc::POLLHUP == 0
}

/// What `poll` says of the reading end of a pty or a pipe.
fn state(fd: BorrowedFd<'_>) -> libc::c_short {
    let mut record = libc::pollfd { fd: fd.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    // SAFETY: one record is given, and the descriptor in it is borrowed for the whole call.
    let ready = retry(|| check(unsafe { libc::poll(&raw mut record, 1, 0) }));
    if ready.is_ok() { record.revents } else { 0 }
}

/// Whole milliseconds, rounded up: a wait that ends too early would be followed by a second one.
fn millis(time: Duration) -> libc::c_int {
    let millis = time.as_secs().saturating_mul(1000).saturating_add(time.subsec_nanos().div_ceil(1_000_000).into());
    libc::c_int::try_from(millis).unwrap_or(libc::c_int::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::fd::{read, set_nonblocking};
    use super::*;
    use std::os::unix::net::UnixStream;

    #[test]
    fn only_what_is_ready_is_reported() {
        let (one, other) = UnixStream::pair().expect("a pair");
        let past = Some(Instant::now());
        assert_eq!(wait([readable(&one), writable(&one), None], past), [false, true, false]);
        write_all(other.as_fd(), b"x").expect("a byte");
        assert_eq!(wait([readable(&one), None, None], None), [true, false, false]);
    }

    #[test]
    fn everything_is_written_where_writes_do_not_wait() {
        let (one, other) = UnixStream::pair().expect("a pair");
        set_nonblocking(one.as_fd(), true).expect("a flag");
        let bytes = vec![b'x'; 1 << 20];
        let reader = std::thread::spawn(move || {
            let (mut buf, mut total) = ([0; 4096], 0);
            while let Ok(n @ 1..) = read(other.as_fd(), &mut buf) {
                total += n;
            }
            total
        });
        write_all(one.as_fd(), &bytes).expect("all bytes");
        drop(one);
        assert_eq!(reader.join().expect("a count"), bytes.len());
    }

    #[test]
    fn milliseconds_are_rounded_up() {
        assert_eq!(millis(Duration::ZERO), 0);
        assert_eq!(millis(Duration::from_nanos(1)), 1);
        assert_eq!(millis(Duration::from_millis(1500)), 1500);
        assert_eq!(millis(Duration::MAX), libc::c_int::MAX);
    }
}
