//! What the tests on real ptys share: a program on a pty, the terminal at its other end, and a look
//! at the bytes between them.

// Every test file is a crate of its own and uses its own part of this.
#![allow(dead_code)]

pub mod bytes;
pub mod pty;
pub mod screen;

pub use pty::Scene;
