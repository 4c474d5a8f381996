//! Assembles a number from its parts: sign, digits, separators and padding.

use super::super::spec::{Align, Sign, Spec};
use super::digits::repeat;

/// A spec with its width and precision known.
#[derive(Clone, Copy)]
pub(crate) struct ResolvedSpec<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) width: usize,
    pub(crate) precision: Option<usize>,
}

/// The parts of a number.
pub(crate) struct Parts<'a> {
    pub(crate) negative: bool,
    /// The prefix of the base: `0x`.
    pub(crate) mark: &'a str,
    /// The digits, and what follows them: `.5`, `e+10`, `%`.
    pub(crate) body: &'a str,
    /// How many digits are between two separators.
    pub(crate) group: usize,
}

/// Writes a number in at least `width` characters, with separators and padding.
pub(crate) fn assemble(out: &mut String, parts: Parts<'_>, resolved: ResolvedSpec<'_>, width: usize) {
    let Parts { negative, mark, body, group } = parts;
    let spec = resolved.spec;
    let sign = match (negative, spec.sign) {
        (true, _) => "-",
        (false, Sign::Plus) => "+",
        (false, Sign::Space) => " ",
        (false, Sign::Minus) => "",
    };
    let whole = body.bytes().take_while(u8::is_ascii_hexdigit).count();
    // `e` is a digit in hexadecimal numbers only.
    let whole = if group == 4 { whole } else { body.bytes().take_while(u8::is_ascii_digit).count() };
    let (digits, tail) = body.split_at(whole);
    let head = sign.len() + mark.len();
    let align = spec.align.unwrap_or(if spec.zero { Align::AfterSign } else { Align::Right });
    let rest = tail.chars().count();
    // Padding with zeros counts as digits, and gets separators too.
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

/// Returns how many digits, at least `digits`, fill `room` characters together with their
/// separators. A number does not start with a separator, so it may be one character longer.
fn grouped_digits(digits: usize, room: usize, group: usize) -> usize {
    let mut shown = digits;
    while shown + (shown.saturating_sub(1)) / group < room {
        shown += 1;
    }
    shown
}
