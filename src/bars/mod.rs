//! The bars: their counts, their appearance, their order on the screen, and how each is rendered.
//!
//! Independent of terminals: every output (see `output`) shows the same bars.

mod ages;
mod aggregate;
mod appearance;
mod bar;
mod bar_renderer;
mod by_age;
mod computed;
mod finished;
mod id;
mod last_lines;
mod lists;
mod managers;
mod newcomers;
mod on_close;
mod on_stop;
mod place;
mod progress;
mod rank;
mod ranked;
mod roster;
mod rows;

#[cfg(test)]
mod tests;

pub(crate) use aggregate::Aggregate;
pub(crate) use appearance::{Appearance, Fingerprint};
pub(crate) use bar::Bar;
pub(crate) use bar_renderer::{BarRenderer, Change, Indent, RenderedRow};
pub(crate) use by_age::Entry;
pub(crate) use computed::{ComputedField, ComputedFields};
pub use finished::FinishedBars;
pub(crate) use finished::Tally;
pub(crate) use id::{Id, ManagerId, Scope};
pub(crate) use last_lines::LastLine;
pub use on_close::OnClose;
pub use on_stop::OnStop;
pub(crate) use place::{Place, Spot};
pub use progress::Progress;
pub(crate) use roster::Roster;
pub(crate) use rows::{Height, Row};
