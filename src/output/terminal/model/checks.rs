//! Compares the terminal with the reference.

use std::iter::repeat;

use super::super::anchor::Anchor;
use super::super::passthrough::EndOfOutput;
use super::super::window::ResizeState;
use super::emulator::{is_blank, is_nothing, is_same};
use super::harness::{Harness, Outcome, ensure};
use super::op::Unseen;

impl Harness {
    pub(super) fn check(&self) -> Outcome {
        let kind = self.reference.terminal().active_screen_kind();
        ensure!(self.terminal.terminal().active_screen_kind() == kind, "another screen than {kind:?}");
        if kind == avt::ScreenKind::Alternate {
            return self.check_full_screen();
        }
        self.check_log()?;
        let (seen, wanted) = (&self.terminal, &self.reference);
        ensure!(seen.row() == wanted.row(), "cursor in row {} instead of {}", seen.row(), wanted.row());
        // The emulator does not save a pending wrap with the place; it is brought back before the
        // next text.
        let cols = self.window.size.cols;
        let col = if wanted.col() == cols { seen.col().max(cols - 1) } else { wanted.col() };
        ensure!(seen.col() == col, "cursor in column {} instead of {}", seen.col(), wanted.col());
        if self.composer.output.end() == EndOfOutput::Boundary {
            let (seen, wanted) = (seen.modes(), wanted.modes());
            ensure!(seen == wanted, "{seen:?} is on instead of {wanted:?}");
        }
        self.check_bars()
    }

    /// Row by row, from the first that ever was.
    pub(super) fn check_log(&self) -> Outcome {
        let (seen, wanted) = (self.terminal.rows(), self.reference.rows());
        for (at, wanted) in wanted.iter().take(self.reference.lowest + 1).enumerate() {
            let Some(seen) = seen.get(at) else { return Err(format!("there is no row {at}: {wanted:?}")) };
            ensure!(is_same(seen, wanted), "row {at} is {seen:?} instead of {wanted:?}");
        }
        Ok(())
    }

    /// Below the log there is nothing but the bars.
    fn check_bars(&self) -> Outcome {
        let rows = self.terminal.rows();
        let rows = &rows[self.reference.lowest + 1..];
        let room = (self.window.size.rows - 1).saturating_sub(self.reference.below());
        let wanted = &self.wanted[..self.wanted.len().min(room)];
        // Where something was erased, the line may be taken for open although it is not; never the
        // other way round, except for what the passthrough has not seen. After an echoed Enter, the
        // cursor stands in the row that was kept free for it.
        let (is_open, unseen) = (self.cursor().is_line_open(), self.unseen(&self.reference));
        ensure!(is_open || !self.reference.is_open() || unseen.is_some(), "the line is open");
        let is_open = is_open && (self.reference.is_open() || unseen != Some(Unseen::Typed));
        let spare = usize::from(is_open && (1..room).contains(&wanted.len()));
        ensure!(rows.len() >= spare + wanted.len(), "{} rows for {} bars", rows.len(), wanted.len());
        let gaps = match (self.window.resize, self.anchor) {
            (ResizeState::Idle, Anchor::Bottom) => [rows.len() - wanted.len(); 2],
            // After an echoed Enter, the next frame keeps another row free.
            (ResizeState::Idle, Anchor::Inline) if unseen == Some(Unseen::Typed) => {
                [spare, usize::from(self.cursor().is_line_open() && (1..room).contains(&wanted.len()))]
            }
            _ => [spare; 2],
        };
        let wrong = |gap: usize| {
            rows.iter().enumerate().find(|(at, row)| {
                let bar = at.checked_sub(gap).and_then(|at| wanted.get(at)).map_or(&[][..], Vec::as_slice);
                let bar = bar.iter().copied().chain(repeat(avt::Cell::default()));
                let same = row.cells().iter().copied().zip(bar).all(|(seen, wanted)| seen == wanted);
                !same || row.is_wrapped()
            })
        };
        if let (Some((_, row)), Some(_)) = (wrong(gaps[0]), wrong(gaps[1])) {
            return Err(format!("{row:?} below the log: {:?}", row.cells()));
        }
        Ok(())
    }

    /// The whole screen is the program's; and there are no bars in what is behind it.
    fn check_full_screen(&self) -> Outcome {
        let alternate = self.alternate.as_ref().ok_or("there should be none")?;
        let (seen, wanted) = (self.terminal.terminal().screen(), alternate.terminal().screen());
        ensure!(
            self.terminal.terminal().cursor() == alternate.terminal().cursor(),
            "another cursor on the full screen"
        );
        for (seen, wanted) in seen.visible_lines().zip(wanted.visible_lines()) {
            ensure!(seen == wanted, "on the full screen, {seen:?} instead of {wanted:?}");
        }
        self.check_log()?;
        for row in &self.terminal.rows()[self.reference.lowest + 1..] {
            ensure!(row.cells().iter().all(is_nothing) && !row.is_wrapped(), "behind the full screen: {row:?}");
        }
        Ok(())
    }

    /// The log and the bars, each once. Blank rows do not count: there is one where it was unknown
    /// what stood in the last.
    pub(super) fn check_end(&self) -> Outcome {
        let (rows, log) = (self.terminal.rows(), self.reference.rows());
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
    pub(super) fn picture(&self) -> String {
        let mut text = format!("after {}\n", self.last_frame.escape_ascii());
        for (name, reference) in [("terminal", &self.terminal), ("reference", &self.reference)] {
            let (row, col) = (reference.row(), reference.col());
            text += &format!("{name}: {} rows, cursor in row {row}, column {col}\n", reference.terminal().size().1);
            for row in reference.rows().iter().take(self.terminal.rows().len().max(reference.lowest + 1)) {
                text += &format!("  |{}{}\n", row.text().trim_end(), if row.is_wrapped() { "↵" } else { "" });
            }
        }
        text
    }
}
