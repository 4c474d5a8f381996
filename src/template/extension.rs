//! The fields that Enlighten does not have.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::portion::Portion;
use super::render::{bytes, duration};
use super::value::{FieldValue, ValueType};
use crate::cells::charset::Charset;
use crate::cells::motion::Motion;
use crate::cells::spinner::Spinner;
use crate::state::number::Number;
use crate::state::snapshot::{CountSnapshot, Snapshot, Subject};
use crate::state::value::Value;

/// The field that [`Counter::message`](crate::Counter::message) sets.
pub(crate) const MESSAGE: &str = "message";

/// A field that Enlighten does not have. A field of the user's own with the same name takes
/// precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extension {
    /// `bytes`: the count as an amount of bytes.
    Bytes,
    /// `total_bytes`: the total as an amount of bytes.
    TotalBytes,
    /// `bytes_per_sec`: the rate as an amount of bytes.
    BytesPerSec,
    /// `elapsed_short`: the time since the start, in its two largest units.
    ElapsedShort,
    /// `eta_short`: the remaining time, in its two largest units.
    EtaShort,
    /// `rate_smooth`: the smoothed rate.
    RateSmooth,
    /// `eta_smooth`: the remaining time at the smoothed rate.
    EtaSmooth,
    /// `spinner`: an animation that shows that the work goes on.
    Spinner,
    /// `message`: the text after the bar.
    Message,
    /// `message_pad`: a blank if there is a message.
    MessagePad,
    /// `segments`: count and name of each segment that has counted something, each after a comma.
    Segments,
    /// `elapsed_clock`: the time since the start, as `HH:MM:SS`.
    ElapsedClock,
    /// `eta_clock`: the remaining time, as `HH:MM:SS`.
    EtaClock,
    /// `duration`: the estimated time from the start to the end.
    Duration,
    /// `duration_short`: the same in its two largest units.
    DurationShort,
    /// `duration_clock`: the same as `HH:MM:SS`.
    DurationClock,
    /// `elapsed_words`: the time since the start, in words.
    ElapsedWords,
    /// `eta_words`: the remaining time, in words.
    EtaWords,
}

/// The spinner of bars that have no other.
static STANDARD: LazyLock<Spinner> = LazyLock::new(Spinner::dots);

/// Frames of animations per second.
pub(crate) const FRAMES_PER_SECOND: f64 = 10.0;

impl Extension {
    pub(crate) const fn named(name: &[u8]) -> Option<Extension> {
        let extension = match name {
            b"bytes" => Extension::Bytes,
            b"total_bytes" => Extension::TotalBytes,
            b"bytes_per_sec" => Extension::BytesPerSec,
            b"elapsed_short" => Extension::ElapsedShort,
            b"eta_short" => Extension::EtaShort,
            b"rate_smooth" => Extension::RateSmooth,
            b"eta_smooth" => Extension::EtaSmooth,
            b"spinner" => Extension::Spinner,
            b"message" => Extension::Message,
            b"message_pad" => Extension::MessagePad,
            b"segments" => Extension::Segments,
            b"elapsed_clock" => Extension::ElapsedClock,
            b"eta_clock" => Extension::EtaClock,
            b"duration" => Extension::Duration,
            b"duration_short" => Extension::DurationShort,
            b"duration_clock" => Extension::DurationClock,
            b"elapsed_words" => Extension::ElapsedWords,
            b"eta_words" => Extension::EtaWords,
            _ => return None,
        };
        Some(extension)
    }

    /// The type of its value.
    pub(crate) const fn value_type(self) -> ValueType {
        match self {
            Extension::RateSmooth => ValueType::Ratio,
            _ => ValueType::Text,
        }
    }

    /// Whether only counters have this field.
    pub(crate) const fn needs_counter(self) -> bool {
        !matches!(
            self,
            Extension::ElapsedShort | Extension::ElapsedClock | Extension::ElapsedWords | Extension::Spinner
        )
    }

    /// Whether a counter without a total does not have this field.
    pub(crate) const fn needs_total(self) -> bool {
        matches!(
            self,
            Extension::TotalBytes
                | Extension::EtaShort
                | Extension::EtaSmooth
                | Extension::EtaClock
                | Extension::EtaWords
                | Extension::Duration
                | Extension::DurationShort
                | Extension::DurationClock
        )
    }

    /// Whether its value changes several times per second.
    pub(crate) const fn is_animated(self) -> bool {
        matches!(self, Extension::Spinner)
    }

    /// Returns its value in `snapshot`. Texts are written to `out`, which is empty.
    pub(crate) fn value<'a>(self, snapshot: &'a Snapshot, out: &'a mut String) -> FieldValue<'a> {
        match (self, &snapshot.subject) {
            (Extension::Message, _) => return FieldValue::own(snapshot, MESSAGE),
            (Extension::MessagePad, _) => {
                let is_empty = snapshot.fields.get(MESSAGE).is_none_or(Value::is_empty);
                return FieldValue::Text(if is_empty { "" } else { " " });
            }
            (Extension::ElapsedShort, _) => duration::write_short(out, snapshot.elapsed),
            (Extension::ElapsedClock, _) => duration::write_clock(out, snapshot.elapsed),
            (Extension::ElapsedWords, _) => duration::write_words(out, snapshot.elapsed),
            (Extension::Spinner, subject) => {
                // A cast saturates, and makes 0 of NaN.
                let steps = (animation_time(snapshot) * FRAMES_PER_SECOND) as usize;
                let own = snapshot.look.as_deref().and_then(|look| look.spinner.as_ref());
                // Beside a bar of ASCII characters, so is the spinner.
                let is_ascii = matches!(subject, Subject::Count(counter) if counter.series.is_ascii());
                let charset = if is_ascii { Charset::Ascii } else { snapshot.charset };
                match own {
                    Some(own) => own.write(out, steps, snapshot.finished, snapshot.charset),
                    None => STANDARD.write(out, steps, snapshot.finished, charset),
                }
            }
            (_, Subject::Count(counter)) => return self.value_of_counter(counter, snapshot.elapsed, out),
            (_, Subject::Status(_)) => {}
        }
        FieldValue::Text(out)
    }

    fn value_of_counter<'a>(self, counter: &CountSnapshot, elapsed: f64, out: &'a mut String) -> FieldValue<'a> {
        match self {
            Extension::Bytes => bytes::write(out, counter.count.as_f64()),
            Extension::TotalBytes => bytes::write(out, counter.total.unwrap_or(Number::ZERO).as_f64()),
            Extension::BytesPerSec => {
                bytes::write(out, counter.rate_of(Portion::Whole, elapsed));
                out.push_str("/s");
            }
            Extension::EtaClock => {
                write_time(out, counter.time_left_of(Portion::Whole, elapsed), duration::write_clock)
            }
            Extension::Duration => write_time(out, whole_time(counter, elapsed), duration::write),
            Extension::DurationShort => write_time(out, whole_time(counter, elapsed), duration::write_short),
            Extension::DurationClock => write_time(out, whole_time(counter, elapsed), duration::write_clock),
            Extension::EtaShort => {
                write_time(out, counter.time_left_of(Portion::Whole, elapsed), duration::write_short)
            }
            Extension::EtaWords => match counter.time_left_of(Portion::Whole, elapsed) {
                Some(seconds) => duration::write_words(out, seconds),
                None => out.push_str("an unknown time"),
            },
            Extension::Segments => write_segments(out, counter),
            Extension::EtaSmooth => duration::write_estimate(out, counter.smoothed_time_left()),
            Extension::RateSmooth => return FieldValue::fraction(counter.smoothed_rate),
            Extension::ElapsedShort
            | Extension::ElapsedClock
            | Extension::ElapsedWords
            | Extension::Spinner
            | Extension::Message
            | Extension::MessagePad => {}
        }
        FieldValue::Text(out)
    }
}

/// The time that animations show, in seconds. With reduced motion they show their next frame once a
/// second, when clocks show another second too.
pub(crate) fn animation_time(snapshot: &Snapshot) -> f64 {
    match snapshot.motion {
        Motion::Full => snapshot.elapsed,
        Motion::Reduced => duration::rounded(snapshot.elapsed) as f64 / FRAMES_PER_SECOND,
    }
}

/// The estimated time from the start to the end. None if there is no estimate.
fn whole_time(counter: &CountSnapshot, elapsed: f64) -> Option<f64> {
    Some(elapsed + counter.time_left_of(Portion::Whole, elapsed)?)
}

fn write_time(out: &mut String, seconds: Option<f64>, write: fn(&mut String, f64)) {
    match seconds {
        Some(seconds) => write(out, seconds),
        None => out.push('?'),
    }
}

/// Writes `, 3 failed` for each segment that has a name and has counted something, in the order in
/// which they were added.
fn write_segments(out: &mut String, counter: &CountSnapshot) {
    for segment in &counter.segments {
        if !segment.name.is_empty() && !segment.count.is_zero() {
            // Writing to a string cannot fail.
            let _ = write!(out, ", {} {}", segment.count, segment.name);
        }
    }
}
