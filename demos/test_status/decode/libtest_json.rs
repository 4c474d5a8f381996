//! The JSON of libtest, and that of nextest, which is the same with more in it.
//!
//! A test can print such lines too. Where libtest writes its results to a file as well, only what is in that file is
//! believed. Elsewhere a result is believed if its test has started and has no result yet.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::Value;

use super::log::ResultLog;
use crate::event::{Counts, Event, Finished, Outcome, SuiteName, TestName};

/// What all of these lines begin with: as libtest writes them, and as nextest does.
pub const STARTS: [&[u8]; 2] = [b"{ \"type\": \"", b"{\"type\":\""];

/// The tests of one test binary, or all tests of nextest.
#[derive(Debug, Default)]
pub struct LibtestJson {
    log: Option<ResultLog>,
    /// Tests that have started and have no result.
    running: HashSet<String>,
    finished: HashSet<String>,
    counts: Counts,
}

impl LibtestJson {
    /// A test binary that writes its results to this file too.
    pub fn with_log(log: ResultLog) -> LibtestJson {
        LibtestJson { log: Some(log), ..LibtestJson::default() }
    }

    /// Whether this can be the first line of all.
    pub fn is_start(value: &Value) -> bool {
        let is = |name: &str, wanted: &str| value.get(name).and_then(Value::as_str) == Some(wanted);
        is("type", "suite") && is("event", "started")
    }

    /// Whether a test is running.
    pub fn is_running(&mut self) -> bool {
        match &mut self.log {
            Some(log) => self.running.iter().any(|name| !log.has(name)),
            None => !self.running.is_empty(),
        }
    }

    /// Reads a line. Returns false if it is none of ours, so that a test has printed it.
    pub fn read(&mut self, value: &Value, events: &mut Vec<Event>) -> bool {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        match (text("type"), text("event"), text("name")) {
            (Some("suite"), Some("started"), None) => self.suite_started(value, events),
            (Some("suite"), Some("ok" | "failed"), None) => self.suite_finished(value, events),
            (Some("test"), Some("started"), Some(name)) => {
                if self.finished.contains(name) || !self.running.insert(name.to_owned()) {
                    return false;
                }
                events.push(Event::Started(test_name(name).0));
                true
            }
            (Some("test"), Some("timeout"), Some(name)) if self.running.contains(name) => {
                events.push(Event::Slow(test_name(name).0));
                true
            }
            (Some("test"), Some(event), Some(name)) => self.finished(name, event, value, events),
            (Some("bench"), None, Some(name)) => self.finished(name, "ok", value, events),
            // The time that merged documentation tests took.
            (Some("report"), _, _) => true,
            _ => false,
        }
    }

    /// Reads results that are in the file and not on stdout.
    pub fn read_log(&mut self, events: &mut Vec<Event>) {
        let results = self.log.as_mut().map(|log| log.take_all(&self.running)).unwrap_or_default();
        for (name, outcome) in results {
            self.finish(&name, outcome, events, |_| {});
        }
    }

    fn suite_started(&mut self, value: &Value, events: &mut Vec<Event>) -> bool {
        let Some(count) = value.get("test_count").and_then(Value::as_u64) else { return false };
        match value.get("nextest") {
            Some(nextest) => {
                let text = |name: &str| nextest.get(name).and_then(Value::as_str).unwrap_or_default();
                let label = label(text("crate"), text("test_binary"));
                events.push(Event::SuiteStarted(SuiteName::Label(label)));
            }
            None if self.log.is_none() => {
                // Behind a pipe, nothing else separates the test binaries.
                *self = LibtestJson::default();
                events.extend([Event::SuiteStarted(SuiteName::Unnamed), Event::SuitePlanned(count)]);
            }
            None => events.push(Event::SuitePlanned(count)),
        }
        true
    }

    fn suite_finished(&mut self, value: &Value, events: &mut Vec<Event>) -> bool {
        let number = |name: &str| value.get(name).and_then(Value::as_u64).unwrap_or_default();
        // nextest starts some suites twice, so their counts say little. Those of its tests do not depend on it.
        if value.get("nextest").is_some() {
            return true;
        }
        let counts = Counts {
            passed: number("passed") + number("measured"),
            ignored: number("ignored"),
            failed: number("failed"),
            filtered: number("filtered_out"),
            ..Counts::default()
        };
        if self.log.is_some() {
            // Results are in the file before they are on stdout. They are read from it only if this is the end, because
            // only then no line with their output follows.
            let left = self.running.len() as u64;
            if counts.finished() != self.counts.finished() + left || self.is_running() {
                return false;
            }
            self.read_log(events);
        }
        events.push(Event::SuiteFinished(counts));
        true
    }

    fn finished(&mut self, name: &str, event: &str, value: &Value, events: &mut Vec<Event>) -> bool {
        let outcome = match event {
            "ok" => Outcome::Passed,
            "failed" => Outcome::Failed,
            "ignored" => Outcome::Ignored,
            _ => return false,
        };
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let fill = |finished: &mut Finished| {
            let more = text("message").or(text("reason")).filter(|_| outcome == Outcome::Failed);
            let parts = [text("stdout"), text("stderr"), more];
            for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
                finished.output.push_str(part);
                if !part.ends_with('\n') {
                    finished.output.push('\n');
                }
            }
            let seconds = value.get("exec_time").and_then(Value::as_f64);
            finished.time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        };
        if let Some(log) = &mut self.log {
            if !log.take(name, outcome) {
                return false;
            }
            self.finish(name, outcome, events, fill);
            return true;
        }
        if self.finished.contains(name) || (event != "ignored" && !self.running.contains(started_as(name))) {
            return false;
        }
        self.finish(name, outcome, events, fill);
        true
    }

    fn finish(&mut self, name: &str, outcome: Outcome, events: &mut Vec<Event>, fill: impl FnOnce(&mut Finished)) {
        let (test, attempts) = test_name(name);
        self.running.remove(started_as(name));
        if !self.finished.insert(name.to_owned()) {
            return;
        }
        let outcome = if outcome == Outcome::Passed && attempts > 1 { Outcome::Flaky } else { outcome };
        self.counts.add(outcome);
        let mut finished = Finished { attempts, ..Finished::new(test, outcome) };
        fill(&mut finished);
        events.push(Event::Finished(finished));
    }
}

/// The name of a suite of nextest. A library has the name of its crate.
fn label(package: &str, binary: &str) -> String {
    if package == binary { package.to_owned() } else { format!("{package}::{binary}") }
}

/// The name under which a test has started: without the number of attempts.
fn started_as(name: &str) -> &str {
    match name.rsplit_once('#') {
        Some((start, attempts)) if name.contains('$') && attempts.parse::<u32>().is_ok() => start,
        _ => name,
    }
}

/// Reads a name: that of nextest is `crate::binary$path#attempts`.
fn test_name(name: &str) -> (TestName, u32) {
    let Some((suite, _)) = name.split_once('$') else { return (TestName::new(name), 1) };
    let started = started_as(name);
    let attempts = name[started.len()..].trim_start_matches('#').parse().unwrap_or(1);
    let (package, binary) = suite.split_once("::").unwrap_or((suite, suite));
    let path = &started[suite.len() + 1..];
    (TestName { suite: Some(label(package, binary)), path: path.to_owned() }, attempts)
}
