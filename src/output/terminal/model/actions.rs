//! Applies one operation at a time.

use super::super::anchor::Anchor;
use super::super::marker::Marker;
use super::super::window::{ResizeState, Window};
use super::emulator::Emulator;
use super::harness::{Harness, Outcome, ensure};
use super::op::{Chunk, Cut, Op, Unseen};
use crate::sys::Size;

impl Harness {
    pub(super) fn apply(&mut self, op: &Op) -> Outcome {
        match op {
            Op::Print(chunks, cuts) => self.print(chunks, cuts),
            Op::Sync(chunks, cuts, behind) => self.sync(chunks, cuts, behind),
            Op::Remember(up, word, at) => {
                let open = Chunk::Word("open".to_owned());
                self.print(&[Chunk::End, Chunk::Lines(self.window.size.rows), open], &[])?;
                self.print(&[Chunk::Saved(*up, word.clone())], &[Cut(*at, true)])
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
            Op::MarkStale => {
                self.composer.mark_stale();
                self.frame()
            }
            Op::Resize(cols, rows, late) => self.resize(Size { cols: *cols, rows: *rows }, late.as_deref()),
            Op::Settle => {
                if self.window.resize != ResizeState::Idle {
                    self.window.resize = ResizeState::Idle;
                    self.composer.on_resize_settled();
                }
                self.frame()
            }
            Op::Answer(text, enter) => self.answer(text, *enter),
            Op::Enter(later) => self.enter(*later),
            Op::FullScreen(chunks, cuts) => self.full_screen(chunks, cuts),
            Op::OtherProgram(lines, chunks) => self.other_program(lines, chunks),
        }
    }

    fn print(&mut self, chunks: &[Chunk], cuts: &[Cut]) -> Outcome {
        let bytes = self.bytes(chunks);
        self.send(&bytes, cuts)
    }

    fn sync(&mut self, chunks: &[Chunk], cuts: &[Cut], behind: &[Chunk]) -> Outcome {
        let bytes = self.bytes(chunks);
        let more = self.bytes(behind);
        self.no_frame_in.clear();
        let mut marker = Marker::new();
        let mut stream = [bytes.as_slice(), &marker.bytes, &more].concat();
        let mut pieces = cuts.iter().map(|Cut(at, _)| *at).chain([usize::MAX]);
        let found = pieces.any(|at| {
            let piece: Vec<u8> = stream.drain(..at.min(stream.len())).collect();
            let output = &mut self.composer.output;
            let behind = marker.take_from(&piece, |bytes| output.feed(bytes));
            behind.map(|behind| output.keep_aside(behind)).is_some()
        });
        ensure!(found, "the mark was not found");
        self.composer.output.give_up_waiting();
        self.arrive(&bytes);
        self.frame()?;
        self.composer.output.take_kept_aside();
        self.composer.output.feed(&stream);
        self.arrive(&more);
        self.frame()
    }

    /// Makes a row that may be left blank for a good reason part of the log.
    fn follow(&mut self, row: usize) {
        if self.terminal.row() > row {
            self.reference.feed(b"\n");
            self.ahead.feed(b"\n");
            self.unseen = self.unseen.map(|(unseen, _)| (unseen, self.reference.row()));
        }
    }

    /// Lets the program end what it has begun: the cursor is in the row below everything.
    fn end_line(&mut self) -> Outcome {
        let mut bytes = if self.colored { b"\x1b[m".to_vec() } else { Vec::new() };
        bytes.extend(b"\n".repeat(self.ahead.below()));
        self.ahead.feed(&bytes);
        let strange = self.unseen(&self.ahead).is_some();
        if self.ahead.is_open() || self.ahead.continues() || self.moved_up || strange {
            bytes.push(b'\n');
            self.ahead.feed(b"\n");
        }
        (self.colored, self.moved_up, self.has_wide) = (false, false, false);
        self.send(&bytes, &[])
    }

    fn resize(&mut self, size: Size, late: Option<&str>) -> Outcome {
        let before = self.window;
        let resize = ResizeState::of_step(before.size, size);
        // A frame for the old size is exact only if the line is ended, if bars are narrow already
        // from a first step, and if the new size is at least three quarters of the old one.
        let late = late.filter(|_| (before.resize, resize) == (ResizeState::Dragging, ResizeState::Dragging));
        // Output behind the cursor in its line may be rewrapped to below the cursor, where it would
        // be taken for ours.
        let strange = match self.unseen(&self.ahead) {
            Some(Unseen::Before) => self.cursor().is_line_open(),
            Some(Unseen::Typed) => true,
            None => false,
        };
        if late.is_some() || strange || self.moved_up || !self.ahead.rewraps_to(size.cols, self.has_wide) {
            self.end_line()?;
        }
        if late.is_some() {
            self.print(&[Chunk::End], &[])?;
        }
        let unseen = self.unseen(&self.reference);
        self.terminal.resize(size.cols, size.rows);
        self.reference.rewrap(size.cols);
        self.ahead.rewrap(size.cols);
        let row = self.reference.row();
        self.unseen = unseen.map(|unseen| (unseen, row));
        if let (Some(text), Some(bar)) = (late, self.bars.first_mut()) {
            bar.text = text.to_owned();
            self.compose()?;
        }
        let bars = !self.lines.is_empty();
        self.window = Window { size, resize: before.resize.max(resize), in_transit: late.is_some() };
        self.composer.on_resize(size.cols);
        self.compose()?;
        // A frame for more rows than there are pushes the cursor's row out of the window. The next
        // row is used instead.
        if late.is_some() && bars {
            self.follow(row);
        }
        self.check()
    }

    /// Whether there is another row between the cursor's row and the bars.
    fn is_free_below(&self) -> bool {
        let below = self.window.size.rows - 1 - self.terminal.terminal().cursor().row;
        // A row for the Enter is kept free below an open line, or where bars stand further down.
        let stands_below = self.window.resize != ResizeState::Idle || self.anchor == Anchor::Inline;
        below > self.lines.len() && (!stands_below || self.cursor().is_line_open())
    }

    fn answer(&mut self, text: &str, enter: bool) -> Outcome {
        let col = self.reference.col();
        let fits = col > 0 && col + text.len() < self.window.size.cols;
        // While the window is dragged, the cursor returns to a column that we have counted, without
        // echoed input.
        if self.window.resize != ResizeState::Idle || self.reference.below() > 0 || !fits {
            return Ok(());
        }
        self.feed_all(text.as_bytes());
        // A row for the Enter is kept free where there is room.
        if enter && self.is_free_below() && !(self.colored && self.resizes) {
            self.feed_all(b"\n");
        }
        self.unseen = Some((Unseen::Typed, self.reference.row()));
        self.check()
    }

    fn enter(&mut self, later: bool) -> Outcome {
        // The content of the row that the cursor comes to is not ours to erase: a bar there would
        // stay.
        if later || !self.is_free_below() {
            self.end_line()?;
            self.print(&[Chunk::Lines(if later { self.window.size.rows } else { 1 })], &[])?;
        }
        // A row that scrolls in would have the background that is on.
        if self.reference.is_open() || self.reference.below() > 0 || self.colored && self.resizes {
            return Ok(());
        }
        // A line of several rows, of which the last was erased. The passthrough does not know that
        // the line was ended there, and would count the column from the start of the line after a
        // resize.
        if self.reference.continues() {
            return Ok(());
        }
        let row = self.terminal.row();
        let back = self.window.resize == ResizeState::Idle
            && self.composer.is_at_bottom()
            && !self.cursor().is_line_open()
            && !self.lines.is_empty();
        self.terminal.feed(b"\n");
        self.composer.on_enter_echoed();
        self.compose()?;
        // Where the way back is unknown, a row stays blank.
        if !back {
            self.follow(row);
        }
        self.check()
    }

    fn full_screen(&mut self, chunks: &[Chunk], cuts: &[Cut]) -> Outcome {
        if self.colored || self.ahead.col() == self.window.size.cols {
            self.end_line()?;
        }
        let Size { cols, rows } = self.window.size;
        let mut text = "\x1b[?1049h\x1b[m\x0f\x1b(B\x1b[2J\x1b[H".to_owned();
        for chunk in chunks {
            match chunk {
                Chunk::Word(word) => text += word,
                Chunk::Wide(n) => text += &"漢".repeat(*n),
                Chunk::End => text += "\n",
                Chunk::Sgr(params) => text += &format!("\x1b[{params}m"),
                Chunk::Csi(n, 'G') => text += &format!("\x1b[{};{}H", n % rows + 1, n % cols + 1),
                Chunk::Csi(_, 'J') => text += "\x1b[J",
                _ => {}
            }
        }
        self.alternate = Some(Emulator::new(cols, rows));
        self.ahead.feed(text.as_bytes());
        self.send(text.as_bytes(), &[])?;
        // Bars that change do not touch the alternate screen.
        self.frame()?;
        let back = b"\x1b[?1049l";
        self.ahead.feed(back);
        self.send(back, cuts)?;
        self.alternate = None;
        Ok(())
    }

    fn other_program(&mut self, lines: &[String], chunks: &[Chunk]) -> Outcome {
        // Rows of the program's own below the cursor are forgotten: the other program has gone on
        // below them. A pending wrap is lost, and in a row with unknown content, output behind the
        // cursor is overwritten at the end.
        let cells = self.ahead.rows()[self.ahead.row()].cells();
        let hidden = cells.iter().skip(self.ahead.col()).any(|cell| cell.char() != ' ' || cell.width() == 0);
        if self.moved_up || self.colored || hidden || self.ahead.col() == self.window.size.cols {
            self.end_line()?;
        }
        self.leave(&[])?;
        self.check_log()?;
        if !lines.is_empty() {
            self.feed_all(format!("\n{}\n", lines.join("\n")).as_bytes());
        }
        self.unseen = lines.is_empty().then(|| (Unseen::Before, self.reference.row()));
        let bytes = self.bytes(chunks);
        self.composer.output.feed(&bytes);
        self.arrive(&bytes);
        self.composer.reacquire();
        self.no_frame_in.clear();
        self.frame()
    }

    /// Composes the last frame, which turns the bars into lines of the log, and checks the screen.
    pub(super) fn finish(&mut self) -> Outcome {
        let lines = std::mem::take(&mut self.lines);
        self.leave(&lines)?;
        self.check_end()
    }
}
