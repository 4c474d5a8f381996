//! The sessions of the process, one for each destination that lines are written to.

use std::sync::{Arc, Once};
use std::time::Duration;

use parking_lot::Mutex;

use super::destination::Destination;
use super::reporter::Reporter;
use super::session::Session;
use crate::bars::ManagerId;
use crate::output::exit::{self, OnExit};

/// How long an exiting thread waits for the lock while another thread starts or stops a session.
const EXIT_TIMEOUT: Duration = Duration::from_secs(1);

/// The sessions in use.
static CURRENT: Mutex<Vec<Current>> = Mutex::new(Vec::new());

static EXIT_HOOKS: Once = Once::new();

struct Current {
    destination: Destination,
    session: Arc<Session>,
    /// How many managers use it.
    managers: usize,
}

/// Returns the session that writes to `destination`, or starts one with the reporter that `new`
/// makes. Every session that is acquired must be released.
pub(crate) fn acquire(destination: Destination, new: impl FnOnce() -> Box<dyn Reporter>) -> Option<Arc<Session>> {
    let mut current = CURRENT.lock();
    current.retain(|current| current.session.is_alive());
    if let Some(current) = current.iter_mut().find(|current| current.destination == destination) {
        current.managers += 1;
        return Some(current.session.clone());
    }
    exit::install(OnExit { give_back, sync: || {} }, &EXIT_HOOKS);
    let session = Arc::new(Session::start(destination.clone(), new()).ok()?);
    current.push(Current { destination, session: session.clone(), managers: 1 });
    Some(session)
}

/// Ends one manager's use of a session: the last lines of its bars are written when this returns,
/// if the reader takes them.
pub(crate) fn release(session: &Arc<Session>, manager: ManagerId) {
    let mut current = CURRENT.lock();
    let Some(at) = current.iter().position(|current| Arc::ptr_eq(&current.session, session)) else {
        return; // it has ended already, at exit
    };
    match current.get_mut(at) {
        Some(other) if other.managers > 1 => {
            other.managers -= 1;
            drop(current);
            session.remove_manager(manager);
        }
        _ => {
            current.swap_remove(at);
            drop(current);
            session.stop();
        }
    }
}

/// The process exits: the last lines of all bars are written.
fn give_back() {
    let Some(mut current) = CURRENT.try_lock_for(EXIT_TIMEOUT) else { return };
    let sessions = std::mem::take(&mut *current);
    drop(current);
    sessions.iter().for_each(|current| current.session.stop());
}
