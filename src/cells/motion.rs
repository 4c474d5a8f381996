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
    /// Reads the environment: [`Reduced`](Self::Reduced) if `REDUCED_MOTION` is set to something other than
    /// `0`, `false`, `no` or `off`. The default of [`ManagerBuilder::motion`](crate::ManagerBuilder::motion).
    ///
    /// ```
    /// use footlights::{Manager, Motion};
    ///
    /// let calm = std::env::args().any(|argument| argument == "--calm");
    /// let motion = if calm { Motion::Reduced } else { Motion::from_env() };
    /// let manager = Manager::builder().motion(motion).build();
    /// ```
    pub fn from_env() -> Motion {
        match env::var("REDUCED_MOTION").unwrap_or_default().to_ascii_lowercase().as_str() {
            "" | "0" | "false" | "no" | "off" => Motion::Full,
            _ => Motion::Reduced,
        }
    }
}
