//! The file that libtest writes each result to (`--logfile`). No test can print into it, so it tells which of the
//! lines on stdout are results.

use std::collections::{HashSet, VecDeque};
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use crate::event::Outcome;

/// Reads the file while it grows. It is ahead of what has been read on stdout.
#[derive(Debug)]
pub struct ResultLog {
    path: PathBuf,
    file: Option<File>,
    unread: Vec<u8>,
    /// Lines whose tests have no result yet. An entry is a result and a name; a message between them can have
    /// several lines.
    lines: VecDeque<String>,
}

impl ResultLog {
    /// The file appears when the binary starts.
    pub fn new(path: PathBuf) -> ResultLog {
        ResultLog { path, file: None, unread: Vec::new(), lines: VecDeque::new() }
    }

    /// Whether there is a result of the test.
    pub fn has(&mut self, name: &str) -> bool {
        self.find(name, None).is_some()
    }

    /// Removes the result of the test. Returns false if it has none, or another one.
    pub fn take(&mut self, name: &str, outcome: Outcome) -> bool {
        let Some(end) = self.find(name, Some(outcome)) else { return false };
        let mut start = end;
        while start > 0 && outcome_of(&self.lines[start]).is_none() && outcome_of(&self.lines[start - 1]).is_none() {
            start -= 1;
        }
        // The first line of a message that has several.
        if start > 0 && outcome_of(&self.lines[start]).is_none() {
            start -= 1;
        }
        self.lines.drain(start..=end);
        true
    }

    /// Removes all results of these tests.
    pub fn take_all(&mut self, running: &HashSet<String>) -> Vec<(String, Outcome)> {
        self.read();
        let mut results = Vec::new();
        let mut outcome = None;
        self.lines.retain(|line| {
            outcome = outcome_of(line).or(outcome);
            let named = running.iter().filter(|name| is_of(line, name)).max_by_key(|name| name.len());
            results.extend(named.map(|name| (name.clone(), outcome.unwrap_or(Outcome::Passed))));
            named.is_none()
        });
        results
    }

    /// The line with the name of the test, in an entry with that outcome.
    fn find(&mut self, name: &str, outcome: Option<Outcome>) -> Option<usize> {
        let lines = |lines: &VecDeque<String>| {
            let mut current = None;
            lines.iter().position(|line| {
                current = outcome_of(line).or(current);
                // The line of a benchmark begins with a number.
                is_of(line, name) && outcome.is_none_or(|outcome| current.unwrap_or(Outcome::Passed) == outcome)
            })
        };
        lines(&self.lines).or_else(|| {
            self.read();
            lines(&self.lines)
        })
    }

    fn read(&mut self) {
        if self.file.is_none() {
            self.file = File::open(&self.path).ok();
        }
        let Some(file) = &mut self.file else { return };
        // What cannot be read is missing, and the results on stdout are then not believed.
        let _ = file.read_to_end(&mut self.unread);
        let Some(end) = memchr::memrchr(b'\n', &self.unread) else { return };
        let whole = self.unread.drain(..=end).collect::<Vec<u8>>();
        self.lines.extend(String::from_utf8_lossy(&whole).lines().map(str::to_owned));
    }
}

/// The result that a line begins with; none, in the middle of a message.
fn outcome_of(line: &str) -> Option<Outcome> {
    match line.split([' ', ':']).next() {
        Some("ok" | "bench") => Some(Outcome::Passed),
        Some("failed") => Some(Outcome::Failed),
        Some("ignored") => Some(Outcome::Ignored),
        _ => None,
    }
}

/// Whether a line ends with the name.
fn is_of(line: &str, name: &str) -> bool {
    // With `--report-time`, the time comes last.
    let line = line.rsplit_once(" <").filter(|(_, time)| time.ends_with('>')).map_or(line, |(line, _)| line);
    line.strip_suffix(name).is_some_and(|rest| rest.ends_with(' '))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn log(name: &str, text: &str) -> ResultLog {
        let path = std::env::temp_dir().join(format!("test_status-log-{name}-{}", std::process::id()));
        fs::write(&path, text).expect("a file");
        let mut log = ResultLog::new(path.clone());
        log.read();
        fs::remove_file(path).expect("the file");
        log
    }

    #[test]
    fn results_are_taken_in_any_order_and_only_once() {
        let text =
            "ok a\nfailed: expected\n  one of ok a\n  something b\nignored: a reason c::d\nfailed x c::d\nok e\n";
        let mut log = log("any", text);
        assert!(log.has("c::d") && !log.has("d"));
        assert!(!log.take("b", Outcome::Passed));
        assert!(log.take("c::d", Outcome::Ignored));
        assert!(log.take("b", Outcome::Failed));
        assert!(log.take("a", Outcome::Passed));
        assert!(!log.take("a", Outcome::Passed));
        assert!(log.take("x c::d", Outcome::Failed));
        assert_eq!(log.lines, ["ok e"]);
    }

    #[test]
    fn what_is_left_is_taken_at_the_end() {
        let mut log = log("left", "failed: expected\n  something b\nok a <0.001s>\nok not_started\n");
        let running = ["a".to_owned(), "b".to_owned(), "c".to_owned()].into();
        assert_eq!(log.take_all(&running), [("b".to_owned(), Outcome::Failed), ("a".to_owned(), Outcome::Passed)]);
    }
}
