//! One bar: what it has counted, and how it looks.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::roster::Id;
use crate::paint::color::{Color, ColorDepth};
use crate::paint::line::Line;
use crate::paint::series::Series;
use crate::state::number::Number;
use crate::state::snapshot::{CountSnapshot, SegmentSnapshot, Snapshot, Subject};
use crate::state::tally::{Part, Tally};
use crate::state::value::Value;

/// A bar as the handles and the terminal thread share it.
#[derive(Debug)]
pub(crate) struct Bar {
    pub(crate) tally: Tally,
    leave: AtomicBool,
    /// Changes with every change of the look.
    revision: AtomicU64,
    look: Mutex<Look>,
}

/// Everything about a bar that is not counted.
#[derive(Debug)]
pub(crate) struct Look {
    pub(crate) desc: Arc<str>,
    pub(crate) unit: Arc<str>,
    pub(crate) color: Color,
    pub(crate) fill: char,
    pub(crate) series: Arc<Series>,
    pub(crate) fields: Vec<(Arc<str>, Value)>,
    clock: Clock,
}

/// The times of a bar.
#[derive(Debug)]
struct Clock {
    started: Instant,
    /// When the count was seen to change last, and what it was then. Nobody takes the time when something is counted, so
    /// this is as exact as the frames are close.
    changed: Instant,
    seen: Number,
    phase: Phase,
}

/// Whether a bar is still being worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// It is.
    Open,
    /// It is not; its time stands still.
    Closed,
}

/// What drawing needs besides the bar; used again for every bar.
#[derive(Debug)]
pub(crate) struct Easel {
    depth: ColorDepth,
    shot: Snapshot,
}

/// What a row showed when it was drawn last: if it is the same now, so is the row.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Drawn {
    bar: Option<Id>,
    width: usize,
    revision: u64,
    counts: u64,
    seconds: u64,
}

impl Bar {
    pub(crate) fn new(tally: Tally, look: Look, leave: bool) -> Bar {
        Bar { tally, leave: AtomicBool::new(leave), revision: AtomicU64::new(0), look: Mutex::new(look) }
    }

    /// Whether it stays on the screen when it is finished.
    pub(crate) fn leaves(&self) -> bool {
        self.leave.load(Relaxed)
    }

    pub(crate) fn set_leave(&self, leave: bool) {
        self.leave.store(leave, Relaxed);
    }

    /// Changes what the bar looks like; shown with the next frame.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Look) -> T) -> T {
        let answer = change(&mut self.look.lock());
        self.touch();
        answer
    }

    /// Something else that shows has changed.
    pub(crate) fn touch(&self) {
        self.revision.fetch_add(1, Relaxed);
    }

    /// Stops its clock. False if that had been done.
    pub(crate) fn close(&self, now: Instant) -> bool {
        let count = self.tally.count();
        self.change(|look| look.clock.close(count, now))
    }

    /// Counts and clock back to the start, and open again.
    pub(crate) fn reset(&self, now: Instant) {
        self.tally.reset();
        let count = self.tally.count();
        self.change(|look| look.clock = Clock::new(count, now));
    }

    /// How long it has been worked on.
    pub(crate) fn elapsed(&self, now: Instant) -> Duration {
        let (count, complete) = (self.tally.count(), self.tally.is_complete());
        self.look.lock().clock.elapsed(count, complete, now)
    }

    /// Draws the bar into `line`, unless the line shows it as it is already.
    pub(crate) fn draw(
        &self,
        id: Id,
        now: Instant,
        width: usize,
        easel: &mut Easel,
        drawn: &mut Drawn,
        line: &mut Line,
    ) {
        let (count, complete) = (self.tally.count(), self.tally.is_complete());
        let revision = self.revision.load(Relaxed);
        let mut look = self.look.lock();
        let elapsed = look.clock.elapsed(count, complete, now);
        let current =
            Drawn { bar: Some(id), width, revision, counts: self.fingerprint(), seconds: elapsed.as_secs() };
        if *drawn != current {
            *drawn = current;
            look.fill_in(&self.tally, count, elapsed, &mut easel.shot);
            drop(look);
            easel.draw(width, line);
        }
    }

    /// Draws the bar into `line`.
    pub(crate) fn draw_once(&self, now: Instant, width: usize, easel: &mut Easel, line: &mut Line) {
        let (count, complete) = (self.tally.count(), self.tally.is_complete());
        let mut look = self.look.lock();
        let elapsed = look.clock.elapsed(count, complete, now);
        look.fill_in(&self.tally, count, elapsed, &mut easel.shot);
        drop(look);
        easel.draw(width, line);
    }

    /// A number that changes when a count does.
    fn fingerprint(&self) -> u64 {
        let mix = |hash: u64, number: Number| {
            let bits = match number {
                Number::Whole(whole) => whole as u64,
                Number::Fraction(fraction) => fraction.to_bits(),
            };
            (hash ^ bits).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
        };
        let own = mix(0xcbf2_9ce4_8422_2325, self.tally.own.get());
        let total = self.tally.total().map_or(own, |total| mix(own, total));
        self.tally.with_segments(|parts| parts.iter().fold(total, |hash, part| mix(hash, part.count.get())))
    }

    #[cfg(test)]
    pub(crate) fn for_tests() -> Bar {
        Bar::new(Tally::new(Number::ZERO, None), Look::new(Number::ZERO, Instant::now()), true)
    }
}

impl Look {
    /// A bar without a word, as of `now`.
    pub(crate) fn new(count: Number, now: Instant) -> Look {
        Look {
            desc: "".into(),
            unit: "".into(),
            color: Color::DEFAULT,
            fill: ' ',
            series: Arc::new(Series::blocks()),
            fields: Vec::new(),
            clock: Clock::new(count, now),
        }
    }

    /// Sets one of the user's own fields.
    pub(crate) fn set_field(&mut self, name: &str, value: Value) {
        match self.fields.iter_mut().find(|(known, _)| **known == *name) {
            Some((_, old)) => *old = value,
            None => self.fields.push((name.into(), value)),
        }
    }

    fn fill_in(&self, tally: &Tally, count: Number, elapsed: Duration, shot: &mut Snapshot) {
        shot.color = self.color;
        shot.fill = self.fill;
        shot.elapsed = elapsed.as_secs_f64();
        shot.fields.clone_from(&self.fields);
        let Subject::Count(counted) = &mut shot.subject else { return };
        counted.desc.clone_from(&self.desc);
        counted.unit.clone_from(&self.unit);
        counted.count = count;
        counted.start_count = tally.start();
        counted.total = tally.total();
        counted.series.clone_from(&self.series);
        counted.segments.clear();
        tally.with_segments(|parts| counted.segments.extend(parts.iter().map(|part| part.as_ref().into())));
    }
}

impl From<&Part> for SegmentSnapshot {
    fn from(part: &Part) -> SegmentSnapshot {
        SegmentSnapshot {
            color: *part.color.read(),
            count: part.count.get(),
            start_count: part.start,
            all_fields: part.all_fields,
        }
    }
}

impl Clock {
    fn new(count: Number, now: Instant) -> Clock {
        Clock { started: now, changed: now, seen: count, phase: Phase::Open }
    }

    /// Stands still once there is nothing more to count: at the time of the last change.
    fn elapsed(&mut self, count: Number, complete: bool, now: Instant) -> Duration {
        if self.phase == Phase::Open && count != self.seen {
            self.seen = count;
            self.changed = now;
        }
        let until = if complete || self.phase == Phase::Closed { self.changed } else { now };
        until.saturating_duration_since(self.started)
    }

    fn close(&mut self, count: Number, now: Instant) -> bool {
        let first = self.phase == Phase::Open;
        if first {
            self.elapsed(count, false, now);
            self.phase = Phase::Closed;
        }
        first
    }
}

impl Easel {
    pub(crate) fn new(depth: ColorDepth) -> Easel {
        let counted = CountSnapshot {
            desc: "".into(),
            unit: "".into(),
            count: Number::ZERO,
            start_count: Number::ZERO,
            total: None,
            segments: Vec::new(),
            series: Arc::new(Series::blocks()),
        };
        let shot = Snapshot {
            subject: Subject::Count(counted),
            color: Color::DEFAULT,
            fill: ' ',
            elapsed: 0.0,
            fields: Vec::new(),
        };
        Easel { depth, shot }
    }

    fn draw(&mut self, width: usize, line: &mut Line) {
        line.reset(width);
        // PROVISIONAL
        let Subject::Count(c) = &self.shot.subject else { return };
        let head = format!("{} {:?}/{:?} |", c.desc, c.count, c.total);
        line.push(&head, Color::DEFAULT);
        line.push(&"█".repeat(width), Color::rgb(0, 200, 80).reduced(self.depth));
    }
}
