//! Numbers with a unit prefix: `1.25k`, `1.18 Mi`, `8.20m`.

use std::fmt::Write as _;

use super::super::spec::{Digits, Gap, Prefixed, Scale};
use super::assemble::{Parts, ResolvedSpec, assemble};
use super::digits;

const SI: [&str; 10] = ["k", "M", "G", "T", "P", "E", "Z", "Y", "R", "Q"];
const SI_SMALL: [&str; 10] = ["m", "μ", "n", "p", "f", "a", "z", "y", "r", "q"];
const IEC: [&str; 8] = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];
const IEC_SHORT: [&str; 8] = ["K", "M", "G", "T", "P", "E", "Z", "Y"];

/// Writes `x` with a prefix. `scratch` is a buffer for its digits.
///
/// The width includes the prefix. The padding is around the number.
pub(crate) fn write(out: &mut String, x: f64, prefixed: Prefixed, resolved: ResolvedSpec<'_>, scratch: &mut String) {
    let size = x.abs();
    let negative = x.is_sign_negative() && !x.is_nan();
    if !size.is_finite() {
        let body = if size.is_nan() { "nan" } else { "inf" };
        return assemble(out, Parts { negative, mark: "", body, group: 3 }, resolved, resolved.width);
    }
    let (magnitude, prefix) = choose(size, prefixed.scale, resolved, scratch);
    scratch.clear();
    let value = size / magnitude;
    match prefixed.digits {
        Digits::Decimals => digits::fixed(scratch, value, resolved.precision.unwrap_or(6), resolved.spec.alternate),
        Digits::Significant => {
            let precision = resolved.precision.filter(|p| *p > 0).unwrap_or(6);
            // Enlighten rounds numbers from 1 on twice: 231.2500001 with four digits is therefore
            // 231.2.
            let once = negative || value < 1.0;
            let value = if once { value } else { rounded(value, precision + 1, scratch) };
            scratch.clear();
            significant(scratch, value, precision, resolved.spec.alternate);
        }
    }
    let gap = gap(resolved.spec.gap, !prefix.is_empty());
    // Without a prefix, the blank in its place does not count.
    let suffix = if prefix.is_empty() { 0 } else { gap.len() + prefix.chars().count() };
    assemble(
        out,
        Parts { negative, mark: "", body: scratch, group: 3 },
        resolved,
        resolved.width.saturating_sub(suffix),
    );
    out.push_str(gap);
    out.push_str(prefix);
}

/// Returns the largest magnitude that `x` reaches once it is rounded, and its prefix.
fn choose(x: f64, scale: Scale, resolved: ResolvedSpec<'_>, scratch: &mut String) -> (f64, &'static str) {
    let (base, large): (f64, &[&'static str]) = match scale {
        Scale::Si => (1000.0, &SI),
        Scale::Iec => (1024.0, &IEC),
        Scale::IecShort => (1024.0, &IEC_SHORT),
    };
    let margin = f64::from(resolved.spec.margin + 100) / 100.0;
    let decimals = resolved.precision.unwrap_or(6);
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

/// Whether `x` is at least 1 once it is rounded to `decimals`.
fn is_one(x: f64, decimals: usize, scratch: &mut String) -> bool {
    scratch.clear();
    let _ = write!(scratch, "{x:.decimals$}");
    scratch.bytes().take_while(|b| *b != b'.').any(|b| (b'1'..=b'9').contains(&b))
}

/// Rounds `x`, which is at least 1, to `decimals`.
fn rounded(x: f64, decimals: usize, scratch: &mut String) -> f64 {
    scratch.clear();
    let _ = write!(scratch, "{x:.decimals$}");
    let mut digits = scratch.bytes().filter(u8::is_ascii_digit).map(|digit| u64::from(digit - b'0'));
    match digits.try_fold(0, |n: u64, digit| n.checked_mul(10)?.checked_add(digit)) {
        // Up to here both operands are exact, and so the quotient is the nearest float.
        Some(n) if n <= 1 << 53 => n as f64 / (0..decimals).fold(1.0, |size, _| size * 10.0),
        // `x` has no more digits than that.
        _ => x,
    }
}

/// Writes `x` with `precision` significant digits, and zeros for the others. There is never an
/// exponent.
fn significant(out: &mut String, x: f64, precision: usize, alternate: bool) {
    let start = out.len();
    let _ = write!(out, "{x:e}");
    let decimals = precision as i64 - 1 - i64::from(digits::cut_exponent(out, start));
    out.truncate(start);
    let _ = write!(out, "{x:.*e}", precision - 1);
    let power = digits::cut_exponent(out, start);
    // First the digits, then zeros on both sides, then the point.
    if precision > 1 {
        out.remove(start + 1);
    }
    (power..0).for_each(|_| out.insert(start, '0'));
    let point = start + usize::try_from(power).unwrap_or(0) + 1;
    let end = point + usize::try_from(decimals).unwrap_or(0);
    digits::repeat(out, '0', end.saturating_sub(out.len()));
    out.truncate(end);
    if end > point {
        out.insert(point, '.');
    }
    if !alternate {
        digits::trim_zeros(out, start);
    }
}

/// Returns the blank between a number and its prefix, if there is one.
fn gap(gap: Gap, has_prefix: bool) -> &'static str {
    match gap {
        Gap::Always => " ",
        Gap::WithPrefix if has_prefix => " ",
        Gap::WithPrefix | Gap::None => "",
    }
}
