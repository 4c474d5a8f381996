//! The one screen of the process. There is one terminal to a process, so managers share it.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;

use super::exit::{self, OnExit};
use super::screen::{Screen, Setup};
use crate::bars::ManagerId;
use crate::sys::{self, Stream, Tty};

/// How long an exiting thread waits for the lock while another thread starts or stops the screen,
/// and for output to be written.
const EXIT_TIMEOUT: Duration = Duration::from_secs(1);

/// The screen in use, and by how many managers.
static CURRENT: Mutex<Option<(Arc<Screen>, usize)>> = Mutex::new(None);

/// Returns the screen in use if one of `streams` leads to it, else starts a new one on the first of
/// them that is a terminal; and the stream. Every screen that is acquired must be released.
pub(crate) fn acquire(streams: &[Stream], setup: Setup) -> Option<(Arc<Screen>, Stream)> {
    let mut current = CURRENT.lock();
    if let Some((screen, managers)) = current.as_mut().filter(|(screen, _)| screen.is_alive()) {
        // A stream that is redirected to us is the terminal, whatever it looks like. Another
        // terminal is not shared.
        let stream = streams.iter().find(|stream| screen.is_behind(**stream))?;
        *managers += 1;
        return Some((screen.clone(), *stream));
    }
    exit::install(OnExit { give_back, sync });
    // A stream may still lead to the interceptor of a screen before this one.
    sys::reclaim_streams();
    let (tty, stream) = streams.iter().find_map(|stream| Some((Tty::open(*stream)?, *stream)))?;
    let screen = Arc::new(Screen::start(tty, setup).ok()?);
    *current = Some((screen.clone(), 1));
    Some((screen, stream))
}

/// Ends one manager's use of the screen. With the last one, the terminal is given back: everything
/// printed is on it when this returns.
pub(crate) fn release(screen: &Arc<Screen>, manager: ManagerId) {
    let mut current = CURRENT.lock();
    match current.as_mut().filter(|(current, _)| Arc::ptr_eq(current, screen)) {
        Some((_, managers)) if *managers > 1 => {
            *managers -= 1;
            drop(current);
            screen.remove_manager(manager);
        }
        Some(_) => {
            // Under the lock: a manager that is made meanwhile waits until the terminal is free.
            screen.stop();
            *current = None;
        }
        None => {} // the screen has been stopped already, at exit or in a panic
    }
}

fn give_back() {
    let Some(mut current) = CURRENT.try_lock_for(EXIT_TIMEOUT) else { return };
    if let Some((screen, _)) = current.take() {
        // Not std's stdout: at exit it has been flushed, and a panic may have it locked.
        sys::flush_c_stdout();
        screen.stop();
    }
    sys::reclaim_streams_at_exit();
}

fn sync() {
    let Some(current) = CURRENT.try_lock_for(EXIT_TIMEOUT) else { return };
    let screen = current.as_ref().map(|(screen, _)| screen.clone());
    drop(current);
    if let Some(screen) = screen {
        screen.sync_within(EXIT_TIMEOUT);
    }
}
