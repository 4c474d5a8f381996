//! The parser: the text of a format to pieces, or to a list of mistakes.
//!
//! It is a `const fn`: the macros run it at compile time, and the constructors of the format types
//! at run time.

use super::super::piece::{BarSpec, BarWidth, Piece};
use super::super::spec::Spec;
use super::attempt::attempt;
use super::format_text::{FormatText, Name};
use super::problem::{Mistake, Problem};
use super::reader::{Reader, decode};
use super::sink::Sink;
use super::spec_parser;
use crate::cells::color::Color;
use crate::cells::parse_color;
use crate::cells::span::Span;

/// Parses `source`. After a mistake in a field, it goes on behind that field, so that all mistakes
/// are found at once.
pub(crate) const fn parse(source: &FormatText<'_>, pieces: &mut Sink<'_, Piece>, problems: &mut Sink<'_, Problem>) {
    let text = source.text.as_bytes();
    let mut literal = 0;
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            brace @ (b'{' | b'}') if at + 1 < text.len() && text[at + 1] == brace => {
                push_literal(pieces, literal, at + 1);
                at += 2;
                literal = at;
            }
            b'}' => {
                problems.push(Problem { at, mistake: Mistake::Unopened });
                at += 1;
            }
            b'{' => {
                push_literal(pieces, literal, at);
                at = match closing_brace(text, at) {
                    Some(end) => {
                        match field(source, text, at, end) {
                            Ok(piece) => pieces.push(piece),
                            Err(problem) => problems.push(problem),
                        }
                        end + 1
                    }
                    None => {
                        problems.push(Problem { at, mistake: Mistake::Unclosed });
                        at + 1
                    }
                };
                literal = at;
            }
            b'\n' => {
                push_literal(pieces, literal, at);
                pieces.push(Piece::Newline);
                at += 1;
                literal = at;
            }
            b' '..=b'~' => at += 1,
            _ => {
                let (c, len) = decode(text, at);
                match (control(c), known_sequence(text, at)) {
                    (None, _) => at += len,
                    (Some(_), Some(end)) => at = end,
                    (Some(mistake), None) => {
                        problems.push(Problem { at, mistake });
                        at += len;
                    }
                }
            }
        }
    }
    push_literal(pieces, literal, at);
}

const fn push_literal(pieces: &mut Sink<'_, Piece>, start: usize, end: usize) {
    if start < end {
        pieces.push(Piece::Literal(Span { start, end }));
    }
}

/// Finds the `}` that belongs to the `{` at `start`.
const fn closing_brace(text: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    while at < text.len() {
        match text[at] {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Parses the field from the `{` at `start` to the `}` at `end`.
const fn field(source: &FormatText<'_>, text: &[u8], start: usize, end: usize) -> Result<Piece, Problem> {
    let inside = Span { start: start + 1, end };
    attempt!(check_controls(text, inside));
    let mut reader = Reader::new(text, inside);
    let name = attempt!(spec_parser::name(&mut reader));
    let has_spec = reader.take(b':');
    if name.is_empty() {
        return if has_spec { style(text, &mut reader) } else { Err(Problem { at: start, mistake: Mistake::Unnamed }) };
    }
    match source.find(name) {
        Ok(Name::Fill) => match reader.peek() {
            None => Ok(Piece::Fill),
            Some(_) => Err(Problem { at: reader.at(), mistake: Mistake::SpecOfFill }),
        },
        Ok(Name::Bar) => Ok(Piece::Bar(attempt!(bar_spec(text, &mut reader)))),
        Ok(Name::Pulse) => Ok(Piece::Pulse(attempt!(bar_spec(text, &mut reader)))),
        Ok(Name::Graph) => Ok(Piece::Graph(match attempt!(graph_width(&mut reader)) {
            Some(width) => width,
            None => GRAPH_COLUMNS,
        })),
        Ok(Name::Field(field)) => {
            let spec =
                if has_spec { attempt!(spec_parser::spec(source, &mut reader, field, name)) } else { Spec::PLAIN };
            Ok(Piece::Field { at: start, field, spec })
        }
        Err(mistake) => Err(Problem { at: start, mistake }),
    }
}

/// Parses a style: `{:bold_red}` sets the style of what follows, `{:}` ends it.
const fn style(text: &[u8], reader: &mut Reader<'_>) -> Result<Piece, Problem> {
    let style = reader.take_rest();
    if style.is_empty() {
        return Ok(Piece::Style(Color::DEFAULT));
    }
    if matches!(style.bytes_of(text), b"bar") {
        return Ok(Piece::BarStyle);
    }
    Ok(Piece::Style(attempt!(color(text, style))))
}

/// Parses a color that stands at `span`.
const fn color(text: &[u8], span: Span) -> Result<Color, Problem> {
    match parse_color::parse(span.bytes_of(text)) {
        Ok(color) => Ok(color),
        Err(error) => Err(Problem { at: span.start + error.word.start, mistake: Mistake::Style(span, error) }),
    }
}

/// Parses `[width][.color][/color]`: the colors are those of what is done and of what is not.
const fn bar_spec(text: &[u8], reader: &mut Reader<'_>) -> Result<BarSpec, Problem> {
    let start = reader.at();
    let mut spec = BarSpec { width: attempt!(bar_width(reader)), color: None, remaining: None };
    if !matches!(reader.peek(), None | Some(b'.' | b'/')) {
        let rest = reader.take_rest();
        return Err(Problem { at: start, mistake: Mistake::BarWidth(Span { start, end: rest.end }) });
    }
    if reader.take(b'.') {
        spec.color = Some(attempt!(color(text, reader.take_until(b'/'))));
    }
    if reader.take(b'/') {
        spec.remaining = Some(attempt!(color(text, reader.take_rest())));
    }
    Ok(spec)
}

/// Parses the width of a bar: `{bar}` and `{bar:}` take the free columns, `{bar:40}` takes 40, and
/// `{bar:10..=40}` takes the free columns within limits.
const fn bar_width(reader: &mut Reader<'_>) -> Result<BarWidth, Problem> {
    let start = reader.at();
    let range = attempt!(spec_parser::range(reader));
    match (range, reader.take_number()) {
        (Some(range), None) => Ok(BarWidth::Range(range)),
        (None, Some(width)) => Ok(BarWidth::Fixed(width)),
        (None, None) => Ok(BarWidth::Free),
        (Some(_), Some(_)) => Err(Problem { at: start, mistake: Mistake::NoRange }),
    }
}

/// The columns of a graph whose format does not say.
const GRAPH_COLUMNS: usize = 8;

/// Parses the width of a graph.
const fn graph_width(reader: &mut Reader<'_>) -> Result<Option<usize>, Problem> {
    let start = reader.at();
    let width = reader.take_number();
    match reader.peek() {
        None => Ok(width),
        Some(_) => {
            let rest = reader.take_rest();
            Err(Problem { at: start, mistake: Mistake::GraphWidth(Span { start, end: rest.end }) })
        }
    }
}

/// Checks that there is no control character inside a field.
const fn check_controls(text: &[u8], inside: Span) -> Result<(), Problem> {
    let mut at = inside.start;
    while at < inside.end {
        if matches!(text[at], b' '..=b'~') {
            at += 1;
            continue;
        }
        let (c, len) = decode(text, at);
        if let Some(mistake) = control(c) {
            return Err(Problem { at, mistake });
        }
        at += len;
    }
    Ok(())
}

/// Says why `c` cannot be shown, if it is a control character.
const fn control(c: char) -> Option<Mistake> {
    match c {
        '\n' => Some(Mistake::Newline),
        '\r' => Some(Mistake::CarriageReturn),
        '\t' => Some(Mistake::Tab),
        '\u{1b}' | '\u{9b}' => Some(Mistake::Escape),
        '\0'..' ' | '\u{7f}'..='\u{9f}' => Some(Mistake::Control(c)),
        _ => None,
    }
}

/// Finds the end of the escape sequence at `at`, if it sets a style or a link.
const fn known_sequence(text: &[u8], at: usize) -> Option<usize> {
    match style_sequence(text, at) {
        Some(end) => Some(end),
        None => link_sequence(text, at),
    }
}

/// Finds the end of the escape sequence at `at`, if it begins or ends a link (OSC 8): `ESC ] 8 ; … ESC
/// \`, or with BEL at its end. Braces in it are those of the target.
const fn link_sequence(text: &[u8], at: usize) -> Option<usize> {
    let (_, rest) = text.split_at(at);
    let [0x1b, b']', b'8', b';', ..] = rest else { return None };
    let mut end = at + 4;
    while end < text.len() {
        let (_, rest) = text.split_at(end);
        match rest {
            [0x07, ..] => return Some(end + 1),
            [0x1b, b'\\', ..] => return Some(end + 2),
            [b'!'..=b'~', ..] => end += 1,
            _ => return None,
        }
    }
    None
}

/// Finds the end of the escape sequence at `at`, if it sets a style (SGR): `ESC [ … m` or `U+009B …
/// m`.
const fn style_sequence(text: &[u8], at: usize) -> Option<usize> {
    let (_, rest) = text.split_at(at);
    let mut end = match rest {
        [0x1b, b'[', ..] | [0xc2, 0x9b, ..] => at + 2,
        _ => return None,
    };
    while end < text.len() {
        match text[end] {
            b'0'..=b';' => end += 1,
            b'm' => return Some(end + 1),
            _ => return None,
        }
    }
    None
}
