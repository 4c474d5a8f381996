//! Error messages: the format, and a caret with an explanation below each mistake.
//!
//! ```text
//! format has 2 errors
//!   {desc} {totl} {count:q}
//!          ^ column 8: there is no field `totl`; did you mean `total`?
//!                        ^ column 22: unexpected `q` in the spec of `count`
//! ```

use super::super::field::Reserved;
use super::caret::Position;
use super::format_text::FormatText;
use super::problem::{Mistake, Problem};
use super::reader::decode;
use super::sink::Sink;
use super::suggest;
use crate::cells::parse_color::ColorError;
use crate::cells::span::Span;

/// Writes the message for `problems` of `source`.
///
/// Writes nothing if there are none.
pub(crate) const fn write(out: &mut Sink<'_, u8>, source: &FormatText<'_>, problems: &[Problem]) {
    if problems.is_empty() {
        return;
    }
    if problems.len() == 1 {
        out.push_str("format has an error\n  ");
    } else {
        out.push_str("format has ");
        out.push_number(problems.len());
        out.push_str(" errors\n  ");
    }
    write_on_one_line(out, source.text.as_bytes());
    let text = source.text.as_bytes();
    let mut names_fields = false;
    let mut at = 0;
    while at < problems.len() {
        let Problem { at: byte, mistake } = problems[at];
        let Position { column, indent } = Position::of(text, byte);
        out.push_str("\n  ");
        out.repeat(b' ', indent);
        out.push_str("^ column ");
        out.push_number(column);
        out.push_str(": ");
        explain(out, source, mistake);
        names_fields |= matches!(mistake, Mistake::Unknown(_));
        at += 1;
    }
    if names_fields {
        out.push_str("\n  `footlights::formats` lists all fields; list your own after the format: `bar_format!(\"{host}\", host)`");
    }
}

/// Writes `text` with blanks for control characters.
const fn write_on_one_line(out: &mut Sink<'_, u8>, text: &[u8]) {
    let mut at = 0;
    while at < text.len() {
        let (c, len) = decode(text, at);
        match c {
            '\0'..' ' | '\u{7f}'..='\u{9f}' => out.push(b' '),
            _ => out.push_bytes(Span { start: at, end: at + len }.bytes_of(text)),
        }
        at += len;
    }
}

/// Writes what is wrong.
const fn explain(out: &mut Sink<'_, u8>, source: &FormatText<'_>, mistake: Mistake) {
    let text = source.text.as_bytes();
    match mistake {
        Mistake::Unclosed => out.push_str("this `{` is never closed; a literal brace is written `{{`"),
        Mistake::Unopened => out.push_str("this `}` closes nothing; a literal brace is written `}}`"),
        Mistake::Unnamed => out.push_str("this field has no name"),
        Mistake::BraceInName => out.push_str("there is a `{` inside a name"),
        Mistake::Conversion => out.push_str("conversions such as `!r` are not supported"),
        Mistake::Path => out.push_str("`.` and `[` are not supported in a name"),
        Mistake::Unknown(name) => {
            write_missing(out, name.bytes_of(text));
            write_suggestion(out, source, name);
        }
        Mistake::NotInBar(name) => {
            write_not_in_kind(out, source, name);
            out.push_str(": `bar` takes the free columns");
        }
        Mistake::NeedsTotal(name) => {
            write_not_in_kind(out, source, name);
            out.push_str(": it needs a total");
        }
        Mistake::NotInStatus(name) => {
            write_not_in_kind(out, source, name);
            out.push_str(": it needs a counter");
        }
        Mistake::Reserved(name, reserved) => {
            write_missing(out, name.bytes_of(text));
            out.push_str(match reserved {
                Reserved::NoTimeLeft => ": only single segments have an ETA",
                Reserved::NoSuchNumber => ": segments are numbered from 1",
            });
        }
        Mistake::Unexpected { character, name } => {
            out.push_str("unexpected ");
            write_quoted(out, character.bytes_of(text));
            out.push_str(" in the spec of ");
            write_quoted(out, name.bytes_of(text));
        }
        Mistake::Spec(name, problem) => {
            write_quoted(out, name.bytes_of(text));
            out.push_str(" ");
            out.push_str(problem);
        }
        Mistake::NoPrecision => out.push_str("there is no precision after the `.`"),
        Mistake::ColorInSpec { word, name } => {
            write_quoted(out, word.bytes_of(text));
            out.push_str(" is not a precision; a color is written around a field: `{:");
            write_words(out, word.bytes_of(text));
            out.push_str("}{");
            out.push_bytes(name.bytes_of(text));
            out.push_str("}{:}`");
        }
        Mistake::NoWidth(name) => {
            write_quoted(out, name.bytes_of(text));
            out.push_str(" cannot be a width or a precision: it is not a whole number");
        }
        Mistake::SpecOfWidth => out.push_str("a width or a precision cannot have a spec"),
        Mistake::BarWidth(width) => {
            out.push_str("the width of the bar is not a number: ");
            write_quoted(out, width.bytes_of(text));
        }
        Mistake::GraphWidth(width) => {
            out.push_str("the width of the graph is not a number: ");
            write_quoted(out, width.bytes_of(text));
        }
        Mistake::NoRange => {
            out.push_str("columns are written as `8..`, `8..=20` or `..=20`, with the smaller number first")
        }
        Mistake::SpecOfFill => out.push_str("`fill` cannot have a spec"),
        Mistake::Style(style, error) => {
            out.push_str("invalid style: ");
            write_color_error(out, style.bytes_of(text), error);
        }
        Mistake::Newline => out.push_str("a newline cannot stand inside of a field"),
        Mistake::CarriageReturn => out.push_str("a carriage return cannot be shown: `\\n` alone begins a new row"),
        Mistake::Tab => out.push_str("a tab cannot be shown: a row consists of characters"),
        Mistake::Control(c) => {
            out.push_str("the control character U+");
            write_hex(out, c as u32);
            out.push_str(" cannot be shown: a row consists of characters");
        }
        Mistake::Escape => {
            out.push_str("an escape sequence can only set a style (`ESC [ … m`): a row consists of characters")
        }
        Mistake::NeverSet(name) => {
            out.push_str("the field ");
            write_quoted(out, name.bytes_of(text));
            out.push_str(" was never set");
        }
        Mistake::NoSegment { number, segments } => {
            out.push_str("there is no segment ");
            out.push_number(number);
            match segments {
                0 => out.push_str(": the bar has none"),
                _ => {
                    out.push_str(": the bar has ");
                    out.push_number(segments);
                }
            }
        }
        Mistake::NoNamedSegment { segment, name } => {
            out.push_str("there is no segment ");
            write_quoted(out, segment.bytes_of(text));
            write_suggestion(out, source, name);
        }
        Mistake::NoSegments => out.push_str("the bar has no segments"),
        Mistake::NotAllFields => out.push_str("`all_fields` is switched off for this segment"),
    }
}

const fn write_quoted(out: &mut Sink<'_, u8>, name: &[u8]) {
    out.push(b'`');
    out.push_bytes(name);
    out.push(b'`');
}

/// Writes the words of a style as here, where others have dots: `red_on_blue` for `red.on_blue`.
const fn write_words(out: &mut Sink<'_, u8>, style: &[u8]) {
    let mut at = 0;
    while at < style.len() {
        out.push(if style[at] == b'.' { b'_' } else { style[at] });
        at += 1;
    }
}

const fn write_missing(out: &mut Sink<'_, u8>, name: &[u8]) {
    out.push_str("there is no field ");
    write_quoted(out, name);
}

const fn write_suggestion(out: &mut Sink<'_, u8>, source: &FormatText<'_>, name: Span) {
    write_meant(out, suggest::suggest(source, name.bytes_of(source.text.as_bytes())));
}

const fn write_meant(out: &mut Sink<'_, u8>, meant: Option<&str>) {
    if let Some(meant) = meant {
        out.push_str("; did you mean `");
        out.push_str(meant);
        out.push_str("`?");
    }
}

const fn write_not_in_kind(out: &mut Sink<'_, u8>, source: &FormatText<'_>, name: Span) {
    out.push_str(source.kind.name());
    out.push_str(" has no field ");
    write_quoted(out, name.bytes_of(source.text.as_bytes()));
}

const fn write_color_error(out: &mut Sink<'_, u8>, style: &[u8], error: ColorError) {
    let (before, quotes_word, after) = error.problem.wording();
    out.push_str(before);
    if quotes_word {
        write_quoted(out, error.word.bytes_of(style));
    }
    out.push_str(after);
    write_meant(out, error.suggestion(style));
}

/// Writes a code point in at least four digits.
const fn write_hex(out: &mut Sink<'_, u8>, code: u32) {
    let mut shift = 16;
    while shift > 0 {
        shift -= 4;
        let digit = (code >> shift & 0xf) as u8;
        out.push(if digit < 10 { b'0' + digit } else { b'A' + digit - 10 });
    }
}
