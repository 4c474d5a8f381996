//! footlights itself.

use std::fmt::Arguments;
use std::time::Duration;

use footlights::{BarFormat, Counter, Interception, Manager, ManagerBuilder, bar_format};

use super::{Inc, Peer, label};

pub struct Bars {
    manager: Manager,
    /// `None` for the default format.
    format: Option<BarFormat>,
    counters: Vec<Counter>,
}

pub fn usual() -> ManagerBuilder {
    // Bars appear at once, as those of the others do.
    Manager::builder().delay(Duration::ZERO)
}

pub fn through_a_pipe() -> ManagerBuilder {
    usual().interception(Interception::Pipe)
}

/// Bars without interception.
pub fn off() -> ManagerBuilder {
    usual().interception(Interception::Off)
}

impl Bars {
    pub fn new(builder: ManagerBuilder) -> Bars {
        Bars { manager: builder.build(), format: None, counters: Vec::new() }
    }

    /// Bars that change only with their counts.
    pub fn without_time() -> Bars {
        Bars { format: Some(bar_format!("{desc} {percentage:3.0f}%|{bar}| {count}/{total}")), ..Bars::new(usual()) }
    }
}

impl Peer for Bars {
    fn bars(&mut self, bars: usize, total: u64) -> Vec<Inc> {
        let add = |bar| {
            let builder = self.manager.counter().total(total).desc(label(bar));
            match &self.format {
                Some(format) => builder.bar_format(format.clone()).add(),
                None => builder.add(),
            }
        };
        self.counters = (0..bars).map(add).collect();
        let inc = |counter: &Counter| {
            let counter = counter.clone();
            Box::new(move || counter.inc(1)) as Inc
        };
        self.counters.iter().map(inc).collect()
    }

    fn line(&mut self, line: Arguments<'_>) {
        println!("{line}");
    }

    fn end(self: Box<Self>) {
        self.manager.stop();
    }
}
