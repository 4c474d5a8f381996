//! Bars on a terminal: a region at the bottom of the window, written by one thread.
//!
//! From top to bottom, as one count travels: `current` and `session` are what managers hold ·
//! `thread` serves requests · `driver` runs rounds · `frames` says when a frame is due and makes it ·
//! `composer` makes a frame of output and rows · `in_memory` takes the place of the thread and of the terminal
//! in tests · the others are what these ask.

mod anchor;
mod blocking_writer;
mod composer;
mod current;
mod cursor;
mod cursor_tracker;
mod driver;
#[cfg(any(test, feature = "testing"))]
mod emulator;
mod flush_stdio;
mod frame_rows;
mod frames;
#[cfg(any(test, feature = "testing"))]
mod in_memory;
mod keys;
mod line_heights;
mod marker;
#[cfg(test)]
mod model;
mod passthrough;
mod pending_signals;
mod pinned_region;
mod quirks;
mod region;
mod requests;
mod row_ops;
mod scanner;
mod scheduler;
mod scroll_region;
mod session;
mod setup;
mod shared;
mod tail;
mod taskbar;
mod thread;
mod window;
mod write_queue;

pub use anchor::Anchor;
pub(crate) use current::{acquire, is_reached_by, release};
#[cfg(any(test, feature = "testing"))]
pub(crate) use emulator::{Emulator, push_text};
pub(crate) use flush_stdio::flush_stdio;
#[cfg(all(any(test, feature = "testing"), feature = "tracing"))]
pub(crate) use in_memory::Alarm;
#[cfg(any(test, feature = "testing"))]
pub(crate) use in_memory::{InMemorySuspension, InMemoryTerminal};
pub(crate) use session::{Session, Suspension};
pub(crate) use setup::Setup;
pub(crate) use taskbar::TaskbarSupport;
