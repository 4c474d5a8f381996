//! A part of a bar, with a name, a color and a count of its own.

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

use crate::cells::color::Color;
use crate::cells::color_rule::ColorRule;
use crate::counter::Counter;
use crate::error::Error;
use crate::into::{IntoColor, IntoText};
use crate::state::counts;
use crate::state::increments::Increments;
use crate::state::look::Paint;
use crate::state::number::Number;
use crate::state::segment_state::SegmentState;
use crate::state::stripes::Stripes;

/// A part of a bar that counts for itself and for the bar; made with [`Counter::segment`].
///
#[cfg_attr(docsrs, doc = include_str!("../docs/pictures/multicolored-still.svg"))]
///
/// Each segment has its share of the bar, in eighths of a cell. A segment that is not zero is
/// visible as long as the bar has enough cells.
///
/// A segment is a handle: cheap to clone and to send to other threads, and all clones count for the
/// same segment. The segment stays in the bar when its handles are dropped.
///
/// ```
/// # let manager = footlights::Manager::new();
/// let tests = manager.counter().total(50).desc("Testing").color("green").add();
/// let failed = tests.segment("failed").color("red").add();
/// tests.inc(30);
/// failed.inc(2);
/// assert_eq!((tests.count(), failed.count()), (32, 2));
/// ```
#[derive(Clone)]
#[must_use = "a segment without a handle counts nothing more"]
pub struct Segment {
    /// A copy of the segment's stripes, so that `inc` does not go through `part`. Valid only while
    /// `part` is alive: stripes are reused.
    stripes: Stripes,
    state: Arc<SegmentState>,
    counter: Counter,
}

/// The settings of a new [`Segment`]; made with [`Counter::segment`].
///
/// ```
/// # let manager = footlights::Manager::new();
/// let tests = manager.counter().total(50).add();
/// let failed = tests.segment("failed").color("red").all_fields(false).add();
/// ```
#[derive(Clone, Debug)]
#[must_use = "the segment exists when it is `add`ed"]
pub struct SegmentBuilder {
    counter: Counter,
    name: Arc<str>,
    color: Paint,
    count: Number,
    all_fields: bool,
    /// What is wrong with the color.
    problem: Option<Error>,
}

/// A count that [`Segment::move_from`] can take from: a [`Counter`] or a [`Segment`].
///
/// Cannot be implemented outside of this crate.
///
/// ```
/// use footlights::{Countable, CountedIterator};
///
/// /// Adds up numbers, and counts them for a bar or for a part of it.
/// fn sum(numbers: &[u64], target: &impl Countable) -> u64 {
///     numbers.iter().counted(target).sum()
/// }
///
/// # let manager = footlights::Manager::new();
/// let all = manager.counter().desc("Numbers").add();
/// let small = all.segment("small").color("blue").add();
/// assert_eq!(sum(&[1, 2], &small) + sum(&[300], &all), 303);
/// assert_eq!((small.count(), all.count()), (2, 3));
/// ```
pub trait Countable: sealed::Countable {}

mod sealed {
    use super::{Counter, Segment};

    pub trait Countable {
        /// The bar, and the segment of it if it is one.
        fn source(&self) -> (&Counter, Option<&Segment>);
    }
}

/// The usual reason why a move is refused.
const FEWER: &str = "the source has fewer";

impl Counter {
    /// Returns a builder for a segment. [`add`](SegmentBuilder::add) adds it to the bar. Its counts
    /// are also counts of the bar.
    ///
    /// Formats show the count of a segment by its name, as in `{count_failed}`, or by its number:
    /// `{count_1}` is the segment that was added first. If several segments have the same name, it
    /// stands for the first of them.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(20).desc("Testing").color("green").add();
    /// let failed = tests.segment("failed").color("red").add();
    /// tests.inc(3);
    /// failed.inc(1);
    /// assert_eq!((tests.count(), failed.count()), (4, 1));
    /// ```
    pub fn segment(&self, name: impl IntoText) -> SegmentBuilder {
        SegmentBuilder {
            counter: self.clone(),
            name: name.into_text(),
            color: Color::DEFAULT.into(),
            count: Number::ZERO,
            all_fields: true,
            problem: None,
        }
    }
}

impl SegmentBuilder {
    /// Sets the color of the segment. Default: the terminal's foreground.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(50).color("green").add();
    /// let failed = tests.segment("failed").color("red").add();
    /// ```
    pub fn color(mut self, color: impl IntoColor) -> Self {
        match color.into_color() {
            Ok(color) => (self.color, self.problem) = (color.into(), None),
            Err(problem) => self.problem = Some(problem),
        }
        self
    }

    /// Sets a color that follows the count of the segment, or its fraction of the total.
    ///
    /// ```
    /// use footlights::ColorRule;
    ///
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(20).color("green").add();
    /// let slow = tests.segment("slow").color_rule(ColorRule::count_steps([(0.0, "yellow"), (5.0, "red")])).add();
    /// ```
    pub fn color_rule(mut self, rule: ColorRule) -> Self {
        match rule.check() {
            Ok(()) => (self.color, self.problem) = (Paint::Rule(rule), None),
            Err(problem) => self.problem = Some(problem),
        }
        self
    }

    /// Sets the start count: the part of the bar's count that belongs to the segment from the
    /// start. It must not belong to another segment. It is shown as done but excluded from the
    /// segment's rate. Default: 0.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(20).count(8).add();
    /// let failed = tests.segment("failed").count(3).try_add()?;
    /// assert_eq!((tests.count(), failed.count()), (8, 3));
    /// assert!(tests.segment("skipped").count(6).try_add().is_err());
    /// # Ok::<(), footlights::Error>(())
    /// ```
    pub fn count(mut self, count: impl Into<Number>) -> Self {
        self.count = count.into();
        self
    }

    /// Sets whether formats can show rate, interval and remaining time of the segment. Default:
    /// yes. If not, [`Counter::check_formats`] reports such fields.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(50).add();
    /// let failed = tests.segment("failed").all_fields(false).add(); // no `{rate_failed}`
    /// ```
    pub fn all_fields(mut self, all_fields: bool) -> Self {
        self.all_fields = all_fields;
        self
    }

    /// Adds the segment to its bar, to the left of all segments that were added before.
    ///
    /// Never fails: a wrong color is left at its default, and a start count that is too large is
    /// reduced to what the bar has. [`try_add`](Self::try_add) reports both.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(50).add();
    /// let failed = tests.segment("failed").color("red").add();
    /// failed.inc(1);
    /// ```
    pub fn add(self) -> Segment {
        let mut count = self.count;
        loop {
            if let Some(segment) = self.add_with(count) {
                return segment;
            }
            // Moving zero counts always succeeds, so the loop ends.
            let there = self.counter.counts().unsegmented();
            count = if there > Number::ZERO && there < count { there } else { Number::ZERO };
        }
    }

    /// Adds the segment to its bar if all settings are right.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(50).add();
    /// let error = tests.segment("failed").color("rde").try_add().unwrap_err();
    /// assert!(error.to_string().contains("rde"));
    /// ```
    ///
    /// # Errors
    ///
    /// If the color cannot be read, or if the start count is negative or larger than the bar's
    /// count outside of segments. The error lists all wrong settings. No segment is added then.
    pub fn try_add(self) -> Result<Segment, Error> {
        let there = self.counter.counts().unsegmented();
        let enough = self.count.is_zero() || (self.count > Number::ZERO && self.count <= there);
        let start = (!enough).then(|| Error::start(self.count, there));
        Error::all(self.problem.iter().cloned().chain(start).collect())?;
        // Another thread may have moved those counts meanwhile.
        self.add_with(self.count).ok_or_else(|| Error::start(self.count, self.counter.counts().unsegmented()))
    }

    /// Adds the segment, if the bar has `count` outside of segments.
    fn add_with(&self, count: Number) -> Option<Segment> {
        let state = Arc::new(SegmentState::new(self.name.clone(), self.color.clone(), count, self.all_fields));
        if !self.counter.counts().add_segment(&state) {
            return None;
        }
        self.counter.bump_revision();
        Some(Segment { stripes: state.increments.stripes(), state, counter: self.counter.clone() })
    }
}

impl Segment {
    /// Adds `n` to the count of the segment, and so to the count of the bar. Costs one atomic add.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let tests = manager.counter().total(50).add();
    /// # let failed = tests.segment("failed").color("red").add();
    /// failed.inc(1);
    /// assert_eq!((failed.count(), tests.count()), (1, 1));
    /// ```
    #[inline]
    pub fn inc(&self, n: u64) {
        self.stripes.add(n);
    }

    /// Subtracts `n` from the count of the segment, and so from the count of the bar. Costs one
    /// atomic add.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let tests = manager.counter().total(50).add();
    /// # let failed = tests.segment("failed").color("red").add();
    /// failed.inc(2);
    /// failed.dec(1);
    /// assert_eq!((failed.count(), tests.count()), (1, 1));
    /// ```
    #[inline]
    pub fn dec(&self, n: u64) {
        self.stripes.sub(n);
    }

    /// Adds a fraction to the counts of the segment and the bar, or subtracts it if it is negative.
    /// From then on both are shown as fractions.
    ///
    /// Costs a lock and a sum over the stripes of the bar and its segments: about as much as ten
    /// increments for the bar and ten for each segment. Ignores NaN and infinity.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let tests = manager.counter().total(50).add();
    /// # let failed = tests.segment("failed").add();
    /// failed.inc_fraction(0.5);
    /// assert_eq!(tests.count_f64(), 0.5);
    /// ```
    pub fn inc_fraction(&self, n: f64) {
        self.counter.counts().add_segment_fraction(&self.state, n);
    }

    /// Sets the count of the segment to `n`. The count of the bar changes with it.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let tests = manager.counter().total(50).add();
    /// # let failed = tests.segment("failed").color("red").add();
    /// tests.inc(5);
    /// failed.set(2);
    /// assert_eq!(tests.count(), 7);
    /// ```
    pub fn set(&self, n: impl Into<Number>) {
        self.counter.counts().set_segment(&self.state, n.into());
    }

    /// Returns the count of the segment, rounded down. A count below zero is returned as 0.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(50).add();
    /// let failed = tests.segment("failed").color("red").add();
    /// tests.inc(30);
    /// failed.inc(2);
    /// assert_eq!((failed.count(), tests.count()), (2, 32));
    /// ```
    pub fn count(&self) -> u64 {
        self.state.count().as_u64()
    }

    /// Returns the count of the segment, fractions included.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let hours = manager.counter().total(8).unit("hours").add();
    /// let spent = hours.segment("spent").color("red").add();
    /// spent.inc_fraction(1.5);
    /// assert_eq!(spent.count_f64(), 1.5);
    /// ```
    pub fn count_f64(&self) -> f64 {
        self.state.count().as_f64()
    }

    /// Returns the name that the segment was made with.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let tests = manager.counter().total(50).add();
    /// let segments = ["failed", "skipped"].map(|name| tests.segment(name).add());
    /// segments[1].inc(3);
    /// let report = segments.map(|segment| format!("{} {}", segment.count(), segment.name()));
    /// assert_eq!(report, ["0 failed", "3 skipped"]);
    /// ```
    pub fn name(&self) -> &str {
        &self.state.name
    }

    /// Sets the color of the segment.
    ///
    /// ```
    /// use footlights::AnsiColor;
    ///
    /// # let manager = footlights::Manager::new();
    /// # let tests = manager.counter().total(50).add();
    /// # let failed = tests.segment("failed").color("red").add();
    /// failed.set_color(AnsiColor::Magenta);
    /// ```
    pub fn set_color(&self, color: impl Into<Color>) {
        let color = color.into();
        *self.state.color.write() = color.into();
        self.counter.bump_revision();
    }

    /// Returns the bar that the segment is a part of.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// # let tests = manager.counter().total(50).add();
    /// # let failed = tests.segment("failed").color("red").add();
    /// fn fail(part: &footlights::Segment) {
    ///     part.inc(1);
    ///     part.counter().set_message("see the log");
    /// }
    /// fail(&failed);
    /// ```
    pub fn counter(&self) -> &Counter {
        &self.counter
    }

    /// Moves `n` counts to this segment, from another segment of the bar or from the bar's counts
    /// outside of segments. The count of the bar stays the same.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let services = manager.counter().total(10).desc("Services").color("green").add();
    /// let connecting = services.segment("connecting").color("yellow").add();
    /// let started = services.segment("started").color("red").add();
    /// started.inc(4);
    /// connecting.move_from(&started, 3)?;
    /// assert_eq!((started.count(), connecting.count(), services.count()), (1, 3, 4));
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the source belongs to another bar, or has fewer than `n` counts. Nothing is moved then.
    pub fn move_from(&self, source: &impl Countable, n: u64) -> Result<(), Error> {
        match i64::try_from(n) {
            Ok(n) => self.transfer_from(source, Number::Whole(n)),
            Err(_) => Err(Error::moving(n, FEWER)),
        }
    }

    /// Moves a fraction to this segment, or back to the source if it is negative. The count of the
    /// bar stays the same.
    ///
    /// ```
    /// # let manager = footlights::Manager::new();
    /// let hours = manager.counter().total(8).unit("hours").add();
    /// let spent = hours.segment("spent").color("red").add();
    /// hours.inc(4);
    /// spent.move_fraction_from(&hours, 1.5)?;
    /// assert_eq!((spent.count_f64(), hours.count_f64()), (1.5, 4.0));
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As with [`move_from`](Self::move_from), and if `n` is NaN or infinite.
    pub fn move_fraction_from(&self, source: &impl Countable, n: f64) -> Result<(), Error> {
        self.transfer_from(source, Number::Fraction(n))
    }

    /// The count of the segment.
    pub(crate) fn increments(&self) -> &Increments {
        &self.state.increments
    }

    fn transfer_from(&self, source: &impl Countable, n: Number) -> Result<(), Error> {
        let (counter, segment) = source.source();
        if !counter.is_same(&self.counter) {
            return Err(Error::other_bar());
        }
        let origin = segment.map_or(counts::Origin::Unsegmented, |segment| counts::Origin::Segment(&segment.state));
        if self.counter.counts().transfer(origin, &self.state, n) {
            return Ok(());
        }
        Err(Error::moving(
            n,
            match n.as_f64() {
                x if !x.is_finite() => "that is not a finite number",
                x if x < 0.0 => "the segment has fewer to give back",
                _ => FEWER,
            },
        ))
    }
}

impl sealed::Countable for Counter {
    fn source(&self) -> (&Counter, Option<&Segment>) {
        (self, None)
    }
}

impl Countable for Counter {}

impl sealed::Countable for Segment {
    fn source(&self) -> (&Counter, Option<&Segment>) {
        (&self.counter, Some(self))
    }
}

impl Countable for Segment {}

impl fmt::Debug for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segment").field("name", &self.name()).field("count", &self.count()).finish_non_exhaustive()
    }
}

// A panic leaves nothing half done in a segment: its count is atomic, and the lock of its color is
// released by a panic and never held while user code runs.
impl UnwindSafe for Segment {}
impl RefUnwindSafe for Segment {}
