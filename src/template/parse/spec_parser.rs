//! The parser for names and specs: the inside of `{count:>8,d}`.

use super::super::field::Field;
use super::super::spec::{Align, Base, Digits, Gap, Prefixed, Presentation, Scale, Sign, Size, Spec};
use super::attempt::attempt;
use super::cursor::Cursor;
use super::problem::{Mistake, Problem};
use super::source::{Name, Source};
use crate::cells::span::Span;

/// Parses a name, up to its `:` or its end.
pub(crate) const fn name(cursor: &mut Cursor<'_>) -> Result<Span, Problem> {
    let start = cursor.at();
    while let Some(byte) = cursor.peek() {
        let mistake = match byte {
            b':' | b'}' => break,
            b'{' => Mistake::BraceInName,
            b'!' => Mistake::Conversion,
            b'.' | b'[' => Mistake::Path,
            _ => {
                cursor.skip();
                continue;
            }
        };
        return Err(Problem { at: cursor.at(), mistake });
    }
    Ok(Span { start, end: cursor.at() })
}

/// Parses the spec of `field`, which is called `name`.
pub(crate) const fn spec(
    source: &Source<'_>,
    cursor: &mut Cursor<'_>,
    field: Field,
    name: Span,
) -> Result<Spec, Problem> {
    let start = cursor.at();
    let mut spec = Spec::PLAIN;
    let has_fill = alignment(cursor, &mut spec);
    if let Some(byte) = cursor.peek() {
        if let Some(sign) = sign(byte) {
            spec.sign = sign;
            cursor.skip();
        }
    }
    spec.alternate = cursor.take(b'#');
    if cursor.take(b'0') && !has_fill {
        spec.fill = '0';
        spec.zero = true;
    }
    if cursor.take(b'!') {
        spec.gap = if cursor.take(b'!') { Gap::WithPrefix } else { Gap::Always };
    }
    spec.width = attempt!(size(source, cursor));
    if let Some(separator @ (b',' | b'_')) = cursor.peek() {
        spec.grouping = Some(separator as char);
        cursor.skip();
    }
    if cursor.take(b'%') {
        // At the end it is a type, before a number it is a margin.
        match cursor.peek() {
            Some(b'-' | b'0'..=b'9') => spec.margin = margin(cursor),
            _ => spec.presentation = Presentation::Percent,
        }
    }
    if matches!(spec.presentation, Presentation::Plain) {
        let point = cursor.at();
        if cursor.take(b'.') {
            spec.precision = attempt!(size(source, cursor));
            if spec.precision.is_none() {
                return Err(Problem { at: point, mistake: Mistake::NoPrecision });
            }
        }
        if let Some(byte) = cursor.peek() {
            if let Some(presentation) = presentation(byte) {
                spec.presentation = presentation;
                cursor.skip();
            }
        }
    }
    if cursor.peek().is_some() {
        let at = cursor.at();
        cursor.skip_char();
        let character = Span { start: at, end: cursor.at() };
        return Err(Problem { at, mistake: Mistake::Unexpected { character, name } });
    }
    match spec.validate(field.value_type()) {
        Ok(()) => Ok(spec),
        Err(problem) => Err(Problem { at: start, mistake: Mistake::Spec(name, problem) }),
    }
}

/// Parses `[[fill]align]`. Returns whether there is a fill character.
const fn alignment(cursor: &mut Cursor<'_>, spec: &mut Spec) -> bool {
    let Some((first, second)) = cursor.peek_char() else { return false };
    if let Some(second) = second {
        if let Some(align) = align(second) {
            spec.fill = first;
            spec.align = Some(align);
            cursor.skip_char();
            cursor.skip();
            return true;
        }
    }
    if first.is_ascii() {
        if let Some(align) = align(first as u8) {
            spec.align = Some(align);
            cursor.skip();
        }
    }
    false
}

/// Parses a width or a precision: a number or, in braces, the name of a field.
const fn size(source: &Source<'_>, cursor: &mut Cursor<'_>) -> Result<Option<Size>, Problem> {
    let start = cursor.at();
    if !cursor.take(b'{') {
        return Ok(match cursor.take_number() {
            Some(number) => Some(Size::Fixed(number)),
            None => None,
        });
    }
    let name = attempt!(name(cursor));
    if name.is_empty() {
        return Err(Problem { at: start, mistake: Mistake::Unnamed });
    }
    if !cursor.take(b'}') {
        return Err(Problem { at: cursor.at(), mistake: Mistake::SpecOfWidth });
    }
    match source.find(name) {
        Ok(Name::Field(field)) if field.value_type().can_be_width() => Ok(Some(Size::Of(field))),
        Ok(_) => Err(Problem { at: start, mistake: Mistake::NoWidth(name) }),
        Err(mistake) => Err(Problem { at: start, mistake }),
    }
}

const fn margin(cursor: &mut Cursor<'_>) -> i32 {
    let is_negative = cursor.take(b'-');
    let margin = match cursor.take_number() {
        Some(number) => number as i32,
        None => 0,
    };
    if is_negative { -margin } else { margin }
}

const fn align(byte: u8) -> Option<Align> {
    match byte {
        b'<' => Some(Align::Left),
        b'>' => Some(Align::Right),
        b'^' => Some(Align::Center),
        b'=' => Some(Align::AfterSign),
        _ => None,
    }
}

const fn sign(byte: u8) -> Option<Sign> {
    match byte {
        b'-' => Some(Sign::Minus),
        b'+' => Some(Sign::Plus),
        b' ' => Some(Sign::Space),
        _ => None,
    }
}

const fn presentation(byte: u8) -> Option<Presentation> {
    let presentation = match byte {
        b's' => Presentation::Text,
        b'd' => Presentation::Decimal,
        b'b' => Presentation::Base(Base::Binary),
        b'o' => Presentation::Base(Base::Octal),
        b'x' => Presentation::Base(Base::Hex),
        b'X' => Presentation::Base(Base::UpperHex),
        b'c' => Presentation::Char,
        b'f' | b'F' => Presentation::Fixed { upper: byte == b'F' },
        b'e' | b'E' => Presentation::Exponent { upper: byte == b'E' },
        b'g' | b'G' => Presentation::General { upper: byte == b'G' },
        b'n' => Presentation::Local,
        b'%' => Presentation::Percent,
        b'h' => prefixed(Scale::Si, Digits::Decimals),
        b'H' => prefixed(Scale::Si, Digits::Significant),
        b'k' | b'j' => prefixed(Scale::Iec, Digits::Decimals),
        b'K' => prefixed(Scale::Iec, Digits::Significant),
        b'm' | b'J' => prefixed(Scale::IecShort, Digits::Decimals),
        b'M' => prefixed(Scale::IecShort, Digits::Significant),
        _ => return None,
    };
    Some(presentation)
}

const fn prefixed(scale: Scale, digits: Digits) -> Presentation {
    Presentation::Prefixed(Prefixed { scale, digits })
}
