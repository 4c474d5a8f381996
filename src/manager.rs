//! The owner of the terminal while bars are shown.

use std::fmt;
use std::sync::Arc;

use crate::lease::Lease;
use crate::manager_builder::ManagerBuilder;
use crate::output::Display;
use crate::style::{CounterStyle, StatusStyle};
use crate::sys::Stream;

/// Owns the last rows of the terminal. Bars that are added to it stand there, and all output
/// scrolls above them.
///
/// A manager is cheap to clone, and all clones are the same manager. When the last clone, the last
/// handle of its bars and the last of its builders are dropped, or when [`stop`](Self::stop) is
/// called, all output and the last state of the bars are written, and the terminal is restored.
///
/// Several managers in one process share the region: the bars of all of them stand in one order, by
/// age.
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
/// disabled: nothing is redirected and nothing is shown. All calls on it and on its bars still
/// work, silently and at no cost but that of counting.
#[derive(Clone)]
#[must_use = "the terminal is restored when the last handle is dropped"]
pub struct Manager {
    lease: Arc<Lease>,
    counter_style: Arc<CounterStyle>,
    status_style: Arc<StatusStyle>,
    /// The stream for text of the program's own.
    stream: Stream,
}

#[expect(clippy::new_without_default, reason = "a derived `Default` of a user's type must not take the terminal")]
impl Manager {
    /// Takes the terminal behind stderr or, if that is none, stdout, with all settings at their
    /// defaults. Never fails: without a terminal the manager is disabled.
    ///
    /// Starts a thread and opens a pseudo-terminal, once per process; this takes less than a
    /// millisecond.
    pub fn new() -> Manager {
        Manager::builder().build()
    }

    /// Returns a builder for other settings than the defaults.
    pub const fn builder() -> ManagerBuilder {
        ManagerBuilder::new()
    }

    /// Returns true while bars are shown.
    pub fn is_enabled(&self) -> bool {
        self.lease.display().is_some()
    }

    /// Writes all output and the last state of the bars, and restores the terminal. From then on
    /// the manager is disabled. Dropping the last clone does the same.
    ///
    /// Blocks until the terminal has taken everything, as printing would. Output of children that
    /// are still running is passed on, below the bars, as long as this process lives.
    pub fn stop(&self) {
        self.lease.end();
    }

    /// Calls `f` without bars: they are erased, and stdout and stderr are the terminal itself. For
    /// code that needs the terminal to itself without using the alternate screen: a line editor, a
    /// menu, raw mode.
    ///
    /// Ordinary prompts do not need this. Output of other threads goes to the terminal as well
    /// meanwhile. Bars still count, and they come back afterwards, also after a panic in `f`.
    /// Without a terminal `f` is just called.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let answer = manager.suspend(|| "the answer to a question");
    /// # let _ = answer;
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

    /// The stream that the bars are on. Without bars, the one that they would be on.
    pub(crate) fn stream(&self) -> Stream {
        self.stream
    }
}

impl ManagerBuilder {
    /// Takes the terminal. Never fails: where that is not possible, the manager is disabled.
    pub fn build(self) -> Manager {
        let understands = std::env::var_os("TERM").is_some_and(|term| !term.is_empty() && term != "dumb");
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
