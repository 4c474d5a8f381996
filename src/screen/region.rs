//! The pinned region: which rows of ours stand on the screen, where, and the bytes that turn them into the next ones.
//!
//! One invariant carries everything: **what is below the cursor's row is ours; on that row and above it nothing is ever
//! touched.** It needs no knowledge of the window's height or of where in it the cursor is, so it survives whatever a resize
//! does between two of our frames.
//!
//! A frame is one piece of bytes and leaves no mode behind:
//!
//! 1. With text to pass on, or when what stands on the screen cannot be trusted: one row down (an index: it scrolls
//!    only on the last row), erase from there to the end of the screen, back up, write the text.
//! 2. The bars, in rows below the cursor; wrapping is off for so long, and no colour is on. While a line is open, a blank row
//!    stays between: an Enter that is typed there moves the cursor without our knowing, and must not move it onto a bar.
//! 3. Back to where the text stopped, in its colours.
//!
//! Erasing starts below the cursor's row, never at the top of the screen: erasing from the home position makes some terminals
//! (tmux, screen, alacritty) save the whole screen to their scrollback. Index keeps the column but drops a pending wrap, which is
//! brought back by writing the last character again.

use std::iter::repeat_n;

use crate::paint::ansi::{self, Edit};
use crate::paint::line::Line;
use crate::sys::Size;

use super::above::Caret;
use super::foot::{Foot, Motion, View, begin_row, remember, write_lines, write_row};
use super::terminal::{Below, Terminal};

/// What stands on the screen below the cursor.
#[derive(Debug)]
pub(crate) struct Region {
    /// The rows as they were painted last.
    shown: Vec<Line>,
    place: Place,
    /// Blank rows between the program's and ours: one below an open line, if there is room.
    spare: usize,
    depth: Depth,
    trust: Trust,
    caret: Caret,
    row: CursorRow,
    terminal: Terminal,
    /// The window that was painted in last, and the rows from the cursor's to its end, where that is known.
    size: Option<Size>,
    room: Option<usize>,
}

/// Where the rows stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Right below the cursor's row. Every move is relative, so a resize in the middle of a frame does no harm.
    Below,
    /// On the last rows of the window, with an unknown gap above. The way back is a remembered position, which a resize in
    /// the middle of a frame would make wrong: not while the window is being resized.
    Bottom,
}

/// How far the cursor is above the last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// Nobody knows; since then, so many rows have certainly gone by.
    Unknown { passed: usize },
    /// Exactly as many rows as the region needs: right below the cursor *is* the bottom.
    Region,
}

/// Whether the screen shows what we painted last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// It does: painting what changed is enough.
    Full,
    /// It should, but it was long ago: the next change paints everything, whatever may have happened to the screen.
    Stale,
    /// Something happened to it. Everything is painted.
    None,
    /// Something was typed that nobody had asked for: the cursor may be further down, on a row of ours.
    Wandered,
    /// The window has another size, and a frame may have met it on the way: the cursor may even stand on a row of ours.
    Resized,
}

/// Whether we know what stands in the cursor's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CursorRow {
    /// Something may have been printed there before we came.
    Unknown,
    /// The program has ended a line since: what it printed there afterwards, we have seen.
    Known,
}

impl Region {
    pub(crate) fn new(caret: Caret, terminal: Terminal) -> Region {
        Region {
            shown: Vec::new(),
            place: Place::Bottom,
            spare: 0,
            depth: Depth::Unknown { passed: 0 },
            trust: Trust::None,
            caret,
            row: CursorRow::Unknown,
            terminal,
            size: None,
            room: None,
        }
    }

    /// Whether it takes what is right below the cursor for the bottom.
    #[cfg(test)]
    pub(super) fn is_bottom(&self) -> bool {
        self.depth == Depth::Region
    }
}

impl Foot for Region {
    fn paint(&mut self, out: &mut Vec<u8>, text: &[u8], caret: &Caret, rows: &[Line], view: View) {
        // Below the program's own rows there may be less room than there are rows.
        let room = view.size.rows.saturating_sub(1 + caret.below);
        let rows = &rows[..rows.len().min(room)];
        let spare = usize::from(caret.is_open() && (1..room).contains(&rows.len()));
        let depth = self.depth_after(caret, spare + rows.len(), view);
        let place = match (depth, view.motion) {
            (Depth::Unknown { .. }, Motion::Still) => Place::Bottom,
            // An Enter may have been typed there, and read: the way down is shorter then than we know.
            (Depth::Region, Motion::Still) if caret.is_open() && caret.saved.is_none() => Place::Bottom,
            _ => Place::Below,
        };
        let afresh = !text.is_empty()
            || !matches!(self.trust, Trust::Full | Trust::Stale)
            || self.shown.len() != rows.len()
            || self.spare != spare
            || (self.place != place && !rows.is_empty());
        if !afresh && self.shown == rows {
            return;
        }
        let afresh = afresh || self.trust == Trust::Stale;

        Edit::BeginUpdate.put(out);
        if text.is_empty() {
            // It may have been passed on already, while the program had the whole screen.
            self.follow(caret);
        }
        if afresh {
            self.catch_up(out, view);
            self.erase(out, view);
            out.extend_from_slice(text);
        }
        let extent = caret.below + spare + rows.len();
        self.room = match depth {
            Depth::Region => Some(extent),
            Depth::Unknown { .. } if !text.is_empty() => None,
            Depth::Unknown { .. } => self.room.map(|room| room.max(extent)),
        };
        self.size = Some(view.size);
        self.follow(caret);
        (self.place, self.spare, self.depth) = (place, spare, depth);
        if !rows.is_empty() {
            self.draw(out, rows, afresh, view);
        }
        Edit::EndUpdate.put(out);

        self.trust = Trust::Full;
        remember(&mut self.shown, rows);
    }

    fn finish(&mut self, out: &mut Vec<u8>, text: &[u8], caret: &Caret, rows: &[Line], view: View) {
        if text.is_empty() && rows.is_empty() && self.shown.is_empty() {
            return;
        }
        Edit::BeginUpdate.put(out);
        self.catch_up(out, view);
        self.erase(out, view);
        out.extend_from_slice(text);
        self.follow(caret);
        if !rows.is_empty() {
            Edit::Down(self.caret.below).put(out);
            Edit::PLAIN.put(out);
            self.begin_line(out, view);
            write_lines(out, rows);
            self.pen(out);
        }
        Edit::EndUpdate.put(out);
        self.shown.clear();
        self.spare = 0;
        self.trust = Trust::Full;
        self.depth = Depth::Unknown { passed: 0 };
        self.room = None;
    }

    fn resized(&mut self) {
        self.trust = Trust::Resized;
        self.depth = Depth::Unknown { passed: 0 };
    }

    fn distrust(&mut self) {
        if matches!(self.trust, Trust::Full | Trust::Stale) {
            self.trust = Trust::None;
        }
    }

    fn heal(&mut self) {
        if self.trust == Trust::Full {
            self.trust = Trust::Stale;
        }
    }

    fn returned(&mut self) {
        self.shown.clear();
        self.spare = 0;
        self.trust = Trust::None;
        self.depth = Depth::Unknown { passed: 0 };
        self.room = None;
        self.row = CursorRow::Unknown;
    }

    fn wandered(&mut self) {
        if self.trust != Trust::Resized {
            self.trust = Trust::Wandered;
        }
    }
}

impl Region {
    /// Puts the cursor at the start of a row that belongs to nobody.
    fn begin_line(&self, out: &mut Vec<u8>, view: View) {
        match self.row {
            // In its own rows below, something of the program's stands.
            _ if self.caret.is_open() || self.caret.below > 0 => Edit::NewLine.put(out),
            // Nothing of the program's stands in this row; but something may have been typed there, `^C` for one.
            CursorRow::Known => ansi::put(out, [Edit::Column(0), Edit::EraseRest]),
            CursorRow::Unknown => begin_row(out, view),
        }
    }

    fn follow(&mut self, caret: &Caret) {
        self.caret.clone_from(caret);
        if caret.fed > 0 {
            self.row = CursorRow::Known;
        }
    }

    /// Where the cursor will be once `caret` is reached and room is made for `extent` rows below it.
    fn depth_after(&self, caret: &Caret, extent: usize, view: View) -> Depth {
        if caret.jumped {
            return Depth::Unknown { passed: 0 };
        }
        match self.depth {
            // Fewer rows than there were: those that are gone leave a gap of blank ones.
            _ if extent + caret.fed < self.spare + self.shown.len() => Depth::Unknown { passed: 0 },
            Depth::Region => Depth::Region,
            Depth::Unknown { passed } => match passed + caret.fed {
                passed if passed < view.size.rows => Depth::Unknown { passed },
                // Wherever it was, a screenful has gone by since: it has met the bottom.
                _ => Depth::Region,
            },
        }
    }

    /// Rows between the cursor's and the first of ours.
    fn gap(&self) -> usize {
        self.caret.below + self.spare
    }

    /// Rows from the cursor's to the last of ours.
    fn extent(&self) -> usize {
        self.gap() + self.shown.len()
    }

    /// After a resize: goes to where the cursor would be, on terminals that are known to have left it behind. Nowhere where a
    /// line is open, or where text may have met the resize on its way: on a row of the log nothing is ever erased.
    fn catch_up(&mut self, out: &mut Vec<u8>, view: View) {
        let Some(before) = self.size.filter(|before| *before != view.size) else { return };
        let floor = match self.room {
            Some(room) => room.saturating_sub(self.extent()),
            None if self.place == Place::Bottom => 0,
            None => return,
        };
        if self.trust != Trust::Resized {
            return;
        }
        let gap = repeat_n(0, self.gap());
        let below = Below { rows: gap.chain(self.shown.iter().map(inked)).collect(), floor };
        let lag = self.terminal.lag(before, view.size, &below);
        self.room = lag.room.filter(|_| self.room.is_some() && !view.in_transit);
        if !view.in_transit && !self.caret.is_open() && self.row == CursorRow::Known {
            Edit::Up(lag.rows).put(out);
        }
    }

    /// Step 1: erases everything of ours. The cursor ends where it was.
    fn erase(&self, out: &mut Vec<u8>, view: View) {
        if self.shown.is_empty() && self.trust == Trust::Full {
            return;
        }
        // Terminals erase with the background in force.
        let plain = self.caret.pen.is_plain();
        if !plain {
            Edit::PLAIN.put(out);
        }
        let blank = self.row == CursorRow::Known && !self.caret.is_open();
        if self.trust == Trust::Wandered && blank && self.depth == Depth::Region && view.motion == Motion::Still {
            // The only time that its row is found from the bottom.
            ansi::put(out, [Edit::BOTTOM, Edit::Up(self.extent()), Edit::Column(0), Edit::EraseRest]);
        }
        if blank {
            // Nothing of the program's stands in the cursor's row. But a frame that was made for a larger window leaves the
            // cursor on its first bar, some terminals do so of their own accord, and so does an Enter that was typed and read.
            ansi::put(out, [Edit::Column(0), Edit::EraseRest]);
        }
        let down = self.caret.below + 1;
        if down < view.size.rows {
            ansi::put(out, repeat_n(Edit::Index, down));
            ansi::put(out, [Edit::EraseBelow, Edit::EraseStart, Edit::Up(down)]);
        } else if blank {
            // On the last row of the window an index would scroll the cursor's row away.
            Edit::EraseBelow.put(out);
        }
        if self.caret.wraps_next(view.size.cols) {
            self.pend_wrap(out, view);
        }
        if !plain {
            self.pen(out);
        }
    }

    /// Steps 2 and 3.
    fn draw(&self, out: &mut Vec<u8>, rows: &[Line], afresh: bool, view: View) {
        match self.place {
            Place::Below if self.knows_the_column(view) => {
                self.leave_pen(out);
                self.draw_below(out, rows, afresh);
                Edit::Column(self.caret.column.min(view.size.cols.saturating_sub(1))).put(out);
                self.return_to_pen(out);
                if self.caret.wraps_next(view.size.cols) {
                    self.pend_wrap(out, view);
                }
            }
            // The column of an open line is known to the terminal better than to us: what was typed after a prompt
            // counts as well, and so do characters whose width is a matter of opinion.
            place => {
                if afresh {
                    self.make_room(out, rows.len());
                    if self.caret.wraps_next(view.size.cols) {
                        self.pend_wrap(out, view);
                    }
                }
                Edit::Save.put(out);
                self.leave_pen(out);
                match place {
                    Place::Below => self.draw_below(out, rows, afresh),
                    Place::Bottom => self.draw_at_bottom(out, rows, afresh),
                }
                Edit::WrapOn.put(out);
                Edit::Restore.put(out);
                self.pen(out);
            }
        }
    }

    /// Whether the way back from below is taken by moves alone: those survive a resize in the middle of the frame.
    fn knows_the_column(&self, view: View) -> bool {
        match self.row {
            CursorRow::Unknown => false,
            CursorRow::Known => !self.caret.is_open() || view.motion != Motion::Still || self.caret.saved.is_some(),
        }
    }

    /// Scrolls so far that there are `rows` rows below the cursor, if there are not.
    fn make_room(&self, out: &mut Vec<u8>, rows: usize) {
        // What scrolls in has the background in force.
        if !self.caret.pen.is_plain() {
            Edit::PLAIN.put(out);
        }
        let down = self.gap() + rows;
        ansi::put(out, repeat_n(Edit::Index, down));
        Edit::Up(down).put(out);
    }

    /// Writes the rows right below the cursor's, and goes back up; the column is lost.
    fn draw_below(&self, out: &mut Vec<u8>, rows: &[Line], afresh: bool) {
        let mut down = 0;
        for (at, row) in rows.iter().enumerate() {
            let old = self.shown.get(at);
            if !afresh && old == Some(row) {
                continue;
            }
            // Index, not "down": on the last row it scrolls, and the way back up is as long as the way down, also
            // after the window has lost rows without our knowing.
            let target = self.gap() + at + 1;
            ansi::put(out, repeat_n(Edit::Index, target - down));
            down = target;
            write_row(out, old.filter(|_| !afresh), row);
        }
        Edit::Up(down).put(out);
    }

    /// Writes the rows on the last rows of the window; the way back is not taken.
    fn draw_at_bottom(&self, out: &mut Vec<u8>, rows: &[Line], afresh: bool) {
        Edit::BOTTOM.put(out);
        let mut up = 0;
        for (at, row) in rows.iter().enumerate().rev() {
            let old = self.shown.get(at);
            if !afresh && old == Some(row) {
                continue;
            }
            let target = rows.len() - 1 - at;
            Edit::Up(target - up).put(out);
            up = target;
            write_row(out, old.filter(|_| !afresh), row);
        }
    }

    fn leave_pen(&self, out: &mut Vec<u8>) {
        if !self.caret.pen.is_plain() {
            Edit::PLAIN.put(out);
        }
        Edit::WrapOff.put(out);
    }

    fn return_to_pen(&self, out: &mut Vec<u8>) {
        Edit::WrapOn.put(out);
        self.pen(out);
    }

    fn pen(&self, out: &mut Vec<u8>) {
        if !self.caret.pen.is_plain() {
            Edit::Color(self.caret.pen.into()).put(out);
        }
    }

    /// Brings a pending wrap back: the last character of the row once more.
    fn pend_wrap(&self, out: &mut Vec<u8>, view: View) {
        Edit::Column(view.size.cols.saturating_sub(self.caret.last.width.into())).put(out);
        let last = &self.caret.last;
        if !(last.pen.is_plain() && self.caret.pen.is_plain()) {
            Edit::Color(last.pen.into()).put(out);
        }
        out.extend_from_slice(last.bytes());
        if last.pen != self.caret.pen {
            Edit::Color(self.caret.pen.into()).put(out);
        }
    }
}

/// Columns up to the last that is not blank: terminals rewrap no more than that.
fn inked(row: &Line) -> usize {
    let blank = row.cells().iter().rev().take_while(|cell| row.glyph(cell) == " ");
    row.width() - blank.map(|cell| usize::from(cell.width)).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paint::color::Color;
    use crate::screen::above::Above;

    /// A terminal with a region: what is printed and shown goes through the same code as in the thread.
    struct Screen {
        terminal: avt::Terminal,
        above: Above,
        region: Region,
        view: View,
        rows: Vec<Line>,
    }

    impl Screen {
        fn new(cols: usize, rows: usize) -> Screen {
            let above = Above::new(cols);
            let region = Region::new(above.caret().clone(), Terminal::Other);
            let terminal = avt::Terminal::with_scrollback(cols, rows, None).unwrap();
            let view = View { size: Size { cols, rows }, motion: Motion::Still, in_transit: false };
            Screen { terminal, above, region, view, rows: Vec::new() }
        }

        fn show(&mut self, rows: &[&str]) {
            self.rows = rows
                .iter()
                .map(|text| {
                    let mut line = Line::new(self.view.size.cols);
                    line.push(text, Color::from(anstyle::AnsiColor::Green));
                    line
                })
                .collect();
            self.print("");
        }

        fn print(&mut self, text: &str) {
            self.above.feed(text.as_bytes());
            let mut out = Vec::new();
            self.region.paint(&mut out, self.above.ready(), self.above.caret(), &self.rows, self.view);
            self.above.passed();
            self.feed(&out);
        }

        fn finish(&mut self) {
            let mut out = Vec::new();
            let rows = std::mem::take(&mut self.rows);
            self.region.finish(&mut out, b"", self.above.caret(), &rows, self.view);
            self.feed(&out);
        }

        /// As a tty would: a line feed also goes to column 0.
        fn feed(&mut self, bytes: &[u8]) {
            let text = std::str::from_utf8(bytes).unwrap().replace('\n', "\r\n");
            self.terminal.feed(text.as_str());
        }

        /// The window changes; the frame that follows is drawn as in the thread, with lines that fit.
        fn resize(&mut self, cols: usize, rows: usize) {
            self.terminal.resize(cols, rows);
            self.view = View { size: Size { cols, rows }, motion: Motion::Resizing, in_transit: false };
            self.region.resized();
            self.above.resized(cols);
        }

        fn history(&self) -> Vec<String> {
            let screen = self.terminal.screen();
            screen.all_lines().map(|line| line.text().trim_end().to_owned()).collect()
        }

        /// Compares the visible rows with a picture; `_` is where the cursor is.
        #[track_caller]
        fn check(&self, picture: &str) {
            let cursor = self.terminal.cursor();
            let screen = self.terminal.screen();
            let seen: Vec<String> = screen
                .visible_lines()
                .enumerate()
                .map(|(at, line)| {
                    let mut text = line.text().trim_end().to_owned();
                    if at == cursor.row {
                        while text.chars().count() < cursor.col {
                            text.push(' ');
                        }
                        let at = text.char_indices().nth(cursor.col).map_or(text.len(), |(at, _)| at);
                        text.insert(at, '_');
                    }
                    text
                })
                .collect();
            let wanted: Vec<&str> =
                picture.lines().filter_map(|line| line.trim_start().strip_prefix('|')).map(str::trim_end).collect();
            assert_eq!(seen, wanted, "\n{}", seen.join("\n"));
        }
    }

    #[test]
    fn bars_stand_on_the_last_rows_from_the_first_frame() {
        let mut screen = Screen::new(12, 5);
        screen.feed(b"$ prog\n");
        screen.show(&["one  1/9", "two  2/9"]);
        screen.check(
            "|$ prog
             |_
             |
             |one  1/9
             |two  2/9",
        );
    }

    #[test]
    fn printed_lines_scroll_above() {
        let mut screen = Screen::new(12, 5);
        screen.show(&["bar"]);
        screen.print("a\nb\n");
        screen.check(
            "|a
             |b
             |_
             |
             |bar",
        );
        screen.print("c\nd\ne\nf\n");
        screen.check(
            "|d
             |e
             |f
             |_
             |bar",
        );
        assert_eq!(screen.history(), ["a", "b", "c", "d", "e", "f", "", "bar"]);
    }

    #[test]
    fn an_open_line_stays_open() {
        let mut screen = Screen::new(12, 3);
        screen.show(&["bar"]);
        screen.print("name? ");
        screen.check(
            "|name? _
             |
             |bar",
        );
        screen.feed(b"joe"); // typed, and echoed by the terminal: nobody told us
        screen.show(&["rab"]);
        screen.check(
            "|name? joe_
             |
             |rab",
        );
        screen.print("\nhi joe\n");
        screen.check(
            "|hi joe
             |_
             |rab",
        );
    }

    #[test]
    fn a_prompt_is_answered_on_its_own_line() {
        let mut screen = Screen::new(12, 5);
        screen.show(&["one", "two"]);
        screen.print("a\nb\nc\nd\ne\n");
        screen.print("name? ");
        screen.check(
            "|e
             |name? _
             |
             |one
             |two",
        );
        screen.feed(b"joe\n");
        screen.print("hi joe\n");
        screen.check(
            "|name? joe
             |hi joe
             |_
             |one
             |two",
        );
        assert_eq!(screen.history()[..7], ["a", "b", "c", "d", "e", "name? joe", "hi joe"]);
    }

    #[test]
    fn an_enter_that_nobody_asked_for() {
        for enters in 1..4 {
            let mut screen = Screen::new(12, 6);
            screen.show(&["one", "two"]);
            screen.print("a\nb\nc\nd\ne\nf\n");
            for _ in 0..enters {
                screen.feed(b"\n");
                screen.region.wandered();
                screen.print("");
            }
            screen.print("g\n");
            screen.check(
                "|e
                 |f
                 |g
                 |_
                 |one
                 |two",
            );
        }
    }

    #[test]
    fn a_line_as_wide_as_the_window_wraps_once() {
        for rows in [3, 9] {
            let mut screen = Screen::new(8, rows);
            screen.show(&["bar"]);
            screen.print("12345678");
            screen.show(&["rab"]);
            screen.print("90");
            screen.show(&["bar"]);
            screen.print("\n");
            let text = screen.terminal.screen().text();
            assert_eq!(text[0], "1234567890", "on {rows} rows");
        }
    }

    #[test]
    fn a_smaller_region_stays_at_the_bottom() {
        let mut screen = Screen::new(12, 5);
        screen.show(&["one", "two", "three"]);
        screen.print("a\nb\nc\nd\ne\nf\n");
        screen.show(&["two"]);
        screen.check(
            "|f
             |_
             |
             |
             |two",
        );
        screen.print("g\n");
        screen.check(
            "|f
             |g
             |_
             |
             |two",
        );
        assert_eq!(screen.history()[..6], ["a", "b", "c", "d", "e", "f"]);
    }

    #[test]
    fn a_larger_region_pushes_the_log_up() {
        let mut screen = Screen::new(12, 4);
        screen.print("a\nb\nc\nd\n");
        screen.show(&["one", "two"]);
        screen.check(
            "|d
             |_
             |one
             |two",
        );
        screen.print("e\n");
        screen.show(&["one", "two", "three"]);
        screen.check(
            "|_
             |one
             |two
             |three",
        );
        assert_eq!(screen.history(), ["a", "b", "c", "d", "e", "", "one", "two", "three"]);
    }

    #[test]
    fn colours_of_an_open_line_go_on() {
        let mut screen = Screen::new(12, 3);
        screen.show(&["bar"]);
        screen.print("\x1b[31;44mred");
        screen.show(&["rab"]);
        screen.print("more\x1b[0m\n");
        let term = screen.terminal.screen();
        let line = term.line(0).unwrap();
        assert!(line.cells()[..7].iter().all(|cell| cell.pen().foreground() == Some(avt::Color::Indexed(1))));
        let bar = term.line(2).unwrap();
        assert_eq!(bar.text().trim_end(), "rab");
        assert!(bar.cells().iter().all(|cell| cell.pen().background().is_none()));
    }

    #[test]
    fn the_last_frame_leaves_the_bars_as_lines() {
        let mut screen = Screen::new(12, 6);
        screen.show(&["one", "two"]);
        screen.print("a\nopen");
        screen.finish();
        screen.check(
            "|a
             |open
             |one
             |two
             |_
             |",
        );
    }

    #[test]
    fn with_nothing_left_the_open_line_stays_open() {
        let mut screen = Screen::new(12, 4);
        screen.show(&["one"]);
        screen.print("open");
        screen.rows.clear();
        screen.finish();
        screen.check(
            "|open_
             |
             |
             |",
        );
    }

    #[test]
    fn a_program_that_writes_over_its_own_rows() {
        let mut screen = Screen::new(12, 6);
        screen.show(&["bar"]);
        screen.print("p1 0%\np2 0%\n");
        screen.print("\x1b[2A");
        screen.check(
            "|_p1 0%
             |p2 0%
             |
             |
             |
             |bar",
        );
        screen.print("\rp1 9%\n");
        screen.print("p2 8%\n");
        screen.check(
            "|p1 9%
             |p2 8%
             |_
             |
             |
             |bar",
        );
    }

    /// Lines that fit into the window before and after are never wrapped, so nothing of them is left behind.
    #[test]
    fn a_resize_leaves_nothing_behind() {
        let mut screen = Screen::new(20, 8);
        for n in 0..20 {
            screen.print(&format!("line {n}\n"));
        }
        screen.show(&["one", "two"]);
        let mut expected: Vec<String> = (0..20).map(|n| format!("line {n}")).collect();
        for (n, (cols, rows)) in
            [(20, 8), (12, 8), (12, 5), (30, 12), (9, 4), (40, 3), (10, 30), (20, 8)].into_iter().enumerate()
        {
            screen.resize(cols, rows);
            screen.print(&format!("after {n}\n"));
            screen.show(&["two", "one"]);
            expected.push(format!("after {n}"));
        }
        screen.finish();
        let history = screen.history();
        let log: Vec<&String> = history.iter().filter(|line| !line.is_empty()).collect();
        expected.extend(["two".into(), "one".into()]);
        assert_eq!(log.into_iter().cloned().collect::<Vec<_>>(), expected);
    }

    /// Only rows in which certainly nothing of the program's stands are erased after a resize.
    #[test]
    fn a_row_that_was_jumped_to_is_left_alone() {
        for jump in ["\n\x1b[1;1H", "\n\x1b[1d", "\x1b[?1049h\n\n\x1b[?1049l"] {
            let mut screen = Screen::new(12, 5);
            screen.feed(b"log\r");
            screen.show(&["bar"]);
            screen.print(jump);
            screen.resize(11, 5);
            screen.print("");
            assert_eq!(screen.history()[0], "log", "{jump:?}");
        }
    }

    /// What stays the same between two frames is not written again.
    #[test]
    fn nothing_new_is_nothing_written() {
        let mut screen = Screen::new(20, 5);
        screen.show(&["one  1/9", "two  2/9"]);
        let mut out = Vec::new();
        let rows = screen.rows.clone();
        screen.region.paint(&mut out, b"", screen.above.caret(), &rows, screen.view);
        assert_eq!(String::from_utf8(out).unwrap(), "");
    }
}
