//! Outputs: what shows the bars. Each is a folder here, a variant of [`Output`] and [`Display`], and a
//! line in `choice`.

mod choice;
mod display;
mod exit;
mod json;
mod lines;
mod plain;
mod terminal;

pub use choice::Output;
pub(crate) use choice::Request;
pub(crate) use display::{Display, Settings};
pub(crate) use plain::Pace;
pub(crate) use terminal::{Setup, flush_stdio};
