//! How many rows of the screen the last lines of the output take.

/// The heights of the last lines. A line that is wider than the window takes several rows.
#[derive(Debug)]
pub(super) struct LineHeights {
    /// A ring: the line before `next` is the last one.
    ended: [u8; LineHeights::MOST],
    next: usize,
    /// Rows that the line which is not ended takes above the cursor's.
    open: usize,
}

impl LineHeights {
    /// More lines than this are not remembered.
    const MOST: usize = 64;

    pub(super) fn new() -> LineHeights {
        LineHeights { ended: [0; LineHeights::MOST], next: 0, open: 0 }
    }

    /// The line goes on in a row further down.
    pub(super) fn on_wrap(&mut self, rows: usize) {
        self.open += rows;
    }

    /// The line is ended.
    pub(super) fn on_end(&mut self) {
        let height = u8::try_from(self.open + 1).unwrap_or(u8::MAX);
        if let Some(line) = self.ended.get_mut(self.next) {
            *line = height;
        }
        self.next = (self.next + 1) % LineHeights::MOST;
        self.open = 0;
    }

    /// The rows above the cursor's that the last lines take; of as many lines as fit into `most`
    /// rows.
    pub(super) fn rows_within(&self, most: usize) -> usize {
        let (before, after) = self.ended.split_at(self.next);
        let heights = before.iter().rev().chain(after.iter().rev()).take_while(|height| **height > 0);
        let mut rows = 0;
        for height in std::iter::once(self.open).chain(heights.map(|height| usize::from(*height))) {
            if rows + height > most {
                break;
            }
            rows += height;
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_lines_that_fit() {
        let mut lines = LineHeights::new();
        assert_eq!(lines.rows_within(9), 0);
        for height in [1, 3, 1, 2] {
            lines.on_wrap(height - 1);
            lines.on_end();
        }
        let fit: Vec<usize> = (0..9).map(|most| lines.rows_within(most)).collect();
        assert_eq!(fit, [0, 0, 2, 3, 3, 3, 6, 7, 7]);
        lines.on_wrap(2);
        let fit: Vec<usize> = (0..6).map(|most| lines.rows_within(most)).collect();
        assert_eq!(fit, [0, 0, 2, 2, 4, 5]);
        (0..100).for_each(|_| lines.on_end());
        assert_eq!((lines.rows_within(40), lines.rows_within(400)), (40, 64));
    }
}
