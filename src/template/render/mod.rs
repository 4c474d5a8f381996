//! The renderer of templates: what a template and a snapshot look like as a line of cells.

mod aligned;
pub(crate) mod assemble;
pub(crate) mod bar_cells;
mod bar_colors;
pub(crate) mod bytes;
mod column;
pub(crate) mod digits;
mod division;
pub(crate) mod duration;
mod graph;
mod layout;
mod line_end;
pub(crate) mod number;
pub(crate) mod prefix;
pub(crate) mod pulse;
pub(crate) mod renderer;
pub(crate) mod shares;
mod slot;
#[cfg(test)]
mod tests;
pub(crate) mod text;

pub(crate) use aligned::AlignedColumns;
pub(crate) use bytes::write as write_bytes;
pub(crate) use duration::{rounded as rounded_seconds, write as write_duration, write_short as write_short_duration};
pub(crate) use number::write_grouped;
pub(crate) use renderer::TemplateRenderer;
