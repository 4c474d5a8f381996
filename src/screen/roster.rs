//! The bars that are managed, in order, and which of them find a row.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::bar::Bar;

/// All bars of the terminal, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    /// Bars that are being worked on, by age.
    open: BTreeMap<Id, Entry>,
    /// Bars that are finished and stay, by age.
    closed: BTreeMap<Id, Entry>,
    next: u64,
}

/// A bar's place in the order of age. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id(u64);

/// Whose bar it is: each manager has its own number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Owner(pub(crate) u64);

#[derive(Clone, Debug)]
struct Entry {
    bar: Arc<Bar>,
    owner: Owner,
}

/// The bars that find a row, top to bottom, and how many do not.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    pub(crate) bars: Vec<(Id, Arc<Bar>)>,
    pub(crate) more: usize,
}

impl Roster {
    /// Adds a bar below all others.
    pub(crate) fn add(&mut self, bar: Arc<Bar>, owner: Owner) -> Id {
        let id = Id(self.next);
        self.next += 1;
        self.open.insert(id, Entry { bar, owner });
        id
    }

    /// The bar is finished: it stays as it is, or goes.
    pub(crate) fn close(&mut self, id: Id, leave: bool) {
        if let Some(entry) = self.open.remove(&id).filter(|_| leave) {
            self.closed.insert(id, entry);
        }
    }

    /// It is being worked on again.
    pub(crate) fn reopen(&mut self, id: Id, bar: &Arc<Bar>, owner: Owner) {
        let entry = self.closed.remove(&id).unwrap_or_else(|| Entry { bar: bar.clone(), owner });
        self.open.insert(id, entry);
    }

    /// Fills `cast` with the bars for `rows` rows. Where there are more, the unfinished ones come first, the oldest of them before
    /// the newer, and the last row is left free to say how many are missing.
    ///
    /// Costs by the rows, not by the bars.
    pub(crate) fn cast(&self, rows: usize, cast: &mut Cast) {
        cast.bars.clear();
        let all = self.open.len() + self.closed.len();
        let room = if all <= rows { all } else { rows.saturating_sub(1) };
        let chosen = |(id, entry): (&Id, &Entry)| (*id, entry.bar.clone());
        cast.bars.extend(self.open.iter().take(room).map(chosen));
        let left = room - cast.bars.len();
        cast.bars.extend(self.closed.iter().rev().take(left).map(chosen));
        cast.bars.sort_unstable_by_key(|(id, _)| *id);
        cast.more = all - room;
    }

    /// Takes out the bars of `owner` and returns those that are to stay on the screen, oldest first.
    pub(crate) fn retire(&mut self, owner: Owner) -> Vec<Arc<Bar>> {
        let mut gone: Vec<(Id, Arc<Bar>)> = Vec::new();
        for bars in [&mut self.open, &mut self.closed] {
            bars.retain(|id, entry| {
                let stays = entry.owner != owner;
                if !stays && entry.bar.leaves() {
                    gone.push((*id, entry.bar.clone()));
                }
                stays
            });
        }
        gone.sort_unstable_by_key(|(id, _)| *id);
        gone.into_iter().map(|(_, bar)| bar).collect()
    }

    /// Takes out all bars and returns those that are to stay on the screen, oldest first.
    pub(crate) fn retire_all(&mut self) -> Vec<Arc<Bar>> {
        let mut all = std::mem::take(&mut self.open);
        all.append(&mut self.closed);
        all.into_values().map(|entry| entry.bar).filter(|bar| bar.leaves()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roster(states: &str) -> Roster {
        let mut roster = Roster::default();
        for state in states.chars() {
            let id = roster.add(Arc::new(Bar::for_tests()), Owner(0));
            if state == 'c' {
                roster.close(id, true);
            }
        }
        roster
    }

    #[test]
    fn who_finds_a_row() {
        for (states, rows, shown, more) in [
            ("", 0, &[][..], 0),
            ("", 5, &[], 0),
            ("o", 0, &[], 1),
            ("oo", 1, &[], 2),
            ("oo", 2, &[0, 1], 0),
            ("ooo", 2, &[0], 2),
            ("coc", 3, &[0, 1, 2], 0),
            ("ococ", 3, &[0, 2], 2),
            ("cccc", 3, &[2, 3], 2),
            ("cooc", 4, &[0, 1, 2, 3], 0),
            ("ccooc", 4, &[2, 3, 4], 2),
        ] {
            let mut cast = Cast::default();
            roster(states).cast(rows, &mut cast);
            let ids: Vec<u64> = cast.bars.iter().map(|(id, _)| id.0).collect();
            assert_eq!((ids.as_slice(), cast.more), (shown, more), "{states} on {rows} rows");
        }
    }
}
