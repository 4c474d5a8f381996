//! The one error of this crate: what was tried, and on what.

use std::convert::Infallible;
use std::fmt;

use crate::state::number::Number;

/// What could not be done, and where.
///
/// An error in a template shows the template and points at the column:
///
/// ```text
/// template has the field `stge`, which is neither built in nor was set before as one of your own (column 8)
///   {desc} {stge}
///          ^
/// ```
#[derive(Debug)]
pub struct Error {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// A template that cannot be read, or asks for what is not there.
    Template { text: String, column: usize, problem: String },
    /// A colour that nobody knows.
    Color { text: String, problem: String },
    /// A series of cells that cannot make a bar.
    Series { problem: String },
    /// Counts that are not there.
    Move { n: String, problem: &'static str },
    /// A segment that would start with more than there is.
    Start { n: Number, there: Number },
    /// Counts of another bar.
    OtherBar,
    /// A fill that does not take exactly one column.
    Fill { fill: char },
    /// A row that a bar cannot be pinned to.
    Position { row: usize, problem: String },
}

impl Error {
    /// `column` counts characters, from 1.
    pub(crate) fn template(text: &str, column: usize, problem: impl Into<String>) -> Error {
        Kind::Template { text: text.to_owned(), column, problem: problem.into() }.into()
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

    pub(crate) fn start(n: Number, there: Number) -> Error {
        Kind::Start { n, there }.into()
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
            Kind::Template { text, column, problem } => {
                // One line, whatever is in it, so that the caret stands under the right place.
                let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                let before: String = shown.chars().take(column.saturating_sub(1)).collect();
                let indent = crate::paint::width::of(&before);
                write!(f, "template {problem} (column {column})\n  {shown}\n  {:indent$}^", "")
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

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_column() {
        for (text, column, shown) in [
            ("", 1, "template x (column 1)\n  \n  ^"),
            ("ab", 2, "template x (column 2)\n  ab\n   ^"),
            ("下{", 2, "template x (column 2)\n  下{\n    ^"),
            ("a\nb", 9, "template x (column 9)\n  a b\n     ^"),
        ] {
            assert_eq!(Error::template(text, column, "x").to_string(), shown);
        }
    }
}
