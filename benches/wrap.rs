//! What it costs to count what goes through, as ratios of times with and without:
//! `cargo bench --bench wrap --features rayon`. A file is compared with std's shortcut for files, a
//! parallel iterator with one that adds to an atomic number.
//!
//! Each ratio is taken inside its own round, and the median is printed. Copies of files depend on the
//! file system, and vary most.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use footlights::{CountedParallelIterator, Manager};
use rayon::prelude::*;

const BYTES: u64 = 1 << 30;
const FILE_BYTES: u64 = 32 << 20;
const BUFFER: usize = 128 << 10;
const ITEMS: u64 = 10_000_000;
const ROUNDS: usize = 21;

fn main() {
    let manager = Manager::new();
    let bytes = manager.counter().desc("bytes").add();
    let items = manager.counter().desc("items").add();
    let bare = AtomicU64::new(0);
    let [from, to] = ["from", "to"].map(|name| Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
    let files = || (File::open(&from).expect("a file"), File::create(&to).expect("a file"));
    io::copy(&mut Source(FILE_BYTES), &mut File::create(&from).expect("a file")).expect("room for a file");

    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let source = || Source(BYTES);
        let copy = time(|| _ = io::copy(&mut source(), &mut io::sink()));
        let counted = time(|| _ = io::copy(&mut bytes.wrap_read(source()), &mut io::sink()));
        let atomic = time(|| (0..ITEMS).into_par_iter().for_each(|n| _ = bare.fetch_add(black_box(n) & 1, Relaxed)));
        let parallel = time(|| (0..ITEMS).into_par_iter().counted(&items).for_each(|n| _ = black_box(n)));
        let (mut file, mut copied) = files();
        let shortcut = time(|| _ = io::copy(&mut file, &mut copied));
        let (file, copied) = files();
        let buffer = time_to_file(BufReader::with_capacity(BUFFER, bytes.wrap_read(file)), copied);
        let (file, copied) = files();
        let wrapped = time_to_file(bytes.wrap_read(file), copied);
        rounds.push([copy / counted, shortcut / buffer, shortcut / wrapped, atomic / parallel]);
    }
    [&from, &to].into_iter().for_each(|path| fs::remove_file(path).expect("a file"));
    drop((bytes, items));
    manager.stop();
    let names = [
        "io::copy through wrap_read",
        "a file, in a buffer of 128 KiB",
        "a file, without a buffer",
        "a parallel iterator",
    ];
    for (at, what) in names.into_iter().enumerate() {
        let mut ratios: Vec<f64> = rounds.iter().map(|round| round[at]).collect();
        ratios.sort_by(f64::total_cmp);
        println!("{what:<38} {:5.2} x the speed", ratios[ROUNDS / 2]);
    }
}

/// A reader that std knows nothing about. It knows a shortcut for slices, files and `io::repeat`.
struct Source(u64);

impl Read for Source {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = buf.len().min(usize::try_from(self.0).unwrap_or(usize::MAX));
        buf[..n].fill(7);
        // Without this, the compiler leaves out bytes that are never read.
        black_box(&buf[..n]);
        self.0 -= n as u64;
        Ok(n)
    }
}

fn time_to_file(mut from: impl Read, mut to: File) -> f64 {
    time(|| _ = io::copy(&mut from, &mut to))
}

fn time(run: impl FnOnce()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64()
}
