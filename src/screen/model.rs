//! Random programs against a model of what the screen must show.
//!
//! The model is the same text in a second terminal that knows nothing of bars: a sheet of paper that is as wide as the window. Row by
//! row, what stands on it must stand in the window or above it, with the cursor in the same place; below it stand the bars,
//! and nothing else. Both are looked at after every frame, also where it came in the middle of a character or a sequence.
//!
//! A case is a list of [`Op`]s, which say what happens as far as that does not depend on the window ("up to the last column");
//! what the program prints becomes bytes when it is its turn. Where nothing exact can be said, for a reason that is told there,
//! the program does not do it: it ends its line first, for one.
//!
//! From top to bottom: what can happen · the stage, where it happens · what is looked at · how cases are made. In `paper` is the
//! emulator.
//!
//! The cases are the same each time, as many as `PROPTEST_CASES` says; `FOOTLIGHTS_FUZZ` says for how many seconds others are tried.

use std::iter::repeat;
use std::ops::Range;
use std::time::{Duration, Instant};

use anstyle::{Ansi256Color, AnsiColor, RgbColor, Style};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

mod paper;

use paper::{ACCENT, Paper, is_blank, is_nothing, is_same};

use super::above::Above;
use super::foot::{Foot, Motion, View, three_quarters};
use super::region::Region;
use super::terminal::Terminal;
use crate::paint::ansi;
use crate::paint::color::Color;
use crate::paint::line::Line;
use crate::sys::Size;

/// As in `picture`: while the window is being dragged, no line is wider and no more of them are shown.
const NARROW: usize = 38;
const FEW: usize = 6;

/// Rows of the sheet. More than any window here has, so that the program never moves up to where it is cut off.
const SHEET: usize = 40;

const MARK: &[u8] = b"\x1b_mark\x1b\\";

/// What happens.
#[derive(Clone, Debug)]
enum Op {
    /// The program prints something, which arrives in pieces.
    Print(Vec<Bit>, Vec<Cut>),
    /// The same, with our mark behind it, and something more behind that.
    Sync(Vec<Bit>, Vec<Cut>, Vec<Bit>),
    /// The program prints a screenful, begins a line, remembers the place and goes back to it, with a frame in between.
    Remember(usize, String, usize),
    /// These are the bars now.
    Bars(Vec<Bar>),
    /// A bar says something else.
    Change(usize, String),
    /// A minute has passed: with the next change everything is painted anew.
    Heal,
    /// The window has another size. If it is being dragged already, a frame may be on its way, in which the first bar says this.
    Resize(usize, usize, Option<String>),
    /// It has kept it for a while.
    Settle,
    /// Somebody types, on a line that is open; with or without Enter at the end.
    Answer(String, bool),
    /// Somebody types Enter where nobody has asked; perhaps after a screenful was printed.
    Enter(bool),
    /// The program takes the whole screen for itself, and gives it back.
    FullScreen(Vec<Bit>, Vec<Cut>),
    /// Somebody else has the terminal for a while, and prints these lines; what the program prints then comes before we are back.
    Lend(Vec<String>, Vec<Bit>),
}

/// What is printed.
#[derive(Clone, Debug)]
enum Bit {
    Word(String),
    Wide(usize),
    Accented(usize),
    /// To the last column, or one more or less; once or twice around; with an accent on the last one.
    Fill(isize, usize, bool),
    End,
    /// So many lines.
    Lines(usize),
    /// A colour or an attribute.
    Sgr(&'static str),
    /// A title, a link, bytes that are no text.
    Odd(&'static [u8]),
    /// A carriage return, a tab, backspaces.
    Control(&'static str),
    /// A control sequence that moves the cursor within its row, or erases: `ESC [`, a number, a letter.
    Csi(usize, char),
    /// Over rows of its own, by this sequence.
    Up(usize, char),
    Down(usize, char),
    /// Remembers the place, writes something behind it or so many rows above, and goes back.
    Saved(usize, String),
}

/// After so many bytes of what is left, a piece ends; and a frame may follow.
#[derive(Clone, Copy, Debug)]
struct Cut(usize, bool);

#[derive(Clone, Debug)]
struct Bar {
    text: String,
    /// Filled up to the window's width.
    full: bool,
    color: Color,
}

/// Who has put something into the cursor's row that `above` has not seen: its column is not the real one until the line is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stranger {
    /// It stood there when we came.
    Before,
    /// It was typed, which only the terminal knows.
    Typed,
}

type Verdict = Result<(), String>;

macro_rules! ensure {
    ($fact:expr, $($why:tt)*) => {
        if !$fact {
            return Err(format!($($why)*));
        }
    };
}

/// A terminal with bars, a sheet of paper without, and what stands between the program and both.
struct Stage {
    terminal: Paper,
    paper: Paper,
    /// The paper as it will be when everything has arrived: what a program knows of the cursor.
    ahead: Paper,
    /// The alternate screen as it must be.
    other: Option<Paper>,
    above: Above,
    region: Region,
    view: View,
    bars: Vec<Bar>,
    /// The rows as they must be, and their cells.
    lines: Vec<Line>,
    wanted: Vec<Vec<avt::Cell>>,
    /// What has arrived and was not passed on.
    waiting: Vec<u8>,
    /// Text goes to the terminal as it comes; as in `thread`.
    raw: bool,
    /// And in which row of the paper.
    stranger: Option<(Stranger, usize)>,
    /// A colour is on, behind everything that the program has printed.
    coloured: bool,
    /// The program has moved up in the line that is open, or into it: how long it is, nobody has counted.
    moved: bool,
    /// Something wide was printed in it.
    wide: bool,
    /// Where in the bytes that come next there must be no frame.
    closed: Vec<Range<usize>>,
    /// The window will have another size at some time.
    resizes: bool,
    /// The bytes that were written last.
    sent: Vec<u8>,
}

impl Stage {
    /// `before` is what stands in the terminal when we come; its last line is open.
    fn new(cols: usize, rows: usize, before: &[String], resizes: bool) -> Stage {
        let above = Above::new(cols);
        let region = Region::new(above.caret().clone(), Terminal::Other);
        let mut stage = Stage {
            terminal: Paper::new(cols, rows),
            paper: Paper::new(cols, SHEET),
            ahead: Paper::new(cols, SHEET),
            other: None,
            above,
            region,
            view: View { size: Size { cols, rows }, motion: Motion::Still, in_transit: false },
            bars: Vec::new(),
            lines: Vec::new(),
            wanted: Vec::new(),
            waiting: Vec::new(),
            raw: false,
            stranger: None,
            coloured: false,
            moved: false,
            wide: false,
            closed: Vec::new(),
            resizes,
            sent: Vec::new(),
        };
        let mut before = before.join("\n");
        if before.rsplit('\n').next().is_some_and(|last| last.len() >= cols) {
            before.push('\n');
        }
        stage.others(before.as_bytes());
        if stage.paper.col() > 0 {
            stage.stranger = Some((Stranger::Before, stage.paper.row()));
        }
        stage
    }

    fn carry_out(&mut self, op: &Op) -> Verdict {
        match op {
            Op::Print(bits, cuts) => self.print(bits, cuts),
            Op::Sync(bits, cuts, behind) => self.sync(bits, cuts, behind),
            Op::Remember(up, word, at) => {
                let open = Bit::Word("open".to_owned());
                self.print(&[Bit::End, Bit::Lines(self.view.size.rows), open], &[])?;
                self.print(&[Bit::Saved(*up, word.clone())], &[Cut(*at, true)])
            }
            Op::Bars(bars) => {
                self.bars.clone_from(bars);
                self.frame()
            }
            Op::Change(at, text) => {
                let count = self.bars.len().max(1);
                if let Some(bar) = self.bars.get_mut(at % count) {
                    bar.text.clone_from(text);
                }
                self.frame()
            }
            Op::Heal => {
                self.region.heal();
                self.frame()
            }
            Op::Resize(cols, rows, late) => self.resize(Size { cols: *cols, rows: *rows }, late.as_deref()),
            Op::Settle => {
                if self.view.motion != Motion::Still {
                    self.view.motion = Motion::Still;
                    self.region.distrust();
                }
                self.frame()
            }
            Op::Answer(text, enter) => self.answer(text, *enter),
            Op::Enter(later) => self.enter(*later),
            Op::FullScreen(bits, cuts) => self.full_screen(bits, cuts),
            Op::Lend(lines, bits) => self.lend(lines, bits),
        }
    }

    /// Something that does not go through us.
    fn others(&mut self, bytes: &[u8]) {
        for paper in [&mut self.terminal, &mut self.paper, &mut self.ahead] {
            paper.feed(bytes);
        }
    }

    /// What `above` has not seen in the row where the cursor of `paper` is.
    fn stranger(&self, paper: &Paper) -> Option<Stranger> {
        self.stranger.filter(|(_, row)| paper.lowest <= *row).map(|(stranger, _)| stranger)
    }

    /// How far the program can move up. In the window there are fewer rows for the log than the program knows, and where it moves up
    /// further than that, it ends elsewhere. `start` is how long the log was before what is on its way.
    fn room_above(&self, start: usize) -> usize {
        let lowest = self.terminal.terminal.cursor().row + self.paper.below() + self.ahead.lowest - start;
        let kept = (self.view.size.rows - 1).saturating_sub(self.lines.len() + 1);
        lowest.min(kept).saturating_sub(self.ahead.below())
    }

    /// One of the things to print, by a program that knows where the cursor is.
    fn spelled(&self, bit: &Bit, start: usize) -> Vec<u8> {
        let (cols, col) = (self.view.size.cols, self.ahead.col());
        let text = match bit {
            Bit::Word(word) => word.clone(),
            Bit::Wide(n) => "漢".repeat(*n),
            Bit::Accented(n) => ["e\u{301}", "漢\u{301}"][n % 2].repeat(n / 2 + 1),
            Bit::Fill(more, around, accented) => {
                let count = (cols - col.min(cols) + around * cols).saturating_add_signed(*more);
                let mut text: String = ('a'..='z').cycle().take(count).collect();
                if *accented && text.pop().is_some() {
                    text.extend(['e', ACCENT]);
                }
                text
            }
            Bit::End => "\n".to_owned(),
            Bit::Lines(n) => (0..*n).map(|n| format!("{n}\n")).collect(),
            Bit::Sgr(params) => format!("\x1b[{params}m"),
            Bit::Odd(bytes) => return bytes.to_vec(),
            Bit::Control(text) => (*text).to_owned(),
            Bit::Csi(n, how) => format!("\x1b[{n}{how}"),
            Bit::Up(n, how) => match (self.room_above(start).min(*n), how) {
                (0, _) => String::new(),
                (n, 'M') => "\x1bM".repeat(n),
                (n, how) => format!("\x1b[{n}{how}"),
            },
            Bit::Down(n, how) => match (*n).min(self.ahead.below()) {
                0 => String::new(),
                n => format!("\x1b[{n}{how}"),
            },
            Bit::Saved(up, word) => match self.room_above(start).min(*up) {
                0 if col + word.len() < cols => format!("\x1b7{word}\x1b8"),
                up if up > 0 && word.len() < cols => format!("\x1b7\x1b[{up}A\r{word}\x1b8"),
                _ => String::new(),
            },
        };
        text.into_bytes()
    }

    /// What the program prints, as bytes; what cannot be exact is left out of it, or done in another way.
    fn bytes(&mut self, bits: &[Bit]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let start = self.ahead.lowest;
        for bit in bits {
            let (cols, col) = (self.view.size.cols, self.ahead.col());
            let mut text = self.spelled(bit, start);
            if self.stranger(&self.ahead).is_some() {
                // Only plain words, and not up to the last column, nor where `above` believes it to be: what is pending there we
                // cannot know of.
                let col = col.max(self.above.caret().column + bytes.len());
                match bit {
                    Bit::Word(word) if col + word.len() < cols => {}
                    Bit::Word(_) | Bit::Wide(_) | Bit::Accented(_) | Bit::Fill(..) | Bit::Lines(_) => {
                        text.insert(0, b'\n');
                    }
                    Bit::End | Bit::Sgr(_) => {}
                    _ => text.clear(),
                }
            }
            // A row that scrolls in has the background that is on, and that makes text of its blanks, to be rewrapped; but
            // without bars it is another row that scrolls in. The same goes for rows that are erased.
            let feeds = text.contains(&b'\n') || col + text.len() >= cols || matches!(bit, Bit::Csi(_, 'K'));
            if self.coloured && !text.is_empty() && (self.resizes && feeds || matches!(bit, Bit::Csi(_, 'J'))) {
                text.splice(..0, *b"\x1b[m");
                self.coloured = false;
            }
            match bit {
                Bit::Sgr(params) => self.coloured = !matches!(*params, "" | "0"),
                Bit::Up(..) | Bit::Down(..) if !text.is_empty() => self.moved = true,
                Bit::End | Bit::Lines(_) if self.ahead.below() == 0 => (self.moved, self.wide) = (false, false),
                Bit::Wide(_) | Bit::Accented(_) => self.wide = true,
                _ => {}
            }
            // Bars at the bottom are gone back from by remembering a place, and the terminal knows only one: there must be no frame
            // while the program uses it. But where they stand right below the log, and the free row below an open line is
            // there already, only the cursor is moved. (If the region is wrong about that, the bars are not where they must be.)
            let harmless = self.region.is_bottom() && self.stranger(&self.paper).is_none() && self.paper.is_open();
            if matches!(bit, Bit::Saved(..)) && !(harmless && bytes.is_empty()) {
                self.closed.push(bytes.len()..bytes.len() + text.len());
            }
            self.ahead.feed(&text);
            bytes.extend_from_slice(&text);
        }
        bytes
    }

    fn print(&mut self, bits: &[Bit], cuts: &[Cut]) -> Verdict {
        let bytes = self.bytes(bits);
        self.send(&bytes, cuts)
    }

    /// Bytes arrive, in pieces.
    fn send(&mut self, bytes: &[u8], cuts: &[Cut]) -> Verdict {
        let closed = std::mem::take(&mut self.closed);
        let mut from = 0;
        for Cut(count, frame) in cuts {
            let at = bytes.len().min(from + count);
            self.above.feed(&bytes[from..at]);
            self.arrive(&bytes[from..at]);
            from = at;
            if *frame && !closed.iter().any(|closed| closed.start < at && at < closed.end) {
                self.frame()?;
            }
        }
        self.above.feed(&bytes[from..]);
        self.arrive(&bytes[from..]);
        self.frame()
    }

    fn arrive(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
        self.paper.feed(bytes);
        if let Some(other) = &mut self.other {
            other.feed(bytes);
        }
    }

    fn sync(&mut self, bits: &[Bit], cuts: &[Cut], behind: &[Bit]) -> Verdict {
        let bytes = self.bytes(bits);
        let more = self.bytes(behind);
        self.closed.clear();
        let mut stream = [&bytes, MARK, &more].concat();
        let mut pieces = cuts.iter().map(|Cut(at, _)| *at).chain([usize::MAX]);
        let found = pieces.any(|at| {
            let piece: Vec<u8> = stream.drain(..at.min(stream.len())).collect();
            self.above.feed_until(&piece, MARK)
        });
        ensure!(found, "the mark was not found");
        self.above.give_up();
        self.arrive(&bytes);
        self.frame()?;
        self.above.resume();
        self.above.feed(&stream);
        self.arrive(&more);
        self.frame()
    }

    /// The rows as they must be now.
    fn cast(&mut self) {
        let View { size, motion, .. } = self.view;
        let narrow = NARROW.min(three_quarters(size.cols));
        let (width, room) = match motion {
            Motion::Still => (size.cols, size.rows - 1),
            Motion::Resizing => (narrow, FEW.min(three_quarters(size.rows).saturating_sub(1))),
            Motion::Jumping => (narrow, 0),
        };
        self.lines.clear();
        self.wanted.clear();
        for bar in self.bars.iter().take(room) {
            let mut line = Line::new(width);
            line.push(&bar.text, bar.color);
            if bar.full {
                line.push(&"=".repeat(width), bar.color);
            }
            let mut bytes = b"\x1b[?7l".to_vec();
            ansi::line(&mut bytes, &line);
            let mut row = avt::Terminal::with_scrollback(size.cols, 1, Some(0)).unwrap();
            row.feed(std::str::from_utf8(&bytes).unwrap());
            self.wanted.push(row.screen().line(0).unwrap().cells().to_vec());
            self.lines.push(line);
        }
    }

    /// A frame, and a look at what it has done.
    fn frame(&mut self) -> Verdict {
        self.paint()?;
        self.check()
    }

    /// A frame, as in `thread`.
    fn paint(&mut self) -> Verdict {
        self.cast();
        let mut out = Vec::new();
        let (caret, text) = (self.above.caret(), self.above.ready());
        let raw = self.above.is_full_screen() || !self.above.is_between();
        match (self.raw, raw) {
            (true, true) => out.extend_from_slice(text),
            (true, false) => {
                out.extend_from_slice(text);
                self.region.distrust();
                self.region.paint(&mut out, b"", caret, &self.lines, self.view);
            }
            (false, true) => self.region.paint(&mut out, text, caret, &[], self.view),
            (false, false) => self.region.paint(&mut out, text, caret, &self.lines, self.view),
        }
        self.raw = raw;
        self.write(out)
    }

    /// The last frame for now, which leaves these lines.
    fn leave(&mut self, lines: &[Line]) -> Verdict {
        let mut out = Vec::new();
        self.region.finish(&mut out, self.above.ready(), self.above.caret(), lines, self.view);
        self.write(out)?;
        ensure!(self.waiting.is_empty(), "{:?} was kept back", self.waiting.escape_ascii());
        Ok(())
    }

    /// What is ready must be what has come next, and be in the frame as it is.
    fn write(&mut self, out: Vec<u8>) -> Verdict {
        let text = self.above.ready();
        let (seen, wanted) = (text.escape_ascii(), self.waiting.escape_ascii());
        ensure!(self.waiting.starts_with(text), "{seen} instead of {wanted}");
        ensure!(text.is_empty() || out.windows(text.len()).any(|window| window == text), "{seen} is not in the frame");
        self.waiting.drain(..text.len());
        self.above.passed();
        self.terminal.feed(&out);
        self.sent = out;
        Ok(())
    }

    /// Where a row may be left blank for a good reason, it is part of the log from then on.
    fn follow(&mut self, row: usize) {
        if self.terminal.row() > row {
            self.paper.feed(b"\n");
            self.ahead.feed(b"\n");
            self.stranger = self.stranger.map(|(stranger, _)| (stranger, self.paper.row()));
        }
    }

    /// The program ends what it has begun: the cursor is in the row below everything.
    fn end_line(&mut self) -> Verdict {
        let mut bytes = if self.coloured { b"\x1b[m".to_vec() } else { Vec::new() };
        bytes.extend(b"\n".repeat(self.ahead.below()));
        self.ahead.feed(&bytes);
        let strange = self.stranger(&self.ahead).is_some();
        if self.ahead.is_open() || self.ahead.continues() || self.moved || strange {
            bytes.push(b'\n');
            self.ahead.feed(b"\n");
        }
        (self.coloured, self.moved, self.wide) = (false, false, false);
        self.send(&bytes, &[])
    }

    fn resize(&mut self, size: Size, late: Option<&str>) -> Verdict {
        let before = self.view;
        let motion = Motion::between(before.size, size);
        // A frame that was made for the size before is exact only for a line that is ended, and after a first step that bars have
        // shrunk at; and where the next size is at least three quarters of the one before.
        let late = late.filter(|_| (before.motion, motion) == (Motion::Resizing, Motion::Resizing));
        // What stands behind the cursor in its line may be rewrapped to below it, and there it is taken for ours.
        let strange = match self.stranger(&self.ahead) {
            Some(Stranger::Before) => self.above.caret().is_open(),
            Some(Stranger::Typed) => true,
            None => false,
        };
        if late.is_some() || strange || self.moved || !self.ahead.rewraps_to(size.cols, self.wide) {
            self.end_line()?;
        }
        if late.is_some() {
            self.print(&[Bit::End], &[])?;
        }
        let stranger = self.stranger(&self.paper);
        self.terminal.resize(size.cols, size.rows);
        self.paper.rewrap(size.cols);
        self.ahead.rewrap(size.cols);
        let row = self.paper.row();
        self.stranger = stranger.map(|stranger| (stranger, row));
        if let (Some(text), Some(bar)) = (late, self.bars.first_mut()) {
            bar.text = text.to_owned();
            self.paint()?;
        }
        let bars = !self.lines.is_empty();
        self.view = View { size, motion: before.motion.max(motion), in_transit: late.is_some() };
        self.region.resized();
        self.above.resized(size.cols);
        self.paint()?;
        // A frame for more rows than there are pushes the cursor's row out of the window. Another one is taken then.
        if late.is_some() && bars {
            self.follow(row);
        }
        self.check()
    }

    /// Between the cursor's row and the bars there is another.
    fn is_free_below(&self) -> bool {
        let below = self.view.size.rows - 1 - self.terminal.terminal.cursor().row;
        below > self.lines.len() && (self.view.motion == Motion::Still || self.above.caret().is_open())
    }

    fn answer(&mut self, text: &str, enter: bool) -> Verdict {
        let col = self.paper.col();
        let fits = col > 0 && col + text.len() < self.view.size.cols;
        // While the window is dragged, the way back is a column that we have counted: without what was typed.
        if self.view.motion != Motion::Still || self.paper.below() > 0 || !fits {
            return Ok(());
        }
        self.others(text.as_bytes());
        // A row for the Enter is kept free where there is room.
        if enter && self.is_free_below() && !(self.coloured && self.resizes) {
            self.others(b"\n");
        }
        self.stranger = Some((Stranger::Typed, self.paper.row()));
        self.check()
    }

    fn enter(&mut self, later: bool) -> Verdict {
        // What stands in the row that we have come to is not ours to erase: a bar that the cursor is moved onto would stay there.
        if later || !self.is_free_below() {
            self.end_line()?;
            self.print(&[Bit::Lines(if later { self.view.size.rows } else { 1 })], &[])?;
        }
        // A row that scrolls in would be coloured.
        if self.paper.is_open() || self.paper.below() > 0 || self.coloured && self.resizes {
            return Ok(());
        }
        // A line of several rows, of which the last was erased: nobody tells `above` that it was ended there, and after a resize the
        // column would be counted from its start.
        if self.paper.continues() {
            return Ok(());
        }
        let row = self.terminal.row();
        let back = self.view.motion == Motion::Still
            && self.region.is_bottom()
            && !self.above.caret().is_open()
            && !self.lines.is_empty();
        self.terminal.feed(b"\n");
        self.region.wandered();
        self.paint()?;
        // Where the way back is not known, a row stays blank.
        if !back {
            self.follow(row);
        }
        self.check()
    }

    fn full_screen(&mut self, bits: &[Bit], cuts: &[Cut]) -> Verdict {
        if self.coloured || self.ahead.col() == self.view.size.cols {
            self.end_line()?;
        }
        let Size { cols, rows } = self.view.size;
        let mut text = "\x1b[?1049h\x1b[m\x1b[2J\x1b[H".to_owned();
        for bit in bits {
            match bit {
                Bit::Word(word) => text += word,
                Bit::Wide(n) => text += &"漢".repeat(*n),
                Bit::End => text += "\n",
                Bit::Sgr(params) => text += &format!("\x1b[{params}m"),
                Bit::Csi(n, 'G') => text += &format!("\x1b[{};{}H", n % rows + 1, n % cols + 1),
                Bit::Csi(_, 'J') => text += "\x1b[J",
                _ => {}
            }
        }
        self.other = Some(Paper::new(cols, rows));
        self.ahead.feed(text.as_bytes());
        self.send(text.as_bytes(), &[])?;
        // Bars that change do not touch it.
        self.frame()?;
        let back = b"\x1b[?1049l";
        self.ahead.feed(back);
        self.send(back, cuts)?;
        self.other = None;
        Ok(())
    }

    fn lend(&mut self, lines: &[String], bits: &[Bit]) -> Verdict {
        // Rows of its own below the cursor are forgotten then: whoever had the terminal has gone on below them. A wrap that waits
        // does not outlast it, and in a row that is not known, what stands behind the cursor is written over at the end.
        let cells = self.ahead.rows()[self.ahead.row()].cells();
        let hidden = cells.iter().skip(self.ahead.col()).any(|cell| cell.char() != ' ' || cell.width() == 0);
        if self.moved || self.coloured || hidden || self.ahead.col() == self.view.size.cols {
            self.end_line()?;
        }
        self.leave(&[])?;
        self.check_log()?;
        if !lines.is_empty() {
            self.others(format!("\n{}\n", lines.join("\n")).as_bytes());
        }
        self.stranger = lines.is_empty().then(|| (Stranger::Before, self.paper.row()));
        let bytes = self.bytes(bits);
        self.above.feed(&bytes);
        self.arrive(&bytes);
        self.above.returned();
        self.region.returned();
        self.closed.clear();
        self.frame()
    }

    /// The last frame: the bars are lines of the log now.
    fn finish(&mut self) -> Verdict {
        let lines = std::mem::take(&mut self.lines);
        self.leave(&lines)?;
        self.check_end()
    }
}

/// What is looked at.
impl Stage {
    fn check(&self) -> Verdict {
        let kind = self.paper.terminal.active_screen_kind();
        ensure!(self.terminal.terminal.active_screen_kind() == kind, "another screen than {kind:?}");
        if kind == avt::ScreenKind::Alternate {
            return self.check_full_screen();
        }
        self.check_log()?;
        let (seen, wanted) = (&self.terminal, &self.paper);
        ensure!(seen.row() == wanted.row(), "cursor in row {} instead of {}", seen.row(), wanted.row());
        // The emulator does not save a pending wrap with the place; it is brought back before the next text.
        let cols = self.view.size.cols;
        let col = if wanted.col() == cols { seen.col().max(cols - 1) } else { wanted.col() };
        ensure!(seen.col() == col, "cursor in column {} instead of {}", seen.col(), wanted.col());
        if !self.above.is_cut() {
            let (seen, wanted) = (seen.modes(), wanted.modes());
            ensure!(seen == wanted, "{seen:?} is on instead of {wanted:?}");
        }
        self.check_bars()
    }

    /// Row by row, from the first that ever was.
    fn check_log(&self) -> Verdict {
        let (seen, wanted) = (self.terminal.rows(), self.paper.rows());
        for (at, wanted) in wanted.iter().take(self.paper.lowest + 1).enumerate() {
            let Some(seen) = seen.get(at) else { return Err(format!("there is no row {at}: {wanted:?}")) };
            ensure!(is_same(seen, wanted), "row {at} is {seen:?} instead of {wanted:?}");
        }
        Ok(())
    }

    /// Below the log there is nothing but the bars.
    fn check_bars(&self) -> Verdict {
        let rows = self.terminal.rows();
        let rows = &rows[self.paper.lowest + 1..];
        let room = (self.view.size.rows - 1).saturating_sub(self.paper.below());
        let wanted = &self.wanted[..self.wanted.len().min(room)];
        // Where something was erased, the line may be taken for open when it is not; never the other way round, but for what a
        // stranger has put there. After an Enter that was typed, the cursor stands in the row that was kept free for it.
        let (is_open, stranger) = (self.above.caret().is_open(), self.stranger(&self.paper));
        ensure!(is_open || !self.paper.is_open() || stranger.is_some(), "the line is open");
        let is_open = is_open && (self.paper.is_open() || stranger != Some(Stranger::Typed));
        let spare = usize::from(is_open && (1..room).contains(&wanted.len()));
        ensure!(rows.len() >= spare + wanted.len(), "{} rows for {} bars", rows.len(), wanted.len());
        let gap = match self.view.motion {
            Motion::Still => rows.len() - wanted.len(),
            Motion::Resizing | Motion::Jumping => spare,
        };
        for (at, row) in rows.iter().enumerate() {
            let bar = at.checked_sub(gap).and_then(|at| wanted.get(at)).map_or(&[][..], Vec::as_slice);
            let bar = bar.iter().copied().chain(repeat(avt::Cell::default()));
            let same = row.cells().iter().copied().zip(bar).all(|(seen, wanted)| seen == wanted);
            ensure!(same && !row.is_wrapped(), "{row:?} below the log: {:?}", row.cells());
        }
        Ok(())
    }

    /// The whole screen is the program's; and there are no bars in what is behind it.
    fn check_full_screen(&self) -> Verdict {
        let other = self.other.as_ref().ok_or("there should be none")?;
        let (seen, wanted) = (self.terminal.terminal.screen(), other.terminal.screen());
        ensure!(self.terminal.terminal.cursor() == other.terminal.cursor(), "another cursor on the full screen");
        for (seen, wanted) in seen.visible_lines().zip(wanted.visible_lines()) {
            ensure!(seen == wanted, "on the full screen, {seen:?} instead of {wanted:?}");
        }
        self.check_log()?;
        for row in &self.terminal.rows()[self.paper.lowest + 1..] {
            ensure!(row.cells().iter().all(is_nothing) && !row.is_wrapped(), "behind the full screen: {row:?}");
        }
        Ok(())
    }

    /// The log and the bars, each once. Blank rows do not count: there is one where nobody knew what stood in the last.
    fn check_end(&self) -> Verdict {
        let (rows, log) = (self.terminal.rows(), self.paper.rows());
        let mut seen = rows.iter().filter(|row| !is_blank(row));
        for wanted in log.iter().filter(|row| !is_blank(row)) {
            let found = seen.next().is_some_and(|seen| seen.text() == wanted.text());
            ensure!(found, "{wanted:?} is not there at the end");
        }
        for wanted in self.wanted.iter().filter(|cells| !cells.iter().all(is_nothing)) {
            let found = seen.next().is_some_and(|seen| seen.cells() == wanted);
            ensure!(found, "{wanted:?} is not there at the end");
        }
        ensure!(seen.next().is_none(), "something below the last bar");
        Ok(())
    }

    /// What there is to see.
    fn picture(&self) -> String {
        let mut text = format!("after {}\n", self.sent.escape_ascii());
        for (name, paper) in [("terminal", &self.terminal), ("paper", &self.paper)] {
            let (row, col) = (paper.row(), paper.col());
            text += &format!("{name}: {} rows, cursor in row {row}, column {col}\n", paper.terminal.size().1);
            for row in paper.rows().iter().take(self.terminal.rows().len().max(paper.lowest + 1)) {
                text += &format!("  |{}{}\n", row.text().trim_end(), if row.is_wrapped() { "↵" } else { "" });
            }
        }
        text
    }
}

fn word() -> impl Strategy<Value = String> {
    "[a-z]{1,9}"
}

/// Bold and faint exclude each other in the emulator, so one of them is put out before the other is lit. The first is empty.
const SGR: &str = " 0 22;1 22;2 3 4 5 7 9 22 23 24 25 27 29 31 32;44 39 49 91 104 38;5;200 48;5;17 38;2;1;2;3 48;2;9;8;7 \
    38:2::1:2:3 0;35";

const ODD: [&[u8]; 10] = [
    b"\x1b]0;a title\x07",
    b"\x1b]8;;http://x.org\x1b\\link\x1b]8;;\x1b\\",
    b"\x1b]2;title\x1b\\",
    b"\x1b[?25h",
    b"\x1b(B",
    b"\x07",
    b"\xff",
    b"\xe6\xbc ",
    b"\xc3\n",
    b"\x80",
];

fn bit() -> impl Strategy<Value = Bit> {
    prop_oneof![
        12 => word().prop_map(Bit::Word),
        12 => Just(Bit::End),
        2 => (1..16_usize).prop_map(Bit::Lines),
        3 => (1..6_usize).prop_map(Bit::Wide),
        3 => (0..4_usize).prop_map(Bit::Accented),
        4 => (-1..2_isize, 0..3_usize, any::<bool>()).prop_map(|(more, around, accent)| Bit::Fill(more, around, accent)),
        5 => prop::sample::select(SGR.split(' ').collect::<Vec<_>>()).prop_map(Bit::Sgr),
        2 => prop::sample::select(&ODD).prop_map(Bit::Odd),
        6 => prop::sample::select(vec!["\r", "\r", "\t", "\x08", "\x08\x08\x08"]).prop_map(Bit::Control),
        2 => (1..9_usize, prop::sample::select(vec!['C', 'D'])).prop_map(|(n, how)| Bit::Csi(n, how)),
        1 => (1..60_usize).prop_map(|n| Bit::Csi(n, 'G')),
        2 => (0..3_usize).prop_map(|n| Bit::Csi(n, 'K')),
        1 => Just(Bit::Csi(0, 'J')),
        3 => (1..5_usize, prop::sample::select(vec!['A', 'F', 'M'])).prop_map(|(n, how)| Bit::Up(n, how)),
        2 => (1..5_usize, prop::sample::select(vec!['B', 'E'])).prop_map(|(n, how)| Bit::Down(n, how)),
        2 => (0..4_usize, word()).prop_map(|(up, word)| Bit::Saved(up, word)),
    ]
}

fn bits() -> impl Strategy<Value = Vec<Bit>> {
    prop::collection::vec(bit(), 1..8)
}

fn cuts() -> impl Strategy<Value = Vec<Cut>> {
    prop::collection::vec((0..12_usize, any::<bool>()).prop_map(|(at, frame)| Cut(at, frame)), 0..4)
}

fn bar() -> impl Strategy<Value = Bar> {
    let text = prop_oneof![3 => "#[0-9]{1,8}", 1 => "#[0-9]{1,50}", 1 => "#漢字[0-9]{0,9}", 1 => Just(String::new())];
    let color = prop_oneof![
        Just(Color::DEFAULT),
        Just(Color::from(AnsiColor::Green)),
        Just(Color::from(Style::new().bold().bg_color(Some(RgbColor(1, 2, 3).into())))),
        Just(Color::from(Style::new().invert().fg_color(Some(Ansi256Color(99).into())))),
    ];
    (text, any::<bool>(), color).prop_map(|(text, full, color)| Bar { text, full, color })
}

fn size() -> impl Strategy<Value = (usize, usize)> {
    // Where the window is as wide as one of its tab stops, the emulator loses that one when it is resized.
    let cols = prop_oneof![3 => 4..30_usize, 1 => 30..60_usize];
    (cols.prop_map(|cols| cols + usize::from(cols % 8 == 0)), prop_oneof![1 => 1..4_usize, 4 => 3..14_usize])
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        20 => (bits(), cuts()).prop_map(|(bits, cuts)| Op::Print(bits, cuts)),
        2 => (bits(), cuts(), bits()).prop_map(|(bits, cuts, behind)| Op::Sync(bits, cuts, behind)),
        4 => prop::collection::vec(bar(), 0..8).prop_map(Op::Bars),
        6 => (0..8_usize, "#[0-9]{1,20}").prop_map(|(at, text)| Op::Change(at, text)),
        1 => Just(Op::Heal),
        7 => (size(), prop::option::of("#[0-9]{1,20}")).prop_map(|((cols, rows), late)| Op::Resize(cols, rows, late)),
        2 => Just(Op::Settle),
        2 => (word(), any::<bool>()).prop_map(|(text, enter)| Op::Answer(text, enter)),
        2 => any::<bool>().prop_map(Op::Enter),
        1 => (0..3_usize, word(), 2..9_usize).prop_map(|(up, word, at)| Op::Remember(up, word, at)),
        1 => (bits(), cuts()).prop_map(|(bits, cuts)| Op::FullScreen(bits, cuts)),
        1 => (prop::collection::vec(word(), 0..3), prop::collection::vec(bit(), 0..4)).prop_map(|(lines, bits)| Op::Lend(lines, bits)),
    ]
}

fn case() -> impl Strategy<Value = ((usize, usize), Vec<String>, Vec<Op>)> {
    (size(), prop::collection::vec(prop_oneof![word(), Just(String::new())], 0..6), prop::collection::vec(op(), 1..24))
}

fn run((cols, rows): (usize, usize), before: &[String], ops: &[Op]) -> Verdict {
    let resizes = ops.iter().any(|op| matches!(op, Op::Resize(..)));
    let mut stage = Stage::new(cols, rows, before, resizes);
    let all = ops.iter().try_for_each(|op| stage.carry_out(op).map_err(|why| format!("{why}\nby {op:?}")));
    all.and_then(|()| stage.finish()).map_err(|why| format!("{why}\n{}", stage.picture()))
}

fn try_out(config: Config) {
    let config = Config { failure_persistence: None, max_shrink_iters: 20_000, ..config };
    let test = |(size, before, ops): (_, Vec<String>, Vec<Op>)| run(size, &before, &ops).map_err(TestCaseError::fail);
    if let Err(err) = TestRunner::new(config).run(&case(), test) {
        panic!("{err}");
    }
}

#[test]
fn what_is_printed_stands_above_the_bars() {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let cases = if asked { Config::default().cases } else { 600 };
    try_out(Config { cases, rng_seed: RngSeed::Fixed(1), ..Config::default() });
}

/// The same, with other cases each time.
#[test]
fn programs_that_nobody_has_seen() {
    let seconds = std::env::var("FOOTLIGHTS_FUZZ").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(0);
    let end = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < end {
        try_out(Config::default());
    }
}
