//! Numbers with a unit prefix: `1.25k`, `1.18 Mi`, `8.20m`.

use std::fmt::Write as _;

use super::number::{self, Parts, Shape};
use super::spec::{Digits, Prefixed, Scale};

const SI: [&str; 10] = ["k", "M", "G", "T", "P", "E", "Z", "Y", "R", "Q"];
const SI_SMALL: [&str; 10] = ["m", "μ", "n", "p", "f", "a", "z", "y", "r", "q"];
const IEC: [&str; 8] = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];
const IEC_SHORT: [&str; 8] = ["K", "M", "G", "T", "P", "E", "Z", "Y"];

/// Writes `x` with the prefix that suits it; `scratch` is room for its digits.
///
/// The width is that of number and prefix together, and the padding belongs to the number.
pub(super) fn write(out: &mut String, x: f64, prefixed: Prefixed, shape: Shape<'_>, scratch: &mut String) {
    let size = x.abs();
    let negative = x.is_sign_negative() && !x.is_nan();
    if !size.is_finite() {
        let body = if size.is_nan() { "nan" } else { "inf" };
        return number::assemble(out, Parts { negative, mark: "", body, group: 3 }, shape, shape.width);
    }
    let (magnitude, prefix) = choose(size, prefixed.scale, shape, scratch);
    scratch.clear();
    let value = size / magnitude;
    match prefixed.digits {
        Digits::Decimals => number::fixed(scratch, value, shape.precision.unwrap_or(6), shape.spec.alternate),
        Digits::Significant => {
            let precision = shape.precision.filter(|p| *p > 0).unwrap_or(6);
            // Enlighten rounds these twice from one on: 231.2500001 to four digits is 231.2 for that reason.
            let value = if negative || value < 1.0 {
                Some(value)
            } else {
                written(scratch, 0, format_args!("{value:.*}", precision + 1))
            };
            significant(scratch, value.unwrap_or_default(), precision, shape.spec.alternate);
        }
    }
    let gap = number::gap(shape.spec.gap, !prefix.is_empty());
    // Where there is no prefix, the blank that stands for it is not counted.
    let suffix = if prefix.is_empty() { 0 } else { gap.len() + prefix.chars().count() };
    number::assemble(
        out,
        Parts { negative, mark: "", body: scratch, group: 3 },
        shape,
        shape.width.saturating_sub(suffix),
    );
    out.push_str(gap);
    out.push_str(prefix);
}

/// The largest magnitude of which `x`, once rounded, has at least one; and its prefix.
fn choose(x: f64, scale: Scale, shape: Shape<'_>, scratch: &mut String) -> (f64, &'static str) {
    let (base, large): (f64, &[&'static str]) = match scale {
        Scale::Si => (1000.0, &SI),
        Scale::Iec => (1024.0, &IEC),
        Scale::IecShort => (1024.0, &IEC_SHORT),
    };
    let margin = f64::from(shape.spec.margin + 100) / 100.0;
    let decimals = shape.precision.unwrap_or(6);
    let mut reaches = |magnitude: f64| {
        let share = x / (magnitude * margin);
        scratch.clear();
        let _ = write!(scratch, "{share:.decimals$}");
        scratch.bytes().take_while(|b| *b != b'.').any(|b| (b'1'..=b'9').contains(&b))
    };
    for (n, prefix) in large.iter().enumerate().rev() {
        let magnitude = (0..=n).fold(1.0, |size, _| size * base);
        if reaches(magnitude) {
            return (magnitude, prefix);
        }
    }
    if scale != Scale::Si || x == 0.0 || x >= 1.0 {
        return (1.0, "");
    }
    let mut smallest = (1.0, "");
    for prefix in SI_SMALL {
        smallest = (smallest.0 / base, prefix);
        let magnitude = smallest.0;
        if reaches(magnitude) {
            break;
        }
    }
    smallest
}

/// `precision` digits that count, the others zero; no exponent, however large the number.
fn significant(out: &mut String, x: f64, precision: usize, alternate: bool) {
    let start = out.len();
    let _ = write!(out, "{x:e}");
    let power = number::cut_exponent(out, start);
    out.truncate(start);
    let x = written(out, start, format_args!("{x:.*e}", precision - 1)).unwrap_or(x);
    let digits = i32::try_from(precision - 1).unwrap_or(i32::MAX);
    number::fixed(out, x, usize::try_from(digits.saturating_sub(power)).unwrap_or(0), false);
    if !alternate {
        number::trim_zeros(out, start);
    }
}

/// The number that the digits stand for; they are written behind `start`, and taken away again.
fn written(out: &mut String, start: usize, digits: std::fmt::Arguments<'_>) -> Option<f64> {
    let _ = out.write_fmt(digits);
    let number = out.get(start..).and_then(|text| text.parse().ok());
    out.truncate(start);
    number
}
