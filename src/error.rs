//! The error type of this crate.

use std::convert::Infallible;
use std::fmt;

/// A wrong format, wrong settings, or a move of counts that is not possible. The text is meant for
/// people.
///
/// For a format, it shows a caret below each mistake:
///
/// ```text
/// format has 2 errors
///   {desc} {totl} {count:q}
///          ^ column 8: there is no field `totl`; did you mean `total`?
///                        ^ column 22: unexpected `q` in the spec of `count`
///   `footlights::formats` lists all fields; list your own after the format: `bar_format!("{host}", host)`
/// ```
///
/// Several wrong settings are one error that lists all of them, in the order in which they were
/// set:
///
/// ```text
/// 2 settings are wrong
///   cannot read color `rde`: unknown word `rde`; did you mean `red`? (column 1)
///   cannot fill with `漢`: it does not take exactly one column
/// ```
///
/// `Debug` writes the same text, so that it is readable if `main` returns the error.
///
/// ```
/// use footlights::{BarFormat, CounterStyle, Error};
///
/// /// The style that a configuration file describes.
/// fn style(format: &str, color: &str) -> Result<CounterStyle, Error> {
///     let style = CounterStyle::new().bar_format(BarFormat::new(format)?).color(color);
///     style.check()?;
///     Ok(style)
/// }
///
/// assert!(style("{desc} |{bar}|", "cyan").is_ok());
/// for error in [style("{decs} |{bar}|", "cyan"), style("{desc} |{bar}|", "cyna")] {
///     eprintln!("in the configuration file: {}", error.unwrap_err());
/// }
/// ```
#[derive(Clone)]
pub struct Error {
    kind: Box<Kind>,
}

#[derive(Clone)]
enum Kind {
    /// A format that cannot be parsed, or that names fields that do not exist. The message is
    /// complete.
    Format { message: String },
    /// A text that is not a color.
    Color { text: String, problem: String },
    /// A series of glyphs that cannot make a bar.
    Series { problem: String },
    /// A rule without colors, or with numbers that do not ascend.
    ColorRule { problem: String },
    /// Frames that cannot make a spinner.
    Spinner { problem: String },
    /// A name that no style or spinner has.
    Name { what: &'static str, text: String, names: String },
    /// More counts to move than the source has.
    Move { n: String, problem: &'static str },
    /// A segment whose start count is larger than the bar has outside of segments.
    Start { n: String, there: String },
    /// A source of counts that belongs to another bar.
    OtherBar,
    /// A fill that does not take exactly one column.
    Fill { fill: char },
    /// A text that names no output.
    Output { text: String },
    /// A row that a bar cannot be pinned to.
    Position { row: usize, problem: String },
    /// Several errors.
    Several(Vec<Error>),
}

impl Error {
    pub(crate) fn format(message: String) -> Error {
        Kind::Format { message }.into()
    }

    pub(crate) fn color(text: &str, problem: impl Into<String>) -> Error {
        Kind::Color { text: text.to_owned(), problem: problem.into() }.into()
    }

    pub(crate) fn series(problem: impl Into<String>) -> Error {
        Kind::Series { problem: problem.into() }.into()
    }

    pub(crate) fn color_rule(problem: impl Into<String>) -> Error {
        Kind::ColorRule { problem: problem.into() }.into()
    }

    pub(crate) fn spinner(problem: impl Into<String>) -> Error {
        Kind::Spinner { problem: problem.into() }.into()
    }

    /// There is no `what` of this name, but there are those called `names`.
    pub(crate) fn name(what: &'static str, text: &str, names: &[&str]) -> Error {
        Kind::Name { what, text: text.to_owned(), names: names.join(", ") }.into()
    }

    pub(crate) fn moving(n: impl fmt::Display, problem: &'static str) -> Error {
        Kind::Move { n: n.to_string(), problem }.into()
    }

    pub(crate) fn start(n: impl fmt::Display, there: impl fmt::Display) -> Error {
        Kind::Start { n: n.to_string(), there: there.to_string() }.into()
    }

    pub(crate) fn other_bar() -> Error {
        Kind::OtherBar.into()
    }

    pub(crate) fn fill(fill: char) -> Error {
        Kind::Fill { fill }.into()
    }

    pub(crate) fn output(text: &str) -> Error {
        Kind::Output { text: text.to_owned() }.into()
    }

    pub(crate) fn position(row: usize, problem: impl Into<String>) -> Error {
        Kind::Position { row, problem: problem.into() }.into()
    }

    /// Returns one error for all `problems`, if there are any.
    pub(crate) fn all(mut problems: Vec<Error>) -> Result<(), Error> {
        match (problems.pop(), problems.is_empty()) {
            (None, _) => Ok(()),
            (Some(only), true) => Err(only),
            (Some(last), false) => {
                problems.push(last);
                Err(Kind::Several(problems).into())
            }
        }
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Error {
        Error { kind: Box::new(kind) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.kind {
            Kind::Format { message } => f.write_str(message),
            Kind::Color { text, problem } => write!(f, "cannot read color `{}`: {problem}", text.escape_debug()),
            Kind::Series { problem } => write!(f, "cannot draw with this series: {problem}"),
            Kind::ColorRule { problem } => write!(f, "cannot color by this rule: {problem}"),
            Kind::Spinner { problem } => write!(f, "cannot spin with these frames: {problem}"),
            Kind::Name { what, text, names } => {
                write!(f, "there is no {what} `{}`: there are {names}", text.escape_debug())
            }
            Kind::Move { n, problem } => write!(f, "cannot move {n} counts: {problem}"),
            Kind::Start { n, there } => {
                write!(f, "cannot start a segment at {n}: of the bar's count, {there} is not in other segments")
            }
            Kind::OtherBar => write!(f, "cannot move counts from another bar"),
            Kind::Fill { fill } => {
                write!(f, "cannot fill with `{}`: it does not take exactly one column", fill.escape_debug())
            }
            Kind::Output { text } => {
                write!(f, "there is no output `{}`: use auto, terminal, plain, json or none", text.escape_debug())
            }
            Kind::Position { row, problem } => write!(f, "cannot pin a bar to row {row}: {problem}"),
            Kind::Several(problems) => {
                write!(f, "{} settings are wrong", problems.len())?;
                for problem in problems {
                    for line in problem.to_string().lines() {
                        write!(f, "\n  {line}")?;
                    }
                }
                Ok(())
            }
        }
    }
}

/// A conversion that cannot fail has no error.
impl From<Infallible> for Error {
    fn from(never: Infallible) -> Error {
        match never {}
    }
}

/// The same as `Display`: the user of a program sees it if `main` returns the error.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}
