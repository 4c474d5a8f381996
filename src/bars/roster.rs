//! All bars in their order, and which of them are visible.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::bar::Bar;
use super::by_age::{Age, ByAge, Entry, Id, ManagerId};
use super::newcomers::Newcomers;
use super::on_close::OnClose;
use super::on_stop::OnStop;
use crate::sys::Instant;

/// All bars of all managers, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    /// Bars that are in use.
    open: ByAge,
    /// Bars that are in use and not shown yet, each with the time from which on it is.
    waiting: Vec<(Instant, Entry)>,
    /// Bars that are closed and stay.
    closed: ByAge,
    /// Bars pinned to a row, sorted by that row.
    pinned: Vec<(usize, Entry)>,
    next_serial: u64,
    /// Bars with lower serial numbers may have another age than their handles know.
    renumbered: u64,
    /// The managers whose bars are erased when they stop.
    clearing: Vec<ManagerId>,
    newcomers: Newcomers<Entry>,
}

/// The row of a bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// Not pinned: above all newer bars that are not pinned.
    #[default]
    Free,
    /// The same, and not shown before this time: a bar that is closed sooner never appears.
    Late(Instant),
    /// Always this row, counted from the bottom: 1 is the last one.
    Pinned(usize),
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
        self.add_with_age(Age::of(self.next_serial), bar, manager, place)
    }

    /// Adds a bar right below another one, or where that was if it is gone; or pinned to its row.
    pub(crate) fn add_below(&mut self, above: Id, bar: Arc<Bar>, manager: ManagerId, place: Place) -> Id {
        let age = self.age_below(above);
        self.add_with_age(age, bar, manager, place)
    }

    fn add_with_age(&mut self, age: Age, bar: Arc<Bar>, manager: ManagerId, place: Place) -> Id {
        let id = Id { age, serial: self.take_serial() };
        let entry = Entry { id, bar, manager };
        self.newcomers.note(&entry);
        match place {
            Place::Pinned(row) if !self.is_taken(row) => {
                let at = self.pinned.partition_point(|(taken, _)| *taken < row);
                self.pinned.insert(at, (row, entry));
            }
            Place::Late(from) => self.waiting.push((from, entry)),
            Place::Free | Place::Pinned(_) => self.open.insert(entry),
        }
        id
    }

    /// Replaces the bar `old` by another one.
    pub(crate) fn replace(&mut self, old: Id, bar: Arc<Bar>, manager: ManagerId) -> Id {
        let old = self.current(old);
        let id = Id { age: old.age, serial: self.take_serial() };
        let entry = Entry { id, bar, manager };
        self.newcomers.note(&entry);
        if let Some((_, pinned)) = self.pinned.iter_mut().find(|(_, pinned)| pinned.id == old) {
            *pinned = entry;
        } else {
            self.open.remove(old);
            self.closed.remove(old);
            self.take_waiting(old);
            self.open.insert(entry);
        }
        id
    }

    /// The bars that have a row, or would have one if there were enough.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Entry> {
        self.open.0.iter().chain(&self.closed.0).chain(self.pinned.iter().map(|(_, entry)| entry))
    }

    fn take_waiting(&mut self, id: Id) -> Option<Entry> {
        let at = self.waiting.iter().position(|(_, entry)| entry.id == id)?;
        Some(self.waiting.swap_remove(at).1)
    }

    fn take_serial(&mut self) -> u64 {
        self.next_serial += 1;
        self.next_serial - 1
    }

    /// An age between that of `other` and that of the bar below it. If there is no room, all bars get
    /// new ages.
    fn age_below(&mut self, other: Id) -> Age {
        let between = |roster: &Roster| {
            let other = roster.current(other);
            let waiting = roster.waiting.iter().map(|(_, entry)| entry.id);
            // Newer bars will be below.
            let ends = (Age::FIRST, Age::of(roster.next_serial));
            let (above, below) = [&roster.open, &roster.closed]
                .iter()
                .map(|bars| bars.around(other))
                .chain(waiting.map(|id| if id <= other { (Some(id), None) } else { (None, Some(id)) }))
                .fold(ends, |(above, below), (last, first)| {
                    (last.map_or(above, |id| above.max(id.age)), first.map_or(below, |id| below.min(id.age)))
                });
            above.between(below)
        };
        between(self).unwrap_or_else(|| {
            self.renumber();
            // There is room now.
            between(self).unwrap_or(Age::of(self.next_serial))
        })
    }

    /// Gives all bars ages that are far apart, in the same order.
    fn renumber(&mut self) {
        let Roster { open, waiting, closed, pinned, .. } = self;
        let free = open.0.iter_mut().chain(&mut closed.0);
        let others = waiting.iter_mut().map(|(_, entry)| entry).chain(pinned.iter_mut().map(|(_, entry)| entry));
        let mut ids: Vec<&mut Id> = free.chain(others).map(|entry| &mut entry.id).collect();
        ids.sort_unstable();
        // There are fewer bars than serial numbers.
        ids.into_iter().zip(1..).for_each(|(id, n)| id.age = Age::of(n));
        self.renumbered = self.next_serial;
    }

    /// The id of a bar that a handle knows as `id`.
    fn current(&self, id: Id) -> Id {
        if id.serial >= self.renumbered {
            return id;
        }
        let pinned = self.pinned.iter().map(|(_, entry)| entry);
        let waiting = self.waiting.iter().map(|(_, entry)| entry);
        let mut all = self.open.0.iter().chain(&self.closed.0).chain(pinned).chain(waiting);
        all.find(|entry| entry.id.serial == id.serial).map_or(id, |entry| entry.id)
    }

    /// Whether a bar is pinned to `row`.
    pub(crate) fn is_taken(&self, row: usize) -> bool {
        self.pinned.iter().any(|(taken, _)| *taken == row)
    }

    /// Lets the bars appear whose time has come. Returns when the next one will appear.
    pub(crate) fn admit(&mut self, now: Instant) -> Option<Instant> {
        let Roster { waiting, open, .. } = self;
        // In place: frames allocate nothing.
        waiting.retain(|(from, entry)| {
            let waits = *from > now;
            if !waits {
                open.insert(entry.clone());
            }
            waits
        });
        self.waiting.iter().map(|(from, _)| *from).min()
    }

    /// Moves a bar to the closed ones, or removes it. A pinned bar that is kept stays in its row.
    pub(crate) fn close(&mut self, id: Id, on_close: OnClose) {
        let id = self.current(id);
        let open = self.open.remove(id).or_else(|| self.take_waiting(id));
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
        // As it was noted before.
        self.newcomers.note(&Entry { id, bar: bar.clone(), manager });
        let id = self.current(id);
        if self.pinned.iter().any(|(_, entry)| entry.id == id) {
            return;
        }
        let entry = self.closed.remove(id).unwrap_or_else(|| Entry { id, bar: bar.clone(), manager });
        self.open.insert(entry);
    }

    /// Excludes `time` from the elapsed time of all open bars: the process was stopped.
    pub(crate) fn discount(&self, time: Duration) {
        let waiting = self.waiting.iter().map(|(_, entry)| entry);
        for entry in self.open.0.iter().chain(self.pinned.iter().map(|(_, entry)| entry)).chain(waiting) {
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
        let staying = self.staying(manager);
        let kept = |entry: &Entry| manager.is_some_and(|manager| entry.manager != manager);
        for bars in [&mut self.open, &mut self.closed] {
            bars.0.retain(kept);
        }
        self.pinned.retain(|(_, entry)| kept(entry));
        self.clearing.retain(|clearing| manager.is_some_and(|manager| manager != *clearing));
        staying
    }

    /// The bars of `manager`, or of all managers, that would stay on the screen without it.
    pub(crate) fn staying(&mut self, manager: Option<ManagerId>) -> Vec<Arc<Bar>> {
        // A bar that stays is shown, however short its life was.
        for (_, entry) in std::mem::take(&mut self.waiting) {
            self.open.insert(entry);
        }
        let removed = |entry: &Entry| manager.is_none_or(|manager| entry.manager == manager);
        let mut rows = Vec::new();
        let highest = self.pinned.last().map_or(0, |(row, _)| *row);
        self.select_rows(self.open.0.len() + self.closed.0.len() + self.pinned.len() + highest, &mut rows);
        let staying = |row| match row {
            Row::Bar(entry) if !removed(&entry) || self.clearing.contains(&entry.manager) => None,
            Row::Bar(entry) => Some(entry.bar).filter(|bar| bar.stays()),
            Row::Blank | Row::More(_) => None,
        };
        rows.into_iter().filter_map(staying).collect()
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
                Row::Bar(entry) => (0_u64..).find(|n| Age::of(*n) == entry.id.age).expect("an age").to_string(),
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
        let id = |serial| Id { age: Age::of(serial), serial };
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
    fn a_bar_that_appears_late() {
        let mut roster = roster("o");
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let add =
            |roster: &mut Roster, from| roster.add(Arc::new(Bar::for_tests()), ManagerId(0), Place::Late(at(from)));
        let late = [2, 1, 3, 3, 9].map(|from| add(&mut roster, from));
        assert_eq!((roster.admit(at(0)), selected(&roster, 9).as_str()), (Some(at(1)), "0"));
        assert_eq!((roster.admit(at(1)), selected(&roster, 9).as_str()), (Some(at(2)), "0 2"));
        // One that is closed before its time appears only if it stays.
        roster.close(late[2], OnClose::Clear);
        roster.close(late[3], OnClose::Keep);
        assert_eq!((roster.admit(at(2)), selected(&roster, 9).as_str()), (Some(at(9)), "0 1 2 4"));
        assert_eq!((roster.admit(at(8)), selected(&roster, 9).as_str()), (Some(at(9)), "0 1 2 4"));
        roster.replace(late[4], Arc::new(Bar::for_tests()), ManagerId(0));
        assert_eq!((roster.admit(at(8)), selected(&roster, 9).as_str()), (None, "0 1 2 4 5"));
        add(&mut roster, 99);
        assert_eq!(roster.remove_manager(None).len(), 6);
    }

    fn test_bar() -> Arc<Bar> {
        Arc::new(Bar::for_tests())
    }

    #[test]
    fn a_bar_below_one_that_is_gone() {
        let mut roster = roster("oo");
        let [first, gone] = [0, 0].map(|_| {
            let below = Id { age: Age::of(0), serial: 0 };
            roster.add_below(below, test_bar(), ManagerId(0), Place::Free)
        });
        roster.close(gone, OnClose::Clear);
        let last = roster.add_below(gone, test_bar(), ManagerId(0), Place::Free);
        assert!(last < first && Age::of(0) < last.age);
    }

    /// Whatever is placed below whatever, and is closed or replaced meanwhile: the order is that of a
    /// list.
    #[test]
    fn bars_below_others() {
        let (mut roster, mut list) = (Roster::default(), Vec::<Id>::new());
        let (manager, start) = (ManagerId(0), Instant::now());
        let mut dice = 1_u32;
        let mut roll = |sides: usize| {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (dice >> 8) as usize % sides
        };
        for _ in 0..2000 {
            match (roll(10), list.len()) {
                (0, _) | (_, 0) => list.push(roster.add(test_bar(), manager, Place::Free)),
                (1, length) => roster.close(list[roll(length)], OnClose::Keep),
                (2 | 3, length) => {
                    let at = roll(length);
                    let last = list[at];
                    list[at] = roster.add_below(last, test_bar(), manager, Place::Free);
                    roster.close(last, OnClose::Clear);
                }
                (when, length) => {
                    let at = if when == 5 { 0 } else { roll(length) };
                    let place = if when == 4 { Place::Late(start) } else { Place::Free };
                    list.insert(at + 1, roster.add_below(list[at], test_bar(), manager, place));
                }
            }
        }
        roster.admit(start);
        let mut rows = Vec::new();
        roster.select_rows(list.len(), &mut rows);
        let shown = rows.iter().map(|row| match row {
            Row::Bar(entry) => Some(entry.id.serial),
            Row::Blank | Row::More(_) => None,
        });
        assert!(shown.eq(list.iter().map(|id| Some(id.serial))));
        assert!(roster.renumbered > 0, "the case is not covered");
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
                    .filter(|entry| entry.id.serial == at as u64)
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
