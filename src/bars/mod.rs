//! The bars: their counts, their appearance, their order on the screen, and how each is rendered.
//!
//! Independent of terminals: every output (see `output`) shows the same bars.

mod appearance;
mod bar;
mod bar_renderer;
mod newcomers;
mod on_close;
mod on_stop;
mod roster;

pub(crate) use appearance::{Appearance, Fingerprint};
pub(crate) use bar::Bar;
pub(crate) use bar_renderer::{BarRenderer, Change, RenderedRow};
pub use on_close::OnClose;
pub use on_stop::OnStop;
pub(crate) use roster::{Entry, Id, ManagerId, Place, Roster, Row};
