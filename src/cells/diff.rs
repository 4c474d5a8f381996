//! Compares two versions of a row and encodes their difference in few bytes.

use super::ansi::{self, TermOp};
use super::line::{Cell, Line};

/// From this many columns between two changes on, moving the cursor takes fewer bytes than writing
/// the equal cells again.
const WORTH_A_MOVE: usize = 6;

/// Appends the bytes that change a row from `old` to `new`. The cursor may be anywhere in that row.
/// The style is plain, and autowrap is off.
pub(crate) fn encode_row(out: &mut Vec<u8>, old: &Line, new: &Line) {
    let mut changes = Runs::new(old, new);
    let Some(mut run) = changes.next() else { return erase_tail(out, old, new) };
    for next in changes {
        if next.column - (run.column + run.width) < WORTH_A_MOVE {
            run = Run { last: next.last, width: next.column + next.width - run.column, ..run };
        } else {
            encode_run(out, new, &run);
            run = next;
        }
    }
    encode_run(out, new, &run);
    erase_tail(out, old, new);
}

fn encode_run(out: &mut Vec<u8>, new: &Line, run: &Run) {
    TermOp::Column(run.column).encode(out);
    ansi::encode_cells(out, new, run.first..run.last + 1);
}

fn erase_tail(out: &mut Vec<u8>, old: &Line, new: &Line) {
    if new.width() < old.width() {
        ansi::encode_all(out, [TermOp::Column(new.width()), TermOp::EraseRest]);
    }
}

/// A run of changed cells: the indices of its first and last cell in the new line, and its columns.
#[derive(Clone, Copy, Debug)]
struct Run {
    first: usize,
    last: usize,
    column: usize,
    width: usize,
}

/// Iterates over the cells of the new line that the old line does not have in the same columns.
/// Each one is a run of its own.
struct Runs<'a> {
    old: &'a Line,
    new: &'a Line,
    old_at: usize,
    old_column: usize,
    new_at: usize,
    new_column: usize,
}

impl<'a> Runs<'a> {
    fn new(old: &'a Line, new: &'a Line) -> Self {
        Runs { old, new, old_at: 0, old_column: 0, new_at: 0, new_column: 0 }
    }

    /// Skips the cells that both lines have here.
    fn skip_equal(&mut self) {
        let equal = self.old.equal_cells(self.old_at, self.new, self.new_at);
        let columns: usize = self.new.cells().iter().skip(self.new_at).take(equal).map(Cell::columns).sum();
        self.old_at += equal;
        self.old_column += columns;
        self.new_at += equal;
        self.new_column += columns;
    }
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        if self.old_column == self.new_column {
            self.skip_equal();
        }
        let cell = self.new.cells().get(self.new_at)?;
        let run = Run { first: self.new_at, last: self.new_at, column: self.new_column, width: cell.columns() };
        self.new_at += 1;
        self.new_column += run.width;
        while self.old_column < self.new_column {
            let Some(skipped) = self.old.cells().get(self.old_at) else { break };
            self.old_column += skipped.columns();
            self.old_at += 1;
        }
        Some(run)
    }
}

#[cfg(test)]
mod tests;
