//! All bars in their order, and which of them are visible.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::bar::Bar;
use super::newcomers::Newcomers;
use super::on_close::OnClose;
use super::on_stop::OnStop;

/// All bars of all managers, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    /// Bars that are in use.
    open: ByAge,
    /// Bars that are closed and stay.
    closed: ByAge,
    /// Bars pinned to a row, sorted by that row.
    pinned: Vec<(usize, Entry)>,
    next_serial: u64,
    /// The managers whose bars are erased when they stop.
    clearing: Vec<ManagerId>,
    newcomers: Newcomers<Entry>,
}

/// Bars sorted by age. A deque, not a tree: insertions are mostly at the back, removals mostly at
/// the front, and an entry is a few words.
#[derive(Debug, Default)]
struct ByAge(VecDeque<Entry>);

/// Identifies a bar, and orders bars by age. A bar that replaces another takes over its age, with a
/// new serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id {
    age: u64,
    serial: u64,
}

/// Identifies the manager that a bar belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ManagerId(pub(crate) u64);

/// The row of a bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// Not pinned: above all newer bars that are not pinned.
    #[default]
    Free,
    /// Always this row, counted from the bottom: 1 is the last one.
    Pinned(usize),
}

/// A bar in the roster.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) id: Id,
    pub(crate) bar: Arc<Bar>,
    pub(crate) manager: ManagerId,
}

/// What one row shows.
#[derive(Clone, Debug)]
pub(crate) enum Row {
    /// A bar.
    Bar(Entry),
    /// Nothing: there are too few bars to fill the rows below a pinned row.
    Blank,
    /// The number of bars that are not visible.
    More(usize),
}

impl Roster {
    /// A roster that also notes which bars were added or opened again: for outputs that tell when a
    /// bar begins.
    pub(crate) fn with_newcomers() -> Roster {
        Roster { newcomers: Newcomers::noted(), ..Roster::default() }
    }

    /// Returns the bars that were added or opened again since the last call, oldest first.
    pub(crate) fn take_newcomers(&mut self) -> VecDeque<Entry> {
        self.newcomers.take()
    }

    /// Notes no newcomers any more.
    pub(crate) fn ignore_newcomers(&mut self) {
        self.newcomers = Newcomers::default();
    }

    /// Adds a manager, with what remains of its bars when it stops.
    pub(crate) fn add_manager(&mut self, manager: ManagerId, on_stop: OnStop) {
        match on_stop {
            OnStop::KeepBars => {}
            OnStop::ClearBars => self.clearing.push(manager),
        }
    }

    /// Adds a bar below all others, or pinned to its row. If that row is taken, the bar is not
    /// pinned.
    pub(crate) fn add(&mut self, bar: Arc<Bar>, manager: ManagerId, place: Place) -> Id {
        let serial = self.take_serial();
        let id = Id { age: serial, serial };
        let entry = Entry { id, bar, manager };
        self.newcomers.note(&entry);
        match place {
            Place::Pinned(row) if !self.is_taken(row) => {
                let at = self.pinned.partition_point(|(taken, _)| *taken < row);
                self.pinned.insert(at, (row, entry));
            }
            _ => self.open.insert(entry),
        }
        id
    }

    /// Replaces the bar `old` by another one.
    pub(crate) fn replace(&mut self, old: Id, bar: Arc<Bar>, manager: ManagerId) -> Id {
        let id = Id { age: old.age, serial: self.take_serial() };
        let entry = Entry { id, bar, manager };
        self.newcomers.note(&entry);
        if let Some((_, pinned)) = self.pinned.iter_mut().find(|(_, pinned)| pinned.id == old) {
            *pinned = entry;
        } else {
            self.open.remove(old);
            self.closed.remove(old);
            self.open.insert(entry);
        }
        id
    }

    fn take_serial(&mut self) -> u64 {
        self.next_serial += 1;
        self.next_serial - 1
    }

    /// Whether a bar is pinned to `row`.
    pub(crate) fn is_taken(&self, row: usize) -> bool {
        self.pinned.iter().any(|(taken, _)| *taken == row)
    }

    /// Moves a bar to the closed ones, or removes it. A pinned bar that is kept stays in its row.
    pub(crate) fn close(&mut self, id: Id, on_close: OnClose) {
        let open = self.open.remove(id);
        let pinned = match on_close {
            OnClose::Keep => None,
            OnClose::Log | OnClose::Clear => self.take_pinned(id),
        };
        match on_close {
            OnClose::Keep | OnClose::Log => open.or(pinned).into_iter().for_each(|entry| self.closed.insert(entry)),
            OnClose::Clear => drop(self.closed.remove(id)),
        }
    }

    fn take_pinned(&mut self, id: Id) -> Option<Entry> {
        let at = self.pinned.iter().position(|(_, entry)| entry.id == id)?;
        Some(self.pinned.remove(at).1)
    }

    /// Removes the closed bars that move up into the log, oldest first, at most `most`: those that
    /// are to do so, and if there are more bars than `rows`, others that are closed.
    pub(crate) fn take_finished(&mut self, rows: usize, most: usize) -> Vec<Arc<Bar>> {
        let mut scarce = (self.open.0.len() + self.closed.0.len() + self.pinned.len()).saturating_sub(rows);
        let mut finished = Vec::new();
        // Those that are to move up make room for others.
        for on_close in [OnClose::Log, OnClose::Keep] {
            self.closed.0.retain(|entry| {
                let moves = finished.len() < most
                    && entry.bar.on_close() == on_close
                    && (on_close == OnClose::Log || scarce > 0);
                if moves {
                    scarce = scarce.saturating_sub(1);
                    finished.push(entry.clone());
                }
                !moves
            });
        }
        finished.sort_unstable_by_key(|entry| entry.id);
        finished.into_iter().map(|entry| entry.bar).collect()
    }

    /// Moves a closed bar back to the open ones, or adds it again if it was removed.
    pub(crate) fn reopen(&mut self, id: Id, bar: &Arc<Bar>, manager: ManagerId) {
        self.newcomers.note(&Entry { id, bar: bar.clone(), manager });
        if self.pinned.iter().any(|(_, entry)| entry.id == id) {
            return;
        }
        let entry = self.closed.remove(id).unwrap_or_else(|| Entry { id, bar: bar.clone(), manager });
        self.open.insert(entry);
    }

    /// Excludes `time` from the elapsed time of all open bars: the process was stopped.
    pub(crate) fn discount(&self, time: Duration) {
        for entry in self.open.0.iter().chain(self.pinned.iter().map(|(_, entry)| entry)) {
            entry.bar.discount(time);
        }
    }

    /// Fills `selected` with the contents of `rows` rows, top to bottom. If there are more bars
    /// than rows, pinned bars come first, then open bars, older ones before newer ones. One row
    /// says how many are not visible.
    ///
    /// The time is proportional to the rows, not to the bars.
    pub(crate) fn select_rows(&self, rows: usize, selected: &mut Vec<Row>) {
        let (open, closed) = (&self.open.0, &self.closed.0);
        let free = open.len() + closed.len();
        // From the bottom up: pinned bars have their rows, the others fill the rows between.
        let pinned = self.pinned.partition_point(|(row, _)| *row <= rows);
        let remaining = rows - pinned;
        let shown = if free <= remaining { free } else { remaining.saturating_sub(1) };
        let more = free - shown + self.pinned.len() - pinned;

        selected.clear();
        // The oldest open bars and the newest closed ones, merged by age.
        let (mut next_open, mut next_closed) = (0, free - shown.max(open.len()));
        for _ in 0..shown {
            let (oldest, next) = match (open.get(next_open), closed.get(next_closed)) {
                (Some(open), Some(closed)) if closed.id < open.id => (Some(closed), &mut next_closed),
                (None, closed) => (closed, &mut next_closed),
                (open, _) => (open, &mut next_open),
            };
            *next += 1;
            selected.extend(oldest.map(|entry| Row::Bar(entry.clone())));
        }
        if more > 0 && shown + pinned < rows {
            selected.push(Row::More(more));
        }
        // The newest is lowest. Reversed, row 1 comes first, and pinned bars are inserted at their
        // rows.
        selected.reverse();
        for (row, entry) in self.pinned.iter().take(pinned) {
            while selected.len() + 1 < *row {
                selected.push(Row::Blank);
            }
            selected.insert(row - 1, Row::Bar(entry.clone()));
        }
        selected.reverse();
    }

    /// Removes the bars of `manager`, or of all managers, and returns those that stay on the
    /// screen, top to bottom.
    pub(crate) fn remove_manager(&mut self, manager: Option<ManagerId>) -> Vec<Arc<Bar>> {
        let removed = |entry: &Entry| manager.is_none_or(|manager| entry.manager == manager);
        let kept = |entry: &Entry| !removed(entry);
        let mut rows = Vec::new();
        let highest = self.pinned.last().map_or(0, |(row, _)| *row);
        self.select_rows(self.open.0.len() + self.closed.0.len() + self.pinned.len() + highest, &mut rows);
        for bars in [&mut self.open, &mut self.closed] {
            bars.0.retain(kept);
        }
        self.pinned.retain(|(_, entry)| kept(entry));
        let staying = |row| match row {
            Row::Bar(entry) if !removed(&entry) || self.clearing.contains(&entry.manager) => None,
            Row::Bar(entry) => Some(entry.bar).filter(|bar| bar.stays()),
            Row::Blank | Row::More(_) => None,
        };
        let staying = rows.into_iter().filter_map(staying).collect();
        self.clearing.retain(|clearing| manager.is_some_and(|manager| manager != *clearing));
        staying
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

    /// `o` is an open bar, `c` a closed bar, a digit a bar pinned to that row.
    fn roster(states: &str) -> Roster {
        let mut roster = Roster::default();
        for state in states.chars() {
            let place = state.to_digit(10).map_or(Place::Free, |row| Place::Pinned(row as usize));
            let id = roster.add(Arc::new(Bar::for_tests()), ManagerId(0), place);
            if state == 'c' {
                roster.close(id, OnClose::Keep);
            }
        }
        roster
    }

    /// From top to bottom: the number of a bar by age, `.` for a blank row, `+n` for n more bars.
    fn selected(roster: &Roster, rows: usize) -> String {
        let mut selected = Vec::new();
        roster.select_rows(rows, &mut selected);
        let rows: Vec<String> = selected
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
    fn which_bars_find_a_row() {
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
            assert_eq!(selected(&roster(states), rows), shown, "{states} on {rows} rows");
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
            assert_eq!(selected(&roster(states), rows), shown, "{states} on {rows} rows");
        }
    }

    #[test]
    fn a_bar_in_the_place_of_another() {
        let mut roster = roster("o2o");
        let id = |serial| Id { age: serial, serial };
        let pinned = roster.replace(id(1), Arc::new(Bar::for_tests()), ManagerId(0));
        let free = roster.replace(id(0), Arc::new(Bar::for_tests()), ManagerId(0));
        assert_eq!(selected(&roster, 5), "0 1 2");
        // The old bars are gone: closing them through their handles changes nothing.
        roster.close(id(0), OnClose::Clear);
        roster.close(id(1), OnClose::Clear);
        assert_eq!(selected(&roster, 5), "0 1 2");
        roster.close(pinned, OnClose::Clear);
        assert!(!roster.is_taken(2));
        roster.close(free, OnClose::Clear);
        assert_eq!(selected(&roster, 5), "2");
    }

    #[test]
    fn finished_bars_move_up() {
        // `l` is closed and moves up in any case.
        for (states, rows, most, left) in [
            ("", 0, 9, ""),
            ("occo", 4, 9, "0 1 2 3"),
            ("occo", 3, 9, "0 2 3"),
            ("occo", 1, 9, "0 3"),
            ("occo", 1, 1, "0 2 3"),
            ("oclo", 4, 9, "0 1 3"),
            ("oclo", 3, 9, "0 1 3"),
            ("oclo", 2, 9, "0 3"),
            ("lll", 9, 2, "2"),
            ("c9c", 2, 9, "1 . . . . . . . 2"),
        ] {
            let mut roster = roster(&states.replace('l', "c"));
            for (at, _) in states.char_indices().filter(|(_, state)| *state == 'l') {
                roster
                    .closed
                    .0
                    .iter()
                    .filter(|entry| entry.id.age == at as u64)
                    .for_each(|entry| entry.bar.set_on_close(OnClose::Log));
            }
            let before = roster.open.0.len() + roster.closed.0.len();
            let moved = roster.take_finished(rows, most).len();
            assert_eq!(before - moved, roster.open.0.len() + roster.closed.0.len(), "{states} on {rows} rows");
            assert_eq!(selected(&roster, 10), left, "{states} on {rows} rows");
        }
    }

    #[test]
    fn what_stays_at_the_end() {
        let mut roster = roster("oc3o");
        roster.add(Arc::new(Bar::for_tests()), ManagerId(1), Place::Free);
        roster.add(Arc::new(Bar::for_tests()), ManagerId(2), Place::Free);
        roster.add_manager(ManagerId(2), OnStop::ClearBars);
        assert_eq!(roster.remove_manager(Some(ManagerId(0))).len(), 4);
        assert_eq!(selected(&roster, 9), "4 5");
        assert_eq!(roster.remove_manager(None).len(), 1);
        assert_eq!(selected(&roster, 9), "");
    }
}
