//! Drives the terminal: waits for whatever can happen, takes output in, and writes at most one
//! frame per tick.
//!
//! One round is [`poll_once`](Driver::poll_once). [`drain`](Driver::drain) and
//! [`wait_until_written`](Driver::wait_until_written) run rounds until a condition holds: until all
//! output that was printed before has arrived, and until the terminal has taken all that was
//! composed. **They are called while a request is served, so rounds are nested in the loop of
//! `thread`.** That is why rounds serve no requests and only record signals (see
//! `pending_signals`): nothing that drains may run inside of a drain.

use std::sync::Arc;

use super::composer::{Composer, Environment};
use super::cursor::Cursor;
use super::frame_rows::{BarRows, FrameRows};
use super::keys::Keys;
use super::marker::{Marker, MarkerState};
use super::passthrough::{EndOfOutput, Passthrough};
use super::pending_signals::PendingSignals;
use super::pinned_region::PinnedRegion;
use super::quirks::Quirks;
use super::region::{LastRows, Region};
use super::requests::Ending;
use super::scheduler::Scheduler;
use super::scroll_region::ScrollRegion;
use super::setup::Setup;
use super::shared::Shared;
use super::tail::Tail;
use super::taskbar::Taskbar;
use super::window::{ResizeState, Window};
use super::write_queue::WriteQueue;
use crate::bars::{Aggregate, Bar, Change};
use crate::cells::line::Line;
use crate::sys::{Instant, Interceptor, Signal, Signals, Size, Tty, readable, wait, writable};

/// With this much output waiting, a frame is written before its time, and no more output is read
/// before that.
const BULK: usize = 64 * 1024;

/// The most bars that become lines of the log in one frame.
const LINES_PER_FRAME: usize = 64;

/// The terminal, the program's output, and all that is needed to bring the one to the other.
pub(super) struct Driver {
    pub(super) shared: Arc<Shared>,
    pub(super) tty: Tty,
    /// None if output is not intercepted, or after the streams were given back for good.
    pub(super) interceptor: Option<Interceptor>,
    pub(super) signals: PendingSignals,
    pub(super) composer: Composer,
    rows: FrameRows,
    taskbar: Taskbar,
    queue: WriteQueue,
    scheduler: Scheduler,
    keys: Keys,
    size: Size,
    resize: ResizeState,
    marker: Marker,
    tail: Tail,
    urgency: Urgency,
    /// Whether the terminal is lent to the program: there are no bars then.
    suspended: bool,
    /// Set while the streams are given back: output collects and no frame is written, unless much
    /// of it waits.
    holds_frames: bool,
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

/// An event that ends the wait before its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    /// Output has arrived.
    Output,
    /// The terminal takes bytes again.
    Writable,
    /// A signal has arrived.
    Signal(Signal),
    /// A bar was added, removed or changed, or there is a request.
    Woken,
}

impl Driver {
    pub(super) fn new(
        shared: Arc<Shared>,
        tty: Tty,
        interceptor: Option<Interceptor>,
        signals: Option<Signals>,
        setup: Setup,
    ) -> Driver {
        let size = tty.size();
        // Output that does not come to us is kept apart by the terminal itself.
        let region: Box<dyn Region> = match interceptor {
            Some(_) => Box::new(PinnedRegion::new(Cursor::new(), Quirks::from_env(), setup.anchor)),
            None => Box::new(ScrollRegion::new()),
        };
        Driver {
            composer: Composer::new(Passthrough::new(size.cols), region),
            queue: WriteQueue::new(&tty, &shared.waker),
            shared,
            tty,
            interceptor,
            signals: PendingSignals::new(signals),
            rows: FrameRows::new(setup.capabilities, setup.width, setup.columns),
            taskbar: Taskbar::new(setup.taskbar),
            scheduler: Scheduler::new(setup.interval, Instant::now()),
            keys: Keys::default(),
            size,
            resize: ResizeState::Idle,
            marker: Marker::new(),
            tail: Tail::new(size.cols, Instant::now()),
            urgency: Urgency::Tick,
            suspended: false,
            holds_frames: false,
        }
    }

    /// One round: writes a frame if one is due, waits until something happens, and takes that in.
    pub(super) fn poll_once(&mut self, until: Option<Instant>) {
        self.keys.update(&mut self.tty, self.interceptor.as_mut(), Instant::now());
        self.write_frame_if_due(Instant::now());
        let deadline = earliest(&[until, self.next_deadline(Instant::now())]);
        for event in self.wait(deadline).into_iter().flatten() {
            match event {
                Event::Output => self.read(),
                Event::Writable => self.queue.write_available(&self.tty),
                Event::Signal(Signal::Resized) => self.urgency = Urgency::Now,
                Event::Signal(signal) => self.signals.record(signal),
                Event::Woken => {
                    self.shared.waker.reset();
                    self.queue.write_available(&self.tty);
                    self.schedule_frame();
                }
            }
        }
    }

    /// Makes a frame due at the next tick.
    pub(super) fn schedule_frame(&mut self) {
        self.urgency = self.urgency.max(Urgency::Tick);
    }

    /// Reads until all output that was printed before this call has arrived: until our own marker
    /// comes.
    pub(super) fn drain(&mut self) {
        let Some(interceptor) = &self.interceptor else { return };
        let Ok(marker_writer) = interceptor.write_marker(&self.marker.bytes) else {
            return; // output that is there is read as always
        };
        self.marker.wait();
        while self.marker.state == MarkerState::Written
            && self.interceptor.is_some()
            && !self.signals.is_out_of_time()
            && !self.marker.is_lost()
        {
            if !marker_writer.is_finished() {
                self.marker.wait();
            }
            self.poll_once(self.signals.deadline());
        }
        // A marker that did not arrive in time may still be on its way; then its writer waits for
        // us.
        if self.marker.state == MarkerState::Arrived && !self.signals.is_shutting_down() {
            let _ = marker_writer.join();
        }
        self.composer.output.feed(self.marker.give_up());
        self.composer.output.give_up_waiting();
    }

    /// Waits until the terminal has taken everything that was composed.
    pub(super) fn wait_until_written(&mut self) {
        self.queue.write_available(&self.tty);
        while !self.queue.is_empty() && !self.signals.is_out_of_time() {
            self.poll_once(self.signals.deadline());
        }
    }

    /// Writes all output that was printed before this call.
    pub(super) fn sync(&mut self) {
        self.drain();
        self.wait_until_written();
        self.write_frame(Instant::now());
        self.wait_until_written();
        self.composer.output.take_kept_aside();
    }

    /// Writes all output that was printed before this call, and removes the bars.
    pub(super) fn hide_bars(&mut self) {
        self.drain();
        self.wait_until_written();
        self.composer.finish(LastRows::default(), self.window(Instant::now()), self.queue.buffer_mut());
        self.taskbar.remove(self.queue.buffer_mut());
        self.wait_until_written();
        self.composer.output.take_kept_aside();
    }

    /// Gives the streams back to the terminal; no bars are shown until [`resume`](Self::resume).
    pub(super) fn suspend(&mut self) {
        // Frames that are written before the bars are hidden still have to be frames with bars.
        self.hide_bars();
        self.suspended = true;
        if let Some(interceptor) = &mut self.interceptor {
            interceptor.restore();
        }
        let _ = self.tty.set_output_modes(None);
        self.sync();
        self.tty.restore_output_modes();
    }

    /// Passes output on without bars from here on, until [`resume`](Self::resume).
    pub(super) fn show_no_bars(&mut self) {
        self.suspended = true;
    }

    /// Takes the streams again, and shows the bars.
    pub(super) fn resume(&mut self) {
        self.suspended = false;
        self.forget_tail();
        if let Some(interceptor) = &mut self.interceptor {
            interceptor.redirect_all(&self.tty);
        }
        let _ = self.tty.set_output_modes(self.interceptor.as_ref().map(Interceptor::channel));
        self.schedule_frame();
    }

    /// Another program has had the terminal.
    pub(super) fn reacquire(&mut self) {
        self.composer.reacquire();
        self.forget_tail();
        self.schedule_frame();
    }

    /// Makes bars a part of the output, as the lines that stay behind when they are closed.
    pub(super) fn add_lines(&mut self, bars: &[Arc<Bar>]) {
        if !bars.is_empty() {
            let lines = self.render_last(bars);
            self.composer.add_lines(&lines);
        }
    }

    fn render_last(&mut self, bars: &[Arc<Bar>]) -> Vec<Line> {
        let now = Instant::now();
        let window = self.window(now);
        self.rows.render_last(bars, now, window)
    }

    /// Composes the last frame: the output that has arrived, and `bars` as lines. From here on
    /// there are no bars.
    pub(super) fn compose_last_frame(&mut self, bars: &[Arc<Bar>], ending: Ending) {
        self.tty.restore_input_modes();
        // Those that do not fit into the window are written in pieces: there may be very many.
        let (above, bars) = bars.split_at(bars.len().saturating_sub(self.size.rows));
        for bars in above.chunks(LINES_PER_FRAME) {
            self.add_lines(bars);
            self.composer.finish(LastRows::default(), self.window(Instant::now()), self.queue.buffer_mut());
            self.wait_until_written();
        }
        let rows = self.render_last(bars);
        let now = Instant::now();
        let window = Window { size: self.tty.size(), ..self.window(now) };
        self.tail.on_output(self.composer.output.cursor(), now);
        let room = window.size.rows.saturating_sub(rows.len() + 1);
        let tail = match (ending, self.tail.rows(now)) {
            _ if window.size != self.size || self.suspended => 0,
            (Ending::Abrupt, tail) if tail > room => self.composer.output.rows_of_last_lines(room),
            (Ending::Abrupt, tail) => tail,
            (Ending::Orderly, _) => 0,
        };
        self.composer.finish(LastRows { rows: &rows, tail }, window, self.queue.buffer_mut());
        self.taskbar.remove(self.queue.buffer_mut());
    }

    /// Gives the streams back for good, and writes the output that was printed meanwhile in one
    /// piece. Returns the interceptor, through which children may still print.
    pub(super) fn give_back_streams(&mut self) -> Option<Interceptor> {
        self.holds_frames = true;
        self.composer.output.take_kept_aside();
        self.read();
        if let Some(interceptor) = &mut self.interceptor {
            interceptor.restore();
        }
        let _ = self.tty.set_output_modes(None);
        self.drain();
        self.holds_frames = false;
        self.composer.resume_framing();
        // No more output is read here: what children still print is forwarded later.
        let interceptor = self.interceptor.take();
        self.wait_until_written();
        while self.composer.output.waiting() > 0 {
            self.composer.output.take_kept_aside();
            self.composer.output.give_up_waiting();
            self.write_frame(Instant::now());
            self.wait_until_written();
        }
        self.tty.restore_output_modes();
        interceptor
    }

    fn wait(&mut self, deadline: Option<Instant>) -> [Option<Event>; 4] {
        // A terminal that takes nothing stops the program too, as it would without us.
        let wants_output = self.composer.output.waiting() < BULK;
        let output = self.interceptor.as_ref().filter(|_| wants_output).and_then(readable);
        let terminal = Some(&self.tty).filter(|_| self.queue.waits_for_terminal()).and_then(writable);
        let signals = self.signals.listener.as_ref().and_then(readable);
        let [output, terminal, signals, woken] =
            wait([output, terminal, signals, readable(&*self.shared.waker)], deadline);
        let signal = if signals { self.signals.listener.as_ref().and_then(Signals::next) } else { None };
        [
            signal.map(Event::Signal),
            output.then_some(Event::Output),
            terminal.then_some(Event::Writable),
            woken.then_some(Event::Woken),
        ]
    }

    /// When there will be something to do even if nothing happens.
    fn next_deadline(&self, now: Instant) -> Option<Instant> {
        if !self.queue.is_empty() {
            return None; // not before the terminal has taken the last frame
        }
        let composes = !self.holds_frames;
        let output = !self.composer.output.ready().is_empty() && composes;
        let output = output.then(|| self.scheduler.next_output(now));
        let frame = (self.urgency == Urgency::Tick && composes).then(|| self.scheduler.next_frame(now));
        let look = (!self.rows.is_empty() && composes).then(|| self.scheduler.next_look());
        let taskbar = self.taskbar.next_look().filter(|_| composes);
        let newcomer = self.rows.next_newcomer().filter(|_| composes);
        let keys = self.keys.deadline(&self.tty, now);
        let sequence = self.scheduler.sequence_deadline().filter(|_| self.marker.state == MarkerState::None);
        earliest(&[output, frame, look, newcomer, taskbar, self.scheduler.resize_deadline(), sequence, keys])
    }

    fn write_frame_if_due(&mut self, now: Instant) {
        if !self.queue.is_empty() {
            return;
        }
        let sequence_is_late = self.scheduler.sequence_deadline().is_some_and(|at| now >= at);
        if sequence_is_late && self.marker.state == MarkerState::None {
            self.composer.output.give_up_waiting();
            self.scheduler.on_end_of_output(EndOfOutput::Boundary, now);
        }
        // The same limit at which `read` stops: either more output is read, or some of it is passed
        // on.
        let full = self.composer.output.waiting() >= BULK;
        if self.holds_frames && !full {
            return;
        }
        let due = match self.urgency {
            Urgency::Now => true,
            _ if full => true,
            _ if !self.composer.output.ready().is_empty() && now >= self.scheduler.next_output(now) => true,
            Urgency::Tick => now >= self.scheduler.next_frame(now),
            Urgency::None => false,
        };
        let looks = !self.rows.is_empty() && now >= self.scheduler.next_look();
        let settles = self.scheduler.resize_deadline().is_some_and(|at| now >= at);
        let appears = self.rows.next_newcomer().is_some_and(|at| now >= at);
        let taskbar = self.taskbar.next_look().is_some_and(|at| now >= at);
        if due || looks || settles || appears || taskbar {
            self.write_frame(now);
        }
    }

    /// Writes a frame, or nothing if nothing has changed.
    pub(super) fn write_frame(&mut self, now: Instant) {
        self.follow_window(now);
        self.follow_streams();
        if self.keys.take_echoed(&self.tty) {
            self.composer.on_enter_echoed();
        }
        if self.scheduler.take_repaint(now) {
            self.composer.mark_stale();
        }
        self.urgency = Urgency::None;
        let environment = Environment {
            window: self.window(now),
            foreground: !self.suspended && self.tty.is_foreground(),
            translates_newlines: self.tty.translates_newlines(),
        };
        // Frames that a flood of output asks for come faster than the bars are looked at.
        let is_flood = self.composer.output.waiting() >= BULK;
        let all = now >= self.scheduler.next_look() || !(is_flood || self.scheduler.looks_rarely());
        if environment.foreground && self.resize == ResizeState::Idle {
            self.move_up_finished();
        }
        let mut bar_rows = BarRows { rows: &mut self.rows, roster: &self.shared.roster, now, all };
        self.tail.on_output(self.composer.output.cursor(), now);
        let has_output = self.composer.frame(environment, &mut bar_rows, self.queue.buffer_mut());
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
        self.update_taskbar(now);
        if !environment.foreground {
            self.forget_tail();
        }
        if all {
            self.scheduler.on_look(now);
        }
        if !self.queue.is_empty() {
            self.scheduler.on_frame(now);
            self.queue.write_available(&self.tty);
        }
    }

    /// Appends to the frame what the taskbar is to show. Behind the frame, because nothing may come
    /// in between its parts, and only where the program is not inside of a sequence.
    fn update_taskbar(&mut self, now: Instant) {
        if self.taskbar.take_look(now) && self.composer.is_framed() && !self.suspended {
            let state = Aggregate::of(&self.shared.roster.lock()).taskbar_state();
            self.taskbar.show(state, self.queue.buffer_mut());
        }
    }

    /// Makes bars that are closed a part of the output, if they are to move up, or if bars take more
    /// than half of the window.
    fn move_up_finished(&mut self) {
        if self.composer.is_at_line_start() {
            let finished = self.shared.roster.lock().take_finished(self.size.rows / 2, LINES_PER_FRAME);
            self.add_lines(&finished);
        }
    }

    /// Takes in the size of the window, and whether a resize has settled.
    fn follow_window(&mut self, now: Instant) {
        let size = self.tty.size();
        if size != self.size || self.urgency == Urgency::Now {
            self.resize = self.resize.max(ResizeState::of_step(self.size, size));
            self.size = size;
            self.shared.set_height(size.rows);
            self.forget_tail();
            self.composer.on_resize(size.cols);
            self.scheduler.on_resize(now);
            if let Some(interceptor) = &self.interceptor {
                interceptor.resize(size);
            }
        } else if self.scheduler.resize_deadline().is_some_and(|at| now >= at) {
            self.resize = ResizeState::Idle;
            self.composer.on_resize_settled();
            self.scheduler.on_resize_settled();
        }
    }

    /// Redirects a stream that has become the terminal since: the program has put it back.
    fn follow_streams(&mut self) {
        let interceptor = self.interceptor.as_mut().filter(|_| !self.suspended && !self.holds_frames);
        if interceptor.is_some_and(|interceptor| interceptor.redirect_new(&self.tty)) {
            // Output that was printed there meanwhile stands where the cursor was, or on a bar.
            self.composer.on_enter_echoed();
        }
    }

    /// What was printed so far may stand anywhere.
    fn forget_tail(&mut self) {
        self.tail = Tail::new(self.size.cols, Instant::now());
    }

    fn window(&self, now: Instant) -> Window {
        Window { size: self.size, resize: self.resize, in_transit: self.scheduler.is_in_transit(now) }
    }

    /// Takes in the output that has arrived, as far as there is room.
    fn read(&mut self) {
        let Some(interceptor) = &self.interceptor else { return };
        let mut buf = [0; 16 * 1024];
        while self.composer.output.waiting() < BULK {
            match interceptor.read(&mut buf) {
                Ok(0) => {
                    // No process is left that could print, not even this one.
                    self.interceptor = None;
                    break;
                }
                Ok(n) if self.marker.state == MarkerState::Written => {
                    let output = &mut self.composer.output;
                    if let Some(behind) = self.marker.take_from(&buf[..n], |bytes| output.feed(bytes)) {
                        output.keep_aside(behind);
                        break;
                    }
                }
                Ok(n) => self.composer.output.feed(&buf[..n]),
                Err(_) => break,
            }
        }
        let now = Instant::now();
        self.scheduler.on_end_of_output(self.composer.output.end(), now);
        self.keys.on_output(self.composer.output.cursor().is_line_open(), now);
        self.keys.update(&mut self.tty, self.interceptor.as_mut(), now);
    }
}

fn earliest(times: &[Option<Instant>]) -> Option<Instant> {
    times.iter().flatten().min().copied()
}
