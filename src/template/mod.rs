//! Templates: what a line looks like, read and checked once, painted often.
//!
//! A template is text with fields in braces, in the manner of Python's `format`: `{count:>8,d}`. Braces that are meant
//! as such are doubled.
//!
//! | field | shows | where |
//! |---|---|---|
//! | `desc`, `desc_pad` | the description; a blank, if there is one | counters |
//! | `unit`, `unit_pad` | the unit; a blank, if there is one | counters |
//! | `count`, `total`, `len_total` | the numbers; how many characters the total takes | counters; the last with a total |
//! | `percentage` | how many of a hundred | with a total |
//! | `bar` | the bar, in the columns that are left; `{bar:40}`: in 40 | with a total |
//! | `elapsed`, `eta` | the time since the start; the time left | everywhere; with a total |
//! | `rate`, `interval` | how many in a second; seconds for one | counters |
//! | `count_1`, `percentage_1`, … | the same of the first segment; `_0`: of what no segment counts; `_00`: of all segments | counters |
//! | `fill` | fill characters, in the columns that are left | counters without a total, status bars |
//! | other names | fields of the user's own | everywhere |
//!
//! `{:bold_red}` changes the style of what follows, `{:}` ends that.

mod bar;
#[cfg(test)]
mod cases;
mod duration;
mod field;
mod formats;
mod number;
mod painter;
mod parse;
mod prefix;
mod spec;
#[cfg(test)]
mod tests;
mod text;

use std::sync::Arc;

pub(crate) use formats::{Formats, MESSAGE};
pub(crate) use painter::Painter;

use crate::error::Error;
use crate::paint::color::Color;
use crate::state::snapshot::{Snapshot, Subject};
use field::{Field, Part};
use spec::{Size, Spec};

/// What a counter with a total looks like, unless told otherwise.
pub(crate) const BAR: &str = concat!(
    "{desc}{desc_pad}{percentage:3.0f}%|{bar}| {count:{len_total}d}/{total:d} ",
    "[{elapsed}<{eta}, {rate:.2f}{unit_pad}{unit}/s]"
);

/// What a counter without a total looks like, unless told otherwise.
pub(crate) const COUNTER: &str =
    "{desc}{desc_pad}{count:d} {unit}{unit_pad}[{elapsed}, {rate:.2f}{unit_pad}{unit}/s]{fill}";

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
    text: Arc<str>,
    kind: Kind,
    pieces: Vec<Piece>,
}

/// One piece of a template.
#[derive(Clone, Debug)]
enum Piece {
    /// Text as it stands.
    Literal(String),
    /// A field that is written as text.
    Field { field: Field, spec: Spec, column: usize },
    /// The bar; in so many columns, or in those that are left.
    Bar(Option<usize>),
    /// The fill character, in the columns that are left.
    Fill,
    /// The style of what follows.
    Style(Color),
}

impl Template {
    /// A template that shows nothing.
    pub(crate) fn empty(kind: Kind) -> Template {
        Template { text: "".into(), kind, pieces: Vec::new() }
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Reads `text`. An error says what a template of this kind cannot have, and where.
    pub(crate) fn parse(text: &str, kind: Kind) -> Result<Template, Error> {
        Ok(Template { text: text.into(), kind, pieces: parse::pieces(text, kind)? })
    }

    /// Checks that every field is built in or, as `declared` knows, one of the user's own.
    pub(crate) fn check_fields(&self, declared: impl Fn(&str) -> bool) -> Result<(), Error> {
        match self.user_fields().find(|(name, _)| !declared(name)) {
            Some((name, column)) => Err(self.unknown(name, column)),
            None => Ok(()),
        }
    }

    /// Checks that fields of segments are of segments that there are; for each of those, whether all its fields are wanted.
    pub(crate) fn check_segments(&self, segments: &[bool]) -> Result<(), Error> {
        for (field, column) in self.fields() {
            let problem = match parse::segment(field) {
                Some((Part::Segment(n), _)) if n > segments.len() => {
                    format!("has a field of segment {n}, but there are {}", segments.len())
                }
                Some((Part::Segment(n), true)) if segments.get(n.wrapping_sub(1)) == Some(&false) => {
                    format!("has a field of segment {n} that takes `all_fields`")
                }
                Some(_) if segments.is_empty() => "has a field of segments, but there are none".to_owned(),
                _ => continue,
            };
            return Err(Error::template(&self.text, column, problem));
        }
        Ok(())
    }

    /// The fields that only the user can define: name, and column from 1.
    pub(crate) fn user_fields(&self) -> impl Iterator<Item = (&str, usize)> {
        self.fields().filter_map(|(field, column)| match field {
            Field::User(name) => Some((&**name, column)),
            _ => None,
        })
    }

    /// The error for a field that nobody defined.
    pub(crate) fn unknown(&self, name: &str, column: usize) -> Error {
        Error::template(&self.text, column, format!("has the unknown field `{name}`"))
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

fn nested(size: &Option<Size>, column: usize) -> Option<(&Field, usize)> {
    match size {
        Some(Size::Of(field)) => Some((field, column)),
        _ => None,
    }
}
