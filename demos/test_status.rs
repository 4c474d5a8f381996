//! Runs `cargo test`, shows its progress in one bar, prints failures as they happen, and exits with
//! cargo's exit code.
//!
//! `cargo run --example test_status -- [ARGUMENTS OF cargo test]`

use std::error::Error;
use std::io::{self, BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};

use footlights::{Counter, Manager, Segment, bar_format, counter_format};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manager = Manager::new();
    // The number of tests is not known before they are built. If the build fails, no bar remains.
    let testing = bar_format!(
        "{desc} {percentage:3.0f}%|{bar}| {:#3cbe5a}{count_0}{:} passed, {:#d23c3c}{count_failed}{:} failed, \
         {:#e6c83c}{count_ignored}{:} ignored [{elapsed}] {message:<16.16}"
    );
    let bar = manager.counter().desc("Building").color("#3cbe5a").leave(false);
    let passed = bar.counter_format(counter_format!("{desc} {elapsed}{fill}")).bar_format(testing).add();
    // The newest segment is leftmost: failures stand at the left edge.
    let ignored = passed.segment("ignored").color("#e6c83c").add();
    let failed = passed.segment("failed").color("#d23c3c").add();
    let progress = Progress { passed, failed, ignored, verbatim: !manager.is_enabled() };

    // cargo's own messages go to stderr, and so appear above the bar. The report of the tests goes to
    // stdout, which is read here.
    let mut child = Command::new(cargo).arg("test").args(std::env::args_os().skip(1)).stdout(Stdio::piped()).spawn()?;
    if let Some(report) = child.stdout.take() {
        progress.follow(BufReader::new(report))?;
    }
    let status = child.wait()?;
    progress.passed.set_message("");
    drop(progress);
    manager.stop();
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The bar that shows the results.
struct Progress {
    passed: Counter,
    failed: Segment,
    ignored: Segment,
    /// True without a terminal. Then the report is printed unchanged.
    verbatim: bool,
}

/// A line of the report.
enum Line<'a> {
    /// A test binary is about to run `n` tests.
    Running(u64),
    /// A test has ended.
    Ended(&'a str, Outcome),
    /// The summary of a test binary, which the bar replaces.
    Summary,
    /// Anything else, such as the output of a failed test.
    Other,
}

enum Outcome {
    Passed,
    Failed,
    Ignored,
}

impl Progress {
    fn follow(&self, report: impl BufRead) -> io::Result<()> {
        for line in report.split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            match parse(&line) {
                _ if self.verbatim => println!("{line}"),
                Line::Running(0) => {}
                Line::Running(n) => self.expect(n),
                Line::Ended(name, outcome) => self.show(name, &outcome),
                Line::Other if !line.trim().is_empty() => println!("{line}"),
                Line::Summary | Line::Other => {}
            }
        }
        Ok(())
    }

    /// Adds `n` tests to the total.
    fn expect(&self, n: u64) {
        self.passed.set_desc("Tests");
        self.passed.set_leave(true);
        self.passed.inc_total(n);
    }

    fn show(&self, name: &str, outcome: &Outcome) {
        match outcome {
            Outcome::Passed => self.passed.inc(1),
            Outcome::Ignored => self.ignored.inc(1),
            Outcome::Failed => {
                self.failed.inc(1);
                println!("\x1b[1;31mFAILED\x1b[0m {name}");
            }
        }
        self.passed.set_message(name);
    }
}

fn parse(line: &str) -> Line<'_> {
    if let Some(running) = line.strip_prefix("running ") {
        return running.split(' ').next().and_then(|n| n.parse().ok()).map_or(Line::Other, Line::Running);
    }
    if line.starts_with("test result: ") {
        return Line::Summary;
    }
    let Some((name, result)) = line.strip_prefix("test ").and_then(|test| test.rsplit_once(" ... ")) else {
        return Line::Other;
    };
    match result.split([',', ' ']).next() {
        Some("ok") => Line::Ended(name, Outcome::Passed),
        Some("FAILED") => Line::Ended(name, Outcome::Failed),
        Some("ignored") => Line::Ended(name, Outcome::Ignored),
        _ => Line::Other,
    }
}
