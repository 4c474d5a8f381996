//! Numbers as text, digit by digit as Python writes them.

use std::fmt::Write as _;

use super::super::spec::{Base, Presentation, Spec};
use super::assemble::{Parts, ResolvedSpec, assemble};
use super::digits;
use super::prefix;
use crate::state::number::Number;

/// Writes `number`. `scratch` is a buffer for its digits.
pub(crate) fn write(out: &mut String, number: Number, resolved: ResolvedSpec<'_>, scratch: &mut String) {
    scratch.clear();
    let presentation = resolved.spec.presentation;
    let whole = match (number, presentation) {
        (_, Presentation::Prefixed(prefixed)) => {
            return prefix::write(out, number.as_f64(), prefixed, resolved, scratch);
        }
        (Number::Whole(n), Presentation::Plain | Presentation::Local) if resolved.precision.is_none() => Some(n),
        (Number::Whole(n), presentation) if presentation.is_whole() => Some(n),
        // A type for whole numbers rounds a fraction. A cast saturates.
        (Number::Fraction(x), presentation) if presentation.is_whole() && x.is_finite() => {
            Some(x.round_ties_even() as i64)
        }
        _ => None,
    };
    match whole {
        Some(n) => write_whole(out, n, resolved, scratch),
        None => write_fraction(out, number.as_f64(), resolved, scratch),
    }
}

/// Writes a count. Types for whole numbers show only what is done.
pub(crate) fn write_count(out: &mut String, count: Number, resolved: ResolvedSpec<'_>, scratch: &mut String) {
    let is_whole = resolved.spec.presentation.is_whole() && count.finite().is_some();
    write(out, if is_whole { Number::Whole(count.whole()) } else { count }, resolved, scratch);
}

/// Writes a whole number with separators.
pub(crate) fn write_grouped(out: &mut String, n: u64) {
    const SPEC: Spec = Spec { grouping: Some(','), ..Spec::PLAIN };
    let parts = Parts { negative: false, mark: "", body: &n.to_string(), group: 3 };
    assemble(out, parts, ResolvedSpec { spec: &SPEC, width: 0, precision: None }, 0);
}

fn write_whole(out: &mut String, n: i64, resolved: ResolvedSpec<'_>, digits: &mut String) {
    let size = n.unsigned_abs();
    let mut mark = "";
    let _ = match resolved.spec.presentation {
        Presentation::Base(Base::Binary) => {
            mark = "0b";
            write!(digits, "{size:b}")
        }
        Presentation::Base(Base::Octal) => {
            mark = "0o";
            write!(digits, "{size:o}")
        }
        Presentation::Base(Base::Hex) => {
            mark = "0x";
            write!(digits, "{size:x}")
        }
        Presentation::Base(Base::UpperHex) => {
            mark = "0X";
            write!(digits, "{size:X}")
        }
        Presentation::Char => {
            let c = u32::try_from(n).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
            digits.write_char(c)
        }
        _ => write!(digits, "{size}"),
    };
    if !resolved.spec.alternate {
        mark = "";
    }
    let negative = n < 0 && resolved.spec.presentation != Presentation::Char;
    let group = if matches!(resolved.spec.presentation, Presentation::Base(_)) { 4 } else { 3 };
    assemble(out, Parts { negative, mark, body: digits, group }, resolved, resolved.width);
}

fn write_fraction(out: &mut String, x: f64, resolved: ResolvedSpec<'_>, digits: &mut String) {
    fraction(digits, x.abs(), resolved);
    let negative = x.is_sign_negative() && !x.is_nan();
    assemble(out, Parts { negative, mark: "", body: digits, group: 3 }, resolved, resolved.width);
}

/// Writes the digits of `x`, which is not negative.
fn fraction(out: &mut String, x: f64, resolved: ResolvedSpec<'_>) {
    let ResolvedSpec { spec, precision, .. } = resolved;
    let upper = matches!(
        spec.presentation,
        Presentation::Fixed { upper: true }
            | Presentation::Exponent { upper: true }
            | Presentation::General { upper: true }
    );
    if !x.is_finite() {
        out.push_str(match (x.is_nan(), upper) {
            (true, false) => "nan",
            (true, true) => "NAN",
            (false, false) => "inf",
            (false, true) => "INF",
        });
        if spec.presentation == Presentation::Percent {
            out.push('%');
        }
        return;
    }
    match (spec.presentation, precision) {
        (Presentation::Fixed { .. }, _) => digits::fixed(out, x, precision.unwrap_or(6), spec.alternate),
        (Presentation::Percent, _) => {
            let x = x * 100.0;
            if x.is_finite() {
                digits::fixed(out, x, precision.unwrap_or(6), spec.alternate);
            } else {
                out.push_str("inf");
            }
            out.push('%');
        }
        (Presentation::Exponent { .. }, _) => digits::exponent(out, x, precision.unwrap_or(6), spec.alternate, upper),
        (Presentation::General { .. } | Presentation::Local, _) => {
            digits::general(out, x, precision.unwrap_or(6), false, spec.alternate, upper)
        }
        (_, Some(precision)) => digits::general(out, x, precision, true, spec.alternate, false),
        (_, None) => digits::shortest(out, x, spec.alternate),
    }
}
