//! What a test run consists of, whichever runner tells it.

use std::path::PathBuf;
use std::time::Duration;

use crate::test_binary::Announcement;

/// Something that has happened in a run. All formats are translated into these.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// cargo says how many of its steps are done, and what it compiles.
    BuildProgress { done: u64, total: u64, crates: String },
    /// cargo has compiled a test binary, or found it up to date.
    BinaryBuilt(Binary),
    /// The build has ended; tests follow if it succeeded.
    BuildFinished { success: bool },
    /// The runner will run this many tests in all. Only nextest knows that at the start.
    RunPlanned(u64),
    /// A test binary starts, or the documentation tests of a crate. All tests that follow are its own, until the
    /// next one.
    SuiteStarted(SuiteName),
    /// The test binary that starts has said how it is run.
    Announced(Announcement),
    /// The names of the tests that a test binary will run, before it runs them.
    Listed { executable: PathBuf, tests: Vec<String> },
    /// The suite will run this many tests, ignored ones included.
    SuitePlanned(u64),
    /// A test has started.
    Started(TestName),
    /// What was taken for the start of a test was something that a test printed.
    Withdrawn(TestName),
    /// A test runs for a long time, as the runner itself says.
    Slow(TestName),
    /// A test has ended.
    Finished(Finished),
    /// What a failed test has printed, where the runner tells it only later.
    FailureOutput(TestName, String),
    /// The runner's own counts for the suite. They are right, even if a test printed lines that look like results.
    SuiteFinished(Counts),
    /// The suite is over, with or without counts: what still ran has not finished.
    SuiteEnded,
    /// Something that the runner or a test has printed.
    Printed(Vec<u8>),
    /// The runner says that something went wrong, for instance that a test binary was killed by a signal.
    RunnerError(String),
}

/// A test that has ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    pub test: TestName,
    pub outcome: Outcome,
    /// What the test printed, if the runner has captured it: of a failed test all of it, of others mostly nothing.
    pub output: String,
    /// How long it took, if the runner says so.
    pub time: Option<Duration>,
    /// How often it was tried.
    pub attempts: u32,
}

impl Finished {
    pub fn new(test: TestName, outcome: Outcome) -> Finished {
        Finished { test, outcome, output: String::new(), time: None, attempts: 1 }
    }
}

/// How a test has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It passed at the first attempt. A benchmark that has run counts as passed.
    Passed,
    /// It failed and passed when it was tried again.
    Flaky,
    /// It was not run because it is marked as ignored.
    Ignored,
    /// It failed in all attempts.
    Failed,
    /// Its process ended before it did: it has called `abort` or `exit`, crashed, or was killed.
    Unfinished,
}

/// A test, named as its runner names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TestName {
    /// The suite, where the runner says it with each test (nextest). Otherwise it is the one that started last.
    pub suite: Option<String>,
    pub path: String,
}

impl TestName {
    pub fn new(path: impl Into<String>) -> TestName {
        TestName { suite: None, path: path.into() }
    }
}

/// The name of a suite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SuiteName {
    /// A test binary that cargo starts, known by its file.
    Executable(PathBuf),
    /// The documentation tests of a crate.
    Doc(String),
    /// A suite as nextest names it: `crate` or `crate::binary`.
    Label(String),
    /// One that does not say its name.
    Unnamed,
}

/// A test binary that cargo has built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binary {
    pub executable: PathBuf,
    pub package: String,
    /// `lib`, `test`, `bin`, …
    pub kind: String,
    pub target: String,
}

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub flaky: u64,
    pub ignored: u64,
    pub failed: u64,
    /// Those whose process ended before they did. The runner itself does not count them.
    pub unfinished: u64,
    /// Those that a filter left out.
    pub filtered: u64,
}

impl Counts {
    pub fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Flaky => self.flaky += 1,
            Outcome::Ignored => self.ignored += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::Unfinished => self.unfinished += 1,
        }
    }

    /// All tests that are over.
    pub fn finished(&self) -> u64 {
        self.passed + self.flaky + self.ignored + self.failed + self.unfinished
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.passed += other.passed;
        self.flaky += other.flaky;
        self.ignored += other.ignored;
        self.failed += other.failed;
        self.unfinished += other.unfinished;
        self.filtered += other.filtered;
    }
}
