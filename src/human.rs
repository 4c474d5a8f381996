//! Values as bars show them, for other texts.

use std::fmt;
use std::time::Duration;

use crate::state::value::Value;
use crate::template;

/// An amount of bytes, as `{bytes}` shows it: `512 B`, `1.5 MiB`.
///
/// As the value of a [field](crate::Counter::set_field) it is a text.
///
/// ```
/// use footlights::HumanBytes;
///
/// assert_eq!(HumanBytes(3 << 19).to_string(), "1.5 MiB");
/// assert_eq!(format!("[{:>10}]", HumanBytes(512)), "[     512 B]");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HumanBytes(pub u64);

/// A count with separators, as `{count:,d}` shows it: `1,234,567`.
///
/// As the value of a [field](crate::Counter::set_field) it is a text.
///
/// ```
/// use footlights::HumanCount;
///
/// assert_eq!(HumanCount(1_234_567).to_string(), "1,234,567");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HumanCount(pub u64);

/// A duration in its two largest units, as `{elapsed_short}` shows it: `45s`, `1h 02m`. With `{:#}`
/// as `{elapsed}` shows it: `00:45`, `1h 02:03`. Rounded to whole seconds.
///
/// As the value of a [field](crate::Counter::set_field) it is a text.
///
/// ```
/// use std::time::Duration;
///
/// use footlights::HumanDuration;
///
/// let took = HumanDuration(Duration::from_millis(125_400));
/// assert_eq!(format!("{took}, or {took:#}"), "2m 05s, or 02:05");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HumanDuration(pub Duration);

/// Writes with the width and the alignment that the formatter asks for.
fn pad(f: &mut fmt::Formatter<'_>, write: impl FnOnce(&mut String)) -> fmt::Result {
    let mut text = String::new();
    write(&mut text);
    f.pad(&text)
}

impl fmt::Display for HumanBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, |out| template::write_bytes(out, self.0 as f64))
    }
}

impl fmt::Display for HumanCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, |out| template::write_grouped(out, self.0))
    }
}

impl fmt::Display for HumanDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let write = if f.alternate() { template::write_duration } else { template::write_short_duration };
        pad(f, |out| write(out, self.0.as_secs_f64()))
    }
}

macro_rules! into_value {
    ($($kind:ty),*) => { $(
        impl From<$kind> for Value {
            fn from(value: $kind) -> Value {
                Value::from(value.to_string())
            }
        }
    )* };
}

into_value!(HumanBytes, HumanCount, HumanDuration);
