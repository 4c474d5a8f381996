//! The settings of a new manager.

use std::time::Duration;

use crate::bars::OnStop;
use crate::cells::capabilities::Capabilities;
use crate::cells::charset::Charset;
use crate::cells::color::ColorDepth;
use crate::output::Setup;
use crate::style::{CounterStyle, StatusStyle};
use crate::sys::{Channel, Stream};

/// The settings of a [`Manager`](crate::Manager); made with
/// [`Manager::builder`](crate::Manager::builder).
///
/// ```
/// use footlights::{Interception, Manager};
///
/// let manager = Manager::builder().interception(Interception::Pipe).frame_rate(10).build();
/// # drop(manager);
/// ```
///
/// All managers of one process share one terminal. The first manager decides how it is taken. Later
/// ones use only their settings of [`output`](Self::output),
/// [`counter_style`](Self::counter_style) and [`status_style`](Self::status_style).
#[derive(Clone, Debug)]
#[must_use = "nothing happens before `build`"]
pub struct ManagerBuilder {
    output: Output,
    interception: Interception,
    signals: SignalHandling,
    frame_rate: u32,
    width: Option<usize>,
    color_depth: Option<ColorDepth>,
    charset: Option<Charset>,
    pub(crate) on_stop: OnStop,
    // In boxes, so that all settings can be constants.
    counter_style: Option<Box<CounterStyle>>,
    status_style: Option<Box<StatusStyle>>,
}

/// Where bars are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Output {
    /// On stderr if that is a terminal, otherwise on stdout if that is one, otherwise nowhere.
    #[default]
    Auto,
    /// On stderr if that is a terminal, otherwise nowhere.
    Stderr,
    /// On stdout if that is a terminal, otherwise nowhere.
    ///
    /// For programs that are used as `program | filter`, where the filter writes to the same
    /// terminal.
    Stdout,
    /// Nowhere. The terminal is left alone, and bars count silently.
    Hidden,
}

/// How the output of the program, its libraries and its children is kept above the bars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Interception {
    /// stdout and stderr are redirected to a pseudo-terminal. Programs still see a terminal, and
    /// keep their colors and their line buffering. The order between the two streams is kept.
    #[default]
    Pty,
    /// stdout and stderr are redirected to a pipe. This is faster by more than half if a program
    /// prints very much. But `isatty` is false, so programs may drop their colors, and C's stdio
    /// writes only when its buffer is full.
    Pipe,
    /// stdout and stderr are not redirected. The terminal is told to scroll only the rows above the
    /// bars (a scroll region). Output keeps its own speed, and a program that is killed loses none
    /// of it.
    ///
    /// For programs whose descriptors must not be touched. It has disadvantages:
    ///
    /// * The scroll region is a mode of the terminal that is set while bars are shown. It is reset
    ///   on every way out that can be caught. After `kill -9` it stays until `reset` or another
    ///   program resets it.
    /// * A resize removes the scroll region. Output that comes before it is set again may overwrite
    ///   bars, or leave pieces of them behind.
    /// * A child that uses the whole screen, and a prompt in raw mode, need
    ///   [`Manager::suspend`](crate::Manager::suspend).
    Off,
}

/// What happens when a signal ends the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignalHandling {
    /// All output and the last frame are written, and the terminal is restored, before the signal
    /// ends the program as it would without bars. This holds for all signals that end a program by
    /// default, `abort` and crashes included, except SIGKILL. Signals for which the program has its
    /// own handler are left to that handler.
    #[default]
    Restore,
    /// Signals are not touched. The program ends as it would without bars.
    ///
    /// The terminal is usable afterwards too (but see [`Interception::Off`]). Output since the last
    /// frame (40 ms at the default rate) may be missing, and the bars stay below the prompt. After
    /// Ctrl-Z they stay above the prompt.
    Untouched,
}

impl Default for ManagerBuilder {
    fn default() -> ManagerBuilder {
        ManagerBuilder::new()
    }
}

impl ManagerBuilder {
    /// Returns a builder with all settings at their defaults.
    pub const fn new() -> ManagerBuilder {
        ManagerBuilder {
            output: Output::Auto,
            interception: Interception::Pty,
            signals: SignalHandling::Restore,
            frame_rate: 25,
            width: None,
            color_depth: None,
            charset: None,
            on_stop: OnStop::KeepBars,
            counter_style: None,
            status_style: None,
        }
    }

    /// Sets where bars are shown. Default: [`Output::Auto`].
    ///
    /// ```
    /// use footlights::{Manager, Output};
    ///
    /// let quiet = std::env::args().any(|argument| argument == "--quiet");
    /// let manager = Manager::builder().output(if quiet { Output::Hidden } else { Output::Auto }).build();
    /// # drop(manager);
    /// ```
    pub const fn output(mut self, output: Output) -> Self {
        self.output = output;
        self
    }

    /// Sets how output is kept above the bars. Default: [`Interception::Pty`].
    pub const fn interception(mut self, interception: Interception) -> Self {
        self.interception = interception;
        self
    }

    /// Sets what happens when a signal ends the program. Default: [`SignalHandling::Restore`].
    pub const fn signals(mut self, signals: SignalHandling) -> Self {
        self.signals = signals;
        self
    }

    /// Sets the maximum number of frames per second. Default: 25. 0 is taken as 1. Nothing is
    /// written while nothing changes.
    pub const fn frame_rate(mut self, per_second: u32) -> Self {
        self.frame_rate = per_second;
        self
    }

    /// Sets the maximum width of bars, in columns. Default: the width of the window.
    pub const fn width(mut self, columns: usize) -> Self {
        self.width = Some(columns);
        self
    }

    /// Sets how many colors the terminal has. Default: [`ColorDepth::from_env`].
    pub const fn color_depth(mut self, depth: ColorDepth) -> Self {
        self.color_depth = Some(depth);
        self
    }

    /// Sets which characters are used. Default: [`Charset::from_env`].
    pub const fn charset(mut self, charset: Charset) -> Self {
        self.charset = Some(charset);
        self
    }

    /// Sets what remains of the bars when the manager stops. Default: [`OnStop::KeepBars`].
    pub const fn on_stop(mut self, on_stop: OnStop) -> Self {
        self.on_stop = on_stop;
        self
    }

    /// Sets the style of new counters of this manager. Default: [`CounterStyle::new`].
    ///
    /// ```
    /// use footlights::{CounterStyle, Manager, bar_format};
    ///
    /// let format = bar_format!("{desc} {percentage:3.0f}%|{bar:24}| {message}");
    /// let style = CounterStyle::new().leave(false).bar_format(format);
    /// let manager = Manager::builder().counter_style(style).build();
    /// std::thread::scope(|scope| {
    ///     for n in 1..=4 {
    ///         let manager = &manager;
    ///         scope.spawn(move || {
    ///             let bar = manager.counter().total(9).desc(format!("Worker {n}")).add();
    ///             for file in bar.wrap_iter(0..9) {
    ///                 bar.set_message(format!("file {file}"));
    ///             }
    ///         });
    ///     }
    /// });
    /// ```
    pub fn counter_style(mut self, style: CounterStyle) -> Self {
        self.counter_style = Some(Box::new(style));
        self
    }

    /// Sets the style of new status bars of this manager. Default: [`StatusStyle::new`].
    pub fn status_style(mut self, style: StatusStyle) -> Self {
        self.status_style = Some(Box::new(style));
        self
    }

    /// The streams on which bars may be shown, best first.
    pub(crate) fn streams(&self) -> &'static [Stream] {
        match self.output {
            Output::Auto => &[Stream::Stderr, Stream::Stdout],
            Output::Stderr => &[Stream::Stderr],
            Output::Stdout => &[Stream::Stdout],
            Output::Hidden => &[],
        }
    }

    /// How the terminal is to be taken.
    pub(crate) fn setup(&self) -> Setup {
        Setup {
            channel: match self.interception {
                Interception::Pty => Some(Channel::Pty),
                Interception::Pipe => Some(Channel::Pipe),
                Interception::Off => None,
            },
            fatal_signals: self.signals == SignalHandling::Restore,
            interval: Duration::from_secs(1) / self.frame_rate.max(1),
            capabilities: Capabilities {
                depth: self.color_depth.unwrap_or_else(ColorDepth::from_env),
                charset: self.charset.unwrap_or_else(Charset::from_env),
            },
            width: self.width,
        }
    }

    /// The styles of new bars.
    pub(crate) fn styles(self) -> (CounterStyle, StatusStyle) {
        let counter = self.counter_style.map(|style| *style);
        let status = self.status_style.map(|style| *style);
        (counter.unwrap_or_default(), status.unwrap_or_default())
    }
}
