//! What is kept of a run: how long each test took, and which have failed.
//!
//! It is a text file in the target folder, one per profile, because optimized tests are faster. In each line there
//! are, with tabs between: the suite, the test, the name of its test binary without hash, its last outcome, and its last
//! durations in milliseconds, newest first.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::event::Outcome;
use crate::run::{Run, stem};

/// How many durations are kept of each test.
const KEPT: usize = 5;

/// What was kept of earlier runs.
#[derive(Debug, Default)]
pub struct History {
    tests: BTreeMap<(String, String), Record>,
}

/// What is known of a test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub has_failed: bool,
    /// The name of the test binary, without its hash; empty for documentation tests.
    pub binary: String,
    /// Newest first.
    times: Vec<Duration>,
}

impl Record {
    /// The shortest and the longest time it has taken.
    pub fn range(&self) -> Option<(Duration, Duration)> {
        Some((*self.times.iter().min()?, *self.times.iter().max()?))
    }
}

impl History {
    /// Reads the file. One that is missing or damaged is as good as none.
    pub fn read(path: &Path) -> History {
        let text = fs::read_to_string(path).unwrap_or_default();
        History { tests: text.lines().filter_map(parse).collect() }
    }

    pub fn get(&self, suite: &str, test: &str) -> Option<&Record> {
        self.tests.get(&(suite.to_owned(), test.to_owned()))
    }

    /// The tests of a suite.
    pub fn suite<'a>(&'a self, suite: &'a str) -> impl Iterator<Item = (&'a str, &'a Record)> {
        let tests = self.tests.range((suite.to_owned(), String::new())..);
        tests.take_while(move |((other, _), _)| other == suite).map(|((_, test), record)| (test.as_str(), record))
    }

    /// All tests that have failed when they ran last: suite, test and the rest.
    pub fn failed(&self) -> impl Iterator<Item = (&str, &str, &Record)> {
        let failed = self.tests.iter().filter(|(_, record)| record.has_failed);
        failed.map(|((suite, test), record)| (suite.as_str(), test.as_str(), record))
    }

    /// Adds the results of a run.
    pub fn add(&mut self, run: &Run) {
        for (at, suite) in run.suites.iter().enumerate() {
            let results = || run.results.iter().filter(|result| result.suite == at);
            // Where all tests have run, those that are missing do not exist any more.
            let counts = suite.counts();
            if suite.is_over()
                && counts.filtered == 0
                && counts.unfinished == 0
                && run.interrupted.is_none()
                && suite.planned.is_some()
            {
                self.tests
                    .retain(|(name, test), _| *name != suite.name || results().any(|result| result.path == *test));
            }
            for result in results() {
                let record = self.tests.entry((suite.name.clone(), result.path.clone())).or_default();
                record.binary = suite.executable.as_deref().map(stem).unwrap_or_default();
                record.has_failed = matches!(result.outcome, Outcome::Failed | Outcome::Unfinished);
                // The time of a failure says little about that of a success.
                if let (Some(time), Outcome::Passed) = (result.time, result.outcome) {
                    record.times.insert(0, time);
                    record.times.truncate(KEPT);
                }
            }
        }
    }

    /// Writes the file in one step, so that another run never sees half of it.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut text = String::new();
        for ((suite, test), record) in &self.tests {
            let outcome = if record.has_failed { "failed" } else { "passed" };
            let times: Vec<String> = record.times.iter().map(|time| time.as_millis().to_string()).collect();
            if !suite.contains(['\t', '\n']) && !test.contains(['\t', '\n']) {
                text.push_str(&format!("{suite}\t{test}\t{}\t{outcome}\t{}\n", record.binary, times.join(" ")));
            }
        }
        let new = path.with_extension(format!("{}.new", std::process::id()));
        fs::File::create(&new)?.write_all(text.as_bytes())?;
        fs::rename(&new, path)
    }
}

fn parse(line: &str) -> Option<((String, String), Record)> {
    let mut parts = line.split('\t');
    let name = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let binary = parts.next()?.to_owned();
    let has_failed = parts.next()? == "failed";
    let times = parts.next()?.split(' ').filter_map(|time| time.parse().ok()).map(Duration::from_millis).collect();
    Some((name, Record { has_failed, binary, times }))
}

/// The file for the profile that the executable was compiled with.
pub fn path_of(executable: &Path) -> Option<PathBuf> {
    let profile = executable.ancestors().find(|folder| folder.ends_with("deps"))?.parent()?;
    let target = profile.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists())?;
    Some(file(target, &profile.file_name()?.to_string_lossy()))
}

/// The file, if no executable is known: cargo is asked for the target folder.
pub fn path_from_cargo(profile: &str) -> Option<PathBuf> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["metadata", "--no-deps", "--format-version=1"]).stderr(Stdio::null()).stdin(Stdio::null());
    let metadata: Value = serde_json::from_slice(&command.output().ok()?.stdout).ok()?;
    let folder = |name: &str| metadata.get(name).and_then(Value::as_str);
    let target = Path::new(folder("build_directory").or(folder("target_directory"))?);
    target.is_dir().then(|| file(target, profile))
}

fn file(target: &Path, profile: &str) -> PathBuf {
    target.join(format!("test-status-{profile}.tsv"))
}
