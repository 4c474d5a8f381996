//! footlights


mod counter;
mod error;
mod handle;
mod manager;
mod options;
mod paint;
mod screen;
mod segment;
mod state;
mod status_bar;
mod sys;
mod template;
mod wrap;

pub use anstyle::{Ansi256Color, AnsiColor, RgbColor, Style};
pub use counter::{Counter, CounterBuilder};
pub use error::Error;
pub use manager::Manager;
pub use options::{Interception, ManagerBuilder, SignalHandling};
pub use paint::color::{Color, ColorDepth};
pub use screen::event::Ending;
pub use segment::{Segment, Source};
pub use state::number::Number;
pub use state::snapshot::Justify;
pub use state::value::Value;
pub use status_bar::{StatusBar, StatusBarBuilder};
pub use sys::Stream;
pub use wrap::WrapIter;
