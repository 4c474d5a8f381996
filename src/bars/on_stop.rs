//! What remains of the bars when their manager stops.

/// What remains of the bars of a manager when it stops.
///
/// ```
/// use footlights::{Manager, OnStop};
///
/// let manager = Manager::builder().on_stop(OnStop::ClearBars).build();
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnStop {
    /// The bars that stay (see [`leave`](crate::CounterBuilder::leave)), as lines below the output; if
    /// the program fails, above what it printed last.
    #[default]
    KeepBars,
    /// Nothing.
    ClearBars,
}
