//! The one error of this crate: what was tried, and on what.

use std::convert::Infallible;
use std::fmt;

/// What could not be done, and where.
///
/// An error in a template shows the template and points at the column:
///
/// ```text
/// template has the field `totl`, which is neither built in nor was set before as one of your own (column 8)
///   {desc} {totl}
///          ^ did you mean `total`? `footlights::formats` lists all fields
/// ```
///
/// `Debug` writes the same, so that it is readable also where `main` returns it.
pub struct Error {
    kind: Kind,
}

enum Kind {
    /// A template that cannot be read, or asks for what is not there. The indent is that of the column, as it is shown.
    Template { text: String, column: usize, indent: usize, problem: String, hint: Option<String> },
    /// A colour that nobody knows.
    Color { text: String, problem: String },
    /// A series of cells that cannot make a bar.
    Series { problem: String },
    /// Counts that are not there.
    Move { n: String, problem: &'static str },
    /// A segment that would start with more than there is.
    Start { n: String, there: String },
    /// Counts of another bar.
    OtherBar,
    /// A fill that does not take exactly one column.
    Fill { fill: char },
    /// A row that a bar cannot be pinned to.
    Position { row: usize, problem: String },
}

impl Error {
    /// `column` counts characters, from 1; `indent` counts the terminal's columns before it.
    pub(crate) fn template(text: String, column: usize, indent: usize, problem: String, hint: Option<String>) -> Error {
        Kind::Template { text, column, indent, problem, hint }.into()
    }

    pub(crate) fn color(text: &str, problem: impl Into<String>) -> Error {
        Kind::Color { text: text.to_owned(), problem: problem.into() }.into()
    }

    pub(crate) fn series(problem: impl Into<String>) -> Error {
        Kind::Series { problem: problem.into() }.into()
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

    pub(crate) fn position(row: usize, problem: impl Into<String>) -> Error {
        Kind::Position { row, problem: problem.into() }.into()
    }
}

/// For what can be given ready-made, where that is also made from a text: nothing fails then.
impl From<Infallible> for Error {
    fn from(never: Infallible) -> Error {
        match never {}
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Error {
        Error { kind }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Template { text, column, indent, problem, hint } => {
                write!(f, "template {problem} (column {column})\n  {text}\n  {:indent$}^", "")?;
                hint.as_ref().map_or(Ok(()), |hint| write!(f, " {hint}"))
            }
            Kind::Color { text, problem } => write!(f, "cannot read color `{}`: {problem}", text.escape_debug()),
            Kind::Series { problem } => write!(f, "cannot draw with this series: {problem}"),
            Kind::Move { n, problem } => write!(f, "cannot move {n} counts: {problem}"),
            Kind::Start { n, there } => {
                write!(f, "cannot start a segment at {n}: of the bar's count, {there} is not in other segments")
            }
            Kind::OtherBar => write!(f, "cannot move counts from another bar"),
            Kind::Fill { fill } => {
                write!(f, "cannot fill with `{}`: it does not take exactly one column", fill.escape_debug())
            }
            Kind::Position { row, problem } => write!(f, "cannot pin a bar to row {row}: {problem}"),
        }
    }
}

/// As it is displayed: where `main` returns an error, this is what its user gets to see.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}
