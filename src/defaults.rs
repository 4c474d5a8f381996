//! What new bars are like.

use std::sync::Arc;

use crate::bars::Appearance;
use crate::error::Error;
use crate::paint::color::Color;
use crate::paint::series::Series;
use crate::state::snapshot::{Justify, Snapshot};
use crate::state::speed::Estimator;
use crate::state::value::Value;
use crate::template::{Formats, Kind};

/// What the bars of a manager are like unless they are told otherwise; given to
/// [`ManagerBuilder::defaults`](crate::ManagerBuilder::defaults).
///
/// Each setting means what the method of the same name means for a single bar. What goes with one kind of bar only does not
/// concern the other.
///
/// ```
/// use footlights::{AnsiColor, Defaults, Manager};
///
/// let defaults = Defaults::new().color(AnsiColor::Cyan).unit("files").leave(false);
/// let manager = Manager::builder().defaults(defaults.bar_format("{desc:>12} |{bar}| {count}/{total}")?).start();
/// let copied = manager.counter().total(9).desc("Copied").add();
/// # Ok::<(), footlights::Error>(())
/// ```
///
/// A format is read here, once, and what is wrong with it is known before anything is shown. The threads that make bars later have
/// no errors to handle:
///
/// ```
/// use std::thread;
///
/// use footlights::{Defaults, Manager};
///
/// let defaults = Defaults::new().leave(false).bar_format("{desc} {percentage:3.0f}%|{bar:24}| {message}")?;
/// let manager = Manager::builder().defaults(defaults).start();
/// thread::scope(|scope| {
///     for n in 1..=4 {
///         let manager = &manager;
///         scope.spawn(move || {
///             let bar = manager.counter().total(9).desc(format!("Worker {n}")).add();
///             for file in bar.wrap_iter(0..9) {
///                 bar.message(format!("file {file}"));
///             }
///         });
///     }
/// });
/// # Ok::<(), footlights::Error>(())
/// ```
///
/// For bars of several kinds under one manager, make a [builder](crate::CounterBuilder) of each, and `clone` it.
#[derive(Clone, Debug)]
#[must_use = "nothing changes before it is given to a manager"]
pub struct Defaults {
    pub(crate) leave: bool,
    pub(crate) counter: Appearance,
    pub(crate) status: Appearance,
}

impl Defaults {
    /// What bars are like when nothing was said.
    pub fn new() -> Defaults {
        let look = |shot| Appearance::new(shot, Formats::standard());
        Defaults { leave: true, counter: look(Snapshot::counter()), status: look(Snapshot::status()) }
    }

    /// Whether bars stay when they are closed.
    pub fn leave(mut self, leave: bool) -> Self {
        self.leave = leave;
        self
    }

    /// The colour of bars, and of the whole row of status bars.
    pub fn color(mut self, color: impl Into<Color>) -> Self {
        let color = color.into();
        (self.counter.snapshot.color, self.status.snapshot.color) = (color, color);
        self
    }

    /// What `fill` fields, and the rest of the row of status bars, are filled with.
    ///
    /// # Errors
    ///
    /// If it does not take exactly one column.
    pub fn fill(mut self, fill: char) -> Result<Self, Error> {
        self.counter.set_fill(fill)?;
        self.status.set_fill(fill)?;
        Ok(self)
    }

    /// A field that all bars have.
    pub fn field(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        self.counter.snapshot.set_field(name, value.clone());
        self.status.snapshot.set_field(name, value);
        self
    }

    /// What is counted, in the plural.
    pub fn unit(mut self, unit: impl Into<Arc<str>>) -> Self {
        let unit = unit.into();
        self.counter.edit_counter(|counted| counted.unit = unit);
        self
    }

    /// The glyphs of bars.
    ///
    /// # Errors
    ///
    /// If there are fewer than two, or one is not one column wide.
    pub fn series<S>(mut self, series: S) -> Result<Self, Error>
    where
        S: TryInto<Series>,
        Error: From<S::Error>,
    {
        let series = Arc::new(series.try_into()?);
        self.counter.edit_counter(|counted| counted.series = series);
        Ok(self)
    }

    /// How rate and time left are estimated.
    pub fn estimator(mut self, estimator: Estimator) -> Self {
        self.counter.edit_counter(|counted| counted.estimator = estimator);
        self
    }

    /// What counters look like on the way to their total.
    ///
    /// # Errors
    ///
    /// If the text is no template, or has a field that is neither built in nor was set with [`field`](Self::field) before.
    pub fn bar_format(mut self, format: &str) -> Result<Self, Error> {
        self.counter.set_format(format, Kind::Bar)?;
        Ok(self)
    }

    /// What counters look like when there is no total, or the count has gone beyond it.
    ///
    /// # Errors
    ///
    /// As with [`bar_format`](Self::bar_format).
    pub fn counter_format(mut self, format: &str) -> Result<Self, Error> {
        self.counter.set_format(format, Kind::Counter)?;
        Ok(self)
    }

    /// What status bars say while they have no text.
    ///
    /// # Errors
    ///
    /// As with [`bar_format`](Self::bar_format).
    pub fn status_format(mut self, format: &str) -> Result<Self, Error> {
        self.status.set_format(format, Kind::Status)?;
        Ok(self)
    }

    /// Where in its row the text of a status bar stands.
    pub fn justify(mut self, justify: Justify) -> Self {
        self.status.edit_status(|said| said.justify = justify);
        self
    }
}

impl Default for Defaults {
    fn default() -> Defaults {
        Defaults::new()
    }
}
