//! The parser of formats: a `const fn`, so that the same code runs at compile time and at run time.

pub(crate) mod attempt;
pub(crate) mod caret;
pub(crate) mod format_text;
pub(crate) mod literal;
pub(crate) mod names;
pub(crate) mod parser;
pub(crate) mod problem;
pub(crate) mod reader;
pub(crate) mod report;
pub(crate) mod sink;
pub(crate) mod spec_parser;
pub(crate) mod suggest;

pub use literal::{Literal, Pieces, utf8};
