//! The parser for names and specs: the inside of `{count:>8,d}`.

use super::super::field::Field;
use super::super::spec::{Align, Base, ColumnRange, Digits, Gap, Length, Prefixed, Presentation, Scale, Sign, Spec};
use super::attempt::attempt;
use super::format_text::{FormatText, Name};
use super::problem::{Mistake, Problem};
use super::reader::Reader;
use crate::cells::span::Span;

/// Parses a name, up to its `:` or its end.
pub(crate) const fn name(reader: &mut Reader<'_>) -> Result<Span, Problem> {
    let start = reader.at();
    while let Some(byte) = reader.peek() {
        let mistake = match byte {
            b':' | b'}' => break,
            b'{' => Mistake::BraceInName,
            b'!' => Mistake::Conversion,
            b'.' | b'[' => Mistake::Path,
            _ => {
                reader.skip();
                continue;
            }
        };
        return Err(Problem { at: reader.at(), mistake });
    }
    Ok(Span { start, end: reader.at() })
}

/// Parses the spec of `field`, which is called `name`.
pub(crate) const fn spec(
    source: &FormatText<'_>,
    reader: &mut Reader<'_>,
    field: Field,
    name: Span,
) -> Result<Spec, Problem> {
    let start = reader.at();
    let mut spec = Spec::PLAIN;
    let has_fill = alignment(reader, &mut spec);
    if let Some(byte) = reader.peek() {
        if let Some(sign) = sign(byte) {
            spec.sign = sign;
            reader.skip();
        }
    }
    spec.alternate = reader.take(b'#');
    if reader.take(b'0') && !has_fill {
        spec.fill = '0';
        spec.zero = true;
    }
    if reader.take(b'!') {
        spec.gap = if reader.take(b'!') { Gap::WithPrefix } else { Gap::Always };
    }
    spec.range = attempt!(range(reader));
    if spec.range.is_some() {
        return match reader.peek() {
            Some(_) => Err(Problem { at: start, mistake: Mistake::NoRange }),
            None => check(spec, start, field, name),
        };
    }
    spec.width = attempt!(size(source, reader));
    if let Some(separator @ (b',' | b'_')) = reader.peek() {
        spec.grouping = Some(separator as char);
        reader.skip();
    }
    if reader.take(b'%') {
        // At the end it is a type, before a number it is a margin.
        match reader.peek() {
            Some(b'-' | b'0'..=b'9') => spec.margin = margin(reader),
            _ => spec.presentation = Presentation::Percent,
        }
    }
    if matches!(spec.presentation, Presentation::Plain) {
        let point = reader.at();
        if reader.take(b'.') {
            spec.precision = attempt!(size(source, reader));
            if spec.precision.is_none() {
                // One letter is a type; more are the color that other libraries write here.
                let mut ahead = *reader;
                let word = ahead.take_rest();
                let mistake = match word.end - word.start {
                    0 | 1 => Mistake::NoPrecision,
                    _ => Mistake::ColorInSpec { word, name },
                };
                return Err(Problem { at: point, mistake });
            }
        }
        if let Some(byte) = reader.peek() {
            if let Some(presentation) = presentation(byte) {
                spec.presentation = presentation;
                reader.skip();
            }
        }
    }
    if reader.peek().is_some() {
        let at = reader.at();
        reader.skip_char();
        let character = Span { start: at, end: reader.at() };
        return Err(Problem { at, mistake: Mistake::Unexpected { character, name } });
    }
    check(spec, start, field, name)
}

const fn check(spec: Spec, start: usize, field: Field, name: Span) -> Result<Spec, Problem> {
    match spec.validate(field.value_type()) {
        Ok(()) => Ok(spec),
        Err(problem) => Err(Problem { at: start, mistake: Mistake::Spec(name, problem) }),
    }
}

/// Parses the fewest and the most columns: `8..`, `..=20`, `8..=20`. Reads nothing if there are no
/// two points.
pub(crate) const fn range(reader: &mut Reader<'_>) -> Result<Option<ColumnRange>, Problem> {
    let mut ahead = *reader;
    let at = ahead.at();
    let min = match ahead.take_number() {
        Some(min) => min,
        None => 0,
    };
    if !(ahead.take(b'.') && ahead.take(b'.')) {
        return Ok(None);
    }
    let max = if ahead.take(b'=') {
        match ahead.take_number() {
            Some(max) if max >= min => Some(max),
            _ => return Err(Problem { at, mistake: Mistake::NoRange }),
        }
    } else {
        None
    };
    *reader = ahead;
    Ok(Some(ColumnRange { min, max }))
}

/// Parses `[[fill]align]`. Returns whether there is a fill character.
const fn alignment(reader: &mut Reader<'_>, spec: &mut Spec) -> bool {
    let Some((first, second)) = reader.peek_char() else { return false };
    if let Some(second) = second {
        if let Some(align) = align(second) {
            spec.fill = first;
            spec.align = Some(align);
            reader.skip_char();
            reader.skip();
            return true;
        }
    }
    if first.is_ascii() {
        if let Some(align) = align(first as u8) {
            spec.align = Some(align);
            reader.skip();
        }
    }
    false
}

/// Parses a width or a precision: a number or, in braces, the name of a field.
const fn size(source: &FormatText<'_>, reader: &mut Reader<'_>) -> Result<Option<Length>, Problem> {
    let start = reader.at();
    if !reader.take(b'{') {
        return Ok(match reader.take_number() {
            Some(number) => Some(Length::Fixed(number)),
            None => None,
        });
    }
    let name = attempt!(name(reader));
    if name.is_empty() {
        return Err(Problem { at: start, mistake: Mistake::Unnamed });
    }
    if !reader.take(b'}') {
        return Err(Problem { at: reader.at(), mistake: Mistake::SpecOfWidth });
    }
    match source.find(name) {
        Ok(Name::Field(field)) if field.value_type().can_be_width() => Ok(Some(Length::Of(field))),
        Ok(_) => Err(Problem { at: start, mistake: Mistake::NoWidth(name) }),
        Err(mistake) => Err(Problem { at: start, mistake }),
    }
}

const fn margin(reader: &mut Reader<'_>) -> i32 {
    let is_negative = reader.take(b'-');
    let margin = match reader.take_number() {
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
