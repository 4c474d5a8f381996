//! Formats as values, parsed once, at compile time or at run time.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;
use crate::template::{Kind, Template};

/// Defines one of the format types. They differ only in their kind and their macro.
macro_rules! format_type {
    ($(#[$doc:meta])* $name:ident, $kind:expr, $macro:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Template);

        impl $name {
            /// Parses a format at run time, for example one from a configuration file.
            #[doc = concat!("For a literal, use [`", $macro, "!`](crate::", $macro, ").")]
            ///
            /// ```
            #[doc = concat!("use footlights::", stringify!($name), ";")]
            ///
            /// let from_file = "{elapsed}";
            #[doc = concat!("let format = ", stringify!($name), "::new(from_file)?;")]
            #[doc = concat!("let error = ", stringify!($name), "::new(\"{elasped}\").unwrap_err();")]
            /// assert!(error.to_string().contains("there is no field `elasped`; did you mean `elapsed`?"));
            /// # Ok::<(), footlights::Error>(())
            /// ```
            ///
            /// # Errors
            ///
            /// If a brace is not closed, a field does not exist, or a field cannot be written as
            /// the format asks. The error shows all mistakes at once, each with its column.
            pub fn new(text: &str) -> Result<$name, Error> {
                Template::parse(text, $kind, &[]).map($name)
            }

            /// Parses a format with fields of your own. `fields` lists their names; the text need
            /// not use all of them.
            ///
            /// ```
            #[doc = concat!("use footlights::", stringify!($name), ";")]
            ///
            /// let fields = ["host", "stage"]; // the program sets both
            /// let from_file = "{stage} {elapsed}";
            #[doc = concat!("let format = ", stringify!($name), "::with_fields(from_file, &fields)?;")]
            #[doc = concat!("assert!(", stringify!($name), "::with_fields(\"{stge}\", &fields).is_err());")]
            /// # Ok::<(), footlights::Error>(())
            /// ```
            ///
            /// # Errors
            ///
            /// As with [`new`](Self::new).
            pub fn with_fields(text: &str, fields: &[&str]) -> Result<$name, Error> {
                Template::parse(text, $kind, fields).map($name)
            }

            /// Returns the text of the format.
            ///
            /// ```
            #[doc = concat!("let format = footlights::", $macro, "!(\"took {elapsed}\");")]
            /// assert_eq!(format.as_str(), "took {elapsed}");
            /// ```
            pub fn as_str(&self) -> &str {
                self.0.text()
            }

            pub(crate) fn template(&self) -> &Template {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<$name, Error> {
                $name::new(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = Error;

            fn try_from(text: &str) -> Result<$name, Error> {
                $name::new(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }
    };
}

format_type! {
    /// The format of a counter until its count exceeds the total. Cheap to clone.
    ///
    /// [`formats`](crate::formats) describes what a format can contain.
    ///
    /// ```
    /// use footlights::{BarFormat, bar_format};
    ///
    /// const DOWNLOAD: BarFormat = bar_format!("{desc} |{bar}| {bytes} of {total_bytes} {mirror}", mirror);
    ///
    /// let from_file = "{desc} |{bar}| {count}/{total}";
    /// let format = BarFormat::new(from_file)?;
    /// assert_eq!(format.as_str(), from_file);
    ///
    /// let error = BarFormat::new("{desc} {totl}").unwrap_err();
    /// assert!(error.to_string().contains("column 8: there is no field `totl`; did you mean `total`?"));
    /// # let _ = DOWNLOAD;
    /// # Ok::<(), footlights::Error>(())
    /// ```
    BarFormat, Kind::Bar, "bar_format"
}

format_type! {
    /// The format of a counter without a total, or with a count that exceeds it. Cheap to clone.
    ///
    /// [`formats`](crate::formats) describes what a format can contain.
    ///
    /// ```
    /// use footlights::{CounterFormat, counter_format};
    ///
    /// const LINES: CounterFormat = counter_format!("{desc} {count:,d} lines{fill}{elapsed}");
    /// assert_eq!(LINES, CounterFormat::new("{desc} {count:,d} lines{fill}{elapsed}")?);
    /// # Ok::<(), footlights::Error>(())
    /// ```
    CounterFormat, Kind::Counter, "counter_format"
}

format_type! {
    /// The format of a status bar. Cheap to clone.
    ///
    /// [`formats`](crate::formats) describes what a format can contain.
    ///
    /// ```
    /// use footlights::{StatusFormat, status_format};
    ///
    /// const STAGE: StatusFormat = status_format!("build{fill}{stage}{fill}{elapsed}", stage);
    /// assert_eq!(STAGE, StatusFormat::with_fields("build{fill}{stage}{fill}{elapsed}", &["stage"])?);
    /// # Ok::<(), footlights::Error>(())
    /// ```
    StatusFormat, Kind::Status, "status_format"
}

/// Parses the format of a counter with a total at compile time, to a
/// [`BarFormat`](crate::BarFormat).
///
/// The first argument is a literal or another constant expression. The names of fields of your own
/// follow it. The value can be a `const` or a `static`.
///
/// ```
/// use footlights::{BarFormat, bar_format};
///
/// const BUILD: BarFormat = bar_format!("{desc} {percentage:3.0f}%|{bar}| {stage}", stage);
/// ```
///
/// A mistake in the format is a compile error that shows its column:
///
/// ```compile_fail
/// footlights::bar_format!("{desc} {totl}");
/// ```
///
/// ```text
/// error[E0080]: evaluation panicked: format has an error
///                 {desc} {totl}
///                        ^ column 8: there is no field `totl`; did you mean `total`?
/// ```
#[macro_export]
macro_rules! bar_format {
    ($text:expr $(, $field:ident)* $(,)?) => {
        $crate::__format!(bar, $text, $($field)*)
    };
    ($text:expr, $($fields:tt)*) => {
        $crate::__format!()
    };
}

/// Parses the format of a counter without a total, or with a count that exceeds it, at compile
/// time, to a [`CounterFormat`](crate::CounterFormat). Takes the same arguments as
/// [`bar_format!`](crate::bar_format).
///
/// ```
/// let format = footlights::counter_format!("{desc} {count:,d} {unit}{fill}{host}", host);
/// ```
#[macro_export]
macro_rules! counter_format {
    ($text:expr $(, $field:ident)* $(,)?) => {
        $crate::__format!(counter, $text, $($field)*)
    };
    ($text:expr, $($fields:tt)*) => {
        $crate::__format!()
    };
}

/// Parses the format of a status bar at compile time, to a [`StatusFormat`](crate::StatusFormat).
/// Takes the same arguments as [`bar_format!`](crate::bar_format).
///
/// ```
/// let format = footlights::status_format!("build{fill}{stage}{fill}{elapsed}", stage);
/// ```
#[macro_export]
macro_rules! status_format {
    ($text:expr $(, $field:ident)* $(,)?) => {
        $crate::__format!(status, $text, $($field)*)
    };
    ($text:expr, $($fields:tt)*) => {
        $crate::__format!()
    };
}

/// The common part of the three macros. The lengths of the arrays have to be separate constants.
#[doc(hidden)]
#[macro_export]
macro_rules! __format {
    ($kind:ident, $text:expr, $($field:ident)*) => {{
        const __LITERAL: $crate::__private::Literal =
            $crate::__private::Literal::$kind($text, &[$(::core::stringify!($field)),*]);
        const __COUNTS: (usize, usize) = __LITERAL.count();
        const __PROBLEMS: usize = __COUNTS.1;
        const __LENGTH: usize = __LITERAL.message_len::<__PROBLEMS>();
        const __MESSAGE: [u8; __LENGTH] = __LITERAL.message::<__PROBLEMS, __LENGTH>();
        const _: () = if __PROBLEMS > 0 {
            ::core::panic!("{}", $crate::__private::utf8(&__MESSAGE))
        };
        const __PIECES: $crate::__private::Pieces<{ __COUNTS.0 }> = __LITERAL.pieces();
        const __TEMPLATE: $crate::__private::StaticTemplate = __LITERAL.template(&__PIECES);
        $crate::__private::$kind(&__TEMPLATE)
    }};
    () => {
        ::core::compile_error!("the names of your own fields follow the format, without quotes: `bar_format!(\"{host}\", host)`")
    };
}

/// For the macros. Not part of the API.
#[doc(hidden)]
pub mod __private {
    pub use crate::template::{Literal, Pieces, StaticTemplate, utf8};

    use super::{BarFormat, CounterFormat, StatusFormat, Template};

    pub const fn bar(template: &'static StaticTemplate) -> BarFormat {
        BarFormat(Template::Static(template))
    }

    pub const fn counter(template: &'static StaticTemplate) -> CounterFormat {
        CounterFormat(Template::Static(template))
    }

    pub const fn status(template: &'static StaticTemplate) -> StatusFormat {
        StatusFormat(Template::Static(template))
    }
}

// Users import the macros from the root of the crate, other files of the crate from here.
pub(crate) use {bar_format, counter_format};
