//! One bar: what it has counted, and how it looks.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::roster::Id;
use crate::error::Error;
use crate::paint::color::{Color, ColorDepth};
use crate::paint::line::Line;
use crate::state::number::Number;
use crate::state::snapshot::{SegmentSnapshot, Snapshot, Subject};
use crate::state::tally::{Part, Tally};
use crate::state::value::Value;
use crate::template::{Formats, MESSAGE, Painter, Template};

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
    /// What it is about, its colours and fields: the snapshot to be, without its counts.
    pub(crate) shot: Snapshot,
    pub(crate) formats: Formats,
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
    formats: Formats,
    painter: Painter,
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

    /// Reads what the bar looks like.
    pub(crate) fn look<T>(&self, read: impl FnOnce(&Look) -> T) -> T {
        read(&self.look.lock())
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
        self.look.lock().elapsed(&self.tally, now)
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
        // Before the look: what changes meanwhile is drawn again next time.
        let revision = self.revision.load(Relaxed);
        let counts = self.fingerprint();
        let mut look = self.look.lock();
        let elapsed = look.elapsed(&self.tally, now);
        let current = Drawn { bar: Some(id), width, revision, counts, seconds: elapsed.as_secs() };
        if *drawn != current {
            *drawn = current;
            easel.sit(&look, &self.tally, elapsed);
            // Not under the lock: drawing takes longer than counting should have to wait.
            drop(look);
            easel.draw(width, line);
        }
    }

    /// Draws the bar into `line`, as it is after `elapsed`, or by its own clock.
    pub(crate) fn draw_once(&self, elapsed: Option<Duration>, width: usize, easel: &mut Easel, line: &mut Line) {
        let mut look = self.look.lock();
        let elapsed = elapsed.unwrap_or_else(|| look.elapsed(&self.tally, Instant::now()));
        easel.sit(&look, &self.tally, elapsed);
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
        let look = Look::new(Snapshot::counter(), Formats::standard());
        Bar::new(Tally::new(Number::ZERO, None), look, true)
    }
}

impl Look {
    pub(crate) fn new(shot: Snapshot, formats: Formats) -> Look {
        Look { shot, formats, clock: Clock::new(Number::ZERO, Instant::now()) }
    }

    /// Its time starts now.
    pub(crate) fn start(&mut self, count: Number, now: Instant) {
        self.clock = Clock::new(count, now);
    }

    /// Checks that `template` has no field that is neither built in nor one of this bar's own.
    pub(crate) fn declare(&self, template: &Template) -> Result<(), Error> {
        template.check_fields(|name| name == MESSAGE || self.shot.field(name).is_some())
    }

    fn elapsed(&mut self, tally: &Tally, now: Instant) -> Duration {
        match self.shot.subject {
            Subject::Count(_) => self.clock.counting(tally.count(), tally.is_complete(), now),
            Subject::Status(_) => self.clock.passing(now),
        }
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
    fn counting(&mut self, count: Number, complete: bool, now: Instant) -> Duration {
        if self.phase == Phase::Open && count != self.seen {
            self.seen = count;
            self.changed = now;
        }
        let until = if complete || self.phase == Phase::Closed { self.changed } else { now };
        until.saturating_duration_since(self.started)
    }

    /// Stands still once it is closed: at the time of that.
    fn passing(&mut self, now: Instant) -> Duration {
        if self.phase == Phase::Open {
            self.changed = now;
        }
        self.changed.saturating_duration_since(self.started)
    }

    fn close(&mut self, count: Number, now: Instant) -> bool {
        let first = self.phase == Phase::Open;
        if first {
            self.counting(count, false, now);
            self.phase = Phase::Closed;
        }
        first
    }
}

impl Easel {
    pub(crate) fn new(depth: ColorDepth) -> Easel {
        Easel { depth, shot: Snapshot::counter(), formats: Formats::standard(), painter: Painter::default() }
    }

    /// Takes the snapshot.
    fn sit(&mut self, look: &Look, tally: &Tally, elapsed: Duration) {
        self.formats.clone_from(&look.formats);
        let parts = match &mut self.shot.subject {
            Subject::Count(counted) => std::mem::take(&mut counted.segments),
            Subject::Status(_) => Vec::new(),
        };
        self.shot.clone_from(&look.shot);
        self.shot.elapsed = elapsed.as_secs_f64();
        let Subject::Count(counted) = &mut self.shot.subject else { return };
        counted.segments = parts;
        counted.segments.clear();
        tally.with_segments(|parts| counted.segments.extend(parts.iter().map(|part| part.as_ref().into())));
        counted.count = tally.count();
        counted.start_count = tally.start();
        counted.total = tally.total();
    }

    fn draw(&mut self, width: usize, line: &mut Line) {
        let template = self.formats.of(&self.shot);
        self.painter.paint(template, &self.shot, width, self.depth, line);
    }
}
