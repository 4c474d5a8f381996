//! Figures of the kernel about this process: clocks, and the CPU time, writes and sleeps of its
//! threads.

use std::fs;

use rustix::time::{ClockId, Timespec, clock_gettime};

use crate::report::report;

/// The name of the terminal thread of footlights.
const THREAD: &str = "footlights";

/// Returns the time in seconds, by a clock that all processes share.
pub fn now() -> f64 {
    seconds(clock_gettime(ClockId::Monotonic))
}

/// Returns the CPU time of all threads of this process in seconds, including threads that have
/// ended.
fn cpu() -> f64 {
    seconds(clock_gettime(ClockId::ProcessCPUTime))
}

fn seconds(time: Timespec) -> f64 {
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Returns the memory in use (`VmRSS`), or its maximum until now (`VmHWM`), in bytes.
pub fn memory(which: &str) -> f64 {
    field("/proc/self/status", which) * 1024.0
}

/// The figures of the process up to now.
struct Sample {
    at: f64,
    cpu: f64,
    writes: f64,
    thread: Option<Thread>,
}

/// The figures of the terminal thread.
struct Thread {
    cpu: f64,
    writes: f64,
    /// How often the thread went to sleep.
    sleeps: f64,
}

impl Sample {
    fn take() -> Sample {
        let thread = thread().map(|path| Thread {
            cpu: schedstat(&path) / 1e9,
            writes: field(&format!("{path}/io"), "syscw"),
            sleeps: field(&format!("{path}/status"), "voluntary_ctxt_switches"),
        });
        Sample { at: now(), cpu: cpu(), writes: field("/proc/self/io", "syscw"), thread }
    }
}

/// Calls `work`, and reports the figures of the process and of the terminal thread for that time.
pub fn meter(work: impl FnOnce()) {
    let before = Sample::take();
    work();
    let after = Sample::take();
    report("from", before.at);
    report("to", after.at);
    report("cpu", after.cpu - before.cpu);
    report("writes", after.writes - before.writes);
    if let (Some(before), Some(after)) = (before.thread, after.thread) {
        report("thread-cpu", after.cpu - before.cpu);
        report("thread-writes", after.writes - before.writes);
        report("thread-sleeps", after.sleeps - before.sleeps);
    }
}

/// Returns the folder of the terminal thread in `/proc`.
fn thread() -> Option<String> {
    let tasks = fs::read_dir("/proc/self/task").ok()?;
    let paths = tasks.flatten().map(|task| task.path().to_string_lossy().into_owned());
    paths.into_iter().find(|path| fs::read_to_string(format!("{path}/comm")).is_ok_and(|comm| comm.trim() == THREAD))
}

/// Returns the CPU time of a thread in nanoseconds.
fn schedstat(path: &str) -> f64 {
    let text = fs::read_to_string(format!("{path}/schedstat")).unwrap_or_default();
    text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(f64::NAN)
}

/// Returns the number in the line `name: number` of a file.
fn field(path: &str, name: &str) -> f64 {
    let text = fs::read_to_string(path).unwrap_or_default();
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    value.and_then(|value| value.split_whitespace().next()?.parse().ok()).unwrap_or(f64::NAN)
}
