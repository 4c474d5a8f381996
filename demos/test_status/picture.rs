//! What stands at the bottom of the terminal: a bar for the build, then one for all tests, their numbers in words,
//! and the tests that run for some time.

use std::time::{Duration, Instant};

use footlights::anstyle::Style;
use footlights::{Counter, Manager, Output, RgbColor, Segment, StatusBar, bar_format, counter_format, status_format};

use crate::history::History;
use crate::remaining;
use crate::rows::Rows;
use crate::run::{Phase, Run};

/// The parts of the bar, leftmost first: the name, the color, and whether the words are bold.
const PARTS: [(&str, RgbColor, bool); 5] = [
    ("failed", RgbColor(224, 68, 60), true),
    ("flaky", RgbColor(198, 120, 221), false),
    ("ignored", RgbColor(230, 200, 60), false),
    ("passed", RgbColor(60, 190, 90), false),
    ("running", RgbColor(80, 150, 210), false),
];

/// The bars of a run. They are set to what the state says; nothing is counted here.
pub struct Picture {
    manager: Manager,
    build: Counter,
    tests: Option<Tests>,
    /// The line below the bar: what is compiled, and then the numbers of tests. Lines of text have them in the bar.
    words: Option<StatusBar>,
    rows: Rows,
    threads: usize,
    start: Instant,
    /// The second for which the time left was estimated.
    estimated: Option<u64>,
}

/// The bar of all tests.
struct Tests {
    bar: Counter,
    /// Leftmost first.
    parts: [Segment; 5],
}

impl Picture {
    /// Shows that something is built. Nothing remains of that when tests run, or when the build fails.
    pub fn new(manager: &Manager, rows: usize) -> Picture {
        let build = manager.counter().desc("Building").unit("crates").color(PARTS[4].1);
        let build = build.bar_format(bar_format!("{desc} {count}/{total} |{bar}| {elapsed}"));
        let build = build.counter_format(counter_format!("{desc} {elapsed}{fill}")).leave(false).add();
        let is_drawn = manager.output() == Output::Terminal;
        let words = is_drawn.then(|| {
            let format = status_format!("{words}{fill}", words);
            manager.status_bar().format(format).leave(false).below(&build).add()
        });
        Picture {
            manager: manager.clone(),
            build,
            tests: None,
            words,
            rows: Rows::new(if is_drawn { rows } else { 0 }),
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            start: Instant::now(),
            estimated: None,
        }
    }

    /// The time since the start. The clock of a bar stands still while the program is stopped (Ctrl-Z).
    pub fn now(&self) -> Duration {
        self.words.as_ref().map_or_else(|| self.start.elapsed(), StatusBar::elapsed)
    }

    /// Shows the state of the run as it is now.
    pub fn show(&mut self, run: &Run, history: &History, now: Duration) {
        if run.phase != Phase::Testing {
            if run.build.total > 0 {
                self.build.set_total(run.build.total);
                self.build.set(run.build.done);
            }
            return self.say(run.build.crates.clone());
        }
        let tests = self.tests.get_or_insert_with(|| Tests::new(&self.manager, &self.build));
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
        self.say(in_words(run));
        self.rows.show(&self.manager, run, history, now);
    }

    fn say(&self, words: String) {
        if let Some(bar) = &self.words {
            bar.set_field("words", words);
        }
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
    fn new(manager: &Manager, build: &Counter) -> Tests {
        let format = bar_format!("{desc} {done}/{total} |{bar}| {elapsed}{left}", done, left);
        let bar = manager.counter().desc("Testing").unit("tests").color(PARTS[3].1).bar_format(format).field("done", 0);
        let bar =
            bar.counter_format(counter_format!("{desc} {done} {elapsed}{fill}", done)).leave(true).replace(build).add();
        // The newest segment stands leftmost.
        let mut parts = PARTS;
        parts.reverse();
        let mut parts = parts.map(|(name, color, _)| bar.segment(name).color(color).add());
        parts.reverse();
        Tests { bar, parts }
    }

    fn show(&self, run: &Run) {
        let counts = numbers(run);
        let finished: u64 = counts[..4].iter().sum();
        let total = run.total().max(finished + counts[4]);
        self.bar.set_total(total);
        for (segment, count) in self.parts.iter().zip(counts) {
            segment.set(count);
        }
        // A bar that is full is finished, and its clock stops. So one test is left out until the last one has ended.
        self.parts[4].set(counts[4].min((total - finished).saturating_sub(1)));
        self.bar.set_field("done", finished);
        if counts[0] > 0 {
            self.bar.set_desc("\x1b[1;31mTesting\x1b[m");
        }
    }
}

/// The numbers of the parts of the bar.
fn numbers(run: &Run) -> [u64; 5] {
    let counts = run.counts();
    [counts.failed + counts.unfinished, counts.flaky, counts.ignored, counts.passed, run.running.len() as u64]
}

/// The numbers that are not zero, each in the color of its part of the bar.
fn in_words(run: &Run) -> String {
    let parts = PARTS.into_iter().zip(numbers(run)).filter(|(_, count)| *count > 0);
    let parts = parts.map(|((name, color, is_bold), count)| {
        let style = Style::new().fg_color(Some(color.into()));
        let style = if is_bold { style.bold() } else { style };
        format!("{style}{count} {name}{style:#}")
    });
    parts.collect::<Vec<_>>().join(", ")
}
