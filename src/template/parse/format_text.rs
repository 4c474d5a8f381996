//! The input of the parser, and the names that are fields of it.

use super::super::extension::Extension;
use super::super::field::Field;
use super::super::kind::Kind;
use super::names::{is_same, synonym};
use super::problem::Mistake;
use crate::cells::span::Span;

/// The text of a format, its kind, and the names of the user's own fields.
#[derive(Clone, Copy)]
pub(crate) struct FormatText<'a> {
    pub(crate) text: &'a str,
    pub(crate) kind: Kind,
    pub(crate) own: &'a [&'a str],
}

/// What a name stands for.
#[derive(Clone, Copy)]
pub(crate) enum Name {
    Bar,
    Pulse,
    Graph,
    Fill,
    Field(Field),
}

impl FormatText<'_> {
    /// Finds what the name at `span` stands for in this format.
    pub(crate) const fn find(&self, span: Span) -> Result<Name, Mistake> {
        self.find_as(span.bytes_of(self.text.as_bytes()), span)
    }

    /// Whether this format has a built-in field of that name.
    pub(crate) const fn has(&self, name: &[u8]) -> bool {
        self.find_as(name, Span { start: 0, end: name.len() }).is_ok()
    }

    const fn find_as(&self, name: &[u8], span: Span) -> Result<Name, Mistake> {
        let is_own = self.is_own(name);
        let is_status = matches!(self.kind, Kind::Status);
        match (name, self.kind) {
            (b"fill", Kind::Bar) => return Err(Mistake::NotInBar(span)),
            (b"fill", _) => return Ok(Name::Fill),
            (b"bar", Kind::Bar) => return Ok(Name::Bar),
            (b"bar", Kind::Counter) => return Err(Mistake::NeedsTotal(span)),
            (b"pulse", _) if !is_own => return Ok(Name::Pulse),
            (b"rate_graph", Kind::Status) if !is_own => return Err(Mistake::NotInStatus(span)),
            (b"rate_graph", _) if !is_own => return Ok(Name::Graph),
            _ => {}
        }
        let built_in = match Field::built_in(name) {
            Ok(Some(Field::Elapsed)) => Some(Field::Elapsed),
            Ok(field) if !is_status => field,
            Err(reserved) if !is_status => return Err(Mistake::Reserved(span, reserved)),
            _ => None,
        };
        // Own fields come before extensions: no format of Enlighten's means something else here.
        let field = match built_in {
            Some(field) => field,
            None if is_own => Field::User(span),
            None => match Extension::named(name) {
                Some(extension) if !is_status || !extension.needs_counter() => Field::Extension(extension),
                // A name from another library is taken as a mistake, not as the name of a segment:
                // `eta_precise`.
                extension => match Field::of_named_segment(name, span) {
                    Some(field) if !is_status && synonym(name).is_none() => field,
                    segment => {
                        let is_of_counter = extension.is_some() || segment.is_some() || is_of_counter(name);
                        return Err(if is_status && is_of_counter {
                            Mistake::NotInStatus(span)
                        } else {
                            Mistake::Unknown(span)
                        });
                    }
                },
            },
        };
        match self.kind {
            Kind::Counter if field.needs_total() => Err(Mistake::NeedsTotal(span)),
            _ => Ok(Name::Field(field)),
        }
    }

    /// Whether `name` is listed as a field of the user's own.
    const fn is_own(&self, name: &[u8]) -> bool {
        let mut at = 0;
        while at < self.own.len() {
            if is_same(self.own[at].as_bytes(), name) {
                return true;
            }
            at += 1;
        }
        false
    }
}

/// Whether counters have a built-in field of that name.
const fn is_of_counter(name: &[u8]) -> bool {
    match Field::built_in(name) {
        Ok(Some(_)) => true,
        _ => matches!(name, b"bar"),
    }
}
