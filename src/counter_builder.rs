//! The settings of a new counter.

use std::sync::Arc;
use std::time::Instant;

use crate::bars;
use crate::counter::Counter;
use crate::error::Error;
use crate::format::{BarFormat, CounterFormat};
use crate::handle::{Bar, Handle, Placement};
use crate::into::{IntoColor, IntoSeries, IntoText, IntoTotal};
use crate::lease::Lease;
use crate::manager::Manager;
use crate::state::counts::Counts;
use crate::state::number::Number;
use crate::state::rate::Estimator;
use crate::state::value::Value;
use crate::style::CounterStyle;
use crate::template::MESSAGE;

/// The settings of a new [`Counter`]; made with [`Manager::counter`].
///
/// A builder can be kept and cloned, to make several bars that are alike. While it lives, its
/// manager lives.
///
/// ```
/// # let manager = footlights::Manager::new();
/// let worker = manager.counter().total(9).color("cyan").leave(false);
/// let bars = ["a", "b"].map(|name| worker.clone().desc(name).add());
/// # drop(bars);
/// ```
#[derive(Clone, Debug)]
#[must_use = "the bar is shown when it is `add`ed"]
pub struct CounterBuilder {
    lease: Arc<Lease>,
    style: CounterStyle,
    total: Option<Number>,
    count: Number,
    desc: Option<Arc<str>>,
    message: Option<Arc<str>>,
    placement: Placement,
}

impl Manager {
    /// Returns the settings of a new bar, which stands below all others once it is
    /// [added](CounterBuilder::add).
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let files = manager.counter().total(30).desc("Copying").unit("files").color("green").add();
    /// files.inc(1);
    /// ```
    pub fn counter(&self) -> CounterBuilder {
        CounterBuilder {
            lease: self.lease().clone(),
            style: self.counter_style().clone(),
            total: None,
            count: Number::ZERO,
            desc: None,
            message: None,
            placement: Placement::default(),
        }
    }
}

impl CounterBuilder {
    /// Sets the total. Default: none, and none with `None`. Without a total there is no bar, no
    /// percentage and no time left.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let known = manager.counter().total(50);
    /// let measured = manager.counter().total(2.5);
    /// let perhaps = manager.counter().total("42".parse::<u32>().ok());
    /// # drop((known, measured, perhaps));
    /// ```
    pub fn total(mut self, total: impl IntoTotal) -> Self {
        self.total = total.into_total();
        self
    }

    /// Sets how much has been done before, elsewhere. It is shown as done, but not counted for the
    /// rate. Default: nothing.
    pub fn count(mut self, count: impl Into<Number>) -> Self {
        self.count = count.into();
        self
    }

    /// Sets the text before the bar. Default: none.
    pub fn desc(mut self, desc: impl IntoText) -> Self {
        self.desc = Some(desc.into_text());
        self
    }

    /// Sets the text after the bar. Default: none. [`Counter::set_message`] changes it.
    pub fn message(mut self, message: impl IntoText) -> Self {
        self.message = Some(message.into_text());
        self
    }

    /// Sets what is counted, in the plural: `ticks`, `files`. Default: none.
    pub fn unit(mut self, unit: impl IntoText) -> Self {
        self.style = self.style.unit(unit);
        self
    }

    /// Gives the bar a style. Replaces every setting made so far that a [`CounterStyle`] contains.
    /// Two survive: the unit, if the style sets none, and [fields](Self::field) that the style does
    /// not set. Default: the [style of the manager](crate::ManagerBuilder::counter_style).
    ///
    /// ```
    /// use footlights::CounterStyle;
    ///
    /// # let manager = footlights::Manager::new();
    /// let image = manager.counter().style(&CounterStyle::download()).color("green").desc("a.iso");
    /// let image = image.total(30 << 20).add();
    /// ```
    pub fn style(mut self, style: &CounterStyle) -> Self {
        self.style = self.style.changed_to(style);
        self
    }

    /// Sets the color of the bar. Default: the terminal's foreground.
    ///
    /// ```
    /// use footlights::AnsiColor;
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().color(AnsiColor::Red).add();
    /// let bar = manager.counter().color((0, 200, 80)).add();
    /// let bar = manager.counter().color("bold_red_on_#202020").add();
    ///
    /// let error = manager.counter().color("rde").try_add().unwrap_err();
    /// assert_eq!(error.to_string(), "cannot read color `rde`: unknown word `rde` (column 1)");
    /// ```
    pub fn color(mut self, color: impl IntoColor) -> Self {
        self.style = self.style.color(color);
        self
    }

    /// Sets the glyphs of the bar, as a text or a list of cells, each one column wide: first the
    /// empty cell, last the full one, between them how a cell fills. Default: blocks in steps of an
    /// eighth of a cell.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let plain = manager.counter().total(4).series(" .oO").add();
    /// let listed = manager.counter().total(4).series([" ", "-", "="]).add();
    /// ```
    pub fn series(mut self, series: impl IntoSeries) -> Self {
        self.style = self.style.series(series);
        self
    }

    /// Sets the character that `{fill}` fields are filled with; one column wide. Default: a blank.
    pub fn fill(mut self, fill: char) -> Self {
        self.style = self.style.fill(fill);
        self
    }

    /// Sets how `{rate}`, `{interval}` and `{eta}` are estimated. Default: [`Estimator::Mean`].
    pub fn estimator(mut self, estimator: Estimator) -> Self {
        self.style = self.style.estimator(estimator);
        self
    }

    /// Sets the format of the line on the way to the total: see [formats](crate::formats).
    ///
    /// ```
    /// use footlights::bar_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let format = bar_format!("{desc} {percentage:3.0f}%|{bar}| {stage}", stage);
    /// let build = manager.counter().total(9).desc("Build").field("stage", "linking").bar_format(format).add();
    /// ```
    pub fn bar_format(mut self, format: BarFormat) -> Self {
        self.style = self.style.bar_format(format);
        self
    }

    /// Sets the format of the line without a total, or with a count beyond it.
    pub fn counter_format(mut self, format: CounterFormat) -> Self {
        self.style = self.style.counter_format(format);
        self
    }

    /// Sets a field of your own, for formats to show. Its value decides its type.
    ///
    /// A field that no format names shows nowhere. If the name is that of a
    /// [built-in field](crate::formats) of Enlighten's, formats show the built-in one.
    pub fn field(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.style = self.style.field(name, value);
        self
    }

    /// Sets whether the bar stays on the screen when it is closed. Default: yes.
    pub fn leave(mut self, leave: bool) -> Self {
        self.style = self.style.leave(leave);
        self
    }

    /// Pins the bar to a row, counted from the bottom: 1 is the last row. Default: the bar stands
    /// below all others that are not pinned, and moves up when a newer one is added.
    ///
    /// Whether the row exists and is free is known only when the bar is added: [`add`](Self::add)
    /// leaves the bar unpinned otherwise, and [`try_add`](Self::try_add) says why.
    pub fn position(mut self, row: usize) -> Self {
        self.placement.pin(row);
        self
    }

    /// Lets the bar take the place of another one of either kind, pinned or not. The other one is
    /// closed and removed when the new one is added. A [`position`](Self::position) has no effect
    /// then.
    pub fn replace(mut self, old: &impl Bar) -> Self {
        self.placement.replace(old);
        self
    }

    /// Adds the bar to the screen.
    ///
    /// Never fails: a setting that is wrong (a color or a series that cannot be read, a fill that
    /// is not one column wide, a row that does not exist or is taken) is left at its default.
    /// [`try_add`](Self::try_add) says what is wrong.
    pub fn add(self) -> Counter {
        let (lease, bar, placement) = self.into_parts();
        Counter::new(Handle::add(lease, bar, &placement))
    }

    /// Adds the bar to the screen if all settings are right.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let error = manager.counter().color("rde").fill('漢').try_add().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "2 settings are wrong\n  \
    ///        cannot read color `rde`: unknown word `rde` (column 1)\n  \
    ///        cannot fill with `漢`: it does not take exactly one column"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// If a setting is wrong. The error lists everything that is wrong, in the order in which it
    /// was set and the row last. No bar is added then, and a bar that was to be replaced stays.
    pub fn try_add(self) -> Result<Counter, Error> {
        let row = self.placement.problem(&self.lease);
        Error::all(self.style.problems().into_iter().chain(row).collect())?;
        let (lease, bar, placement) = self.into_parts();
        Handle::try_add(lease, bar, &placement).map(Counter::new)
    }

    fn into_parts(self) -> (Arc<Lease>, bars::Bar, Placement) {
        let now = Instant::now();
        let mut appearance = self.style.appearance(now);
        if let Some(desc) = self.desc {
            appearance.edit_counter(|counter| counter.desc = desc);
        }
        if let Some(message) = self.message {
            appearance.snapshot.fields.set(MESSAGE, Value::Text(message));
        }
        appearance.start(self.count, now);
        let bar = bars::Bar::new(Counts::new(self.count, self.total), appearance, self.style.stays());
        (self.lease, bar, self.placement)
    }
}
