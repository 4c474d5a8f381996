//! How much may move on the screen.

use std::env;

/// How much may move on the screen.
///
/// ```
/// use footlights::{Manager, Motion};
///
/// let manager = Manager::builder().motion(Motion::Reduced).build();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Motion {
    /// Spinners and indeterminate bars move ten times a second.
    #[default]
    Full,
    /// They move once a second, as clocks do. Bars still grow when something is counted.
    Reduced,
}

impl Motion {
    /// What the environment says: reduced if `REDUCED_MOTION` is set to something other than `0` or
    /// `false`. The default of [`ManagerBuilder::motion`](crate::ManagerBuilder::motion).
    pub fn from_env() -> Motion {
        match env::var("REDUCED_MOTION").unwrap_or_default().to_ascii_lowercase().as_str() {
            "" | "0" | "false" | "no" | "off" => Motion::Full,
            _ => Motion::Reduced,
        }
    }
}
