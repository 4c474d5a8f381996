//! Something that is counted, and the bar that shows it.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::bars::{Appearance, Bar};
use crate::error::Error;
use crate::handle::{self, Handle, Placement, Replaced};
use crate::manager::Manager;
use crate::paint::color::{Color, ColorDepth};
use crate::paint::series::Series;
use crate::segment::{Segment, SegmentBuilder};
use crate::state::count::Count;
use crate::state::lanes::Lanes;
use crate::state::number::Number;
use crate::state::speed::Estimator;
use crate::state::tally::Tally;
use crate::state::value::Value;
use crate::template::{Kind, MESSAGE};
use crate::wrap::{Counted, WrapIter};

/// Counts something, and shows it as a bar: made with [`Manager::counter`].
///
/// With a total it is a bar with percentage and time left; without one, or when the count has gone beyond it, it shows count and
/// rate.
///
/// A handle is cheap to clone and to send between threads; all clones count for the same bar. When the last one is dropped
/// (segments hold on to it too), the bar is closed.
///
/// ```
/// # let manager = footlights::Manager::new();
/// let counter = manager.counter().total(100).desc("Basic").unit("ticks").add();
/// for _ in 0..100 {
///     counter.inc(1);
/// }
/// ```
#[derive(Clone)]
pub struct Counter {
    /// Those of the bar, at hand so that an increment is one step away.
    lanes: Lanes,
    handle: Arc<Handle>,
}

/// What a new counter is to be like; made with [`Manager::counter`]. A clone of it makes another that is like it.
#[derive(Clone, Debug)]
#[must_use = "the bar is shown when it is `add`ed"]
pub struct CounterBuilder<'a> {
    manager: &'a Manager,
    total: Option<Number>,
    count: Number,
    leave: bool,
    look: Appearance,
    placement: Placement,
}

impl<'a> CounterBuilder<'a> {
    pub(crate) fn new(manager: &'a Manager) -> CounterBuilder<'a> {
        let defaults = manager.defaults();
        CounterBuilder {
            manager,
            total: None,
            count: Number::ZERO,
            leave: defaults.leave,
            look: defaults.counter.clone(),
            placement: Placement::default(),
        }
    }

    /// How many there will be in all. Default: not known.
    pub fn total(mut self, total: impl Into<Number>) -> Self {
        self.total = Some(total.into());
        self
    }

    /// How many have been done before, elsewhere: shown as done, not counted for the rate. Default: none.
    pub fn count(mut self, count: impl Into<Number>) -> Self {
        self.count = count.into();
        self
    }

    /// What stands before the bar.
    pub fn desc(mut self, desc: impl Into<Arc<str>>) -> Self {
        self.look.edit_counter(|counted| counted.desc = desc.into());
        self
    }

    /// What is counted, in the plural: `ticks`, `files`.
    pub fn unit(mut self, unit: impl Into<Arc<str>>) -> Self {
        self.look.edit_counter(|counted| counted.unit = unit.into());
        self
    }

    /// The colour of the bar. Default: the terminal's foreground.
    pub fn color(mut self, color: impl Into<Color>) -> Self {
        self.look.snapshot.color = color.into();
        self
    }

    /// Whether the bar stays when it is closed. Default: yes.
    pub fn leave(mut self, leave: bool) -> Self {
        self.leave = leave;
        self
    }

    /// Sets a field of your own, for formats to show. It has the type of its value.
    ///
    /// Where a [built-in field](crate::formats) of Enlighten's has that name, that one is shown instead; one that no format names
    /// is kept, and shows nowhere.
    pub fn field(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.look.snapshot.set_field(name, value.into());
        self
    }

    /// What the bar looks like on the way to its total: see [formats](crate::formats). Fields of your own are set with
    /// [`field`](Self::field) before. Those of segments are checked by [`Counter::set_bar_format`] only: no segment is there yet.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let format = "{desc} {percentage:3.0f}%|{bar}| {stage}";
    /// let build = manager.counter().total(9).desc("Build").field("stage", "linking").bar_format(format)?.add();
    ///
    /// let error = manager.counter().bar_format("{desc} {stge}").unwrap_err();
    /// assert!(error.to_string().contains("column 8"));
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is no template, or has a field that there is not. The message shows where.
    pub fn bar_format(self, format: &str) -> Result<Self, Error> {
        self.format(format, Kind::Bar)
    }

    /// What the bar looks like when there is no total, or the count has gone beyond it.
    ///
    /// # Errors
    ///
    /// As with [`bar_format`](Self::bar_format).
    pub fn counter_format(self, format: &str) -> Result<Self, Error> {
        self.format(format, Kind::Counter)
    }

    /// The glyphs of the bar, as a text or a list of cells: first the empty one, last the full one, between them how a cell
    /// fills. Default: blocks in steps of an eighth.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let plain = manager.counter().total(4).series(" .oO")?.add();
    /// let listed = manager.counter().total(4).series([" ", "-", "="])?.add();
    /// # Ok::<(), footlights::Error>(())
    /// ```
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
        self.look.edit_counter(|counted| counted.series = series);
        Ok(self)
    }

    /// How `{rate}`, `{interval}` and `{eta}` are estimated. Default: [`Estimator::Mean`].
    pub fn estimator(mut self, estimator: Estimator) -> Self {
        self.look.edit_counter(|counted| counted.estimator = estimator);
        self
    }

    /// What `fill` fields are filled with. Default: blanks.
    ///
    /// # Errors
    ///
    /// If it does not take exactly one column.
    pub fn fill(mut self, fill: char) -> Result<Self, Error> {
        self.look.set_fill(fill)?;
        Ok(self)
    }

    /// Pins the bar to a row, counted from the bottom: 1 is the last one. Default: below all others that are not pinned, until
    /// a newer one comes.
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

    /// Puts the bar on the screen.
    pub fn add(mut self) -> Counter {
        self.look.start(self.count, Instant::now());
        let bar = Bar::new(Tally::new(self.count, self.total), self.look, self.leave);
        let lanes = bar.tally.own.lanes();
        Counter { lanes, handle: Arc::new(Handle::add(self.manager, bar, self.placement)) }
    }

    fn format(mut self, format: &str, kind: Kind) -> Result<Self, Error> {
        self.look.set_format(format, kind)?;
        Ok(self)
    }
}

impl Counter {
    /// Counts `n` more as done.
    ///
    /// Costs one atomic add: no lock, no clock, nothing written, nobody woken. The new value shows with the next frame.
    #[inline]
    pub fn inc(&self, n: u64) {
        self.lanes.add(n as i64);
    }

    /// Takes `n` back.
    #[inline]
    pub fn dec(&self, n: u64) {
        self.lanes.add((n as i64).wrapping_neg());
    }

    /// Counts a fraction as done, or takes it back if it is negative. From then on the count is shown with a fraction.
    ///
    /// Costs a compare-and-swap; what is not a finite number is not counted.
    pub fn inc_fraction(&self, n: f64) {
        self.own().add_fraction(n);
    }

    /// Makes the count `n`. What segments have counted stays with them.
    pub fn set(&self, n: impl Into<Number>) {
        self.handle.bar.tally.set(n.into());
    }

    /// What has been counted, by this bar and its segments, without fractions. Taken back below zero it is 0.
    pub fn count(&self) -> u64 {
        self.handle.bar.tally.count().as_u64()
    }

    /// What has been counted, fractions included.
    pub fn count_f64(&self) -> f64 {
        self.handle.bar.tally.count().as_f64()
    }

    /// The total, if there is one, without fractions.
    pub fn total(&self) -> Option<u64> {
        self.handle.bar.tally.total().map(Number::as_u64)
    }

    /// Changes the total.
    pub fn set_total(&self, total: impl Into<Number>) {
        self.handle.bar.tally.set_total(Some(total.into()));
    }

    /// Nobody knows the total any more.
    pub fn unset_total(&self) {
        self.handle.bar.tally.set_total(None);
    }

    /// Changes what stands before the bar.
    pub fn set_desc(&self, desc: impl Into<Arc<str>>) {
        let desc = desc.into();
        self.handle.bar.change(|look| look.edit_counter(|counted| counted.desc = desc));
    }

    /// Changes what is counted.
    pub fn set_unit(&self, unit: impl Into<Arc<str>>) {
        let unit = unit.into();
        self.handle.bar.change(|look| look.edit_counter(|counted| counted.unit = unit));
    }

    /// Changes the colour of the bar.
    pub fn set_color(&self, color: impl Into<Color>) {
        self.handle.set_color(color.into());
    }

    /// Changes whether the bar stays when it is closed.
    pub fn set_leave(&self, leave: bool) {
        self.handle.bar.set_leave(leave);
    }

    /// Says something behind the bar; an empty message says nothing. Formats of your own show it as `{message}`.
    pub fn message(&self, message: impl Into<Arc<str>>) {
        self.set_field(MESSAGE, Value::Text(message.into()));
    }

    /// Sets a field of your own, for formats to show; from any thread, at any time. Costs a lock that is held for as long as a
    /// frame takes a copy of it.
    ///
    /// Nothing is checked here: a name that no format has is kept and shows nowhere, and where a
    /// [built-in field](crate::formats) of Enlighten's has that name, that one is shown instead.
    pub fn set_field(&self, name: &str, value: impl Into<Value>) {
        self.handle.set_field(name, value.into());
    }

    /// Changes what the bar looks like on the way to its total.
    ///
    /// # Errors
    ///
    /// If the text is no template, or has a field that there is not: one of a segment that was not added, or of your own that
    /// was not set. The message shows where.
    pub fn set_bar_format(&self, format: &str) -> Result<(), Error> {
        self.set_format(format, Kind::Bar)
    }

    /// Changes what the bar looks like when there is no total, or the count has gone beyond it.
    ///
    /// # Errors
    ///
    /// As with [`set_bar_format`](Self::set_bar_format).
    pub fn set_counter_format(&self, format: &str) -> Result<(), Error> {
        self.set_format(format, Kind::Counter)
    }

    /// How long it has been worked on, pauses left out; stands still once it is closed or complete, at the last change.
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
    ///
    /// ```
    /// # let manager = footlights::Manager::builder().enabled(false).start();
    /// use footlights::{AnsiColor, ColorDepth};
    ///
    /// let bar = manager.counter().total(4).color(AnsiColor::Red).bar_format("|{bar}| {rate:.1f}/s")?.add();
    /// bar.inc(2);
    /// assert_eq!(bar.format_at(14, 0.5, ColorDepth::TrueColor), "|\x1b[m\x1b[31m███   \x1b[m| 4.0/s");
    /// assert_eq!(bar.format_at(14, 0.5, ColorDepth::None), "|███   | 4.0/s");
    /// # Ok::<(), footlights::Error>(())
    /// ```
    pub fn format_at(&self, width: usize, elapsed: f64, depth: ColorDepth) -> String {
        self.handle.format_at(width, elapsed, depth)
    }

    /// A part of the bar in a colour of its own, drawn to the left of those that were added before. What it counts counts for
    /// the bar as well.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// use footlights::{AnsiColor, Color};
    ///
    /// let tests = manager.counter().total(20).desc("Testing").color(AnsiColor::Green).add();
    /// let failed = tests.segment(Color::rgb(220, 40, 40));
    /// tests.inc(3);
    /// failed.inc(1);
    /// assert_eq!(tests.count(), 4);
    /// ```
    pub fn segment(&self, color: impl Into<Color>) -> Segment {
        Segment::empty(self.clone(), color.into())
    }

    /// A segment that starts with a count, or has not all fields: say so, then [`add`](SegmentBuilder::add) it.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # use footlights::AnsiColor;
    /// let tests = manager.counter().total(20).count(8).add();
    /// let failed = tests.segment_with(AnsiColor::Red).count(3).add()?;
    /// assert_eq!((tests.count(), failed.count()), (8, 3));
    /// assert!(tests.segment_with(AnsiColor::Yellow).count(6).add().is_err());
    /// # Ok::<(), footlights::Error>(())
    /// ```
    pub fn segment_with(&self, color: impl Into<Color>) -> SegmentBuilder<'_> {
        SegmentBuilder::new(self, color.into())
    }

    /// Counts the items of `items` as they are worked on: one more each time the next is asked for. A total that is not known
    /// yet is taken from the iterator, if it is sure how many there are.
    pub fn wrap_iter<I: IntoIterator>(&self, items: I) -> WrapIter<I::IntoIter> {
        let items = items.into_iter();
        if let ((low, Some(high)), None) = (items.size_hint(), self.total()) {
            if low == high {
                self.set_total(low);
            }
        }
        WrapIter::new(items, Counted::By(self.clone()))
    }

    /// Its clock stands still until it is resumed: the pause counts neither for the time nor for rate and time left. What is
    /// counted meanwhile counts.
    ///
    /// ```
    /// # let manager = footlights::Manager::builder().enabled(false).start();
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

    /// Its clock goes on.
    pub fn resume(&self) {
        self.handle.resume();
    }

    /// Whether its clock was paused.
    pub fn is_paused(&self) -> bool {
        self.handle.bar.is_paused()
    }

    /// Empties its row until something is counted or changed.
    pub fn clear(&self) {
        self.handle.clear();
    }

    /// It is finished and its row is free, whatever [`leave`](CounterBuilder::leave) says. [`reset`](Self::reset) brings it back.
    pub fn remove(&self) {
        self.handle.remove();
    }

    /// Back to the count it was made with, the clock too; segments as well. A closed bar is open again.
    pub fn reset(&self) {
        self.handle.reset();
    }

    /// It is finished: the bar stays as it is or goes, as [`leave`](CounterBuilder::leave) says, and its time is that of the last
    /// change, as Enlighten has it: how long there was something to count.
    /// Closing twice is harmless; so is counting on, which still shows where the bar stays.
    pub fn close(&self) {
        self.handle.close();
    }

    /// Whether it is finished.
    pub fn is_closed(&self) -> bool {
        self.handle.bar.is_closed()
    }

    /// What it counts itself.
    pub(crate) fn own(&self) -> &Count {
        &self.tally().own
    }

    pub(crate) fn tally(&self) -> &Tally {
        &self.handle.bar.tally
    }

    pub(crate) fn touch(&self) {
        self.handle.bar.bump_revision();
    }

    pub(crate) fn is_same(&self, other: &Counter) -> bool {
        Arc::ptr_eq(&self.handle, &other.handle)
    }

    fn set_format(&self, format: &str, kind: Kind) -> Result<(), Error> {
        let segments = self.tally().with_segments(|parts| parts.iter().map(|part| part.all_fields).collect::<Vec<_>>());
        self.handle.bar.change(|look| {
            let template = look.read(format, kind)?;
            template.check_segments(&segments)?;
            look.formats.set(template);
            Ok(())
        })
    }
}

impl<'a> From<&'a Counter> for Replaced<'a> {
    fn from(counter: &'a Counter) -> Replaced<'a> {
        Replaced(&counter.handle)
    }
}

impl fmt::Display for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(80))
    }
}

impl fmt::Debug for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counter").field("count", &self.count()).field("total", &self.total()).finish_non_exhaustive()
    }
}
