//! Counts the lines of code and of documentation in a folder, and finds passages that were copied from
//! one place to another. Several threads do the work, and print what they find with `println!`.
//!
//! `cargo run --example demo -- [FOLDER]`

use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use footlights::{BarFormat, ColorDepth, Counter, HumanCount, Manager, Segment, bar_format, status_format};

/// The duration of the demo, however few lines there are. Very many take longer.
const SECONDS: f64 = 12.0;
/// A passage of so many equal lines is a copy.
const PASSAGE: usize = 6;
/// The largest folders have a bar each. All others share the last bar.
const BARS: usize = 6;
/// The files that are read, by extension, and what a line of documentation starts with in them.
const LANGUAGES: [(&str, &str); 6] = [("rs", "//"), ("md", ""), ("toml", "#"), ("py", "#"), ("c", "//"), ("js", "//")];

const CODE: &str = "#2a9d8f";
const DOCS: &str = "#8a7fd4";
const COPIED: &str = "#e5534b";

const ALL: BarFormat = bar_format!(
    " {:bold}{desc:<9.9}{percentage:3.0f}%{:}  {bar}▏{:bold_#e5534b}{count_copied:>4,d} copied{:} \
     {:bold_#8a7fd4}{count_docs:>6,d} docs{:} {:bold_#2a9d8f}{count_0:>7,d} code{:} {eta_short:>4} left "
);
const FOLDER: BarFormat = bar_format!(
    " {desc:<9.9}{percentage:3.0f}%  {bar} {:#e5534b}{count_copied:>4,d}{:}        \
     {:#8a7fd4}{count_docs:>6,d}{:}      {:#2a9d8f}{count_0:>7,d}{:}                "
);

fn main() -> io::Result<()> {
    env::set_current_dir(env::args_os().nth(1).unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()))?;
    let mut files = Vec::new();
    find(Path::new("."), &mut files)?;
    // The order of the work is neither that of the folders nor that of the sizes.
    files.sort_by_key(|file| hash(&file.path));

    let manager = Manager::new();
    let format = status_format!(" footlights demo{fill}{stage}{fill}{elapsed} ", stage);
    let stage = format!("looking for copied lines in {} files", files.len());
    let title = manager.status_bar().field("stage", stage).format(format).color("white_on_#44546a").add();
    let total: usize = files.iter().map(|file| file.lines.len()).sum();
    let all = Row::new(&manager, "Lines", total, ALL, " ▏▎▍▌▋▊▉█");
    let folders = folders(&files);
    let rows = folders.into_iter().map(|(name, lines)| Row::new(&manager, name, lines, FOLDER, "─╾━")).collect();
    let job = Job {
        all,
        rows,
        files: &files,
        next: AtomicUsize::new(0),
        colors: manager.is_enabled() && ColorDepth::from_env() != ColorDepth::None,
        start: Instant::now(),
        known: Mutex::default(),
    };
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| job.work());
        }
    });
    title.set_field("stage", format!("{} of {} lines are copied", job.all.copied.count(), HumanCount(total as u64)));
    Ok(())
}

/// Returns the largest folders, and the others as one, with their numbers of lines.
fn folders(files: &[File]) -> Vec<(&str, usize)> {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    for file in files {
        *lines.entry(file.folder()).or_default() += file.lines.len();
    }
    let mut folders: Vec<_> = lines.into_iter().collect();
    folders.sort_by_key(|(name, lines)| (name.is_empty(), Reverse(*lines)));
    let others = folders.split_off(folders.len().min(BARS - 1));
    folders.push(("others", others.iter().map(|(_, lines)| lines).sum()));
    folders
}

/// A text, without its blank lines.
struct File {
    path: String,
    /// What a line of documentation starts with.
    docs: &'static str,
    /// The number of each line, and its text.
    lines: Vec<(usize, String)>,
}

impl File {
    /// Returns the folder that its path begins with, or nothing.
    fn folder(&self) -> &str {
        self.path.split_once(['/', '\\']).map_or("", |(folder, _)| folder)
    }
}

/// Reads the files below `folder` that are neither hidden nor made by a build.
fn find(folder: &Path, files: &mut Vec<File>) -> io::Result<()> {
    if folder.join("CACHEDIR.TAG").exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().unwrap_or_default();
        if path.file_name().unwrap_or_default().as_encoded_bytes().starts_with(b".") || path.is_symlink() {
        } else if path.is_dir() {
            find(&path, files)?;
        } else if let Some((_, docs)) = LANGUAGES.iter().find(|(known, _)| extension == *known) {
            let text = fs::read_to_string(&path)?;
            let lines = text.lines().map(str::trim).enumerate().map(|(n, line)| (n + 1, line.to_owned()));
            let lines = lines.filter(|(_, line)| line.contains(char::is_alphanumeric)).collect();
            let path = path.strip_prefix(".").unwrap_or(&path).to_string_lossy().into_owned();
            files.push(File { path, docs, lines });
        }
    }
    Ok(())
}

/// A bar with three colors. Lines of code are what it has counted outside of its segments.
struct Row {
    name: String,
    code: Counter,
    docs: Segment,
    copied: Segment,
}

#[derive(Clone, Copy)]
enum Kind {
    Code,
    Docs,
    Copied,
}

impl Row {
    fn new(manager: &Manager, name: &str, lines: usize, format: BarFormat, series: &str) -> Row {
        let code = manager.counter().desc(name).total(lines).bar_format(format).series(series).color(CODE).add();
        // The newest segment is leftmost.
        let docs = code.segment("docs").color(DOCS).add();
        let copied = code.segment("copied").color(COPIED).add();
        Row { name: name.to_owned(), code, docs, copied }
    }

    fn inc(&self, kind: Kind) {
        match kind {
            Kind::Code => self.code.inc(1),
            Kind::Docs => self.docs.inc(1),
            Kind::Copied => self.copied.inc(1),
        }
    }
}

/// What the threads share.
struct Job<'a> {
    all: Row,
    rows: Vec<Row>,
    files: &'a [File],
    next: AtomicUsize,
    /// Whether lines of the log are colored.
    colors: bool,
    start: Instant,
    /// Where each passage was seen first.
    known: Mutex<HashMap<u64, String>>,
}

impl Job<'_> {
    /// Reads files until none is left.
    fn work(&self) {
        while let Some(file) = self.files.get(self.next.fetch_add(1, Relaxed)) {
            self.read(file);
        }
    }

    fn read(&self, file: &File) {
        let Some(row) = self.rows.iter().find(|row| row.name == file.folder()).or(self.rows.last()) else { return };
        // The copy that the line belongs to: its first line, the first line after it, the original.
        let mut copy = (0, 0, String::new());
        for (at, (number, line)) in file.lines.iter().enumerate() {
            let passage = file.lines.get(at..at + PASSAGE);
            if let Some(original) = passage.and_then(|lines| self.original(lines, &file.path)) {
                if at >= copy.1 {
                    copy = (*number, at, original);
                }
                copy.1 = at + PASSAGE;
            }
            let kind = match line.starts_with(file.docs) {
                _ if at < copy.1 => Kind::Copied,
                true => Kind::Docs,
                false => Kind::Code,
            };
            if at + 1 == copy.1 {
                let (place, lines) = (format!("{}:{}", file.path, copy.0), number + 1 - copy.0);
                let (red, end) = if self.colors { ("\x1b[1;38;2;229;83;75m", "\x1b[m") } else { ("", "") };
                println!(" {red}{lines:>3} copied{end}  {place:<36} from {}", copy.2);
            }
            row.inc(kind);
            self.all.inc(kind);
            self.pace();
        }
    }

    /// Returns where the passage was seen before, if it was.
    fn original(&self, lines: &[(usize, String)], path: &str) -> Option<String> {
        let texts: Vec<&str> = lines.iter().map(|(_, text)| text.as_str()).collect();
        match self.known.lock().ok()?.entry(hash(&texts)) {
            Entry::Occupied(place) => Some(place.get().clone()),
            Entry::Vacant(place) => {
                place.insert(format!("{path}:{}", lines.first()?.0));
                None
            }
        }
    }

    /// Sleeps until the lines that are done are due.
    fn pace(&self) {
        let done = self.all.code.percentage().unwrap_or(100.0) / 100.0;
        thread::sleep(Duration::from_secs_f64(SECONDS * done).saturating_sub(self.start.elapsed()));
    }
}

fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
