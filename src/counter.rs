//! Counters: a count, and the bar that shows it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::bars::{OnClose, Progress};
use crate::cells::color::{Color, ColorDepth};
use crate::cells::color_rule::ColorRule;
use crate::error::Error;
use crate::format::{BarFormat, CounterFormat};
use crate::handle::{self, Bar, Handle};
use crate::into::{IntoSeconds, IntoText, IntoTotal};
use crate::lease::Lease;
use crate::state::counts::Counts;
use crate::state::increments::Increments;
use crate::state::look::Look;
use crate::state::number::Number;
use crate::state::snapshot::{CountSnapshot, Subject};
use crate::state::stripes::Stripes;
use crate::state::value::Value;
use crate::style::CounterStyle;
use crate::template::MESSAGE;

/// Counts something and shows it as a bar; made with [`Manager::counter`](crate::Manager::counter).
///
/// With a total, the line shows a bar, a percentage and the remaining time. Without a total, or if
/// the count exceeds it, the line shows count and rate.
///
/// A counter is a handle: cheap to clone and to send to other threads, and all clones count for the
/// same bar. The bar is closed when its last handle is dropped. Its segments and wrapped iterators
/// are handles too.
///
/// ```
/// # let manager = footlights::Manager::new();
/// let counter = manager.counter().total(100).desc("Basic").unit("ticks").add();
/// for _ in 0..100 {
///     counter.inc(1);
/// }
/// ```
#[derive(Clone)]
#[must_use = "a bar is closed when its last handle is dropped: give it a name, not `_`"]
pub struct Counter {
    /// A copy of the bar's stripes, so that `inc` does not go through `handle`. Valid only while
    /// `handle` is alive: stripes are reused.
    stripes: Stripes,
    handle: Arc<Handle>,
}

impl Counter {
    pub(crate) fn new(handle: Handle) -> Counter {
        let stripes = handle.bar.counts.increments.stripes();
        Counter { stripes, handle: Arc::new(handle) }
    }

    /// Adds `n` to the count.
    ///
    /// Costs one atomic add: no lock, no clock, no system call. The next frame shows the new count.
    /// The total is not a limit: [`BeyondTotal`](crate::BeyondTotal) says
    /// how a count that exceeds it is shown.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.inc(1);
    /// bar.inc(9);
    /// assert_eq!(bar.count(), 10);
    /// ```
    #[inline]
    pub fn inc(&self, n: u64) {
        self.stripes.add(n);
    }

    /// Subtracts `n` from the count. Costs as much as [`inc`](Self::inc).
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.inc(10);
    /// bar.dec(3);
    /// assert_eq!(bar.count(), 7);
    /// ```
    #[inline]
    pub fn dec(&self, n: u64) {
        self.stripes.sub(n);
    }

    /// Adds a fraction to the count, or subtracts it if it is negative. From then on `{count}` is a
    /// fraction. The default format cuts it off (`{count:d}`): choose another one, such as `{count:.1f}`.
    ///
    /// Costs a lock and a sum over the stripes of the bar: about as much as ten increments. Ignores
    /// NaN and infinity.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.inc_fraction(0.5);
    /// assert_eq!(bar.count_f64(), 0.5);
    /// ```
    pub fn inc_fraction(&self, n: f64) {
        self.counts().add_fraction(n);
    }

    /// Sets the count of the whole bar to `n`. The counts of its segments stay the same.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.set(42);
    /// assert_eq!(bar.count(), 42);
    /// ```
    pub fn set(&self, n: impl Into<Number>) {
        self.counts().set(n.into());
    }

    /// Returns the count of this bar and its segments, rounded down. A count below zero is returned
    /// as 0.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(50).add();
    /// let failed = tests.segment("failed").add();
    /// tests.inc(30);
    /// failed.inc(2);
    /// assert_eq!(tests.count(), 32);
    /// ```
    ///
    /// [`unsegmented_count`](Self::unsegmented_count) is the part that is in no segment.
    pub fn count(&self) -> u64 {
        self.counts().count().as_u64()
    }

    /// Returns what is counted in no segment, rounded down: the field `{count_0}` of formats. A count
    /// below zero is returned as 0.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(50).desc("Testing").color("green").add();
    /// let failed = tests.segment("failed").color("red").add();
    /// tests.inc(30);
    /// failed.inc(2);
    /// println!("{} passed, {} failed", tests.unsegmented_count(), failed.count());
    /// assert_eq!((tests.unsegmented_count(), tests.count()), (30, 32));
    /// ```
    #[doc(alias = "count_0")]
    pub fn unsegmented_count(&self) -> u64 {
        self.counts().unsegmented().as_u64()
    }

    /// Returns the count of this bar and its segments, fractions included.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let hours = manager.counter().total(8).unit("hours").add();
    /// hours.inc_fraction(1.5);
    /// assert_eq!((hours.count_f64(), hours.count()), (1.5, 1));
    /// ```
    pub fn count_f64(&self) -> f64 {
        self.counts().count().as_f64()
    }

    /// Returns the total, rounded down, if there is one.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let known = manager.counter().total(100).add();
    /// let unknown = manager.counter().add();
    /// assert_eq!((known.total(), unknown.total()), (Some(100), None));
    /// ```
    pub fn total(&self) -> Option<u64> {
        self.counts().total().map(Number::as_u64)
    }

    /// Returns the total, fractions included, if there is one.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let hours = manager.counter().total(7.5).unit("hours").add();
    /// assert_eq!((hours.total_f64(), hours.total()), (Some(7.5), Some(7)));
    /// ```
    pub fn total_f64(&self) -> Option<f64> {
        self.counts().total().map(Number::as_f64)
    }

    /// Sets the total, or removes it with `None`.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let files = manager.counter().desc("Searching").add();
    /// files.set_total(30);
    /// files.set_total(None::<u64>);
    /// assert_eq!(files.total(), None);
    /// ```
    pub fn set_total(&self, total: impl IntoTotal) {
        self.counts().set_total(total.into_total());
    }

    /// Adds `n` to the total, for work that is found while other work is done. Without a total, `n`
    /// becomes the total.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let queue = manager.counter().total(10).add();
    /// queue.inc_total(5); // more work has come
    /// assert_eq!(queue.total(), Some(15));
    /// ```
    pub fn inc_total(&self, n: u64) {
        self.counts().inc_total(n.into());
    }

    /// Subtracts `n` from the total, for work that turns out to be unnecessary. The total does not
    /// become negative. Without a total, does nothing.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let queue = manager.counter().total(10).add();
    /// queue.dec_total(2); // there is less to do
    /// assert_eq!(queue.total(), Some(8));
    /// ```
    pub fn dec_total(&self, n: u64) {
        self.counts().dec_total(n.into());
    }

    /// Returns how far the bar has come, at this moment: several values that belong together. Does not
    /// influence later estimates. Allocates.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.inc(40);
    /// let progress = bar.progress();
    /// assert_eq!((progress.count(), progress.percentage()), (40, Some(40.0)));
    /// ```
    pub fn progress(&self) -> Progress {
        Progress::of(self.handle.snapshot())
    }

    /// Returns the percentage that is done, as `{percentage}` shows it. `None` without a total.
    /// More than 100 if the count exceeds the total.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.inc(40);
    /// assert_eq!(bar.percentage(), Some(40.0));
    /// ```
    pub fn percentage(&self) -> Option<f64> {
        self.measure(|counter, _| counter.percentage())
    }

    /// Returns the share of the total that is done, from 0 to 1. `None` without a total. All of a total
    /// of 0, and never more than 1: [`percentage`](Self::percentage) has no such bound.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.inc(40);
    /// assert_eq!(bar.fraction(), Some(0.4));
    /// ```
    pub fn fraction(&self) -> Option<f64> {
        self.measure(|counter, _| counter.share())
    }

    /// Returns true if the count has reached the total exactly. A bar without a total is never
    /// complete.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// assert!(!bar.is_complete());
    /// bar.inc(100);
    /// assert!(bar.is_complete());
    /// ```
    pub fn is_complete(&self) -> bool {
        self.counts().is_complete()
    }

    /// Returns the counts per second, as `{rate}` shows them, by the bar's
    /// [estimator](crate::CounterBuilder::estimator). 0 if the rate is unknown. Does not influence
    /// later estimates.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.inc(40);
    /// println!("{:.1} per second", bar.rate());
    /// ```
    pub fn rate(&self) -> f64 {
        self.measure(|counter, elapsed| Some(counter.rate(elapsed))).unwrap_or(0.0)
    }

    /// Returns the remaining time, as `{eta}` shows it, by the bar's
    /// [estimator](crate::CounterBuilder::estimator). `None` without a total, or if the remaining
    /// time is unknown. Does not influence later estimates.
    ///
    /// ```
    /// use footlights::HumanDuration;
    ///
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// match bar.eta() {
    ///     Some(eta) => println!("{} left", HumanDuration(eta)),
    ///     None => println!("not known yet"),
    /// }
    /// ```
    pub fn eta(&self) -> Option<Duration> {
        let seconds = self.measure(|counter, elapsed| counter.time_left(elapsed))?;
        Duration::try_from_secs_f64(seconds.max(0.0)).ok()
    }

    /// Returns the elapsed time since the bar was added or reset, without pauses. Stops at the last
    /// change of the count when the bar is complete or closed.
    ///
    /// The time of the last change is not exact: a change is noticed with the next frame, or with
    /// the next call of this method. Does not influence the estimate of `{rate}`.
    ///
    /// ```
    /// use footlights::HumanDuration;
    ///
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// println!("took {}", HumanDuration(bar.elapsed()));
    /// ```
    pub fn elapsed(&self) -> Duration {
        self.handle.elapsed()
    }

    /// Returns the text before the bar. Empty if there is none.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(100).desc("Copying").add();
    /// println!("{} has begun", bar.desc());
    /// assert_eq!(&*bar.desc(), "Copying");
    /// ```
    pub fn desc(&self) -> Arc<str> {
        self.read(|counter| counter.desc.clone())
    }

    /// Sets the text before the bar.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.set_desc("Copying");
    /// assert_eq!(&*bar.desc(), "Copying");
    /// ```
    pub fn set_desc(&self, desc: impl IntoText) {
        let desc = desc.into_text();
        self.handle.bar.change(|appearance| appearance.edit_counter(|counter| counter.desc = desc));
    }

    /// Returns the unit of the counts. Empty if there is none.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(100).unit("files").add();
    /// bar.inc(3);
    /// assert_eq!(format!("{} {} copied", bar.count(), bar.unit()), "3 files copied");
    /// ```
    pub fn unit(&self) -> Arc<str> {
        self.read(|counter| counter.unit.clone())
    }

    /// Sets the unit of the counts, in the plural: `ticks`, `files`.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.set_unit("files");
    /// assert_eq!(&*bar.unit(), "files");
    /// ```
    pub fn set_unit(&self, unit: impl IntoText) {
        let unit = unit.into_text();
        self.handle.bar.change(|appearance| appearance.edit_counter(|counter| counter.unit = unit));
    }

    /// Returns the text after the bar, if there is one.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(100).message("a.txt").add();
    /// assert_eq!(bar.message().as_deref(), Some("a.txt"));
    /// bar.set_message("");
    /// assert_eq!(bar.message(), None);
    /// ```
    pub fn message(&self) -> Option<Arc<str>> {
        match self.handle.bar.appearance().snapshot.fields.get(MESSAGE) {
            Some(Value::Text(text)) if !text.is_empty() => Some(text.clone()),
            _ => None,
        }
    }

    /// Sets the text after the bar. An empty text removes it. Formats show it as `{message}`. Costs
    /// as much as [`set_field`](Self::set_field).
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.set_message("a.txt");
    /// assert_eq!(bar.message().as_deref(), Some("a.txt"));
    /// ```
    pub fn set_message(&self, message: impl IntoText) {
        self.set_field(MESSAGE, Value::Text(message.into_text()));
    }

    /// Returns a field of your own, if it was set.
    ///
    /// ```
    /// use footlights::Value;
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(100).field("tries", 1).add();
    /// assert_eq!(bar.field("tries"), Some(Value::from(1)));
    /// assert_eq!(bar.field("host"), None);
    /// ```
    pub fn field(&self, name: &str) -> Option<Value> {
        self.handle.field(name)
    }

    /// Sets a field of your own, which formats can show. Costs a lock that a frame holds only while
    /// it copies the fields.
    ///
    /// A field that no format names is not shown. If the name is also that of a
    /// [built-in field](crate::formats) of Enlighten, formats show the built-in field.
    ///
    /// ```
    /// use footlights::{Value, bar_format};
    ///
    /// # let manager = footlights::Manager::new();
    /// let format = bar_format!("{bar} {host}", host);
    /// let bar = manager.counter().total(100).bar_format(format).add();
    /// bar.set_field("host", "eu-1");
    /// assert_eq!(bar.field("host"), Some(Value::from("eu-1")));
    /// ```
    pub fn set_field(&self, name: &str, value: impl Into<Value>) {
        self.handle.set_field(name, value.into());
    }

    /// Returns the color of the bar: [`Color::DEFAULT`] if none was set.
    ///
    /// ```
    /// use footlights::{AnsiColor, Color};
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(100).add();
    /// assert_eq!(bar.color(), Color::DEFAULT);
    /// bar.set_color(AnsiColor::Red);
    /// assert_eq!(bar.color(), Color::from(AnsiColor::Red));
    /// ```
    pub fn color(&self) -> Color {
        self.handle.color()
    }

    /// Sets the color of the bar.
    ///
    /// Takes no text, because a text can be wrong. Parse it first:
    /// `bar.set_color("peru".parse::<Color>()?)`.
    ///
    /// ```
    /// use footlights::{AnsiColor, Color};
    ///
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.set_color(AnsiColor::Red);
    /// bar.set_color("peru".parse::<Color>()?);
    /// # Ok::<(), footlights::Error>(())
    /// ```
    pub fn set_color(&self, color: impl Into<Color>) {
        self.handle.set_color(color.into());
    }

    /// Sets a color that follows the state of the bar, in place of a constant one. A rule that is
    /// [wrong](ColorRule::check) changes nothing.
    ///
    /// ```
    /// use footlights::ColorRule;
    ///
    /// # let manager = footlights::Manager::new();
    /// let disk = manager.counter().total(100).desc("Disk").add();
    /// disk.set_color_rule(ColorRule::blend([(0.0, "#5faf5f"), (1.0, "#d75f5f")]));
    /// ```
    pub fn set_color_rule(&self, rule: ColorRule) {
        if rule.check().is_ok() {
            self.handle.bar.change(|appearance| {
                Look::edit(&mut appearance.snapshot.look, |look| look.rule = Some(rule));
            });
        }
    }

    /// Changes the style. Counts, texts, clock and fields stay. The unit stays if the style has
    /// none.
    ///
    /// Wrong settings of the style have their default values: see [`CounterStyle::check`].
    ///
    /// ```
    /// use footlights::CounterStyle;
    ///
    /// # let manager = footlights::Manager::new();
    /// let build = manager.counter().total(30).desc("Building").add();
    /// build.inc(12);
    /// build.set_style(&CounterStyle::cargo().color("green"));
    /// assert_eq!((&*build.desc(), build.count()), ("Building", 12));
    /// ```
    pub fn set_style(&self, style: &CounterStyle) {
        self.handle.bar.set_on_close(style.closing());
        self.handle.bar.change(|appearance| style.apply(appearance));
    }

    /// Sets the format that is used until the count exceeds the total.
    ///
    /// Never fails: a field that the bar does not have shows nothing.
    /// [`check_formats`](Self::check_formats) finds such fields.
    ///
    /// ```
    /// use footlights::bar_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.set_bar_format(bar_format!("{count} of {total}"));
    /// assert_eq!(bar.render(20).trim_end(), "0 of 100");
    /// ```
    pub fn set_bar_format(&self, format: BarFormat) {
        self.handle.bar.change(|appearance| appearance.templates.set(format.template().clone()));
    }

    /// Sets the format that is used without a total, or if the count exceeds it. Never fails, like
    /// [`set_bar_format`](Self::set_bar_format).
    ///
    /// ```
    /// use footlights::counter_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().add();
    /// bar.set_counter_format(counter_format!("{count} found"));
    /// assert_eq!(bar.render(20).trim_end(), "0 found");
    /// ```
    pub fn set_counter_format(&self, format: CounterFormat) {
        self.handle.bar.change(|appearance| appearance.templates.set(format.template().clone()));
    }

    /// Checks that the formats name only fields that were set and segments that were added. For
    /// tests, and for programs that read formats from a file.
    ///
    /// ```
    /// use footlights::bar_format;
    ///
    /// # let manager = footlights::Manager::new();
    /// let format = bar_format!("|{bar}| {count_failed} failed, {stage}", stage);
    /// let tests = manager.counter().total(9).bar_format(format).add();
    /// assert!(tests.check_formats().is_err());
    /// let failed = tests.segment("failed").add();
    /// tests.set_field("stage", "linking");
    /// assert!(tests.check_formats().is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// If a field was never set, or belongs to a segment that does not exist. The error shows its
    /// column.
    pub fn check_formats(&self) -> Result<(), Error> {
        self.handle.check_formats()
    }

    /// Sets whether the bar stays on the screen when it is closed: [`OnClose::Keep`] or
    /// [`OnClose::Clear`].
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.set_leave(false); // it went well: nothing is to be kept
    /// ```
    pub fn set_leave(&self, leave: bool) {
        self.set_on_close(OnClose::leave(leave));
    }

    /// Sets what remains of the bar when it is closed. A bar that is closed already stays where it
    /// is.
    ///
    /// ```
    /// use footlights::OnClose;
    ///
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.set_on_close(OnClose::Log);
    /// bar.finish();
    /// ```
    pub fn set_on_close(&self, on_close: OnClose) {
        self.handle.bar.set_on_close(on_close);
    }

    /// Renders the current line in at most `width` columns, and never in more than 65,535, without
    /// colors. If the format has several rows, they are separated by newlines; none is at the end.
    ///
    /// For logs, tests and outputs of your own. Works without a terminal too. Allocates. Samples
    /// the count for the estimator, as a frame does.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.inc(40);
    /// assert!(bar.render(60).starts_with(" 40%|"));
    /// ```
    pub fn render(&self, width: usize) -> String {
        self.handle.render(width)
    }

    /// Renders the line as if the elapsed time were `elapsed`, in at most `width` columns, with
    /// colors as escape sequences (SGR). The colors are reset at the end.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::{ColorDepth, bar_format};
    ///
    /// # let manager = footlights::Manager::new();
    /// let bar = manager.counter().total(4).color("red").bar_format(bar_format!("|{bar}| {rate:.1f}/s")).add();
    /// bar.inc(2);
    /// assert_eq!(bar.render_at(14, 0.5, ColorDepth::TrueColor), "|\x1b[m\x1b[31m███   \x1b[m| 4.0/s");
    /// let half_a_second = Duration::from_millis(500);
    /// assert_eq!(bar.render_at(14, half_a_second, ColorDepth::None), "|███   | 4.0/s");
    /// ```
    pub fn render_at(&self, width: usize, elapsed: impl IntoSeconds, depth: ColorDepth) -> String {
        self.handle.render_at(width, elapsed.into_seconds(), depth)
    }

    /// Pauses the clock. Paused time is excluded from elapsed time, rate and remaining time.
    /// Increments still count.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let counter = manager.counter().total(2).add();
    /// counter.pause();
    /// let elapsed = counter.elapsed();
    /// std::thread::sleep(std::time::Duration::from_millis(2));
    /// assert_eq!(counter.elapsed(), elapsed);
    /// counter.resume();
    /// ```
    pub fn pause(&self) {
        self.handle.pause();
    }

    /// Resumes the clock.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.pause();
    /// assert!(bar.is_paused());
    /// bar.resume();
    /// ```
    pub fn resume(&self) {
        self.handle.resume();
    }

    /// Returns true while the clock is paused.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// // A key that pauses the work, and resumes it when it is pressed again.
    /// if bar.is_paused() {
    ///     bar.resume();
    /// } else {
    ///     bar.pause();
    /// }
    /// assert!(bar.is_paused());
    /// ```
    pub fn is_paused(&self) -> bool {
        self.handle.bar.is_paused()
    }

    /// Empties the bar's row until the count or the appearance changes.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.clear(); // an empty row, until something changes
    /// bar.inc(1);
    /// ```
    pub fn clear(&self) {
        self.handle.clear();
    }

    /// Closes the bar and removes it from the screen, regardless of
    /// [`leave`](crate::CounterBuilder::leave). [`reset`](Self::reset) brings it back.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.remove();
    /// assert!(bar.is_closed());
    /// ```
    pub fn remove(&self) {
        self.handle.remove();
    }

    /// Resets the clock and the counts of the bar and its segments. Reopens a closed bar.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.inc(40);
    /// bar.reset();
    /// assert_eq!(bar.count(), 0);
    /// ```
    pub fn reset(&self) {
        self.handle.reset();
    }

    /// Sets the count to the total, if there is one, and closes the bar. The counts of segments
    /// stay the same.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.inc(40);
    /// bar.finish();
    /// assert_eq!(bar.count(), 100);
    /// ```
    pub fn finish(&self) {
        if let Some(total) = self.counts().total().filter(|total| self.counts().count() < *total) {
            self.counts().set(total);
        }
        self.handle.close();
    }

    /// [Sets the message](Self::set_message) and [finishes](Self::finish) the bar, whose last line it
    /// is.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.finish_with_message("done");
    /// assert_eq!(bar.message().as_deref(), Some("done"));
    /// ```
    pub fn finish_with_message(&self, message: impl IntoText) {
        self.set_message(message);
        self.finish();
    }

    /// Closes the bar. It stays on the screen or disappears, as
    /// [`on_close`](crate::CounterBuilder::on_close) says. Its elapsed time stops at the last change of
    /// the count.
    ///
    /// A second call does nothing. Increments still count, and are shown if the bar stays.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.inc(40);
    /// bar.close(); // given up: the count stays
    /// assert_eq!(bar.count(), 40);
    /// ```
    pub fn close(&self) {
        self.handle.close();
    }

    /// Returns true if the bar is closed.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).add();
    /// bar.inc(100);
    /// assert!(bar.is_complete() && !bar.is_closed()); // a complete bar stays open
    /// bar.close();
    /// assert!(bar.is_closed());
    /// ```
    pub fn is_closed(&self) -> bool {
        self.handle.bar.is_closed()
    }

    pub(crate) fn lease(&self) -> &Arc<Lease> {
        self.handle.lease()
    }

    /// The count that no segment accounts for.
    pub(crate) fn increments(&self) -> &Increments {
        &self.counts().increments
    }

    pub(crate) fn counts(&self) -> &Counts {
        &self.handle.bar.counts
    }

    pub(crate) fn bump_revision(&self) {
        self.handle.bar.bump_revision();
    }

    pub(crate) fn is_same(&self, other: &Counter) -> bool {
        Arc::ptr_eq(&self.handle, &other.handle)
    }

    /// Reads a text of the bar.
    fn read(&self, read: impl FnOnce(&CountSnapshot) -> Arc<str>) -> Arc<str> {
        match &self.handle.bar.appearance().snapshot.subject {
            Subject::Count(counter) => read(counter),
            Subject::Status(_) => "".into(),
        }
    }

    /// Measures a snapshot of the bar, given the elapsed seconds.
    fn measure(&self, measure: impl FnOnce(&CountSnapshot, f64) -> Option<f64>) -> Option<f64> {
        let snapshot = self.handle.snapshot();
        match &snapshot.subject {
            Subject::Count(counter) => measure(counter, snapshot.elapsed),
            Subject::Status(_) => None,
        }
    }
}

impl handle::sealed::Bar for Counter {
    fn handle(&self) -> &Arc<Handle> {
        &self.handle
    }
}

impl Bar for Counter {}

impl fmt::Debug for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counter")
            .field("desc", &self.desc())
            .field("count", &self.count())
            .field("total", &self.total())
            .finish_non_exhaustive()
    }
}
