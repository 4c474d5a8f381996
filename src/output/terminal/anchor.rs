//! Where the region stands.

/// Where the bars of a terminal stand.
///
/// All promises hold in both places: the output stands above the bars, complete and in order, also
/// while the window is resized.
///
/// ```
/// use footlights::{Anchor, Manager};
///
/// let manager = Manager::builder().anchor(Anchor::Inline).build();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Anchor {
    /// On the last rows of the window, from the first frame on. Bars stay where they are while output
    /// fills the window above them.
    #[default]
    Bottom,
    /// Right below the output, as cargo and most libraries draw them. In a tall window with little
    /// output, bars stand near the output, and move down with it until it has reached the end of the
    /// window. A bar that goes makes the others move up.
    ///
    /// Where the output is not intercepted ([`Interception::Off`](crate::Interception::Off)), bars
    /// stand on the last rows all the same.
    Inline,
}
