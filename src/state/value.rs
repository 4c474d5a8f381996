//! The value of a field of the user's own.

use std::borrow::Cow;
use std::sync::Arc;

/// The value of a field of your own, made with [`From`] from numbers and texts. Formats show it by
/// its type, as in `{jobs:03d}` or `{stage:>12}`.
///
/// ```
/// use footlights::Value;
///
/// # let manager = footlights::Manager::new();
/// let bar = manager.counter().total(9).field("host", "eu-1").field("jobs", 4).add();
/// assert_eq!(bar.field("jobs"), Some(Value::Int(4)));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// A text. It may contain colors as escape sequences (SGR); other control characters are not
    /// shown.
    Text(Arc<str>),
}

impl Value {
    /// Whether it is an empty text.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Value::Text(text) if text.is_empty())
    }
}

macro_rules! from_whole {
    ($($kind:ty),*) => { $(
        impl From<$kind> for Value {
            /// A number beyond the range of `i64` saturates.
            fn from(n: $kind) -> Value {
                // Only positive numbers can be too large.
                Value::Int(i64::try_from(n).unwrap_or(i64::MAX))
            }
        }
    )* };
}

from_whole!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

impl From<f64> for Value {
    fn from(x: f64) -> Value {
        Value::Float(x)
    }
}

impl From<f32> for Value {
    fn from(x: f32) -> Value {
        Value::Float(x.into())
    }
}

impl From<bool> for Value {
    /// `true` or `false`, as a text.
    fn from(value: bool) -> Value {
        Value::Text(if value { "true" } else { "false" }.into())
    }
}

impl From<char> for Value {
    fn from(c: char) -> Value {
        Value::Text(c.encode_utf8(&mut [0; 4]).into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.into())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.as_str().into())
    }
}

impl From<Cow<'_, str>> for Value {
    fn from(text: Cow<'_, str>) -> Value {
        Value::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text.into())
    }
}

impl From<Arc<str>> for Value {
    fn from(text: Arc<str>) -> Value {
        Value::Text(text)
    }
}
