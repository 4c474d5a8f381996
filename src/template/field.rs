//! The fields of a format: their names, and the values they take from a snapshot.

use super::extension::Extension;
use super::portion::Portion;
use super::render::digits;
use super::render::duration;
use super::value::{FieldValue, ValueType};
use crate::cells::span::Span;
use crate::state::number::Number;
use crate::state::snapshot::{CountSnapshot, Snapshot, Subject};

/// A field that is written as text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Field {
    /// `desc`: the description.
    Desc,
    /// `desc_pad`: a blank if there is a description.
    DescPad,
    /// `unit`: what is counted.
    Unit,
    /// `unit_pad`: a blank if there is a unit.
    UnitPad,
    /// `elapsed`: the time since the start.
    Elapsed,
    /// `total`: the count at which the counter is complete.
    Total,
    /// `len_total`: the number of characters in the total.
    LenTotal,
    /// `count`, `percentage`, `rate`, `interval` or `eta`, of the counter or of a part of it.
    Measure(Measure, Scope),
    /// A field that Enlighten does not have.
    Extension(Extension),
    /// A field of the user's own, with its name.
    User(Span),
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// The count.
    Count,
    /// Percent of the total.
    Percentage,
    /// Counts per second.
    Rate,
    /// Seconds per count.
    Interval,
    /// The remaining time.
    Eta,
}

/// The part of the counter that is measured, as the format names it. The renderer finds the segment
/// that is meant, and makes it a `Portion`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The counter with everything in it.
    Whole,
    /// `_00`: all segments together.
    Segments,
    /// `_0`: what is in no segment.
    Unsegmented,
    /// `_1`, `_2`, …: one segment, in the order in which they were added.
    Numbered(usize),
    /// `_NAME`: the segment of that name.
    Named(Span),
}

/// Why a name that looks like the field of a segment is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reserved {
    /// `eta_0`, `eta_00`: reserved by Enlighten, and never shown.
    NoTimeLeft,
    /// `count_01`: segments are numbered from 1.
    NoSuchNumber,
}

impl Field {
    /// Returns the field that Enlighten has under `name`, segments by number included. `None` if it
    /// has none.
    pub(crate) const fn built_in(name: &[u8]) -> Result<Option<Field>, Reserved> {
        let field = match name {
            b"desc" => Field::Desc,
            b"desc_pad" => Field::DescPad,
            b"unit" => Field::Unit,
            b"unit_pad" => Field::UnitPad,
            b"elapsed" => Field::Elapsed,
            b"total" => Field::Total,
            b"len_total" => Field::LenTotal,
            _ => {
                let (stem, index) = split(name);
                let Some(measure) = Measure::named(stem) else { return Ok(None) };
                let Some(index) = index else { return Ok(Some(Field::Measure(measure, Scope::Whole))) };
                return match numbered(measure, index) {
                    Ok(Some(scope)) => Ok(Some(Field::Measure(measure, scope))),
                    Ok(None) => Ok(None),
                    Err(reserved) => Err(reserved),
                };
            }
        };
        Ok(Some(field))
    }

    /// Returns the field of a named segment that `name`, which is at `span`, stands for:
    /// `count_failed`. `None` if it is none.
    pub(crate) const fn of_named_segment(name: &[u8], span: Span) -> Option<Field> {
        let (stem, index) = split(name);
        let (Some(measure), Some(index)) = (Measure::named(stem), index) else { return None };
        if !is_identifier(index) {
            return None;
        }
        let segment = Span { start: span.end - index.len(), end: span.end };
        Some(Field::Measure(measure, Scope::Named(segment)))
    }

    /// The type of its value.
    pub(crate) const fn value_type(self) -> ValueType {
        match self {
            Field::Desc | Field::DescPad | Field::Unit | Field::UnitPad | Field::Elapsed => ValueType::Text,
            Field::Measure(Measure::Eta, _) => ValueType::Text,
            Field::Total | Field::LenTotal | Field::Measure(Measure::Count, _) => ValueType::Count,
            Field::Measure(Measure::Percentage | Measure::Rate | Measure::Interval, _) => ValueType::Ratio,
            Field::Extension(extension) => extension.value_type(),
            Field::User(_) => ValueType::Any,
        }
    }

    /// Whether a counter without a total does not have this field.
    pub(crate) const fn needs_total(self) -> bool {
        match self {
            Field::LenTotal | Field::Measure(Measure::Percentage | Measure::Eta, _) => true,
            Field::Extension(extension) => extension.needs_total(),
            _ => false,
        }
    }

    /// Whether this is a field of a single segment that the segment's `all_fields` switches on.
    pub(crate) fn needs_all_fields(self) -> bool {
        matches!(
            self,
            Field::Measure(Measure::Rate | Measure::Interval | Measure::Eta, Scope::Numbered(_) | Scope::Named(_))
        )
    }

    /// Returns its value in `snapshot`. `text` is that of the format, for the names in it;
    /// `scratch` holds values that have to be written first.
    ///
    /// A field that the snapshot does not have shows nothing.
    pub(crate) fn value<'a>(self, snapshot: &'a Snapshot, text: &str, scratch: &'a mut String) -> FieldValue<'a> {
        scratch.clear();
        match self {
            Field::User(name) => FieldValue::own(snapshot, name.of(text)),
            Field::Extension(extension) => extension.value(snapshot, scratch),
            Field::Elapsed => {
                duration::write(scratch, snapshot.elapsed);
                FieldValue::Text(scratch)
            }
            _ => match &snapshot.subject {
                Subject::Count(counter) => self.value_of_counter(counter, snapshot.elapsed, text, scratch),
                Subject::Status(_) => FieldValue::NOTHING,
            },
        }
    }

    fn value_of_counter<'a>(
        self,
        counter: &'a CountSnapshot,
        elapsed: f64,
        text: &str,
        scratch: &'a mut String,
    ) -> FieldValue<'a> {
        match self {
            Field::Desc => FieldValue::Text(&counter.desc),
            Field::DescPad => FieldValue::Text(if counter.desc.is_empty() { "" } else { " " }),
            Field::Unit => FieldValue::Text(&counter.unit),
            Field::UnitPad => FieldValue::Text(if counter.unit.is_empty() { "" } else { " " }),
            Field::Total => match counter.total {
                Some(total) => FieldValue::Count(counter.as_shown(total)),
                None => FieldValue::Text("None"),
            },
            Field::LenTotal => {
                if let Some(total) = counter.total {
                    digits::plain(scratch, total);
                }
                let length = i64::try_from(scratch.len()).unwrap_or(0);
                FieldValue::Number(Number::Whole(length))
            }
            Field::Measure(measure, scope) => match scope.portion(counter, text) {
                Some(portion) => measure.value(counter, portion, elapsed, scratch),
                None => FieldValue::NOTHING,
            },
            Field::Elapsed | Field::Extension(_) | Field::User(_) => FieldValue::NOTHING,
        }
    }
}

impl Measure {
    const fn named(stem: &[u8]) -> Option<Measure> {
        let measure = match stem {
            b"count" => Measure::Count,
            b"percentage" => Measure::Percentage,
            b"rate" => Measure::Rate,
            b"interval" => Measure::Interval,
            b"eta" => Measure::Eta,
            _ => return None,
        };
        Some(measure)
    }

    /// The part of a field's name before the `_` of a segment.
    pub(crate) const fn stem(self) -> &'static str {
        match self {
            Measure::Count => "count",
            Measure::Percentage => "percentage",
            Measure::Rate => "rate",
            Measure::Interval => "interval",
            Measure::Eta => "eta",
        }
    }

    fn value<'a>(
        self,
        counter: &CountSnapshot,
        portion: Portion<'_>,
        elapsed: f64,
        scratch: &'a mut String,
    ) -> FieldValue<'a> {
        match self {
            Measure::Count => FieldValue::Count(counter.as_shown(counter.count_of(portion))),
            // Enlighten has a whole number here, which a format without a type shows.
            Measure::Percentage if matches!(portion, Portion::Whole) && counter.has_nothing_to_count() => {
                FieldValue::Number(Number::Whole(100))
            }
            Measure::Percentage => FieldValue::fraction(counter.percentage_of(portion)),
            Measure::Rate => FieldValue::fraction(counter.rate_of(portion, elapsed)),
            Measure::Interval => FieldValue::fraction(counter.interval_of(portion, elapsed)),
            Measure::Eta => {
                duration::write_estimate(scratch, counter.time_left_of(portion, elapsed));
                FieldValue::Text(scratch)
            }
        }
    }
}

impl Scope {
    /// Finds the part of `counter`, if it has it.
    fn portion<'a>(self, counter: &'a CountSnapshot, text: &str) -> Option<Portion<'a>> {
        match self {
            Scope::Whole => Some(Portion::Whole),
            Scope::Segments => Some(Portion::Segments),
            Scope::Unsegmented => Some(Portion::Unsegmented),
            Scope::Numbered(n) => counter.segments.get(n.checked_sub(1)?).map(Portion::Segment),
            Scope::Named(name) => {
                let name = name.of(text);
                counter.segments.iter().find(|segment| *segment.name == *name).map(Portion::Segment)
            }
        }
    }
}

/// Splits a name at its first `_`.
const fn split(name: &[u8]) -> (&[u8], Option<&[u8]>) {
    let mut at = 0;
    while at < name.len() {
        if name[at] == b'_' {
            let (stem, _) = name.split_at(at);
            let (_, index) = name.split_at(at + 1);
            return (stem, Some(index));
        }
        at += 1;
    }
    (name, None)
}

/// Reads the number of a segment. `None` if it is not a number.
const fn numbered(measure: Measure, digits: &[u8]) -> Result<Option<Scope>, Reserved> {
    match (digits, measure) {
        (b"", _) => return Ok(None),
        (b"0" | b"00", Measure::Eta) => return Err(Reserved::NoTimeLeft),
        (b"0", _) => return Ok(Some(Scope::Unsegmented)),
        (b"00", _) => return Ok(Some(Scope::Segments)),
        _ => {}
    }
    let mut number: Option<usize> = Some(0);
    let mut at = 0;
    while at < digits.len() {
        if !digits[at].is_ascii_digit() {
            return Ok(None);
        }
        number = match number {
            Some(number) if number <= 100_000_000 => Some(number * 10 + (digits[at] - b'0') as usize),
            _ => None,
        };
        at += 1;
    }
    match number {
        Some(number) if digits[0] != b'0' => Ok(Some(Scope::Numbered(number))),
        _ => Err(Reserved::NoSuchNumber),
    }
}

/// Whether `name` has only letters, digits and `_`, and does not start with a digit.
const fn is_identifier(name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() {
        // A byte of a character beyond ASCII is taken as a letter.
        let is_letter = name[at].is_ascii_alphabetic() || name[at] == b'_' || !name[at].is_ascii();
        if !is_letter && (at == 0 || !name[at].is_ascii_digit()) {
            return false;
        }
        at += 1;
    }
    !name.is_empty()
}
