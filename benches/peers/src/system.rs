//! What the kernel knows of this process: clocks, and how much its threads have worked, written and slept.

use std::fs;

use rustix::time::{ClockId, Timespec, clock_gettime};

use crate::report::report;

/// The name of the thread that owns the terminal.
const THREAD: &str = "footlights";

/// Seconds, by a clock that is the same for all processes.
pub fn now() -> f64 {
    seconds(clock_gettime(ClockId::Monotonic))
}

/// Seconds of CPU time that all threads of this process have had, those that have ended too.
fn cpu() -> f64 {
    seconds(clock_gettime(ClockId::ProcessCPUTime))
}

fn seconds(time: Timespec) -> f64 {
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Bytes of memory in use (`VmRSS`), or in use at most until now (`VmHWM`).
pub fn memory(which: &str) -> f64 {
    field("/proc/self/status", which) * 1024.0
}

/// What has been done until now.
struct Sample {
    at: f64,
    cpu: f64,
    writes: f64,
    thread: Option<Thread>,
}

/// What the thread that owns the terminal has done.
struct Thread {
    cpu: f64,
    writes: f64,
    /// How often it went to sleep, and so had to be woken.
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

/// Reports what is done while `work` goes on: by the whole process, and by the thread that owns the terminal.
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

/// Where the kernel tells of the thread that owns the terminal.
fn thread() -> Option<String> {
    let tasks = fs::read_dir("/proc/self/task").ok()?;
    let paths = tasks.flatten().map(|task| task.path().to_string_lossy().into_owned());
    paths.into_iter().find(|path| fs::read_to_string(format!("{path}/comm")).is_ok_and(|comm| comm.trim() == THREAD))
}

/// Nanoseconds on a CPU.
fn schedstat(path: &str) -> f64 {
    let text = fs::read_to_string(format!("{path}/schedstat")).unwrap_or_default();
    text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(f64::NAN)
}

/// The number in the line `name: number` of a file.
fn field(path: &str, name: &str) -> f64 {
    let text = fs::read_to_string(path).unwrap_or_default();
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    value.and_then(|value| value.split_whitespace().next()?.parse().ok()).unwrap_or(f64::NAN)
}
