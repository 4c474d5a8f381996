//! The one who owns the terminal while bars are shown.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::bars::ManagerId;
use crate::counter::CounterBuilder;
use crate::defaults::Defaults;
use crate::options::ManagerBuilder;
use crate::output::{self, Display};
use crate::status_bar::StatusBarBuilder;
use crate::sys::Stream;

/// Owns the foot of the terminal: bars that are added to it stand on the last rows, and whatever is printed scrolls above.
///
/// Cheap to clone; all clones are the same manager, and every handle of a bar holds on to it. When the last of them is dropped, or
/// [`stop`](Manager::stop) is called, everything printed until then and the bars as they are at last are on the terminal, and
/// it is given back.
///
/// Several managers in one process share the region: the bars of all of them stand in one order, by age.
///
/// # Without a terminal
///
/// Where neither stderr nor stdout is a terminal, or `TERM` is `dumb` or not set, a manager is disabled: nothing is intercepted and
/// nothing shown, and all calls on it and on its bars are cheap and silent.
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
#[derive(Clone)]
pub struct Manager {
    tenancy: Arc<Tenancy>,
}

/// One manager's hold on the screen. Let go of by `stop`, or when it is dropped.
pub(crate) struct Tenancy {
    display: Option<Display>,
    owner: ManagerId,
    defaults: Defaults,
    ended: AtomicBool,
}

impl Manager {
    /// Takes the terminal: stderr if it is one, else stdout, with all settings at their defaults. Never fails.
    ///
    /// Costs a thread and a pseudo-terminal, once per process: less than a millisecond.
    pub fn new() -> Manager {
        Manager::builder().start()
    }

    /// Settings other than the defaults.
    pub const fn builder() -> ManagerBuilder {
        ManagerBuilder::new()
    }

    /// A new bar, below all others: say what it is about, then [`add`](CounterBuilder::add) it.
    pub fn counter(&self) -> CounterBuilder<'_> {
        CounterBuilder::new(self)
    }

    /// A new line that says something, below all others: say what, then [`add`](StatusBarBuilder::add) it.
    pub fn status_bar(&self) -> StatusBarBuilder<'_> {
        StatusBarBuilder::new(self)
    }

    /// Whether bars are shown.
    pub fn is_enabled(&self) -> bool {
        self.tenancy.display().is_some()
    }

    /// Brings everything printed and the bars as they are now to the terminal, and gives it back. From here on the manager is
    /// disabled. Dropping the last clone does the same.
    ///
    /// Waits for the terminal as printing would. What children print afterwards is still passed on, below the bars, for as
    /// long as this process lives.
    pub fn stop(&self) {
        self.tenancy.end();
    }

    /// Calls `f` with the terminal as it would be without us: the bars are gone, and stdout and stderr lead to it. For what
    /// wants the terminal for itself and does not use the alternate screen: an editor of one's own, a menu, a raw mode.
    ///
    /// Ordinary prompts need none of this. What other threads print meanwhile goes to the terminal as well. Bars go on counting,
    /// and come back afterwards, also after a panic in `f`.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let answer = manager.suspend(|| "whatever was asked for");
    /// # let _ = answer;
    /// ```
    pub fn suspend<T>(&self, f: impl FnOnce() -> T) -> T {
        let _loan = self.tenancy.display().map(Display::suspend);
        f()
    }

    pub(crate) fn with(options: ManagerBuilder) -> Manager {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let owner = ManagerId(NEXT.fetch_add(1, Ordering::Relaxed));
        let display = Display::terminal(streams(&options), options.setup());
        let defaults = options.defaults.map(|defaults| *defaults).unwrap_or_default();
        Manager { tenancy: Arc::new(Tenancy { display, owner, defaults, ended: AtomicBool::new(false) }) }
    }

    /// What its new bars are like.
    pub(crate) fn defaults(&self) -> &Defaults {
        &self.tenancy.defaults
    }

    pub(crate) fn tenancy(&self) -> &Arc<Tenancy> {
        &self.tenancy
    }
}

/// Where the options allow bars to be drawn, best first.
fn streams(options: &ManagerBuilder) -> &'static [Stream] {
    let understands = std::env::var_os("TERM").is_some_and(|term| !term.is_empty() && term != "dumb");
    match options.stream {
        _ if !options.enabled || !understands => &[],
        None => &[Stream::Stderr, Stream::Stdout],
        Some(Stream::Stdout) => &[Stream::Stdout],
        Some(Stream::Stderr) => &[Stream::Stderr],
    }
}

impl Tenancy {
    /// The screen, while it is held.
    pub(crate) fn display(&self) -> Option<&Display> {
        self.display.as_ref().filter(|_| !self.ended.load(Ordering::Relaxed))
    }

    pub(crate) fn owner(&self) -> ManagerId {
        self.owner
    }

    fn end(&self) {
        let Some(display) = &self.display else { return };
        if !self.ended.swap(true, Ordering::Relaxed) {
            // What is buffered was printed before.
            output::flush();
            display.release(self.owner);
        }
    }
}

impl Drop for Tenancy {
    fn drop(&mut self) {
        self.end();
    }
}

impl Default for Manager {
    fn default() -> Manager {
        Manager::new()
    }
}

impl fmt::Debug for Manager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manager").field("enabled", &self.is_enabled()).finish_non_exhaustive()
    }
}
