//! Outputs: where bars are shown. The terminal is the only one so far. Another one is a file here
//! and a variant of [`Display`].

mod display;
mod terminal;

pub(crate) use display::Display;
pub(crate) use terminal::{Setup, flush_stdio};
