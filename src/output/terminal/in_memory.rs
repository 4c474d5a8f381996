//! A terminal in memory, with a clock that the caller moves.
//!
//! An emulator takes the place of the terminal, and the thread that calls takes the place of the
//! terminal thread: each call runs the frames that are due at that time. The frames are those of
//! `frames`. There is no thread here, no descriptor, no signal, and nothing of the environment.
//!
//! The time is read while the roster is locked, and the roster is locked while a frame is made; so
//! the time and what threads only announce are atomics beside the lock of the state.

use std::fmt;
use std::ops::Range;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;

use super::cursor::Cursor;
use super::emulator::Emulator;
use super::frame_rows::FrameRows;
use super::frames::{Frames, LINES_PER_FRAME, TerminalState, earliest};
use super::pinned_region::PinnedRegion;
use super::quirks::Quirks;
use super::region::Region;
use super::requests::Ending;
use super::scroll_region::ScrollRegion;
use super::setup::Setup;
use super::taskbar::Taskbar;
use crate::bars::{ManagerId, Roster, Scope};
use crate::output::fields;
use crate::sys::{Instant, Size};

/// The most columns and rows of a window. The emulator keeps all cells.
const LARGEST: usize = 1000;

/// The time that is gone through frame by frame at most. There may be 25 frames in a second.
const FRAME_BY_FRAME: Duration = Duration::from_secs(10 * 60);

/// The latest time: a hundred years. Any delay can be added to it.
const LATEST: Duration = Duration::from_secs(100 * 365 * 86_400);

/// The least step of the clock from one frame to the next: whatever is due, the clock moves.
const LEAST_STEP: Duration = Duration::from_millis(1);

/// Output comes in pieces of this size at most, as through a pty.
const PIECE: usize = 16 * 1024;

/// The program that runs on the terminal never turns translation off, and is always in front.
const STATE: TerminalState = TerminalState { foreground: true, translates_newlines: true };

/// A terminal that is not there, as managers hold it.
pub(crate) struct InMemoryTerminal {
    roster: Mutex<Roster>,
    start: Instant,
    /// Nanoseconds since the start.
    elapsed: AtomicU64,
    /// Rows of the window.
    height: AtomicUsize,
    /// Whether a bar was added, removed or changed since the last frame.
    woken: AtomicBool,
    state: Mutex<State>,
    alarms: Mutex<Vec<Weak<dyn Alarm>>>,
}

struct State {
    emulator: Emulator,
    size: Size,
    /// None while no manager uses the terminal.
    session: Option<Session>,
    /// All that was written to the terminal and not yet taken.
    bytes: Vec<u8>,
}

/// The terminal while bars are shown on it.
struct Session {
    frames: Frames,
    managers: usize,
    /// How many suspensions have begun and not ended.
    suspensions: usize,
    output: OutputPath,
}

/// How the program's output comes to the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OutputPath {
    /// In frames.
    Intercepted,
    /// Directly: the terminal scrolls only the rows above the bars.
    Direct,
}

/// Something that has a time of its own and is not a frame.
pub(crate) trait Alarm: Send + Sync {
    /// Does what is due. Returns when it wants to be called next. Called while nothing is locked.
    fn ring(&self, now: Instant) -> Option<Instant>;
}

impl InMemoryTerminal {
    pub(crate) fn new(cols: usize, rows: usize) -> InMemoryTerminal {
        let size = size(cols, rows);
        let emulator = Emulator::new(size.cols, size.rows);
        InMemoryTerminal {
            roster: Mutex::default(),
            start: Instant::now(),
            elapsed: AtomicU64::new(0),
            height: AtomicUsize::new(size.rows),
            woken: AtomicBool::new(false),
            state: Mutex::new(State { emulator, size, session: None, bytes: Vec::new() }),
            alarms: Mutex::default(),
        }
    }

    /// Begins the use by one manager. The first one decides how the terminal is taken.
    pub(crate) fn acquire(&self, setup: Setup) {
        let mut state = self.state.lock();
        let size = state.size;
        match &mut state.session {
            Some(session) => session.managers += 1,
            none => *none = Some(Session::new(setup, size, self.now())),
        }
    }

    /// Ends the use by one manager. With the last one, the bars that stay become lines.
    pub(crate) fn release(&self, manager: ManagerId) {
        let mut state = self.state.lock();
        let Some(session) = &mut state.session else { return };
        session.managers -= 1;
        match session.managers {
            0 => self.stop(&mut state),
            _ => self.remove_manager(&mut state, manager),
        }
    }

    pub(crate) fn roster(&self) -> &Mutex<Roster> {
        &self.roster
    }

    pub(crate) fn height(&self) -> usize {
        self.height.load(Relaxed)
    }

    /// Makes a frame due at the next tick.
    pub(crate) fn wake(&self) {
        self.woken.store(true, Relaxed);
    }

    pub(crate) fn now(&self) -> Instant {
        self.start + self.elapsed()
    }

    /// The time since the terminal was made.
    pub(crate) fn elapsed(&self) -> Duration {
        Duration::from_nanos(self.elapsed.load(Relaxed))
    }

    /// Prints, as the program does to its stdout.
    pub(crate) fn print(&self, text: &[u8]) {
        let mut state = self.state.lock();
        for piece in text.chunks(PIECE) {
            match state.session.as_mut().filter(|session| session.intercepts()) {
                Some(session) => {
                    session.frames.composer.output.feed(piece);
                    session.frames.on_output(self.now());
                    self.turn(&mut state);
                }
                None => state.write(piece),
            }
        }
    }

    /// Writes to the terminal, past the program: what the tty echoes when a user types.
    pub(crate) fn echo(&self, text: &[u8]) {
        let mut state = self.state.lock();
        state.write(text);
        if let Some(session) = &mut state.session {
            session.frames.composer.on_enter_echoed();
        }
    }

    /// The same, where nobody notices.
    #[cfg(test)]
    pub(crate) fn echo_unseen(&self, text: &[u8]) {
        self.state.lock().write(text);
    }

    /// Changes the size of the window.
    pub(crate) fn resize(&self, cols: usize, rows: usize) {
        let mut state = self.state.lock();
        let size = size(cols, rows);
        self.height.store(size.rows, Relaxed);
        state.size = size;
        state.emulator.resize(size.cols, size.rows);
        if let Some(session) = &mut state.session {
            session.frames.schedule_now();
        }
        self.turn(&mut state);
    }

    /// Moves the clock, and makes the frames that are due on the way. Of a long time, only the last
    /// part is gone through frame by frame; what is due before is done in one step.
    pub(crate) fn advance(&self, by: Duration) {
        let end = self.elapsed().saturating_add(by).min(LATEST);
        if by > FRAME_BY_FRAME {
            self.turn(&mut self.state.lock());
            self.set_elapsed(end - FRAME_BY_FRAME);
        }
        while let Some(at) = self.next_deadline().filter(|at| *at < self.start + end) {
            let at = at.max(self.now() + LEAST_STEP);
            self.set_elapsed(at.saturating_duration_since(self.start).min(end));
        }
        self.set_elapsed(end);
        self.next_deadline();
    }

    /// Does what is due now. Returns when there will be something to do.
    fn next_deadline(&self) -> Option<Instant> {
        let alarm = self.ring_alarms();
        let mut state = self.state.lock();
        self.turn(&mut state);
        let frame = state.session.as_ref().and_then(|session| session.frames.next_deadline(self.now(), false));
        earliest(&[alarm, frame])
    }

    fn ring_alarms(&self) -> Option<Instant> {
        let alarms = {
            let mut alarms = self.alarms.lock();
            alarms.retain(|alarm| alarm.strong_count() > 0);
            alarms.clone()
        };
        let now = self.now();
        alarms.iter().filter_map(|alarm| alarm.upgrade()?.ring(now)).min()
    }

    /// Lets something else be called when the clock moves.
    #[cfg(feature = "tracing")]
    pub(crate) fn add_alarm(&self, alarm: Weak<dyn Alarm>) {
        self.alarms.lock().push(alarm);
    }

    fn set_elapsed(&self, elapsed: Duration) {
        // Another thread may have moved the clock too: it never goes back.
        self.elapsed.fetch_max(elapsed.as_nanos() as u64, Relaxed);
    }

    /// Makes a frame now, whether it is due or not.
    pub(crate) fn draw(&self) {
        self.refresh_fields();
        self.draw_state(&mut self.state.lock());
    }

    fn draw_state(&self, state: &mut State) {
        self.turn(state);
        self.write_frame(state);
    }

    /// Draws, and lets `look` see the screen, with the visible rows that are ours.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Emulator, Range<usize>) -> T) -> T {
        self.refresh_fields();
        let mut state = self.state.lock();
        self.draw_state(&mut state);
        let State { emulator, size, session, .. } = &*state;
        let cursor = emulator.terminal.cursor().row;
        let ours = session.as_ref().map(|session| session.frames.composer.rows_on(cursor, size.rows));
        look(emulator, ours.unwrap_or(size.rows..size.rows))
    }

    /// Waits a moment for new values of computed fields. While nothing is locked: their code may print.
    fn refresh_fields(&self) {
        let computed = self.roster.lock().with_computed(Scope::All);
        fields::refresh(&computed, self.now());
    }

    /// Takes what was written to the terminal since the last call. Draws nothing.
    pub(crate) fn take_bytes(&self) -> Vec<u8> {
        std::mem::take(&mut self.state.lock().bytes)
    }

    /// Removes the bars and passes output on directly, until [`resume`](Self::resume).
    pub(crate) fn suspend(&self) {
        let mut state = self.state.lock();
        let Some(session) = &mut state.session else { return };
        session.suspensions += 1;
        if session.suspensions > 1 {
            return;
        }
        session.frames.composer.output.give_up_waiting();
        let mut out = Vec::new();
        session.frames.hide_bars(self.now(), &mut out);
        session.frames.suspend();
        state.write(&out);
        self.write_frame(&mut state);
    }

    pub(crate) fn resume(&self) {
        let mut state = self.state.lock();
        let Some(session) = &mut state.session else { return };
        session.suspensions = session.suspensions.saturating_sub(1);
        if session.suspensions == 0 {
            session.frames.resume(self.now());
        }
    }

    /// Leaves the bars of a manager that stops as lines above the bars of the others.
    fn remove_manager(&self, state: &mut State, manager: ManagerId) {
        if let Some(session) = &mut state.session {
            session.frames.composer.output.give_up_waiting();
        }
        self.write_frame(state);
        let bars = self.roster.lock().remove_bars(Scope::Manager(manager));
        if let Some(session) = &mut state.session {
            session.frames.add_lines(&bars, self.now());
        }
        self.write_frame(state);
    }

    /// Makes the last frame: all output, and the bars that stay.
    fn stop(&self, state: &mut State) {
        let Some(mut session) = state.session.take() else { return };
        let (now, size, frames) = (self.now(), state.size, &mut session.frames);
        let ending = if std::thread::panicking() { Ending::Abrupt } else { Ending::Orderly };
        frames.composer.output.give_up_waiting();
        let bars = self.roster.lock().remove_bars(Scope::All);
        let mut out = Vec::new();
        let (above, bars) = frames.split_last(&bars);
        for bars in above.chunks(LINES_PER_FRAME) {
            frames.leave_lines(bars, now, &mut out);
        }
        frames.last_frame(bars, ending, size, now, &mut out);
        state.write(&out);
    }

    /// One round of the terminal thread.
    fn turn(&self, state: &mut State) {
        let Some(session) = &mut state.session else { return };
        if self.woken.swap(false, Relaxed) {
            session.frames.schedule();
        }
        session.frames.give_up_late_sequence(self.now());
        if session.frames.is_due(self.now()) {
            self.write_frame(state);
        }
    }

    fn write_frame(&self, state: &mut State) {
        let Some(session) = &mut state.session else { return };
        let (frames, now) = (&mut session.frames, self.now());
        frames.follow_window(state.size, now);
        let mut out = Vec::new();
        frames.frame(STATE, &self.roster, now, &mut out);
        if !out.is_empty() {
            frames.on_frame(now);
            state.write(&out);
        }
    }
}

impl State {
    fn write(&mut self, bytes: &[u8]) {
        self.emulator.feed(bytes);
        self.bytes.extend_from_slice(bytes);
    }
}

impl Session {
    fn new(setup: Setup, size: Size, now: Instant) -> Session {
        let (output, region): (_, Box<dyn Region>) = match setup.channel {
            Some(_) => {
                (OutputPath::Intercepted, Box::new(PinnedRegion::new(Cursor::new(), Quirks::None, setup.anchor)))
            }
            None => (OutputPath::Direct, Box::new(ScrollRegion::new())),
        };
        let rows = FrameRows::new(setup.capabilities, setup.width, setup.columns);
        let frames = Frames::new(region, rows, Taskbar::new(setup.taskbar), setup.interval, size, now);
        Session { frames, managers: 1, suspensions: 0, output }
    }

    fn intercepts(&self) -> bool {
        self.output == OutputPath::Intercepted && self.suspensions == 0
    }
}

impl fmt::Debug for InMemoryTerminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemoryTerminal").field("elapsed", &self.elapsed()).finish_non_exhaustive()
    }
}

// A panic leaves the terminal as after any frame: locks are released by it, and none is held while
// user code runs.
impl UnwindSafe for InMemoryTerminal {}
impl RefUnwindSafe for InMemoryTerminal {}

/// A suspension of the bars; ends when dropped.
pub(crate) struct InMemorySuspension(pub(crate) Arc<InMemoryTerminal>);

impl Drop for InMemorySuspension {
    fn drop(&mut self) {
        self.0.resume();
    }
}

/// A size that a terminal can have.
fn size(cols: usize, rows: usize) -> Size {
    Size { cols: cols.clamp(1, LARGEST), rows: rows.clamp(1, LARGEST) }
}
