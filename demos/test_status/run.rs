//! The state of a run: what is built, what runs, and what has come out.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::event::{Binary, Counts, Event, Finished, Outcome, SuiteName, TestName};

/// What a runner is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// It compiles, or nothing is known yet.
    #[default]
    Building,
    /// The tests have been built and run.
    Testing,
    /// The build has failed.
    NotBuilt,
}

/// How far the build is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Build {
    pub done: u64,
    pub total: u64,
    pub crates: String,
}

/// All that is known of a run. Times are those of a clock that stands still while the program is stopped.
#[derive(Debug, Default)]
pub struct Run {
    pub phase: Phase,
    pub build: Build,
    pub suites: Vec<Suite>,
    pub running: Vec<Running>,
    pub results: Vec<TestResult>,
    /// Tests that ran when the user stopped the run.
    pub stopped: Vec<Running>,
    /// When the user asked to stop.
    pub interrupted: Option<Duration>,
    /// When the first test began.
    pub tests_began: Option<Duration>,
    binaries: Vec<Binary>,
    /// The suite whose tests run now, if only one runs at a time.
    current: Option<usize>,
    /// How many tests there are, if the runner knows that.
    planned: Option<u64>,
    is_nextest: bool,
    by_name: HashMap<String, usize>,
}

/// The tests of a test binary, or the documentation tests of a crate.
#[derive(Debug, Default)]
pub struct Suite {
    /// `crate`, `crate::binary` or `crate doc`.
    pub name: String,
    pub executable: Option<PathBuf>,
    pub planned: Option<u64>,
    /// The names of its tests, if it has been asked for them.
    pub listed: Vec<String>,
    pub began: Option<Duration>,
    pub time: Option<Duration>,
    /// What was counted.
    counted: Counts,
    /// What the runner itself has counted.
    stated: Option<Counts>,
    /// Why its process ended, if not by its tests.
    pub error: Option<String>,
    /// The most tests that ran at once.
    pub threads: usize,
}

/// A test that runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    pub suite: usize,
    pub path: String,
    pub since: Duration,
    /// Whether the runner finds it slow.
    pub is_slow: bool,
}

/// A test that is over.
#[derive(Clone, Debug)]
pub struct TestResult {
    pub suite: usize,
    pub path: String,
    pub outcome: Outcome,
    pub output: String,
    pub time: Option<Duration>,
    pub attempts: u32,
}

impl Suite {
    /// The counts of the runner, where it has told them: they are right.
    pub fn counts(&self) -> Counts {
        let unfinished = self.counted.unfinished;
        self.stated.map_or(self.counted, |stated| Counts { unfinished, ..stated })
    }

    pub fn is_over(&self) -> bool {
        self.time.is_some()
    }

    /// How many tests it has, as far as is known.
    fn total(&self) -> u64 {
        let finished = self.counts().finished();
        if self.stated.is_some() {
            return finished;
        }
        self.planned.unwrap_or(self.listed.len() as u64).max(finished)
    }
}

impl Run {
    /// Takes note of an event. Returns which results are new.
    pub fn apply(&mut self, event: &Event, now: Duration) -> Range<usize> {
        let before = self.results.len();
        match event {
            Event::BuildProgress { done, total, crates } => {
                self.build = Build { done: *done, total: *total, crates: crates.clone() };
            }
            Event::BinaryBuilt(binary) => self.built(binary),
            Event::BuildFinished { success: true } => self.phase = Phase::Testing,
            Event::BuildFinished { success: false } => self.phase = Phase::NotBuilt,
            Event::RunPlanned(count) => {
                self.phase = Phase::Testing;
                self.planned = Some(*count);
            }
            Event::SuiteStarted(name) => {
                self.phase = Phase::Testing;
                let suite = self.suite_of(name);
                self.suites[suite].began.get_or_insert(now);
                self.tests_began.get_or_insert(now);
                self.current = Some(suite);
            }
            Event::Listed { executable, tests } => {
                if let Some(suite) = self.suites.iter_mut().find(|suite| suite.executable.as_ref() == Some(executable))
                {
                    suite.listed.clone_from(tests);
                }
            }
            Event::SuitePlanned(count) => {
                let suite = self.started_suite(now);
                // A suite with no name may be followed by another one.
                self.suites[suite].planned = Some(*count);
            }
            Event::Started(test) => {
                let suite = self.suite_of_test(test, now);
                self.running.push(Running { suite, path: test.path.clone(), since: now, is_slow: false });
                let threads = self.running.iter().filter(|running| running.suite == suite).count();
                self.suites[suite].threads = self.suites[suite].threads.max(threads);
            }
            Event::Withdrawn(test) => drop(self.take_running(test, now)),
            Event::Slow(test) => {
                let suite = self.suite_of_test(test, now);
                match self.running.iter_mut().find(|running| running.suite == suite && running.path == test.path) {
                    Some(running) => running.is_slow = true,
                    // In text, this is the first sign of a test. libtest gives it after a minute.
                    None => {
                        let since = now.saturating_sub(Duration::from_secs(60));
                        self.running.push(Running { suite, path: test.path.clone(), since, is_slow: true });
                    }
                }
            }
            Event::Finished(finished) => self.finished(finished, now),
            Event::FailureOutput(test, output) => {
                let suite = self.suite_of_test(test, now);
                let mut results = self.results.iter_mut().rev();
                if let Some(result) = results.find(|result| result.suite == suite && result.path == test.path) {
                    result.output.clone_from(output);
                }
            }
            Event::SuiteFinished(counts) => {
                let suite = self.started_suite(now);
                self.suites[suite].stated = Some(*counts);
            }
            Event::SuiteEnded => self.end_suite(now),
            Event::RunnerError(text) => {
                if let Some(suite) = self.current {
                    self.suites[suite].error = Some(text.clone());
                }
            }
            Event::Announced(_) | Event::Printed(_) => {}
        }
        before..self.results.len()
    }

    /// The runner has ended: what still ran has not finished. Returns which results are new.
    pub fn end(&mut self, now: Duration) -> Range<usize> {
        let before = self.results.len();
        self.end_suite(now);
        for running in std::mem::take(&mut self.running) {
            self.unfinished(running, now);
        }
        before..self.results.len()
    }

    /// The numbers of the whole run.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.suites.iter().for_each(|suite| counts += suite.counts());
        counts
    }

    /// Whether the runner fails, as far as can be told without its exit code.
    pub fn has_failed(&self) -> bool {
        let counts = self.counts();
        let is_incomplete = |suite: &Suite| suite.error.is_some() || suite.planned > Some(suite.counts().finished());
        counts.failed + counts.unfinished > 0 || self.suites.iter().any(is_incomplete) || self.tests_began.is_none()
    }

    /// Whether the results are those of nextest.
    pub fn is_of_nextest(&self) -> bool {
        self.is_nextest
    }

    /// How many tests there are, as far as is known.
    pub fn total(&self) -> u64 {
        let counts = self.counts();
        match self.planned {
            // nextest does not count those that are ignored.
            Some(planned) => (planned + counts.ignored).max(counts.finished()),
            None => self.suites.iter().map(Suite::total).sum(),
        }
    }

    /// The name of a test for people: without the crate, if there is only one.
    pub fn display_name(&self, suite: usize, path: &str) -> String {
        let name = &self.suites[suite].name;
        let krate = |name: &str| name.split([':', ' ']).next().unwrap_or_default().to_owned();
        let first = krate(name);
        let is_only = self.suites.iter().all(|suite| krate(&suite.name) == first);
        let short = if is_only { name[first.len()..].trim_start_matches([':', ' ']) } else { name };
        if short.is_empty() { path.to_owned() } else { format!("{short} {path}") }
    }

    fn built(&mut self, binary: &Binary) {
        self.binaries.push(binary.clone());
        self.suite_of(&SuiteName::Executable(binary.executable.clone()));
    }

    fn finished(&mut self, finished: &Finished, now: Duration) {
        let Finished { test, outcome, output, time, attempts } = finished;
        let suite = self.suite_of_test(test, now);
        let ran = self.take_running(test, now).map(|running| now.saturating_sub(running.since));
        self.suites[suite].counted.add(*outcome);
        let time = time.or(ran).filter(|_| *outcome != Outcome::Ignored);
        let (path, output) = (test.path.clone(), output.clone());
        self.results.push(TestResult { suite, path, outcome: *outcome, output, time, attempts: *attempts });
    }

    fn end_suite(&mut self, now: Duration) {
        let Some(suite) = self.current.take() else { return };
        let began = self.suites[suite].began.unwrap_or(now);
        self.suites[suite].time = Some(now.saturating_sub(began));
        let (of_suite, others) =
            std::mem::take(&mut self.running).into_iter().partition(|running| running.suite == suite);
        self.running = others;
        let of_suite: Vec<Running> = of_suite;
        for running in of_suite {
            self.unfinished(running, now);
        }
    }

    fn unfinished(&mut self, running: Running, now: Duration) {
        if self.interrupted.is_some() {
            self.stopped.push(running);
            return;
        }
        let Running { suite, path, since, .. } = running;
        let why = self.suites[suite].error.as_deref().unwrap_or("no result");
        let output = format!("The process ended while this test ran ({why}).\n");
        let outcome = Outcome::Unfinished;
        self.suites[suite].counted.add(outcome);
        let time = Some(now.saturating_sub(since));
        self.results.push(TestResult { suite, path, outcome, output, time, attempts: 1 });
    }

    fn take_running(&mut self, test: &TestName, now: Duration) -> Option<Running> {
        let suite = self.suite_of_test(test, now);
        let at = self.running.iter().position(|running| running.suite == suite && running.path == test.path)?;
        Some(self.running.remove(at))
    }

    fn suite_of_test(&mut self, test: &TestName, now: Duration) -> usize {
        match &test.suite {
            Some(label) => self.suite_named(label.clone()),
            None => self.started_suite(now),
        }
    }

    /// The suite that runs. One that has not said its name gets none.
    fn started_suite(&mut self, now: Duration) -> usize {
        if self.current.is_none() {
            self.apply(&Event::SuiteStarted(SuiteName::Unnamed), now);
        }
        self.current.unwrap_or_default()
    }

    fn suite_of(&mut self, name: &SuiteName) -> usize {
        match name {
            SuiteName::Label(label) => {
                self.is_nextest = true;
                self.suite_named(label.clone())
            }
            SuiteName::Doc(krate) => self.suite_named(format!("{krate} doc")),
            SuiteName::Unnamed => {
                self.suites.push(Suite::default());
                self.suites.len() - 1
            }
            SuiteName::Executable(path) => {
                let name = match self.binaries.iter().find(|binary| is_same(&binary.executable, path)) {
                    Some(binary) => binary_name(binary),
                    None => stem(path),
                };
                let suite = self.suite_named(name);
                self.suites[suite].executable.get_or_insert_with(|| path.clone());
                suite
            }
        }
    }

    fn suite_named(&mut self, name: String) -> usize {
        if let Some(suite) = self.by_name.get(&name) {
            return *suite;
        }
        self.suites.push(Suite { name: name.clone(), ..Suite::default() });
        self.by_name.insert(name, self.suites.len() - 1);
        self.suites.len() - 1
    }
}

/// Whether two paths are those of one test binary. cargo's lines have short ones.
fn is_same(path: &Path, other: &Path) -> bool {
    path.file_name() == other.file_name()
}

fn binary_name(binary: &Binary) -> String {
    let Binary { package, kind, target, .. } = binary;
    match kind.as_str() {
        "lib" => package.clone(),
        "test" => format!("{package}::{target}"),
        kind => format!("{package}::{kind}/{target}"),
    }
}

/// The name of a test binary without its hash.
pub fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.rsplit_once('-').map_or(stem.to_string(), |(name, _)| name.to_owned())
}
