//! Styled cells: a row of the region, how wide it is, and the bytes that write it to a terminal.
//!
//! Nothing here knows of bars, threads, clocks or file descriptors.

pub(crate) mod ansi;
pub(crate) mod ansi_text;
pub(crate) mod capabilities;
mod cell_styles;
pub(crate) mod charset;
pub(crate) mod color;
mod color_env;
pub(crate) mod color_rule;
pub(crate) mod columns;
pub(crate) mod diff;
pub(crate) mod line;
pub(crate) mod links;
mod mix;
pub(crate) mod motion;
pub(crate) mod named;
pub(crate) mod near_miss;
pub(crate) mod parse_color;
pub(crate) mod series;
pub(crate) mod sgr;
pub(crate) mod span;
pub(crate) mod spinner;
pub(crate) mod suggest_color;
pub(crate) mod taskbar_state;
pub(crate) mod width;
mod x11;
