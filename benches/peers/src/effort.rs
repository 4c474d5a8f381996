//! How long a measurement may take.

/// What was asked for on the command line.
pub struct Effort {
    /// A first impression: fewer and shorter rounds.
    pub quick: bool,
    /// What the flood is to bring, in megabytes.
    pub megabytes: usize,
}

impl Effort {
    /// `usual`, or `quick` where a first impression is enough.
    pub fn of<T>(&self, usual: T, quick: T) -> T {
        if self.quick { quick } else { usual }
    }
}
