//! What stands at the bottom of the terminal: a bar for the build, then one for all tests, their numbers in words,
//! and the tests that run for some time.

use std::time::Duration;

use footlights::{Counter, Manager, Output, Segment, StatusBar, bar_format, counter_format, status_format};

use crate::history::History;
use crate::remaining;
use crate::rows::Rows;
use crate::run::{Phase, Run};

const RED: &str = "#e0443c";
const MAGENTA: &str = "#c678dd";
const YELLOW: &str = "#e6c83c";
const GREEN: &str = "#3cbe5a";
const BLUE: &str = "#5096d2";

/// The bars of a run. They are set to what the state says; nothing is counted here.
pub struct Picture {
    manager: Manager,
    build: Option<Counter>,
    tests: Option<Tests>,
    rows: Rows,
    threads: usize,
    /// The time that the build took.
    built: Duration,
    /// The second for which the time left was estimated.
    estimated: Option<u64>,
}

/// The bar of all tests, and the line below it.
struct Tests {
    bar: Counter,
    /// Left to right: the newest segment stands leftmost.
    failed: Segment,
    flaky: Segment,
    ignored: Segment,
    passed: Segment,
    running: Segment,
    /// In words. Lines of text have the words in the bar itself.
    numbers: Option<StatusBar>,
}

impl Picture {
    /// Shows that something is built. Nothing remains of that when tests run, or when the build fails.
    pub fn new(manager: &Manager, rows: usize) -> Picture {
        let format = bar_format!("{desc} {count}/{total} |{bar}| {elapsed} {message:<24.24}");
        let build = manager.counter().desc("Building").color(BLUE).bar_format(format);
        let build = build.counter_format(counter_format!("{desc} {elapsed}{fill}")).leave(false).add();
        let is_drawn = manager.output() == Output::Terminal;
        Picture {
            manager: manager.clone(),
            build: Some(build),
            tests: None,
            rows: Rows::new(if is_drawn { rows } else { 0 }),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            built: Duration::ZERO,
            estimated: None,
        }
    }

    /// The time since the start. The clocks of bars stand still while the program is stopped.
    pub fn now(&self) -> Duration {
        let bar = self.build.as_ref().or(self.tests.as_ref().map(|tests| &tests.bar));
        self.built + bar.map_or(Duration::ZERO, Counter::elapsed)
    }

    /// Shows the state of the run as it is now.
    pub fn show(&mut self, run: &Run, history: &History, now: Duration) {
        if run.phase != Phase::Testing {
            let Some(build) = self.build.as_ref().filter(|_| run.build.total > 0) else { return };
            build.set_total(run.build.total);
            build.set(run.build.done);
            return build.set_message(run.build.crates.clone());
        }
        if let Some(build) = self.build.take() {
            self.built = build.elapsed();
        }
        let tests = self.tests.get_or_insert_with(|| Tests::new(&self.manager));
        tests.show(run);
        if self.estimated != Some(now.as_secs()) {
            self.estimated = Some(now.as_secs());
            let left = match run.interrupted {
                Some(_) => Some("stopping".to_owned()),
                None => remaining::estimate(run, history, self.threads, now).map(remaining::Range::text),
            };
            let left = left.filter(|text| !text.is_empty()).map_or(String::new(), |text| format!(", {text}"));
            tests.bar.set_field("left", left);
        }
        self.rows.show(&self.manager, run, history, now);
    }

    /// Shows the state for the last time. The bar remains.
    pub fn finish(mut self, run: &Run, history: &History, now: Duration) {
        self.show(run, history, now);
        if let Some(tests) = &self.tests {
            tests.bar.set_field("left", "");
        }
    }
}

impl Tests {
    fn new(manager: &Manager) -> Tests {
        let format = bar_format!("{desc} {done}/{total} |{bar}| {elapsed}{left}", done, left);
        let bar = manager.counter().desc("Testing").unit("tests").color(GREEN).bar_format(format).field("done", 0);
        let bar = bar.counter_format(counter_format!("{desc} {done} {elapsed}{fill}", done)).leave(true).add();
        let running = bar.segment("running").color(BLUE).add();
        let passed = bar.segment("passed").color(GREEN).add();
        let ignored = bar.segment("ignored").color(YELLOW).add();
        let flaky = bar.segment("flaky").color(MAGENTA).add();
        let failed = bar.segment("failed").color(RED).add();
        let numbers = (manager.output() == Output::Terminal).then(|| {
            let format = status_format!("{numbers}{fill}", numbers);
            manager.status_bar().format(format).leave(false).below(&bar).add()
        });
        Tests { bar, failed, flaky, ignored, passed, running, numbers }
    }

    fn show(&self, run: &Run) {
        let counts = run.counts();
        let running = run.running.len() as u64;
        let failed = counts.failed + counts.unfinished;
        self.bar.set_total(run.total().max(counts.finished() + running));
        self.failed.set(failed);
        self.flaky.set(counts.flaky);
        self.ignored.set(counts.ignored);
        self.passed.set(counts.passed);
        self.running.set(running);
        self.bar.set_field("done", counts.finished());
        if let Some(numbers) = &self.numbers {
            let parts = [
                (failed, "failed", "1;31"),
                (counts.flaky, "flaky", "35"),
                (counts.ignored, "ignored", "33"),
                (counts.passed, "passed", "32"),
                (running, "running", "34"),
            ];
            let parts = parts.into_iter().filter(|(count, _, _)| *count > 0);
            let parts: Vec<_> =
                parts.map(|(count, name, style)| format!("\x1b[{style}m{count} {name}\x1b[m")).collect();
            numbers.set_field("numbers", parts.join(", "));
        }
    }
}
