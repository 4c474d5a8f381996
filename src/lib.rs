//! footlights
#![allow(dead_code, unused)]
mod paint;
mod screen;
mod state;
mod sys;
pub use paint::color::{Color, ColorDepth};
pub use anstyle::{AnsiColor, RgbColor, Style};
