//! One bar: what it has counted, and how it looks.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::roster::Id;
use crate::error::Error;
use crate::paint::color::ColorDepth;
use crate::paint::line::Line;
use crate::state::clock::Clock;
use crate::state::number::Number;
use crate::state::snapshot::{CountSnapshot, SegmentSnapshot, Snapshot, StatusSnapshot, Subject};
use crate::state::speed::Speed;
use crate::state::tally::{Part, Tally};
use crate::template::{self, Formats, Kind, Painter, Template};

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
#[derive(Clone, Debug)]
pub(crate) struct Look {
    /// What it is about, its colours and fields: the snapshot to be, without its counts.
    pub(crate) shot: Snapshot,
    pub(crate) formats: Formats,
    clock: Clock,
    speed: Speed,
    /// What it was when its row was cleared: until that changes, there is nothing to be seen.
    cleared: Option<State>,
}

/// A state of a bar: if it is the same, so is what is to be seen, but for the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct State {
    revision: u64,
    counts: u64,
}

/// Why a bar was drawn again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum News {
    /// It was not.
    None,
    /// Time has passed.
    Time,
    /// Something was counted, or it looks otherwise.
    Count,
}

/// What drawing needs besides the bar; used again for every bar.
#[derive(Debug)]
pub(crate) struct Easel {
    depth: ColorDepth,
    shot: Snapshot,
    formats: Formats,
    painter: Painter,
    /// Room for the segments, while the snapshot is of a bar that has none.
    segments: Vec<SegmentSnapshot>,
}

/// What a row showed when it was drawn last: if it is the same now, so is the row.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Drawn {
    bar: Option<Id>,
    width: usize,
    state: State,
    /// Seconds of the bar's time, as they are shown; tenths, if something moves.
    time: u64,
    cleared: bool,
}

impl Drawn {
    /// Whether it was this bar, in this width.
    pub(crate) fn is_of(&self, id: Id, width: usize) -> bool {
        (self.bar, self.width) == (Some(id), width)
    }
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

    /// Empties its row, until something is counted or changed.
    pub(crate) fn clear(&self) {
        let mut look = self.look.lock();
        let revision = self.revision.fetch_add(1, Relaxed).wrapping_add(1);
        look.cleared = Some(State { revision, counts: self.fingerprint() });
    }

    /// Stops its clock. False if that had been done.
    pub(crate) fn close(&self, now: Instant) -> bool {
        self.change(|look| {
            // What was counted until now has been counted in time.
            look.elapsed(&self.tally, now);
            let open = !look.clock.is_closed();
            look.clock.close();
            open
        })
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.look.lock().clock.is_closed()
    }

    /// For so long no time has passed.
    pub(crate) fn skip(&self, time: Duration) {
        self.look.lock().clock.skip(time);
    }

    /// Stops its clock for a while.
    pub(crate) fn pause(&self, now: Instant) {
        self.change(|look| {
            // What was counted until now has been counted in time.
            look.elapsed(&self.tally, now);
            look.clock.pause(now);
        });
    }

    pub(crate) fn resume(&self, now: Instant) {
        self.change(|look| look.clock.resume(now));
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.look.lock().clock.is_paused()
    }

    /// Counts and clock back to the start, and open again. False if it was open.
    pub(crate) fn reset(&self, now: Instant) -> bool {
        self.tally.reset();
        let count = self.tally.count();
        self.change(|look| {
            let closed = look.clock.is_closed();
            look.start(count, now);
            closed
        })
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
    ) -> News {
        // Before the look: what changes meanwhile is drawn again next time.
        let state = self.state();
        let mut look = self.look.lock();
        let elapsed = look.elapsed(&self.tally, now);
        let seconds = elapsed.as_secs_f64();
        let time = if look.formats.move_by_themselves() {
            (seconds * 10.0) as u64
        } else {
            template::rounded_seconds(seconds)
        };
        let cleared = look.cleared == Some(state);
        let current = Drawn { bar: Some(id), width, state, time: if cleared { 0 } else { time }, cleared };
        let news = match *drawn == current {
            true => return News::None,
            false if (drawn.bar, drawn.state) == (current.bar, current.state) => News::Time,
            false => News::Count,
        };
        *drawn = current;
        if cleared {
            line.reset(width);
        } else {
            easel.sit(&look, &self.tally, seconds);
            // Not under the lock: drawing takes longer than counting should have to wait.
            drop(look);
            easel.draw(width, line);
        }
        news
    }

    /// Draws the bar into `line`, as it stays behind.
    pub(crate) fn draw_last(&self, width: usize, easel: &mut Easel, line: &mut Line) {
        let state = self.state();
        if self.look.lock().cleared == Some(state) {
            return line.reset(width);
        }
        self.draw_once(None, width, easel, line);
    }

    /// Draws the bar into `line`, as it is after so many seconds, or by its own clock.
    pub(crate) fn draw_once(&self, elapsed: Option<f64>, width: usize, easel: &mut Easel, line: &mut Line) {
        let mut look = self.look.lock();
        let elapsed = elapsed.unwrap_or_else(|| look.elapsed(&self.tally, Instant::now()).as_secs_f64());
        easel.sit(&look, &self.tally, elapsed);
        drop(look);
        easel.draw(width, line);
    }

    fn state(&self) -> State {
        State { revision: self.revision.load(Relaxed), counts: self.fingerprint() }
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
        let (clock, speed) = (Clock::new(Number::ZERO, Instant::now()), Speed::default());
        Look { shot, formats, clock, speed, cleared: None }
    }

    /// Its time starts now.
    pub(crate) fn start(&mut self, count: Number, now: Instant) {
        self.clock = Clock::new(count, now);
        self.speed = Speed::new(count);
    }

    /// Reads a format; its fields are those that are built in, and this bar's own.
    pub(crate) fn read(&self, format: &str, kind: Kind) -> Result<Template, Error> {
        Template::parse(format, kind, &|name| self.shot.field(name).is_some())
    }

    /// Reads a format and takes it.
    pub(crate) fn set_format(&mut self, format: &str, kind: Kind) -> Result<(), Error> {
        let template = self.read(format, kind)?;
        self.formats.set(template);
        Ok(())
    }

    /// Changes what only counters have.
    pub(crate) fn counted(&mut self, change: impl FnOnce(&mut CountSnapshot)) {
        if let Subject::Count(counted) = &mut self.shot.subject {
            change(counted);
        }
    }

    /// Changes what only status bars have.
    pub(crate) fn said(&mut self, change: impl FnOnce(&mut StatusSnapshot)) {
        if let Subject::Status(said) = &mut self.shot.subject {
            change(said);
        }
    }

    fn elapsed(&mut self, tally: &Tally, now: Instant) -> Duration {
        match self.shot.subject {
            Subject::Count(_) => {
                let count = tally.count();
                let elapsed = self.clock.counting(count, tally.is_complete(), now);
                self.speed.see(count, elapsed.as_secs_f64());
                elapsed
            }
            Subject::Status(_) => self.clock.passing(now),
        }
    }
}

impl From<&Part> for SegmentSnapshot {
    fn from(part: &Part) -> SegmentSnapshot {
        SegmentSnapshot { color: *part.color.read(), count: part.count.get(), start_count: part.start }
    }
}

impl Easel {
    pub(crate) fn new(depth: ColorDepth) -> Easel {
        let (shot, formats) = (Snapshot::counter(), Formats::standard());
        Easel { depth, shot, formats, painter: Painter::default(), segments: Vec::new() }
    }

    /// Takes the snapshot.
    fn sit(&mut self, look: &Look, tally: &Tally, elapsed: f64) {
        self.formats.clone_from(&look.formats);
        // The lists keep their room.
        if let Subject::Count(counted) = &mut self.shot.subject {
            self.segments = std::mem::take(&mut counted.segments);
        }
        self.shot.copy(&look.shot);
        self.shot.elapsed = elapsed;
        self.shot.over = look.clock.is_closed();
        let Subject::Count(counted) = &mut self.shot.subject else { return };
        counted.segments = std::mem::take(&mut self.segments);
        counted.segments.clear();
        tally.with_segments(|parts| counted.segments.extend(parts.iter().map(|part| part.as_ref().into())));
        counted.count = tally.count();
        counted.start_count = tally.start();
        counted.total = tally.total();
        counted.speed = look.speed.rate(elapsed);
        self.shot.over |= counted.total == Some(counted.count);
    }

    fn draw(&mut self, width: usize, line: &mut Line) {
        let template = self.formats.of(&self.shot);
        self.painter.paint(template, &self.shot, width, self.depth, line);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::roster::{Owner, Place, Roster};
    use super::*;

    #[test]
    fn a_cleared_row_is_empty_until_something_happens() {
        let bar = Bar::for_tests();
        let mut line = Line::default();
        let mut last = |bar: &Bar| {
            bar.draw_last(20, &mut Easel::new(ColorDepth::None), &mut line);
            line.to_string()
        };
        let something: [fn(&Bar); 3] = [|bar| bar.tally.own.add(1), Bar::touch, |bar| bar.pause(Instant::now())];
        for happens in something {
            assert_ne!(last(&bar), "");
            bar.clear();
            assert_eq!(last(&bar), "");
            happens(&bar);
            assert_ne!(last(&bar), "");
        }
    }

    /// Times are shown rounded, and so a clock goes on at half a second.
    #[test]
    fn a_clock_is_drawn_again_when_it_shows_another_second() {
        let bar = Arc::new(Bar::for_tests());
        let id = Roster::default().add(bar.clone(), Owner(0), Place::default());
        let start = Instant::now();
        bar.change(|look| look.start(Number::ZERO, start));
        let (mut easel, mut drawn, mut line) = (Easel::new(ColorDepth::None), Drawn::default(), Line::default());
        let mut draw = |millis| {
            let now = start + Duration::from_millis(millis);
            let news = bar.draw(id, now, 60, &mut easel, &mut drawn, &mut line);
            (news, line.to_string().contains("00:02"))
        };
        assert_eq!(draw(1400), (News::Count, false));
        assert_eq!(draw(1499), (News::None, false));
        assert_eq!(draw(1501), (News::Time, true));
        assert_eq!(draw(2001), (News::None, true));
        assert_eq!(draw(2501), (News::Time, false));
    }

    /// A slow terminal thread does not look at every bar in time: what was counted before a pause was counted before it.
    #[test]
    fn a_pause_begins_after_what_was_counted() {
        let bar = Bar::for_tests();
        let start = Instant::now();
        let later = |seconds| start + Duration::from_secs(seconds);
        bar.tally.own.add(5);
        bar.pause(later(10));
        bar.resume(later(70));
        bar.close(later(70));
        assert!(bar.elapsed(later(99)) >= Duration::from_secs(10));
        assert!(bar.elapsed(later(99)) < Duration::from_secs(11));
        assert!(!bar.close(later(100)));
        assert!(bar.reset(later(100)) && !bar.reset(later(100)));
    }
}
