//! The public API, without a terminal.

#[path = "../support/hidden.rs"]
mod hidden;

mod builders;
mod bytes;
mod clocks;
mod computed;
mod count_model;
mod counts;
mod formats;
mod handles;
mod human;
mod iterators;
mod line_widths;
mod segments;
mod status_bars;
mod styles;
mod threads;
mod track;
mod trees;
mod types;
