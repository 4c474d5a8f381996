//! prodash: a tree of items, and a thread that draws them 20 times a second. It does not read the
//! width of the terminal.

use std::fmt::Arguments;
use std::io;
use std::sync::Arc;

use prodash::render::line::{self, JoinHandle, Options};
use prodash::tree::{Item, Root};
use prodash::unit;

use super::{Inc, Peer, label};

pub struct Bars {
    root: Arc<Root>,
    items: Vec<Arc<Item>>,
    renderer: Option<JoinHandle>,
}

impl Bars {
    pub fn new() -> Bars {
        Bars { root: Root::new(), items: Vec::new(), renderer: None }
    }
}

impl Peer for Bars {
    fn bars(&mut self, bars: usize, total: u64) -> Vec<Inc> {
        let add = |bar| {
            let item = self.root.add_child(label(bar));
            item.init(Some(total as usize), Some(unit::label("ticks")));
            Arc::new(item)
        };
        self.items = (0..bars).map(add).collect();
        let options =
            Options { terminal_dimensions: (120, 24), frames_per_second: 20.0, throughput: true, ..Options::default() };
        self.renderer = Some(line::render(io::stderr(), Arc::downgrade(&self.root), options));
        let inc = |item: &Arc<Item>| {
            let item = item.clone();
            Box::new(move || item.inc()) as Inc
        };
        self.items.iter().map(inc).collect()
    }

    /// Adds a message for the next frame. prodash keeps at most twenty and drops the oldest ones.
    fn line(&mut self, line: Arguments<'_>) {
        if let Some(item) = self.items.first() {
            item.message(prodash::messages::MessageLevel::Info, line.to_string());
        }
    }

    fn end(self: Box<Self>) {
        if let Some(renderer) = self.renderer {
            renderer.shutdown_and_wait();
        }
    }
}
