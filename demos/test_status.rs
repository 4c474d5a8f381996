//! Runs `cargo test`, shows how it goes in one bar, prints failures as they happen, and ends with
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
    // How many tests there are is not known before they are built; if they cannot be, no bar stays
    // behind.
    let testing = bar_format!(
        "{desc} {percentage:3.0f}%|{bar}| {:#3cbe5a}{count_0}{:} passed, {:#d23c3c}{count_2}{:} failed, \
         {:#e6c83c}{count_1}{:} ignored [{elapsed}] {message:<16.16}"
    );
    let bar = manager.counter().desc("Building").color("#3cbe5a").leave(false);
    let passed = bar.counter_format(counter_format!("{desc} {elapsed}{fill}")).bar_format(testing).add();
    // Added last, drawn first: failures stand at the left edge.
    let ignored = passed.segment("ignored").color("#e6c83c").add();
    let failed = passed.segment("failed").color("#d23c3c").add();
    let board = Board { passed, failed, ignored, verbatim: !manager.is_enabled() };

    // What cargo says of itself goes to stderr, and so above the bar; the tests' own report is read
    // here.
    let mut child = Command::new(cargo).arg("test").args(std::env::args_os().skip(1)).stdout(Stdio::piped()).spawn()?;
    if let Some(report) = child.stdout.take() {
        board.follow(BufReader::new(report))?;
    }
    let status = child.wait()?;
    board.passed.set_message("");
    drop(board);
    manager.stop();
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Where results are shown.
struct Board {
    passed: Counter,
    failed: Segment,
    ignored: Segment,
    /// There is no terminal to show a bar on: the report is passed on as it is.
    verbatim: bool,
}

/// A line of the report, as far as it concerns us.
enum Line<'a> {
    /// A test binary is about to run `n` tests.
    Running(u64),
    /// A test has ended.
    Ended(&'a str, Outcome),
    /// The binary is through; how it went is in the bar.
    Result,
    /// Anything else: what a failing test printed, for one.
    Other,
}

enum Outcome {
    Passed,
    Failed,
    Ignored,
}

impl Board {
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
                Line::Result | Line::Other => {}
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
        return Line::Result;
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
