//! The bars: what each one has counted, what it looks like, in which order they stand, and how one becomes a line.
//!
//! This folder knows nothing of terminals. Every output (see `output`) shows the same bars.

mod appearance;
mod bar;
mod bar_renderer;
mod on_stop;
mod roster;

pub(crate) use appearance::Appearance;
pub(crate) use bar::Bar;
pub(crate) use bar_renderer::{BarRenderer, Change, RenderedRow};
pub use on_stop::OnStop;
pub(crate) use roster::{Id, ManagerId, Place, Roster, Row};
