//! Spans of the tracing crate as bars.

mod fields;
mod layer;
mod layer_builder;
mod spans;

pub use layer_builder::TracingLayerBuilder;
