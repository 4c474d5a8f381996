//! Real programs on real ptys, with an emulator at the other end.
//!
//! The programs are the scenes in `tests/support/scenes`. Each file has one subject.
#![cfg(unix)]

#[path = "../support/mod.rs"]
mod support;

mod allocation;
mod children;
mod colors;
mod disabled;
mod exits;
mod files;
mod full_screen;
mod input_modes;
mod jobs;
mod json;
#[cfg(target_os = "linux")]
mod kernels;
mod loggers;
mod managers;
mod open_lines;
mod pinned_rows;
mod plain;
mod region;
mod resize;
mod scripts;
mod scroll_region;
mod sequences;
mod signals;
#[cfg(feature = "tracing")]
mod spans;
mod streams;
mod suspend;
mod taskbar;
mod trees;
mod window_size;
mod writer;
