//! Digits of numbers, as Python writes them.

use std::fmt::Write as _;

use crate::state::number::Number;

/// Writes `number` as it is written without a spec.
pub(crate) fn plain(out: &mut String, number: Number) {
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

/// Writes `x` with `decimals` digits after the point.
pub(crate) fn fixed(out: &mut String, x: f64, decimals: usize, alternate: bool) {
    let _ = write!(out, "{x:.decimals$}");
    if alternate && decimals == 0 {
        out.push('.');
    }
}

/// Writes `x` as a digit, `decimals` digits after the point, and a power of ten.
pub(crate) fn exponent(out: &mut String, x: f64, decimals: usize, alternate: bool, upper: bool) {
    let start = out.len();
    let _ = write!(out, "{x:.decimals$e}");
    let power = cut_exponent(out, start);
    if alternate && decimals == 0 {
        out.push('.');
    }
    push_exponent(out, power, upper);
}

/// Writes `x` with `precision` significant digits. `plain` is for a fraction without a type: it has
/// a `.0` at least.
pub(crate) fn general(out: &mut String, x: f64, precision: usize, plain: bool, alternate: bool, upper: bool) {
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

/// Writes as few digits as identify `x`. Of two such texts it is the nearer one, and of two as near
/// the even one.
pub(crate) fn shortest(out: &mut String, x: f64, alternate: bool) {
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
        // At least one digit after the point: it is not a whole number.
        let decimals = usize::try_from(digits.saturating_sub(1 + power)).unwrap_or(0).max(1);
        fixed(out, x, decimals, alternate);
    } else {
        if alternate && !has_point(out, start) {
            out.push('.');
        }
        push_exponent(out, power, false);
    }
}

/// Removes the `e5` of the number that begins at `start`, and returns the 5.
pub(crate) fn cut_exponent(out: &mut String, start: usize) -> i32 {
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

/// Removes zeros at the end, if they are after the point, and then a point at the end.
pub(crate) fn trim_zeros(out: &mut String, start: usize) {
    if has_point(out, start) {
        let kept = out.trim_end_matches('0').trim_end_matches('.').len();
        out.truncate(kept);
    }
}

/// Writes `c` a number of times.
pub(crate) fn repeat(out: &mut String, c: char, times: usize) {
    out.extend(std::iter::repeat_n(c, times));
}
