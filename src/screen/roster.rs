//! The bars that are managed, in order, and which of them find a row.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::bar::Bar;

/// All bars of the terminal, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    /// Bars that are being worked on.
    open: ByAge,
    /// Bars that are finished and stay.
    closed: ByAge,
    /// Bars that have a row of their own, by that row.
    pinned: Vec<(usize, Entry)>,
    next: u64,
}

/// Bars in the order of age. Not a tree: most come last, most go first, and what is moved for the others are a few words for each.
#[derive(Debug, Default)]
struct ByAge(VecDeque<Entry>);

/// A bar's place in the order of age, and who it is: a bar that takes the place of another has its place and a serial of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id {
    age: u64,
    serial: u64,
}

/// Whose bar it is: each manager has its own number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Owner(pub(crate) u64);

/// Which row a bar stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// The lowest that is free, until a newer one comes.
    #[default]
    Free,
    /// Always this one, counted from the bottom: 1 is the last row.
    Pinned(usize),
}

/// A bar that is managed.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) id: Id,
    pub(crate) bar: Arc<Bar>,
    owner: Owner,
}

/// What stands in the rows, top to bottom.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    pub(crate) rows: Vec<Row>,
}

/// What stands in one row.
#[derive(Clone, Debug)]
pub(crate) enum Row {
    /// A bar.
    Bar(Entry),
    /// Nothing: there are fewer bars than the highest pinned row has below it.
    Blank,
    /// So many bars that found no row.
    More(usize),
}

impl Roster {
    /// Adds a bar: below all others, or in its own row.
    pub(crate) fn add(&mut self, bar: Arc<Bar>, owner: Owner, place: Place) -> Id {
        let serial = self.serial();
        let id = Id { age: serial, serial };
        let entry = Entry { id, bar, owner };
        match place {
            Place::Pinned(row) if !self.is_taken(row) => {
                let at = self.pinned.partition_point(|(taken, _)| *taken < row);
                self.pinned.insert(at, (row, entry));
            }
            _ => self.open.insert(entry),
        }
        id
    }

    /// Adds a bar in the place of another, which goes.
    pub(crate) fn replace(&mut self, old: Id, bar: Arc<Bar>, owner: Owner) -> Id {
        let id = Id { age: old.age, serial: self.serial() };
        let entry = Entry { id, bar, owner };
        if let Some((_, pinned)) = self.pinned.iter_mut().find(|(_, pinned)| pinned.id == old) {
            *pinned = entry;
        } else {
            self.open.remove(old);
            self.closed.remove(old);
            self.open.insert(entry);
        }
        id
    }

    fn serial(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    /// Whether a bar is pinned to `row`.
    pub(crate) fn is_taken(&self, row: usize) -> bool {
        self.pinned.iter().any(|(taken, _)| *taken == row)
    }

    /// The bar is finished: it stays as it is, or goes.
    pub(crate) fn close(&mut self, id: Id, leave: bool) {
        let open = self.open.remove(id);
        if leave {
            open.into_iter().for_each(|entry| self.closed.insert(entry));
        } else {
            self.pinned.retain(|(_, entry)| entry.id != id);
            self.closed.remove(id);
        }
    }

    /// It is being worked on again.
    pub(crate) fn reopen(&mut self, id: Id, bar: &Arc<Bar>, owner: Owner) {
        if self.pinned.iter().any(|(_, entry)| entry.id == id) {
            return;
        }
        let entry = self.closed.remove(id).unwrap_or_else(|| Entry { id, bar: bar.clone(), owner });
        self.open.insert(entry);
    }

    /// No time has passed for so long: the process was stopped.
    pub(crate) fn skip(&self, time: Duration) {
        for entry in self.open.0.iter().chain(self.pinned.iter().map(|(_, entry)| entry)) {
            entry.bar.skip(time);
        }
    }

    /// Fills `cast` with what stands in `rows` rows. Where there are more bars, the pinned ones come first, then the
    /// unfinished, the oldest of them before the newer, and one row says how many are missing.
    ///
    /// Costs by the rows, not by the bars.
    pub(crate) fn cast(&self, rows: usize, cast: &mut Cast) {
        let (open, closed) = (&self.open.0, &self.closed.0);
        let free = open.len() + closed.len();
        // From the bottom up: what is pinned stands, the others fill the rows between.
        let pinned = self.pinned.partition_point(|(row, _)| *row <= rows);
        let room = rows - pinned;
        let shown = if free <= room { free } else { room.saturating_sub(1) };
        let more = free - shown + self.pinned.len() - pinned;

        let cast = &mut cast.rows;
        cast.clear();
        // The oldest that are open and the newest that are closed, together by age.
        let (mut one, mut other) = (0, free - shown.max(open.len()));
        for _ in 0..shown {
            let (oldest, at) = match (open.get(one), closed.get(other)) {
                (Some(open), Some(closed)) if closed.id < open.id => (Some(closed), &mut other),
                (None, closed) => (closed, &mut other),
                (open, _) => (open, &mut one),
            };
            *at += 1;
            cast.extend(oldest.map(|entry| Row::Bar(entry.clone())));
        }
        if more > 0 && shown + pinned < rows {
            cast.push(Row::More(more));
        }
        // Newest lowest: the list is turned, so that row 1 comes first, and the pinned ones are put in at theirs.
        cast.reverse();
        for (row, entry) in self.pinned.iter().take(pinned) {
            while cast.len() + 1 < *row {
                cast.push(Row::Blank);
            }
            cast.insert(row - 1, Row::Bar(entry.clone()));
        }
        cast.reverse();
    }

    /// Takes out the bars of `owner`, or of all, and returns those that are to stay on the screen, top to bottom.
    pub(crate) fn retire(&mut self, owner: Option<Owner>) -> Vec<Arc<Bar>> {
        let goes = |entry: &Entry| owner.is_none_or(|owner| entry.owner == owner);
        let stays = |entry: &Entry| !goes(entry);
        let mut cast = Cast::default();
        let highest = self.pinned.last().map_or(0, |(row, _)| *row);
        self.cast(self.open.0.len() + self.closed.0.len() + self.pinned.len() + highest, &mut cast);
        for bars in [&mut self.open, &mut self.closed] {
            bars.0.retain(stays);
        }
        self.pinned.retain(|(_, entry)| stays(entry));
        let left = |row| match row {
            Row::Bar(entry) if goes(&entry) && entry.bar.leaves() => Some(entry.bar),
            _ => None,
        };
        cast.rows.into_iter().filter_map(left).collect()
    }
}

impl ByAge {
    fn insert(&mut self, entry: Entry) {
        let at = self.0.partition_point(|other| other.id < entry.id);
        self.0.insert(at, entry);
    }

    fn remove(&mut self, id: Id) -> Option<Entry> {
        let at = self.0.binary_search_by_key(&id, |entry| entry.id).ok()?;
        self.0.remove(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `o` an open bar, `c` a closed one, a digit a bar pinned to that row.
    fn roster(states: &str) -> Roster {
        let mut roster = Roster::default();
        for state in states.chars() {
            let place = state.to_digit(10).map_or(Place::Free, |row| Place::Pinned(row as usize));
            let id = roster.add(Arc::new(Bar::for_tests()), Owner(0), place);
            if state == 'c' {
                roster.close(id, true);
            }
        }
        roster
    }

    /// Top to bottom: the number of a bar in order of age, `.` a blank row, `+n` how many more.
    fn cast(roster: &Roster, rows: usize) -> String {
        let mut cast = Cast::default();
        roster.cast(rows, &mut cast);
        let rows: Vec<String> = cast
            .rows
            .iter()
            .map(|row| match row {
                Row::Bar(entry) => entry.id.age.to_string(),
                Row::Blank => ".".to_owned(),
                Row::More(more) => format!("+{more}"),
            })
            .collect();
        rows.join(" ")
    }

    #[test]
    fn who_finds_a_row() {
        for (states, rows, shown) in [
            ("", 0, ""),
            ("", 5, ""),
            ("o", 0, ""),
            ("o", 1, "0"),
            ("oo", 1, "+2"),
            ("oo", 2, "0 1"),
            ("ooo", 2, "0 +2"),
            ("coc", 3, "0 1 2"),
            ("ococ", 3, "0 2 +2"),
            ("cccc", 3, "2 3 +2"),
            ("cooc", 4, "0 1 2 3"),
            ("ccooc", 4, "2 3 4 +2"),
        ] {
            assert_eq!(cast(&roster(states), rows), shown, "{states} on {rows} rows");
        }
    }

    #[test]
    fn pinned_bars_keep_their_rows() {
        for (states, rows, shown) in [
            ("oo1", 5, "0 1 2"),
            ("1oo", 5, "1 2 0"),
            ("o2o", 5, "0 1 2"),
            ("3", 5, "0 . ."),
            ("o3", 5, "1 . 0"),
            ("4", 3, "+1"),
            ("1oooo", 3, "1 +3 0"),
            ("12", 1, "0"),
        ] {
            assert_eq!(cast(&roster(states), rows), shown, "{states} on {rows} rows");
        }
    }

    #[test]
    fn a_bar_in_the_place_of_another() {
        let mut roster = roster("o2o");
        let id = |serial| Id { age: serial, serial };
        let pinned = roster.replace(id(1), Arc::new(Bar::for_tests()), Owner(0));
        let free = roster.replace(id(0), Arc::new(Bar::for_tests()), Owner(0));
        assert_eq!(cast(&roster, 5), "0 1 2");
        // The old ones are gone: their handles have no say any more.
        roster.close(id(0), false);
        roster.close(id(1), false);
        assert_eq!(cast(&roster, 5), "0 1 2");
        roster.close(pinned, false);
        assert!(!roster.is_taken(2));
        roster.close(free, false);
        assert_eq!(cast(&roster, 5), "2");
    }

    #[test]
    fn what_stays_at_the_end() {
        let mut roster = roster("oc3o");
        roster.add(Arc::new(Bar::for_tests()), Owner(1), Place::Free);
        assert_eq!(roster.retire(Some(Owner(0))).len(), 4);
        assert_eq!(cast(&roster, 9), "4");
        assert_eq!(roster.retire(None).len(), 1);
        assert_eq!(cast(&roster, 9), "");
    }
}
