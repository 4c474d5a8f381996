//! The frames: when one is due, and the bytes of it.
//!
//! Knows no descriptor, no clock and no thread. Output of the program goes into
//! [`composer`](Frames::composer), and is announced with [`on_output`](Frames::on_output).
//! [`is_due`](Frames::is_due) and [`next_deadline`](Frames::next_deadline) say when to call
//! [`frame`](Frames::frame), which appends bytes to a buffer. The time, the size of the window and
//! the state of the terminal come in as arguments. The driver and the terminal in memory make their
//! frames here.

use std::time::Duration;

use parking_lot::Mutex;

use super::composer::{Composer, Environment};
use super::frame_rows::{BarRows, FrameRows};
use super::passthrough::{EndOfOutput, Passthrough};
use super::region::{LastRows, Region};
use super::requests::Ending;
use super::scheduler::Scheduler;
use super::tail::Tail;
use super::taskbar::Taskbar;
use super::window::{ResizeState, Window};
use crate::bars::{Aggregate, Change, LastLine, Roster};
use crate::cells::line::Line;
use crate::sys::{Instant, Size};

/// With this much output waiting, a frame is written before its time, and no more output is read
/// before that.
pub(super) const BULK: usize = 64 * 1024;

/// The most bars that become lines of the log in one frame.
pub(super) const LINES_PER_FRAME: usize = 64;

/// What frames consist of, and when they are due.
pub(super) struct Frames {
    pub(super) composer: Composer,
    rows: FrameRows,
    taskbar: Taskbar,
    scheduler: Scheduler,
    size: Size,
    resize: ResizeState,
    tail: Tail,
    urgency: Urgency,
    sharing: Sharing,
}

/// The terminal at the time of a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct TerminalState {
    /// Whether this process is in the foreground of the terminal.
    pub(super) foreground: bool,
    /// Whether the terminal turns a line feed into a carriage return and a line feed.
    pub(super) translates_newlines: bool,
}

/// How soon a frame is due, whatever the next look at the bars will find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Urgency {
    /// No frame is due.
    None,
    /// A bar was added, removed or changed: at the next tick.
    Tick,
    /// The window has changed: at once.
    Now,
}

/// Who has the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sharing {
    /// The bars and the log.
    Bars,
    /// It is lent to the program: there are no bars.
    Suspended,
}

impl Frames {
    pub(super) fn new(
        region: Box<dyn Region>,
        rows: FrameRows,
        taskbar: Taskbar,
        interval: Duration,
        size: Size,
        now: Instant,
    ) -> Frames {
        Frames {
            composer: Composer::new(Passthrough::new(size.cols), region),
            rows,
            taskbar,
            scheduler: Scheduler::new(interval, now),
            size,
            resize: ResizeState::Idle,
            tail: Tail::new(size.cols, now),
            urgency: Urgency::Tick,
            sharing: Sharing::Bars,
        }
    }

    /// Makes a frame due at the next tick.
    pub(super) fn schedule(&mut self) {
        self.urgency = self.urgency.max(Urgency::Tick);
    }

    /// Makes a frame due at once: the window may have changed.
    pub(super) fn schedule_now(&mut self) {
        self.urgency = Urgency::Now;
    }

    /// Output was fed to the composer.
    pub(super) fn on_output(&mut self, now: Instant) {
        self.scheduler.on_end_of_output(self.composer.output.end(), now);
    }

    /// Shows no bars from here on, until [`resume`](Self::resume).
    pub(super) fn suspend(&mut self) {
        self.sharing = Sharing::Suspended;
    }

    /// Shows bars again.
    pub(super) fn resume(&mut self, now: Instant) {
        self.sharing = Sharing::Bars;
        self.forget_tail(now);
        self.schedule();
    }

    pub(super) fn is_suspended(&self) -> bool {
        self.sharing == Sharing::Suspended
    }

    /// Another program has had the terminal.
    pub(super) fn reacquire(&mut self, now: Instant) {
        self.composer.reacquire();
        self.forget_tail(now);
        self.schedule();
    }

    /// When there will be a frame to write even if nothing happens. `awaits_marker` says whether the
    /// end of the output is known by a marker that has not arrived.
    pub(super) fn next_deadline(&self, now: Instant, awaits_marker: bool) -> Option<Instant> {
        let output = (!self.composer.output.ready().is_empty()).then(|| self.scheduler.next_output(now));
        let frame = (self.urgency == Urgency::Tick).then(|| self.scheduler.next_frame(now));
        let look = (!self.rows.is_empty()).then(|| self.scheduler.next_look());
        earliest(&[
            output,
            frame,
            look,
            self.rows.next_newcomer(),
            self.taskbar.next_look(),
            self.next_deadline_without_frames(awaits_marker),
        ])
    }

    /// The same while no frames are to be written.
    pub(super) fn next_deadline_without_frames(&self, awaits_marker: bool) -> Option<Instant> {
        let sequence = self.scheduler.sequence_deadline().filter(|_| !awaits_marker);
        earliest(&[self.scheduler.resize_deadline(), sequence])
    }

    /// Gives up to wait for the rest of a sequence that is late.
    pub(super) fn give_up_late_sequence(&mut self, now: Instant) {
        if self.scheduler.sequence_deadline().is_some_and(|at| now >= at) {
            self.composer.output.give_up_waiting();
            self.scheduler.on_end_of_output(EndOfOutput::Boundary, now);
        }
    }

    /// Whether so much output waits that a frame is written before its time.
    pub(super) fn is_full(&self) -> bool {
        self.composer.output.waiting() >= BULK
    }

    /// Whether to write a frame.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        let due = match self.urgency {
            Urgency::Now => true,
            _ if self.is_full() => true,
            _ if !self.composer.output.ready().is_empty() && now >= self.scheduler.next_output(now) => true,
            Urgency::Tick => now >= self.scheduler.next_frame(now),
            Urgency::None => false,
        };
        let looks = !self.rows.is_empty() && now >= self.scheduler.next_look();
        let settles = self.scheduler.resize_deadline().is_some_and(|at| now >= at);
        let appears = self.rows.next_newcomer().is_some_and(|at| now >= at);
        let taskbar = self.taskbar.next_look().is_some_and(|at| now >= at);
        due || looks || settles || appears || taskbar
    }

    /// Takes in the size of the window, and whether a resize has settled. Returns whether the window
    /// has changed. Called before each frame.
    pub(super) fn follow_window(&mut self, size: Size, now: Instant) -> bool {
        if size != self.size || self.urgency == Urgency::Now {
            self.resize = self.resize.max(ResizeState::of_step(self.size, size));
            self.size = size;
            self.forget_tail(now);
            self.composer.on_resize(size.cols);
            self.scheduler.on_resize(now);
            return true;
        }
        if self.scheduler.resize_deadline().is_some_and(|at| now >= at) {
            self.resize = ResizeState::Idle;
            self.composer.on_resize_settled();
            self.scheduler.on_resize_settled();
        }
        false
    }

    /// Appends a frame to `out`, or nothing if nothing has changed.
    pub(super) fn frame(&mut self, state: TerminalState, roster: &Mutex<Roster>, now: Instant, out: &mut Vec<u8>) {
        if self.scheduler.take_repaint(now) {
            self.composer.mark_stale();
        }
        self.urgency = Urgency::None;
        let environment = Environment {
            window: self.window(now),
            foreground: !self.is_suspended() && state.foreground,
            translates_newlines: state.translates_newlines,
        };
        // Frames that a flood of output asks for come faster than the bars are looked at.
        let is_flood = self.is_full();
        let all = now >= self.scheduler.next_look() || !(is_flood || self.scheduler.looks_rarely());
        if environment.foreground && self.resize == ResizeState::Idle {
            self.move_up_finished(roster, now);
        }
        let mut bar_rows = BarRows { rows: &mut self.rows, roster, now, all };
        self.tail.on_output(self.composer.output.cursor(), now);
        let has_output = self.composer.frame(environment, &mut bar_rows, out);
        if has_output {
            self.scheduler.on_output(now);
        }
        if self.rows.change() == Change::Content {
            self.tail.on_change(now);
        }
        if has_output || self.rows.change() == Change::Content {
            self.scheduler.on_activity(now);
        }
        self.rows.forget_newcomers(now);
        self.update_taskbar(roster, now, out);
        if !environment.foreground {
            self.forget_tail(now);
        }
        if all {
            self.scheduler.on_look(now);
        }
    }

    /// A frame is written at `now`.
    pub(super) fn on_frame(&mut self, now: Instant) {
        self.scheduler.on_frame(now);
    }

    /// Appends a frame that passes output on and removes the bars.
    pub(super) fn hide_bars(&mut self, now: Instant, out: &mut Vec<u8>) {
        self.pass_on(now, out);
        self.taskbar.remove(out);
    }

    /// Makes bars a part of the output, as the lines that stay behind when they are closed.
    pub(super) fn add_lines(&mut self, bars: &[LastLine], now: Instant) {
        if !bars.is_empty() {
            let lines = self.render_last(bars, now);
            self.composer.add_lines(&lines);
        }
    }

    /// Splits the bars that stay at the end into those that do not fit into the window, and the
    /// others. The first ones are written in pieces: there may be very many.
    pub(super) fn split_last<'a>(&self, bars: &'a [LastLine]) -> (&'a [LastLine], &'a [LastLine]) {
        let mut rows = 0;
        let fits = |last: &&LastLine| {
            rows += last.height();
            rows <= self.size.rows
        };
        let fitting = bars.iter().rev().take_while(fits).count();
        bars.split_at(bars.len() - fitting)
    }

    /// Appends a frame that passes output on, with `bars` as lines below it, and shows no bars.
    pub(super) fn leave_lines(&mut self, bars: &[LastLine], now: Instant, out: &mut Vec<u8>) {
        self.add_lines(bars, now);
        self.pass_on(now, out);
    }

    /// Appends the last frame: the output that has arrived, and `bars` as lines. `size` is the size
    /// of the window now.
    pub(super) fn last_frame(
        &mut self,
        bars: &[LastLine],
        ending: Ending,
        size: Size,
        now: Instant,
        out: &mut Vec<u8>,
    ) {
        let rows = self.render_last(bars, now);
        let window = Window { size, ..self.window(now) };
        self.tail.on_output(self.composer.output.cursor(), now);
        let room = window.size.rows.saturating_sub(rows.len() + 1);
        let tail = match (ending, self.tail.rows(now)) {
            _ if window.size != self.size || self.is_suspended() => 0,
            (Ending::Abrupt, tail) if tail > room => self.composer.output.rows_of_last_lines(room),
            (Ending::Abrupt, tail) => tail,
            (Ending::Orderly, _) => 0,
        };
        self.composer.finish(LastRows { rows: &rows, tail }, window, out);
        self.taskbar.remove(out);
    }

    fn pass_on(&mut self, now: Instant, out: &mut Vec<u8>) {
        let window = self.window(now);
        self.composer.finish(LastRows::default(), window, out);
    }

    fn render_last(&mut self, bars: &[LastLine], now: Instant) -> Vec<Line> {
        let window = self.window(now);
        self.rows.render_last(bars, now, window)
    }

    /// Appends to the frame what the taskbar is to show. Behind the frame, because nothing may come
    /// in between its parts, and only where the program is not inside of a sequence.
    fn update_taskbar(&mut self, roster: &Mutex<Roster>, now: Instant, out: &mut Vec<u8>) {
        if self.taskbar.take_look(now) && self.composer.is_framed() && !self.is_suspended() {
            let state = Aggregate::of(&roster.lock()).taskbar_state();
            self.taskbar.show(state, out);
        }
    }

    /// Makes bars that are closed a part of the output, if they are to move up, or if bars take more
    /// than half of the window.
    fn move_up_finished(&mut self, roster: &Mutex<Roster>, now: Instant) {
        if self.composer.is_at_line_start() {
            let finished = roster.lock().take_finished(self.size.rows / 2, LINES_PER_FRAME, now);
            self.add_lines(&finished, now);
        }
    }

    /// What was printed so far may stand anywhere.
    fn forget_tail(&mut self, now: Instant) {
        self.tail = Tail::new(self.size.cols, now);
    }

    fn window(&self, now: Instant) -> Window {
        Window { size: self.size, resize: self.resize, in_transit: self.scheduler.is_in_transit(now) }
    }
}

pub(super) fn earliest(times: &[Option<Instant>]) -> Option<Instant> {
    times.iter().flatten().min().copied()
}
