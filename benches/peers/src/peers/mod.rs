//! The libraries, each used in the way of an ordinary program, behind one trait.

mod footlights;
mod indicatif;
mod kdam;
mod linya;
mod none;
mod prodash;

use std::fmt::Arguments;

/// Bars of one library. As far as the library can, they all show name, percentage, bar, count,
/// total, elapsed time, remaining time and rate.
pub trait Peer {
    /// Adds `bars` bars with this total. Returns a function for each that increments it from any
    /// thread.
    fn bars(&mut self, bars: usize, total: u64) -> Vec<Inc>;

    /// Prints a line above the bars, by the means of the library.
    fn line(&mut self, line: Arguments<'_>);

    /// Ends the bars, and waits until the terminal has all output.
    fn end(self: Box<Self>);
}

/// Increments a bar by one.
pub type Inc = Box<dyn FnMut() + Send>;

/// Returns a library by name, with the settings that the name stands for.
pub fn peer(name: &str) -> Box<dyn Peer> {
    match name {
        "none" => Box::new(none::Nothing),
        "footlights" => Box::new(footlights::Bars::new(footlights::usual())),
        "footlights-20" => Box::new(footlights::Bars::new(footlights::usual().frame_rate(20))),
        "footlights-pipe" => Box::new(footlights::Bars::new(footlights::through_a_pipe())),
        "footlights-off" => Box::new(footlights::Bars::new(footlights::off())),
        "footlights-still" => Box::new(footlights::Bars::without_time()),
        "indicatif" => Box::new(indicatif::Bars::new(indicatif::Printing::Above)),
        "indicatif-suspend" => Box::new(indicatif::Bars::new(indicatif::Printing::Suspended)),
        "kdam" => Box::new(kdam::Bars::default()),
        "linya" => Box::new(linya::Bars::default()),
        "prodash" => Box::new(prodash::Bars::new()),
        name => panic!("unknown peer: {name}"),
    }
}

/// Returns the description of a bar.
pub fn label(bar: usize) -> String {
    format!("job{bar:05}")
}
