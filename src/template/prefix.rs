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
            let once = negative || value < 1.0;
            let value = if once { value } else { rounded(value, precision + 1, scratch) };
            scratch.clear();
            significant(scratch, value, precision, shape.spec.alternate);
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
    let mut reaches = |magnitude: f64| is_one(x / (magnitude * margin), decimals, scratch);
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

/// Whether `x` has at least one, once rounded to so many decimals.
#[inline(never)]
fn is_one(x: f64, decimals: usize, scratch: &mut String) -> bool {
    scratch.clear();
    let _ = write!(scratch, "{x:.decimals$}");
    scratch.bytes().take_while(|b| *b != b'.').any(|b| (b'1'..=b'9').contains(&b))
}

/// The number that `x` with so many decimals would be read as. `x` is at least one.
fn rounded(x: f64, decimals: usize, scratch: &mut String) -> f64 {
    scratch.clear();
    let _ = write!(scratch, "{x:.decimals$}");
    let mut digits = scratch.bytes().filter(u8::is_ascii_digit).map(|digit| u64::from(digit - b'0'));
    match digits.try_fold(0, |n: u64, digit| n.checked_mul(10)?.checked_add(digit)) {
        // Up to here both are exact, and the nearest to the digits is their quotient.
        Some(n) if n <= 1 << 53 => n as f64 / (0..decimals).fold(1.0, |size, _| size * 10.0),
        // So many digits are those of `x`.
        _ => x,
    }
}

/// `precision` digits that count, the others zero; no exponent, however large the number.
fn significant(out: &mut String, x: f64, precision: usize, alternate: bool) {
    let start = out.len();
    let _ = write!(out, "{x:e}");
    let decimals = precision as i64 - 1 - i64::from(number::cut_exponent(out, start));
    out.truncate(start);
    let _ = write!(out, "{x:.*e}", precision - 1);
    let power = number::cut_exponent(out, start);
    // The digits alone, then zeros on both sides, then the point.
    if precision > 1 {
        out.remove(start + 1);
    }
    (power..0).for_each(|_| out.insert(start, '0'));
    let point = start + usize::try_from(power).unwrap_or(0) + 1;
    let end = point + usize::try_from(decimals).unwrap_or(0);
    number::repeat(out, '0', end.saturating_sub(out.len()));
    out.truncate(end);
    if end > point {
        out.insert(point, '.');
    }
    if !alternate {
        number::trim_zeros(out, start);
    }
}
