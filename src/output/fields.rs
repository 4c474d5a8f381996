//! The thread that computes fields: the only one of ours that runs code of the user.
//!
//! The terminal thread must not run it: it is the only reader of what the program prints, so code that
//! prints much would wait for itself. The thread that stops a manager, closes a bar or asks for its
//! line must not run it either: it may hold a lock that the code takes. So whoever needs new values
//! asks for them here. Looks at the bars never wait. Those that are the last (a stop, a line that is
//! asked for) wait for [`PATIENCE`] at most; if the code takes longer, the last values are shown.
//!
//! The thread holds no lock while it computes. It ends when nobody has asked for a while.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

use crate::bars::{Bar, ComputedFields, Progress};
use crate::sys::{self, Instant};

/// How long last values are waited for.
pub(crate) const PATIENCE: Duration = Duration::from_millis(100);

/// How long the thread waits for requests before it ends.
const IDLE: Duration = Duration::from_secs(10);

static QUEUE: Queue = Queue { state: Mutex::new(State::new()), arrived: Condvar::new(), computed: Condvar::new() };

thread_local! {
    /// Whether this is the thread that computes: it does not wait for itself.
    // It is constant. Where the system has no thread locals of its own (Android), the lint does not see it.
    #[allow(clippy::missing_const_for_thread_local)]
    static IS_COMPUTING: Cell<bool> = const { Cell::new(false) };
}

struct Queue {
    state: Mutex<State>,
    arrived: Condvar,
    computed: Condvar,
}

/// A bar whose fields are to be computed, and the time that they are computed for.
struct Job {
    bar: Arc<Bar>,
    fields: Arc<ComputedFields>,
    now: Instant,
}

struct State {
    waiting: VecDeque<Job>,
    /// The requests that were made, and how many of them are done.
    made: u64,
    done: u64,
    /// The process in which the thread runs.
    process: Option<u32>,
}

impl State {
    const fn new() -> State {
        State { waiting: VecDeque::new(), made: 0, done: 0, process: None }
    }
}

/// Asks for new values of the computed fields of a bar, if it has any. Does not wait.
pub(crate) fn request(bar: &Arc<Bar>, now: Instant) {
    let Some(fields) = bar.field_requests().and_then(|requests| requests.request()) else { return };
    let mut state = QUEUE.state.lock();
    state.waiting.push_back(Job { bar: bar.clone(), fields, now });
    state.made += 1;
    if state.process == Some(sys::process_id()) {
        QUEUE.arrived.notify_one();
    } else if sys::spawn("footlights-fields", Box::new(compute_all)).is_ok() {
        state.process = Some(sys::process_id());
    }
}

/// Asks for new values of all `bars`, and waits until they are there, or until patience is at an end.
pub(crate) fn refresh(bars: &[Arc<Bar>], now: Instant) {
    bars.iter().for_each(|bar| request(bar, now));
    if bars.is_empty() || IS_COMPUTING.get() {
        return;
    }
    let deadline = Instant::now() + PATIENCE;
    let mut state = QUEUE.state.lock();
    let made = state.made;
    while state.done < made && state.process == Some(sys::process_id()) {
        let remaining = deadline.saturating_duration_since(Instant::now());
        if QUEUE.computed.wait_for(&mut state, remaining).timed_out() {
            return;
        }
    }
}

impl Job {
    fn compute(&self) {
        let Some(requests) = self.bar.field_requests() else { return };
        requests.begin();
        let progress = Progress::of(self.bar.snapshot(self.now));
        self.fields.compute(&progress, |name, value| self.bar.set_field_if_new(name, value));
        requests.complete();
    }
}

fn compute_all() {
    IS_COMPUTING.set(true);
    let mut state = QUEUE.state.lock();
    loop {
        if let Some(job) = state.waiting.pop_front() {
            drop(state);
            job.compute();
            // The last handle may be gone: code of the user is dropped here, without a lock.
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(job)));
            state = QUEUE.state.lock();
            state.done += 1;
            QUEUE.computed.notify_all();
        } else if QUEUE.arrived.wait_for(&mut state, IDLE).timed_out() && state.waiting.is_empty() {
            state.process = None;
            return;
        }
    }
}
