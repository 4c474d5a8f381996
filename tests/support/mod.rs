//! What several tests need: programs on ptys with an emulator, bars without a terminal, dice.

// Each test program uses its own part of this.
#![allow(dead_code)]

pub mod bytes;
pub mod dice;
pub mod environment;
pub mod hidden;
pub mod pty;
pub mod screen;

pub use pty::Scene;
