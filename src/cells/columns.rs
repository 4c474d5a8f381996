//! Whether bars share their columns.

/// How the columns of the bars on a terminal relate to each other.
///
/// ```
/// use footlights::{Columns, Manager};
///
/// let manager = Manager::builder().columns(Columns::Aligned).build();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Columns {
    /// Each bar has its own columns: its bar takes what its own text leaves free.
    #[default]
    Independent,
    /// Descriptions, bars and figures of all bars with the same format start and end in the same
    /// columns, and descriptions are as wide as the longest one.
    ///
    /// A column that needs more room gets it with the next frame, and gives it back at most every ten
    /// seconds, so that nothing moves with every digit.
    Aligned,
}
