//! The settings of a new manager.

use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use crate::bars::{FinishedBars, OnStop};
use crate::cells::capabilities::Capabilities;
use crate::cells::charset::Charset;
use crate::cells::color::ColorDepth;
use crate::cells::columns::Columns;
use crate::cells::motion::Motion;
use crate::lease::Defaults;
use crate::output::{Anchor, Output, Pace, Request, Settings, Setup, TaskbarSupport};
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
    /// Whether the output is used; otherwise there is none.
    enabled: bool,
    stream: Option<Stream>,
    file: Option<Arc<File>>,
    accessible: Option<bool>,
    pace: Pace,
    plain_step: Option<u8>,
    delay: Duration,
    interception: Interception,
    anchor: Anchor,
    signals: SignalHandling,
    /// Time between two frames; none: as suits the output.
    frame_interval: Option<Duration>,
    width: Option<usize>,
    columns: Columns,
    color_depth: Option<ColorDepth>,
    charset: Option<Charset>,
    motion: Option<Motion>,
    taskbar: Taskbar,
    pub(crate) on_stop: OnStop,
    pub(crate) finished_bars: FinishedBars,
    // In boxes, so that all settings can be constants.
    counter_style: Option<Box<CounterStyle>>,
    status_style: Option<Box<StatusStyle>>,
}

/// Not felt by people, and long enough for bars of quick work not to flash.
const DELAY: Duration = Duration::from_millis(100);
const FRAME_INTERVAL: Duration = Duration::from_millis(40);
const JSON_INTERVAL: Duration = Duration::from_millis(250);

/// How the output of the program, its libraries and its children is kept above the bars.
///
/// ```
/// use footlights::{Interception, Manager};
///
/// let manager = Manager::builder().interception(Interception::Off).build();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Interception {
    /// stdout and stderr are redirected to a pseudo-terminal. Programs still see a terminal, and
    /// keep their colors and their line buffering. The order between the two streams is kept.
    ///
    /// On Windows this is the same as [`Pipe`](Interception::Pipe), and the default all the same:
    /// colors can be asked for by the environment, but output that is missing or out of order
    /// cannot. See [On Windows](crate::promises#on-windows).
    #[default]
    Pty,
    /// stdout and stderr are redirected to a pipe. This is faster by more than half if a program
    /// prints very much. But `isatty` is false, so programs may drop their colors, and C's stdio
    /// writes only when its buffer is full. (On Windows, stdout of C is made unbuffered.)
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
    ///
    /// On Windows, programs and their children still see the console, which keeps the lines that
    /// scroll away in its buffer, because the region starts at the first row.
    Off,
}

/// What happens when a signal ends the program.
///
/// ```
/// use footlights::{Manager, SignalHandling};
///
/// let manager = Manager::builder().signals(SignalHandling::Untouched).build();
/// ```
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

/// Whether the taskbar, or the tab of the terminal, shows the progress of all bars together, weighted
/// by their totals.
///
/// Without a total it shows that there is work. It shows an error once a segment named `failed` (or
/// `error`, `failure`, …) has counted something, and a pause while all bars are paused. It is updated
/// once a second, with a sequence of its own (OSC 9;4), and shows nothing any more when the bars are
/// gone, on every way out that is caught.
///
/// ```
/// use footlights::{Manager, Taskbar};
///
/// let manager = Manager::builder().taskbar(Taskbar::Off).build();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Taskbar {
    /// On terminals that are known to show it: Windows Terminal, ConEmu, WezTerm, Ghostty, iTerm2,
    /// Konsole, Ptyxis and others made with VTE, tmux. kitty is known only if `TERM_PROGRAM` and
    /// `TERM_PROGRAM_VERSION` are set for it.
    #[default]
    Auto,
    /// Always. Some older terminals show a notification each time.
    On,
    /// Never.
    Off,
}

impl Default for ManagerBuilder {
    fn default() -> ManagerBuilder {
        ManagerBuilder::new()
    }
}

impl ManagerBuilder {
    /// Returns a builder with all settings at their defaults. Reads nothing and opens nothing: settings can
    /// be a constant.
    ///
    /// ```
    /// use footlights::{Anchor, ManagerBuilder};
    ///
    /// const SETTINGS: ManagerBuilder = ManagerBuilder::new().anchor(Anchor::Inline).frame_rate(10);
    ///
    /// let manager = SETTINGS.build();
    /// ```
    pub const fn new() -> ManagerBuilder {
        ManagerBuilder {
            output: Output::Auto,
            enabled: true,
            stream: None,
            file: None,
            accessible: None,
            pace: Pace::DEFAULT,
            plain_step: None,
            delay: DELAY,
            interception: Interception::Pty,
            anchor: Anchor::Bottom,
            signals: SignalHandling::Restore,
            frame_interval: None,
            width: None,
            columns: Columns::Independent,
            color_depth: None,
            charset: None,
            motion: None,
            taskbar: Taskbar::Auto,
            on_stop: OnStop::KeepBars,
            finished_bars: FinishedBars::Auto,
            counter_style: None,
            status_style: None,
        }
    }

    /// Sets which output shows the bars. Default: [`Output::Auto`].
    ///
    /// ```
    /// use footlights::{Manager, Output};
    ///
    /// let manager = Manager::builder().output(Output::Plain).build(); // lines, on a terminal too
    /// # drop(manager);
    /// ```
    pub const fn output(mut self, output: Output) -> Self {
        self.output = output;
        self
    }

    /// Shows no bars if `enabled` is false, for options such as `--quiet`: short for [`Output::None`],
    /// whichever output is set before or after. With true, [`output`](Self::output) decides. Default: true.
    ///
    /// ```
    /// use footlights::Manager;
    ///
    /// let quiet = std::env::args().any(|argument| argument == "--quiet");
    /// let manager = Manager::builder().enabled(!quiet).build();
    /// # drop(manager);
    /// ```
    #[doc(alias = "quiet")]
    #[doc(alias = "disable")]
    #[doc(alias = "visible")]
    #[doc(alias = "hidden")]
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Sets the stream that bars are shown on. Default: for bars on a terminal, stderr or, if that
    /// is not a terminal, stdout; for lines, stderr.
    ///
    /// With [`Stream::Stdout`], a program that is used as `program | filter` shows no bars that the
    /// filter, on the same terminal, would print over.
    ///
    /// ```
    /// use footlights::{Manager, Stream};
    ///
    /// let manager = Manager::builder().stream(Stream::Stdout).build();
    /// ```
    pub const fn stream(mut self, stream: Stream) -> Self {
        self.stream = Some(stream);
        self
    }

    /// Sets the file that lines are written to, instead of a stream: a file, or a pipe or a socket
    /// (`File::from(OwnedFd)`). Bars on a terminal do not use it.
    ///
    /// ```no_run
    /// use std::fs::File;
    ///
    /// use footlights::{Manager, Output};
    ///
    /// let manager = Manager::builder().output(Output::Json).file(File::create("progress.jsonl")?).build();
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn file(mut self, file: impl Into<File>) -> Self {
        self.file = Some(Arc::new(file.into()));
        self
    }

    /// Sets whether bars are for people who cannot see a picture: plain lines in words, also on a
    /// terminal, and nothing on the screen is written twice. Default: whether the environment
    /// variable `ACCESSIBLE` is set to something other than `0` or `false`.
    ///
    /// ```
    /// use footlights::Manager;
    ///
    /// let mut settings = Manager::builder();
    /// if std::env::args().any(|argument| argument == "--accessible") {
    ///     settings = settings.accessible(true); // otherwise as the environment says
    /// }
    /// let manager = settings.build();
    /// ```
    pub const fn accessible(mut self, accessible: bool) -> Self {
        self.accessible = Some(accessible);
        self
    }

    /// Sets how long a bar has to live before [plain](Output::Plain) lines speak of it. A bar that is
    /// closed before says only its last line; one that does not
    /// [stay](crate::CounterBuilder::leave) says nothing. Default: 5 s.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::{Manager, Output};
    ///
    /// // A log tells of work when it is done, or has taken a minute.
    /// let manager = Manager::builder().output(Output::Plain).plain_delay(Duration::from_secs(60)).build();
    /// ```
    pub const fn plain_delay(mut self, delay: Duration) -> Self {
        self.pace.delay = delay;
        self
    }

    /// Sets the longest time between two plain lines of a bar: a sign of life. Steps of progress
    /// follow each other no faster than a third of it. Default: 30 s.
    ///
    /// There are never more than 30 lines in a minute, and 10 per minute in the long run, apart from
    /// at most nine last lines when a manager stops: if there is more to say, one line sums it up.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::{Manager, Output};
    ///
    /// let manager = Manager::builder().output(Output::Plain).plain_interval(Duration::from_secs(60)).build();
    /// ```
    pub const fn plain_interval(mut self, interval: Duration) -> Self {
        self.pace.interval = interval;
        self
    }

    /// Sets the step of progress at which a bar says a plain line, in percent of its total. 0 waits for no
    /// progress; above 100, there are only [signs of life](Self::plain_interval) and the last line.
    /// Default: 10, and 25 if bars are [accessible](Self::accessible).
    ///
    /// ```
    /// use footlights::{Manager, Output};
    ///
    /// let manager = Manager::builder().output(Output::Plain).plain_step(50).build(); // few lines
    /// ```
    pub const fn plain_step(mut self, percent: u8) -> Self {
        self.plain_step = Some(percent);
        self
    }

    /// Sets how output is kept above the bars. Default: [`Interception::Pty`].
    ///
    /// ```
    /// use footlights::{Interception, Manager};
    ///
    /// let manager = Manager::builder().interception(Interception::Off).build();
    /// ```
    pub const fn interception(mut self, interception: Interception) -> Self {
        self.interception = interception;
        self
    }

    /// Sets where the bars of a terminal stand. Default: [`Anchor::Bottom`].
    ///
    /// ```
    /// use footlights::{Anchor, Manager};
    ///
    /// // Right below the output, as cargo does it.
    /// let manager = Manager::builder().anchor(Anchor::Inline).build();
    /// # drop(manager);
    /// ```
    pub const fn anchor(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }

    /// Sets what happens when a signal ends the program. Default: [`SignalHandling::Restore`].
    ///
    /// ```
    /// use footlights::{Manager, SignalHandling};
    ///
    /// let manager = Manager::builder().signals(SignalHandling::Untouched).build();
    /// ```
    pub const fn signals(mut self, signals: SignalHandling) -> Self {
        self.signals = signals;
        self
    }

    /// Sets the maximum number of frames per second. Default: 25. 0 is taken as 1. Nothing is
    /// written while nothing changes. For less than one frame per second, set the
    /// [interval](Self::frame_interval).
    ///
    /// ```
    /// use footlights::Manager;
    ///
    /// let manager = Manager::builder().frame_rate(10).build();
    /// ```
    pub const fn frame_rate(self, per_second: u32) -> Self {
        let per_second = if per_second == 0 { 1 } else { per_second };
        self.frame_interval(Duration::from_nanos(1_000_000_000 / per_second as u64))
    }

    /// Sets the least time between two frames, which may be longer than a second: for slow
    /// connections. Default: 40 ms. More than a day is taken as a day. Output of the program is
    /// passed on every second nevertheless.
    ///
    /// For [JSON](Output::Json), the time between two looks at the counts. Default: 250 ms.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::Manager;
    ///
    /// // For a slow connection.
    /// let manager = Manager::builder().frame_interval(Duration::from_secs(2)).build();
    /// ```
    pub const fn frame_interval(mut self, interval: Duration) -> Self {
        self.frame_interval = Some(interval);
        self
    }

    /// Sets how long bars are not shown after they were added, so that those of quick work do not
    /// flash. A bar that is closed before appears only if it [stays](crate::CounterBuilder::leave).
    /// Default: 100 ms, which is not felt. Lines have a [delay](Self::plain_delay) of their own.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// // Nothing is shown of what takes less than half a second.
    /// let manager = footlights::Manager::builder().delay(Duration::from_millis(500)).build();
    /// # drop(manager);
    /// ```
    pub const fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sets the maximum width of bars on a terminal, in columns. In a narrower window, bars are as wide as
    /// the window. Default: the width of the window.
    ///
    /// ```
    /// use footlights::Manager;
    ///
    /// let manager = Manager::builder().width(80).build();
    /// ```
    pub const fn width(mut self, columns: usize) -> Self {
        self.width = Some(columns);
        self
    }

    /// Sets whether the bars of a terminal share their columns. Default: [`Columns::Independent`].
    ///
    /// ```
    /// use footlights::{Columns, Manager};
    ///
    /// let manager = Manager::builder().columns(Columns::Aligned).build();
    /// let short = manager.counter().total(9).desc("src").add();
    /// let long = manager.counter().total(1000).desc("documentation").add();
    /// # short.finish();
    /// # long.finish();
    /// ```
    ///
    /// ```text
    /// src            44%|██████████▊             |    4/9 [00:04<00:05,  0.99 files/s]
    /// documentation  21%|█████                   | 214/1000 [00:04<00:15, 53.20 files/s]
    /// ```
    pub const fn columns(mut self, columns: Columns) -> Self {
        self.columns = columns;
        self
    }

    /// Sets how many colors the output has. Default: [`ColorDepth::from_env`] on a terminal; none in
    /// lines, unless the environment forces them.
    ///
    /// ```
    /// use footlights::{ColorDepth, Manager};
    ///
    /// let manager = Manager::builder().color_depth(ColorDepth::Ansi16).build();
    /// ```
    pub const fn color_depth(mut self, depth: ColorDepth) -> Self {
        self.color_depth = Some(depth);
        self
    }

    /// Sets which characters are used. Default: [`Charset::from_env`].
    ///
    /// ```
    /// use footlights::{Charset, Manager};
    ///
    /// let manager = Manager::builder().charset(Charset::Ascii).build();
    /// ```
    pub const fn charset(mut self, charset: Charset) -> Self {
        self.charset = Some(charset);
        self
    }

    /// Sets whether the taskbar, or the tab of the terminal, shows the progress of all bars together.
    /// Default: [`Taskbar::Auto`].
    ///
    /// ```
    /// use footlights::{Manager, Taskbar};
    ///
    /// let manager = Manager::builder().taskbar(Taskbar::Off).build();
    /// ```
    pub const fn taskbar(mut self, taskbar: Taskbar) -> Self {
        self.taskbar = taskbar;
        self
    }

    /// Sets how much may move on the screen. Default: [`Motion::from_env`].
    ///
    /// ```
    /// use footlights::{Manager, Motion};
    ///
    /// let manager = Manager::builder().motion(Motion::Reduced).build();
    /// ```
    pub const fn motion(mut self, motion: Motion) -> Self {
        self.motion = Some(motion);
        self
    }

    /// Sets what remains of the bars when the manager stops. Default: [`OnStop::KeepBars`].
    ///
    /// ```
    /// use footlights::{Manager, OnStop};
    ///
    /// let manager = Manager::builder().on_stop(OnStop::ClearBars).build();
    /// ```
    pub const fn on_stop(mut self, on_stop: OnStop) -> Self {
        self.on_stop = on_stop;
        self
    }

    /// Sets what becomes of bars that are closed and [kept](crate::OnClose::Keep), when bars take more
    /// than half of the window. Default: [`FinishedBars::Auto`].
    ///
    /// ```
    /// use footlights::{FinishedBars, Manager};
    ///
    /// // However many files there are: one line for those that are done.
    /// let manager = Manager::builder().finished_bars(FinishedBars::Summary).build();
    /// # drop(manager);
    /// ```
    pub const fn finished_bars(mut self, finished: FinishedBars) -> Self {
        self.finished_bars = finished;
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
    ///
    /// ```
    /// use footlights::{Manager, StatusStyle};
    ///
    /// let style = StatusStyle::new().color("black_on_cyan");
    /// let manager = Manager::builder().status_style(style).build();
    /// let status = manager.status_bar().text("ready").add();
    /// ```
    pub fn status_style(mut self, style: StatusStyle) -> Self {
        self.status_style = Some(Box::new(style));
        self
    }

    /// What the settings say about outputs.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            request: Request {
                output: self.chosen_output(),
                stream: self.stream,
                file: self.file.clone(),
                accessible: self.accessible,
            },
            terminal: self.terminal(),
            pace: self.pace,
            plain_step: self.plain_step,
            json_interval: self.frame_interval.map_or(JSON_INTERVAL, at_most_a_day),
            color_depth: self.color_depth,
            charset: self.charset,
        }
    }

    /// How the terminal is to be taken.
    fn terminal(&self) -> Setup {
        Setup {
            channel: match self.interception {
                Interception::Pty => Some(Channel::Pty),
                Interception::Pipe => Some(Channel::Pipe),
                Interception::Off => None,
            },
            anchor: self.anchor,
            fatal_signals: self.signals == SignalHandling::Restore,
            interval: self.frame_interval.map_or(FRAME_INTERVAL, at_most_a_day),
            capabilities: Capabilities {
                depth: self.color_depth.unwrap_or_else(ColorDepth::from_env),
                charset: self.charset.unwrap_or_else(Charset::from_env),
                motion: self.motion.unwrap_or_else(Motion::from_env),
            },
            width: self.width,
            columns: self.columns,
            taskbar: match self.taskbar {
                Taskbar::Auto => TaskbarSupport::from_env(),
                Taskbar::On => TaskbarSupport::Forgotten,
                Taskbar::Off => TaskbarSupport::None,
            },
        }
    }

    /// How a terminal in memory is to be taken: where nothing is set, it can show everything. The
    /// environment has no say.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn terminal_in_memory(&self) -> Setup {
        let taskbar = match self.taskbar {
            Taskbar::Auto => Taskbar::Off,
            taskbar => taskbar,
        };
        ManagerBuilder {
            color_depth: self.color_depth.or(Some(ColorDepth::TrueColor)),
            charset: self.charset.or(Some(Charset::Unicode)),
            motion: self.motion.or(Some(Motion::Full)),
            taskbar,
            ..self.clone()
        }
        .terminal()
    }

    /// Whether nothing is to show bars.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn shows_nothing(&self) -> bool {
        self.chosen_output() == Output::None
    }

    /// The output that is asked for, if bars are enabled.
    const fn chosen_output(&self) -> Output {
        if self.enabled { self.output } else { Output::None }
    }

    /// What new bars begin with.
    pub(crate) fn defaults(self) -> Defaults {
        let counter = self.counter_style.map(|style| *style);
        let status = self.status_style.map(|style| *style);
        Defaults {
            counter_style: counter.unwrap_or_default(),
            status_style: status.unwrap_or_default(),
            delay: self.delay,
        }
    }
}

/// A time that can be added to any other: a longer one may be beyond what a clock can tell.
fn at_most_a_day(time: Duration) -> Duration {
    time.min(Duration::from_secs(24 * 60 * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_enabled_has_no_output_in_either_order() {
        let before = ManagerBuilder::new().enabled(false).output(Output::Plain);
        let after = ManagerBuilder::new().output(Output::Plain).enabled(false);
        assert_eq!((before.chosen_output(), after.chosen_output()), (Output::None, Output::None));
        assert_eq!(before.enabled(true).chosen_output(), Output::Plain);
    }

    /// A clock cannot tell the time that is `Duration::MAX` from now.
    #[test]
    fn an_interval_can_be_added_to_any_time() {
        let settings = ManagerBuilder::new().frame_interval(Duration::MAX).settings();
        for interval in [settings.terminal.interval, settings.json_interval] {
            assert!(std::time::Instant::now().checked_add(interval * 10).is_some());
        }
    }
}
