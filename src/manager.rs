//! The owner of the terminal while bars are shown.

use std::fmt;
use std::sync::Arc;

use crate::lease::Lease;
use crate::manager_builder::ManagerBuilder;
use crate::output::{Display, Output};
use crate::sys::Stream;

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
/// In a log file, in CI or on a terminal without escape sequences, bars are shown as lines of text
/// now and then, and no stream is redirected: [`Output`] has the whole table. If nothing can show
/// bars, a manager is disabled. All calls on it and on its bars still work, and cost no more than
/// counting.
#[derive(Clone)]
#[must_use = "the terminal is restored when the last handle is dropped"]
pub struct Manager {
    lease: Arc<Lease>,
    /// The stream of [`Manager::writer`].
    stream: Stream,
}

#[expect(clippy::new_without_default, reason = "a derived `Default` of a user's type must not take the terminal")]
impl Manager {
    /// Takes the terminal of stderr or, if stderr is none, of stdout, with all settings at their
    /// defaults; without a terminal, writes lines where that is kind (see [`Output`]). Never fails.
    ///
    /// The first manager starts a thread and opens a pseudo-terminal, which takes less than a
    /// millisecond.
    ///
    /// ```
    /// use footlights::Manager;
    ///
    /// let manager = Manager::new();
    /// manager.counter().total(9).desc("Files").add().finish();
    /// ```
    pub fn new() -> Manager {
        Manager::builder().build()
    }

    /// Returns a builder, to change settings before the manager takes the terminal.
    ///
    /// ```
    /// use footlights::{Anchor, Manager};
    ///
    /// let manager = Manager::builder().anchor(Anchor::Inline).frame_rate(10).build();
    /// ```
    pub const fn builder() -> ManagerBuilder {
        ManagerBuilder::new()
    }

    /// Returns true if an output shows the bars, until the manager stops. See [`ManagerBuilder::enabled`].
    ///
    /// ```
    /// # use footlights::{Manager, Output};
    /// let manager = Manager::builder().output(Output::None).build();
    /// if !manager.is_enabled() {
    ///     println!("working ..."); // nothing else is shown
    /// }
    /// # assert!(!manager.is_enabled());
    /// ```
    pub fn is_enabled(&self) -> bool {
        self.lease.display().is_some()
    }

    /// Returns the output that shows the bars: never [`Output::Auto`], and [`Output::None`] if
    /// nothing shows them or the manager has stopped.
    ///
    /// ```
    /// use footlights::{Manager, Output};
    ///
    /// let manager = Manager::builder().output(Output::None).build();
    /// assert_eq!(manager.output(), Output::None);
    /// ```
    pub fn output(&self) -> Output {
        self.lease.display().map_or(Output::None, Display::output)
    }

    /// Stops the manager: writes all output and the last state of the bars, and restores the
    /// terminal. The manager is disabled from then on. Dropping the last handle does the same.
    ///
    /// Blocks until the terminal has taken everything, as printing would. Output of children that
    /// are still running is shown below the bars, as long as this process lives.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(9).desc("Files").add();
    /// bar.inc(9);
    /// manager.stop();
    /// println!("9 files copied"); // below the bar
    /// ```
    pub fn stop(&self) {
        self.lease.end();
    }

    /// Calls `f` while the bars are removed, and while stdout and stderr are the terminal itself.
    /// For code that needs the terminal to itself without using the alternate screen: a line
    /// editor, a menu, raw mode. Ordinary prompts do not need this.
    ///
    /// Other threads are not stopped: their output goes to the terminal, and bars still count. The
    /// bars return afterwards, also after a panic in `f`. An output of lines writes none meanwhile.
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

    /// The stream of the bars. Without a terminal, the stream on which they would be.
    pub(crate) fn stream(&self) -> Stream {
        self.stream
    }
}

impl ManagerBuilder {
    /// Opens the output: takes the terminal, or starts to write lines. Never fails: if nothing can
    /// show bars, the manager is disabled.
    ///
    /// ```
    /// use footlights::{Manager, Output};
    ///
    /// let manager = Manager::builder().output(Output::None).build(); // as with `--quiet`
    /// let bar = manager.counter().total(9).add();
    /// bar.inc(1); // counts, and nothing is shown
    /// assert_eq!((bar.count(), manager.is_enabled()), (1, false));
    /// ```
    pub fn build(self) -> Manager {
        let (settings, on_stop, finished) = (self.settings(), self.on_stop, self.finished_bars);
        Manager::of(Lease::take(settings, on_stop, finished, self.defaults()))
    }
}

impl Manager {
    /// The manager that holds the lease.
    pub(crate) fn of(lease: Lease) -> Manager {
        let stream = lease.stream().unwrap_or(Stream::Stderr);
        Manager { lease: Arc::new(lease), stream }
    }
}

impl fmt::Debug for Manager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manager").field("enabled", &self.is_enabled()).finish_non_exhaustive()
    }
}
