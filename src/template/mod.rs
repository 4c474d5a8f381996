//! Formats: their parser, and the renderer that makes a line from a parsed format and a snapshot.
//!
//! A format is text with fields in braces, in the manner of Python's `format`; `docs/formats.md`
//! describes it. Inside of the crate a parsed format is called a template.
//!
//! ```text
//! &str ── parse ──▶ Template ┐
//!                            ├── render ──▶ Line
//!                   Snapshot ┘
//! ```

mod extension;
mod field;
mod kind;
mod parse;
mod piece;
mod portion;
mod render;
mod spec;
mod standard;
#[allow(clippy::module_inception)]
mod template;
mod templates;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use extension::MESSAGE;
pub(crate) use kind::{Kind, LineKind};
pub use parse::{Literal, Pieces, utf8};
pub(crate) use render::{AlignedColumns, TemplateRenderer, rounded_seconds};
pub(crate) use render::{write_bytes, write_duration, write_grouped, write_short_duration};
pub use template::StaticTemplate;
pub(crate) use template::Template;
pub(crate) use templates::Templates;
