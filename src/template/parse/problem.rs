//! What can be wrong with a format.

use super::super::field::Reserved;
use crate::cells::parse_color::ColorError;
use crate::cells::span::Span;

/// A mistake, and the byte of the format at which it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Problem {
    pub(crate) at: usize,
    pub(crate) mistake: Mistake,
}

/// What is wrong. A span is the name of a field, unless the variant says otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Mistake {
    /// `{` without `}`.
    Unclosed,
    /// `}` without `{`.
    Unopened,
    /// `{}`.
    Unnamed,
    /// `{` inside a name.
    BraceInName,
    /// `{count!r}`.
    Conversion,
    /// `{task.total}` or `{task[total]}`.
    Path,
    /// There is no such field.
    Unknown(Span),
    /// `fill` in a bar format.
    NotInBar(Span),
    /// A field that needs a total, in a counter format.
    NeedsTotal(Span),
    /// A field of counters, in a status format.
    NotInStatus(Span),
    /// A name that looks like the field of a segment.
    Reserved(Span, Reserved),
    /// A character that is not part of a spec.
    Unexpected {
        character: Span,
        name: Span,
    },
    /// A spec that the field cannot have; the text completes the sentence "`field` …".
    Spec(Span, &'static str),
    /// `.` without a number.
    NoPrecision,
    /// `{desc:.red}`; the first span is the word after the `.`.
    ColorInSpec {
        word: Span,
        name: Span,
    },
    /// A width that is taken from a field without whole numbers.
    NoWidth(Span),
    /// `{count:{total:d}}`.
    SpecOfWidth,
    /// What follows `bar:` or `pulse:` is neither a number nor a color; the span is all of it.
    BarWidth(Span),
    /// A width of `rate_graph` that is not a number; the span is the width.
    GraphWidth(Span),
    /// `{bar:20..10}`, `{desc:8..x}`.
    NoRange,
    /// `{fill:x}`.
    SpecOfFill,
    /// A style that is not a color; the span is the style.
    Style(Span, ColorError),
    /// A newline inside of a field.
    Newline,
    CarriageReturn,
    /// A tab.
    Tab,
    /// Another control character.
    Control(char),
    /// An escape sequence that is not a style.
    Escape,
    /// A field of the user's own that has no value.
    NeverSet(Span),
    /// The field of a segment that the bar does not have: its number, and how many segments there
    /// are.
    NoSegment {
        number: usize,
        segments: usize,
    },
    /// The field of a segment that the bar does not have, and the name of the field.
    NoNamedSegment {
        segment: Span,
        name: Span,
    },
    /// A field of all segments, or of what is in none, for a bar without segments.
    NoSegments,
    /// A field of a segment whose `all_fields` is switched off.
    NotAllFields,
}
