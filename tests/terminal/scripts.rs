//! Random scripts, executed by a real program, against a model of the screen.
//!
//! The model is a second emulator, which gets the same output without bars. A command is sent when
//! the screen shows the result of the one before, so nothing depends on the speed of the machine.
//!
//! Blank rows are not compared: a frame that is on its way during a resize may leave one. Output on
//! open lines and escape sequences are tested by the model in `src/output/terminal/model`.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::support::dice::Dice;
use crate::support::pty::Run;
use crate::support::screen::{BAR, Screen};
use crate::support::{Scene, environment};

/// The most bars in a script. They all fit into the window also while it is being resized: bars
/// that do not fit are counted in a row of their own.
const BARS: usize = 5;

/// Rows of the model's emulator.
const MODEL_ROWS: usize = 60;

struct Bar {
    n: usize,
    count: usize,
    /// Whether it remains when the program ends.
    stays: bool,
}

/// What the screen must show.
struct Model {
    /// The output, without bars.
    output: Screen,
    /// Whether the last line is open.
    is_open: bool,
    bars: Vec<Bar>,
}

impl Model {
    fn print(&mut self, text: &str) {
        self.output.feed(text.replace('\n', "\r\n").as_bytes());
        self.is_open = !text.ends_with('\n') && (self.is_open || !text.is_empty());
    }

    /// How the screen differs from the model. Wrapped rows are compared as one line, so it does not
    /// matter where they are wrapped.
    fn difference(&self, screen: &Screen) -> Option<String> {
        let (seen, wanted) = (screen.log(), self.output.log());
        if seen != wanted {
            return Some(format!("the log is {seen:?} instead of {wanted:?}"));
        }
        let rows = screen.rows();
        let bars: Vec<&String> = rows.iter().filter(|row| row.starts_with(BAR)).collect();
        let wanted: Vec<String> = self.bars.iter().map(|bar| format!("{BAR}{} {} ", bar.n, bar.count)).collect();
        if bars.len() != wanted.len()
            || bars.iter().zip(&wanted).any(|(bar, wanted)| !format!("{bar} ").starts_with(wanted))
        {
            return Some(format!("the bars are {bars:?} instead of {wanted:?}"));
        }
        if screen.bars().len() != bars.len() {
            return Some("there are bars above the screen".to_owned());
        }
        let (col, row) = screen.cursor();
        if let Some(first) = rows.iter().position(|row| row.starts_with(BAR)) {
            // Below an open line one row is free, for an Enter.
            if first <= row + usize::from(self.is_open) {
                return Some("the cursor is not above the bars".to_owned());
            }
            let after = &rows[first + bars.len()..];
            let together = rows[first..first + bars.len()].iter().all(|row| row.starts_with(BAR));
            if !together || after.iter().any(|row| !row.is_empty()) {
                return Some("there is output between the bars, or below them".to_owned());
            }
        }
        let (wanted_col, wanted_row) = self.output.cursor();
        let (seen, wanted) = (&rows[row], &self.output.rows()[wanted_row]);
        (seen != wanted || col != wanted_col)
            .then(|| format!("the cursor is in column {col} of {seen:?} instead of column {wanted_col} of {wanted:?}"))
    }

    /// Whether the log is that of the model as far as it has arrived.
    fn may_become(&self, screen: &Screen) -> bool {
        let (seen, wanted) = (screen.log(), self.output.log());
        let whole = seen.len().saturating_sub(1);
        seen.len() <= wanted.len()
            && seen[..whole] == wanted[..whole]
            && seen.last().is_none_or(|last| wanted[whole].starts_with(last.as_str()))
    }
}

/// What a script does next.
#[derive(Clone, Copy)]
enum Action {
    /// Prints a line, to one of the two streams.
    PrintLine,
    /// Prints text that ends no line.
    PrintPart,
    /// Starts a child that prints a line.
    ChildPrintsLine,
    /// Starts a child that prints text that ends no line.
    ChildPrintsPart,
    /// Adds a bar. If there are enough, removes one.
    AddBar,
    /// Removes the oldest bar that does not stay.
    RemoveBar,
    /// Counts, with one of the bars.
    Count,
    /// Prints lines from three threads at the same time.
    PrintFromThreads,
    /// Prints more lines than there are rows.
    PrintMany,
    /// Prints lines while the manager is suspended again and again.
    PrintWhileSuspended,
    /// Resizes the window.
    Resize,
}

impl Action {
    /// All actions, each as often as it should occur.
    const ALL: [Action; 17] = [
        Action::PrintLine,
        Action::PrintLine,
        Action::PrintLine,
        Action::PrintPart,
        Action::PrintPart,
        Action::ChildPrintsLine,
        Action::ChildPrintsLine,
        Action::ChildPrintsPart,
        Action::AddBar,
        Action::AddBar,
        Action::RemoveBar,
        Action::Count,
        Action::Count,
        Action::PrintFromThreads,
        Action::PrintMany,
        Action::PrintWhileSuspended,
        Action::Resize,
    ];
}

/// A running script.
struct Script {
    run: Run,
    model: Model,
    dice: Dice,
    size: (usize, usize),
    next_bar: usize,
    next_line: usize,
    /// What has been done so far.
    story: Vec<String>,
}

impl Script {
    fn start(seed: u64) -> Script {
        let mut dice = Dice::new(seed);
        let size = random_size(&mut dice);
        let run = Scene::new("script").size(size.0, size.1).start();
        let model = Model { output: Screen::new(size.0, MODEL_ROWS), is_open: false, bars: Vec::new() };
        Script { run, model, dice, size, next_bar: 0, next_line: 0, story: vec![format!("seed {seed}, {size:?}")] }
    }

    /// Sends a command to the program.
    fn command(&mut self, command: &str) {
        self.story.push(command.to_owned());
        self.run.command(command);
    }

    /// Waits until the screen is as in the model. Until then it may be incomplete, but not wrong.
    #[track_caller]
    fn settle(&mut self) {
        let (model, story) = (&self.model, &self.story);
        self.run.until(&format!("screen as in the model in {story:#?}"), |screen| {
            let difference = model.difference(screen);
            assert!(
                difference.is_none() || model.may_become(screen),
                "{} in {story:#?}\n{screen}",
                difference.unwrap_or_default()
            );
            difference.is_none()
        });
    }

    /// A new line of text.
    fn line(&mut self) -> String {
        self.next_line += 1;
        let words = self.dice.roll(12);
        let mut text = format!("line-{}", self.next_line);
        for n in 0..words {
            text += [" word", " 漢字", " é", " \u{1f680}", "-and-more"][(self.next_line + n) % 5];
        }
        text
    }

    /// New text for the cursor's row. It ends before the last column, where a wrap would be
    /// pending.
    fn part(&mut self) -> String {
        self.next_line += 1;
        let text = format!("part-{}.", self.next_line);
        let room = self.size.0.saturating_sub(self.model.output.cursor().0 + 1);
        text.chars().take(room).collect()
    }

    #[track_caller]
    fn act(&mut self, action: Action) {
        match action {
            Action::PrintLine => {
                let text = self.line();
                self.model.print(&format!("{text}\n"));
                self.command(&format!("{} {text}", ["out", "err"][self.next_line % 2]));
            }
            Action::PrintPart => {
                let text = self.part();
                self.model.print(&text);
                self.command(&format!("part {text}"));
            }
            Action::ChildPrintsLine => {
                let text = self.line();
                self.model.print(&format!("{text}\n"));
                self.command(&format!("child {text}"));
            }
            Action::ChildPrintsPart => {
                let text = self.part();
                self.model.print(&text);
                self.command(&format!("child-part {text}"));
            }
            Action::AddBar if self.model.bars.len() < BARS => {
                let bar = Bar { n: self.next_bar, count: 0, stays: self.dice.roll(2) == 0 };
                self.next_bar += 1;
                self.command(&format!("{} {}", if bar.stays { "stay" } else { "add" }, bar.n));
                self.model.bars.push(bar);
            }
            Action::AddBar | Action::RemoveBar => {
                let Some(at) = self.model.bars.iter().position(|bar| !bar.stays) else { return };
                let bar = self.model.bars.remove(at);
                self.command(&format!("remove {}", bar.n));
            }
            Action::Count => {
                if self.model.bars.is_empty() {
                    return;
                }
                let at = self.dice.roll(self.model.bars.len());
                let bar = &mut self.model.bars[at];
                bar.count += 7;
                let command = format!("inc {} 7", bar.n);
                self.command(&command);
            }
            Action::PrintMany => {
                let count = self.dice.roll(2 * self.size.1) + 1;
                self.model.print(&(0..count).map(|n| format!("many {n}\n")).collect::<String>());
                self.command(&format!("many {count}"));
            }
            Action::PrintFromThreads => {
                let lines = self.print_from_threads("threads", 3, 4);
                for (thread, lines) in lines.iter().enumerate() {
                    let wanted = (0..4).map(|n| format!("{thread}-{n}"));
                    assert!(lines.iter().cloned().eq(wanted), "{lines:?} in {:#?}", self.story);
                }
            }
            Action::PrintWhileSuspended => {
                let mut lines = self.print_from_threads("suspend", 1, 100);
                // Output that is on its way at the start of a suspension may be overtaken.
                let mut wanted: Vec<String> = (0..100).map(|n| format!("0-{n}")).collect();
                lines[0].sort();
                wanted.sort();
                assert_eq!(lines[0], wanted, "in {:#?}", self.story);
            }
            Action::Resize => {
                // Terminals disagree about the end of an open line after a resize.
                self.end_open_line();
                self.size = random_size(&mut self.dice);
                self.story.push(format!("resize to {:?}", self.size));
                self.model.output.resize(self.size.0, MODEL_ROWS);
                self.run.resize(self.size.0, self.size.1);
            }
        }
        self.settle();
    }

    #[track_caller]
    fn end_open_line(&mut self) {
        if self.model.is_open {
            self.model.print("\n");
            self.command("out ");
            self.settle();
        }
    }

    /// Sends a command that prints lines from several threads, and adds the lines to the model in
    /// the order in which they have arrived. Returns the lines of each thread, without what they
    /// have in common.
    #[track_caller]
    fn print_from_threads(&mut self, command: &str, threads: usize, count: usize) -> Vec<Vec<String>> {
        self.end_open_line();
        self.next_line += 1;
        let prefix = format!("thread-{}-", self.next_line);
        self.command(&format!("{command} {}", self.next_line));
        let lines = |screen: &Screen| -> Vec<String> {
            screen.log().into_iter().filter(|line| line.starts_with(&prefix)).collect()
        };
        let screen = self.run.until("the lines of the threads", |screen| lines(screen).len() == threads * count);
        let lines = lines(screen);
        lines.iter().for_each(|line| self.model.print(&format!("{line}\n")));
        let of_thread = |thread: usize| {
            let lines = lines.iter().filter_map(|line| line.strip_prefix(&prefix));
            lines.filter(|line| line.starts_with(&format!("{thread}-"))).map(str::to_owned).collect()
        };
        (0..threads).map(of_thread).collect()
    }

    /// Ends the program, and checks what remains: the log, of which the last line is open, and the
    /// bars that stay, each once.
    #[track_caller]
    fn end(mut self) {
        let text = self.part();
        self.model.print(&text);
        self.command(&format!("part {text}"));
        self.settle();
        let (screen, status) = self.run.end();
        assert!(status.success(), "{status} in {:#?}", self.story);
        let mut wanted = self.model.output.log();
        wanted.extend(self.model.bars.iter().filter(|bar| bar.stays).map(|bar| format!("{BAR}{}", bar.n)));
        let seen: Vec<String> = screen.names();
        assert_eq!(seen, wanted, "in {:#?}\n{screen}", self.story);
    }
}

fn random_size(dice: &mut Dice) -> (usize, usize) {
    (dice.roll(90) + 16, dice.roll(14) + BARS + 3)
}

#[track_caller]
fn execute(seed: u64) {
    let mut script = Script::start(seed);
    for _ in 0..40 {
        let action = Action::ALL[script.dice.roll(Action::ALL.len())];
        script.act(action);
    }
    script.end();
}

// In four tests, which can run at the same time: after a large resize there are no bars for half a
// second.
#[test]
fn seeds_0_to_2() {
    (0..3).for_each(execute);
}

#[test]
fn seeds_3_to_5() {
    (3..6).for_each(execute);
}

#[test]
fn seeds_6_to_8() {
    (6..9).for_each(execute);
}

#[test]
fn seeds_9_to_11() {
    (9..12).for_each(execute);
}

/// The same with other seeds each time, for as many seconds as `FOOTLIGHTS_FUZZ` says (60 if it is
/// not set).
#[test]
#[ignore = "runs for a minute: cargo test --test terminal new_seeds -- --ignored"]
fn new_seeds() {
    let end = Instant::now() + Duration::from_secs(environment::number("FOOTLIGHTS_FUZZ", 60));
    let first = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_millis() as u64);
    for seed in first.. {
        if Instant::now() >= end {
            return;
        }
        execute(seed);
    }
}
