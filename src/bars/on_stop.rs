//! What remains of the bars when a manager stops.

/// What remains of the bars when a manager stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnStop {
    /// The bars that stay (see [`leave`](crate::CounterBuilder::leave)), as lines below the output.
    #[default]
    KeepBars,
    /// Nothing.
    ClearBars,
}
