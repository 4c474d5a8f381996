//! The fields that Enlighten does not have.

use std::fmt::Write as _;

use super::portion::Portion;
use super::render::duration;
use super::value::{FieldValue, ValueType};
use crate::cells::motion::Motion;
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
    /// `elapsed_words`: the time since the start, in words.
    ElapsedWords,
    /// `eta_words`: the remaining time, in words.
    EtaWords,
}

/// Frames of the spinner, for series with and without Unicode.
const SPINNER: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const ASCII_SPINNER: [&str; 4] = ["|", "/", "-", "\\"];

/// Frames of animations per second.
pub(crate) const FRAMES_PER_SECOND: f64 = 10.0;

const UNITS: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

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
        !matches!(self, Extension::ElapsedShort | Extension::ElapsedWords | Extension::Spinner)
    }

    /// Whether a counter without a total does not have this field.
    pub(crate) const fn needs_total(self) -> bool {
        matches!(self, Extension::TotalBytes | Extension::EtaShort | Extension::EtaSmooth | Extension::EtaWords)
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
            (Extension::ElapsedWords, _) => duration::write_words(out, snapshot.elapsed),
            (Extension::Spinner, subject) => out.push_str(match subject {
                _ if snapshot.finished => " ",
                Subject::Count(counter) if counter.series.is_ascii() => {
                    spinner_frame(&ASCII_SPINNER, animation_time(snapshot))
                }
                _ => spinner_frame(&SPINNER, animation_time(snapshot)),
            }),
            (_, Subject::Count(counter)) => return self.value_of_counter(counter, snapshot.elapsed, out),
            (_, Subject::Status(_)) => {}
        }
        FieldValue::Text(out)
    }

    fn value_of_counter<'a>(self, counter: &CountSnapshot, elapsed: f64, out: &'a mut String) -> FieldValue<'a> {
        match self {
            Extension::Bytes => write_bytes(out, counter.count.as_f64()),
            Extension::TotalBytes => write_bytes(out, counter.total.unwrap_or(Number::ZERO).as_f64()),
            Extension::BytesPerSec => {
                write_bytes(out, counter.rate_of(Portion::Whole, elapsed));
                out.push_str("/s");
            }
            Extension::EtaShort => match counter.time_left_of(Portion::Whole, elapsed) {
                Some(seconds) => duration::write_short(out, seconds),
                None => out.push('?'),
            },
            Extension::EtaWords => match counter.time_left_of(Portion::Whole, elapsed) {
                Some(seconds) => duration::write_words(out, seconds),
                None => out.push_str("an unknown time"),
            },
            Extension::Segments => write_segments(out, counter),
            Extension::EtaSmooth => duration::write_estimate(out, counter.smoothed_time_left()),
            Extension::RateSmooth => return FieldValue::fraction(counter.smoothed_rate),
            Extension::ElapsedShort
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

fn spinner_frame(frames: &[&'static str], elapsed: f64) -> &'static str {
    // A cast saturates, and makes 0 of NaN.
    let at = (elapsed * FRAMES_PER_SECOND) as usize % frames.len().max(1);
    frames.get(at).copied().unwrap_or(" ")
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

/// Writes an amount of bytes: `512 B`, `1.5 MiB`. Negative amounts are shown as 0.
fn write_bytes(out: &mut String, n: f64) {
    let mut n = n.max(0.0);
    let mut units = UNITS.into_iter();
    let mut unit = units.next().unwrap_or_default();
    // At most four digits, also after rounding.
    while n >= 1023.95 {
        let Some(larger) = units.next() else { break };
        (n, unit) = (n / 1024.0, larger);
    }
    let decimals = usize::from(unit != "B");
    let _ = write!(out, "{n:.decimals$} {unit}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_bytes() {
        for (n, shown) in [
            (-1.0, "0 B"),
            (f64::NAN, "0 B"),
            (0.0, "0 B"),
            (1023.0, "1023 B"),
            (1024.0, "1.0 KiB"),
            (1536.0, "1.5 KiB"),
            (1_048_524.0, "1023.9 KiB"),
            (1_048_570.0, "1.0 MiB"),
            (5e12, "4.5 TiB"),
        ] {
            let mut out = String::new();
            write_bytes(&mut out, n);
            assert_eq!(out, shown, "{n}");
        }
    }

    #[test]
    fn spinner_frames() {
        let frames: Vec<&str> =
            [0.0, 0.05, 0.1, 0.95, 1.0, f64::NAN, f64::INFINITY].map(|at| spinner_frame(&SPINNER, at)).into();
        assert_eq!(frames, ["⠋", "⠋", "⠙", "⠏", "⠋", "⠋", "⠴"]);
    }
}
