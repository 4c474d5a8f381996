//! The last row and the next one to the fewest bytes.

use super::ansi::{self, Edit};
use super::line::Line;

/// Equal cells between two changes that are cheaper to write again than to step over.
const WORTH_A_STEP: usize = 6;

/// Turns a row that shows `old` into one that shows `new`; the cursor stands anywhere in that row, in plain style, and
/// wrapping is off.
pub(crate) fn row(out: &mut Vec<u8>, old: &Line, new: &Line) {
    let mut changes = Changes::new(old, new);
    let Some(mut run) = changes.next() else { return erase_tail(out, old, new) };
    for next in changes {
        if next.column - (run.column + run.width) < WORTH_A_STEP {
            run = Change { last: next.last, width: next.column + next.width - run.column, ..run };
        } else {
            write(out, new, &run);
            run = next;
        }
    }
    write(out, new, &run);
    erase_tail(out, old, new);
}

fn write(out: &mut Vec<u8>, new: &Line, run: &Change) {
    Edit::Column(run.column).put(out);
    ansi::cells(out, new, run.first..run.last + 1);
}

fn erase_tail(out: &mut Vec<u8>, old: &Line, new: &Line) {
    if new.width() < old.width() {
        ansi::put(out, [Edit::Column(new.width()), Edit::EraseRest]);
    }
}

/// One stretch of cells, by their places in the new line, and the columns they take.
#[derive(Clone, Copy, Debug)]
struct Change {
    first: usize,
    last: usize,
    column: usize,
    width: usize,
}

/// The cells of the new line that the old one does not show in the same columns.
struct Changes<'a> {
    old: &'a Line,
    new: &'a Line,
    old_at: usize,
    old_column: usize,
    new_at: usize,
    new_column: usize,
}

impl<'a> Changes<'a> {
    fn new(old: &'a Line, new: &'a Line) -> Self {
        // Mostly the cells at the start have not changed, and together they are passed faster than one by one.
        let at = old.common_start(new);
        let column = new.cells().iter().take(at).map(|cell| usize::from(cell.width)).sum();
        Changes { old, new, old_at: at, old_column: column, new_at: at, new_column: column }
    }
}

impl Iterator for Changes<'_> {
    type Item = Change;

    fn next(&mut self) -> Option<Change> {
        loop {
            let cell = self.new.cells().get(self.new_at)?;
            let (at, column, width) = (self.new_at, self.new_column, usize::from(cell.width));
            self.new_at += 1;
            self.new_column += width;
            while self.old_column < column {
                let Some(passed) = self.old.cells().get(self.old_at) else { break };
                self.old_column += usize::from(passed.width);
                self.old_at += 1;
            }
            let same = self.old_column == column
                && self.old.cells().get(self.old_at).is_some_and(|old| {
                    old.width == cell.width
                        && old.color == cell.color
                        && self.old.bytes(old).iter().eq(self.new.bytes(cell))
                });
            if !same {
                return Some(Change { first: at, last: at, column, width });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paint::color::Color;

    fn line(text: &str) -> Line {
        let mut line = Line::new(80);
        line.push(text, Color::DEFAULT);
        line
    }

    fn edits(old: &str, new: &str) -> String {
        let mut out = Vec::new();
        row(&mut out, &line(old), &line(new));
        String::from_utf8(out).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn only_what_changed_is_written() {
        for (old, new, bytes) in [
            ("", "", ""),
            ("same", "same", ""),
            ("", "new", "\rnew"),
            ("abc", "abd", "^[3Gd"),
            ("abcdef", "ab", "^[3G^[K"),
            ("ab", "abcdef", "^[3Gcdef"),
            ("1 ---------------- 1", "2 ---------------- 2", "\r2^[20G2"),
            ("1 --- 1", "2 --- 2", "\r2 --- 2"),
            ("漢字", "漢z", "^[3Gz^[4G^[K"),
            ("ab", "漢", "\r漢"),
        ] {
            assert_eq!(edits(old, new), bytes, "{old:?} to {new:?}");
        }
    }

    fn shown(bytes: &[u8]) -> Vec<String> {
        let mut terminal = avt::Terminal::new(24, 1).unwrap();
        terminal.feed(std::str::from_utf8(bytes).unwrap());
        terminal.screen().text()
    }

    /// Whatever stood there, afterwards the row shows the new line: checked on a terminal.
    #[test]
    fn the_row_shows_the_new_line() {
        let texts = ["", "a", "abc", "漢字", "x漢字y", "漢", "a漢", "abcdefghijklmnopqrst", "ab     klmn"];
        for old in texts {
            for new in texts {
                let mut out = Vec::new();
                ansi::line(&mut out, &line(old));
                row(&mut out, &line(old), &line(new));
                assert_eq!(shown(&out), shown(new.as_bytes()), "{old:?} to {new:?}");
            }
        }
    }
}
