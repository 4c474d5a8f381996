//! Templates: what a line looks like, read and checked once, painted often.
//!
//! A template is text with fields in braces, in the manner of Python's `format`. What there is to write in one stands in
//! `docs/formats.md`, which is the page of the documentation on formats.

mod bar;
mod duration;
mod extra;
mod field;
mod formats;
mod hint;
mod number;
mod painter;
mod parse;
mod prefix;
mod pulse;
mod spec;
mod standard;
#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;

pub(crate) use duration::rounded as rounded_seconds;
pub(crate) use formats::{Formats, MESSAGE};
pub(crate) use painter::Painter;

use crate::error::Error;
use crate::paint::color::Color;
use crate::paint::width;
use crate::state::snapshot::{Snapshot, Subject};
use extra::Extra;
use field::{Field, Part};
use spec::{Size, Spec};

/// What a template is for; that decides which fields it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A counter on the way to its total: there is a bar, and no `fill`.
    Bar,
    /// A counter without a total, or beyond it: nothing that needs one, but `fill`.
    Counter,
    /// A status bar: only `elapsed`, `fill` and the user's own.
    Status,
}

impl Kind {
    /// Which template `shot` is painted with.
    pub(crate) fn of(shot: &Snapshot) -> Kind {
        match &shot.subject {
            Subject::Status(_) => Kind::Status,
            Subject::Count(_) if shot.shows_bar() => Kind::Bar,
            Subject::Count(_) => Kind::Counter,
        }
    }
}

/// A text with fields, read and checked.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    text: Cow<'static, str>,
    kind: Kind,
    pieces: Cow<'static, [Piece]>,
}

/// One piece of a template.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    /// Text as it stands.
    Literal(Cow<'static, str>),
    /// A field that is written as text.
    Field { field: Field, spec: Spec, column: usize },
    /// The bar; in so many columns, or in those that are left.
    Bar(Option<usize>),
    /// A bar without an end, in so many columns, or in those that are left.
    Pulse(Option<usize>),
    /// The fill character, in the columns that are left.
    Fill,
    /// The style of what follows.
    Style(Color),
}

impl Template {
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Reads `text`; `declared` knows the fields that are the user's own. An error says what a template of this kind cannot
    /// have, and where.
    pub(crate) fn parse(text: &str, kind: Kind, declared: &dyn Fn(&str) -> bool) -> Result<Template, Error> {
        let pieces = parse::pieces(text, kind, declared)?;
        Ok(Template { text: Cow::Owned(text.to_owned()), kind, pieces: Cow::Owned(pieces) })
    }

    /// Whether something in it moves while nothing is counted.
    pub(crate) fn moves(&self) -> bool {
        let spins =
            |piece: &Piece| matches!(piece, Piece::Pulse(_) | Piece::Field { field: Field::Extra(Extra::Spinner), .. });
        self.pieces.iter().any(spins)
    }

    /// Checks that fields of segments are of segments that there are; for each of those, whether all its fields are wanted.
    pub(crate) fn check_segments(&self, segments: &[bool]) -> Result<(), Error> {
        for (field, column) in self.fields() {
            let problem = match parse::segment(field) {
                Some((Part::Segment(n), _)) if n > segments.len() => match segments.len() {
                    0 => format!("has a field of segment {n}, but there are no segments"),
                    1 => format!("has a field of segment {n}, but there is only one"),
                    there => format!("has a field of segment {n}, but there are only {there}"),
                },
                Some((Part::Segment(n), true)) if segments.get(n.wrapping_sub(1)) == Some(&false) => {
                    format!("has a field of segment {n} that needs `all_fields`, which was switched off")
                }
                Some(_) if segments.is_empty() => "has a field of segments, but there are no segments".to_owned(),
                _ => continue,
            };
            return Err(error(&self.text, column, problem, None));
        }
        Ok(())
    }

    /// All fields, those inside of specs included.
    fn fields(&self) -> impl Iterator<Item = (&Field, usize)> {
        self.pieces.iter().flat_map(|piece| {
            let found = match piece {
                Piece::Field { field, spec, column } => {
                    [Some((field, *column)), nested(&spec.width, *column), nested(&spec.precision, *column)]
                }
                _ => [None; 3],
            };
            found.into_iter().flatten()
        })
    }
}

/// What is wrong with `text` in a column, counted in characters from 1.
fn error(text: &str, column: usize, problem: impl Into<String>, hint: Option<String>) -> Error {
    // One line, whatever is in it, so that the caret stands under the right place.
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let before: String = shown.chars().take(column.saturating_sub(1)).collect();
    Error::template(shown, column, width::of(&before), problem.into(), hint)
}

fn nested(size: &Option<Size>, column: usize) -> Option<(&Field, usize)> {
    match size {
        Some(Size::Of(field)) => Some((field, column)),
        _ => None,
    }
}
