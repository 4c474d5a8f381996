//! A parsed format.

use std::sync::Arc;

use super::field::{Field, Scope};
use super::kind::Kind;
use super::parse::format_text::FormatText;
use super::parse::parser::parse;
use super::parse::problem::{Mistake, Problem};
use super::parse::report;
use super::parse::sink::Sink;
use super::piece::Piece;
use super::spec::Length;
use crate::cells::span::Span;
use crate::error::Error;

/// The text of a format, and what was parsed from it. Cheap to clone, and small: every bar has two.
#[derive(Clone, Debug)]
pub(crate) enum Template {
    /// Parsed at compile time.
    Static(&'static StaticTemplate),
    /// Parsed at run time.
    Shared(Arc<SharedTemplate>),
}

/// What the format macros make of a literal.
#[derive(Clone, Copy, Debug)]
pub struct StaticTemplate {
    pub(super) kind: Kind,
    pub(super) text: &'static str,
    pub(super) pieces: &'static [Piece],
    pub(super) rows: usize,
}

/// What is made of a text at run time.
#[derive(Debug)]
pub(crate) struct SharedTemplate {
    kind: Kind,
    text: Box<str>,
    pieces: Box<[Piece]>,
    rows: usize,
}

impl Template {
    /// Parses `text`; `own` lists the fields of the user's own. The error shows all mistakes.
    pub(crate) fn parse(text: &str, kind: Kind, own: &[&str]) -> Result<Template, Error> {
        let source = FormatText { text, kind, own };
        let (mut pieces, mut problems) = (Sink::counting(), Sink::counting());
        parse(&source, &mut pieces, &mut problems);
        let mut parsed = vec![Piece::Fill; pieces.len()];
        let mut found = vec![Problem { at: 0, mistake: Mistake::Unnamed }; problems.len()];
        parse(&source, &mut Sink::new(&mut parsed), &mut Sink::new(&mut found));
        if found.is_empty() {
            let rows = rows_of(&parsed);
            Ok(Template::Shared(Arc::new(SharedTemplate { kind, text: text.into(), pieces: parsed.into(), rows })))
        } else {
            Err(error(&source, &found))
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Template::Static(template) => template.kind,
            Template::Shared(template) => template.kind,
        }
    }

    pub(crate) fn text(&self) -> &str {
        match self {
            Template::Static(template) => template.text,
            Template::Shared(template) => &template.text,
        }
    }

    pub(crate) fn pieces(&self) -> &[Piece] {
        match self {
            Template::Static(template) => template.pieces,
            Template::Shared(template) => &template.pieces,
        }
    }

    /// How many rows it has.
    pub(crate) fn rows(&self) -> usize {
        match self {
            Template::Static(template) => template.rows,
            Template::Shared(template) => template.rows,
        }
    }

    /// The pieces of one row; none if there is no such row.
    pub(super) fn pieces_of(&self, row: usize) -> &[Piece] {
        match self.rows() {
            1 if row == 0 => self.pieces(),
            _ => self.pieces().split(|piece| *piece == Piece::Newline).nth(row).unwrap_or_default(),
        }
    }

    /// Whether lines of both have the same columns. Faster than a comparison of the pieces.
    pub(crate) fn is_same(&self, other: &Template) -> bool {
        self.kind() == other.kind() && self.text() == other.text()
    }

    /// Whether something in it changes several times per second, even while the count stands still.
    pub(crate) fn is_animated(&self) -> bool {
        let is_animated = |piece: &Piece| match piece {
            Piece::Pulse(_) => true,
            Piece::Field { field: Field::Extension(extension), .. } => extension.is_animated(),
            _ => false,
        };
        self.pieces().iter().any(is_animated)
    }

    /// Whether it shows the graph of the rate.
    pub(crate) fn shows_graph(&self) -> bool {
        self.pieces().iter().any(|piece| matches!(piece, Piece::Graph(_)))
    }

    /// Checks that every field will show something on a bar: that `is_set` knows all fields of the
    /// user's own, and that all segments exist. `segments` are the names of the bar's segments, and
    /// whether they have `all_fields`.
    pub(crate) fn check<N: AsRef<str>>(
        &self,
        is_set: &dyn Fn(&str) -> bool,
        segments: &[(N, bool)],
    ) -> Result<(), Error> {
        let problem = |(at, field)| Some(Problem { at, mistake: self.missing(field, is_set, segments)? });
        let problems: Vec<Problem> = self.fields().filter_map(problem).collect();
        if problems.is_empty() {
            return Ok(());
        }
        Err(error(&FormatText { text: self.text(), kind: self.kind(), own: &[] }, &problems))
    }

    /// Says why `field` shows nothing, if it does.
    fn missing<N: AsRef<str>>(
        &self,
        field: Field,
        is_set: &dyn Fn(&str) -> bool,
        segments: &[(N, bool)],
    ) -> Option<Mistake> {
        let (measure, scope) = match field {
            Field::User(name) => return (!is_set(name.of(self.text()))).then_some(Mistake::NeverSet(name)),
            Field::Measure(measure, scope) => (measure, scope),
            _ => return None,
        };
        let segment = match scope {
            Scope::Whole => return None,
            Scope::Segments | Scope::Unsegmented => return segments.is_empty().then_some(Mistake::NoSegments),
            Scope::Numbered(number) => {
                let segment = number.checked_sub(1).and_then(|at| segments.get(at));
                segment.ok_or(Mistake::NoSegment { number, segments: segments.len() })
            }
            Scope::Named(segment) => {
                let name = Span { start: segment.start.saturating_sub(measure.stem().len() + 1), end: segment.end };
                let mut named = segments.iter().filter(|(name, _)| name.as_ref() == segment.of(self.text()));
                named.next().ok_or(Mistake::NoNamedSegment { segment, name })
            }
        };
        match segment {
            Ok((_, all_fields)) => (field.needs_all_fields() && !all_fields).then_some(Mistake::NotAllFields),
            Err(mistake) => Some(mistake),
        }
    }

    /// All fields, including those that are widths of others, and the bytes at which they start.
    fn fields(&self) -> impl Iterator<Item = (usize, Field)> {
        let size = |size| match size {
            Some(Length::Of(field)) => Some(field),
            _ => None,
        };
        self.pieces().iter().flat_map(move |piece| {
            let (at, fields) = match *piece {
                Piece::Field { at, field, spec } => (at, [Some(field), size(spec.width), size(spec.precision)]),
                _ => (0, [None; 3]),
            };
            fields.into_iter().flatten().map(move |field| (at, field))
        })
    }
}

/// Templates are equal if their formats are.
impl PartialEq for Template {
    fn eq(&self, other: &Template) -> bool {
        self.kind() == other.kind() && self.text() == other.text() && self.pieces() == other.pieces()
    }
}

/// No piece contains a number that is not equal to itself.
impl Eq for Template {}

/// The rows that a format with these pieces has.
pub(super) const fn rows_of(pieces: &[Piece]) -> usize {
    let (mut rows, mut at) = (1, 0);
    while at < pieces.len() {
        if matches!(pieces[at], Piece::Newline) {
            rows += 1;
        }
        at += 1;
    }
    rows
}

fn error(source: &FormatText<'_>, problems: &[Problem]) -> Error {
    let mut length = Sink::counting();
    report::write(&mut length, source, problems);
    let mut message = vec![0; length.len()];
    report::write(&mut Sink::new(&mut message), source, problems);
    Error::format(String::from_utf8_lossy(&message).into_owned())
}
