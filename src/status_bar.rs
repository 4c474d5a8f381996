//! A line that says something.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::bars::{Appearance, Bar};
use crate::error::Error;
use crate::handle::{self, Handle, Placement, Replaced};
use crate::manager::Manager;
use crate::paint::color::{Color, ColorDepth};
use crate::state::number::Number;
use crate::state::snapshot::Justify;
use crate::state::tally::Tally;
use crate::state::value::Value;
use crate::template::Kind;

/// Says something in a row of its own: made with [`Manager::status_bar`].
///
/// A handle is cheap to clone and to send between threads. When the last one is dropped, the bar is closed.
///
/// ```
/// # let manager = footlights::Manager::new();
/// use footlights::Justify;
///
/// let format = "build{fill}stage: {stage}{fill}{elapsed}";
/// let status = manager.status_bar().field("stage", "compiling").format(format)?.justify(Justify::Center).add();
/// status.set_field("stage", "linking");
/// status.update("done"); // a text takes the place of the format
/// # Ok::<(), footlights::Error>(())
/// ```
#[derive(Clone)]
pub struct StatusBar {
    handle: Arc<Handle>,
}

/// What a new status bar is to be like; made with [`Manager::status_bar`]. A clone of it makes another that is like it.
#[derive(Clone, Debug)]
#[must_use = "the bar is shown when it is `add`ed"]
pub struct StatusBarBuilder<'a> {
    manager: &'a Manager,
    leave: bool,
    look: Appearance,
    placement: Placement,
}

impl<'a> StatusBarBuilder<'a> {
    pub(crate) fn new(manager: &'a Manager) -> StatusBarBuilder<'a> {
        let defaults = manager.defaults();
        let (leave, look) = (defaults.leave, defaults.status.clone());
        StatusBarBuilder { manager, leave, look, placement: Placement::default() }
    }

    /// What it says.
    pub fn text(mut self, text: impl Into<Arc<str>>) -> Self {
        self.look.edit_status(|said| said.text = Some(text.into()));
        self
    }

    /// What it says while there is no text: a [format](crate::formats) with `{elapsed}`, `{fill}` and fields of your own, which
    /// are set with [`field`](Self::field) before.
    ///
    /// # Errors
    ///
    /// If the text is no template, or has a field that there is not. The message shows where.
    pub fn format(mut self, format: &str) -> Result<Self, Error> {
        self.look.set_format(format, Kind::Status)?;
        Ok(self)
    }

    /// Sets a field of your own, for the format to show. One called `elapsed` or `fill` is not shown, for the built-in ones are;
    /// one that the format does not name is kept, and shows nowhere.
    pub fn field(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.look.snapshot.set_field(name, value.into());
        self
    }

    /// Where in its row it stands. Default: left.
    pub fn justify(mut self, justify: Justify) -> Self {
        self.look.edit_status(|said| said.justify = justify);
        self
    }

    /// What the rest of the row is filled with. Default: blanks.
    ///
    /// # Errors
    ///
    /// If it does not take exactly one column.
    pub fn fill(mut self, fill: char) -> Result<Self, Error> {
        self.look.set_fill(fill)?;
        Ok(self)
    }

    /// The colour of the whole row. Default: the terminal's own.
    pub fn color(mut self, color: impl Into<Color>) -> Self {
        self.look.snapshot.color = color.into();
        self
    }

    /// Whether it stays when it is closed. Default: yes.
    pub fn leave(mut self, leave: bool) -> Self {
        self.leave = leave;
        self
    }

    /// Pins it to a row, counted from the bottom: 1 is the last one.
    ///
    /// # Errors
    ///
    /// If there is no such row, or another bar is pinned to it.
    pub fn position(mut self, row: usize) -> Result<Self, Error> {
        self.placement = handle::pin(self.manager, row)?;
        Ok(self)
    }

    /// Takes the row of another bar of either kind, pinned or not, which is closed and goes.
    pub fn replace<'b>(mut self, old: impl Into<Replaced<'b>>) -> Self {
        self.placement = old.into().placement(self.placement);
        self
    }

    /// Puts it on the screen.
    pub fn add(mut self) -> StatusBar {
        self.look.start(Number::ZERO, Instant::now());
        let bar = Bar::new(Tally::new(Number::ZERO, None), self.look, self.leave);
        StatusBar { handle: Arc::new(Handle::add(self.manager, bar, self.placement)) }
    }
}

impl StatusBar {
    /// Says this from now on.
    pub fn update(&self, text: impl Into<Arc<str>>) {
        let text = text.into();
        self.handle.bar.change(|look| look.edit_status(|said| said.text = Some(text)));
    }

    /// Says what the format says again.
    pub fn clear_text(&self) {
        self.handle.bar.change(|look| look.edit_status(|said| said.text = None));
    }

    /// Sets a field of your own, for the format to show; what [`field`](StatusBarBuilder::field) says of names goes here as well.
    pub fn set_field(&self, name: &str, value: impl Into<Value>) {
        self.handle.set_field(name, value.into());
    }

    /// Changes the colour of the row.
    pub fn set_color(&self, color: impl Into<Color>) {
        self.handle.set_color(color.into());
    }

    /// Changes whether it stays when it is closed.
    pub fn set_leave(&self, leave: bool) {
        self.handle.bar.set_leave(leave);
    }

    /// How long it has been there; stands still once it is closed.
    pub fn elapsed(&self) -> Duration {
        self.handle.bar.advance_clock(Instant::now())
    }

    /// The line as it is now, in `width` columns and without colours. [`Display`](fmt::Display) writes it in 80.
    /// For logs, tests and outputs of your own; each call allocates. Works as well where nothing is shown.
    pub fn format(&self, width: usize) -> String {
        self.handle.format(width)
    }

    /// The line as it would be after so many seconds, in `width` columns and with its colours as escape sequences (SGR); it
    /// ends in the plain style.
    pub fn format_at(&self, width: usize, elapsed: f64, depth: ColorDepth) -> String {
        self.handle.format_at(width, elapsed, depth)
    }

    /// Changes what it says while there is no text.
    ///
    /// # Errors
    ///
    /// If the text is no template, or has a field that there is not. The message shows where.
    pub fn set_format(&self, format: &str) -> Result<(), Error> {
        self.handle.bar.change(|look| look.set_format(format, Kind::Status))
    }

    /// Its clock stands still until it is resumed.
    pub fn pause(&self) {
        self.handle.pause();
    }

    /// Its clock goes on.
    pub fn resume(&self) {
        self.handle.resume();
    }

    /// Empties its row until something changes.
    pub fn clear(&self) {
        self.handle.clear();
    }

    /// It is finished and its row is free, whatever [`leave`](StatusBarBuilder::leave) says. [`reset`](Self::reset) brings it
    /// back.
    pub fn remove(&self) {
        self.handle.remove();
    }

    /// Its clock starts anew, and it is open again.
    pub fn reset(&self) {
        self.handle.reset();
    }

    /// It is finished: the clock stands still, and it stays as it is or goes, as [`leave`](StatusBarBuilder::leave) says.
    pub fn close(&self) {
        self.handle.close();
    }

    /// Whether it is finished.
    pub fn is_closed(&self) -> bool {
        self.handle.bar.is_closed()
    }
}

impl<'a> From<&'a StatusBar> for Replaced<'a> {
    fn from(bar: &'a StatusBar) -> Replaced<'a> {
        Replaced(&bar.handle)
    }
}

impl fmt::Display for StatusBar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(80))
    }
}

impl fmt::Debug for StatusBar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusBar").field("line", &self.format(80)).finish_non_exhaustive()
    }
}
