//! What is printed above the bars: all that runner and tests print, each failure at once, and in the end a summary.

use std::io::{self, Write};
use std::time::Duration;

use crate::annotation;
use crate::decode::{Origin, strip_styles};
use crate::event::{Counts, Outcome};
use crate::rows::seconds;
use crate::run::{Phase, Run, TestResult};

/// Output that is longer than this is not printed a second time.
const LONG: usize = 64 << 10;

/// Where it is printed, and what is asked for.
#[derive(Debug)]
pub struct Report {
    /// All goes to stderr, because stdout is for a program.
    pub is_stdout_taken: bool,
    pub is_styled: bool,
    pub shows_passed: bool,
    pub slowest: usize,
    /// Failures are noted in the source, in the way of GitHub Actions.
    pub annotates: bool,
}

impl Report {
    /// Prints output of the runner and of tests, unaltered.
    pub fn pass_on(&self, origin: Origin, bytes: &[u8]) -> io::Result<()> {
        if origin == Origin::Stderr || self.is_stdout_taken {
            let mut stderr = io::stderr().lock();
            stderr.write_all(bytes)?;
            return stderr.flush();
        }
        let mut stdout = io::stdout().lock();
        stdout.write_all(bytes)?;
        stdout.flush()
    }

    /// Prints a test that has just ended, if it is worth it.
    pub fn result(&self, run: &Run, result: &TestResult) -> io::Result<()> {
        let is_shown = match result.outcome {
            Outcome::Failed | Outcome::Unfinished | Outcome::Flaky => true,
            Outcome::Passed | Outcome::Ignored => self.shows_passed,
        };
        if !is_shown {
            return Ok(());
        }
        self.print(&format!("{}\n{}", self.headline(run, result), block(&result.output)))
    }

    /// Prints what a test has printed that had failed some time before.
    pub fn late_output(&self, run: &Run, path: &str, output: &str) -> io::Result<()> {
        let result = run.results.iter().rev().find(|result| result.path == path);
        let name = result.map_or(path.to_owned(), |result| run.display_name(result.suite, path));
        self.print(&format!("{} {name}\n{}", self.styled("1", "output of"), block(output)))
    }

    /// Prints what ran when the user stopped the run.
    pub fn stopped(&self, run: &Run, now: Duration) -> io::Result<()> {
        let mut text = String::from("\n");
        for test in &run.running {
            let name = run.display_name(test.suite, &test.path);
            text +=
                &format!("{} {name} ({})\n", self.styled("1;33", "RUNNING"), seconds(now.saturating_sub(test.since)));
        }
        self.print(&text)
    }

    /// Prints the summary over all suites.
    pub fn summary(&self, run: &Run, runner: &str, time: Duration) -> io::Result<()> {
        if run.tests_began.is_none() {
            let text = if run.phase == Phase::NotBuilt { "the build has failed" } else { "no test has run" };
            return self.print(&format!("{} ({runner})\n", self.styled("1", text)));
        }
        let mut text = String::new();
        let of = |outcome: Outcome| run.results.iter().filter(move |result| result.outcome == outcome);
        let failed: Vec<_> = run
            .results
            .iter()
            .filter(|result| matches!(result.outcome, Outcome::Failed | Outcome::Unfinished))
            .collect();
        if !failed.is_empty() {
            text += &self.title("Failures");
            for result in &failed {
                text += &format!("{}\n", self.headline(run, result));
                text += &match result.output.len() {
                    0..=LONG => block(&result.output),
                    long => format!("({} kB of output stand above)\n\n", long / 1000),
                };
                if self.annotates {
                    let name = run.display_name(result.suite, &result.path);
                    text += &annotation::of(&name, &strip_styles(result.output.as_bytes()));
                }
            }
        }
        if of(Outcome::Flaky).next().is_some() {
            text += &self.title("Flaky");
            of(Outcome::Flaky).for_each(|result| text += &format!("{}\n", self.headline(run, result)));
        }
        let mut slowest: Vec<_> = run.results.iter().filter(|result| result.time.is_some()).collect();
        slowest.sort_by_key(|result| std::cmp::Reverse(result.time));
        slowest.truncate(self.slowest);
        // Among fast tests, the slowest says nothing.
        slowest.retain(|result| result.time >= Some(Duration::from_millis(500)));
        if !slowest.is_empty() {
            text += &self.title("Slowest");
            for result in slowest {
                let name = run.display_name(result.suite, &result.path);
                text += &format!("{:>8} {name}\n", seconds(result.time.unwrap_or_default()));
            }
        }
        for suite in &run.suites {
            if let Some(error) = suite.error.as_ref().filter(|_| run.interrupted.is_none()) {
                text += &format!("\n{} {}: {error}\n", self.styled("1;31", "DIED"), suite.name);
            }
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let text = text.replace("\n\n\n", "\n\n");
        self.print(&format!("{text}{}\n", self.numbers(run, runner, time)))
    }

    /// The last line: all numbers.
    fn numbers(&self, run: &Run, runner: &str, time: Duration) -> String {
        let Counts { passed, flaky, ignored, failed, unfinished, filtered } = run.counts();
        let not_run = run.total().saturating_sub(run.counts().finished());
        let parts = [
            (failed, "failed", "1;31"),
            (unfinished, "not finished", "1;31"),
            (flaky, "flaky", "35"),
            (ignored, "ignored", "33"),
            (passed, "passed", "32"),
            (not_run, "not run", "33"),
            (filtered, "filtered out", "2"),
        ];
        let parts = parts.into_iter().filter(|(count, name, _)| *count > 0 || *name == "passed");
        let parts: Vec<_> = parts.map(|(count, name, style)| self.styled(style, &format!("{count} {name}"))).collect();
        let verdict = match (run.interrupted, runner) {
            (Some(_), _) => self.styled("1;33", "Stopped"),
            (None, "") => self.styled("1;32", "Passed"),
            _ => self.styled("1;31", "Failed"),
        };
        let runner = if runner.is_empty() || failed > 0 { String::new() } else { format!(" ({runner})") };
        format!("{verdict}: {} in {}{runner}", parts.join(", "), seconds(time))
    }

    fn headline(&self, run: &Run, result: &TestResult) -> String {
        let (style, word) = match result.outcome {
            Outcome::Passed => ("32", "passed"),
            Outcome::Flaky => ("1;35", "FLAKY"),
            Outcome::Ignored => ("33", "ignored"),
            Outcome::Failed => ("1;31", "FAILED"),
            Outcome::Unfinished => ("1;31", "NOT FINISHED"),
        };
        let name = run.display_name(result.suite, &result.path);
        // Most tests take no time to speak of.
        let time = result.time.filter(|time| *time >= Duration::from_millis(100));
        let time = time.map_or(String::new(), |time| format!(" ({})", seconds(time)));
        let attempts = if result.attempts > 1 { format!(", {} attempts", result.attempts) } else { String::new() };
        format!("{} {name}{time}{attempts}", self.styled(style, word))
    }

    fn title(&self, title: &str) -> String {
        format!("\n{}\n", self.styled("1;4", title))
    }

    fn styled(&self, style: &str, text: &str) -> String {
        if self.is_styled { format!("\x1b[{style}m{text}\x1b[m") } else { text.to_owned() }
    }

    fn print(&self, text: &str) -> io::Result<()> {
        self.pass_on(Origin::Stdout, text.as_bytes())
    }
}

/// Output with an empty line behind it.
fn block(output: &str) -> String {
    match output.trim_end_matches('\n') {
        "" => String::new(),
        output => format!("{output}\n\n"),
    }
}
