//! Pictures: what a row of the region looks like, and which bytes draw it.
//!
//! Nothing here knows of bars, threads, clocks or descriptors.

pub(crate) mod ansi;
pub(crate) mod color;
pub(crate) mod diff;
pub(crate) mod foreign;
pub(crate) mod line;
pub(crate) mod named;
mod names;
pub(crate) mod series;
pub(crate) mod sgr;
pub(crate) mod width;
