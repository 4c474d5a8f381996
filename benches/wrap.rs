//! What it costs to count what goes through, as ratios of times with and without:
//! `cargo bench --bench wrap --features rayon`.
//!
//! Each ratio is taken inside its own round, and the median is printed.

use std::hint::black_box;
use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use footlights::{CountedParallelIterator, Manager};
use rayon::prelude::*;

const BYTES: u64 = 2 << 30;
const ITEMS: u64 = 20_000_000;
const ROUNDS: usize = 9;

fn main() {
    let manager = Manager::new();
    let bytes = manager.counter().desc("bytes").add();
    let items = manager.counter().desc("items").add();
    let bare = AtomicU64::new(0);

    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let source = || Source(BYTES);
        let copy = time(|| _ = io::copy(&mut source(), &mut io::sink()));
        let counted = time(|| _ = io::copy(&mut bytes.wrap_read(source()), &mut io::sink()));
        let atomic = time(|| (0..ITEMS).into_par_iter().for_each(|n| _ = bare.fetch_add(black_box(n) & 1, Relaxed)));
        let parallel = time(|| (0..ITEMS).into_par_iter().counted(&items).for_each(|n| _ = black_box(n)));
        rounds.push([copy / counted, atomic / parallel]);
    }
    drop((bytes, items));
    manager.stop();
    for (at, what) in ["io::copy through wrap_read", "a parallel iterator, as fast as an atomic add"].iter().enumerate()
    {
        let mut ratios: Vec<f64> = rounds.iter().map(|round| round[at]).collect();
        ratios.sort_by(f64::total_cmp);
        println!("{what:<48} {:5.2} x the speed", ratios[ROUNDS / 2]);
    }
}

/// A reader that std knows nothing about. It knows a shortcut for slices, files and `io::repeat`.
struct Source(u64);

impl Read for Source {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = buf.len().min(usize::try_from(self.0).unwrap_or(usize::MAX));
        buf[..n].fill(black_box(7));
        self.0 -= n as u64;
        Ok(n)
    }
}

fn time(run: impl FnOnce()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64()
}
