//! What is counted, and the copy of it that a picture is made from.

pub(crate) mod snapshot;
