//! indicatif: bars of a `MultiProgress`, at its default rate of 20 frames a second.

use std::fmt::Arguments;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::{Inc, Peer, label};

/// A template with the same fields as the bars of the other peers.
const TEMPLATE: &str = "{prefix} {percent:>3}%|{wide_bar}| {pos}/{len} [{elapsed_precise}<{eta_precise}, {per_sec}]";

pub struct Bars {
    multi: MultiProgress,
    bars: Vec<ProgressBar>,
    printing: Printing,
}

/// The two ways to print above the bars.
pub enum Printing {
    /// `MultiProgress::println`.
    Above,
    /// `println!` inside of `MultiProgress::suspend`.
    Suspended,
}

impl Bars {
    pub fn new(printing: Printing) -> Bars {
        Bars { multi: MultiProgress::new(), bars: Vec::new(), printing }
    }
}

impl Peer for Bars {
    fn bars(&mut self, bars: usize, total: u64) -> Vec<Inc> {
        let style = ProgressStyle::with_template(TEMPLATE).expect("a template");
        let add = |bar| self.multi.add(ProgressBar::new(total).with_style(style.clone()).with_prefix(label(bar)));
        self.bars = (0..bars).map(add).collect();
        // A bar is shown at its first change.
        self.bars.iter().for_each(ProgressBar::tick);
        let inc = |bar: &ProgressBar| {
            let bar = bar.clone();
            Box::new(move || bar.inc(1)) as Inc
        };
        self.bars.iter().map(inc).collect()
    }

    fn line(&mut self, line: Arguments<'_>) {
        match self.printing {
            Printing::Above => self.multi.println(line.to_string()).expect("a terminal"),
            Printing::Suspended => self.multi.suspend(|| println!("{line}")),
        }
    }

    fn end(self: Box<Self>) {
        self.bars.iter().for_each(ProgressBar::abandon);
    }
}
