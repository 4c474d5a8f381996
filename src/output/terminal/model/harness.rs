//! A terminal with bars and a reference without, both fed by one program.

use std::ops::Range;

use super::super::anchor::Anchor;
use super::super::composer::{Composer, Environment, RowSource};
use super::super::cursor::Cursor;
use super::super::frame_rows::Limits;
use super::super::passthrough::Passthrough;
use super::super::pinned_region::PinnedRegion;
use super::super::quirks::Quirks;
use super::super::region::LastRows;
use super::super::window::{ResizeState, Window};
use super::emulator::Emulator;
use super::op::{Bar, Cut, Unseen};
use crate::cells::ansi;
use crate::cells::line::Line;
use crate::sys::Size;

/// Rows of the reference. More than any window here has, so that the program never moves up to
/// where the reference is cut off.
const REFERENCE_ROWS: usize = 40;

pub(super) type Outcome = Result<(), String>;

macro_rules! ensure {
    ($fact:expr, $($why:tt)*) => {
        if !$fact {
            return Err(format!($($why)*));
        }
    };
}
pub(super) use ensure;

/// A terminal with bars, a reference without, and the composer between the program and the
/// terminal.
pub(super) struct Harness {
    pub(super) terminal: Emulator,
    pub(super) reference: Emulator,
    /// The reference as it will be when all output has arrived: what the program knows of the
    /// cursor.
    pub(super) ahead: Emulator,
    /// The alternate screen as it must be.
    pub(super) alternate: Option<Emulator>,
    pub(super) composer: Composer,
    pub(super) window: Window,
    pub(super) bars: Vec<Bar>,
    /// The rows of the next frame, and their cells.
    pub(super) lines: Vec<Line>,
    pub(super) wanted: Vec<Vec<avt::Cell>>,
    /// Output that has arrived and was not passed on.
    pub(super) waiting: Vec<u8>,
    /// What the passthrough has not seen, and in which row of the reference that stands.
    pub(super) unseen: Option<(Unseen, usize)>,
    /// Whether the output ends with a color on.
    pub(super) colored: bool,
    /// Whether the program has moved up within the open line, or into it: its length is unknown
    /// then.
    pub(super) moved_up: bool,
    /// Whether a wide character was printed in the open line.
    pub(super) has_wide: bool,
    /// Where in the next bytes there must be no frame.
    pub(super) no_frame_in: Vec<Range<usize>>,
    /// Whether the window changes its size in this case.
    pub(super) resizes: bool,
    pub(super) anchor: Anchor,
    /// The bytes of the last frame.
    pub(super) last_frame: Vec<u8>,
}

/// Rows that were rendered before.
struct Rows<'a>(&'a [Line]);

impl RowSource for Rows<'_> {
    fn rows(&mut self, _: Window) -> &[Line] {
        self.0
    }
}

impl Harness {
    /// `before` stands in the terminal before the first frame; its last line is open.
    pub(super) fn new(cols: usize, rows: usize, before: &[String], resizes: bool, anchor: Anchor) -> Harness {
        let region = PinnedRegion::new(Cursor::new(), Quirks::None, anchor);
        let mut harness = Harness {
            terminal: Emulator::new(cols, rows),
            reference: Emulator::new(cols, REFERENCE_ROWS),
            ahead: Emulator::new(cols, REFERENCE_ROWS),
            alternate: None,
            composer: Composer::new(Passthrough::new(cols), Box::new(region)),
            window: Window { size: Size { cols, rows }, resize: ResizeState::Idle, in_transit: false },
            bars: Vec::new(),
            lines: Vec::new(),
            wanted: Vec::new(),
            waiting: Vec::new(),
            unseen: None,
            colored: false,
            moved_up: false,
            has_wide: false,
            no_frame_in: Vec::new(),
            resizes,
            anchor,
            last_frame: Vec::new(),
        };
        let mut before = before.join("\n");
        if before.rsplit('\n').next().is_some_and(|last| last.len() >= cols) {
            before.push('\n');
        }
        harness.feed_all(before.as_bytes());
        if harness.reference.col() > 0 {
            harness.unseen = Some((Unseen::Before, harness.reference.row()));
        }
        harness
    }

    /// The cursor as the passthrough follows it.
    pub(super) fn cursor(&self) -> &Cursor {
        self.composer.output.cursor()
    }

    /// Writes something that does not go through the composer.
    pub(super) fn feed_all(&mut self, bytes: &[u8]) {
        for emulator in [&mut self.terminal, &mut self.reference, &mut self.ahead] {
            emulator.feed(bytes);
        }
    }

    /// What the passthrough has not seen in the row where the cursor of `emulator` is.
    pub(super) fn unseen(&self, emulator: &Emulator) -> Option<Unseen> {
        self.unseen.filter(|(_, row)| emulator.lowest <= *row).map(|(unseen, _)| unseen)
    }

    pub(super) fn arrive(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
        self.reference.feed(bytes);
        if let Some(alternate) = &mut self.alternate {
            alternate.feed(bytes);
        }
    }

    /// Lets output arrive in pieces.
    pub(super) fn send(&mut self, bytes: &[u8], cuts: &[Cut]) -> Outcome {
        let no_frame_in = std::mem::take(&mut self.no_frame_in);
        let mut from = 0;
        for Cut(count, frame) in cuts {
            let at = bytes.len().min(from + count);
            self.composer.output.feed(&bytes[from..at]);
            self.arrive(&bytes[from..at]);
            from = at;
            if *frame && !no_frame_in.iter().any(|no_frame_in| no_frame_in.start < at && at < no_frame_in.end) {
                self.frame()?;
            }
        }
        self.composer.output.feed(&bytes[from..]);
        self.arrive(&bytes[from..]);
        self.frame()
    }

    /// Renders the rows of the next frame.
    fn render(&mut self) {
        let Limits { width, rows, .. } = Limits::of(self.window);
        self.lines.clear();
        self.wanted.clear();
        for bar in self.bars.iter().take(rows) {
            let mut line = Line::new(width);
            line.push(&bar.text, bar.color);
            if bar.full {
                line.push(&"=".repeat(width), bar.color);
            }
            let mut bytes = b"\x1b[?7l".to_vec();
            ansi::encode_line(&mut bytes, &line);
            let mut row = avt::Terminal::with_scrollback(self.window.size.cols, 1, Some(0)).unwrap();
            row.feed(std::str::from_utf8(&bytes).unwrap());
            self.wanted.push(row.screen().line(0).unwrap().cells().to_vec());
            self.lines.push(line);
        }
    }

    /// Composes a frame and checks the screen.
    pub(super) fn frame(&mut self) -> Outcome {
        self.compose()?;
        self.check()
    }

    /// Composes a frame and writes it to the terminal.
    pub(super) fn compose(&mut self) -> Outcome {
        self.render();
        let mut out = Vec::new();
        let text = self.composer.output.ready().to_vec();
        let environment = Environment { window: self.window, foreground: true, translates_newlines: true };
        self.composer.frame(environment, &mut Rows(&self.lines), &mut out);
        self.write(&text, out)
    }

    /// Composes the last frame, which leaves these lines, and writes it.
    pub(super) fn leave(&mut self, lines: &[Line]) -> Outcome {
        let mut out = Vec::new();
        let text = self.composer.output.ready().to_vec();
        self.composer.finish(LastRows { rows: lines, tail: 0 }, self.window, &mut out);
        self.write(&text, out)?;
        ensure!(self.waiting.is_empty(), "{:?} was kept back", self.waiting.escape_ascii());
        Ok(())
    }

    /// Writes a frame. The output in it must be what comes next, unchanged.
    fn write(&mut self, text: &[u8], out: Vec<u8>) -> Outcome {
        let (seen, wanted) = (text.escape_ascii(), self.waiting.escape_ascii());
        ensure!(self.waiting.starts_with(text), "{seen} instead of {wanted}");
        ensure!(text.is_empty() || out.windows(text.len()).any(|window| window == text), "{seen} is not in the frame");
        self.waiting.drain(..text.len());
        self.terminal.feed(&out);
        self.last_frame = out;
        Ok(())
    }
}
