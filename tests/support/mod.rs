//! What several tests need: programs on ptys with an emulator, dice.

// Each test program uses its own part of this.
#![allow(dead_code)]

pub mod bytes;
pub mod dice;
pub mod environment;
pub mod pty;
pub mod screen;

pub use pty::Scene;
