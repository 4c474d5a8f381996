//! Formats: their parser, and the renderer that makes a line from a parsed format and a snapshot.
//!
//! A format is text with fields in braces, in the manner of Python's `format`; `docs/formats.md`
//! describes it. Inside the crate a parsed format is called a template.
//!
//! ```text
//! &str ── parse ──▶ Template ┐
//!                            ├── renderer ──▶ Line
//!                   Snapshot ┘
//! ```

mod assemble;
mod attempt;
mod bar_cells;
mod caret;
mod cursor;
mod digits;
mod duration;
mod extension;
mod field;
mod kind;
mod literal;
mod measure;
mod names;
mod number;
mod parse;
mod parse_spec;
mod piece;
mod prefix;
mod problem;
mod pulse;
mod renderer;
mod report;
mod shares;
mod sink;
mod source;
mod spec;
mod standard;
mod suggest;
#[allow(clippy::module_inception)]
mod template;
mod templates;
#[cfg(test)]
mod tests;
mod text;
mod value;

pub(crate) use duration::rounded as rounded_seconds;
pub(crate) use extension::MESSAGE;
pub(crate) use kind::Kind;
pub use literal::{Literal, Pieces, utf8};
pub(crate) use renderer::TemplateRenderer;
pub(crate) use template::Template;
pub(crate) use templates::Templates;
