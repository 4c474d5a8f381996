//! Program output on its way to the terminal: where a frame may interrupt it.
//!
//! Every byte is passed on as it is. The output is only looked at: a frame may follow only where no
//! escape sequence and no character is cut in two, and after the frame the cursor has to be where
//! the program left it, in its style.

use anstyle::Style;

use super::cursor::Cursor;
use super::cursor_tracker::CursorTracker;
use super::scanner::{Function, Scanner, State};
use crate::cells::ansi::TermOp;

/// A queue of program output, with a scanner that looks at every byte.
#[derive(Debug)]
pub(crate) struct Passthrough {
    /// Output that has arrived and was not passed on.
    held: Vec<u8>,
    /// How many bytes of `held` have been scanned.
    scanned: usize,
    /// How many bytes of `held` end where a frame may follow.
    ready: usize,
    /// The scanner's state and the style at the start of `held`.
    start: (State, Style),
    /// Output behind the marker, kept aside until
    /// [`take_kept_aside`](Passthrough::take_kept_aside).
    behind_marker: Vec<u8>,
    /// Whether a character has arrived that begins a string in some terminals.
    may_be_in_string: bool,
    scanner: Scanner,
    tracker: CursorTracker,
}

/// How the output ends that has arrived so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EndOfOutput {
    /// Between characters and between sequences.
    Boundary,
    /// Inside of a character. Its rest follows at once, or never.
    InsideCharacter,
    /// Inside of an escape sequence. Its rest may take a while, and until then there is nothing to
    /// see.
    InsideSequence,
    /// Inside of a string. Its rest may take a while.
    InsideString,
}

/// A sequence that is longer than this is passed on in pieces, with no frame between them.
const LONGEST_HELD: usize = 16 * 1024;

impl Passthrough {
    pub(crate) fn new(cols: usize) -> Passthrough {
        Passthrough {
            held: Vec::new(),
            scanned: 0,
            ready: 0,
            start: (State::Ground, Style::new()),
            behind_marker: Vec::new(),
            may_be_in_string: false,
            scanner: Scanner::new(),
            tracker: CursorTracker::new(cols),
        }
    }

    /// Takes output in.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        if !self.behind_marker.is_empty() {
            self.behind_marker.extend_from_slice(bytes);
            return;
        }
        self.held.extend_from_slice(bytes);
        self.scan();
        if self.held.len() - self.ready > LONGEST_HELD {
            self.ready = self.held.len();
        }
    }

    /// Keeps output aside that came behind the marker.
    pub(crate) fn keep_aside(&mut self, bytes: &[u8]) {
        self.behind_marker.extend_from_slice(bytes);
    }

    /// Takes in what was kept aside behind the marker.
    pub(crate) fn take_kept_aside(&mut self) {
        let bytes = std::mem::take(&mut self.behind_marker);
        self.feed(&bytes);
    }

    /// How many bytes have arrived and were not passed on.
    pub(crate) fn waiting(&self) -> usize {
        self.held.len() + self.behind_marker.len()
    }

    /// The output that can be passed on now.
    pub(crate) fn ready(&self) -> &[u8] {
        &self.held[..self.ready]
    }

    /// The ready output, with a carriage return before every line feed that has none. Line feeds
    /// inside of sequences stay as they are.
    pub(crate) fn ready_with_carriage_returns(&self) -> Vec<u8> {
        let (mut rest, mut out) = (self.ready(), Vec::new());
        let mut scanner = Scanner::new();
        scanner.state = self.start.0;
        while let Some((length, function)) = scanner.next(rest) {
            let (unit, after) = rest.split_at(length);
            if function == Function::NextLine && unit == b"\n" && out.last() != Some(&b'\r') {
                out.push(b'\r');
            }
            out.extend_from_slice(unit);
            rest = after;
        }
        out.extend_from_slice(rest);
        out
    }

    /// Removes the ready output: it has been passed on.
    pub(crate) fn consume(&mut self) {
        self.held.drain(..self.ready);
        self.scanned -= self.ready;
        self.ready = 0;
        // What is left is the start of a sequence.
        let state = if self.held.is_empty() { self.scanner.state } else { State::Ground };
        self.start = (state, self.tracker.cursor.style);
        self.tracker.cursor.start_frame();
    }

    /// How the output ends that has arrived so far.
    pub(crate) fn end(&self) -> EndOfOutput {
        match self.scanner.state {
            State::Ground if self.held.len() == self.ready => EndOfOutput::Boundary,
            State::Ground => EndOfOutput::InsideCharacter,
            State::String(_) | State::StringEscape(_) => EndOfOutput::InsideString,
            _ => EndOfOutput::InsideSequence,
        }
    }

    /// Stops waiting for the rest of a sequence or a character: all that is there can be passed on.
    /// A string is ended, or the terminal would take the next frame for a part of it.
    pub(crate) fn give_up_waiting(&mut self) {
        if self.end() == EndOfOutput::InsideString {
            TermOp::EndString.encode(&mut self.held);
        }
        self.ready = self.held.len();
        self.scanned = self.ready;
        self.scanner.state = State::Ground;
    }

    /// Ends a string that was begun by a single character beyond ASCII (U+009D and its like; texts
    /// in a wrong encoding contain it). VTE would take the next frame for a part of the string; most
    /// terminals know no such strings, so that the rest is not waited for.
    pub(crate) fn end_c1_string(&mut self) {
        if self.is_at_boundary() && std::mem::take(&mut self.may_be_in_string) {
            let mut end = Vec::new();
            TermOp::EndString.encode(&mut end);
            self.scanned += end.len();
            let ready = self.ready + end.len();
            self.held.splice(self.ready..self.ready, end);
            self.ready = ready;
        }
    }

    /// Whether a frame may follow the ready output. It may not only inside of a very long sequence.
    pub(crate) fn is_at_boundary(&self) -> bool {
        self.scanner.state == State::Ground || self.ready < self.held.len()
    }

    /// Whether the program shows the alternate screen.
    pub(crate) fn is_alternate_screen(&self) -> bool {
        self.tracker.is_alternate_screen()
    }

    /// How the ready output leaves the cursor.
    pub(crate) fn cursor(&self) -> &Cursor {
        &self.tracker.cursor
    }

    /// The rows above the cursor's that the last lines take; of as many lines as fit into `most`
    /// rows.
    pub(crate) fn rows_of_last_lines(&self, most: usize) -> usize {
        self.tracker.heights.rows_within(most)
    }

    /// Starts in a new row: another program has had the terminal. What has arrived since then
    /// follows from there.
    pub(crate) fn restart(&mut self) {
        let (state, style) = self.start;
        self.tracker.restart(style);
        self.scanner.state = state;
        (self.scanned, self.ready) = (0, 0);
        self.scan();
    }

    /// Follows a change of the window's width.
    pub(crate) fn resize(&mut self, cols: usize) {
        self.tracker.resize(cols);
    }

    fn scan(&mut self) {
        while let Some((length, function)) = self.scanner.next(&self.held[self.scanned..]) {
            if let Function::Print('\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}') = function {
                self.may_be_in_string = true;
            }
            self.tracker.apply(function);
            self.scanned += length;
            if self.scanner.state == State::Ground {
                self.ready = self.scanned;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fed(text: &str) -> Passthrough {
        let mut output = Passthrough::new(10);
        output.feed(text.as_bytes());
        output
    }

    #[test]
    fn nothing_is_cut_in_two() {
        for (text, ready) in [
            ("abc", "abc"),
            ("abc\x1b", "abc"),
            ("abc\x1b[3", "abc"),
            ("abc\x1b[31m", "abc\x1b[31m"),
            ("abc\x1b]0;title", "abc"),
            ("abc\x1b]0;title\x1b", "abc"),
            ("abc\x1b]0;title\x1b\\", "abc\x1b]0;title\x1b\\"),
            ("abc\x1bktitle", "abc"),
            ("abc\x1bPq\x07#0", "abc"),
            ("abc\x1b(", "abc"),
            ("abc\x1b(B", "abc\x1b(B"),
        ] {
            assert_eq!(fed(text).ready(), ready.as_bytes(), "{text:?}");
        }
        let mut output = Passthrough::new(10);
        output.feed("漢".as_bytes().split_at(2).0);
        assert_eq!(output.ready(), b"");
        output.feed("漢".as_bytes().split_at(2).1);
        assert_eq!(output.ready(), "漢".as_bytes());
    }

    /// However the bytes are cut into pieces, the same is known at the end.
    #[test]
    fn pieces_change_nothing() {
        let text = "\x1b[1;38;2;1;2;3mé漢\x1b]8;;u\x1b\\x\x1b[?1049h\x1b[2J\x1b[?1049l\n0123456789\x1b[2A\rab\u{301}🚀\x1b7\x1b(0";
        let whole = fed(text);
        for step in 1..9 {
            let mut output = Passthrough::new(10);
            let mut passed_on = Vec::new();
            for piece in text.as_bytes().chunks(step) {
                output.feed(piece);
                passed_on.extend_from_slice(output.ready());
                let Cursor { line_feeds, wraps, jumped, .. } = *output.cursor();
                output.consume();
                output.tracker.cursor = Cursor { line_feeds, wraps, jumped, ..*output.cursor() };
            }
            assert_eq!(String::from_utf8(passed_on).unwrap(), text);
            assert_eq!(output.cursor(), whole.cursor(), "in steps of {step}");
            assert_eq!(output.end(), EndOfOutput::Boundary);
        }
    }

    #[test]
    fn bytes_that_are_not_text_are_passed_on_too() {
        let mut output = Passthrough::new(10);
        output.feed(b"a\xff\xfe\xe6\xbc b\xc3\n\x80");
        assert_eq!(output.ready(), b"a\xff\xfe\xe6\xbc b\xc3\n\x80");
    }

    #[test]
    fn an_endless_sequence_is_passed_on_in_pieces() {
        let mut output = Passthrough::new(10);
        output.feed(b"\x1bPq");
        output.feed(&vec![b'~'; LONGEST_HELD + 1]);
        assert!(!output.is_at_boundary());
        assert!(!output.ready().is_empty());
        output.consume();
        output.feed(b"end\x1b\\");
        assert!(output.is_at_boundary());
        assert_eq!(output.ready(), b"end\x1b\\");
    }

    #[test]
    fn a_string_that_is_given_up_is_ended() {
        for (text, passed_on) in [
            ("a\x1b]0;title", "a\x1b]0;title\x18\x1b\\"),
            ("a\x1b_Gdata\x1b", "a\x1b_Gdata\x1b\x18\x1b\\"),
            ("a\x1b[3", "a\x1b[3"),
            ("a", "a"),
        ] {
            let mut output = fed(text);
            output.give_up_waiting();
            assert_eq!(output.ready(), passed_on.as_bytes(), "{text:?}");
            assert!(output.is_at_boundary());
        }
    }

    #[test]
    fn a_string_begun_by_one_character_is_ended() {
        for (text, passed_on) in [
            ("a\u{9d}0;title", "a\u{9d}0;title\x18\x1b\\"),
            ("\u{90}\n\x1b[3", "\u{90}\n\x18\x1b\\"),
            ("a\u{9b}\u{9c}", "a\u{9b}\u{9c}"),
        ] {
            let mut output = fed(text);
            output.end_c1_string();
            assert_eq!(output.ready(), passed_on.as_bytes(), "{text:?}");
            output.consume();
            output.feed(b"1mb");
            output.end_c1_string();
            assert!(output.ready().ends_with(b"1mb") && output.is_at_boundary());
        }
    }

    #[test]
    fn carriage_returns_are_added_where_they_lack() {
        for (text, wanted) in [
            ("a\nb\r\nc\n", "a\r\nb\r\nc\r\n"),
            ("\n\n", "\r\n\r\n"),
            ("\x1bP$-\n$-\x1b\\\x1b[1\nm\x1bE", "\x1bP$-\n$-\x1b\\\x1b[1\r\nm\x1bE"),
        ] {
            assert_eq!(fed(text).ready_with_carriage_returns(), wanted.as_bytes(), "{text:?}");
        }
    }

    #[test]
    fn output_that_came_while_another_program_had_the_terminal_counts() {
        let mut output = fed("before");
        output.consume();
        output.feed(b"one\n\x1b[1mtwo");
        output.restart();
        assert_eq!(output.ready(), b"one\n\x1b[1mtwo");
        assert_eq!((output.cursor().column, output.cursor().line_feeds), (3, 1));
    }

    #[test]
    fn the_alternate_screen() {
        let mut output = fed("abc\x1b[?1049h\x1b[Hxxxx\n\n");
        assert!(output.is_alternate_screen());
        assert_eq!(output.cursor().line_feeds, 0, "lines of another screen");
        output.feed(b"\x1b[?1049l");
        assert!(!output.is_alternate_screen());
        assert_eq!(output.cursor().column, 3);
    }
}
