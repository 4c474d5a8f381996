//! Styles: the appearance of bars as values, apart from texts and counts.

use std::sync::Arc;

use crate::bars::{Appearance, OnClose};
use crate::cells::color::Color;
use crate::cells::color_rule::ColorRule;
use crate::cells::series::Series;
use crate::cells::spinner::Spinner;
use crate::cells::width;
use crate::error::Error;
use crate::format::{BarFormat, CounterFormat, StatusFormat, bar_format, counter_format};
use crate::into::{IntoColor, IntoSeries, IntoText};
use crate::state::fields::Fields;
use crate::state::look::Look;
use crate::state::number::Number;
use crate::state::rate::Estimator;
use crate::state::snapshot::{BeyondTotal, Justify, Snapshot};
use crate::state::value::Value;
use crate::sys::Instant;
use crate::template::Templates;

/// The appearance of a counter: color, glyphs, formats, unit, estimator, and whether it stays on
/// the screen when it is closed.
///
/// A style is a value. Give it to a new bar
/// ([`CounterBuilder::style`](crate::CounterBuilder::style)), to an existing bar
/// ([`Counter::set_style`](crate::Counter::set_style)), or to a manager as the style of all its new
/// bars ([`ManagerBuilder::counter_style`](crate::ManagerBuilder::counter_style)).
///
/// ```
/// use footlights::{CounterStyle, Manager, bar_format};
///
/// let files = CounterStyle::new()
///     .color("cyan")
///     .unit("files")
///     .bar_format(bar_format!("{desc:>8} |{bar}| {count}/{total}"));
/// let failures = CounterStyle::ascii().color("red").leave(false);
///
/// let manager = Manager::builder().counter_style(files).build();
/// let copied = manager.counter().total(9).desc("Copied").add();
/// let failed = manager.counter().style(&failures).desc("Failed").add();
/// ```
///
/// There are ready-made styles: [`enlighten`](Self::enlighten) (the default), [`tqdm`](Self::tqdm),
/// [`cargo`](Self::cargo), [`thin`](Self::thin), [`rounded`](Self::rounded), [`dots`](Self::dots),
/// [`solid`](Self::solid), [`gradient`](Self::gradient), [`ascii`](Self::ascii),
/// [`download`](Self::download) and [`spinning`](Self::spinning). [`named`](Self::named) finds them by
/// name, and `demos/gallery.rs` shows them. Each of them can be changed further.
///
#[cfg_attr(docsrs, doc = include_str!("../docs/pictures/gallery-still.svg"))]
///
/// A wrong setting is left as it was. [`check`](Self::check) reports it, and so does
/// [`CounterBuilder::try_add`](crate::CounterBuilder::try_add) of every bar with this style.
#[derive(Clone, Debug)]
#[must_use = "a style shows only on the bars that it is given to"]
pub struct CounterStyle {
    common: CommonStyle,
    /// `None` leaves the unit of the bar as it is.
    unit: Option<Arc<str>>,
    series: Arc<Series>,
    estimator: Estimator,
    beyond_total: BeyondTotal,
}

/// The appearance of a status bar: color, fill, format, alignment, and whether it stays on the
/// screen when it is closed.
///
/// Used like a [`CounterStyle`].
///
/// ```
/// use footlights::{Justify, Manager, StatusStyle};
///
/// let heading = StatusStyle::new().color("bold_white_on_slategray").fill('·').justify(Justify::Center);
/// let manager = Manager::new();
/// let status = manager.status_bar().style(&heading).text(" installing ").add();
/// assert_eq!(status.render(20), "···· installing ····");
/// ```
#[derive(Clone, Debug)]
#[must_use = "a style shows only on the bars that it is given to"]
pub struct StatusStyle {
    common: CommonStyle,
    justify: Justify,
}

/// The settings that both kinds of styles have.
#[derive(Clone, Debug)]
struct CommonStyle {
    color: Color,
    /// What few styles have.
    look: Option<Arc<Look>>,
    fill: char,
    templates: Templates,
    fields: Fields,
    on_close: OnClose,
    /// What is wrong, in the order in which it was set.
    problems: Problems,
}

impl CounterStyle {
    /// Returns the default style, the same as [`enlighten`](Self::enlighten).
    ///
    /// ```
    /// use footlights::CounterStyle;
    ///
    /// let style = CounterStyle::new().color("green").unit("files");
    /// # let manager = footlights::Manager::new();
    /// let copied = manager.counter().style(&style).total(30).desc("Copied").add();
    /// let checked = manager.counter().style(&style).total(30).desc("Checked").add();
    /// assert_eq!(&*checked.unit(), "files");
    /// ```
    pub fn new() -> CounterStyle {
        CounterStyle {
            common: CommonStyle::new(),
            unit: None,
            series: Series::standard(),
            estimator: Estimator::Mean,
            beyond_total: BeyondTotal::CounterFormat,
        }
    }

    /// Returns the style of Python's Enlighten.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use footlights::{ColorDepth, CounterStyle, Manager, Output};
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let bar = manager.counter().style(&CounterStyle::enlighten()).desc("Copying").unit("files").total(30).add();
    /// bar.inc(12);
    /// assert_eq!(
    ///     bar.render_at(66, Duration::from_secs(3), ColorDepth::None),
    ///     "Copying  40%|███████▎          | 12/30 [00:03<00:04, 4.00 files/s]"
    /// );
    /// ```
    pub fn enlighten() -> CounterStyle {
        CounterStyle::new()
    }

    /// Returns the style of Python's tqdm, with the message at the end.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use footlights::{ColorDepth, CounterStyle, Manager, Output};
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let bar = manager.counter().style(&CounterStyle::tqdm()).total(30).message("a.txt").add();
    /// bar.inc(12);
    /// assert_eq!(
    ///     bar.render_at(59, Duration::from_secs(3), ColorDepth::None),
    ///     " 40%|██████▊          | 12/30 [00:03<00:04, 4.00it/s] a.txt"
    /// );
    /// ```
    pub fn tqdm() -> CounterStyle {
        CounterStyle::new()
            .unit("it")
            .bar_format(bar_format!(
                "{desc}{desc_pad}{percentage:3.0f}%|{bar}| {count:d}/{total:d} \
                 [{elapsed}<{eta}, {rate:.2f}{unit}/s]{message_pad}{message}"
            ))
            .counter_format(counter_format!(
                "{desc}{desc_pad}{count:d}{unit} [{elapsed}, {rate:.2f}{unit}/s]{message_pad}{message}{fill}"
            ))
    }

    /// Returns the style of cargo: a bar of constant width, with the message after it.
    ///
    /// ```
    /// # use footlights::{CounterStyle, Manager, Output};
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let bar = manager.counter().style(&CounterStyle::cargo()).desc("Building").total(30).message("serde").add();
    /// bar.inc(12);
    /// assert_eq!(bar.render(60), "    Building [=========>              ] 12/30: serde");
    /// ```
    pub fn cargo() -> CounterStyle {
        CounterStyle::new()
            // The head stays until the next cell begins.
            .series(" >>>>>>>>>=")
            .bar_format(bar_format!("{:bold_cyan}{desc:>12}{:} [{bar:24}] {count:d}/{total:d}: {message}"))
            .counter_format(counter_format!("{:bold_cyan}{desc:>12}{:} {count:d}: {message}{fill}"))
    }

    /// Returns the style of Python's rich: a thin line, with a gap where what is done ends. It is green
    /// when it is complete.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use footlights::{ColorDepth, CounterStyle, Manager, Output};
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let bar = manager.counter().style(&CounterStyle::thin()).desc("Working").total(30).message("a.txt").add();
    /// bar.inc(12);
    /// assert_eq!(
    ///     bar.render_at(59, Duration::from_secs(3), ColorDepth::None),
    ///     "Working ━━━━━━━━━━╸                 40% [00:03<00:04] a.txt"
    /// );
    /// ```
    pub fn thin() -> CounterStyle {
        CounterStyle::new()
            .series(Series::line())
            .color_rule(ColorRule::steps([(0.0, "#d7477f"), (1.0, "#5f9f3f")]))
            .remaining_color("#767676")
            .bar_format(bar_format!(
                "{desc}{desc_pad}{bar:10..} {percentage:3.0f}% [{elapsed}<{eta}]{message_pad}{message}"
            ))
    }

    /// Returns a style of ASCII characters, for terminals and fonts that have no others.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use footlights::{ColorDepth, CounterStyle, Manager, Output};
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let bar = manager.counter().style(&CounterStyle::ascii()).desc("Copying").total(30).message("a.txt").add();
    /// bar.inc(12);
    /// assert_eq!(
    ///     bar.render_at(70, Duration::from_secs(3), ColorDepth::None),
    ///     "Copying  40% [########-------------] 12/30 [00:03<00:04, 4.00/s] a.txt"
    /// );
    /// ```
    pub fn ascii() -> CounterStyle {
        CounterStyle::new().series("-#").bar_format(bar_format!(
            "{desc}{desc_pad}{percentage:3.0f}% [{bar:10..}] {count:{len_total}d}/{total:d} \
             [{elapsed}<{eta}, {rate:.2f}{unit_pad}{unit}/s]{message_pad}{message}"
        ))
    }

    /// Returns a style for counts of bytes. It shows them as amounts of bytes, with a rate and a
    /// remaining time that follow recent progress ([`Estimator::Smoothed`]). Where more arrives than was
    /// announced, the bar stays full ([`BeyondTotal::FullBar`]).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use footlights::{ColorDepth, CounterStyle, Estimator, Manager, Output};
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let style = CounterStyle::download();
    /// # let style = style.estimator(Estimator::Mean); // the same line each time
    /// let bar = manager.counter().style(&style).desc("a.iso").total(30 << 20).message("mirror 2").add();
    /// bar.inc(12 << 20);
    /// assert_eq!(
    ///     bar.render_at(70, Duration::from_secs(3), ColorDepth::None),
    ///     "a.iso  40%|████▊       | 12.0 MiB/30.0 MiB [3s<4s, 4.0 MiB/s] mirror 2"
    /// );
    /// ```
    pub fn download() -> CounterStyle {
        CounterStyle::new()
            .estimator(Estimator::Smoothed)
            .beyond_total(BeyondTotal::FullBar)
            .bar_format(bar_format!(
                "{desc}{desc_pad}{percentage:3.0f}%|{bar:10..}| {bytes}/{total_bytes} \
                 [{elapsed_short}<{eta_short}, {bytes_per_sec}]{message_pad}{message}"
            ))
            .counter_format(counter_format!(
                "{desc}{desc_pad}{bytes} [{elapsed_short}, {bytes_per_sec}]{message_pad}{message}{fill}"
            ))
            .plain_format(bar_format!(
                "{desc}{desc_pad}{percentage:3.0f}% ({bytes} of {total_bytes}{segments}) {elapsed_short}, \
                 {bytes_per_sec}{message_pad}{message}"
            ))
            .plain_counter_format(counter_format!(
                "{desc}{desc_pad}{bytes}{segments} {elapsed_short}, {bytes_per_sec}{message_pad}{message}"
            ))
    }

    /// Sets the color of the bar. Default: the terminal's foreground.
    ///
    /// ```
    /// use footlights::CounterStyle;
    ///
    /// let style = CounterStyle::new().color("peru");
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().style(&style).total(9).add();
    /// ```
    pub fn color(mut self, color: impl IntoColor) -> Self {
        self.common.set_color(color);
        self
    }

    /// Sets a color that follows the state of the bar, in place of a constant one: see [`ColorRule`].
    ///
    /// ```
    /// use footlights::{ColorRule, CounterStyle};
    ///
    /// let style = CounterStyle::new().color_rule(ColorRule::gradient(["#5f5fff", "#ff5faf"]));
    /// assert!(style.check().is_ok());
    /// ```
    pub fn color_rule(mut self, rule: ColorRule) -> Self {
        if let Some(rule) = self.common.problems.take_in(Setting::Color, rule.check().map(|()| rule)) {
            self.common.edit_look(|look| look.rule = Some(rule));
        }
        self
    }

    /// Sets the color of the part of the bar that is not done yet. Default: that of the bar. A series
    /// with a blank empty cell shows only its background: `on_#303030`.
    ///
    /// ```
    /// use footlights::{CounterStyle, Series};
    ///
    /// let line = CounterStyle::new().series(Series::line()).color("cyan").remaining_color("#6c6c6c");
    /// assert!(line.check().is_ok());
    /// ```
    pub fn remaining_color(mut self, color: impl IntoColor) -> Self {
        if let Some(color) = self.common.problems.take_in(Setting::RemainingColor, color.into_color()) {
            self.common.edit_look(|look| look.remaining = Some(color));
        }
        self
    }

    /// Sets the frames of `{spinner}` fields. Default: [`Spinner::dots`].
    ///
    /// ```
    /// use footlights::{CounterStyle, Spinner};
    ///
    /// let style = CounterStyle::new().spinner(Spinner::arc());
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().style(&style).total(9).add();
    /// ```
    pub fn spinner(mut self, spinner: Spinner) -> Self {
        self.common.edit_look(|look| look.spinner = Some(spinner));
        self
    }

    /// Sets the character that `{fill}` fields consist of, one column wide. Default: a blank.
    ///
    /// ```
    /// use footlights::{CounterStyle, counter_format};
    ///
    /// let style = CounterStyle::new().fill('.').counter_format(counter_format!("{desc} {fill} {count}"));
    /// # let manager = footlights::Manager::new();
    /// let pages = manager.counter().style(&style).desc("Pages").add();
    /// assert_eq!(pages.render(20), "Pages ............ 0");
    /// ```
    pub fn fill(mut self, fill: char) -> Self {
        self.common.set_fill(fill);
        self
    }

    /// Sets the glyphs of the bar: see [`CounterBuilder::series`](crate::CounterBuilder::series).
    /// Default: block elements in steps of an eighth of a cell.
    ///
    /// ```
    /// use footlights::{CounterStyle, Series};
    ///
    /// let style = CounterStyle::new().series(Series::dots());
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().style(&style).total(9).add();
    /// ```
    pub fn series(mut self, series: impl IntoSeries) -> Self {
        if let Some(series) = self.common.problems.take_in(Setting::Series, series.into_series()) {
            self.series = Arc::new(series);
        }
        self
    }

    /// Sets how rate and remaining time are estimated. Default: [`Estimator::Mean`].
    ///
    /// ```
    /// use footlights::{CounterStyle, Estimator};
    ///
    /// let style = CounterStyle::new().estimator(Estimator::Smoothed);
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().style(&style).total(9).add();
    /// ```
    pub fn estimator(mut self, estimator: Estimator) -> Self {
        self.estimator = estimator;
        self
    }

    /// Sets what is shown when the count exceeds the total. Default: [`BeyondTotal::CounterFormat`].
    ///
    /// ```
    /// use footlights::{CounterStyle, BeyondTotal};
    ///
    /// let style = CounterStyle::new().beyond_total(BeyondTotal::FullBar);
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().style(&style).total(9).add();
    /// ```
    pub fn beyond_total(mut self, beyond_total: BeyondTotal) -> Self {
        self.beyond_total = beyond_total;
        self
    }

    /// Sets the format that is used until the count exceeds the total.
    ///
    /// ```
    /// use footlights::{CounterStyle, bar_format};
    ///
    /// let style = CounterStyle::new().bar_format(bar_format!("{desc} {bar} {count}/{total}"));
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().style(&style).total(9).add();
    /// ```
    pub fn bar_format(mut self, format: BarFormat) -> Self {
        self.common.templates.set(format.template().clone());
        self
    }

    /// Sets the format that is used without a total, or if the count exceeds it.
    ///
    /// ```
    /// use footlights::{CounterStyle, counter_format};
    ///
    /// let style = CounterStyle::new().counter_format(counter_format!("{desc} {count} {elapsed}"));
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().style(&style).total(9).add();
    /// ```
    pub fn counter_format(mut self, format: CounterFormat) -> Self {
        self.common.templates.set(format.template().clone());
        self
    }

    /// Sets the format of [plain](crate::Output::Plain) lines until the count exceeds the total.
    /// Default: `Building  45% (9/20 files, 3 failed) 00:12<00:15`, or the same in words.
    ///
    /// ```
    /// use footlights::{CounterStyle, bar_format};
    ///
    /// let style = CounterStyle::new().plain_format(bar_format!("{desc}: {percentage:.0f}%"));
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().style(&style).total(9).add();
    /// ```
    pub fn plain_format(mut self, format: BarFormat) -> Self {
        self.common.templates.set_plain(format.template().clone());
        self
    }

    /// Sets the format of [plain](crate::Output::Plain) lines without a total, or if the count
    /// exceeds it. Default: `Reading 1234 lines, 3 failed 00:12`, or the same in words.
    ///
    /// ```
    /// use footlights::{CounterStyle, counter_format};
    ///
    /// let format = counter_format!("{desc}: {count:d} {unit} in {elapsed_short}");
    /// let style = CounterStyle::new().unit("pages").plain_counter_format(format);
    /// # let manager = footlights::Manager::new();
    /// let pages = manager.counter().style(&style).desc("Crawling").add();
    /// ```
    pub fn plain_counter_format(mut self, format: CounterFormat) -> Self {
        self.common.templates.set_plain(format.template().clone());
        self
    }

    /// Sets the unit of the counts, in the plural: `ticks`, `files`. Default: bars keep their unit.
    ///
    /// ```
    /// use footlights::CounterStyle;
    ///
    /// let style = CounterStyle::new().unit("files");
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().style(&style).total(9).add();
    /// ```
    pub fn unit(mut self, unit: impl IntoText) -> Self {
        self.unit = Some(unit.into_text());
        self
    }

    /// Sets whether bars stay on the screen when they are closed: [`OnClose::Keep`] or
    /// [`OnClose::Clear`]. Default: yes.
    ///
    /// ```
    /// use footlights::CounterStyle;
    ///
    /// let style = CounterStyle::new().leave(false);
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().style(&style).total(9).add();
    /// ```
    pub fn leave(self, leave: bool) -> Self {
        self.on_close(OnClose::leave(leave))
    }

    /// Sets what remains of bars when they are closed. Default: [`OnClose::Keep`].
    ///
    /// ```
    /// use footlights::{CounterStyle, OnClose};
    ///
    /// let style = CounterStyle::new().on_close(OnClose::Log);
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().style(&style).total(9).add();
    /// ```
    pub fn on_close(mut self, on_close: OnClose) -> Self {
        self.common.on_close = on_close;
        self
    }

    /// Sets a field of your own for all bars of this style. A bar that sets the same field keeps
    /// its own value.
    ///
    /// ```
    /// use footlights::{CounterStyle, bar_format};
    ///
    /// let style = CounterStyle::new().bar_format(bar_format!("{bar} {host}", host)).field("host", "eu-1");
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().style(&style).total(9).add();
    /// ```
    pub fn field(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.common.fields.set(name, value.into());
        self
    }

    /// Checks all settings.
    ///
    /// ```
    /// let style = footlights::CounterStyle::new().color("rde").series("#");
    /// assert_eq!(
    ///     style.check().unwrap_err().to_string(),
    ///     "2 settings are wrong\n  \
    ///        cannot read color `rde`: unknown word `rde`; did you mean `red`? (column 1)\n  \
    ///        cannot draw with this series: it needs an empty and a full cell"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// If a setting is wrong. The error lists all wrong settings.
    pub fn check(&self) -> Result<(), Error> {
        Error::all(self.problems())
    }

    /// The style of a bar that has this style and is then given `other`.
    pub(crate) fn changed_to(&self, other: &CounterStyle) -> CounterStyle {
        let unit = other.unit.clone().or_else(|| self.unit.clone());
        CounterStyle { common: self.common.changed_to(&other.common), unit, ..other.clone() }
    }

    /// What remains of bars when they are closed.
    pub(crate) fn closing(&self) -> OnClose {
        self.common.on_close
    }

    pub(crate) fn problems(&self) -> Vec<Error> {
        self.common.problems.all()
    }

    /// The appearance of a new bar that starts now, from `count`.
    pub(crate) fn appearance(&self, count: Number, now: Instant) -> Appearance {
        let mut appearance = Appearance::new(Snapshot::counter(), count, now);
        self.apply(&mut appearance);
        appearance
    }

    /// Applies this style to a bar. The texts and fields of the bar stay.
    pub(crate) fn apply(&self, appearance: &mut Appearance) {
        self.common.apply(appearance);
        appearance.edit_counter(|counter| {
            counter.series = self.series.clone();
            counter.estimator = self.estimator;
            counter.beyond_total = self.beyond_total;
            if let Some(unit) = &self.unit {
                counter.unit = unit.clone();
            }
        });
    }
}

impl StatusStyle {
    /// Returns the default style: no format, aligned to the left, in the terminal's colors.
    ///
    /// ```
    /// use footlights::StatusStyle;
    ///
    /// let warning = StatusStyle::new().color("black_on_yellow");
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().style(&warning).text("offline").add();
    /// assert_eq!(status.render(9), "offline  ");
    /// ```
    pub fn new() -> StatusStyle {
        StatusStyle { common: CommonStyle::new(), justify: Justify::Left }
    }

    /// Sets the color of the whole row. Default: the terminal's colors.
    ///
    /// ```
    /// use footlights::StatusStyle;
    ///
    /// let style = StatusStyle::new().color("black_on_cyan");
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().style(&style).text("ready").add();
    /// ```
    pub fn color(mut self, color: impl IntoColor) -> Self {
        self.common.set_color(color);
        self
    }

    /// Sets the frames of `{spinner}` fields. Default: [`Spinner::dots`].
    ///
    /// ```
    /// use footlights::{ColorDepth, Spinner, StatusStyle, status_format};
    ///
    /// let style = StatusStyle::new().spinner(Spinner::line()).format(status_format!("{spinner} {stage}", stage));
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().style(&style).field("stage", "linking").add();
    /// assert_eq!(status.render_at(9, 0.1, ColorDepth::None), "/ linking");
    /// ```
    pub fn spinner(mut self, spinner: Spinner) -> Self {
        self.common.edit_look(|look| look.spinner = Some(spinner));
        self
    }

    /// Sets the character that `{fill}` fields and the rest of the row consist of, one column wide.
    /// Default: a blank.
    ///
    /// ```
    /// use footlights::{Justify, StatusStyle};
    ///
    /// let style = StatusStyle::new().fill('=').justify(Justify::Center);
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().style(&style).text(" ready ").add();
    /// assert_eq!(status.render(15), "==== ready ====");
    /// ```
    pub fn fill(mut self, fill: char) -> Self {
        self.common.set_fill(fill);
        self
    }

    /// Sets the format that is shown while a status bar has no text. Default: none; the row is
    /// empty then.
    ///
    /// ```
    /// use footlights::{StatusStyle, status_format};
    ///
    /// let style = StatusStyle::new().format(status_format!("{stage}{fill}{elapsed}", stage));
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().style(&style).text("ready").add();
    /// ```
    pub fn format(mut self, format: StatusFormat) -> Self {
        self.common.templates.set(format.template().clone());
        self
    }

    /// Sets the format of [plain](crate::Output::Plain) lines that are written while a status bar has
    /// no text. Default: its other format.
    ///
    /// ```
    /// use footlights::{StatusStyle, status_format};
    ///
    /// let style = StatusStyle::new()
    ///     .format(status_format!("{spinner} {stage}{fill}{elapsed}", stage))
    ///     .plain_format(status_format!("stage: {stage}", stage)); // a log needs neither spinner nor fill
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().style(&style).field("stage", "linking").add();
    /// ```
    pub fn plain_format(mut self, format: StatusFormat) -> Self {
        self.common.templates.set_plain(format.template().clone());
        self
    }

    /// Sets the alignment of the text in its row. Default: left.
    ///
    /// ```
    /// use footlights::{Justify, StatusStyle};
    ///
    /// let style = StatusStyle::new().justify(Justify::Center);
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().style(&style).text("ready").add();
    /// ```
    pub fn justify(mut self, justify: Justify) -> Self {
        self.justify = justify;
        self
    }

    /// Sets whether status bars stay on the screen when they are closed: [`OnClose::Keep`] or
    /// [`OnClose::Clear`]. Default: yes.
    ///
    /// ```
    /// use footlights::StatusStyle;
    ///
    /// let style = StatusStyle::new().leave(false);
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().style(&style).text("ready").add();
    /// ```
    pub fn leave(self, leave: bool) -> Self {
        self.on_close(OnClose::leave(leave))
    }

    /// Sets what remains of status bars when they are closed. Default: [`OnClose::Keep`].
    ///
    /// ```
    /// use footlights::{OnClose, StatusStyle};
    ///
    /// let style = StatusStyle::new().on_close(OnClose::Log);
    /// # let manager = footlights::Manager::new();
    /// manager.status_bar().style(&style).text("connected to eu-1").add().close(); // a line of the log
    /// ```
    pub fn on_close(mut self, on_close: OnClose) -> Self {
        self.common.on_close = on_close;
        self
    }

    /// Sets a field of your own for all status bars of this style. A status bar that sets the same
    /// field keeps its own value.
    ///
    /// ```
    /// use footlights::{StatusStyle, status_format};
    ///
    /// let style = StatusStyle::new().format(status_format!("{host}: {stage}", host, stage)).field("host", "eu-1");
    /// # let manager = footlights::Manager::new();
    /// let status = manager.status_bar().style(&style).field("stage", "link").add();
    /// assert_eq!(status.render(12), "eu-1: link  ");
    /// ```
    pub fn field(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.common.fields.set(name, value.into());
        self
    }

    /// Checks all settings.
    ///
    /// ```
    /// use footlights::StatusStyle;
    ///
    /// assert!(StatusStyle::new().color("rde").check().is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// If a setting is wrong. The error lists all wrong settings.
    pub fn check(&self) -> Result<(), Error> {
        Error::all(self.problems())
    }

    /// The style of a bar that has this style and is then given `other`.
    pub(crate) fn changed_to(&self, other: &StatusStyle) -> StatusStyle {
        StatusStyle { common: self.common.changed_to(&other.common), justify: other.justify }
    }

    /// What remains of status bars when they are closed.
    pub(crate) fn closing(&self) -> OnClose {
        self.common.on_close
    }

    pub(crate) fn problems(&self) -> Vec<Error> {
        self.common.problems.all()
    }

    /// The appearance of a new status bar.
    pub(crate) fn appearance(&self, now: Instant) -> Appearance {
        let mut appearance = Appearance::new(Snapshot::status(), Number::ZERO, now);
        self.apply(&mut appearance);
        appearance
    }

    /// Applies this style to a status bar. Its text and its fields stay.
    pub(crate) fn apply(&self, appearance: &mut Appearance) {
        self.common.apply(appearance);
        appearance.edit_status(|status| status.justify = self.justify);
    }
}

/// A setting that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    Color,
    RemainingColor,
    Fill,
    Series,
}

/// The settings that are wrong. A setting that is made again is right or wrong by its last value.
#[derive(Clone, Debug, Default)]
struct Problems(Vec<(Setting, Error)>);

impl Problems {
    /// Takes in what became of a setting. Returns its value if it is right.
    fn take_in<T>(&mut self, setting: Setting, value: Result<T, Error>) -> Option<T> {
        self.0.retain(|(other, _)| *other != setting);
        match value {
            Ok(value) => Some(value),
            Err(problem) => {
                self.0.push((setting, problem));
                None
            }
        }
    }

    fn all(&self) -> Vec<Error> {
        self.0.iter().map(|(_, problem)| problem.clone()).collect()
    }
}

impl CommonStyle {
    fn new() -> CommonStyle {
        CommonStyle {
            color: Color::DEFAULT,
            look: None,
            fill: ' ',
            templates: Templates::standard(),
            fields: Fields::default(),
            on_close: OnClose::Keep,
            problems: Problems::default(),
        }
    }

    fn set_color(&mut self, color: impl IntoColor) {
        if let Some(color) = self.problems.take_in(Setting::Color, color.into_color()) {
            self.color = color;
            self.edit_look(|look| look.rule = None);
        }
    }

    fn edit_look(&mut self, edit: impl FnOnce(&mut Look)) {
        Look::edit(&mut self.look, edit);
    }

    fn set_fill(&mut self, fill: char) {
        let checked = if width::of_char(fill) == 1 { Ok(fill) } else { Err(Error::fill(fill)) };
        if let Some(fill) = self.problems.take_in(Setting::Fill, checked) {
            self.fill = fill;
        }
    }

    /// `other`, with the fields that are known so far.
    fn changed_to(&self, other: &CommonStyle) -> CommonStyle {
        let mut style = other.clone();
        style.fields.copy(&self.fields);
        for (name, value) in other.fields.iter() {
            style.fields.set(name, value.clone());
        }
        style
    }

    fn apply(&self, appearance: &mut Appearance) {
        appearance.templates.clone_from(&self.templates);
        appearance.snapshot.color = self.color;
        appearance.snapshot.look.clone_from(&self.look);
        appearance.snapshot.fill = self.fill;
        for (name, value) in self.fields.iter() {
            if appearance.snapshot.fields.get(name).is_none() {
                appearance.snapshot.fields.set(name, value.clone());
            }
        }
    }
}

impl Default for CounterStyle {
    fn default() -> CounterStyle {
        CounterStyle::new()
    }
}

impl Default for StatusStyle {
    fn default() -> StatusStyle {
        StatusStyle::new()
    }
}
