//! The text of libtest, the standard test harness, as it comes on every toolchain.
//!
//! It is made for people. With one thread, the name of a test comes before its result, and all that the test prints
//! in between. With several, nothing tells when a test starts. And any test can print lines that look like results.
//! So a line is believed only if it can be true: a name has one result, there are no more results than announced, and
//! what a test with a result on another line has printed last must be the result. The runner's counts at the end of
//! the suite are the last word.

use std::collections::HashSet;

use super::strip_styles;
use crate::event::{Counts, Event, Finished, Outcome, TestName};

/// Reads the report of one suite after the other.
#[derive(Debug, Default)]
pub struct LibtestText {
    state: State,
    /// How many tests were announced.
    planned: u64,
    /// The same of a report that has no end yet, in which another one seems to have begun: its process was killed, or
    /// the other one is the output of a test.
    outer: Option<u64>,
    /// The numbers of the reports before, which belong to the same suite: documentation tests have two.
    before: (u64, Counts),
    /// The counts without those of this report.
    counted: Counts,
    finished: HashSet<String>,
    failed: HashSet<String>,
    /// The test whose name has been read and whose result has not.
    open: Option<OpenTest>,
    /// Empty lines that belong to the report, or to a test: the next line decides.
    blanks: usize,
}

#[derive(Debug, Default, PartialEq)]
enum State {
    /// No report has begun.
    #[default]
    Outside,
    /// Tests run.
    Running,
    /// What failed tests have printed, all together after the last test.
    Failures(Option<(String, String)>),
    /// What other tests have printed, with `--show-output`.
    Successes,
    /// The counts have been read. They may have been a lie, and then the report goes on.
    Counted,
}

#[derive(Debug)]
struct OpenTest {
    name: String,
    /// Whether its start was reported as an event.
    reported: bool,
    /// The last line since, which is the result if it is followed by another test.
    last: Vec<u8>,
}

impl LibtestText {
    /// Whether tests may be running.
    pub fn is_running(&self) -> bool {
        !matches!(self.state, State::Outside | State::Counted)
    }

    /// Whether an unfinished line could be one of ours, so that it has to be waited for.
    pub fn may_continue(&self, line: &[u8]) -> bool {
        const STARTS: [&str; 7] =
            ["test ", "running ", "failures:", "successes:", "---- ", "test result: ", "all doctests ran"];
        if matches!(self.state, State::Failures(_)) || self.open.is_some() {
            return line.len() < 1 << 16;
        }
        let line = strip_styles(line);
        let text = line.as_ref();
        line.len() < 1 << 16 && STARTS.iter().any(|start| start.starts_with(text) || text.starts_with(start))
    }

    /// Reads a line that is not finished yet. With one thread, the name of the running test stands there.
    pub fn unfinished_line(&mut self, line: &[u8], events: &mut Vec<Event>) {
        let text = strip_styles(line);
        let Some(name) = text.strip_prefix("test ").and_then(|text| text.strip_suffix(" ... ")) else { return };
        let name = plain_name(name);
        let is_new = self.open.as_ref().is_none_or(|open| open.name != name);
        if self.state == State::Running && is_new && self.can_finish(name) {
            self.close_test(events);
            self.open = Some(OpenTest { name: name.to_owned(), reported: true, last: Vec::new() });
            events.push(Event::Started(TestName::new(name)));
        }
    }

    /// Reads a line, with its line feed. Returns false if it does not belong to the report.
    pub fn line(&mut self, line: &[u8], events: &mut Vec<Event>) -> bool {
        let text = strip_styles(line);
        let text = text.trim_end_matches(['\n', '\r']);
        if text.is_empty() && !matches!(self.state, State::Failures(Some(_))) {
            self.blanks += 1;
            return true;
        }
        let blanks = self.blanks;
        if self.is_ours(text, line, blanks, events) {
            self.blanks = 0;
            return true;
        }
        // The blank lines were output of a test too.
        self.print_blanks(events);
        if self.state == State::Running && self.open.is_some() {
            self.hold(line, events);
            return true;
        }
        false
    }

    /// Passes on blank lines that were held back. Those of an open test come after its last line.
    pub fn print_blanks(&mut self, events: &mut Vec<Event>) {
        let blanks = std::mem::take(&mut self.blanks);
        if let Some(open) = self.open.as_mut().filter(|_| blanks > 0) {
            print(std::mem::take(&mut open.last), events);
        }
        print(vec![b'\n'; blanks], events);
    }

    /// The suite is over: the runner has gone on to something else.
    pub fn end(&mut self, events: &mut Vec<Event>) {
        if self.state == State::Outside {
            self.print_blanks(events);
        }
        self.close_test(events);
        self.close_output(events);
        *self = LibtestText::default();
    }

    fn is_ours(&mut self, text: &str, line: &[u8], blanks: usize, events: &mut Vec<Event>) -> bool {
        if let Some(planned) = planned(text).filter(|_| self.may_begin(blanks)) {
            let outer = (self.state == State::Running).then_some(self.planned);
            let before = (self.before.0 + self.planned, self.before.1);
            *self = LibtestText { state: State::Running, planned, outer, before, ..LibtestText::default() };
            events.push(Event::SuitePlanned(before.0 + planned));
            return true;
        }
        match &self.state {
            State::Outside => return text.starts_with("all doctests ran in "),
            State::Counted if text.starts_with("all doctests ran in ") => return true,
            _ => {}
        }
        if let Some(counts) = counts(text) {
            if self.state == State::Counted {
                // The counts before were a lie.
                self.before.1 = self.counted;
            }
            let is_outer = self.outer == Some(counts.finished());
            if self.planned == counts.finished() || is_outer {
                self.close_test(events);
                self.close_output(events);
                if is_outer && self.planned != counts.finished() {
                    self.before.0 -= counts.finished();
                    self.planned = counts.finished();
                }
                self.state = State::Counted;
                self.counted = self.before.1;
                self.before.1 += counts;
                events.push(Event::SuiteFinished(self.before.1));
                return true;
            }
        }
        if let Some(name) = text.strip_prefix("test ").and_then(|text| text.strip_suffix(" seconds")) {
            if let Some((name, _)) = name.split_once(" has been running for over ") {
                events.push(Event::Slow(TestName::new(plain_name(name))));
                return true;
            }
        }
        if self.is_result(text, line, events) {
            return true;
        }
        let is_complete = self.finished.len() as u64 + u64::from(self.open.is_some()) >= self.planned;
        match (&mut self.state, text) {
            (State::Running, "failures:") if is_complete => {
                self.close_test(events);
                self.state = State::Failures(None);
                true
            }
            (State::Running | State::Failures(_), "successes:") if is_complete => {
                self.close_test(events);
                self.close_output(events);
                self.state = State::Successes;
                true
            }
            (State::Successes, "failures:") => {
                self.state = State::Failures(None);
                true
            }
            (State::Failures(_), "failures:") => {
                self.close_output(events);
                true
            }
            (State::Failures(output), _) => {
                let name = text.strip_prefix("---- ").and_then(|text| text.strip_suffix(" ----"));
                let name = name.and_then(|name| name.strip_suffix(" stdout").or(name.strip_suffix(" stderr")));
                if let Some(name) = name.filter(|name| self.failed.remove(*name)) {
                    let name = name.to_owned();
                    self.close_output(events);
                    self.state = State::Failures(Some((name, String::new())));
                    return true;
                }
                match output {
                    Some((_, output)) => {
                        output.push_str(&String::from_utf8_lossy(line));
                        true
                    }
                    // The names of those that failed, once more.
                    None => text.starts_with("    "),
                }
            }
            _ => false,
        }
    }

    /// Whether a report may begin here. Inside of another one, an empty line has to
    /// come first.
    fn may_begin(&self, blanks: usize) -> bool {
        match self.state {
            State::Outside | State::Counted => true,
            // The line of a test that was killed is ended by what follows.
            State::Running => blanks > 0 || self.open.as_ref().is_some_and(|open| open.last.ends_with(b" ... \n")),
            State::Failures(_) | State::Successes => false,
        }
    }

    /// Reads `test NAME ... RESULT`, or the first part of it.
    fn is_result(&mut self, text: &str, line: &[u8], events: &mut Vec<Event>) -> bool {
        let Some(rest) = text.strip_prefix("test ").filter(|_| self.state != State::Outside) else { return false };
        let places = || rest.match_indices(" ... ").map(|(at, dots)| (&rest[..at], &rest[at + dots.len()..]));
        let known = self.open.as_ref().map(|open| open.name.clone());
        if let Some((name, outcome)) = places().find_map(|(name, result)| Some((plain_name(name), outcome(result)?))) {
            let is_open = known.as_deref() == Some(name);
            if is_open || self.can_finish(name) {
                // What came before was the result of the test before.
                if !is_open {
                    self.close_test(events);
                }
                self.open = None;
                self.finish(name, outcome, events);
                return true;
            }
            return false;
        }
        let Some(name) = places().next().map(|(name, _)| plain_name(name)) else { return false };
        let is_open = known.as_deref() == Some(name);
        if self.state != State::Running || !(is_open || self.can_finish(name)) {
            return false;
        }
        if !is_open {
            self.close_test(events);
            self.open = Some(OpenTest { name: name.to_owned(), reported: false, last: line.to_vec() });
        } else {
            self.hold(line, events);
        }
        true
    }

    fn can_finish(&self, name: &str) -> bool {
        !self.finished.contains(name) && (self.finished.len() as u64) < self.planned
    }

    fn finish(&mut self, name: &str, outcome: Outcome, events: &mut Vec<Event>) {
        self.finished.insert(name.to_owned());
        if outcome == Outcome::Failed {
            self.failed.insert(name.to_owned());
        }
        events.push(Event::Finished(Finished::new(TestName::new(name), outcome)));
    }

    /// Keeps a line that may end with the result of the open test. The line before was none, as another one follows.
    fn hold(&mut self, line: &[u8], events: &mut Vec<Event>) {
        if let Some(open) = &mut self.open {
            let before = std::mem::replace(&mut open.last, line.to_vec());
            print(before, events);
        }
    }

    /// The open test is over, because something else follows: the last line ends with its result, or it was no test.
    fn close_test(&mut self, events: &mut Vec<Event>) {
        let Some(open) = self.open.take() else { return };
        let text = strip_styles(&open.last);
        let text = text.trim_end_matches(['\n', '\r']);
        let result = ["ok", "FAILED", "ignored"].into_iter().find(|result| text.ends_with(result));
        let result = result.or_else(|| text.rfind("ignored, ").map(|at| &text[at..]));
        let Some((result, outcome)) = result.and_then(|result| Some((result, outcome(result)?))) else {
            if open.reported {
                events.push(Event::Withdrawn(TestName::new(open.name)));
            }
            return print(open.last, events);
        };
        let printed = &text[..text.len() - result.len()];
        if !printed.is_empty() {
            print(format!("{printed}\n").into_bytes(), events);
        }
        self.finish(&open.name, outcome, events);
    }

    fn close_output(&mut self, events: &mut Vec<Event>) {
        if let State::Failures(output) = &mut self.state {
            if let Some((name, output)) = output.take() {
                let output = output.trim_end_matches('\n').to_owned() + "\n";
                events.push(Event::FailureOutput(TestName::new(name), output));
            }
        }
    }
}

fn print(bytes: Vec<u8>, events: &mut Vec<Event>) {
    if !bytes.is_empty() {
        events.push(Event::Printed(bytes));
    }
}

/// The number in `running 3 tests`.
fn planned(text: &str) -> Option<u64> {
    let (number, tests) = text.strip_prefix("running ")?.split_once(' ')?;
    matches!(tests, "test" | "tests").then(|| number.parse().ok())?
}

/// A name without what libtest says about the kind of test.
fn plain_name(name: &str) -> &str {
    let kinds = [" - should panic", " - compile fail", " - compile"];
    kinds.into_iter().find_map(|kind| name.strip_suffix(kind)).unwrap_or(name)
}

fn outcome(result: &str) -> Option<Outcome> {
    // With `--report-time`, the time follows in angle brackets.
    let result = match result.split_once(" <") {
        Some((result, time)) if time.ends_with('>') => result,
        _ => result,
    };
    match result {
        "ok" => Some(Outcome::Passed),
        "FAILED" | "FAILED (time limit exceeded)" => Some(Outcome::Failed),
        "ignored" => Some(Outcome::Ignored),
        _ if result.starts_with("ignored, ") => Some(Outcome::Ignored),
        _ if result.starts_with("bench: ") => Some(Outcome::Passed),
        _ => None,
    }
}

/// The numbers in `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s`.
fn counts(text: &str) -> Option<Counts> {
    let (_, numbers) = text.strip_prefix("test result: ")?.split_once(". ")?;
    let mut counts = Counts::default();
    for part in numbers.split("; ") {
        let Some((number, what)) = part.split_once(' ') else { continue };
        let Ok(number) = number.parse() else { continue };
        match what {
            "passed" => counts.passed += number,
            "measured" => counts.passed += number,
            "failed" => counts.failed = number,
            "ignored" => counts.ignored = number,
            "filtered out" => counts.filtered = number,
            _ => {}
        }
    }
    Some(counts)
}
