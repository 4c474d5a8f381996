//! The libraries, as a program would use each of them: the same few things to do for all.

mod footlights;
mod indicatif;
mod kdam;
mod linya;
mod none;
mod prodash;

use std::fmt::Arguments;

/// Bars of one library. All say the same: a name, percentage, bar, count and total, time gone and left, and rate, as far as the
/// library can.
pub trait Peer {
    /// So many bars, of `total` each: what is called to count one, for each of them. To be called from any thread.
    fn bars(&mut self, bars: usize, total: u64) -> Vec<Inc>;

    /// Prints a line above the bars, in the way that the library has for it.
    fn line(&mut self, line: Arguments<'_>);

    /// Everything is on the terminal when this returns.
    fn end(self: Box<Self>);
}

/// Counts one.
pub type Inc = Box<dyn FnMut() + Send>;

/// A library by name, and how it is used.
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
        name => panic!("no such peer: {name}"),
    }
}

/// What stands before the bar.
pub fn label(bar: usize) -> String {
    format!("job{bar:05}")
}
