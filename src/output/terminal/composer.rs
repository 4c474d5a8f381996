//! Composes frames: program output, then the bars, as one piece of bytes.
//!
//! The composer knows the output that waits, the region, and whether frames may have bars at all
//! just now. It knows no terminal, no clock and no thread: all that comes in as an [`Environment`],
//! and the frame goes into a buffer. The terminal thread and the model test use the same composer.

use std::borrow::Cow;
#[cfg(any(test, feature = "testing"))]
use std::ops::Range;

use super::passthrough::{EndOfOutput, Passthrough};
use super::region::{LastRows, Region};
use super::window::Window;
use crate::cells::ansi::{self, TermOp};
use crate::cells::line::Line;

/// What a frame depends on, beside the output and the bars.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Environment {
    pub(crate) window: Window,
    /// Whether the terminal is ours to draw on: this process is in its foreground, and it is not
    /// suspended.
    pub(crate) foreground: bool,
    /// Whether the terminal turns a line feed into a carriage return and a line feed. It does not
    /// in raw mode.
    pub(crate) translates_newlines: bool,
}

/// Where the composer gets the rows of a frame from. Asked only if the frame shows bars.
/// Implemented by `frame_rows::BarRows`; the model test has an implementation of its own.
pub(crate) trait RowSource {
    fn rows(&mut self, window: Window) -> &[Line];
}

/// Composes frames from output and rows.
pub(crate) struct Composer {
    pub(crate) output: Passthrough,
    region: Box<dyn Region>,
    mode: Mode,
}

/// How output is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// In frames, with the bars.
    Framed,
    /// As it comes: the program shows the alternate screen, or is inside of an endless sequence.
    Raw,
    /// As it comes: the terminal is not ours, and bars would stand among what other programs show.
    Background,
}

impl Composer {
    pub(crate) fn new(output: Passthrough, region: Box<dyn Region>) -> Composer {
        Composer { output, region, mode: Mode::Framed }
    }

    /// Appends a frame to `out`: the output that is ready, and the rows if there are to be any.
    /// Appends nothing if nothing has changed. Returns whether the frame has output.
    pub(crate) fn frame(&mut self, environment: Environment, rows: &mut dyn RowSource, out: &mut Vec<u8>) -> bool {
        let Environment { window, foreground, translates_newlines } = environment;
        if foreground && self.mode == Mode::Background {
            self.mode = Mode::Framed;
            self.reacquire();
        }
        if foreground && !self.output.is_alternate_screen() {
            self.output.end_c1_string();
        }
        // The terminal is in raw mode now. But output arrives later than it is printed, and a bare
        // line feed was hardly printed in raw mode: it must not lose its carriage return because
        // the terminal was switched meanwhile.
        let text = match translates_newlines || self.mode == Mode::Raw {
            true => Cow::Borrowed(self.output.ready()),
            false => Cow::Owned(self.output.ready_with_carriage_returns()),
        };
        let text = text.as_ref();
        let cursor = self.output.cursor();
        let next_mode = match () {
            () if !foreground => Mode::Background,
            () if self.output.is_alternate_screen() || !self.output.is_at_boundary() => Mode::Raw,
            () => Mode::Framed,
        };
        match (self.mode, next_mode) {
            (_, Mode::Background) | (Mode::Raw, Mode::Raw) => out.extend_from_slice(text),
            // The rows are removed first: neither may they cover the alternate screen, nor may
            // their bytes come to stand inside of a sequence.
            (_, Mode::Raw) => {
                self.region.hide(out, window);
                out.extend_from_slice(text);
            }
            (Mode::Raw, Mode::Framed) => {
                out.extend_from_slice(text);
                self.region.invalidate();
                self.region.compose(out, b"", cursor, rows.rows(window), window);
            }
            (_, Mode::Framed) => self.region.compose(out, text, cursor, rows.rows(window), window),
        }
        self.mode = next_mode;
        let has_output = !text.is_empty();
        self.output.consume();
        has_output
    }

    /// Whether lines of ours may follow the output: it ends at the start of a line, and frames have
    /// bars.
    pub(crate) fn is_at_line_start(&self) -> bool {
        self.mode == Mode::Framed && !self.output.cursor().is_line_open() && self.output.end() == EndOfOutput::Boundary
    }

    /// Makes rows a part of the output, as lines that follow it.
    pub(crate) fn add_lines(&mut self, rows: &[Line]) {
        let cursor = self.output.cursor();
        let style = cursor.style;
        let mut text = Vec::new();
        if cursor.is_line_open() {
            TermOp::NewLine.encode(&mut text);
        }
        if !style.is_plain() {
            TermOp::PLAIN.encode(&mut text);
        }
        for row in rows {
            ansi::encode_line(&mut text, row);
            TermOp::NewLine.encode(&mut text);
        }
        if !style.is_plain() {
            TermOp::Color(style.into()).encode(&mut text);
        }
        self.output.feed(&text);
    }

    /// Appends the last frame to `out`: the output that is ready, and rows as ordinary lines.
    /// Nothing else of ours remains.
    pub(crate) fn finish(&mut self, last: LastRows<'_>, window: Window, out: &mut Vec<u8>) {
        self.output.end_c1_string();
        self.region.finish(out, self.output.ready(), self.output.cursor(), last, window);
        self.output.consume();
    }

    /// Whether the last frame ended outside of sequences, and on a terminal that is ours to draw on.
    pub(crate) fn is_framed(&self) -> bool {
        self.mode == Mode::Framed
    }

    /// The visible rows in which ours stand.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn rows_on(&self, cursor_row: usize, height: usize) -> Range<usize> {
        self.region.rows_on(cursor_row, height)
    }

    /// Whether the rows right below the cursor are known to be the last rows of the window.
    #[cfg(test)]
    pub(crate) fn is_at_bottom(&self) -> bool {
        self.region.is_at_bottom()
    }

    /// Another program has had the terminal: no row of ours is there any more, and the cursor is in
    /// an unknown row.
    pub(crate) fn reacquire(&mut self) {
        self.output.restart();
        self.region.reset();
    }

    /// Starts afresh after the last frame: output is passed on in frames, without bars.
    pub(crate) fn resume_framing(&mut self) {
        self.mode = Mode::Framed;
    }

    /// The window has changed its size.
    pub(crate) fn on_resize(&mut self, cols: usize) {
        self.region.on_resize();
        self.output.resize(cols);
    }

    /// The window has come to rest after a resize: the next frame writes all rows.
    pub(crate) fn on_resize_settled(&mut self) {
        self.region.invalidate();
    }

    /// The user has pressed Enter and no program has read it.
    pub(crate) fn on_enter_echoed(&mut self) {
        self.region.on_enter_echoed();
    }

    /// The next change writes all rows, to repair what may have happened to them.
    pub(crate) fn mark_stale(&mut self) {
        self.region.mark_stale();
    }
}
