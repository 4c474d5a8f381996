//! `errno`, which a signal handler must leave as it was.

/// The value of `errno` at the start of a signal handler; restored when dropped, so that the
/// interrupted code does not notice the handler. Async-signal-safe.
pub(super) struct SavedErrno(libc::c_int);

impl SavedErrno {
    pub(super) fn save() -> SavedErrno {
        // SAFETY: the address is that of this thread's errno.
        SavedErrno(unsafe { *errno() })
    }
}

impl Drop for SavedErrno {
    fn drop(&mut self) {
        // SAFETY: as above; a handler runs on one thread from start to end.
        unsafe { *errno() = self.0 };
    }
}

/// The address of this thread's `errno`.
fn errno() -> *mut libc::c_int {
    // SAFETY: returns an address that is valid for as long as the thread runs.
    unsafe {
        #[cfg(any(target_os = "linux", target_os = "emscripten"))]
        return libc::__errno_location();
        #[cfg(any(target_vendor = "apple", target_os = "freebsd"))]
        return libc::__error();
        #[cfg(any(target_os = "android", target_os = "netbsd", target_os = "openbsd"))]
        return libc::__errno();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn a_failed_call_leaves_no_trace() {
        // SAFETY: close takes a number; there is no descriptor -1.
        let fail = || unsafe { libc::close(-1) };
        fail();
        {
            let _saved = SavedErrno::save();
            // SAFETY: as in `save`.
            unsafe { *errno() = libc::EAGAIN };
        }
        assert_eq!(io::Error::last_os_error().raw_os_error(), Some(libc::EBADF));
    }
}
