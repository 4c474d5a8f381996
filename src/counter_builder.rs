//! The settings of a new counter.

use std::sync::Arc;
use std::time::Duration;

use crate::bars::{self, ComputedField, OnClose, Progress};
use crate::cells::color_rule::ColorRule;
use crate::cells::spinner::Spinner;
use crate::counter::Counter;
use crate::error::Error;
use crate::format::{BarFormat, CounterFormat};
use crate::handle::{Bar, Handle, NewBar, Placement};
use crate::into::{IntoColor, IntoSeries, IntoText, IntoTotal};
use crate::lease::Lease;
use crate::manager::Manager;
use crate::state::counts::Counts;
use crate::state::number::Number;
use crate::state::rate::Estimator;
use crate::state::roll_up::RollUp;
use crate::state::snapshot::BeyondTotal;
use crate::state::value::Value;
use crate::style::CounterStyle;
use crate::sys::Instant;
use crate::template::MESSAGE;

/// The settings of a new [`Counter`]; made with [`Manager::counter`]. [`add`](Self::add) returns the
/// counter: with it one counts, wraps iterators and readers, and finishes.
///
/// A builder can be kept and cloned, to add several similar bars. It keeps its manager alive.
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
    /// When the work began, if that was before the bar is added.
    time: Option<Instant>,
    placement: Placement,
    computed: Vec<ComputedField>,
}

impl Manager {
    /// Returns a builder for a counter. [`add`](CounterBuilder::add) shows it, below all other
    /// bars.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let files = manager.counter().total(30).desc("Copying").unit("files").color("green").add();
    /// files.inc(1);
    /// ```
    pub fn counter(&self) -> CounterBuilder {
        CounterBuilder::new(self.lease().clone())
    }

    /// Returns a builder for a spinner: work of which nobody knows how much there is. It shows a
    /// spinner, `desc`, the elapsed time and the [message](Counter::set_message), in the style
    /// [`spinning`](CounterStyle::spinning). Its clock stops when it is closed;
    /// [`finish_with_message`](Counter::finish_with_message) leaves a last line.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let link = manager.spinner("Linking").add();
    /// link.set_message("main.o");
    /// link.finish_with_message("12 objects");
    /// ```
    pub fn spinner(&self, desc: impl IntoText) -> CounterBuilder {
        self.counter().style(&CounterStyle::spinning()).desc(desc)
    }

    /// Returns a builder for a download of `length` bytes: amounts of bytes, rate and remaining time,
    /// in the style [`download`](CounterStyle::download). Without a length (`None`), there is no bar.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let image = manager.download("a.iso", 30 << 20).add();
    /// image.inc(4096);
    /// let unknown = manager.download("b.iso", None::<u64>).add();
    /// ```
    pub fn download(&self, desc: impl IntoText, length: impl IntoTotal) -> CounterBuilder {
        self.counter().style(&CounterStyle::download()).desc(desc).total(length)
    }
}

impl Counter {
    /// Returns a builder for a counter inside of this one, as [`CounterBuilder::parent`] makes it, with
    /// the settings of the manager.
    ///
    /// ```
    /// use footlights::{OnClose, RollUp};
    ///
    /// # let manager = footlights::Manager::new();
    /// let all = manager.counter().total(300).desc("All files").add();
    /// for name in ["a", "b", "c"] {
    ///     // While it is read, a file has a row; then its count stays in that of all files.
    ///     let file = all.child().total(100).desc(name).roll_up(RollUp::Counts).on_close(OnClose::Clear).add();
    ///     file.inc(100);
    /// }
    /// assert_eq!(all.count(), 300);
    /// ```
    pub fn child(&self) -> CounterBuilder {
        CounterBuilder::new(self.lease().clone()).parent(self)
    }
}

impl CounterBuilder {
    fn new(lease: Arc<Lease>) -> CounterBuilder {
        CounterBuilder {
            style: lease.defaults().counter_style.clone(),
            placement: Placement::after(lease.defaults().delay),
            computed: Vec::new(),
            lease,
            total: None,
            count: Number::ZERO,
            desc: None,
            message: None,
            time: None,
        }
    }

    pub(crate) fn placement(&mut self) -> &mut Placement {
        &mut self.placement
    }

    /// Sets how the count is counted into that of the [parent](Self::parent), until the bar is closed;
    /// what was counted by then stays in the parent. Default: [`RollUp::None`].
    ///
    /// The count of the parent is read together with those of its children: that takes time for each
    /// of them that is open. [`inc`](Counter::inc) costs what it costs without. A bar that is inside of
    /// more than a hundred others is not counted into its parent.
    ///
    /// ```
    /// use footlights::RollUp;
    ///
    /// # let manager = footlights::Manager::new();
    /// let packages = manager.counter().total(2).desc("Packages").add();
    /// let serde = packages.child().total(50).roll_up(RollUp::weight(1.0)).add();
    /// let rand = packages.child().total(30).roll_up(RollUp::weight(1.0)).add();
    /// serde.inc(25);
    /// assert_eq!(packages.percentage(), Some(25.0));
    /// ```
    pub fn roll_up(mut self, roll_up: RollUp) -> Self {
        self.placement.roll_up(roll_up);
        self
    }

    /// Sets the total; `None` is no total. Default: none. Without a total there is no bar, no
    /// percentage and no remaining time.
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

    /// Sets the start count: work that was done before. It is shown as done but excluded from the
    /// rate. Default: 0.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let resumed = manager.counter().total(100).count(60).add();
    /// assert_eq!((resumed.percentage(), resumed.rate()), (Some(60.0), 0.0));
    /// ```
    pub fn count(mut self, count: impl Into<Number>) -> Self {
        self.count = count.into();
        self
    }

    /// Sets the text before the bar. Default: none.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().desc("Copying").add();
    /// assert_eq!(&*bar.desc(), "Copying");
    /// ```
    pub fn desc(mut self, desc: impl IntoText) -> Self {
        self.desc = Some(desc.into_text());
        self
    }

    /// Sets the text after the bar. Default: none. [`Counter::set_message`] changes it.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().desc("Copying").message("a.txt").add();
    /// assert_eq!(bar.message().as_deref(), Some("a.txt"));
    /// ```
    pub fn message(mut self, message: impl IntoText) -> Self {
        self.message = Some(message.into_text());
        self
    }

    /// Sets the unit of the counts, in the plural: `ticks`, `files`. Default: none.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(9).unit("files").add(); // 2/9 [00:01<00:05, 1.33 files/s]
    /// ```
    pub fn unit(mut self, unit: impl IntoText) -> Self {
        self.style = self.style.unit(unit);
        self
    }

    /// Sets the style, and so replaces all settings that a [`CounterStyle`] has. The unit stays if
    /// the style has none, and so do [fields](Self::field) that the style does not have. Settings
    /// after this call change the style further. Default: the
    /// [style of the manager](crate::ManagerBuilder::counter_style).
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

    /// Sets the color of the bar. Default: the terminal's foreground. For a color that follows the state
    /// there is [`color_rule`](Self::color_rule); [`Counter::set_color`] sets another one later.
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
    /// assert_eq!(error.to_string(), "cannot read color `rde`: unknown word `rde`; did you mean `red`? (column 1)");
    /// ```
    pub fn color(mut self, color: impl IntoColor) -> Self {
        self.style = self.style.color(color);
        self
    }

    /// Sets a color that follows the state of the bar: see [`ColorRule`].
    ///
    /// ```
    /// use footlights::ColorRule;
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(9).color_rule(ColorRule::gradient(["blue", "magenta"])).add();
    /// ```
    pub fn color_rule(mut self, rule: ColorRule) -> Self {
        self.style = self.style.color_rule(rule);
        self
    }

    /// Sets the color of the part of the bar that is not done yet: see
    /// [`CounterStyle::remaining_color`]. Default: that of the bar.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(9).color("cyan").remaining_color("#444").add();
    /// ```
    pub fn remaining_color(mut self, color: impl IntoColor) -> Self {
        self.style = self.style.remaining_color(color);
        self
    }

    /// Sets the frames of `{spinner}` fields. Default: [`Spinner::dots`].
    ///
    /// ```
    /// use footlights::Spinner;
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.spinner("Connecting").spinner(Spinner::line().done("ok")).add();
    /// ```
    pub fn spinner(mut self, spinner: Spinner) -> Self {
        self.style = self.style.spinner(spinner);
        self
    }

    /// Sets the glyphs of the bar, as a text or a list of cells. Each is one column wide. The first
    /// is the empty cell, the last is the full cell, and between them are the stages in which a
    /// cell fills. Default: block elements in steps of an eighth of a cell.
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

    /// Sets the character that `{fill}` fields consist of, one column wide. Default: a blank.
    ///
    /// ```
    /// use footlights::counter_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let format = counter_format!("{desc} {fill} {count}");
    /// let bar = manager.counter().desc("Pages").fill('.').counter_format(format).add();
    /// assert_eq!(bar.render(20), "Pages ............ 0");
    /// ```
    pub fn fill(mut self, fill: char) -> Self {
        self.style = self.style.fill(fill);
        self
    }

    /// Sets how `{rate}`, `{interval}` and `{eta}` are estimated. Default: [`Estimator::Mean`].
    ///
    /// ```
    /// use footlights::Estimator;
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(9).estimator(Estimator::Smoothed).add();
    /// ```
    pub fn estimator(mut self, estimator: Estimator) -> Self {
        self.style = self.style.estimator(estimator);
        self
    }

    /// Sets what is shown when the count exceeds the total. Default: [`BeyondTotal::CounterFormat`],
    /// as Enlighten does.
    ///
    /// ```
    /// use footlights::{BeyondTotal, bar_format};
    ///
    /// # let manager = footlights::Manager::new();
    /// let format = bar_format!("{percentage:.0f}%|{bar}| {count}/{total}");
    /// let bar = manager.counter().total(30).bar_format(format).beyond_total(BeyondTotal::FullBar).add();
    /// bar.inc(36);
    /// assert_eq!(bar.render(20), "120%|████████| 36/30");
    /// ```
    pub fn beyond_total(mut self, beyond_total: BeyondTotal) -> Self {
        self.style = self.style.beyond_total(beyond_total);
        self
    }

    /// Sets the format that is used until the count exceeds the total: see
    /// [formats](crate::formats).
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

    /// Sets the format that is used without a total, or if the count exceeds it.
    ///
    /// ```
    /// use footlights::counter_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().counter_format(counter_format!("{count} found in {elapsed}")).add();
    /// assert_eq!(bar.render(40).trim_end(), "0 found in 00:00");
    /// ```
    pub fn counter_format(mut self, format: CounterFormat) -> Self {
        self.style = self.style.counter_format(format);
        self
    }

    /// Sets the format of [plain](crate::Output::Plain) lines until the count exceeds the total: see
    /// [`CounterStyle::plain_format`].
    ///
    /// ```
    /// use footlights::bar_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let format = bar_format!("{desc}: {count} of {total}{segments}, {eta_short} left");
    /// let tests = manager.counter().total(9).desc("Testing").plain_format(format).add();
    /// ```
    pub fn plain_format(mut self, format: BarFormat) -> Self {
        self.style = self.style.plain_format(format);
        self
    }

    /// Sets the format of [plain](crate::Output::Plain) lines without a total, or if the count
    /// exceeds it: see [`CounterStyle::plain_counter_format`].
    ///
    /// ```
    /// use footlights::counter_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let format = counter_format!("{desc}: {count:d} {unit} in {elapsed_short}");
    /// let pages = manager.counter().desc("Crawling").unit("pages").plain_counter_format(format).add();
    /// ```
    pub fn plain_counter_format(mut self, format: CounterFormat) -> Self {
        self.style = self.style.plain_counter_format(format);
        self
    }

    /// Sets a field of your own, which formats can show. Its type is that of the value. A value that is
    /// computed, by a closure, is a field by [`field_with`](Self::field_with).
    ///
    /// A field that no format names is not shown. If the name is also that of a
    /// [built-in field](crate::formats) of Enlighten, formats show the built-in field.
    ///
    /// ```
    /// use footlights::bar_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let format = bar_format!("{bar} {host}", host);
    /// let bar = manager.counter().total(9).bar_format(format).field("host", "eu-1").add();
    /// ```
    pub fn field(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.style = self.style.field(name, value);
        self
    }

    /// Adds a field of your own that is computed from the [`Progress`] of the bar, whenever the bar is
    /// looked at for a frame: at most 25 times a second. The frame after that shows the value. A field of
    /// the same name is replaced.
    ///
    /// The code runs on a thread of the crate, `footlights-fields`, outside of every lock. It may print,
    /// count and add bars. One such thread computes the fields of all bars, one after the other: while
    /// the code of one waits, the others have their last values. If it panics, the field shows nothing
    /// from then on. If a bar is closed, or its manager stops, new values are waited for, 100 ms at most;
    /// an exit, a panic or a signal does not wait.
    ///
    /// The code is dropped with the last handle of the bar. So it must not own a handle of it: take what
    /// is needed from the argument.
    ///
    /// ```
    /// use footlights::{Progress, bar_format};
    ///
    /// # let manager = footlights::Manager::new();
    /// let cost = |progress: &Progress| format!("{:.2} €", progress.count() as f64 * 0.35);
    /// let format = bar_format!("{count}/{total} {cost}", cost);
    /// let calls = manager.counter().total(9).bar_format(format).field_with("cost", cost).add();
    /// calls.inc(4);
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

    /// Sets whether the bar stays on the screen when it is closed: [`OnClose::Keep`] or
    /// [`OnClose::Clear`]. Default: yes.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// for name in ["a", "b"] {
    ///     let file = manager.counter().total(9).desc(name).leave(false).add();
    ///     file.inc(9);
    /// } // dropped: it disappears
    /// ```
    pub fn leave(mut self, leave: bool) -> Self {
        self.style = self.style.leave(leave);
        self
    }

    /// Sets how long the bar is not shown after it was added. If it is closed before, it appears only
    /// if it [stays](Self::leave). A bar that is pinned or replaces another is shown at once. Default:
    /// the [delay of the manager](crate::ManagerBuilder::delay).
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(9).delay(Duration::ZERO).add(); // shown at once
    /// ```
    pub fn delay(mut self, delay: Duration) -> Self {
        self.placement.delay(delay);
        self
    }

    /// Sets what remains of the bar when it is closed. Default: [`OnClose::Keep`].
    ///
    /// ```
    /// use footlights::{Manager, OnClose};
    ///
    /// let manager = Manager::new();
    /// for name in ["a.zip", "b.zip"] {
    ///     let file = manager.counter().total(9).desc(name).on_close(OnClose::Log).add();
    ///     file.finish(); // a line of the log from now on
    /// }
    /// ```
    pub fn on_close(mut self, on_close: OnClose) -> Self {
        self.style = self.style.on_close(on_close);
        self
    }

    /// Sets when the work began. Default: when the bar is added.
    #[cfg(feature = "tracing")]
    pub(crate) fn time(mut self, time: Instant) -> Self {
        self.time = Some(time);
        self
    }

    /// The hold on the display that the bar will be on.
    #[cfg(feature = "tracing")]
    pub(crate) fn lease(&self) -> &Arc<Lease> {
        &self.lease
    }

    /// Pins the bar to a row, counted from the bottom: 1 is the last row. Default: not pinned. The
    /// bar is then below all others that are not pinned, and moves up when a newer bar is added.
    ///
    /// If the row does not exist or is taken, [`add`](Self::add) adds the bar without pinning it,
    /// and [`try_add`](Self::try_add) returns an error.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let last_row = manager.counter().total(9).desc("All").position(1).add();
    /// let above = manager.counter().total(9).desc("Part").add();
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
    /// let build = manager.counter().total(5).desc("Build").replace(&fetch).add();
    /// ```
    pub fn replace(mut self, old: &impl Bar) -> Self {
        self.placement.replace(old);
        self
    }

    /// Adds the bar to the screen. Without a terminal, it counts silently.
    ///
    /// Never fails: a wrong setting (a color or a series that cannot be read, a fill that is not
    /// one column wide, a row that does not exist or is taken) is left at its default.
    /// [`try_add`](Self::try_add) reports it.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(9).desc("Files").add();
    /// bar.inc(1);
    /// ```
    pub fn add(self) -> Counter {
        let (lease, bar, placement) = self.into_parts();
        Counter::new(Handle::add(lease, bar, placement))
    }

    /// Adds the bar to the screen if all settings are right.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let error = manager.counter().color("rde").fill('漢').try_add().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "2 settings are wrong\n  \
    ///        cannot read color `rde`: unknown word `rde`; did you mean `red`? (column 1)\n  \
    ///        cannot fill with `漢`: it does not take exactly one column"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// If a setting is wrong. The error lists all wrong settings in the order in which they were
    /// set, the row last. No bar is added or replaced then.
    pub fn try_add(self) -> Result<Counter, Error> {
        let row = self.placement.problem(&self.lease);
        Error::all(self.style.problems().into_iter().chain(row).collect())?;
        let (lease, bar, placement) = self.into_parts();
        Handle::try_add(lease, bar, placement).map(Counter::new)
    }

    fn into_parts(self) -> (Arc<Lease>, NewBar, Placement) {
        let mut appearance = self.style.appearance(self.count, self.time.unwrap_or_else(|| self.lease.now()));
        if let Some(desc) = self.desc {
            appearance.edit_counter(|counter| counter.desc = desc);
        }
        if let Some(message) = self.message {
            appearance.snapshot.fields.set(MESSAGE, Value::Text(message));
        }
        let bar = bars::Bar::new(Counts::new(self.count, self.total), appearance, self.style.closing());
        (self.lease, NewBar { bar, computed: self.computed }, self.placement)
    }
}
