//! Status bars: one line of text each.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::bars::{self, ComputedField, OnClose, Progress};
use crate::cells::color::{Color, ColorDepth};
use crate::cells::spinner::Spinner;
use crate::error::Error;
use crate::format::StatusFormat;
use crate::handle::{self, Bar, Handle, NewBar, Placement};
use crate::into::{IntoColor, IntoSeconds, IntoText};
use crate::lease::Lease;
use crate::manager::Manager;
use crate::state::counts::Counts;
use crate::state::number::Number;
use crate::state::snapshot::{Justify, Subject};
use crate::state::value::Value;
use crate::style::StatusStyle;

/// Shows a line of text in a row of its own; made with [`Manager::status_bar`].
///
/// A status bar is a handle: cheap to clone and to send to other threads. It is closed when its
/// last handle is dropped.
///
/// ```
/// use footlights::{Justify, status_format};
///
/// # let manager = footlights::Manager::new();
/// let format = status_format!("build{fill}stage: {stage}{fill}{elapsed}", stage);
/// let status = manager.status_bar().field("stage", "compiling").format(format).justify(Justify::Center).add();
/// status.set_field("stage", "linking");
/// status.set_text("done"); // shown instead of the format
/// ```
#[derive(Clone)]
#[must_use = "a status bar is closed when its last handle is dropped: give it a name, not `_`"]
pub struct StatusBar {
    handle: Arc<Handle>,
}

/// The settings of a new [`StatusBar`]; made with [`Manager::status_bar`].
///
/// A builder can be kept and cloned, to add several similar status bars. It keeps its manager
/// alive.
///
/// ```
/// # let manager = footlights::Manager::new();
/// let status = manager.status_bar().text("connecting").color("black_on_cyan").position(1).add();
/// status.set_text("connected");
/// ```
#[derive(Clone, Debug)]
#[must_use = "the status bar is shown when it is `add`ed"]
pub struct StatusBarBuilder {
    lease: Arc<Lease>,
    style: StatusStyle,
    text: Option<Arc<str>>,
    placement: Placement,
    computed: Vec<ComputedField>,
}

impl Manager {
    /// Returns a builder for a status bar. [`add`](StatusBarBuilder::add) shows it, below all other
    /// bars.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("connecting").color("yellow").add();
    /// status.set_text("connected");
    /// ```
    pub fn status_bar(&self) -> StatusBarBuilder {
        let lease = self.lease().clone();
        StatusBarBuilder {
            style: lease.defaults().status_style.clone(),
            placement: Placement::after(lease.defaults().delay),
            computed: Vec::new(),
            lease,
            text: None,
        }
    }
}

impl StatusBarBuilder {
    pub(crate) fn placement(&mut self) -> &mut Placement {
        &mut self.placement
    }

    /// Sets the text, which is shown instead of the [format](Self::format). Default: none.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("connecting").add();
    /// assert_eq!(status.render(12), "connecting  ");
    /// ```
    pub fn text(mut self, text: impl IntoText) -> Self {
        self.text = Some(text.into_text());
        self
    }

    /// Sets the style, and so replaces all settings that a [`StatusStyle`] has.
    /// [Fields](Self::field) that the style does not have stay. Settings after this call change the
    /// style further. Default: the [style of the manager](crate::ManagerBuilder::status_style).
    ///
    /// ```
    /// use footlights::{Justify, StatusStyle};
    ///
    /// # let manager = footlights::Manager::new();
    /// let heading = StatusStyle::new().fill('-').justify(Justify::Center);
    /// let status = manager.status_bar().style(&heading).text(" tests ").add();
    /// assert_eq!(status.render(15), "---- tests ----");
    /// ```
    pub fn style(mut self, style: &StatusStyle) -> Self {
        self.style = self.style.changed_to(style);
        self
    }

    /// Sets the format that is shown while there is no text: see [formats](crate::formats).
    /// Default: none; the row is empty then.
    ///
    /// ```
    /// use footlights::status_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let format = status_format!(" {stage}{fill}{elapsed} ", stage);
    /// let status = manager.status_bar().format(format).field("stage", "link").add();
    /// assert_eq!(status.render(16), " link     00:00 ");
    /// ```
    pub fn format(mut self, format: StatusFormat) -> Self {
        self.style = self.style.format(format);
        self
    }

    /// Sets the format of [plain](crate::Output::Plain) lines that are written while there is no text.
    /// Default: the [other format](Self::format).
    ///
    /// ```
    /// use footlights::status_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager
    ///     .status_bar()
    ///     .format(status_format!("{spinner} {stage}{fill}{elapsed}", stage))
    ///     .plain_format(status_format!("stage: {stage}", stage)) // a log needs neither spinner nor fill
    ///     .field("stage", "linking")
    ///     .add();
    /// ```
    pub fn plain_format(mut self, format: StatusFormat) -> Self {
        self.style = self.style.plain_format(format);
        self
    }

    /// Sets a field of your own, which the format can show. Its type is that of the value.
    ///
    /// A field that the format does not name is not shown. The names `elapsed` and `fill` stand for
    /// the built-in fields.
    ///
    /// ```
    /// use footlights::status_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let format = status_format!("{host}: {load:.1f}", host, load);
    /// let status = manager.status_bar().format(format).field("host", "eu-1").field("load", 0.25).add();
    /// assert_eq!(status.render(12).trim_end(), "eu-1: 0.2");
    /// ```
    pub fn field(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.style = self.style.field(name, value);
        self
    }

    /// Adds a field of your own that is computed whenever the status bar is looked at: see
    /// [`CounterBuilder::field_with`](crate::CounterBuilder::field_with).
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicU64, Ordering};
    ///
    /// use footlights::status_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let waiting = Arc::new(AtomicU64::new(0));
    /// let jobs = waiting.clone();
    /// let status = manager
    ///     .status_bar()
    ///     .format(status_format!("{jobs} jobs wait", jobs))
    ///     .field_with("jobs", move |_| jobs.load(Ordering::Relaxed))
    ///     .add();
    /// waiting.store(3, Ordering::Relaxed); // no call to the status bar is needed
    /// ```
    pub fn field_with<V: Into<Value>>(
        mut self,
        name: &str,
        compute: impl Fn(&Progress) -> V + Send + Sync + 'static,
    ) -> Self {
        self.computed.retain(|field| *field.name != *name);
        self.computed.push(ComputedField::new(name, compute));
        self
    }

    /// Sets the alignment of the text in its row. Default: left.
    ///
    /// ```
    /// use footlights::Justify;
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("ready").justify(Justify::Center).add();
    /// assert_eq!(status.render(11), "   ready   ");
    /// ```
    pub fn justify(mut self, justify: Justify) -> Self {
        self.style = self.style.justify(justify);
        self
    }

    /// Sets the character that `{fill}` fields and the rest of the row consist of, one column wide.
    /// Default: a blank.
    ///
    /// ```
    /// use footlights::Justify;
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text(" ready ").fill('=').justify(Justify::Center).add();
    /// assert_eq!(status.render(15), "==== ready ====");
    /// ```
    pub fn fill(mut self, fill: char) -> Self {
        self.style = self.style.fill(fill);
        self
    }

    /// Sets the color of the whole row. Default: the terminal's colors.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("ready").color("black_on_cyan").add();
    /// ```
    pub fn color(mut self, color: impl IntoColor) -> Self {
        self.style = self.style.color(color);
        self
    }

    /// Sets the frames of `{spinner}` fields. Default: [`Spinner::dots`].
    ///
    /// ```
    /// use footlights::{ColorDepth, Spinner, status_format};
    ///
    /// # let manager = footlights::Manager::new();
    /// let format = status_format!("{spinner} connecting");
    /// let status = manager.status_bar().format(format).spinner(Spinner::line()).add();
    /// assert_eq!(status.render_at(12, 0.0, ColorDepth::None), "| connecting");
    /// assert_eq!(status.render_at(12, 0.1, ColorDepth::None), "/ connecting");
    /// ```
    pub fn spinner(mut self, spinner: Spinner) -> Self {
        self.style = self.style.spinner(spinner);
        self
    }

    /// Sets whether the status bar stays on the screen when it is closed: [`OnClose::Keep`] or
    /// [`OnClose::Clear`]. Default: yes.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// {
    ///     let status = manager.status_bar().text("connecting").leave(false).add();
    /// } // dropped: it disappears
    /// ```
    pub fn leave(mut self, leave: bool) -> Self {
        self.style = self.style.leave(leave);
        self
    }

    /// Sets how long the status bar is not shown after it was added: see
    /// [`CounterBuilder::delay`](crate::CounterBuilder::delay).
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// # let manager = footlights::Manager::new();
    /// // Not shown if the answer comes at once.
    /// let status = manager.status_bar().text("waiting for the server").leave(false).delay(Duration::from_secs(2)).add();
    /// ```
    pub fn delay(mut self, delay: Duration) -> Self {
        self.placement.delay(delay);
        self
    }

    /// Sets what remains of the status bar when it is closed. Default: [`OnClose::Keep`].
    ///
    /// ```
    /// use footlights::OnClose;
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("connecting").on_close(OnClose::Log).add();
    /// status.set_text("connected to eu-1");
    /// status.close(); // a line of the log from now on
    /// ```
    pub fn on_close(mut self, on_close: OnClose) -> Self {
        self.style = self.style.on_close(on_close);
        self
    }

    /// Pins the status bar to a row, counted from the bottom: 1 is the last row. Default: not
    /// pinned. The status bar is then below all bars that are not pinned, and moves up when a newer
    /// bar is added.
    ///
    /// If the row does not exist or is taken, [`add`](Self::add) adds the status bar without
    /// pinning it, and [`try_add`](Self::try_add) returns an error.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("ready").position(1).add(); // the last row
    /// ```
    pub fn position(mut self, row: usize) -> Self {
        self.placement.pin(row);
        self
    }

    /// Replaces a counter or a status bar, pinned or not: the new bar takes its place. The old bar
    /// is closed and removed when the new one is added. [`position`](Self::position) is ignored
    /// then.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let fetch = manager.counter().total(9).desc("Fetch").add();
    /// let status = manager.status_bar().text("fetched").replace(&fetch).add();
    /// assert!(fetch.is_closed());
    /// ```
    pub fn replace(mut self, old: &impl Bar) -> Self {
        self.placement.replace(old);
        self
    }

    /// Adds the status bar to the screen. Without a terminal, it is not shown.
    ///
    /// Never fails: a wrong setting (a color that cannot be read, a fill that is not one column
    /// wide, a row that does not exist or is taken) is left at its default.
    /// [`try_add`](Self::try_add) reports it.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("connecting").add();
    /// status.set_text("connected");
    /// ```
    pub fn add(self) -> StatusBar {
        let (lease, bar, placement) = self.into_parts();
        StatusBar { handle: Arc::new(Handle::add(lease, bar, placement)) }
    }

    /// Adds the status bar to the screen if all settings are right.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let error = manager.status_bar().color("rde").position(0).try_add().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "2 settings are wrong\n  \
    ///        cannot read color `rde`: unknown word `rde`; did you mean `red`? (column 1)\n  \
    ///        cannot pin a bar to row 0: rows are counted from 1"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// If a setting is wrong. The error lists all wrong settings in the order in which they were
    /// set, the row last. No bar is added or replaced then.
    pub fn try_add(self) -> Result<StatusBar, Error> {
        let row = self.placement.problem(&self.lease);
        Error::all(self.style.problems().into_iter().chain(row).collect())?;
        let (lease, bar, placement) = self.into_parts();
        Ok(StatusBar { handle: Arc::new(Handle::try_add(lease, bar, placement)?) })
    }

    fn into_parts(self) -> (Arc<Lease>, NewBar, Placement) {
        let mut appearance = self.style.appearance(self.lease.now());
        appearance.edit_status(|status| status.text = self.text);
        let bar = bars::Bar::new(Counts::new(Number::ZERO, None), appearance, self.style.closing());
        (self.lease, NewBar { bar, computed: self.computed }, self.placement)
    }
}

impl StatusBar {
    /// Returns the text, if there is one.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("connecting").add();
    /// assert_eq!(status.text().as_deref(), Some("connecting"));
    /// status.clear_text();
    /// assert_eq!(status.text(), None);
    /// ```
    pub fn text(&self) -> Option<Arc<str>> {
        match &self.handle.bar.appearance().snapshot.subject {
            Subject::Status(status) => status.text.clone(),
            Subject::Count(_) => None,
        }
    }

    /// Sets the text. It is shown instead of the format.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let status = manager.status_bar().add();
    /// status.set_text("42 tests left");
    /// assert_eq!(status.text().as_deref(), Some("42 tests left"));
    /// ```
    pub fn set_text(&self, text: impl IntoText) {
        let text = text.into_text();
        self.handle.bar.change(|appearance| appearance.edit_status(|status| status.text = Some(text)));
    }

    /// Removes the text. The format is shown again.
    ///
    /// ```
    /// use footlights::status_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().format(status_format!("{stage}", stage)).field("stage", "linking").add();
    /// status.set_text("press a key");
    /// assert_eq!(status.render(12), "press a key ");
    /// status.clear_text();
    /// assert_eq!(status.render(12), "linking     ");
    /// ```
    pub fn clear_text(&self) {
        self.handle.bar.change(|appearance| appearance.edit_status(|status| status.text = None));
    }

    /// Returns a field of your own, if it was set.
    ///
    /// ```
    /// use footlights::Value;
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().field("stage", "linking").add();
    /// assert_eq!(status.field("stage"), Some(Value::from("linking")));
    /// assert_eq!(status.field("host"), None);
    /// ```
    pub fn field(&self, name: &str) -> Option<Value> {
        self.handle.field(name)
    }

    /// Sets a field of your own, which the format can show. Costs a lock that a frame holds only
    /// while it copies the fields.
    ///
    /// A field that the format does not name is not shown. The names `elapsed` and `fill` stand for
    /// the built-in fields.
    ///
    /// ```
    /// use footlights::status_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().format(status_format!("stage: {stage}", stage)).add();
    /// status.set_field("stage", "link");
    /// assert_eq!(status.render(12), "stage: link ");
    /// ```
    pub fn set_field(&self, name: &str, value: impl Into<Value>) {
        self.handle.set_field(name, value.into());
    }

    /// Returns the color of the whole row: [`Color::DEFAULT`] if none was set.
    ///
    /// ```
    /// use footlights::{AnsiColor, Color};
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().color("yellow").add();
    /// assert_eq!(status.color(), Color::from(AnsiColor::Yellow));
    /// ```
    pub fn color(&self) -> Color {
        self.handle.color()
    }

    /// Sets the color of the whole row. Takes no text, because a text can be wrong: parse it first.
    ///
    /// ```
    /// use footlights::{AnsiColor, Color};
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("connecting").color("yellow").add();
    /// status.set_color(AnsiColor::Green);
    /// status.set_color("black_on_cyan".parse::<Color>()?);
    /// # Ok::<(), footlights::Error>(())
    /// ```
    pub fn set_color(&self, color: impl Into<Color>) {
        self.handle.set_color(color.into());
    }

    /// Changes the style. Text, clock and fields stay.
    ///
    /// Wrong settings of the style have their default values: see [`StatusStyle::check`].
    ///
    /// ```
    /// use footlights::{Justify, StatusStyle};
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text(" tests ").add();
    /// status.set_style(&StatusStyle::new().fill('-').justify(Justify::Center));
    /// assert_eq!(status.render(15), "---- tests ----");
    /// ```
    pub fn set_style(&self, style: &StatusStyle) {
        self.handle.bar.set_on_close(style.closing());
        self.handle.bar.change(|appearance| style.apply(appearance));
    }

    /// Sets the format that is shown while there is no text.
    ///
    /// Never fails: a field that was never set shows nothing.
    /// [`check_formats`](Self::check_formats) finds such fields.
    ///
    /// ```
    /// use footlights::status_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// # let status = manager.status_bar().add();
    /// status.set_format(status_format!("{elapsed}"));
    /// ```
    pub fn set_format(&self, format: StatusFormat) {
        self.handle.bar.change(|appearance| appearance.templates.set(format.template().clone()));
    }

    /// Checks that the format names only fields that were set. For tests, and for programs that read
    /// formats from a file.
    ///
    /// ```
    /// use footlights::status_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().format(status_format!("{stage}", stage)).add();
    /// assert!(status.check_formats().is_err());
    /// status.set_field("stage", "linking");
    /// assert!(status.check_formats().is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// If a field was never set. The error shows its column.
    pub fn check_formats(&self) -> Result<(), Error> {
        self.handle.check_formats()
    }

    /// Sets whether the status bar stays on the screen when it is closed: [`OnClose::Keep`] or
    /// [`OnClose::Clear`].
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("connecting").add();
    /// status.set_leave(false); // it went well: nothing is to be kept
    /// ```
    pub fn set_leave(&self, leave: bool) {
        self.set_on_close(OnClose::leave(leave));
    }

    /// Sets what remains of the status bar when it is closed. A status bar that is closed already stays
    /// where it is.
    ///
    /// ```
    /// use footlights::OnClose;
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("no answer").add();
    /// status.set_on_close(OnClose::Log); // to be found in the log later
    /// status.close();
    /// ```
    pub fn set_on_close(&self, on_close: OnClose) {
        self.handle.bar.set_on_close(on_close);
    }

    /// Returns the elapsed time since the status bar was added or reset, without pauses. Stops when
    /// the status bar is closed.
    ///
    /// ```
    /// use footlights::HumanDuration;
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("connecting").add();
    /// status.set_text(format!("connected in {}", HumanDuration(status.elapsed())));
    /// ```
    pub fn elapsed(&self) -> Duration {
        self.handle.elapsed()
    }

    /// Renders the current line in `width` columns, without colors. If the format has several rows, they
    /// are separated by newlines; none is at the end.
    ///
    /// For logs, tests and outputs of your own. Works without a terminal too. Allocates.
    ///
    /// ```
    /// use footlights::status_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let format = status_format!("{stage}{fill}{host}", stage, host);
    /// let status = manager.status_bar().format(format).field("stage", "tests").field("host", "eu-1").add();
    /// assert_eq!(status.render(15), "tests      eu-1");
    /// ```
    pub fn render(&self, width: usize) -> String {
        self.handle.render(width)
    }

    /// Renders the line as if the elapsed time were `elapsed`, in `width` columns, with colors as
    /// escape sequences (SGR). The colors are reset at the end.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::{ColorDepth, status_format};
    ///
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().format(status_format!("{elapsed}")).color("red").add();
    /// assert_eq!(status.render_at(7, Duration::from_secs(65), ColorDepth::None), "01:05  ");
    /// assert_eq!(status.render_at(7, 65.0, ColorDepth::Ansi16), "\x1b[m\x1b[31m01:05  \x1b[m");
    /// ```
    pub fn render_at(&self, width: usize, elapsed: impl IntoSeconds, depth: ColorDepth) -> String {
        self.handle.render_at(width, elapsed.into_seconds(), depth)
    }

    /// Pauses the clock. Paused time is excluded from the elapsed time.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("ready").add();
    /// status.pause();
    /// let elapsed = status.elapsed();
    /// std::thread::sleep(std::time::Duration::from_millis(2));
    /// assert_eq!(status.elapsed(), elapsed);
    /// status.resume();
    /// ```
    pub fn pause(&self) {
        self.handle.pause();
    }

    /// Resumes the clock after [`pause`](Self::pause).
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let status = manager.status_bar().text("ready").add();
    /// status.pause();
    /// assert!(status.is_paused());
    /// status.resume();
    /// assert!(!status.is_paused());
    /// ```
    pub fn resume(&self) {
        self.handle.resume();
    }

    /// Returns true while the clock is paused.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let status = manager.status_bar().text("ready").add();
    /// // A key that pauses the clock, and resumes it when it is pressed again.
    /// if status.is_paused() {
    ///     status.resume();
    /// } else {
    ///     status.pause();
    /// }
    /// assert!(status.is_paused());
    /// ```
    pub fn is_paused(&self) -> bool {
        self.handle.bar.is_paused()
    }

    /// Empties the row until the appearance changes.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let status = manager.status_bar().text("ready").add();
    /// status.clear(); // an empty row, until something changes
    /// status.set_text("connecting again");
    /// ```
    pub fn clear(&self) {
        self.handle.clear();
    }

    /// Closes the status bar and removes it from the screen, regardless of
    /// [`leave`](StatusBarBuilder::leave). [`reset`](Self::reset) brings it back.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let status = manager.status_bar().add();
    /// status.remove();
    /// assert!(status.is_closed());
    /// ```
    pub fn remove(&self) {
        self.handle.remove();
    }

    /// Resets the clock. Reopens a closed status bar.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let status = manager.status_bar().text("ready").add();
    /// status.close();
    /// status.reset();
    /// assert!(!status.is_closed());
    /// ```
    pub fn reset(&self) {
        self.handle.reset();
    }

    /// Closes the status bar and stops its clock. It stays on the screen or disappears, as
    /// [`leave`](StatusBarBuilder::leave) says. A second call does nothing.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().text("connecting").add();
    /// status.set_text("connected");
    /// status.close(); // a copy in another thread does not keep it open
    /// ```
    pub fn close(&self) {
        self.handle.close();
    }

    /// Returns true if the status bar is closed.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let status = manager.status_bar().text("ready").add();
    /// let same = status.clone();
    /// status.close();
    /// assert!(same.is_closed());
    /// ```
    pub fn is_closed(&self) -> bool {
        self.handle.bar.is_closed()
    }
}

impl handle::sealed::Bar for StatusBar {
    fn handle(&self) -> &Arc<Handle> {
        &self.handle
    }
}

impl Bar for StatusBar {}

impl fmt::Debug for StatusBar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusBar").field("text", &self.text()).finish_non_exhaustive()
    }
}
