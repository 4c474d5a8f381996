//! The outputs by name, for the builder, the environment and options of programs.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

/// Which output shows the bars.
///
/// Users choose one with the environment variable `FOOTLIGHTS_OUTPUT`, if the program leaves the
/// choice to [`Auto`](Output::Auto): `terminal`, `plain`, `json` or `none`. A destination can follow:
/// `json:stdout`, `plain:build.log`, `json:/dev/fd/3`. A value that cannot be read counts as not set.
///
/// `Output` can be read from a text, for an option of the program's own. `always` and `never`, the words of other
/// programs, are `terminal` and `none`:
///
/// ```
/// use footlights::Output;
///
/// assert_eq!("plain".parse::<Output>()?, Output::Plain);
/// assert_eq!("never".parse::<Output>()?, Output::None);
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

    /// Words of other programs for the same.
    const ALIASES: [(&'static str, Output); 2] = [("always", Output::Terminal), ("never", Output::None)];
}

impl FromStr for Output {
    type Err = Error;

    fn from_str(text: &str) -> Result<Output, Error> {
        let mut known = Output::NAMED.iter().chain(&Output::ALIASES);
        let named = known.find(|(name, _)| name.eq_ignore_ascii_case(text));
        named.map(|(_, output)| *output).ok_or_else(|| Error::output(text))
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Output::NAMED.iter().find(|(_, output)| output == self).map_or("", |(name, _)| name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, output) in Output::NAMED {
            assert_eq!((name.parse::<Output>().unwrap(), output.to_string().as_str()), (output, name));
        }
        for (name, output) in Output::ALIASES {
            assert_eq!(name.to_uppercase().parse::<Output>().unwrap(), output);
        }
    }
}
