//! Which bars find a row.

use super::by_age::Entry;
use super::finished::Tally;
use super::lists::Lists;

/// What a row shows, or several rows that stay together.
#[derive(Clone, Debug)]
pub(crate) enum Row {
    /// A bar, in so many rows.
    Bar(Entry, usize),
    /// Blank rows, this many. They stand below a pinned bar, where there are too few other bars.
    Blank(usize),
    /// The number of bars that are not visible.
    More(usize),
    /// Closed bars that are summed up.
    Finished(Tally),
}

/// How many rows a bar takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Height {
    /// Those of its format.
    Whole,
    /// One.
    FirstRow,
}

impl Row {
    /// The rows that it takes.
    pub(crate) fn height(&self) -> usize {
        match self {
            Row::Bar(_, rows) | Row::Blank(rows) => *rows,
            Row::More(_) | Row::Finished(_) => 1,
        }
    }
}

impl Height {
    fn of(self, entry: &Entry) -> usize {
        match self {
            Height::Whole => entry.bar.height(),
            Height::FirstRow => 1,
        }
    }
}

impl Lists {
    /// Fills `selected` with the contents of `rows` rows, top to bottom; `tally` are the closed bars that
    /// are summed up. If there are more bars than rows, pinned bars come first, then those of higher
    /// priority; of the same priority, open bars before closed ones, parents before their children, older ones before newer ones. One row
    /// says how many are not visible, another one sums up closed bars that have made room. A bar of
    /// several rows is shown as a whole or not at all; only the first one is cut to the rows there are.
    ///
    /// The time is proportional to the rows, not to the bars.
    pub(super) fn select_rows(&self, tally: Tally, rows: usize, height: Height, selected: &mut Vec<Row>) {
        selected.clear();
        let free = self.open.len() + self.closed.len();
        // From the bottom up: pinned bars have their rows, the others fill the rows between.
        let (mut end, mut pinned_rows) = (0, 0);
        let fits = |(row, entry): &&(usize, Entry)| {
            let own = height.of(entry);
            end = end.max(row.saturating_sub(1)).saturating_add(own);
            pinned_rows += if end <= rows { own } else { 0 };
            end <= rows
        };
        let pinned = self.pinned.iter().take_while(fits).count();
        let has_summary = !tally.is_empty() && rows > pinned_rows;
        let remaining = rows - pinned_rows - usize::from(has_summary);

        if has_summary {
            selected.push(Row::Finished(tally));
        }
        let first = selected.len();
        if free > remaining || !self.select_free(remaining, height, selected) {
            selected.truncate(first);
            self.select_free(remaining.saturating_sub(1), height, selected);
        }
        let more = free - (selected.len() - first) + self.pinned.len() - pinned;
        let taken: usize = selected.iter().map(Row::height).sum();
        if more > 0 && taken + pinned_rows < rows {
            selected.push(Row::More(more));
        }
        // The newest is lowest. Reversed, row 1 comes first, and pinned bars are inserted at their
        // rows, or above a bar that extends beyond them.
        selected.reverse();
        let (mut at, mut below) = (0, 0_usize);
        for (row, entry) in self.pinned.iter().take(pinned) {
            // The rows that are still to be filled before this one.
            while let gap @ 1.. = row.saturating_sub(below.saturating_add(1)) {
                if at == selected.len() {
                    selected.push(Row::Blank(gap));
                }
                below = below.saturating_add(selected[at].height());
                at += 1;
            }
            selected.insert(at, Row::Bar(entry.clone(), height.of(entry)));
            below = below.saturating_add(selected[at].height());
            at += 1;
        }
        selected.reverse();
    }

    /// Appends the bars with the best claim that are not pinned and fit into `rows` rows, in their
    /// order. Returns whether these are all.
    fn select_free(&self, rows: usize, height: Height, selected: &mut Vec<Row>) -> bool {
        let first = selected.len();
        let mut left = rows;
        let mut priority = None;
        let mut fits = true;
        while fits {
            let next = [&self.open, &self.closed].into_iter().filter_map(|list| list.next_priority(priority)).max();
            let Some(next) = next else { break };
            // The oldest open bars and the newest closed ones.
            let open = self.open.of_priority(next).flat_map(|bars| bars.0.iter());
            let closed = self.closed.of_priority(next).flat_map(|bars| bars.0.iter().rev());
            for entry in open.chain(closed) {
                let own = if left == 0 { 1 } else { height.of(entry) };
                fits = own <= left || (selected.len() == first && left > 0);
                if !fits {
                    break;
                }
                let own = own.min(left);
                left -= own;
                selected.push(Row::Bar(entry.clone(), own));
            }
            priority = Some(next);
        }
        selected[first..].sort_unstable_by_key(|row| match row {
            Row::Bar(entry, _) => Some(entry.id),
            Row::Blank(_) | Row::More(_) | Row::Finished(_) => None,
        });
        fits
    }
}

#[cfg(test)]
mod tests;
