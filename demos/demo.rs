//! Hashes all files below a folder (default: this one) in several threads, and finds those with the
//! same contents. Hidden files and folders are skipped silently.
//!
//! `cargo run --example demo -- [FOLDER]`: a status bar, a bar for each worker, and one bar for all
//! files, with segments for skipped and unreadable ones. Large files and all duplicates are printed
//! with `println!`.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read};
use std::num::NonZero;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use footlights::{Counter, Manager, Segment, bar_format, status_format};

/// The sizes of files that are hashed. Other files are skipped.
const SIZES: RangeInclusive<u64> = 1..=64 << 20;
/// The duration of the demo, however much there is to hash. A slow disk makes it longer.
const SECONDS: f64 = 6.0;
/// The effort that each file takes on top of its size, in bytes.
const EFFORT_PER_FILE: u64 = 64 << 10;
/// Files of at least this size are printed.
const LARGE: u64 = 256 << 10;

fn main() -> Result<(), Box<dyn Error>> {
    std::env::set_current_dir(std::env::args_os().nth(1).unwrap_or_else(|| ".".into()))?;
    let start = Instant::now();

    let manager = Manager::new();
    let format = status_format!(" footlights demo{fill}{stage}{fill}{elapsed} ", stage);
    let status = manager.status_bar().field("stage", "searching").format(format);
    let status = status.color("bold_white_on_slategray").add();

    let found = manager.counter().desc("Searching").unit("files").leave(false).add();
    let mut files = Vec::new();
    walk(Path::new(""), &found, &mut HashSet::new(), &mut files)?;
    found.close();
    // The largest files come last, where the bars of the workers move visibly.
    files.sort_by_key(|(_, size)| *size);

    status.set_field("stage", "hashing");
    let format = bar_format!(
        "{desc} {percentage:3.0f}%|{bar}| {:mediumseagreen}{count_0}{:} hashed, {:gold}{count_skipped}{:} skipped, \
         {:tomato}{count_unreadable}{:} unreadable [{eta}]"
    );
    let hashed = manager.counter().total(files.len()).desc("Files").color("mediumseagreen").bar_format(format).add();
    let skipped = hashed.segment("skipped").color("gold").add();
    let unreadable = hashed.segment("unreadable").color("tomato").add();
    let job = Job {
        start: Instant::now(),
        effort: files.iter().filter(|(_, size)| SIZES.contains(size)).map(|(_, size)| EFFORT_PER_FILE + size).sum(),
        done: AtomicU64::new(0),
        next: AtomicUsize::new(0),
        files,
        hashed,
        skipped,
        unreadable,
        seen: Mutex::default(),
        duplicate_bytes: AtomicU64::new(0),
    };

    let workers = thread::available_parallelism().map_or(2, NonZero::get).clamp(2, 8);
    thread::scope(|scope| {
        for n in 1..=workers {
            let (job, manager) = (&job, &manager);
            scope.spawn(move || work(n, job, manager));
        }
    });

    status.set_field("stage", "done");
    drop(status);
    let bytes = job.duplicate_bytes.load(Relaxed);
    drop(job);
    manager.stop();
    println!("{:.1} MB of duplicates, found in {:.1} s", bytes as f64 / 1e6, start.elapsed().as_secs_f64());
    Ok(())
}

/// The state that the workers share.
struct Job {
    files: Vec<(PathBuf, u64)>,
    next: AtomicUsize,
    start: Instant,
    /// The effort of all files, in bytes.
    effort: u64,
    /// The part of `effort` that is done.
    done: AtomicU64,
    hashed: Counter,
    skipped: Segment,
    unreadable: Segment,
    /// The first file with each size and hash.
    seen: Mutex<HashMap<(u64, u64), PathBuf>>,
    duplicate_bytes: AtomicU64,
}

impl Job {
    /// Adds to the effort that is done, and sleeps until that much is due.
    fn pace(&self, effort: u64) {
        let done = self.done.fetch_add(effort, Relaxed) + effort;
        let due = Duration::from_secs_f64(SECONDS * done as f64 / self.effort.max(1) as f64);
        thread::sleep(due.saturating_sub(self.start.elapsed()));
    }
}

/// Adds to `files` all regular files below `folder` that are not hidden, with their sizes. A file
/// with several names is added once: it has one size, and one time of its last change.
fn walk(
    folder: &Path,
    found: &Counter,
    known: &mut HashSet<(u64, SystemTime)>,
    files: &mut Vec<(PathBuf, u64)>,
) -> io::Result<()> {
    let path = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = folder.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if let Err(err) = walk(&path, found, known, files) {
                println!("cannot read {}: {err}", path.display());
            }
        } else if kind.is_file() {
            let metadata = entry.metadata()?;
            if known.insert((metadata.len(), metadata.modified()?)) {
                files.push((path, metadata.len()));
                found.inc(1);
            }
        }
    }
    Ok(())
}

/// Hashes files until none is left.
fn work(n: usize, job: &Job, manager: &Manager) {
    let format = bar_format!("{desc} {percentage:3.0f}%|{bar:24}| {message}");
    let bar = manager.counter().desc(format!("Worker {n}")).total(1).bar_format(format).leave(false);
    let bar = bar.color("steelblue").add();
    while let Some((path, size)) = job.files.get(job.next.fetch_add(1, Relaxed)) {
        if !SIZES.contains(size) {
            job.skipped.inc(1);
            continue;
        }
        bar.set(0);
        bar.set_total(*size);
        bar.set_message(path.to_string_lossy().into_owned());
        match hash(path, &bar, job) {
            Ok(hash) => {
                job.hashed.inc(1);
                report(path, *size, hash, job);
            }
            Err(err) => {
                job.unreadable.inc(1);
                println!("cannot read {}: {err}", path.display());
            }
        }
    }
}

fn hash(path: &Path, bar: &Counter, job: &Job) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut hasher = DefaultHasher::new();
    let mut buf = [0; 16 * 1024];
    job.pace(EFFORT_PER_FILE);
    loop {
        let n = file.read(&mut buf)?;
        if n == 0 {
            return Ok(hasher.finish());
        }
        hasher.write(&buf[..n]);
        bar.inc(n as u64);
        job.pace(n as u64);
    }
}

/// Prints a file that is large or a duplicate.
fn report(path: &Path, size: u64, hash: u64, job: &Job) {
    let Ok(mut seen) = job.seen.lock() else { return };
    if let Some(first) = seen.get(&(size, hash)) {
        job.duplicate_bytes.fetch_add(size, Relaxed);
        println!("\x1b[33m{hash:016x}\x1b[m {:>7} kB  {} = {}", size / 1000, path.display(), first.display());
        return;
    }
    if size >= LARGE {
        println!("{hash:016x} {:>7} kB  {}", size / 1000, path.display());
    }
    seen.insert((size, hash), path.to_owned());
}
