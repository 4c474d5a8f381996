//! Numbers as text: digits, signs, thousands and padding, digit by digit as Python writes them.

use std::fmt::Write as _;

use super::prefix;
use super::spec::{Align, Base, Form, Gap, Sign, Spec};
use crate::state::snapshot::Number;

/// A spec whose width and precision are known.
#[derive(Clone, Copy)]
pub(super) struct Shape<'a> {
    pub(super) spec: &'a Spec,
    pub(super) width: usize,
    pub(super) precision: Option<usize>,
}

/// Writes `number`; `scratch` is room for its digits.
pub(super) fn write(out: &mut String, number: Number, shape: Shape<'_>, scratch: &mut String) {
    scratch.clear();
    let form = shape.spec.form;
    let whole = match (number, form) {
        (_, Form::Prefixed(prefixed)) => return prefix::write(out, number.as_f64(), prefixed, shape, scratch),
        (Number::Whole(n), Form::Plain | Form::Local) if shape.precision.is_none() => Some(n),
        (Number::Whole(n), Form::Decimal | Form::Base(_) | Form::Char) => Some(n),
        // A fraction where a whole number is asked for: the nearest. A cast saturates, and makes 0 of what is no number.
        (Number::Fraction(x), Form::Decimal | Form::Base(_) | Form::Char) if x.is_finite() => {
            Some(x.round_ties_even() as i64)
        }
        _ => None,
    };
    match whole {
        Some(n) => write_whole(out, n, shape, scratch),
        None => write_fraction(out, number.as_f64(), shape, scratch),
    }
}

/// Writes `number` the way it is written without a spec.
pub(super) fn plain(out: &mut String, number: Number) {
    match number {
        Number::Whole(n) => {
            let _ = write!(out, "{n}");
        }
        Number::Fraction(x) => {
            if x.is_sign_negative() && !x.is_nan() {
                out.push('-');
            }
            shortest(out, x.abs(), false);
        }
    }
}

fn write_whole(out: &mut String, n: i64, shape: Shape<'_>, digits: &mut String) {
    let size = n.unsigned_abs();
    let mut mark = "";
    let _ = match shape.spec.form {
        Form::Base(Base::Binary) => {
            mark = "0b";
            write!(digits, "{size:b}")
        }
        Form::Base(Base::Octal) => {
            mark = "0o";
            write!(digits, "{size:o}")
        }
        Form::Base(Base::Hex) => {
            mark = "0x";
            write!(digits, "{size:x}")
        }
        Form::Base(Base::UpperHex) => {
            mark = "0X";
            write!(digits, "{size:X}")
        }
        Form::Char => {
            let c = u32::try_from(n).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
            digits.write_char(c)
        }
        _ => write!(digits, "{size}"),
    };
    if !shape.spec.alternate {
        mark = "";
    }
    let negative = n < 0 && shape.spec.form != Form::Char;
    let group = if matches!(shape.spec.form, Form::Base(_)) { 4 } else { 3 };
    assemble(out, Parts { negative, mark, body: digits, group }, shape, shape.width);
}

fn write_fraction(out: &mut String, x: f64, shape: Shape<'_>, digits: &mut String) {
    fraction(digits, x.abs(), shape);
    let negative = x.is_sign_negative() && !x.is_nan();
    assemble(out, Parts { negative, mark: "", body: digits, group: 3 }, shape, shape.width);
}

/// Writes the digits of `x`, which is not negative, in the form of `shape`.
fn fraction(out: &mut String, x: f64, shape: Shape<'_>) {
    let Shape { spec, precision, .. } = shape;
    let upper = matches!(
        spec.form,
        Form::Fixed { upper: true } | Form::Exponent { upper: true } | Form::General { upper: true }
    );
    if !x.is_finite() {
        out.push_str(match (x.is_nan(), upper) {
            (true, false) => "nan",
            (true, true) => "NAN",
            (false, false) => "inf",
            (false, true) => "INF",
        });
        if spec.form == Form::Percent {
            out.push('%');
        }
        return;
    }
    match (spec.form, precision) {
        (Form::Fixed { .. }, _) => fixed(out, x, precision.unwrap_or(6), spec.alternate),
        (Form::Percent, _) => {
            let x = x * 100.0;
            if x.is_finite() {
                fixed(out, x, precision.unwrap_or(6), spec.alternate);
            } else {
                out.push_str("inf");
            }
            out.push('%');
        }
        (Form::Exponent { .. }, _) => exponent(out, x, precision.unwrap_or(6), spec.alternate, upper),
        (Form::General { .. } | Form::Local, _) => {
            general(out, x, precision.unwrap_or(6), false, spec.alternate, upper)
        }
        (_, Some(precision)) => general(out, x, precision, true, spec.alternate, false),
        (_, None) => shortest(out, x, spec.alternate),
    }
}

/// `decimals` digits after the point.
pub(super) fn fixed(out: &mut String, x: f64, decimals: usize, alternate: bool) {
    let _ = write!(out, "{x:.decimals$}");
    if alternate && decimals == 0 {
        out.push('.');
    }
}

/// One digit, `decimals` more, and the power of ten.
fn exponent(out: &mut String, x: f64, decimals: usize, alternate: bool, upper: bool) {
    let start = out.len();
    let _ = write!(out, "{x:.decimals$e}");
    let power = cut_exponent(out, start);
    if alternate && decimals == 0 {
        out.push('.');
    }
    push_exponent(out, power, upper);
}

/// `precision` digits that count. `plain` writes a fraction so that it does not look like a whole number.
fn general(out: &mut String, x: f64, precision: usize, plain: bool, alternate: bool, upper: bool) {
    let precision = precision.max(1);
    let digits = precision - 1;
    let start = out.len();
    let _ = write!(out, "{x:.digits$e}");
    let power = cut_exponent(out, start);
    let precision = i32::try_from(precision).unwrap_or(i32::MAX);
    if power < -4 || power >= precision - i32::from(plain) {
        if !alternate {
            trim_zeros(out, start);
        } else if !has_point(out, start) {
            out.push('.');
        }
        return push_exponent(out, power, upper);
    }
    out.truncate(start);
    // Not negative: the power is below the precision.
    let decimals = usize::try_from(precision - 1 - power).unwrap_or(0);
    fixed(out, x, decimals, alternate);
    if !alternate {
        trim_zeros(out, start);
    }
    if plain && !has_point(out, start) {
        out.push_str(".0");
    }
}

/// As few digits as tell `x` from its neighbours; of two that are as few, the nearer, and of two as near, the even one.
fn shortest(out: &mut String, x: f64, alternate: bool) {
    if !x.is_finite() {
        return out.push_str(if x.is_nan() { "nan" } else { "inf" });
    }
    let start = out.len();
    let _ = write!(out, "{x:e}");
    cut_exponent(out, start);
    let digits = out.get(start..).map_or(1, |digits| digits.bytes().filter(u8::is_ascii_digit).count());
    out.truncate(start);
    let _ = write!(out, "{x:.*e}", digits.saturating_sub(1));
    let power = cut_exponent(out, start);
    if (-4..16).contains(&power) {
        out.truncate(start);
        let digits = i32::try_from(digits).unwrap_or(i32::MAX);
        // One digit after the point at least, so that it does not look like a whole number.
        let decimals = usize::try_from(digits.saturating_sub(1 + power)).unwrap_or(0).max(1);
        fixed(out, x, decimals, alternate);
    } else {
        if alternate && !has_point(out, start) {
            out.push('.');
        }
        push_exponent(out, power, false);
    }
}

/// Takes the `e5` from the number that begins at `start`, and returns the 5.
pub(super) fn cut_exponent(out: &mut String, start: usize) -> i32 {
    let Some(at) = out.rfind('e').filter(|at| *at >= start) else { return 0 };
    let power = out.get(at + 1..).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    out.truncate(at);
    power
}

fn push_exponent(out: &mut String, power: i32, upper: bool) {
    let letter = if upper { 'E' } else { 'e' };
    let sign = if power < 0 { '-' } else { '+' };
    let _ = write!(out, "{letter}{sign}{:02}", power.unsigned_abs());
}

fn has_point(out: &str, start: usize) -> bool {
    out.get(start..).is_some_and(|number| number.contains('.'))
}

/// Takes the zeros after the point away, and the point if nothing is left behind it.
pub(super) fn trim_zeros(out: &mut String, start: usize) {
    if has_point(out, start) {
        let kept = out.trim_end_matches('0').trim_end_matches('.').len();
        out.truncate(kept);
    }
}

/// A number in its parts.
pub(super) struct Parts<'a> {
    pub(super) negative: bool,
    /// What marks the base, as `0x`.
    pub(super) mark: &'a str,
    /// The digits, and what follows them.
    pub(super) body: &'a str,
    /// Digits between two separators.
    pub(super) group: usize,
}

/// Writes sign, mark and body into `width` characters, with the separators between the thousands.
pub(super) fn assemble(out: &mut String, parts: Parts<'_>, shape: Shape<'_>, width: usize) {
    let Parts { negative, mark, body, group } = parts;
    let spec = shape.spec;
    let sign = match (negative, spec.sign) {
        (true, _) => "-",
        (false, Sign::Plus) => "+",
        (false, Sign::Space) => " ",
        (false, Sign::Minus) => "",
    };
    let whole = body.bytes().take_while(u8::is_ascii_hexdigit).count();
    // `e` is a digit of hexadecimals only.
    let whole = if group == 4 { whole } else { body.bytes().take_while(u8::is_ascii_digit).count() };
    let (digits, tail) = body.split_at(whole);
    let head = sign.len() + mark.len();
    let align = spec.align.unwrap_or(if spec.zero { Align::AfterSign } else { Align::Right });
    let rest = tail.chars().count();
    // Zeros before the number are digits too, and get their separators.
    let zeros_grouped = spec.grouping.is_some() && spec.fill == '0' && align == Align::AfterSign && !digits.is_empty();
    let shown = if zeros_grouped {
        grouped_digits(digits.len(), width.saturating_sub(head + rest), group)
    } else {
        digits.len()
    };
    let separators = if spec.grouping.is_some() { shown.saturating_sub(1) / group } else { 0 };
    let room = width.saturating_sub(head + shown + separators + rest);
    let (left, inner, right) = match align {
        Align::Left => (0, 0, room),
        Align::Right => (room, 0, 0),
        Align::Center => (room / 2, 0, room - room / 2),
        Align::AfterSign => (0, room, 0),
    };
    repeat(out, spec.fill, left);
    out.push_str(sign);
    out.push_str(mark);
    repeat(out, spec.fill, inner);
    let zeros = shown - digits.len();
    for (n, digit) in std::iter::repeat_n('0', zeros).chain(digits.chars()).enumerate() {
        if let Some(separator) = spec.grouping.filter(|_| n > 0 && (shown - n) % group == 0) {
            out.push(separator);
        }
        out.push(digit);
    }
    out.push_str(tail);
    repeat(out, spec.fill, right);
}

/// How many digits, `digits` at least, fill `room` together with their separators. The first of them is no separator,
/// so it may become one more than there is room for.
fn grouped_digits(digits: usize, room: usize, group: usize) -> usize {
    let mut shown = digits;
    while shown + (shown.saturating_sub(1)) / group < room {
        shown += 1;
    }
    shown
}

pub(super) fn repeat(out: &mut String, c: char, times: usize) {
    out.extend(std::iter::repeat_n(c, times));
}

/// The blank between a number and its prefix.
pub(super) fn gap(gap: Gap, prefixed: bool) -> &'static str {
    match gap {
        Gap::Always => " ",
        Gap::WithPrefix if prefixed => " ",
        Gap::WithPrefix | Gap::None => "",
    }
}
