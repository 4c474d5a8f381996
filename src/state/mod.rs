//! What bars have counted, their clocks and rates, and the snapshot that a line is rendered from.

pub(crate) mod clock;
pub(crate) mod counts;
pub(crate) mod fields;
pub(crate) mod increments;
pub(crate) mod look;
pub(crate) mod number;
pub(crate) mod rate;
pub(crate) mod rate_history;
pub(crate) mod roll_up;
pub(crate) mod ruled_color;
pub(crate) mod segment_state;
pub(crate) mod snapshot;
pub(crate) mod stripes;
mod sum;
pub(crate) mod value;
