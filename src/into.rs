//! Conversions of arguments: colors, totals, series and times in their usual forms.
//!
//! The traits are sealed, so that more forms can be added later.

use std::borrow::Cow;
use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use anstyle::{Ansi256Color, AnsiColor, RgbColor, Style};

use crate::cells::color::Color;
use crate::cells::series::Series;
use crate::error::Error;
use crate::state::number::Number;

mod sealed {
    use super::{Arc, Color, Error, Number, Series};

    pub trait IntoColor {
        fn into_color(self) -> Result<Color, Error>;
    }

    pub trait IntoTotal {
        fn into_total(self) -> Option<Number>;
    }

    pub trait IntoSeries {
        fn into_series(self) -> Result<Series, Error>;
    }

    pub trait IntoSeconds {
        fn into_seconds(self) -> f64;
    }

    pub trait IntoText {
        fn into_text(self) -> Arc<str>;
    }
}

/// A color in one of the forms that builders and styles accept.
///
/// * a [`Color`], an [`AnsiColor`], an [`Ansi256Color`], an [`RgbColor`], a [`Style`], an
///   [`anstyle::Color`]
/// * red, green and blue: `(0, 200, 80)`
/// * a text that [`Color`] can be parsed from: `"red"`, `"#00c850"`, `"bold_white_on_slategray"`
///
/// A text can be wrong. [`CounterBuilder::try_add`](crate::CounterBuilder::try_add) reports that.
///
/// ```
/// use footlights::AnsiColor;
///
/// # let manager = footlights::Manager::new();
/// let bars = [
///     manager.counter().color(AnsiColor::Red),
///     manager.counter().color((0, 200, 80)),
///     manager.counter().color("bold_red_on_#202020"),
/// ];
/// # drop(bars);
/// ```
pub trait IntoColor: sealed::IntoColor {}

/// A total in one of the forms that builders and bars accept: a number of any type, an [`Option`]
/// of one, or a reference to a [`File`], whose length is the total (a pipe or a device has none).
///
/// ```
/// # let manager = footlights::Manager::new();
/// let known = manager.counter().total(50);
/// let measured = manager.counter().total(2.5);
/// let perhaps = manager.counter().total("42".parse::<u32>().ok());
/// # drop((known, measured, perhaps));
/// ```
pub trait IntoTotal: sealed::IntoTotal {}

/// The glyphs of a bar in one of the forms that builders and styles accept: a text, each character
/// of which is a cell; an array, a slice or a [`Vec`] of cells; or a [`Series`], also as the [`Result`]
/// of a function that makes one. Texts and lists begin with the empty cell: see [`Series::full_first`]
/// for the other order.
///
/// ```
/// use footlights::Series;
///
/// # let manager = footlights::Manager::new();
/// let build = manager.counter().total(4).series(Series::full_first("#>-")).add();
/// ```
///
/// A text or a list can be wrong. [`CounterBuilder::try_add`](crate::CounterBuilder::try_add)
/// reports that.
pub trait IntoSeries: sealed::IntoSeries {}

/// An elapsed time in one of the forms that bars accept: a [`Duration`], or seconds as an `f64`.
///
/// A `Duration` is exact to the nanosecond. Enlighten divides by seconds as floats, so only an
/// `f64` gives the same last digits of rates.
///
/// ```
/// use std::time::Duration;
///
/// use footlights::{ColorDepth, bar_format};
///
/// # let manager = footlights::Manager::new();
/// let bar = manager.counter().total(4).bar_format(bar_format!("{elapsed}")).add();
/// assert_eq!(bar.render_at(5, 61.0, ColorDepth::None), "01:01");
/// assert_eq!(bar.render_at(5, Duration::from_secs(61), ColorDepth::None), "01:01");
/// ```
pub trait IntoSeconds: sealed::IntoSeconds {}

impl sealed::IntoSeconds for Duration {
    fn into_seconds(self) -> f64 {
        self.as_secs_f64()
    }
}
impl IntoSeconds for Duration {}

impl sealed::IntoSeconds for f64 {
    fn into_seconds(self) -> f64 {
        self
    }
}
impl IntoSeconds for f64 {}

/// A text in one of the forms that builders and bars accept: a `&str`, a `String`, a reference to
/// one, a `Cow<str>`, a `Box<str>`, an `Arc<str>`, or a `char`.
///
/// ```
/// use std::sync::Arc;
///
/// # let manager = footlights::Manager::new();
/// let name: Arc<str> = "a.txt".into();
/// let bar = manager.counter().desc("Copying").unit('B').message(name.clone()).add(); // shares the text
/// bar.set_desc(format!("Copying {name}"));
/// assert_eq!(&*bar.desc(), "Copying a.txt");
/// ```
pub trait IntoText: sealed::IntoText {}

/// Implements the conversion of string types.
macro_rules! into_text {
    ($($kind:ty),*) => { $(
        impl sealed::IntoText for $kind {
            fn into_text(self) -> Arc<str> {
                self.into()
            }
        }
        impl IntoText for $kind {}
    )* };
}

into_text!(&str, String, Arc<str>, Box<str>, Cow<'_, str>);

impl sealed::IntoText for &String {
    fn into_text(self) -> Arc<str> {
        self.as_str().into()
    }
}
impl IntoText for &String {}

impl sealed::IntoText for &&str {
    fn into_text(self) -> Arc<str> {
        (*self).into()
    }
}
impl IntoText for &&str {}

impl sealed::IntoText for char {
    fn into_text(self) -> Arc<str> {
        (&*self.encode_utf8(&mut [0; 4])).into()
    }
}
impl IntoText for char {}

/// Implements the conversion of types that are always a color.
macro_rules! into_color {
    ($($kind:ty),*) => { $(
        impl sealed::IntoColor for $kind {
            fn into_color(self) -> Result<Color, Error> {
                Ok(self.into())
            }
        }
        impl IntoColor for $kind {}
    )* };
}

into_color!(Color, Style, anstyle::Color, AnsiColor, Ansi256Color, RgbColor, (u8, u8, u8));

/// Implements the conversions of texts, which are parsed.
macro_rules! into_from_text {
    ($($kind:ty),*) => { $(
        impl sealed::IntoColor for $kind {
            fn into_color(self) -> Result<Color, Error> {
                self.parse()
            }
        }
        impl IntoColor for $kind {}

        impl sealed::IntoSeries for $kind {
            fn into_series(self) -> Result<Series, Error> {
                self.parse()
            }
        }
        impl IntoSeries for $kind {}
    )* };
}

into_from_text!(&str, String, &String, Arc<str>);

impl sealed::IntoSeries for Result<Series, Error> {
    fn into_series(self) -> Result<Series, Error> {
        self
    }
}
impl IntoSeries for Result<Series, Error> {}

impl sealed::IntoTotal for &File {
    fn into_total(self) -> Option<Number> {
        let status = self.metadata().ok().filter(|status| status.is_file())?;
        Some(status.len().into())
    }
}
impl IntoTotal for &File {}

macro_rules! into_total {
    ($($kind:ty),*) => { $(
        impl sealed::IntoTotal for $kind {
            fn into_total(self) -> Option<Number> {
                Some(self.into())
            }
        }
        impl IntoTotal for $kind {}

        impl sealed::IntoTotal for Option<$kind> {
            fn into_total(self) -> Option<Number> {
                self.map(Into::into)
            }
        }
        impl IntoTotal for Option<$kind> {}
    )* };
}

into_total!(Number, i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, f32, f64);

impl sealed::IntoSeries for Series {
    fn into_series(self) -> Result<Series, Error> {
        Ok(self)
    }
}
impl IntoSeries for Series {}

impl<T: AsRef<str>, const N: usize> sealed::IntoSeries for [T; N] {
    fn into_series(self) -> Result<Series, Error> {
        self.as_slice().try_into()
    }
}
impl<T: AsRef<str>, const N: usize> IntoSeries for [T; N] {}

impl<T: AsRef<str>> sealed::IntoSeries for &[T] {
    fn into_series(self) -> Result<Series, Error> {
        self.try_into()
    }
}
impl<T: AsRef<str>> IntoSeries for &[T] {}

impl<T: AsRef<str>> sealed::IntoSeries for Vec<T> {
    fn into_series(self) -> Result<Series, Error> {
        self.as_slice().try_into()
    }
}
impl<T: AsRef<str>> IntoSeries for Vec<T> {}
