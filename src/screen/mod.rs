//! The thread that owns the terminal, and what it knows.
pub(crate) mod above;
pub(crate) mod region;
