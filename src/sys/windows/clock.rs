//! The clocks: std's.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) use std::time::Instant;

/// The time since the start of 1970, in UTC.
pub(crate) fn unix_time() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
