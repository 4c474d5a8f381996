//! Values of fields, and their types.

use crate::state::number::Number;
use crate::state::snapshot::Snapshot;
use crate::state::value::Value;

/// The value of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum FieldValue<'a> {
    Number(Number),
    /// A number of pieces. Types for whole numbers show only pieces that are done.
    Count(Number),
    Text(&'a str),
}

impl FieldValue<'_> {
    /// The value of a field that does not exist: shows nothing.
    pub(crate) const NOTHING: FieldValue<'static> = FieldValue::Text("");

    pub(crate) fn fraction(x: f64) -> FieldValue<'static> {
        FieldValue::Number(Number::Fraction(x))
    }

    /// The value of the user's field `name`; nothing if it is not set.
    pub(crate) fn own<'a>(snapshot: &'a Snapshot, name: &str) -> FieldValue<'a> {
        match snapshot.fields.get(name) {
            Some(Value::Int(n)) => FieldValue::Number(Number::Whole(*n)),
            Some(Value::Float(x)) => FieldValue::fraction(*x),
            Some(Value::Text(text)) => FieldValue::Text(text),
            None => FieldValue::NOTHING,
        }
    }
}

/// What is known of a field's value before there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueType {
    /// A whole number, or a fraction once the counter has fractions.
    Count,
    /// Always a fraction.
    Ratio,
    /// A text.
    Text,
    /// Unknown: a field of the user's own.
    Any,
}

impl ValueType {
    /// Whether a width can be taken from such a field.
    pub(crate) const fn can_be_width(self) -> bool {
        matches!(self, ValueType::Count | ValueType::Any)
    }
}
