//! linya: one `Progress` for all bars, behind a lock. It draws a bar when its whole percentage
//! changes.

use std::fmt::{Arguments, Write};
use std::sync::{Arc, Mutex};

use linya::Progress;

use super::{Inc, Peer, label};

#[derive(Default)]
pub struct Bars {
    progress: Arc<Mutex<Progress>>,
}

impl Peer for Bars {
    fn bars(&mut self, bars: usize, total: u64) -> Vec<Inc> {
        let add = |bar| {
            let mut progress = self.progress.lock().expect("no panic");
            let bar = progress.bar(total as usize, label(bar));
            progress.draw(&bar);
            let progress = self.progress.clone();
            Box::new(move || progress.lock().expect("no panic").inc_and_draw(&bar, 1)) as Inc
        };
        (0..bars).map(add).collect()
    }

    fn line(&mut self, line: Arguments<'_>) {
        let mut progress = self.progress.lock().expect("no panic");
        writeln!(progress.stderr(), "{line}").expect("a terminal");
    }

    fn end(self: Box<Self>) {}
}
