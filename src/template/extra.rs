//! The fields that Enlighten does not have.

use std::fmt::Write as _;

use super::field::{self, Shown};
use super::spec::Matter;
use super::{MESSAGE, duration};
use crate::state::snapshot::{CountSnapshot, Number, Snapshot, Subject, Value};

/// A field of ours. Where the user has one of the same name, that is the one that shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extra {
    /// `bytes`: the count as an amount of bytes.
    Bytes,
    /// `total_bytes`: the total likewise.
    TotalBytes,
    /// `bytes_per_sec`: the rate likewise.
    BytesPerSec,
    /// `elapsed_short`: the time since the start, in its two largest units.
    ElapsedShort,
    /// `eta_short`: the time left likewise.
    EtaShort,
    /// `rate_smooth`: the smoothed rate.
    RateSmooth,
    /// `eta_smooth`: the time left at that rate.
    EtaSmooth,
    /// `spinner`: something that turns.
    Spinner,
    /// `message`: what is said behind the bar.
    Message,
    /// A blank before a message, nothing without one. It has no name: formats of the user's own write what they want there.
    MessagePad,
}

/// Ten pictures of something that turns, for terminals with and without Unicode.
const SPINNER: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const ASCII_SPINNER: [&str; 4] = ["|", "/", "-", "\\"];

/// Pictures in a second.
pub(super) const TEMPO: f64 = 10.0;

const UNITS: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

impl Extra {
    pub(super) fn named(name: &str) -> Option<Extra> {
        let extra = match name {
            "bytes" => Extra::Bytes,
            "total_bytes" => Extra::TotalBytes,
            "bytes_per_sec" => Extra::BytesPerSec,
            "elapsed_short" => Extra::ElapsedShort,
            "eta_short" => Extra::EtaShort,
            "rate_smooth" => Extra::RateSmooth,
            "eta_smooth" => Extra::EtaSmooth,
            "spinner" => Extra::Spinner,
            MESSAGE => Extra::Message,
            _ => return None,
        };
        Some(extra)
    }

    pub(super) fn matter(self) -> Matter {
        match self {
            Extra::RateSmooth => Matter::Ratio,
            _ => Matter::Text,
        }
    }

    /// Whether it shows something that only a counter has.
    pub(super) fn counts(self) -> bool {
        !matches!(self, Extra::ElapsedShort | Extra::Spinner)
    }

    pub(super) fn needs_total(self) -> bool {
        matches!(self, Extra::TotalBytes | Extra::EtaShort | Extra::EtaSmooth)
    }

    /// What it shows of `shot`; texts are made in `out`.
    pub(super) fn show<'a>(self, shot: &'a Snapshot, out: &'a mut String) -> Shown<'a> {
        match (self, &shot.subject) {
            (Extra::Message, _) => return field::own(shot, MESSAGE),
            (Extra::MessagePad, _) => {
                let silent = shot.field(MESSAGE).is_none_or(Value::is_empty);
                return Shown::Text(if silent { "" } else { " " });
            }
            (Extra::ElapsedShort, _) => duration::write_short(out, shot.elapsed),
            (Extra::Spinner, subject) => out.push_str(match subject {
                _ if shot.over => " ",
                Subject::Count(counter) if counter.series.is_ascii() => turn(&ASCII_SPINNER, shot.elapsed),
                _ => turn(&SPINNER, shot.elapsed),
            }),
            (_, Subject::Count(counter)) => return self.show_counter(counter, shot.elapsed, out),
            (_, Subject::Status(_)) => {}
        }
        Shown::Text(out)
    }

    fn show_counter<'a>(self, counter: &CountSnapshot, elapsed: f64, out: &'a mut String) -> Shown<'a> {
        match self {
            Extra::Bytes => bytes(out, counter.count.as_f64()),
            Extra::TotalBytes => bytes(out, counter.total.unwrap_or(Number::ZERO).as_f64()),
            Extra::BytesPerSec => {
                bytes(out, counter.whole_rate(elapsed));
                out.push_str("/s");
            }
            Extra::EtaShort => match counter.whole_time_left(elapsed) {
                Some(seconds) => duration::write_short(out, seconds),
                None => out.push('?'),
            },
            Extra::EtaSmooth => match counter.time_left() {
                Some(seconds) => duration::write(out, seconds),
                None => out.push('?'),
            },
            Extra::RateSmooth => return Shown::Number(Number::Fraction(counter.speed)),
            Extra::ElapsedShort | Extra::Spinner | Extra::Message | Extra::MessagePad => {}
        }
        Shown::Text(out)
    }
}

fn turn(pictures: &[&'static str], elapsed: f64) -> &'static str {
    // A cast saturates, and makes 0 of what is no number.
    let at = (elapsed * TEMPO) as usize % pictures.len().max(1);
    pictures.get(at).copied().unwrap_or(" ")
}

/// `512 B`, `1.5 MiB`. Less than nothing is nothing.
fn bytes(out: &mut String, n: f64) {
    let mut n = n.max(0.0);
    let mut units = UNITS.into_iter();
    let mut unit = units.next().unwrap_or_default();
    // Once it is rounded it should have no more than four digits.
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
            bytes(&mut out, n);
            assert_eq!(out, shown, "{n}");
        }
    }

    #[test]
    fn it_turns() {
        let pictures: Vec<&str> =
            [0.0, 0.05, 0.1, 0.95, 1.0, f64::NAN, f64::INFINITY].map(|at| turn(&SPINNER, at)).into();
        assert_eq!(pictures, ["⠋", "⠋", "⠙", "⠏", "⠋", "⠋", "⠴"]);
    }
}
