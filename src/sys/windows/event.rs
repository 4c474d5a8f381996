//! Events: what a thread can wait for.

use std::io;
use std::os::windows::io::{AsHandle, AsRawHandle, BorrowedHandle, FromRawHandle, OwnedHandle};
use std::ptr;
use std::time::Duration;

use windows_sys::Win32::Foundation::WAIT_OBJECT_0;
use windows_sys::Win32::System::Threading::{CreateEventW, ResetEvent, SetEvent, WaitForSingleObject};

use super::handle::check;

/// An event that stays set until it is reset.
#[derive(Debug)]
pub(super) struct Event(OwnedHandle);

impl Event {
    /// An event that is not set, which children do not inherit.
    pub(super) fn new() -> io::Result<Event> {
        // SAFETY: no attributes and no name are given.
        let handle = unsafe { CreateEventW(ptr::null(), 1, 0, ptr::null()) };
        if handle.is_null() {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: CreateEventW has just returned it; nothing else owns it.
        Ok(Event(unsafe { OwnedHandle::from_raw_handle(handle) }))
    }

    /// Ends the wait of all that wait for it, now and until it is reset.
    pub(super) fn set(&self) {
        // SAFETY: the handle is open.
        let _ = check(unsafe { SetEvent(self.0.as_raw_handle()) });
    }

    pub(super) fn reset(&self) {
        // SAFETY: as above.
        let _ = check(unsafe { ResetEvent(self.0.as_raw_handle()) });
    }

    /// Waits until it is set, at most for `timeout`. Returns whether it is.
    pub(super) fn wait(&self, timeout: Duration) -> bool {
        let millis = u32::try_from(timeout.as_millis()).unwrap_or(u32::MAX - 1);
        // SAFETY: as above.
        unsafe { WaitForSingleObject(self.0.as_raw_handle(), millis) == WAIT_OBJECT_0 }
    }
}

impl AsHandle for Event {
    fn as_handle(&self) -> BorrowedHandle<'_> {
        self.0.as_handle()
    }
}
