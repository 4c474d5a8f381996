//! Outputs: what shows the bars. Each is a folder here, a variant of [`Output`] and [`Display`], and a
//! line in `choice`.

mod choice;
mod display;
mod exit;
pub(crate) mod fields;
mod json;
mod lines;
mod named;
mod plain;
mod terminal;

pub(crate) use choice::Request;
pub(crate) use display::{Display, Settings};
pub use named::Output;
pub(crate) use plain::Pace;
#[cfg(all(any(test, feature = "testing"), feature = "tracing"))]
pub(crate) use terminal::Alarm;
pub use terminal::Anchor;
#[cfg(any(test, feature = "testing"))]
pub(crate) use terminal::{Emulator, InMemoryTerminal, push_text};
pub(crate) use terminal::{Setup, TaskbarSupport};
