//! How a manager takes the terminal.

use std::time::Duration;

use crate::bars::OnStop;
use crate::defaults::Defaults;
use crate::manager::Manager;
use crate::output::Setup;
use crate::paint::color::ColorDepth;
use crate::sys::{Channel, Stream};

/// The settings of a [`Manager`]; made with [`Manager::builder`].
///
/// ```
/// use footlights::{Interception, Manager};
///
/// let manager = Manager::builder().interception(Interception::Pipe).frame_rate(10).start();
/// # drop(manager);
/// ```
///
/// Managers of one process share one terminal, and how it is taken is up to the first of them: the settings of later ones
/// count only for what is theirs ([`enabled`](ManagerBuilder::enabled), [`defaults`](ManagerBuilder::defaults)).
#[derive(Clone, Debug)]
#[must_use = "nothing happens before `start`"]
pub struct ManagerBuilder {
    pub(crate) stream: Option<Stream>,
    pub(crate) enabled: bool,
    interception: Interception,
    signals: SignalHandling,
    frame_rate: u32,
    width: Option<usize>,
    color_depth: Option<ColorDepth>,
    on_stop: OnStop,
    pub(crate) defaults: Option<Box<Defaults>>,
}

/// What happens to what the program, its libraries and its children print while bars are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Interception {
    /// stdout and stderr lead through a pseudo-terminal: everything still sees a terminal there, keeps its colours and its
    /// line buffering, and the order between the two streams is kept.
    #[default]
    Pty,
    /// They lead through a pipe: faster for a flood of lines (by more than half), but `isatty` says no, so programs may drop
    /// their colours, and C's stdio hands on its output only when its buffer is full.
    Pipe,
    /// They are left alone: the terminal is told to scroll only the rows above the bars (a scroll region), so that plain prints
    /// stay above them, at their own speed, and a program that is killed loses nothing of what it printed.
    ///
    /// For those whose descriptors must not be touched, because this has a price. A mode of the terminal is in force while bars are
    /// shown: every way out that can be caught takes it back, but after `kill -9` the terminal is left with it until
    /// `reset`, or until something else sets it. A resize undoes it, and what is printed before we have set it again may overwrite bars, or
    /// leave pieces of them behind. A child that takes the whole screen wants [`Manager::suspend`]. So does a prompt in raw mode.
    Off,
}

/// Who takes care of the terminal when a signal ends the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignalHandling {
    /// SIGINT, SIGTERM, SIGHUP and SIGQUIT, where nobody else handles them, first bring everything printed and the last frame
    /// to the terminal, then end the program as they would have. So do `abort` and crashes, where the program
    /// has no handler of its own for those.
    #[default]
    TidyUp,
    /// Nobody: the program dies as it would without bars. The terminal is sane then as well (but see [`Interception::Off`]), but
    /// what was printed since the last frame (40 ms at the usual rate) may be missing, and the bars stay where they are, below the
    /// prompt. Ctrl-Z leaves them above the shell's prompt as well.
    Ignore,
}

impl Default for ManagerBuilder {
    fn default() -> ManagerBuilder {
        ManagerBuilder::new()
    }
}

impl ManagerBuilder {
    /// All settings at their defaults.
    pub const fn new() -> ManagerBuilder {
        ManagerBuilder {
            stream: None,
            enabled: true,
            interception: Interception::Pty,
            signals: SignalHandling::TidyUp,
            frame_rate: 25,
            width: None,
            color_depth: None,
            on_stop: OnStop::KeepBars,
            defaults: None,
        }
    }

    /// Where the bars go. Default: stderr if that is a terminal, else stdout.
    pub const fn stream(mut self, stream: Stream) -> Self {
        self.stream = Some(stream);
        self
    }

    /// Whether anything is shown. Default: yes. A manager that is not enabled leaves the terminal alone, and its bars count
    /// silently.
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// What happens to what is printed. Default: [`Interception::Pty`].
    pub const fn interception(mut self, interception: Interception) -> Self {
        self.interception = interception;
        self
    }

    /// Who takes care of the terminal when a signal ends the program. Default: [`SignalHandling::TidyUp`].
    pub const fn signals(mut self, signals: SignalHandling) -> Self {
        self.signals = signals;
        self
    }

    /// At most so many frames a second. Default: 25; 0 counts as 1. Nothing is written when nothing has changed.
    pub const fn frame_rate(mut self, per_second: u32) -> Self {
        self.frame_rate = per_second;
        self
    }

    /// Lines of this width, in columns, where the window is wider. Default: as wide as the window.
    pub const fn width(mut self, columns: usize) -> Self {
        self.width = Some(columns);
        self
    }

    /// How many colours there are. Default: what the environment says (`NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE`,
    /// `COLORTERM`, `TERM`).
    pub const fn color_depth(mut self, depth: ColorDepth) -> Self {
        self.color_depth = Some(depth);
        self
    }

    /// What stays on the screen at the end. Default: [`OnStop::KeepBars`].
    pub const fn on_stop(mut self, on_stop: OnStop) -> Self {
        self.on_stop = on_stop;
        self
    }

    /// What new bars are like. Default: as their builders say. These are of this manager alone.
    pub fn defaults(mut self, defaults: Defaults) -> Self {
        self.defaults = Some(Box::new(defaults));
        self
    }

    /// Takes the terminal. Never fails: where that is not possible, the manager is disabled.
    pub fn start(self) -> Manager {
        Manager::with(self)
    }

    pub(crate) fn setup(&self) -> Setup {
        Setup {
            channel: match self.interception {
                Interception::Pty => Some(Channel::Pty),
                Interception::Pipe => Some(Channel::Pipe),
                Interception::Off => None,
            },
            fatal_signals: self.signals == SignalHandling::TidyUp,
            interval: Duration::from_secs(1) / self.frame_rate.max(1),
            depth: self.color_depth.unwrap_or_else(ColorDepth::from_env),
            width: self.width,
            on_stop: self.on_stop,
        }
    }
}
