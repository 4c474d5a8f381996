//! The file that libtest writes each result to (`--logfile`). No test can print into it, so it tells which of the
//! lines on stdout are results.

use std::collections::{HashSet, VecDeque};
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use crate::event::Outcome;

/// Reads the file while it grows.
#[derive(Debug)]
pub struct ResultLog {
    path: PathBuf,
    file: Option<File>,
    unread: Vec<u8>,
    results: VecDeque<(String, Outcome)>,
}

impl ResultLog {
    /// The file appears when the binary starts.
    pub fn new(path: PathBuf) -> ResultLog {
        ResultLog { path, file: None, unread: Vec::new(), results: VecDeque::new() }
    }

    /// Removes the first result that has not been taken yet. `running` are the tests that have started.
    pub fn take_next(&mut self, running: &HashSet<String>) -> Option<(String, Outcome)> {
        self.read(running);
        self.results.pop_front()
    }

    /// Removes the results up to that of the test `name`; none, if it is not in the file.
    pub fn take_until(&mut self, name: &str, running: &HashSet<String>) -> Vec<(String, Outcome)> {
        if !self.contains(name) {
            self.read(running);
        }
        match self.results.iter().position(|(other, _)| other == name) {
            Some(at) => self.results.drain(..=at).collect(),
            None => Vec::new(),
        }
    }

    fn contains(&self, name: &str) -> bool {
        self.results.iter().any(|(other, _)| other == name)
    }

    fn read(&mut self, running: &HashSet<String>) {
        if self.file.is_none() {
            self.file = File::open(&self.path).ok();
        }
        let Some(file) = &mut self.file else { return };
        // What cannot be read is missing, and the results on stdout are then not believed.
        let _ = file.read_to_end(&mut self.unread);
        // An entry is a result and a name. A message between them can have several lines.
        let mut start = 0;
        let mut end = 0;
        while let Some(at) = self.unread[end..].iter().position(|byte| *byte == b'\n') {
            end += at + 1;
            let entry = String::from_utf8_lossy(&self.unread[start..end - 1]);
            if let Some(result) = parse(&entry, running) {
                self.results.push_back(result);
                start = end;
            }
        }
        self.unread.drain(..start);
    }
}

fn parse(entry: &str, running: &HashSet<String>) -> Option<(String, Outcome)> {
    // With `--report-time`, the time comes last.
    let entry = entry.trim_end();
    let entry = entry.rsplit_once(" <").filter(|(_, time)| time.ends_with('>')).map_or(entry, |(entry, _)| entry);
    if let Some(name) = entry.strip_prefix("ok ") {
        return Some((name.to_owned(), Outcome::Passed));
    }
    let outcome = match entry {
        _ if entry.starts_with("ignored") => Outcome::Ignored,
        _ if entry.starts_with("failed") => Outcome::Failed,
        // The samples of a benchmark.
        _ => Outcome::Passed,
    };
    let known = running.iter().filter(|name| entry.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with(' ')));
    let known = known.max_by_key(|name| name.len()).cloned();
    let name = known.or_else(|| {
        let simple = ["failed ", "ignored "].into_iter().find_map(|result| entry.strip_prefix(result));
        simple.map(str::to_owned)
    })?;
    Some((name, outcome))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_several_lines_and_names_that_end_alike() {
        let running = ["a::b".to_owned(), "x a::b".to_owned(), "c".to_owned()].into();
        assert_eq!(parse("failed: expected\n  something", &running), None);
        assert_eq!(parse("failed: expected\n  something c", &running), Some(("c".to_owned(), Outcome::Failed)));
        assert_eq!(parse("ignored: a reason a::b", &running), Some(("a::b".to_owned(), Outcome::Ignored)));
        assert_eq!(parse("failed x a::b", &running), Some(("x a::b".to_owned(), Outcome::Failed)));
        assert_eq!(parse("bench:  1 ns/iter (+/- 0) c", &running), Some(("c".to_owned(), Outcome::Passed)));
        assert_eq!(parse("failed not_known", &running), Some(("not_known".to_owned(), Outcome::Failed)));
    }
}
