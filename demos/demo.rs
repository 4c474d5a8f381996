//! Finds files with the same contents below a folder (default: this one), hashing in several threads.
//!
//! `cargo run --example demo -- [FOLDER]`: a status line, a bar for each worker, and one bar for all files in which what was
//! hashed, skipped and not readable have colours of their own. What is found is printed with `println!`.

use std::collections::HashMap;
use std::error::Error;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Instant;

use footlights::{Color, Counter, Manager, Segment};

/// Larger files are left out.
const LARGEST: u64 = 64 << 20;
/// Doubles of smaller files are not worth a line.
const INTERESTING: u64 = 16 << 10;

const STATUS: &str = " footlights demo{fill}{stage}{fill}{elapsed} ";
const WORKER: &str = "{desc} {percentage:3.0f}%|{bar:24}| {message}";
const TOTAL: &str = "{desc} {percentage:3.0f}%|{bar}| \
    {:#3cbe5a}{count_0}{:} hashed  {:#e6c83c}{count_1}{:} skipped  {:#d23c3c}{count_2}{:} unreadable  \
    [{elapsed}<{eta}, {rate:.0f} {unit}/s]";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    let begun = Instant::now();

    let manager = Manager::new();
    let status = manager.status_bar().field("stage", "looking around").format(STATUS)?;
    let status = status.color("bold_white_on_slategray".parse::<Color>()?).add();

    let found = manager.counter().desc("Looking").unit("files").leave(false).add();
    let mut files = Vec::new();
    walk(&folder, &found, &mut files)?;
    found.close();
    // The largest last: that is where doubles are worth something, and the bars of the workers have something to show.
    files.sort_by_key(|(_, size)| *size);

    status.set_field("stage", "hashing");
    let total = manager.counter().total(files.len()).desc("Files").unit("files").color(Color::rgb(60, 190, 90));
    let hashed = total.bar_format(TOTAL)?.add();
    let skipped = hashed.segment(Color::rgb(230, 200, 60));
    let unreadable = hashed.segment(Color::rgb(210, 60, 60));
    let job = Job { files, next: AtomicUsize::new(0), hashed, skipped, unreadable, seen: Mutex::default(), saved: AtomicU64::new(0) };

    let workers = thread::available_parallelism().map_or(2, NonZero::get).clamp(2, 8);
    thread::scope(|scope| {
        for n in 1..=workers {
            let (job, manager) = (&job, &manager);
            scope.spawn(move || work(n, job, manager));
        }
    });

    status.set_field("stage", "done");
    drop(status);
    let bytes = job.saved.load(Relaxed);
    drop(job);
    manager.stop();
    println!("{:.1} MB could be saved; found out in {:.1} s", bytes as f64 / 1e6, begun.elapsed().as_secs_f64());
    Ok(())
}

/// What the workers share.
struct Job {
    files: Vec<(PathBuf, u64)>,
    next: AtomicUsize,
    hashed: Counter,
    skipped: Segment,
    unreadable: Segment,
    /// The first file with a size and a hash.
    seen: Mutex<HashMap<(u64, u64), PathBuf>>,
    saved: AtomicU64,
}

/// Every ordinary file below `folder`, with its size.
fn walk(folder: &Path, found: &Counter, files: &mut Vec<(PathBuf, u64)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if let Err(err) = walk(&entry.path(), found, files) {
                println!("cannot read {}: {err}", entry.path().display());
            }
        } else if kind.is_file() {
            files.push((entry.path(), entry.metadata()?.len()));
            found.inc(1);
        }
    }
    Ok(())
}

fn work(n: usize, job: &Job, manager: &Manager) {
    let color = Color::rgb(70, 130, 110 + 20 * (n % 6) as u8);
    let bar = manager.counter().desc(format!("Worker {n}")).total(1).field("message", "").color(color).leave(false);
    let Ok(bar) = bar.bar_format(WORKER) else { return };
    let bar = bar.add();
    while let Some((path, size)) = job.files.get(job.next.fetch_add(1, Relaxed)) {
        if !(1..=LARGEST).contains(size) {
            job.skipped.inc(1);
            continue;
        }
        bar.set(0);
        bar.set_total(*size);
        bar.message(path.to_string_lossy().into_owned());
        match hash(path, &bar) {
            Ok(hash) => {
                job.hashed.inc(1);
                compare(path, *size, hash, job);
            }
            Err(err) => {
                job.unreadable.inc(1);
                println!("cannot read {}: {err}", path.display());
            }
        }
    }
}

fn hash(path: &Path, bar: &Counter) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut hasher = DefaultHasher::new();
    let mut buf = [0; 16 * 1024];
    loop {
        match file.read(&mut buf)? {
            0 => return Ok(hasher.finish()),
            n => {
                hasher.write(&buf[..n]);
                bar.inc(n as u64);
            }
        }
    }
}

fn compare(path: &Path, size: u64, hash: u64, job: &Job) {
    let Ok(mut seen) = job.seen.lock() else { return };
    if let Some(first) = seen.get(&(size, hash)) {
        job.saved.fetch_add(size, Relaxed);
        if size >= INTERESTING {
            println!("{} is the same as {} ({} kB)", path.display(), first.display(), size / 1000);
        }
    } else {
        seen.insert((size, hash), path.to_owned());
    }
}
