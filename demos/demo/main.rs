//! Counts the lines of code and of documentation in a folder, and finds passages that were copied from
//! one place to another. Several threads do the work, and print what they find with `println!`.
//!
//! `cargo run --example demo -- [FOLDER]`

mod files;
mod passages;

use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};
use std::{env, thread};

use footlights::{
    BarFormat, ColorDepth, Counter, CounterBuilder, HumanCount, HumanDuration, Manager, Progress, Segment, bar_format,
    status_format,
};

use crate::files::File;
use crate::passages::Passages;

/// The duration of the demo, however few lines there are. Very many take longer.
const SECONDS: f64 = 12.0;
/// The largest folders have a bar each. All others share the last bar.
const BARS: usize = 6;
const CODE: &str = "#2a9d8f";
const DOCS: &str = "#8a7fd4";
const COPIED: &str = "#e5534b";
const REMAINING: &str = "#767676";

const ALL: BarFormat = bar_format!(
    " {:bold}{desc:<9.9}{percentage:3.0f}%{:}  {bar:8..}▏{:bold_#e5534b}{count_copied:>4,d} copied{:} \
     {:bold_#8a7fd4}{count_docs:>6,d} docs{:} {:bold_#2a9d8f}{count_0:>7,d} code{:} {time:>9} ",
    time
);
/// The same columns as in the format above, so that they give way alike. Folders have no unit: it stands for blanks.
const FOLDER: BarFormat = bar_format!(
    " {desc:<9.9}{percentage:3.0f}%  {bar:8..} {:#e5534b}{count_copied:>4,d}{:} {unit:6} \
     {:#8a7fd4}{count_docs:>6,d}{:} {unit:4} {:#2a9d8f}{count_0:>7,d}{:} {unit:4} {unit:9} "
);

fn main() -> io::Result<()> {
    env::set_current_dir(env::args_os().nth(1).unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()))?;
    let mut files = Vec::new();
    files::find(Path::new("."), &mut files)?;
    // The order of the work is neither that of the folders nor that of the sizes.
    files.sort_by_key(|file| passages::hash(&file.path));

    // Windows shows output through a pipe while there are bars, so this is asked before.
    let colors = io::stdout().is_terminal() && ColorDepth::from_env() != ColorDepth::None;
    let manager = Manager::new();
    let format = status_format!(" footlights demo {fill}{stage:8..}{fill} {elapsed} ", stage);
    let stage = format!("looking for copied lines in {} files", files.len());
    let title = manager.status_bar().field("stage", stage).format(format).color("white_on_#44546a").add();
    let total: usize = files.iter().map(|file| file.lines.len()).sum();
    let all = manager.counter().bar_format(ALL).series(" ▏▎▍▌▋▊▉█").field_with("time", time);
    let all = Row::new(all, "Lines", total);
    let thin = || manager.counter().bar_format(FOLDER).series("─╾━").remaining_color(REMAINING);
    let folders = files::largest_folders(&files, BARS);
    let rows = folders.into_iter().map(|(name, lines)| Row::new(thin(), name, lines)).collect();
    let job = Job {
        all,
        rows,
        files: &files,
        next: AtomicUsize::new(0),
        colors,
        start: Instant::now(),
        passages: Passages::default(),
    };
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| job.work());
        }
    });
    title.set_field("stage", format!("{} of {} lines are copied", job.all.copied.count(), HumanCount(total as u64)));
    // Bars that are closed first are also the first to move up, where rows are scarce.
    title.close();
    Ok(())
}

/// How much time is left, or how long it took.
fn time(bar: &Progress) -> String {
    match bar.eta() {
        _ if bar.is_finished() => format!("took {}", HumanDuration(bar.elapsed())),
        Some(left) => format!("{} left", HumanDuration(left)),
        None => String::new(),
    }
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
    fn new(bar: CounterBuilder, name: &str, lines: usize) -> Row {
        let code = bar.desc(name).total(lines).color(CODE).add();
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
    passages: Passages,
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
            let passage = file.lines.get(at..at + passages::LENGTH);
            if let Some(original) = passage.and_then(|lines| self.passages.original(lines, &file.path)) {
                if at >= copy.1 {
                    copy = (*number, at, original);
                }
                copy.1 = at + passages::LENGTH;
            }
            let kind = match line.starts_with(file.docs) {
                _ if at < copy.1 => Kind::Copied,
                true => Kind::Docs,
                false => Kind::Code,
            };
            if at + 1 == copy.1 {
                let (place, lines) = (format!("{}:{}", file.path, copy.0), number + 1 - copy.0);
                let (red, end) = if self.colors { ("\x1b[1;38;2;229;83;75m", "\x1b[m") } else { ("", "") };
                println!(" {red}{lines:>3} copied{end} {place:<35} from {}", copy.2);
            }
            row.inc(kind);
            self.all.inc(kind);
            self.pace();
        }
    }

    /// Sleeps until the lines that are done are due.
    fn pace(&self) {
        let done = self.all.code.percentage().unwrap_or(100.0) / 100.0;
        thread::sleep(Duration::from_secs_f64(SECONDS * done).saturating_sub(self.start.elapsed()));
    }
}
