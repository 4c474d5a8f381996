//! One manager's hold on a display.

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use crate::bars::{FinishedBars, ManagerId, OnStop, Scope};
use crate::output::{Display, Settings, fields};
use crate::style::{CounterStyle, StatusStyle};
use crate::sys::{Instant, Stream};

/// A manager's hold on a display, shared by its handles and builders. Ended by `Manager::stop`, or
/// when it is dropped.
pub(crate) struct Lease {
    display: Option<Display>,
    /// The stream of the bars, or the one on which they would be.
    stream: Option<Stream>,
    manager: ManagerId,
    ended: AtomicBool,
    defaults: Defaults,
}

/// The settings of a manager that new bars begin with.
#[derive(Debug)]
pub(crate) struct Defaults {
    pub(crate) counter_style: CounterStyle,
    pub(crate) status_style: StatusStyle,
    /// How long new bars are not shown.
    pub(crate) delay: Duration,
}

impl Lease {
    /// Opens an output. If none can show bars, there is no display.
    pub(crate) fn take(settings: Settings, on_stop: OnStop, finished: FinishedBars, defaults: Defaults) -> Lease {
        let (display, stream) = Display::open(settings);
        Lease::new(display, stream, on_stop, finished, defaults)
    }

    /// Takes a display, or none.
    pub(crate) fn new(
        display: Option<Display>,
        stream: Option<Stream>,
        on_stop: OnStop,
        finished: FinishedBars,
        defaults: Defaults,
    ) -> Lease {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let manager = ManagerId(NEXT.fetch_add(1, Relaxed));
        if let Some(display) = &display {
            display.roster().lock().add_manager(manager, on_stop, finished);
        }
        Lease { stream, display, manager, ended: AtomicBool::new(false), defaults }
    }

    /// The display, until the lease ends.
    pub(crate) fn display(&self) -> Option<&Display> {
        self.display.as_ref().filter(|_| !self.ended.load(Relaxed))
    }

    /// The stream of the bars, also after the lease has ended.
    pub(crate) fn stream(&self) -> Option<Stream> {
        self.stream
    }

    pub(crate) fn defaults(&self) -> &Defaults {
        &self.defaults
    }

    /// The time, on the clock of the display. Without a display, the system's.
    pub(crate) fn now(&self) -> Instant {
        self.display.as_ref().map_or_else(Instant::now, Display::now)
    }

    /// The terminal in memory, also after the lease has ended.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn in_memory(&self) -> Option<&std::sync::Arc<crate::output::InMemoryTerminal>> {
        match &self.display {
            Some(Display::InMemory(terminal)) => Some(terminal),
            _ => None,
        }
    }

    /// The manager that holds the lease.
    pub(crate) fn manager(&self) -> ManagerId {
        self.manager
    }

    /// Writes all earlier output and gives the display back. A second call does nothing.
    pub(crate) fn end(&self) {
        let Some(display) = &self.display else { return };
        if !self.ended.swap(true, Relaxed) {
            let computed = display.roster().lock().with_computed(Scope::Manager(self.manager));
            fields::refresh(&computed, self.now());
            display.release(self.manager);
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.end();
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("enabled", &self.display().is_some()).finish_non_exhaustive()
    }
}

// A panic leaves nothing half done here: the locks of the display are released by it, and none is
// held while user code runs.
impl UnwindSafe for Lease {}
impl RefUnwindSafe for Lease {}
