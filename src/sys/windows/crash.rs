//! Crashes of the process: system exceptions without a handler, such as an access violation or a stack
//! overflow.
//!
//! The thread that has crashed runs the process's filter of unhandled exceptions, while all other
//! threads go on. So the filter notifies the terminal thread, waits until everything is on the
//! console, and passes the exception on. The wait is short, because the crashed thread may hold a
//! lock that the terminal thread needs. `abort` raises no exception: it ends the process at once.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use windows_sys::Win32::System::Diagnostics::Debug::{
    EXCEPTION_POINTERS, LPTOP_LEVEL_EXCEPTION_FILTER, SetUnhandledExceptionFilter,
};

/// How long a crashed thread waits for the terminal thread.
const CRASH_TIMEOUT: Duration = Duration::from_millis(500);

/// `EXCEPTION_CONTINUE_SEARCH`: the system ends the process.
const CONTINUE_SEARCH: i32 = 0;

/// What runs at a crash.
static ON_CRASH: OnceLock<fn(Duration)> = OnceLock::new();

/// The filter before ours; 0 if there was none. Kept when ours is removed: other code may have saved
/// ours and may call it later.
static PREVIOUS: AtomicUsize = AtomicUsize::new(0);

/// Our filter. The one before is restored when this is dropped.
#[derive(Debug)]
pub(super) struct CrashHandler(());

impl CrashHandler {
    /// Runs `on_crash` with a timeout when the process is about to end by a crash.
    pub(super) fn install(on_crash: fn(Duration)) -> CrashHandler {
        let _ = ON_CRASH.set(on_crash);
        // SAFETY: the filter is a function, exists until the end, and does not unwind.
        let previous = unsafe { SetUnhandledExceptionFilter(Some(filter)) };
        if address(previous) != address(Some(filter)) {
            PREVIOUS.store(address(previous), Relaxed);
        }
        CrashHandler(())
    }
}

impl Drop for CrashHandler {
    fn drop(&mut self) {
        // SAFETY: the filter in force is put back if it is not ours.
        unsafe {
            let current = SetUnhandledExceptionFilter(previous());
            if address(current) != address(Some(filter)) {
                SetUnhandledExceptionFilter(current);
            }
        }
    }
}

fn address(filter: LPTOP_LEVEL_EXCEPTION_FILTER) -> usize {
    filter.map_or(0, |filter| filter as *const () as usize)
}

fn previous() -> LPTOP_LEVEL_EXCEPTION_FILTER {
    // SAFETY: it is 0, which is `None`, or the address of a filter, which `install` has stored.
    unsafe { std::mem::transmute::<usize, LPTOP_LEVEL_EXCEPTION_FILTER>(PREVIOUS.load(Relaxed)) }
}

unsafe extern "system" fn filter(exception: *const EXCEPTION_POINTERS) -> i32 {
    if let Some(on_crash) = ON_CRASH.get() {
        on_crash(CRASH_TIMEOUT);
    }
    match previous() {
        // SAFETY: it gets what the system has given to us.
        Some(previous) => unsafe { previous(exception) },
        None => CONTINUE_SEARCH,
    }
}
