//! What is counted, and the copy of it that a picture is made from.

pub(crate) mod clock;
pub(crate) mod count;
pub(crate) mod lanes;
pub(crate) mod number;
pub(crate) mod snapshot;
pub(crate) mod speed;
pub(crate) mod tally;
pub(crate) mod value;
