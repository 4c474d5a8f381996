//! The renderer of templates: what a template and a snapshot look like as a line of cells.

pub(crate) mod assemble;
pub(crate) mod bar_cells;
pub(crate) mod digits;
pub(crate) mod duration;
pub(crate) mod number;
pub(crate) mod prefix;
pub(crate) mod pulse;
pub(crate) mod renderer;
pub(crate) mod shares;
pub(crate) mod text;

pub(crate) use duration::rounded as rounded_seconds;
pub(crate) use renderer::TemplateRenderer;
