//! What bars look like unless told otherwise.
//!
//! Put together from pieces as [`BAR_TEXT`] and [`COUNTER_TEXT`] would be when they are read. So a program that has no formats
//! of its own is linked without the parser, and without all names of colours.

use std::borrow::Cow;

use super::extra::Extra;
use super::field::{Field, Measure, Part};
use super::spec::{Form, Size, Spec};
use super::{Kind, Piece, Template};

/// A counter with a total.
#[cfg(test)]
pub(super) const BAR_TEXT: &str = concat!(
    "{desc}{desc_pad}{percentage:3.0f}%|{bar}| {count:{len_total}d}/{total:d} ",
    "[{elapsed}<{eta}, {rate:.2f}{unit_pad}{unit}/s]"
);

/// A counter without a total.
#[cfg(test)]
pub(super) const COUNTER_TEXT: &str =
    "{desc}{desc_pad}{count:d} {unit}{unit_pad}[{elapsed}, {rate:.2f}{unit_pad}{unit}/s]{fill}";

pub(super) static BAR: Template =
    Template { text: Cow::Borrowed(""), kind: Kind::Bar, pieces: Cow::Borrowed(&BAR_PIECES) };

pub(super) static COUNTER: Template =
    Template { text: Cow::Borrowed(""), kind: Kind::Counter, pieces: Cow::Borrowed(&COUNTER_PIECES) };

/// A status bar that has no text says nothing.
pub(super) static STATUS: Template =
    Template { text: Cow::Borrowed(""), kind: Kind::Status, pieces: Cow::Borrowed(&[]) };

static BAR_PIECES: [Piece; 20] = [
    text(Field::Desc),
    text(Field::DescPad),
    number(Field::Measure(Measure::Percentage, Part::Whole), Some(Size::Fixed(3)), FIXED, Some(0)),
    literal("%|"),
    Piece::Bar(None),
    literal("| "),
    number(Field::Measure(Measure::Count, Part::Whole), Some(Size::Of(Field::LenTotal)), Form::Decimal, None),
    literal("/"),
    number(Field::Total, None, Form::Decimal, None),
    literal(" ["),
    text(Field::Elapsed),
    literal("<"),
    text(Field::Measure(Measure::Eta, Part::Whole)),
    literal(", "),
    number(Field::Measure(Measure::Rate, Part::Whole), None, FIXED, Some(2)),
    text(Field::UnitPad),
    text(Field::Unit),
    literal("/s]"),
    text(Field::Extra(Extra::MessagePad)),
    text(Field::Extra(Extra::Message)),
];

static COUNTER_PIECES: [Piece; 16] = [
    text(Field::Desc),
    text(Field::DescPad),
    number(Field::Measure(Measure::Count, Part::Whole), None, Form::Decimal, None),
    literal(" "),
    text(Field::Unit),
    text(Field::UnitPad),
    literal("["),
    text(Field::Elapsed),
    literal(", "),
    number(Field::Measure(Measure::Rate, Part::Whole), None, FIXED, Some(2)),
    text(Field::UnitPad),
    text(Field::Unit),
    literal("/s]"),
    text(Field::Extra(Extra::MessagePad)),
    text(Field::Extra(Extra::Message)),
    Piece::Fill,
];

const FIXED: Form = Form::Fixed { upper: false };

const fn literal(text: &'static str) -> Piece {
    Piece::Literal(Cow::Borrowed(text))
}

const fn text(field: Field) -> Piece {
    number(field, None, Form::Plain, None)
}

const fn number(field: Field, width: Option<Size>, form: Form, decimals: Option<usize>) -> Piece {
    let precision = match decimals {
        Some(decimals) => Some(Size::Fixed(decimals)),
        None => None,
    };
    Piece::Field { field, spec: Spec::new(width, precision, form), column: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is put together is what would be read, but for the message.
    #[test]
    fn they_are_as_they_are_written() {
        for (template, written) in [(&BAR, BAR_TEXT), (&COUNTER, COUNTER_TEXT)] {
            let mut read = Template::parse(written, template.kind, &|_| false).unwrap().pieces.into_owned();
            for piece in &mut read {
                if let Piece::Field { column, .. } = piece {
                    *column = 0;
                }
            }
            let mut pieces = template.pieces.clone().into_owned();
            pieces.retain(|piece| {
                !matches!(piece, Piece::Field { field: Field::Extra(Extra::Message | Extra::MessagePad), .. })
            });
            assert_eq!(pieces, read);
        }
    }
}
