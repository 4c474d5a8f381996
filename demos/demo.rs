//! Hashes all files below a folder (default: this one) in several threads, and finds those with the
//! same contents.
//!
//! `cargo run --example demo -- [FOLDER]`: a status line, a bar for each worker, and one bar for
//! all files in which what was hashed, skipped and not readable have colors of their own. The
//! larger files, and all doubles, are printed with `println!`.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read};
use std::num::NonZero;
use std::ops::RangeInclusive;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use footlights::{Counter, Manager, Segment, bar_format, status_format};

/// Other files are left out.
const SIZES: RangeInclusive<u64> = 1..=64 << 20;
/// How many seconds the demo takes, however much there is to hash. It takes longer only if the disk does.
const SECONDS: f64 = 6.0;
/// The effort of a file, in bytes, on top of its size.
const EACH: u64 = 64 << 10;
/// Smaller files are not worth a line.
const INTERESTING: u64 = 256 << 10;

fn main() -> Result<(), Box<dyn Error>> {
    std::env::set_current_dir(std::env::args_os().nth(1).unwrap_or_else(|| ".".into()))?;
    let begun = Instant::now();

    let manager = Manager::new();
    let format = status_format!(" footlights demo{fill}{stage}{fill}{elapsed} ", stage);
    let status = manager.status_bar().field("stage", "looking around").format(format);
    let status = status.color("bold_white_on_slategray").add();

    let found = manager.counter().desc("Looking").unit("files").leave(false).add();
    let mut files = Vec::new();
    walk(Path::new(""), &found, &mut HashSet::new(), &mut files)?;
    found.close();
    // The largest last: that is where doubles are worth something, and the bars of the workers have
    // something to show.
    files.sort_by_key(|(_, size)| *size);

    status.set_field("stage", "hashing");
    let format = bar_format!(
        "{desc} {percentage:3.0f}%|{bar}| {:#3cbe5a}{count_0}{:} hashed, {:#e6c83c}{count_1}{:} skipped, \
         {:#d23c3c}{count_2}{:} unreadable [{eta}]"
    );
    let hashed = manager.counter().total(files.len()).desc("Files").color("#3cbe5a").bar_format(format).add();
    let skipped = hashed.segment("skipped").color("#e6c83c").add();
    let unreadable = hashed.segment("unreadable").color("#d23c3c").add();
    let job = Job {
        begun: Instant::now(),
        effort: files.iter().filter(|(_, size)| SIZES.contains(size)).map(|(_, size)| EACH + size).sum(),
        spent: AtomicU64::new(0),
        next: AtomicUsize::new(0),
        files,
        hashed,
        skipped,
        unreadable,
        seen: Mutex::default(),
        saved: AtomicU64::new(0),
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
    let bytes = job.saved.load(Relaxed);
    drop(job);
    manager.stop();
    println!("{:.1} MB could be saved; found out in {:.1} s", bytes as f64 / 1e6, begun.elapsed().as_secs_f64());
    Ok(())
}

/// The state that the workers share.
struct Job {
    files: Vec<(PathBuf, u64)>,
    next: AtomicUsize,
    begun: Instant,
    /// Of all files, and of what was done of them.
    effort: u64,
    spent: AtomicU64,
    hashed: Counter,
    skipped: Segment,
    unreadable: Segment,
    /// The first file with a size and a hash.
    seen: Mutex<HashMap<(u64, u64), PathBuf>>,
    saved: AtomicU64,
}

impl Job {
    /// Waits until it is time for this much effort to be done.
    fn pace(&self, effort: u64) {
        let spent = self.spent.fetch_add(effort, Relaxed) + effort;
        let due = Duration::from_secs_f64(SECONDS * spent as f64 / self.effort.max(1) as f64);
        thread::sleep(due.saturating_sub(self.begun.elapsed()));
    }
}

/// Every ordinary file below `folder`, with its size; of those that are the same file under several
/// names, one.
fn walk(
    folder: &Path,
    found: &Counter,
    known: &mut HashSet<(u64, u64)>,
    files: &mut Vec<(PathBuf, u64)>,
) -> io::Result<()> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for entry in fs::read_dir(here)? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if let Err(err) = walk(&path, found, known, files) {
                println!("cannot read {}: {err}", path.display());
            }
        } else if kind.is_file() {
            let metadata = entry.metadata()?;
            if known.insert((metadata.dev(), metadata.ino())) {
                files.push((path, metadata.len()));
                found.inc(1);
            }
        }
    }
    Ok(())
}

fn work(n: usize, job: &Job, manager: &Manager) {
    let format = bar_format!("{desc} {percentage:3.0f}%|{bar:24}| {message}");
    let bar = manager.counter().desc(format!("Worker {n}")).total(1).bar_format(format).leave(false);
    let bar = bar.color((70, 130, 110 + 20 * (n % 6) as u8)).add();
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
                compare(path, *size, hash, job);
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
    job.pace(EACH);
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

fn compare(path: &Path, size: u64, hash: u64, job: &Job) {
    let Ok(mut seen) = job.seen.lock() else { return };
    if let Some(first) = seen.get(&(size, hash)) {
        job.saved.fetch_add(size, Relaxed);
        println!("\x1b[33m{hash:016x}\x1b[m {:>7} kB  {} = {}", size / 1000, path.display(), first.display());
        return;
    }
    if size >= INTERESTING {
        println!("{hash:016x} {:>7} kB  {}", size / 1000, path.display());
    }
    seen.insert((size, hash), path.to_owned());
}
