//! A clock. On some of these systems std has none: asked for the time, it panics.

/// std's, on the systems that have one. (wasm32-unknown-unknown has none.)
#[cfg(any(unix, target_os = "wasi"))]
pub(crate) use std::time::Instant;

/// The time since the start of 1970, in UTC.
#[cfg(any(unix, target_os = "wasi"))]
pub(crate) fn unix_time() -> std::time::Duration {
    use std::time::{SystemTime, UNIX_EPOCH};

    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(not(any(unix, target_os = "wasi")))]
pub(crate) use still::{Instant, unix_time};

#[cfg(not(any(unix, target_os = "wasi")))]
mod still {
    use std::ops::{Add, AddAssign};
    use std::time::Duration;

    /// A point in time, on a clock that stands still: elapsed times are zero, and rates unknown.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub(crate) struct Instant(Duration);

    /// The start of 1970.
    pub(crate) fn unix_time() -> Duration {
        Duration::ZERO
    }

    impl Instant {
        pub(crate) fn now() -> Instant {
            Instant(Duration::ZERO)
        }

        pub(crate) fn elapsed(self) -> Duration {
            Instant::now().saturating_duration_since(self)
        }

        pub(crate) fn saturating_duration_since(self, earlier: Instant) -> Duration {
            self.0.saturating_sub(earlier.0)
        }

        pub(crate) fn checked_sub(self, time: Duration) -> Option<Instant> {
            self.0.checked_sub(time).map(Instant)
        }
    }

    impl Add<Duration> for Instant {
        type Output = Instant;

        fn add(self, time: Duration) -> Instant {
            Instant(self.0.saturating_add(time))
        }
    }

    impl AddAssign<Duration> for Instant {
        fn add_assign(&mut self, time: Duration) {
            *self = *self + time;
        }
    }
}
