//! Spans of the tracing crate as bars.

mod fields;
mod layer;
mod layer_builder;
mod span;
mod spans;
mod timer;

pub use layer_builder::TracingLayerBuilder;
