//! kdam: independent bars, each at its own position.

use std::fmt::Arguments;
use std::sync::{Arc, Mutex};

use kdam::{Bar, BarBuilder, BarExt};

use super::{Inc, Peer, label};

#[derive(Default)]
pub struct Bars {
    bars: Vec<Arc<Mutex<Bar>>>,
}

impl Peer for Bars {
    fn bars(&mut self, bars: usize, total: u64) -> Vec<Inc> {
        let add = |bar| {
            let position = u16::try_from(bar).expect("fewer than 65,536 bars");
            let builder = BarBuilder::default().total(total as usize).desc(label(bar)).position(position);
            Arc::new(Mutex::new(builder.build().expect("a bar")))
        };
        self.bars = (0..bars).map(add).collect();
        let inc = |bar: &Arc<Mutex<Bar>>| {
            let bar = bar.clone();
            Box::new(move || _ = bar.lock().expect("no panic").update(1)) as Inc
        };
        self.bars.iter().map(inc).collect()
    }

    /// Writing moves the first bar down a row, onto the second; so all others are refreshed.
    fn line(&mut self, line: Arguments<'_>) {
        for (at, bar) in self.bars.iter().enumerate() {
            let mut bar = bar.lock().expect("no panic");
            if at == 0 { bar.write(line.to_string()) } else { bar.refresh() }.expect("a terminal");
        }
    }

    fn end(self: Box<Self>) {}
}
