//! Something that is counted, and the bar that shows it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::manager::{Manager, Tenancy};
use crate::paint::color::Color;
use crate::screen::bar::{Bar, Look};
use crate::screen::roster::Id;
use crate::segment::Segment;
use crate::state::count::Count;
use crate::state::number::Number;
use crate::state::tally::{Part, Tally};
use crate::state::value::Value;
use crate::wrap::WrapIter;

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
    /// Held apart from the rest so that an increment is one step away.
    count: Arc<Count>,
    life: Arc<Life>,
}

/// A bar for as long as there are handles to it.
struct Life {
    bar: Arc<Bar>,
    tenancy: Arc<Tenancy>,
    id: Option<Id>,
    closed: AtomicBool,
}

/// What a new bar is to be like; made with [`Manager::counter`].
#[derive(Debug)]
#[must_use = "the bar is shown when it is `add`ed"]
pub struct CounterBuilder<'a> {
    manager: &'a Manager,
    total: Option<Number>,
    count: Number,
    leave: bool,
    look: Look,
}

impl<'a> CounterBuilder<'a> {
    pub(crate) fn new(manager: &'a Manager) -> CounterBuilder<'a> {
        let count = Number::ZERO;
        CounterBuilder { manager, total: None, count, leave: true, look: Look::new(count, Instant::now()) }
    }

    /// How many there will be in all. Default: not known.
    pub fn total(mut self, total: u64) -> Self {
        self.total = Some(whole(total));
        self
    }

    /// How many have been done before, elsewhere: shown as done, not counted for the rate. Default: none.
    pub fn count(mut self, count: u64) -> Self {
        self.count = whole(count);
        self
    }

    /// What stands before the bar.
    pub fn desc(mut self, desc: impl Into<Arc<str>>) -> Self {
        self.look.desc = desc.into();
        self
    }

    /// What is counted, in the plural: `ticks`, `files`.
    pub fn unit(mut self, unit: impl Into<Arc<str>>) -> Self {
        self.look.unit = unit.into();
        self
    }

    /// The colour of the bar. Default: the terminal's foreground.
    pub fn color(mut self, color: impl Into<Color>) -> Self {
        self.look.color = color.into();
        self
    }

    /// Whether the bar stays when it is closed. Default: yes.
    pub fn leave(mut self, leave: bool) -> Self {
        self.leave = leave;
        self
    }

    /// Puts the bar on the screen, below all others.
    pub fn add(self) -> Counter {
        let bar = Arc::new(Bar::new(Tally::new(self.count, self.total), self.look, self.leave));
        let tenancy = self.manager.tenancy().clone();
        let id = tenancy.screen().map(|screen| {
            let id = screen.roster().lock().add(bar.clone(), tenancy.owner());
            screen.wake();
            id
        });
        let count = bar.tally.own.clone();
        Counter { count, life: Arc::new(Life { bar, tenancy, id, closed: AtomicBool::new(false) }) }
    }
}

impl Counter {
    /// Counts `n` more as done.
    ///
    /// Costs one atomic add: no lock, no clock, nothing written, nobody woken. The new value shows with the next frame.
    #[inline]
    pub fn inc(&self, n: u64) {
        self.count.add(n as i64);
    }

    /// Takes `n` back.
    #[inline]
    pub fn dec(&self, n: u64) {
        self.count.add((n as i64).wrapping_neg());
    }

    /// Makes the count `n`. What segments have counted stays with them.
    pub fn set(&self, n: u64) {
        self.life.bar.tally.set(whole(n));
    }

    /// What has been counted, by this bar and its segments.
    pub fn count(&self) -> u64 {
        match self.life.bar.tally.count() {
            Number::Whole(n) => u64::try_from(n).unwrap_or(0),
            Number::Fraction(x) => x as u64,
        }
    }

    /// The total, if there is one.
    pub fn total(&self) -> Option<u64> {
        self.life.bar.tally.total().map(|total| total.as_f64() as u64)
    }

    /// Changes the total; with `None`, nobody knows it any more.
    pub fn set_total(&self, total: impl Into<Option<u64>>) {
        self.life.bar.tally.set_total(total.into().map(whole));
    }

    /// Changes what stands before the bar.
    pub fn set_desc(&self, desc: impl Into<Arc<str>>) {
        let desc = desc.into();
        self.life.bar.change(|look| look.desc = desc);
    }

    /// Changes what is counted.
    pub fn set_unit(&self, unit: impl Into<Arc<str>>) {
        let unit = unit.into();
        self.life.bar.change(|look| look.unit = unit);
    }

    /// Changes the colour of the bar.
    pub fn set_color(&self, color: impl Into<Color>) {
        let color = color.into();
        self.life.bar.change(|look| look.color = color);
    }

    /// Changes whether the bar stays when it is closed.
    pub fn set_leave(&self, leave: bool) {
        self.life.bar.set_leave(leave);
    }

    /// Says something behind the bar; an empty message says nothing. Formats have it as `{message}`.
    pub fn message(&self, message: impl Into<Arc<str>>) {
        self.set_field("message", Value::Text(message.into()));
    }

    /// Sets a field of your own.
    pub fn set_field(&self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        self.life.bar.change(|look| look.set_field(name, value));
    }

    /// How long it has been worked on; stands still once it is closed or complete.
    pub fn elapsed(&self) -> Duration {
        self.life.bar.elapsed(Instant::now())
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
        let part = Part::new(color.into());
        let part = self.life.bar.tally.add_segment(part);
        self.life.bar.touch();
        Segment::new(self.clone(), part)
    }

    /// Counts the items of `items` as they are worked on: one more each time the next is asked for. A total that is not known
    /// yet is taken from the iterator, if it is sure how many there are.
    pub fn wrap_iter<I: IntoIterator>(&self, items: I) -> WrapIter<I::IntoIter> {
        let items = items.into_iter();
        if let ((low, Some(high)), None) = (items.size_hint(), self.total()) {
            if low == high {
                self.set_total(low as u64);
            }
        }
        WrapIter::new(items, self.clone())
    }

    /// Back to the count it was made with, the clock too; segments as well. A closed bar is open again.
    pub fn reset(&self) {
        self.life.bar.reset(Instant::now());
        if self.life.closed.swap(false, Ordering::AcqRel) {
            self.life.place(|roster, id| roster.reopen(id, &self.life.bar, self.life.tenancy.owner()));
        }
    }

    /// It is finished: the clock stands still, and the bar stays as it is or goes, as [`leave`](CounterBuilder::leave) says.
    /// Closing twice is harmless; so is counting on, which still shows where the bar stays.
    pub fn close(&self) {
        self.life.close();
    }

    pub(crate) fn tally(&self) -> &Tally {
        &self.life.bar.tally
    }

    pub(crate) fn touch(&self) {
        self.life.bar.touch();
    }

    pub(crate) fn is_same(&self, other: &Counter) -> bool {
        Arc::ptr_eq(&self.life, &other.life)
    }
}

impl Life {
    fn close(&self) {
        if !self.closed.swap(true, Ordering::AcqRel) {
            self.bar.close(Instant::now());
            self.place(|roster, id| roster.close(id, self.bar.leaves()));
        }
    }

    /// Changes the bar's place on the screen, if it is on one.
    fn place(&self, change: impl FnOnce(&mut crate::screen::roster::Roster, Id)) {
        let Some((screen, id)) = self.tenancy.screen().zip(self.id) else { return };
        change(&mut screen.roster().lock(), id);
        screen.wake();
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        self.close();
    }
}

impl fmt::Debug for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Counter").field("count", &self.count()).field("total", &self.total()).finish_non_exhaustive()
    }
}

/// Counts beyond 2⁶³ stay there.
fn whole(n: u64) -> Number {
    Number::Whole(i64::try_from(n).unwrap_or(i64::MAX))
}
