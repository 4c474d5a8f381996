//! Durations as text: `00:13`, `1h 02:03`, `2d 0h 00:00`.

use std::fmt::Write as _;

/// The longest duration that is shown, in seconds.
pub(crate) const LONGEST: f64 = 1e9 * 86_400.0;

/// Rounds a duration to the whole seconds that are shown: half a second to the even one, negative
/// durations to 0.
pub(crate) fn rounded(seconds: f64) -> u64 {
    // A cast from a float saturates, and makes 0 of NaN.
    seconds.round_ties_even().clamp(0.0, LONGEST) as u64
}

/// Writes an estimate, or `?` if there is none.
pub(crate) fn write_estimate(out: &mut String, seconds: Option<f64>) {
    match seconds {
        Some(seconds) => write(out, seconds),
        None => out.push('?'),
    }
}

/// Writes `seconds`, rounded to whole ones.
pub(crate) fn write(out: &mut String, seconds: f64) {
    let seconds = rounded(seconds);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let (days, hours_left) = (hours / 24, hours % 24);
    // Writing to a string cannot fail.
    let _ = match (days, hours) {
        (0, 0) => write!(out, "{minutes:02}:{seconds:02}"),
        (0, _) => write!(out, "{hours}h {minutes:02}:{seconds:02}"),
        _ => write!(out, "{days}d {hours_left}h {minutes:02}:{seconds:02}"),
    };
}

/// Writes `seconds` in their two largest units: `45s`, `2m 05s`, `1h 02m`, `3d 04h`.
pub(crate) fn write_short(out: &mut String, seconds: f64) {
    let seconds = rounded(seconds);
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let _ = match (days, hours, minutes) {
        (0, 0, 0) => write!(out, "{seconds}s"),
        (0, 0, _) => write!(out, "{minutes}m {:02}s", seconds % 60),
        (0, _, _) => write!(out, "{hours}h {:02}m", minutes % 60),
        _ => write!(out, "{days}d {:02}h", hours % 24),
    };
}

/// Writes `seconds` as a clock does: `00:02:05`, and `3d 04:00:00` from a day on.
pub(crate) fn write_clock(out: &mut String, seconds: f64) {
    let seconds = rounded(seconds);
    let (minutes, hours, days) = (seconds / 60 % 60, seconds / 3600 % 24, seconds / 86_400);
    if days > 0 {
        let _ = write!(out, "{days}d ");
    }
    let _ = write!(out, "{hours:02}:{minutes:02}:{:02}", seconds % 60);
}

/// Writes `seconds` in their two largest units, in words: `45 seconds`, `1 hour 2 minutes`. A second
/// unit of zero is left out.
pub(crate) fn write_words(out: &mut String, seconds: f64) {
    let seconds = rounded(seconds);
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let (first, second) = match (days, hours, minutes) {
        (0, 0, 0) => ((seconds, "second"), (0, "")),
        (0, 0, _) => ((minutes, "minute"), (seconds % 60, "second")),
        (0, _, _) => ((hours, "hour"), (minutes % 60, "minute")),
        _ => ((days, "day"), (hours % 24, "hour")),
    };
    let plural = |n| if n == 1 { "" } else { "s" };
    let _ = write!(out, "{} {}{}", first.0, first.1, plural(first.0));
    if second.0 > 0 {
        let _ = write!(out, " {} {}{}", second.0, second.1, plural(second.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (seconds, text) in [
            (0.0, "00:00"),
            (-5.0, "00:00"),
            (f64::NAN, "00:00"),
            (0.5, "00:00"),
            (1.5, "00:02"),
            (2.5, "00:02"),
            (52.6, "00:53"),
            (59.5, "01:00"),
            (3599.7, "1h 00:00"),
            (3600.0, "1h 00:00"),
            (86_400.0, "1d 0h 00:00"),
            (90_061.2, "1d 1h 01:01"),
            (864_000.0, "10d 0h 00:00"),
            (f64::INFINITY, "1000000000d 0h 00:00"),
        ] {
            let mut out = String::new();
            write(&mut out, seconds);
            assert_eq!(out, text, "{seconds}");
        }
    }

    #[test]
    fn short_durations() {
        for (seconds, text) in [
            (f64::NAN, "0s"),
            (0.5, "0s"),
            (45.2, "45s"),
            (59.6, "1m 00s"),
            (125.0, "2m 05s"),
            (3_725.0, "1h 02m"),
            (273_600.0, "3d 04h"),
        ] {
            let mut out = String::new();
            write_short(&mut out, seconds);
            assert_eq!(out, text, "{seconds}");
        }
    }

    #[test]
    fn clocks() {
        for (seconds, text) in [
            (f64::NAN, "00:00:00"),
            (-1.0, "00:00:00"),
            (59.6, "00:01:00"),
            (3_725.0, "01:02:05"),
            (86_399.0, "23:59:59"),
            (273_601.0, "3d 04:00:01"),
        ] {
            let mut out = String::new();
            write_clock(&mut out, seconds);
            assert_eq!(out, text, "{seconds}");
        }
    }

    #[test]
    fn durations_in_words() {
        for (seconds, text) in [
            (f64::NAN, "0 seconds"),
            (1.0, "1 second"),
            (45.2, "45 seconds"),
            (60.0, "1 minute"),
            (121.0, "2 minutes 1 second"),
            (3_725.0, "1 hour 2 minutes"),
            (90_000.0, "1 day 1 hour"),
        ] {
            let mut out = String::new();
            write_words(&mut out, seconds);
            assert_eq!(out, text, "{seconds}");
        }
    }
}
