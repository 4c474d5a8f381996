//! The command line.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

pub const HELP: &str = "\
Runs the tests of a Rust project and shows how they are doing.

Usage: test_status [OPTIONS] [ARGUMENTS OF cargo test]
       test_status [OPTIONS] nextest run [ARGUMENTS OF cargo nextest run]
       cargo test 2>&1 | test_status [OPTIONS] -

Options:
  --rerun-failed    Run only the tests that failed last time
  --show-passed     Print a line for each test that passes
  --slowest N       How many of the slowest tests the summary lists (default: 3)
  --rows N          How many running tests are shown at once (default: 8)
  --junit FILE      Write a report in the format of JUnit
  --json            Write the progress as lines of JSON to stdout, and all else to stderr
  --text            Read the text of the tests, and do not ask them for JSON
  --tty             Give the tests the terminal itself, for instance for a debugger
  -h, --help        Print this

All other arguments go to the runner. Its exit code is that of test_status.
";

/// What the command line asks for.
#[derive(Debug, Default, PartialEq)]
pub struct Args {
    pub source: Source,
    pub rerun_failed: bool,
    pub show_passed: bool,
    pub slowest: usize,
    pub rows: usize,
    pub junit: Option<PathBuf>,
    pub json: bool,
    pub help: bool,
    pub protocol: Protocol,
    /// The arguments of the runner.
    pub rest: Vec<OsString>,
}

/// Where the results come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// `cargo test`, which we start.
    #[default]
    Cargo,
    /// `cargo nextest run`, which we start.
    Nextest,
    /// Text of a runner that another program has started, behind a pipe.
    Stdin,
}

/// How test binaries say what they do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protocol {
    /// In JSON. It tells when a test starts.
    #[default]
    Json,
    /// In text, as without this program.
    Text,
    /// In a file, while the tests own the terminal.
    File,
}

/// Reads the command line. Options of ours end at `--`.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Args, String> {
    let mut parsed = Args { slowest: 3, rows: 8, ..Args::default() };
    let mut args = args.into_iter().peekable();
    while let Some(arg) = args.next() {
        let text = arg.to_str().unwrap_or_default();
        let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
        let mut value_of = || match value {
            Some(value) => Ok(OsString::from(value)),
            None => args.next().ok_or_else(|| format!("{name} needs a value")),
        };
        match name {
            "--rerun-failed" => parsed.rerun_failed = true,
            "--show-passed" => parsed.show_passed = true,
            "--slowest" => parsed.slowest = number(name, &value_of()?)?,
            "--rows" => parsed.rows = number(name, &value_of()?)?,
            "--junit" => parsed.junit = Some(value_of()?.into()),
            "--json" if value.is_none() => parsed.json = true,
            "--text" if value.is_none() => parsed.protocol = Protocol::Text,
            "--tty" if value.is_none() => parsed.protocol = Protocol::File,
            "-h" | "--help" => parsed.help = true,
            "-" if parsed.rest.is_empty() => parsed.source = Source::Stdin,
            "nextest" if parsed.rest.is_empty() && args.peek().is_some_and(|next| next == "run") => {
                args.next();
                parsed.source = Source::Nextest;
            }
            "--" => {
                parsed.rest.push(arg);
                parsed.rest.extend(args);
                break;
            }
            _ => parsed.rest.push(arg),
        }
    }
    if parsed.source == Source::Stdin && !parsed.rest.is_empty() {
        return Err("`-` reads results, so there is no runner that takes arguments".to_owned());
    }
    if parsed.source == Source::Stdin && parsed.rerun_failed {
        return Err("--rerun-failed needs a runner to start, and `-` has none".to_owned());
    }
    Ok(parsed)
}

fn number(name: &str, value: &OsStr) -> Result<usize, String> {
    value.to_str().and_then(|value| value.parse().ok()).ok_or_else(|| format!("{name} needs a number, not {value:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Args, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    fn rest(line: &str) -> String {
        let args = parsed(line).expect("a command line");
        args.rest.join(OsStr::new(" ")).into_string().expect("text")
    }

    #[test]
    fn what_is_not_ours_goes_to_the_runner() {
        assert_eq!(
            rest("--lib -p a name --junit x.xml -- --nocapture --json"),
            "--lib -p a name -- --nocapture --json"
        );
        assert_eq!(rest("--message-format=short --slowest=5"), "--message-format=short");
    }

    #[test]
    fn the_runner_is_chosen_by_the_first_words() {
        assert_eq!(parsed("--json nextest run -P ci").map(|args| args.source), Ok(Source::Nextest));
        assert_eq!(rest("nextest run -P ci"), "-P ci");
        // A filter that happens to have that name.
        assert_eq!(parsed("nextest").map(|args| args.source), Ok(Source::Cargo));
        assert_eq!(parsed("-").map(|args| args.source), Ok(Source::Stdin));
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(parsed("--slowest").unwrap_err(), "--slowest needs a value");
        assert_eq!(parsed("--rows many").unwrap_err(), "--rows needs a number, not \"many\"");
        assert!(parsed("- --lib").is_err());
    }
}
