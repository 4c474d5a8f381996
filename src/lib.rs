//! footlights
#![allow(dead_code, unused)]

mod counter;
mod error;
mod manager;
mod options;
mod paint;
mod screen;
mod segment;
mod state;
mod sys;
mod wrap;

pub use anstyle::{Ansi256Color, AnsiColor, RgbColor, Style};
pub use counter::{Counter, CounterBuilder};
pub use error::Error;
pub use manager::Manager;
pub use options::{Interception, ManagerBuilder, SignalHandling};
pub use paint::color::{Color, ColorDepth};
pub use screen::event::Ending;
pub use segment::{Segment, Source};
pub use state::value::Value;
pub use sys::Stream;
pub use wrap::WrapIter;
