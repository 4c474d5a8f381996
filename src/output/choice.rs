//! Which output shows the bars, and where: decided once, when a manager is built.
//!
//! What the program has set in the builder comes first, then what the user has set in
//! `FOOTLIGHTS_OUTPUT`, then what the conventions of the environment and the streams suggest. The
//! rows of the test below are the whole table.

use std::fmt;
use std::fs::File;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use super::lines::Destination;
use crate::error::Error;
use crate::sys::{Stream, StreamKind};

/// The variable with which users choose the output.
const VARIABLE: &str = "FOOTLIGHTS_OUTPUT";

/// Which output shows the bars.
///
/// Users choose one with the environment variable `FOOTLIGHTS_OUTPUT`, if the program leaves the
/// choice to [`Auto`](Output::Auto): `terminal`, `plain`, `json` or `none`. A destination can follow:
/// `json:stdout`, `plain:build.log`, `json:/dev/fd/3`. A value that cannot be read counts as not set.
///
/// `Output` can be read from a text, for an option of the program's own:
///
/// ```
/// use footlights::Output;
///
/// assert_eq!("plain".parse::<Output>()?, Output::Plain);
/// let error = "plan".parse::<Output>().unwrap_err();
/// assert_eq!(error.to_string(), "there is no output `plan`: use auto, terminal, plain, json or none");
/// # Ok::<(), footlights::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Output {
    /// What suits the environment. The first row that applies decides:
    ///
    /// | situation | output |
    /// |---|---|
    /// | `FOOTLIGHTS_OUTPUT` is set | as it says |
    /// | stderr is intercepted by a manager of a parent process | none |
    /// | `CI` is set (but not to `false` or `0`), or the variable of a known CI service | plain, to stderr |
    /// | `ACCESSIBLE` is set (but not to `false` or `0`), and stderr or stdout is a terminal | plain, in words |
    /// | stderr is a terminal: `program`, `program > file`, `program \| filter` | terminal, on stderr |
    /// | stdout is a terminal: `program 2> file` | terminal, on stdout |
    /// | `TERM` is `dumb` or not set, or the terminal has no size (0 × 0) | plain, to stderr |
    /// | stderr is a file, a pipe or a socket: `program > file 2>&1` | plain, to stderr |
    /// | stderr is `/dev/null` or closed | none |
    ///
    /// The rows for terminals need one that understands escape sequences (`TERM`) and has a size:
    /// one without is not watched by anybody. If the program has chosen
    /// [stdout](crate::ManagerBuilder::stream), only stdout is looked at, and nothing is written
    /// there if it is not a terminal: what goes there is the program's result.
    #[default]
    Auto,
    /// Bars on the last rows of the terminal. If neither stderr nor stdout is a terminal, nothing.
    Terminal,
    /// Lines of text, now and then: a log. The output of the program is not intercepted.
    Plain,
    /// Lines of JSON, for another program: see [`json`](crate::json).
    Json,
    /// Nothing. Bars count silently.
    None,
}

impl Output {
    const NAMED: [(&'static str, Output); 5] = [
        ("auto", Output::Auto),
        ("terminal", Output::Terminal),
        ("plain", Output::Plain),
        ("json", Output::Json),
        ("none", Output::None),
    ];
}

impl FromStr for Output {
    type Err = Error;

    fn from_str(text: &str) -> Result<Output, Error> {
        let named = Output::NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        named.map(|(_, output)| *output).ok_or_else(|| Error::output(text))
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Output::NAMED.iter().find(|(_, output)| output == self).map_or("", |(name, _)| name))
    }
}

/// What the program asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) output: Output,
    /// The stream to use; none: whichever suits.
    pub(crate) stream: Option<Stream>,
    /// A file that lines are written to, instead of a stream.
    pub(crate) file: Option<Arc<File>>,
    /// Whether people cannot see a picture; none: as the environment says.
    pub(crate) accessible: Option<bool>,
}

/// What the choice depends on, beside the request.
pub(crate) struct Situation<'a> {
    pub(crate) stdout: StreamKind,
    pub(crate) stderr: StreamKind,
    /// Reads a variable of the environment. A value that is empty counts as not set.
    pub(crate) variable: &'a dyn Fn(&str) -> Option<String>,
}

/// The output that shows the bars, and where.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Choice {
    /// On the terminal behind the first of these streams that is one.
    Terminal(&'static [Stream]),
    /// As lines of text.
    Plain(Destination, Wording),
    /// As lines of JSON.
    Json(Destination),
    /// Nowhere.
    None,
}

/// How plain lines are worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wording {
    /// In figures: `45% (9/20) 00:12<00:15`.
    Figures,
    /// In words that can be read aloud: `45 percent, 9 of 20, 12 seconds, 15 seconds left`.
    Words,
}

/// Chooses the output.
pub(crate) fn choose(request: &Request, situation: &Situation<'_>) -> Choice {
    let variable = situation.variable;
    let (output, to) = match request.output {
        Output::Auto => variable(VARIABLE).and_then(|value| parse(&value)).unwrap_or((Output::Auto, None)),
        output => (output, None),
    };
    let stream = request.stream.or(match to {
        Some(Destination::Stream(stream)) => Some(stream),
        _ => None,
    });
    let file = request.file.clone().map(Destination::File);
    let destination = file.or(to).unwrap_or(Destination::Stream(stream.unwrap_or(Stream::Stderr)));
    let accessible = request.accessible.unwrap_or_else(|| is_on(variable("ACCESSIBLE")));
    let terminals = [situation.stderr, situation.stdout].map(|kind| kind == StreamKind::Terminal);
    let destination = match (destination, request.stream) {
        // The program knows better than the user what its streams are for.
        (Destination::Stream(_), Some(stream)) => Destination::Stream(stream),
        // Lines that stand for a picture go where the picture would be.
        (Destination::Stream(_), None) if accessible && stream.is_none() && terminals == [false, true] => {
            Destination::Stream(Stream::Stdout)
        }
        (destination, _) => destination,
    };
    let wording = if accessible { Wording::Words } else { Wording::Figures };
    match output {
        Output::Auto => by_convention(stream, accessible, situation).unwrap_or(Choice::Plain(destination, wording)),
        Output::Terminal if accessible => Choice::Plain(destination, wording),
        Output::Terminal => Choice::Terminal(streams(stream)),
        Output::Plain => Choice::Plain(destination, wording),
        Output::Json => Choice::Json(destination),
        Output::None => Choice::None,
    }
}

/// What the environment and the streams suggest; none: plain lines.
fn by_convention(stream: Option<Stream>, accessible: bool, situation: &Situation<'_>) -> Option<Choice> {
    let kind = |stream: &Stream| match stream {
        Stream::Stdout => situation.stdout,
        Stream::Stderr => situation.stderr,
    };
    let streams = streams(stream);
    let is = |wanted: StreamKind| streams.iter().any(|stream| kind(stream) == wanted);
    // A manager in this process shares its terminal, one in another process does not: the terminal
    // decides.
    if is(StreamKind::Intercepted) && !accessible {
        return Some(Choice::Terminal(streams));
    }
    let sink = kind(&stream.unwrap_or(Stream::Stderr));
    let is_result = stream == Some(Stream::Stdout) && sink == StreamKind::Log;
    let keeps = if sink == StreamKind::Nothing || is_result { Some(Choice::None) } else { None };
    if is_ci(situation.variable) {
        return keeps;
    }
    let understands = (situation.variable)("TERM").is_some_and(|term| term != "dumb");
    if is(StreamKind::Terminal) && accessible {
        return None;
    }
    if is(StreamKind::Terminal) && understands {
        return Some(Choice::Terminal(streams));
    }
    keeps
}

fn streams(stream: Option<Stream>) -> &'static [Stream] {
    match stream {
        None => &[Stream::Stderr, Stream::Stdout],
        Some(Stream::Stderr) => &[Stream::Stderr],
        Some(Stream::Stdout) => &[Stream::Stdout],
    }
}

/// Reads the value of the variable: an output and perhaps, after a colon, a destination.
fn parse(value: &str) -> Option<(Output, Option<Destination>)> {
    let (name, to) = value.split_once(':').map_or((value, None), |(name, to)| (name, Some(to)));
    let to = to.filter(|to| !to.is_empty()).map(|to| match to {
        "stdout" => Destination::Stream(Stream::Stdout),
        "stderr" => Destination::Stream(Stream::Stderr),
        path => Destination::Path(PathBuf::from(path)),
    });
    Some((name.parse().ok()?, to))
}

/// Whether a service runs this that keeps a log. Most of them set `CI`; these do not:
/// [Azure Pipelines](https://learn.microsoft.com/azure/devops/pipelines/build/variables),
/// [TeamCity](https://www.jetbrains.com/help/teamcity/predefined-build-parameters.html) and
/// [Jenkins](https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables).
fn is_ci(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    match variable("CI") {
        Some(value) => is_on(Some(value)),
        None => ["TF_BUILD", "TEAMCITY_VERSION", "JENKINS_URL"].iter().any(|name| variable(name).is_some()),
    }
}

/// Whether a variable is set to anything but a word for no.
pub(crate) fn is_on(value: Option<String>) -> bool {
    value.is_some_and(|value| !matches!(value.to_ascii_lowercase().as_str(), "" | "0" | "false" | "no" | "off"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use StreamKind::{Intercepted, Log, Nothing, SizelessTerminal, Terminal};

    /// The choice, as a word or two.
    fn chosen(request: &Request, stdout: StreamKind, stderr: StreamKind, environment: &str) -> String {
        let variable = |name: &str| {
            let set = environment.split(' ').filter_map(|entry| entry.split_once('='));
            set.filter(|(_, value)| !value.is_empty()).find(|(other, _)| *other == name).map(|(_, v)| v.to_owned())
        };
        let to = |destination: &Destination| match destination {
            Destination::Stream(stream) => stream.to_string(),
            Destination::File(_) => "the file".to_owned(),
            Destination::Path(path) => path.display().to_string(),
        };
        // The terminal takes the first of its streams that is one.
        let is_terminal = |stream: &&Stream| match stream {
            Stream::Stdout => matches!(stdout, Terminal | SizelessTerminal | Intercepted),
            Stream::Stderr => matches!(stderr, Terminal | SizelessTerminal | Intercepted),
        };
        match choose(request, &Situation { stdout, stderr, variable: &variable }) {
            Choice::Terminal(streams) => {
                let first = streams.iter().find(is_terminal);
                format!("terminal {}", first.map_or("nowhere".to_owned(), Stream::to_string))
            }
            Choice::Plain(destination, Wording::Figures) => format!("plain {}", to(&destination)),
            Choice::Plain(destination, Wording::Words) => format!("words {}", to(&destination)),
            Choice::Json(destination) => format!("json {}", to(&destination)),
            Choice::None => "none".to_owned(),
        }
    }

    #[test]
    fn the_table() {
        for (stdout, stderr, environment, wanted) in [
            // program
            (Terminal, Terminal, "TERM=xterm", "terminal stderr"),
            // program > file, program | filter
            (Log, Terminal, "TERM=xterm", "terminal stderr"),
            // program 2> file
            (Terminal, Log, "TERM=xterm", "terminal stdout"),
            (Terminal, Nothing, "TERM=xterm", "terminal stdout"),
            // program > file 2>&1, program 2>&1 | filter, a service with a journal
            (Log, Log, "TERM=xterm", "plain stderr"),
            (Log, Log, "", "plain stderr"),
            // program > /dev/null 2>&1
            (Nothing, Nothing, "TERM=xterm", "none"),
            (Log, Nothing, "TERM=xterm", "none"),
            (Nothing, Nothing, "CI=true", "none"),
            // Terminals that show no bars, or that nobody watches.
            (Terminal, Terminal, "TERM=dumb", "plain stderr"),
            (Terminal, Terminal, "TERM=", "plain stderr"),
            (Terminal, Terminal, "", "plain stderr"),
            (SizelessTerminal, SizelessTerminal, "TERM=xterm", "plain stderr"),
            (Log, SizelessTerminal, "TERM=xterm", "plain stderr"),
            (SizelessTerminal, Log, "TERM=xterm", "plain stderr"),
            // Services that keep a log, with and without a pty.
            (Terminal, Terminal, "TERM=xterm CI=true", "plain stderr"),
            (Log, Log, "CI=true", "plain stderr"),
            (Terminal, Terminal, "TERM=xterm CI=woodpecker", "plain stderr"),
            (Terminal, Terminal, "TERM=xterm CI=false", "terminal stderr"),
            (Terminal, Terminal, "TERM=xterm CI=0", "terminal stderr"),
            (Terminal, Terminal, "TERM=xterm CI=", "terminal stderr"),
            (Terminal, Terminal, "TERM=xterm TF_BUILD=True", "plain stderr"),
            (Terminal, Terminal, "TERM=xterm TEAMCITY_VERSION=2026.1", "plain stderr"),
            // These are about colors and characters, not about the output.
            (Terminal, Terminal, "TERM=xterm LANG=C", "terminal stderr"),
            (Terminal, Terminal, "TERM=xterm NO_COLOR=1", "terminal stderr"),
            (Terminal, Terminal, "TERM=xterm CLICOLOR=0", "terminal stderr"),
            (Log, Log, "TERM=xterm CLICOLOR_FORCE=1", "plain stderr"),
            (Log, Log, "TERM=xterm FORCE_COLOR=3", "plain stderr"),
            (Log, Log, "COLORTERM=truecolor", "plain stderr"),
            (Terminal, Terminal, "TERM=xterm REDUCED_MOTION=1", "terminal stderr"),
            // People who listen.
            (Terminal, Terminal, "TERM=xterm ACCESSIBLE=1", "words stderr"),
            (Log, Terminal, "TERM=xterm ACCESSIBLE=1", "words stderr"),
            (Terminal, Log, "TERM=xterm ACCESSIBLE=1", "words stdout"),
            (Terminal, Terminal, "TERM=xterm ACCESSIBLE=0", "terminal stderr"),
            (Log, Log, "ACCESSIBLE=1", "words stderr"),
            // A child of a program with bars.
            (Intercepted, Intercepted, "TERM=xterm", "terminal stderr"),
            (Log, Intercepted, "TERM=xterm CI=true", "terminal stderr"),
            // The user's own word.
            (Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=plain", "plain stderr"),
            (Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=none", "none"),
            (Terminal, Terminal, "TERM=dumb CI=true FOOTLIGHTS_OUTPUT=terminal", "terminal stderr"),
            (Log, Log, "TERM=xterm FOOTLIGHTS_OUTPUT=terminal", "terminal nowhere"),
            (SizelessTerminal, Log, "TERM=xterm FOOTLIGHTS_OUTPUT=terminal", "terminal stdout"),
            (Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=JSON", "json stderr"),
            (Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=json:stdout", "json stdout"),
            (Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=json:/dev/fd/3", "json /dev/fd/3"),
            (Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=plain:build.log", "plain build.log"),
            (Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=terminal:stdout", "terminal stdout"),
            (Terminal, Terminal, "TERM=xterm ACCESSIBLE=1 FOOTLIGHTS_OUTPUT=plain", "words stderr"),
            (Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=auto", "terminal stderr"),
            (Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=loud", "terminal stderr"),
        ] {
            let seen = chosen(&Request::default(), stdout, stderr, environment);
            assert_eq!(seen, wanted, "stdout {stdout:?}, stderr {stderr:?}, {environment}");
        }
    }

    #[test]
    fn what_the_program_sets_comes_first() {
        use Output::{Auto, Json, None as Nowhere, Plain};
        let asked = |output, stream| Request { output, stream, ..Request::default() };
        let (out, err) = (Some(Stream::Stdout), Some(Stream::Stderr));
        for (request, stdout, stderr, environment, wanted) in [
            (asked(Plain, None), Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=json", "plain stderr"),
            (asked(Nowhere, None), Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=json", "none"),
            (asked(Output::Terminal, None), Terminal, Terminal, "TERM=dumb CI=1", "terminal stderr"),
            (asked(Json, out), Log, Terminal, "", "json stdout"),
            (asked(Auto, out), Log, Terminal, "TERM=xterm", "none"),
            (asked(Auto, out), Log, Log, "CI=true", "none"),
            (asked(Auto, out), Terminal, Log, "TERM=xterm", "terminal stdout"),
            (asked(Auto, out), Terminal, Log, "TERM=xterm CI=true", "plain stdout"),
            (asked(Auto, err), Terminal, Log, "TERM=xterm", "plain stderr"),
            (asked(Auto, err), Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=json:stdout", "json stderr"),
            (asked(Auto, err), Terminal, Terminal, "TERM=xterm FOOTLIGHTS_OUTPUT=json:a.log", "json a.log"),
        ] {
            let seen = chosen(&request, stdout, stderr, environment);
            assert_eq!(seen, wanted, "{request:?} stdout {stdout:?}, stderr {stderr:?}, {environment}");
        }
        let accessible = Request { accessible: Some(true), ..Request::default() };
        assert_eq!(chosen(&accessible, Terminal, Terminal, "TERM=xterm ACCESSIBLE=0"), "words stderr");
        let seeing = Request { accessible: Some(false), ..Request::default() };
        assert_eq!(chosen(&seeing, Terminal, Terminal, "TERM=xterm ACCESSIBLE=1"), "terminal stderr");
    }

    #[test]
    fn names() {
        for (name, output) in Output::NAMED {
            assert_eq!((name.parse::<Output>().unwrap(), output.to_string().as_str()), (output, name));
        }
    }
}
