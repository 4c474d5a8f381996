//! Lines of JSON, for another program: `docs/json.md` describes them.
//!
//! `reporter` decides which events there are · `event` writes one · `writer` writes JSON.

mod event;
mod reporter;
#[cfg(test)]
mod tests;
mod writer;

pub(crate) use reporter::JsonReporter;
