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
use std::time::Duration;

use super::cursor::Cursor;
use super::frame_rows::FrameRows;
use super::frames::{BULK, Frames, LINES_PER_FRAME, TerminalState, earliest};
use super::keys::Keys;
use super::marker::{Marker, MarkerState, Writing};
use super::pending_signals::PendingSignals;
use super::pinned_region::PinnedRegion;
use super::quirks::Quirks;
use super::region::Region;
use super::requests::Ending;
use super::scroll_region::ScrollRegion;
use super::setup::Setup;
use super::shared::Shared;
use super::taskbar::Taskbar;
use super::write_queue::WriteQueue;
use crate::bars::LastLine;
use crate::sys::{Instant, Interceptor, Signal, Signals, Tty, readable, wait, writable};

/// How often to look whether the marker gets lost, while it is waited for.
const MARKER_INTERVAL: Duration = Duration::from_millis(50);

/// The terminal, the program's output, and all that is needed to bring the one to the other.
pub(super) struct Driver {
    pub(super) shared: Arc<Shared>,
    pub(super) tty: Tty,
    /// None if output is not intercepted, or after the streams were given back for good.
    pub(super) interceptor: Option<Interceptor>,
    pub(super) signals: PendingSignals,
    frames: Frames,
    queue: WriteQueue,
    keys: Keys,
    marker: Marker,
    /// Set while the streams are given back: output collects and no frame is written, unless much
    /// of it waits.
    holds_frames: bool,
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

/// How a reading of the output has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// There was nothing left to read.
    Emptied,
    /// There may be more.
    Stopped,
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
        let rows = FrameRows::new(setup.capabilities, setup.width, setup.columns);
        let taskbar = Taskbar::new(setup.taskbar);
        Driver {
            frames: Frames::new(region, rows, taskbar, setup.interval, size, Instant::now()),
            queue: WriteQueue::new(&tty, &shared.waker),
            shared,
            tty,
            interceptor,
            signals: PendingSignals::new(signals),
            keys: Keys::default(),
            marker: Marker::new(),
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
                Event::Output => _ = self.read(),
                Event::Writable => self.queue.write_available(&self.tty),
                Event::Signal(Signal::Resized) => self.frames.schedule_now(),
                Event::Signal(signal) => self.signals.record(signal),
                Event::Woken => {
                    self.shared.waker.reset();
                    self.queue.write_available(&self.tty);
                    self.frames.schedule();
                }
            }
        }
    }

    /// Reads until all output that was printed before this call has arrived: until our own marker
    /// comes, or nothing else does.
    pub(super) fn drain(&mut self) {
        let Some(interceptor) = &self.interceptor else { return };
        let marker_writer = interceptor.write_marker(self.marker.start()).ok();
        while self.marker.state == MarkerState::Written
            && self.interceptor.is_some()
            && !self.signals.is_out_of_time()
            && !self.marker.is_lost(Instant::now())
        {
            let writing = match &marker_writer {
                Some(writer) if !writer.is_finished() => Writing::UnderWay,
                _ => Writing::Ended,
            };
            if writing == Writing::UnderWay {
                self.marker.on_writing();
            }
            // Nothing wakes us if the writer fails.
            let look = Some(Instant::now() + MARKER_INTERVAL);
            self.poll_once(earliest(&[self.signals.deadline(), look]));
            if self.marker.state == MarkerState::Written && self.read() == Reading::Emptied {
                self.marker.on_empty(writing, Instant::now());
            }
        }
        // A marker that did not arrive in time may still be on its way; then its writer waits for
        // us.
        let arrived = self.marker.state == MarkerState::Arrived && !self.signals.is_shutting_down();
        if let Some(writer) = marker_writer.filter(|_| arrived) {
            let _ = writer.join();
        }
        self.frames.composer.output.feed(self.marker.give_up());
        self.frames.composer.output.give_up_waiting();
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
        self.frames.composer.output.take_kept_aside();
    }

    /// Writes all output that was printed before this call, and removes the bars.
    pub(super) fn hide_bars(&mut self) {
        self.drain();
        self.wait_until_written();
        self.frames.hide_bars(Instant::now(), self.queue.buffer_mut());
        self.wait_until_written();
        self.frames.composer.output.take_kept_aside();
    }

    /// Gives the streams back to the terminal; no bars are shown until [`resume`](Self::resume).
    pub(super) fn suspend(&mut self) {
        // Frames that are written before the bars are hidden still have to be frames with bars.
        self.hide_bars();
        self.frames.suspend();
        if let Some(interceptor) = &mut self.interceptor {
            interceptor.restore();
        }
        let _ = self.tty.set_output_modes(None);
        self.sync();
        self.tty.restore_output_modes();
    }

    /// Passes output on without bars from here on, until [`resume`](Self::resume).
    pub(super) fn show_no_bars(&mut self) {
        self.frames.suspend();
    }

    /// Takes the streams again, and shows the bars.
    pub(super) fn resume(&mut self) {
        self.frames.resume(Instant::now());
        if let Some(interceptor) = &mut self.interceptor {
            interceptor.redirect_all(&self.tty);
        }
        let _ = self.tty.set_output_modes(self.interceptor.as_ref().map(Interceptor::channel));
    }

    /// Another program has had the terminal.
    pub(super) fn reacquire(&mut self) {
        self.frames.reacquire(Instant::now());
    }

    /// Makes bars a part of the output, as the lines that stay behind when they are closed.
    pub(super) fn add_lines(&mut self, bars: &[LastLine]) {
        self.frames.add_lines(bars, Instant::now());
    }

    /// Composes the last frame: the output that has arrived, and `bars` as lines. From here on
    /// there are no bars.
    pub(super) fn compose_last_frame(&mut self, bars: &[LastLine], ending: Ending) {
        self.tty.restore_input_modes();
        let (above, bars) = self.frames.split_last(bars);
        for bars in above.chunks(LINES_PER_FRAME) {
            self.frames.leave_lines(bars, Instant::now(), self.queue.buffer_mut());
            self.wait_until_written();
        }
        let size = self.tty.size();
        self.frames.last_frame(bars, ending, size, Instant::now(), self.queue.buffer_mut());
    }

    /// Gives the streams back for good, and writes the output that was printed meanwhile in one
    /// piece. Returns the interceptor, through which children may still print.
    pub(super) fn give_back_streams(&mut self) -> Option<Interceptor> {
        self.holds_frames = true;
        self.frames.composer.output.take_kept_aside();
        self.read();
        if let Some(interceptor) = &mut self.interceptor {
            interceptor.restore();
        }
        let _ = self.tty.set_output_modes(None);
        self.drain();
        self.holds_frames = false;
        self.frames.composer.resume_framing();
        // No more output is read here: what children still print is forwarded later.
        let interceptor = self.interceptor.take();
        self.wait_until_written();
        while self.frames.composer.output.waiting() > 0 {
            self.frames.composer.output.take_kept_aside();
            self.frames.composer.output.give_up_waiting();
            self.write_frame(Instant::now());
            self.wait_until_written();
        }
        self.tty.restore_output_modes();
        interceptor
    }

    fn wait(&mut self, deadline: Option<Instant>) -> [Option<Event>; 4] {
        // A terminal that takes nothing stops the program too, as it would without us.
        let wants_output = self.frames.composer.output.waiting() < BULK;
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
        let awaits_marker = self.awaits_marker();
        let frame = match self.holds_frames {
            false => self.frames.next_deadline(now, awaits_marker),
            true => self.frames.next_deadline_without_frames(awaits_marker),
        };
        earliest(&[frame, self.keys.deadline(&self.tty, now)])
    }

    /// Whether the end of the output is known by a marker that has not arrived.
    fn awaits_marker(&self) -> bool {
        self.marker.state != MarkerState::None
    }

    fn write_frame_if_due(&mut self, now: Instant) {
        if !self.queue.is_empty() {
            return;
        }
        if !self.awaits_marker() {
            self.frames.give_up_late_sequence(now);
        }
        // The same limit at which `read` stops: either more output is read, or some of it is passed
        // on.
        if self.holds_frames && !self.frames.is_full() {
            return;
        }
        if self.frames.is_due(now) {
            self.write_frame(now);
        }
    }

    /// Writes a frame, or nothing if nothing has changed.
    pub(super) fn write_frame(&mut self, now: Instant) {
        self.follow_window(now);
        self.follow_streams();
        if !self.frames.is_suspended() {
            self.signals.catch_defaults();
        }
        if self.keys.take_echoed(&self.tty) {
            self.frames.composer.on_enter_echoed();
        }
        let state =
            TerminalState { foreground: self.tty.is_foreground(), translates_newlines: self.tty.translates_newlines() };
        self.shared.take_changes();
        self.frames.frame(state, &self.shared.roster, now, self.queue.buffer_mut());
        if !self.queue.is_empty() {
            self.frames.on_frame(now);
            self.queue.write_available(&self.tty);
        }
    }

    /// Takes in the size of the window.
    fn follow_window(&mut self, now: Instant) {
        let size = self.tty.size();
        if self.frames.follow_window(size, now) {
            self.shared.set_height(size.rows);
            if let Some(interceptor) = &self.interceptor {
                interceptor.resize(size);
            }
        }
    }

    /// Redirects a stream that has become the terminal since: the program has put it back.
    fn follow_streams(&mut self) {
        let interceptor = self.interceptor.as_mut().filter(|_| !self.frames.is_suspended() && !self.holds_frames);
        if interceptor.is_some_and(|interceptor| interceptor.redirect_new(&self.tty)) {
            // Output that was printed there meanwhile stands where the cursor was, or on a bar.
            self.frames.composer.on_enter_echoed();
        }
    }

    /// Takes in the output that has arrived, as far as there is room.
    fn read(&mut self) -> Reading {
        let Some(interceptor) = &self.interceptor else { return Reading::Stopped };
        let mut reading = Reading::Stopped;
        let mut buf = [0; 16 * 1024];
        while self.frames.composer.output.waiting() < BULK {
            match interceptor.read(&mut buf) {
                Ok(0) => {
                    // No process is left that could print, not even this one.
                    self.interceptor = None;
                    break;
                }
                Ok(n) if self.marker.state == MarkerState::Written => {
                    let output = &mut self.frames.composer.output;
                    if let Some(behind) = self.marker.take_from(&buf[..n], |bytes| output.feed(bytes)) {
                        output.keep_aside(behind);
                        break;
                    }
                }
                Ok(n) => self.frames.composer.output.feed(&buf[..n]),
                Err(_) => {
                    reading = Reading::Emptied;
                    break;
                }
            }
        }
        let now = Instant::now();
        self.frames.on_output(now);
        self.keys.on_output(self.frames.composer.output.cursor().is_line_open(), now);
        self.keys.update(&mut self.tty, self.interceptor.as_mut(), now);
        reading
    }
}
