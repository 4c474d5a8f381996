//! Random scripts, carried out by a real program on a real pty, against a model of what the screen
//! must show: the same text in a second terminal without bars, which is as wide as the window.
//!
//! A command is given when the screen shows everything of the one before, so nothing depends on how
//! fast anybody is. The seeds are fixed; `FOOTLIGHTS_FUZZ` says for how many seconds others are
//! tried.
//!
//! Blank rows are not compared: a frame that is on its way while the window changes may leave one.
//! What is printed on an open line, and every sequence there is, is the business of
//! `src/screen/model.rs`.
#![cfg(unix)]

mod support;

use std::time::{Duration, Instant};

use support::Scene;
use support::pty::Run;
use support::screen::{BAR, Screen};

/// Bars are never more than fit while the window is being resized: those that do not are counted in
/// a row of their own.
const BARS: usize = 5;

/// Rows of the model's terminal.
const SHEET: usize = 60;

/// Numbers that look like chance, and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % sides
    }
}

/// What the screen must show.
struct Model {
    /// What is printed, without bars.
    paper: Screen,
    /// A line was begun and not ended.
    open: bool,
    /// The bars: number, count, and whether it stays when the program ends.
    bars: Vec<(usize, usize, bool)>,
}

impl Model {
    fn print(&mut self, text: &str) {
        self.paper.feed(text.replace('\n', "\r\n").as_bytes());
        self.open = !text.ends_with('\n') && (self.open || !text.is_empty());
    }

    /// What is wrong with the screen. Only logical lines count, so it does not matter where they
    /// are wrapped.
    fn fault(&self, screen: &Screen) -> Option<String> {
        let (seen, wanted) = (screen.log(), self.paper.log());
        if seen != wanted {
            return Some(format!("the log is {seen:?} instead of {wanted:?}"));
        }
        let rows = screen.rows();
        let bars: Vec<&String> = rows.iter().filter(|row| row.starts_with(BAR)).collect();
        let wanted: Vec<String> = self.bars.iter().map(|(n, count, _)| format!("{BAR}{n} {count} ")).collect();
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
            // Below an open line a row is kept free, for an Enter.
            if first <= row + usize::from(self.open) {
                return Some("the cursor is not above the bars".to_owned());
            }
            let after = &rows[first + bars.len()..];
            let together = rows[first..first + bars.len()].iter().all(|row| row.starts_with(BAR));
            if !together || after.iter().any(|row| !row.is_empty()) {
                return Some("there is something between the bars, or below them".to_owned());
            }
        }
        let (paper_col, paper_row) = self.paper.cursor();
        let (at, wanted) = (&rows[row], &self.paper.rows()[paper_row]);
        (at != wanted || col != paper_col)
            .then(|| format!("the cursor is in column {col} of {at:?} instead of column {paper_col} of {wanted:?}"))
    }

    /// Every line in its place, as far as they have come.
    fn is_on_its_way(&self, screen: &Screen) -> bool {
        let (seen, wanted) = (screen.log(), self.paper.log());
        let whole = seen.len().saturating_sub(1);
        seen.len() <= wanted.len()
            && seen[..whole] == wanted[..whole]
            && seen.last().is_none_or(|last| wanted[whole].starts_with(last.as_str()))
    }
}

/// A program, and what it must show.
struct Play {
    run: Run,
    model: Model,
    dice: Dice,
    size: (usize, usize),
    next_bar: usize,
    next_line: usize,
    /// What has been done.
    story: Vec<String>,
}

impl Play {
    fn start(seed: u64) -> Play {
        let mut dice = Dice(seed);
        let size = (dice.roll(90) + 16, dice.roll(14) + BARS + 3);
        let run = Scene::new("script").size(size.0, size.1).start();
        let model = Model { paper: Screen::new(size.0, SHEET), open: false, bars: Vec::new() };
        Play { run, model, dice, size, next_bar: 0, next_line: 0, story: vec![format!("seed {seed}, {size:?}")] }
    }

    /// The program does something.
    fn tell(&mut self, command: &str) {
        self.story.push(command.to_owned());
        self.run.tell(command);
    }

    /// Until the screen shows what it must. Meanwhile nothing is out of place.
    #[track_caller]
    fn settle(&mut self) {
        let (model, story) = (&self.model, &self.story);
        self.run.until(&format!("what was wanted in {story:#?}"), |screen| {
            let fault = model.fault(screen);
            assert!(
                fault.is_none() || model.is_on_its_way(screen),
                "{} in {story:#?}\n{screen}",
                fault.unwrap_or_default()
            );
            fault.is_none()
        });
    }

    fn text(&mut self) -> String {
        self.next_line += 1;
        let words = self.dice.roll(12);
        let mut text = format!("line-{}", self.next_line);
        for n in 0..words {
            text += [" word", " 漢字", " é", " \u{1f680}", "-and-more"][(self.next_line + n) % 5];
        }
        text
    }

    /// The same, where a line may be open: never up to the last column, where a wrap would be
    /// pending.
    fn part(&mut self) -> String {
        self.next_line += 1;
        let text = format!("part-{}.", self.next_line);
        let room = self.size.0.saturating_sub(self.model.paper.cursor().0 + 1);
        text.chars().take(room).collect()
    }

    #[track_caller]
    fn step(&mut self) {
        match self.dice.roll(17) {
            0..3 => {
                let text = self.text();
                self.model.print(&format!("{text}\n"));
                self.tell(&format!("{} {text}", ["out", "err"][self.next_line % 2]));
            }
            3..5 => {
                let text = self.part();
                self.model.print(&text);
                self.tell(&format!("part {text}"));
            }
            5..7 => {
                let text = self.text();
                self.model.print(&format!("{text}\n"));
                self.tell(&format!("child {text}"));
            }
            7 => {
                let text = self.part();
                self.model.print(&text);
                self.tell(&format!("child-part {text}"));
            }
            8..10 if self.model.bars.len() < BARS => {
                let stays = self.dice.roll(2) == 0;
                self.model.bars.push((self.next_bar, 0, stays));
                self.tell(&format!("{} {}", if stays { "stay" } else { "add" }, self.next_bar));
                self.next_bar += 1;
            }
            8..11 => {
                let Some(at) = self.model.bars.iter().position(|(_, _, stays)| !stays) else { return };
                let (n, ..) = self.model.bars.remove(at);
                self.tell(&format!("remove {n}"));
            }
            11 | 12 => {
                let Some(at) = self.model.bars.len().checked_sub(1).map(|last| self.dice.roll(last + 1)) else {
                    return;
                };
                let bar = &mut self.model.bars[at];
                bar.1 += 7;
                let command = format!("inc {} 7", bar.0);
                self.tell(&command);
            }
            13 => return self.threads("threads", 3, 4),
            15 => return self.threads("lend", 1, 100),
            14 => {
                let count = self.dice.roll(2 * self.size.1) + 1;
                self.model.print(&(0..count).map(|n| format!("many {n}\n")).collect::<String>());
                self.tell(&format!("many {count}"));
            }
            _ => return self.resize(),
        }
        self.settle();
    }

    /// Some print at once, or while the terminal is lent: each line is whole and there once, and
    /// those of each are in order. How they are mixed is read from the screen.
    #[track_caller]
    fn threads(&mut self, command: &str, threads: usize, count: usize) {
        if self.model.open {
            self.model.print("\n");
            self.tell("out ");
            self.settle();
        }
        self.next_line += 1;
        let id = self.next_line;
        self.tell(&format!("{command} {id}"));
        let lines = |screen: &Screen| -> Vec<String> {
            screen.log().into_iter().filter(|line| line.starts_with(&format!("thread-{id}-"))).collect()
        };
        let seen = lines(self.run.until("what the threads print", |screen| lines(screen).len() == threads * count));
        for thread in 0..threads {
            let mut of_one: Vec<&String> =
                seen.iter().filter(|line| line.starts_with(&format!("thread-{id}-{thread}-"))).collect();
            let mut wanted: Vec<String> = (0..count).map(|n| format!("thread-{id}-{thread}-{n}")).collect();
            if command == "lend" {
                // What is on its way when the streams lead to the terminal again may be overtaken.
                of_one.sort();
                wanted.sort();
            }
            assert!(of_one.iter().copied().eq(&wanted), "{of_one:?} in {:#?}", self.story);
        }
        seen.iter().for_each(|line| self.model.print(&format!("{line}\n")));
        self.settle();
    }

    /// The window changes. An open line is ended before: terminals disagree about where its end is
    /// then.
    #[track_caller]
    fn resize(&mut self) {
        if self.model.open {
            self.model.print("\n");
            self.tell("out ");
            self.settle();
        }
        self.size = (self.dice.roll(90) + 16, self.dice.roll(14) + BARS + 3);
        self.story.push(format!("resize to {:?}", self.size));
        self.model.paper.resize(self.size.0, SHEET);
        self.run.resize(self.size.0, self.size.1);
        self.settle();
    }

    /// At the end there are the log, of which the last line is open, and the bars that stay, each
    /// once.
    #[track_caller]
    fn end(mut self) {
        let text = self.part();
        self.model.print(&text);
        self.tell(&format!("part {text}"));
        self.settle();
        let (screen, status) = self.run.end();
        assert!(status.success(), "{status} in {:#?}", self.story);
        let mut wanted = self.model.paper.log();
        wanted.extend(self.model.bars.iter().filter(|bar| bar.2).map(|(n, ..)| format!("{BAR}{n}")));
        let seen: Vec<String> = screen.names();
        assert_eq!(seen, wanted, "in {:#?}\n{screen}", self.story);
    }
}

#[track_caller]
fn play(seed: u64) {
    let mut play = Play::start(seed);
    for _ in 0..40 {
        play.step();
    }
    play.end();
}

// In four parts, because bars that have stepped aside for a window that jumps are waited for:
// others can work meanwhile.
#[test]
fn scripts() {
    (0..3).for_each(play);
}

#[test]
fn more_scripts() {
    (3..6).for_each(play);
}

#[test]
fn still_more_scripts() {
    (6..9).for_each(play);
}

#[test]
fn the_last_scripts() {
    (9..12).for_each(play);
}

/// The same, with other seeds each time.
#[test]
#[ignore = "runs for a minute, or for as many seconds as FOOTLIGHTS_FUZZ says"]
fn scripts_with_new_seeds() {
    let seconds = std::env::var("FOOTLIGHTS_FUZZ").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(60);
    let end = Instant::now() + Duration::from_secs(seconds);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let first = now.map_or(0, |now| now.as_millis() as u64);
    for seed in first.. {
        if Instant::now() >= end {
            return;
        }
        play(seed);
    }
}
