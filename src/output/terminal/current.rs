//! The one session of the process. There is one terminal to a process, so managers share it.

use std::sync::{Arc, Once};
use std::time::Duration;

use parking_lot::Mutex;

use super::requests::Ending;
use super::session::Session;
use super::setup::Setup;
use crate::bars::ManagerId;
use crate::output::exit::{self, OnExit};
use crate::sys::{self, Stream, Tty};

/// How long an exiting thread waits for the lock while another thread starts or stops the session,
/// and for output to be written.
const EXIT_TIMEOUT: Duration = Duration::from_secs(1);

/// The session in use, and by how many managers.
static CURRENT: Mutex<Option<(Arc<Session>, usize)>> = Mutex::new(None);

static EXIT_HOOKS: Once = Once::new();

/// Returns the session in use if one of `streams` leads to it, else starts a new one on the first
/// of them that is a terminal; and the stream. Every session that is acquired must be released.
pub(crate) fn acquire(streams: &[Stream], setup: Setup) -> Option<(Arc<Session>, Stream)> {
    let mut current = CURRENT.lock();
    if let Some((session, managers)) = current.as_mut().filter(|(session, _)| session.is_alive()) {
        // A stream that is redirected to us is the terminal, whatever it looks like. Another
        // terminal is not shared.
        let stream = streams.iter().find(|stream| session.is_reached_by(**stream))?;
        *managers += 1;
        return Some((session.clone(), *stream));
    }
    // A stream may still lead to the interceptor of a session before this one.
    sys::reclaim_streams();
    let (tty, stream) = streams.iter().find_map(|stream| Some((Tty::open(*stream)?, *stream)))?;
    exit::install(OnExit { give_back, sync }, &EXIT_HOOKS);
    let session = Arc::new(Session::start(tty, setup).ok()?);
    *current = Some((session.clone(), 1));
    Some((session, stream))
}

/// Whether `stream` leads to the session in use.
pub(crate) fn is_reached_by(stream: Stream) -> bool {
    CURRENT.lock().as_ref().is_some_and(|(session, _)| session.is_alive() && session.is_redirected(stream))
}

/// Ends one manager's use of the session. With the last one, the terminal is given back: everything
/// printed is on it when this returns.
pub(crate) fn release(session: &Arc<Session>, manager: ManagerId) {
    let mut current = CURRENT.lock();
    match current.as_mut().filter(|(current, _)| Arc::ptr_eq(current, session)) {
        Some((_, managers)) if *managers > 1 => {
            *managers -= 1;
            drop(current);
            session.remove_manager(manager);
        }
        Some(_) => {
            // Under the lock: a manager that is made meanwhile waits until the terminal is free.
            session.stop(match std::thread::panicking() {
                true => Ending::Abrupt,
                false => Ending::Orderly,
            });
            *current = None;
        }
        None => {} // the session has been stopped already, at exit or in a panic
    }
}

fn give_back() {
    let Some(mut current) = CURRENT.try_lock_for(EXIT_TIMEOUT) else { return };
    if let Some((session, _)) = current.take() {
        // Not std's stdout: at exit it has been flushed, and a panic may have it locked.
        sys::flush_c_stdout();
        session.stop(match sys::exit_status() {
            Some(0) => Ending::Orderly,
            _ => Ending::Abrupt,
        });
    }
    sys::drain_retired_at_exit();
}

fn sync() {
    let Some(current) = CURRENT.try_lock_for(EXIT_TIMEOUT) else { return };
    let session = current.as_ref().map(|(session, _)| session.clone());
    drop(current);
    if let Some(session) = session {
        session.sync_within(EXIT_TIMEOUT);
    }
}
