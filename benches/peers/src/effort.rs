//! The extent of a measurement: quick or full.

/// The options of the command line.
pub struct Effort {
    /// Fewer and shorter rounds, for a first impression.
    pub quick: bool,
    /// The amount of output in the `flood` measurement, in megabytes.
    pub megabytes: usize,
}

impl Effort {
    /// Returns `quick` for a quick run, otherwise `usual`.
    pub fn of<T>(&self, usual: T, quick: T) -> T {
        if self.quick { quick } else { usual }
    }
}
