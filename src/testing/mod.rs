//! A terminal in memory for tests (feature `testing`).
mod row;
mod terminal;

pub use row::{Row, Span};
pub use terminal::TestTerminal;
