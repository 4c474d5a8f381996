//! Waiting for handles: one wait for several of them, until a deadline.

use std::os::windows::io::{AsHandle, AsRawHandle, BorrowedHandle};
use std::time::{Duration, Instant};

use windows_sys::Win32::Foundation::{WAIT_FAILED, WAIT_OBJECT_0};
use windows_sys::Win32::System::Threading::{WaitForMultipleObjects, WaitForSingleObject};

use super::tty::Tty;

/// A handle to wait for; `None` leaves it out of this wait.
pub(crate) type PollSource<'a> = Option<BorrowedHandle<'a>>;

/// Ready when there is something to read, or when no writer is left.
pub(crate) fn readable(source: &impl AsHandle) -> PollSource<'_> {
    Some(source.as_handle())
}

/// Never ready: a console takes everything, or makes its writer wait.
pub(crate) fn writable(_: &Tty) -> PollSource<'_> {
    None
}

/// Waits until one of `sources` is ready or the deadline has passed, and returns which are ready.
/// May return early with none of them.
pub(crate) fn wait<const N: usize>(sources: [PollSource<'_>; N], deadline: Option<Instant>) -> [bool; N] {
    let timeout = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
    let mut handles = [std::ptr::null_mut(); N];
    let mut count = 0;
    for (place, source) in handles.iter_mut().zip(sources.iter().flatten()) {
        *place = source.as_raw_handle();
        count += 1;
    }
    if count == 0 {
        std::thread::sleep(timeout.unwrap_or(Duration::from_millis(10)));
        return [false; N];
    }
    // SAFETY: the first `count` of `handles` are set, and borrowed for the whole call.
    let ended = unsafe { WaitForMultipleObjects(count, handles.as_ptr(), 0, timeout.map_or(u32::MAX, millis)) };
    if ended == WAIT_FAILED {
        // No source blocks when it is read, so report all of them as ready, after a short sleep.
        std::thread::sleep(Duration::from_millis(10));
        return sources.map(|source| source.is_some());
    }
    sources.map(|source| source.is_some_and(is_ready))
}

fn is_ready(handle: BorrowedHandle<'_>) -> bool {
    // SAFETY: the handle is borrowed for the whole call.
    unsafe { WaitForSingleObject(handle.as_raw_handle(), 0) == WAIT_OBJECT_0 }
}

/// Whole milliseconds, rounded up: a wait that ends too early would be followed by a second one.
fn millis(time: Duration) -> u32 {
    let millis = time.as_secs().saturating_mul(1000).saturating_add(time.subsec_nanos().div_ceil(1_000_000).into());
    // The largest number means that there is no deadline.
    u32::try_from(millis).unwrap_or(u32::MAX).min(u32::MAX - 1)
}

#[cfg(test)]
mod tests {
    use super::super::event::Event;
    use super::*;

    #[test]
    fn only_what_is_ready_is_reported() {
        let [one, other] = [Event::new(), Event::new()].map(|event| event.expect("an event"));
        let past = Some(Instant::now());
        assert_eq!(wait([readable(&one), None, readable(&other)], past), [false, false, false]);
        other.set();
        assert_eq!(wait([readable(&one), None, readable(&other)], None), [false, false, true]);
        one.set();
        assert_eq!(wait([readable(&one), None, readable(&other)], None), [true, false, true]);
    }

    #[test]
    fn milliseconds_are_rounded_up() {
        assert_eq!(millis(Duration::ZERO), 0);
        assert_eq!(millis(Duration::from_nanos(1)), 1);
        assert_eq!(millis(Duration::MAX), u32::MAX - 1);
    }
}
