//! Plain lines: a log for people who look later, for services that end a program that is silent, and
//! for people who listen.
//!
//! `reporter` decides which bars say something · `pace` when one of them is due · `budget` how many
//! lines a log can bear · `crowd` speaks for bars that do not speak for themselves · `service` is
//! what services do with lines.

mod budget;
mod crowd;
mod pace;
mod reporter;
mod service;
#[cfg(test)]
mod tests;

pub(crate) use pace::Pace;
pub(crate) use reporter::{PlainReporter, PlainSetup};
pub(crate) use service::Service;
