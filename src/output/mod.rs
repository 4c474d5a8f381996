//! Outputs: where bars are shown. The terminal is one of several; the others each become one file
//! and one variant of [`Display`].

mod display;
mod terminal;

pub(crate) use display::Display;
pub(crate) use terminal::{Setup, flush_stdio};
