//! The owner of the terminal while bars are shown.

use std::fmt;
use std::sync::Arc;

use crate::lease::Lease;
use crate::manager_builder::ManagerBuilder;
use crate::output::Display;
use crate::style::{CounterStyle, StatusStyle};
use crate::sys::{self, Stream};

/// Owns the last rows of the terminal. They show its bars, and all output scrolls above them.
///
/// A manager is a handle: cheap to clone, and all clones are the same manager. The manager stops
/// when [`stop`](Self::stop) is called, or when all its clones, the handles of its bars and its
/// builders are dropped. Then all output and the last state of the bars are written, and the
/// terminal is restored.
///
/// Several managers in one process share the region. Their bars stand in one order, by age.
///
/// ```
/// use footlights::Manager;
///
/// let manager = Manager::new();
/// let files = manager.counter().total(3).desc("Files").unit("files").add();
/// for name in ["a", "b", "c"] {
///     println!("looking at {name}"); // appears above the bar
///     files.inc(1);
/// }
/// ```
///
/// # Without a terminal
///
/// If neither stderr nor stdout is a terminal, or `TERM` is `dumb` or not set, a manager is
/// disabled: no stream is redirected, and no bars are shown. All calls on it and on its bars still
/// work, and cost no more than counting.
#[derive(Clone)]
#[must_use = "the terminal is restored when the last handle is dropped"]
pub struct Manager {
    lease: Arc<Lease>,
    counter_style: Arc<CounterStyle>,
    status_style: Arc<StatusStyle>,
    /// The stream of [`Manager::writer`].
    stream: Stream,
}

#[expect(clippy::new_without_default, reason = "a derived `Default` of a user's type must not take the terminal")]
impl Manager {
    /// Takes the terminal of stderr or, if stderr is none, of stdout, with all settings at their
    /// defaults. Never fails: without a terminal the manager is disabled.
    ///
    /// The first manager starts a thread and opens a pseudo-terminal, which takes less than a
    /// millisecond.
    pub fn new() -> Manager {
        Manager::builder().build()
    }

    /// Returns a builder, to change settings before the manager takes the terminal.
    pub const fn builder() -> ManagerBuilder {
        ManagerBuilder::new()
    }

    /// Returns true if there is a terminal to show bars on, until the manager stops.
    pub fn is_enabled(&self) -> bool {
        self.lease.display().is_some()
    }

    /// Stops the manager: writes all output and the last state of the bars, and restores the
    /// terminal. The manager is disabled from then on. Dropping the last handle does the same.
    ///
    /// Blocks until the terminal has taken everything, as printing would. Output of children that
    /// are still running is shown below the bars, as long as this process lives.
    pub fn stop(&self) {
        self.lease.end();
    }

    /// Calls `f` while the bars are removed, and while stdout and stderr are the terminal itself.
    /// For code that needs the terminal to itself without using the alternate screen: a line
    /// editor, a menu, raw mode. Ordinary prompts do not need this.
    ///
    /// Other threads are not stopped: their output goes to the terminal, and bars still count. The
    /// bars return afterwards, also after a panic in `f`. Without a terminal, `f` is just called.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// manager.suspend(|| println!("the bars are not here now"));
    /// ```
    pub fn suspend<T>(&self, f: impl FnOnce() -> T) -> T {
        let _suspension = self.lease.display().map(Display::suspend);
        f()
    }

    pub(crate) fn lease(&self) -> &Arc<Lease> {
        &self.lease
    }

    /// The style of new counters.
    pub(crate) fn counter_style(&self) -> &CounterStyle {
        &self.counter_style
    }

    /// The style of new status bars.
    pub(crate) fn status_style(&self) -> &StatusStyle {
        &self.status_style
    }

    /// The stream of the bars. Without a terminal, the stream on which they would be.
    pub(crate) fn stream(&self) -> Stream {
        self.stream
    }
}

impl ManagerBuilder {
    /// Takes the terminal. Never fails: without a terminal the manager is disabled.
    pub fn build(self) -> Manager {
        let understands = sys::term().is_some_and(|term| term != "dumb");
        let streams = self.streams();
        let lease = Lease::take(if understands { streams } else { &[] }, self.setup(), self.on_stop);
        let stream = lease.stream().or(streams.first().copied()).unwrap_or(Stream::Stderr);
        let (counter_style, status_style) = self.styles();
        Manager {
            lease: Arc::new(lease),
            counter_style: Arc::new(counter_style),
            status_style: Arc::new(status_style),
            stream,
        }
    }
}

impl fmt::Debug for Manager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manager").field("enabled", &self.is_enabled()).finish_non_exhaustive()
    }
}
