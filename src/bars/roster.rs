//! All bars in their order, and which of them are visible.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::bar::Bar;
use super::by_age::Entry;
use super::finished::{Fate, Finished, FinishedBars, Tally};
use super::id::{Age, Id, ManagerId};
use super::newcomers::Newcomers;
use super::on_close::OnClose;
use super::on_stop::OnStop;
use super::place::{Place, Spot};
use super::ranked::Ranked;
use crate::sys::Instant;

/// All bars of all managers, in one order: oldest first, and children below their parents.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    /// Bars that are in use.
    open: Ranked,
    /// Bars that are in use and not shown yet. Their place says from when on they are.
    waiting: Ranked,
    /// Bars that are closed and stay.
    closed: Ranked,
    /// Bars that are not shown until their handles want it, closed or not.
    hidden: Ranked,
    /// Bars pinned to a row, sorted by that row.
    pinned: Vec<(usize, Entry)>,
    next_serial: u64,
    /// The ages of bars, by serial number, that are not those that their handles know.
    moved: HashMap<u64, Age>,
    managers: Vec<ManagerBars>,
    /// The rows that bars may take before the closed ones make room; unlimited if nobody has asked.
    room: Option<usize>,
    newcomers: Newcomers<Entry>,
}

/// What is known of a manager.
#[derive(Debug)]
struct ManagerBars {
    id: ManagerId,
    on_stop: OnStop,
    finished: Finished,
}

/// What a row shows, or several rows that stay together.
#[derive(Clone, Debug)]
pub(crate) enum Row {
    /// A bar, in so many rows.
    Bar(Entry, usize),
    /// Nothing: there are too few bars to fill the rows below a pinned row.
    Blank,
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
            Row::Bar(_, rows) => *rows,
            Row::Blank | Row::More(_) | Row::Finished(_) => 1,
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

impl LastLine {
    /// The lines that it takes.
    pub(crate) fn height(&self) -> usize {
        match self {
            LastLine::Bar(bar) | LastLine::Single(bar) => bar.height(),
            LastLine::Finished(_) => 1,
        }
    }
}

/// A line that stays when bars are removed; of a bar with several rows, all of them.
#[derive(Clone, Debug)]
pub(crate) enum LastLine {
    /// A bar, among the others.
    Bar(Arc<Bar>),
    /// A bar that moves up into the log: a line without its parents.
    Single(Arc<Bar>),
    /// Closed bars that are summed up.
    Finished(Tally),
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

    /// Adds a manager, with what becomes of its bars.
    pub(crate) fn add_manager(&mut self, id: ManagerId, on_stop: OnStop, finished: FinishedBars) {
        self.managers.push(ManagerBars { id, on_stop, finished: Finished::new(finished) });
    }

    /// Adds a bar without a parent below all others, or pinned to its row. If that row is taken, the
    /// bar is not pinned.
    #[cfg(test)]
    pub(crate) fn add(&mut self, bar: Arc<Bar>, manager: ManagerId, place: Place) -> Id {
        self.add_at(Spot::Last { parent: None }, bar, manager, place)
    }

    /// Adds a bar at this spot, or pinned to its row. If that row is taken, the bar is not pinned.
    pub(crate) fn add_at(&mut self, spot: Spot, bar: Arc<Bar>, manager: ManagerId, place: Place) -> Id {
        let age = self.age_at(spot, bar.depth());
        let entry = Entry { id: Id { age, serial: self.take_serial() }, bar, manager, place };
        let id = entry.id;
        self.newcomers.note(&entry);
        self.insert(entry);
        id
    }

    /// Inserts an open bar where its place says.
    fn insert(&mut self, entry: Entry) {
        match entry.place {
            _ if entry.bar.is_hidden() => self.hidden.insert(entry),
            Place::Pinned(row) if !self.is_taken(row) => {
                let at = self.pinned.partition_point(|(taken, _)| *taken < row);
                self.pinned.insert(at, (row, entry));
            }
            Place::Late(_) => self.waiting.insert(entry),
            Place::Free | Place::Pinned(_) => self.open.insert(entry),
        }
    }

    /// Replaces the bar `old` by another one.
    pub(crate) fn replace(&mut self, old: Id, bar: Arc<Bar>, manager: ManagerId) -> Id {
        let old = self.current(old);
        let id = Id { age: old.age, serial: self.take_serial() };
        let mut entry = Entry { id, bar, manager, place: Place::Free };
        self.newcomers.note(&entry);
        if let Some((row, pinned)) = self.pinned.iter_mut().find(|(_, pinned)| pinned.id == old) {
            entry.place = Place::Pinned(*row);
            *pinned = entry;
        } else {
            for list in self.lists_mut() {
                list.remove(old);
            }
            self.moved.remove(&old.serial);
            self.open.insert(entry);
        }
        id
    }

    /// Moves a bar and its children to another spot. A bar that is pinned stays in its row.
    pub(crate) fn move_to(&mut self, id: Id, spot: Spot, depth: u32) {
        let id = self.current(id);
        if matches!(spot, Spot::Above(other) | Spot::Below(other) if self.current(other) == id) {
            return;
        }
        let end = self.next_after(Some(id), depth);
        let mut moving = Vec::new();
        for (list, bars) in self.lists_mut().into_iter().enumerate() {
            moving.extend(bars.take_range(id, end).into_iter().map(|entry| (list, entry)));
        }
        moving.sort_unstable_by_key(|(_, entry)| entry.id);
        let find = |roster: &Roster| {
            let (above, below) = roster.bounds(spot, depth);
            above.spread(below, moving.len()).map(Iterator::collect)
        };
        let ages: Vec<Age> = find(self)
            .or_else(|| {
                self.renumber();
                find(self)
            })
            // There is room now.
            .unwrap_or_else(|| vec![Age::of(self.next_serial); moving.len()]);
        for ((list, mut entry), age) in moving.into_iter().zip(ages) {
            entry.id.age = age;
            self.moved.insert(entry.id.serial, age);
            self.lists_mut()[list].insert(entry);
        }
    }

    /// Takes in that the priority of a bar has changed.
    pub(crate) fn update_priority(&mut self, id: Id) {
        let id = self.current(id);
        for list in self.lists_mut() {
            if let Some(entry) = list.remove(id) {
                // By its rank as it is now.
                return list.insert(entry);
            }
        }
    }

    /// Removes a bar from the screen until it is shown again.
    pub(crate) fn hide(&mut self, id: Id, bar: &Bar) {
        bar.set_hidden(true);
        let id = self.current(id);
        let free = [&mut self.open, &mut self.waiting, &mut self.closed].into_iter().find_map(|list| list.remove(id));
        if let Some(entry) = free.or_else(|| self.take_pinned(id)) {
            self.hidden.insert(entry);
        }
    }

    /// Shows a hidden bar again.
    pub(crate) fn show(&mut self, id: Id, bar: &Bar) {
        bar.set_hidden(false);
        let id = self.current(id);
        let Some(mut entry) = self.hidden.remove(id) else { return };
        if let Place::Late(_) = entry.place {
            entry.place = Place::Free;
        }
        // One that is pinned stays in its row when it is closed.
        match bar.is_closed() && entry.place == Place::Free {
            true => self.closed.insert(entry),
            false => self.insert(entry),
        }
    }

    /// The bars that have a row, or would have one if there were enough.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Entry> {
        self.open.iter().chain(self.closed.iter()).chain(self.pinned.iter().map(|(_, entry)| entry))
    }

    /// The bars with computed fields, of one manager or of all.
    pub(crate) fn with_computed(&self, manager: Option<ManagerId>) -> Vec<Arc<Bar>> {
        let free = self.lists().into_iter().flat_map(Ranked::iter);
        let all = free.chain(self.pinned.iter().map(|(_, entry)| entry));
        let of_manager = all.filter(|entry| manager.is_none_or(|manager| manager == entry.manager));
        let computed = of_manager.filter(|entry| entry.bar.field_requests().is_some());
        computed.map(|entry| entry.bar.clone()).collect()
    }

    /// The bars that are not pinned.
    fn lists(&self) -> [&Ranked; 4] {
        [&self.open, &self.waiting, &self.closed, &self.hidden]
    }

    fn lists_mut(&mut self) -> [&mut Ranked; 4] {
        [&mut self.open, &mut self.waiting, &mut self.closed, &mut self.hidden]
    }

    fn take_serial(&mut self) -> u64 {
        self.next_serial += 1;
        self.next_serial - 1
    }

    /// An age for a new bar. If there is no room, all bars get new ages.
    fn age_at(&mut self, spot: Spot, depth: u32) -> Age {
        if spot == (Spot::Last { parent: None }) {
            return Age::of(self.next_serial);
        }
        let between = |roster: &Roster| {
            let (above, below) = roster.bounds(spot, depth);
            above.between(below, depth)
        };
        between(self).unwrap_or_else(|| {
            self.renumber();
            // There is room now.
            between(self).unwrap_or(Age::of(self.next_serial))
        })
    }

    /// The ages between which a bar of this depth is to stand.
    fn bounds(&self, spot: Spot, depth: u32) -> (Age, Age) {
        let (above, next) = match spot {
            Spot::First { parent } => {
                let parent = parent.map(|parent| self.current(parent));
                (parent, self.next_after(parent, u32::MAX))
            }
            Spot::Last { parent: None } => (self.last_before(None), None),
            Spot::Last { parent: Some(parent) } => {
                let parent = self.current(parent);
                let next = self.next_after(Some(parent), depth.saturating_sub(1));
                (self.last_before(next).max(Some(parent)), next)
            }
            Spot::Above(other) => {
                let other = self.current(other);
                (self.last_before(Some(other)), Some(other))
            }
            Spot::Below(other) => {
                let other = self.current(other);
                let next = self.next_after(Some(other), depth);
                (self.last_before(next).max(Some(other)), next)
            }
        };
        // Newer bars will be below.
        (above.map_or(Age::FIRST, |id| id.age), next.map_or(Age::of(self.next_serial), |id| id.age))
    }

    /// The last bar above `id`, or the last one of all.
    fn last_before(&self, id: Option<Id>) -> Option<Id> {
        let id = id.unwrap_or(Id { age: Age::LAST, serial: u64::MAX });
        self.lists().into_iter().filter_map(|list| list.last_before(id)).max()
    }

    /// The first bar below `id`, or of all, that is no deeper than `depth`.
    fn next_after(&self, id: Option<Id>, depth: u32) -> Option<Id> {
        self.lists().into_iter().filter_map(|list| list.next_after(id, depth)).min()
    }

    /// Gives all bars ages that are far apart, in the same order.
    fn renumber(&mut self) {
        let Roster { open, waiting, closed, hidden, pinned, moved, next_serial, .. } = self;
        let free = [open, waiting, closed, hidden].into_iter().flat_map(Ranked::iter_mut);
        let pinned = pinned.iter_mut().map(|(_, entry)| entry);
        let mut ids: Vec<&mut Id> = free.chain(pinned).map(|entry| &mut entry.id).collect();
        ids.sort_unstable();
        moved.clear();
        for (id, n) in ids.into_iter().zip(1..) {
            id.age = Age::of(n);
            moved.insert(id.serial, id.age);
            *next_serial = (*next_serial).max(n + 1);
        }
    }

    /// The id of a bar that a handle knows as `id`.
    fn current(&self, id: Id) -> Id {
        self.moved.get(&id.serial).map_or(id, |age| Id { age: *age, ..id })
    }

    /// Whether a bar is pinned to `row`.
    pub(crate) fn is_taken(&self, row: usize) -> bool {
        self.pinned.iter().any(|(taken, _)| *taken == row)
    }

    /// Lets the bars appear whose time has come. Returns when the next one will appear.
    pub(crate) fn admit(&mut self, now: Instant) -> Option<Instant> {
        let Roster { waiting, open, .. } = self;
        let mut next: Option<Instant> = None;
        // In place: frames allocate nothing.
        waiting.retain(|entry| match entry.place {
            Place::Late(from) if from > now => {
                next = Some(next.map_or(from, |next| next.min(from)));
                true
            }
            _ => {
                open.insert(entry.clone());
                false
            }
        });
        next
    }

    /// Moves a bar to the closed ones, or removes it. A pinned bar that is kept stays in its row. A
    /// hidden bar is closed when it is shown.
    pub(crate) fn close(&mut self, id: Id, on_close: OnClose) {
        let id = self.current(id);
        let open = self.open.remove(id).or_else(|| self.waiting.remove(id));
        let pinned = match on_close {
            OnClose::Keep => None,
            OnClose::Log | OnClose::Clear => self.take_pinned(id),
        };
        match on_close {
            OnClose::Keep | OnClose::Log => open.or(pinned).into_iter().for_each(|entry| self.closed.insert(entry)),
            OnClose::Clear => {
                drop(self.closed.remove(id).or_else(|| self.hidden.remove(id)));
                self.moved.remove(&id.serial);
            }
        }
    }

    fn take_pinned(&mut self, id: Id) -> Option<Entry> {
        let at = self.pinned.iter().position(|(_, entry)| entry.id == id)?;
        Some(self.pinned.remove(at).1)
    }

    /// Removes the closed bars that move up into the log, oldest first, at most `most`: those that
    /// are to do so, and if there are more bars than `rows`, others that are closed. Of the latter,
    /// some are summed up or disappear instead. Bars whose last values are still computed wait.
    pub(crate) fn take_finished(&mut self, rows: usize, most: usize, now: Instant) -> Vec<LastLine> {
        self.room = Some(rows);
        let mut scarce = self.rows_beyond(rows);
        let mut finished = Vec::new();
        let Roster { closed, managers, moved, .. } = self;
        // Those that are to move up make room for others.
        for on_close in [OnClose::Log, OnClose::Keep] {
            closed.retain(|entry| {
                let moves = finished.len() < most
                    && entry.bar.on_close() == on_close
                    && (on_close == OnClose::Log || scarce > 0)
                    && !entry.bar.field_requests().is_some_and(|requests| requests.is_closing(now));
                if moves {
                    scarce = scarce.saturating_sub(entry.bar.height());
                    moved.remove(&entry.id.serial);
                    let fate = match on_close {
                        OnClose::Log => Fate::Line,
                        _ => bars_of(managers, entry.manager).finished.decide(&entry.bar),
                    };
                    if fate == Fate::Line {
                        finished.push(entry.clone());
                    }
                }
                !moves
            });
        }
        finished.sort_unstable_by_key(|entry| entry.id);
        finished.into_iter().map(|entry| LastLine::Single(entry.bar)).collect()
    }

    /// How many of the rows that all bars take are more than `rows`; not all of them, where that would
    /// take a look at very many bars.
    fn rows_beyond(&self, rows: usize) -> usize {
        let summary = usize::from(!self.tally().is_empty());
        let bars = self.open.len() + self.closed.len() + self.pinned.len();
        let taken = match self.closed.len() {
            0 => return 0,
            _ if bars + summary > rows => bars + summary,
            _ => self.shown().map(|entry| entry.bar.height()).sum::<usize>() + summary,
        };
        taken.saturating_sub(rows)
    }

    /// The closed bars of all managers that are summed up.
    fn tally(&self) -> Tally {
        self.managers.iter().fold(Tally::default(), |all, manager| all.plus(manager.finished.tally))
    }

    /// Moves a closed bar back to the open ones, or adds it again if it was removed.
    pub(crate) fn reopen(&mut self, id: Id, bar: &Arc<Bar>, manager: ManagerId) {
        // As it was noted before.
        let new = Entry { id, bar: bar.clone(), manager, place: Place::Free };
        self.newcomers.note(&new);
        let id = self.current(id);
        let is_there = |entry: &Entry| entry.id == id;
        if self.pinned.iter().any(|(_, entry)| is_there(entry)) || self.hidden.get_mut(id).is_some() {
            return;
        }
        let entry = self.closed.remove(id).unwrap_or(Entry { id, ..new });
        match bar.is_hidden() {
            true => self.hidden.insert(entry),
            false => self.open.insert(entry),
        }
    }

    /// Excludes `time` from the elapsed time of all open bars: the process was stopped.
    pub(crate) fn discount(&self, time: Duration) {
        let free = self.open.iter().chain(self.waiting.iter()).chain(self.hidden.iter());
        for entry in free.chain(self.pinned.iter().map(|(_, entry)| entry)) {
            entry.bar.discount(time);
        }
    }

    /// Fills `selected` with the contents of `rows` rows, top to bottom. If there are more bars
    /// than rows, pinned bars come first, then those of higher priority; of the same priority, open
    /// bars before closed ones, parents before their children, older ones before newer ones. One row
    /// says how many are not visible, another one sums up closed bars that have made room. A bar of
    /// several rows is shown as a whole or not at all; only the first one is cut to the rows there are.
    ///
    /// The time is proportional to the rows, not to the bars.
    pub(crate) fn select_rows(&self, rows: usize, height: Height, selected: &mut Vec<Row>) {
        selected.clear();
        let free = self.open.len() + self.closed.len();
        // From the bottom up: pinned bars have their rows, the others fill the rows between.
        let (mut end, mut pinned_rows) = (0, 0);
        let fits = |(row, entry): &&(usize, Entry)| {
            let own = height.of(entry);
            end = end.max(row.saturating_sub(1)) + own;
            pinned_rows += if end <= rows { own } else { 0 };
            end <= rows
        };
        let pinned = self.pinned.iter().take_while(fits).count();
        let tally = self.tally();
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
        let (mut at, mut below) = (0, 0);
        for (row, entry) in self.pinned.iter().take(pinned) {
            while below + 1 < *row {
                if at == selected.len() {
                    selected.push(Row::Blank);
                }
                below += selected[at].height();
                at += 1;
            }
            selected.insert(at, Row::Bar(entry.clone(), height.of(entry)));
            below += selected[at].height();
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
            Row::Blank | Row::More(_) | Row::Finished(_) => None,
        });
        fits
    }

    /// Removes the bars of `manager`, or of all managers, and returns what stays on the screen, top to
    /// bottom.
    pub(crate) fn remove_manager(&mut self, manager: Option<ManagerId>) -> Vec<LastLine> {
        let staying = self.staying(manager);
        let kept = |entry: &Entry| manager.is_some_and(|manager| entry.manager != manager);
        for bars in self.lists_mut() {
            bars.retain(kept);
        }
        self.pinned.retain(|(_, entry)| kept(entry));
        self.managers.retain(|other| manager.is_some_and(|manager| manager != other.id));
        if manager.is_none() {
            self.moved.clear();
        }
        staying
    }

    /// What would stay on the screen of the bars of `manager`, or of all managers, without it.
    pub(crate) fn staying(&mut self, manager: Option<ManagerId>) -> Vec<LastLine> {
        // A bar that stays is shown, however short its life was.
        let Roster { waiting, open, .. } = self;
        waiting.retain(|entry| {
            open.insert(entry.clone());
            false
        });
        let is_removed = |id: ManagerId| manager.is_none_or(|manager| id == manager);
        let clears = |id: ManagerId| {
            self.managers.iter().any(|manager| manager.id == id && manager.on_stop == OnStop::ClearBars)
        };
        let mut rows = Vec::new();
        self.select_rows(usize::MAX, Height::Whole, &mut rows);
        let mut staying: Vec<Entry> = rows
            .into_iter()
            .filter_map(|row| match row {
                Row::Bar(entry, _) => Some(entry),
                Row::Blank | Row::More(_) | Row::Finished(_) => None,
            })
            .filter(|entry| is_removed(entry.manager) && !clears(entry.manager) && entry.bar.stays())
            .collect();
        let mut tally = Tally::default();
        for manager in self.managers.iter().filter(|manager| is_removed(manager.id) && !clears(manager.id)) {
            let mut finished = manager.finished;
            let makes_room = |entry: &Entry| entry.manager == manager.id && entry.bar.is_finished();
            let taken = |room| {
                staying
                    .iter()
                    .filter(|entry| makes_room(entry))
                    .map(|entry| entry.bar.height())
                    .sum::<usize>()
                    .saturating_sub(room)
            };
            let mut scarce = self.room.map_or(0, taken);
            staying.retain(|entry| {
                let moves = scarce > 0 && makes_room(entry);
                scarce = scarce.saturating_sub(if moves { entry.bar.height() } else { 0 });
                !moves || finished.decide(&entry.bar) == Fate::Line
            });
            tally = tally.plus(finished.tally);
        }
        let summary = (!tally.is_empty()).then_some(LastLine::Finished(tally));
        summary.into_iter().chain(staying.into_iter().map(|entry| LastLine::Bar(entry.bar))).collect()
    }
}

/// What is known of a manager. One that was never added has the defaults.
fn bars_of(managers: &mut Vec<ManagerBars>, id: ManagerId) -> &mut ManagerBars {
    let at = managers.iter().position(|manager| manager.id == id).unwrap_or_else(|| {
        managers.push(ManagerBars { id, on_stop: OnStop::KeepBars, finished: Finished::default() });
        managers.len() - 1
    });
    &mut managers[at]
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
        roster.select_rows(rows, Height::Whole, &mut selected);
        let rows: Vec<String> = selected
            .iter()
            .map(|row| match row {
                Row::Bar(entry, _) => (0_u64..).find(|n| Age::of(*n) == entry.id.age).expect("an age").to_string(),
                Row::Blank => ".".to_owned(),
                Row::More(more) => format!("+{more}"),
                Row::Finished(tally) => format!("{tally:?}"),
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
            roster.add_at(Spot::Below(below), test_bar(), ManagerId(0), Place::Free)
        });
        roster.close(gone, OnClose::Clear);
        let last = roster.add_at(Spot::Below(gone), test_bar(), ManagerId(0), Place::Free);
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
                    list[at] = roster.add_at(Spot::Below(last), test_bar(), manager, Place::Free);
                    roster.close(last, OnClose::Clear);
                }
                (when, length) => {
                    let at = if when == 5 { 0 } else { roll(length) };
                    let place = if when == 4 { Place::Late(start) } else { Place::Free };
                    list.insert(at + 1, roster.add_at(Spot::Below(list[at]), test_bar(), manager, place));
                }
            }
        }
        roster.admit(start);
        let mut rows = Vec::new();
        roster.select_rows(list.len(), Height::Whole, &mut rows);
        let shown = rows.iter().map(|row| match row {
            Row::Bar(entry, _) => Some(entry.id.serial),
            Row::Blank | Row::More(_) | Row::Finished(_) => None,
        });
        assert!(shown.eq(list.iter().map(|id| Some(id.serial))));
        assert!(!roster.moved.is_empty(), "the case is not covered");
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
                    .iter()
                    .filter(|entry| entry.id.serial == at as u64)
                    .for_each(|entry| entry.bar.set_on_close(OnClose::Log));
            }
            let before = roster.open.len() + roster.closed.len();
            let moved = roster.take_finished(rows, most, Instant::now()).len();
            assert_eq!(before - moved, roster.open.len() + roster.closed.len(), "{states} on {rows} rows");
            assert_eq!(selected(&roster, 10), left, "{states} on {rows} rows");
        }
    }

    #[test]
    fn what_stays_at_the_end() {
        let mut roster = roster("oc3o");
        roster.add(Arc::new(Bar::for_tests()), ManagerId(1), Place::Free);
        roster.add(Arc::new(Bar::for_tests()), ManagerId(2), Place::Free);
        roster.add_manager(ManagerId(2), OnStop::ClearBars, FinishedBars::Auto);
        assert_eq!(roster.remove_manager(Some(ManagerId(0))).len(), 4);
        assert_eq!(selected(&roster, 9), "4 5");
        assert_eq!(roster.remove_manager(None).len(), 1);
        assert_eq!(selected(&roster, 9), "");
    }

    /// A child of another bar, which has this depth.
    fn child_bar(parent: Id, depth: u32) -> Arc<Bar> {
        let mut bar = Bar::for_tests();
        bar.nest(Some(parent), depth);
        Arc::new(bar)
    }

    /// The numbers of the bars that find a row, in their order.
    fn serials(roster: &Roster, rows: usize) -> Vec<u64> {
        let mut selected = Vec::new();
        roster.select_rows(rows, Height::Whole, &mut selected);
        let serial = |row: &Row| match row {
            Row::Bar(entry, _) => Some(entry.id.serial),
            Row::Blank | Row::More(_) | Row::Finished(_) => None,
        };
        selected.iter().filter_map(serial).collect()
    }

    /// Whatever is added, moved, hidden, closed and shown in a tree: the order is that of a tree, and no
    /// bar is lost.
    #[test]
    fn trees_keep_their_order() {
        struct Node {
            id: Id,
            bar: Arc<Bar>,
            depth: u32,
            children: Vec<usize>,
        }
        fn walk(nodes: &[Node], children: &[usize], out: &mut Vec<u64>) {
            for at in children {
                out.push(nodes[*at].id.serial);
                walk(nodes, &nodes[*at].children, out);
            }
        }
        let mut dice = 7_u32;
        let mut roll = |sides: usize| {
            dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (dice >> 8) as usize % sides
        };
        let (mut roster, mut nodes, mut roots) = (Roster::default(), Vec::<Node>::new(), Vec::<usize>::new());
        let (manager, start) = (ManagerId(0), Instant::now());
        for step in 0..3000 {
            let parent = match (roll(5), nodes.len()) {
                (0, _) | (_, 0) => None,
                // Deep ones too.
                (1 | 2, count) => Some(count - 1),
                (_, count) => Some(roll(count)),
            };
            let depth = parent.map_or(0, |parent| nodes[parent].depth + 1);
            let parent_id = parent.map(|parent| nodes[parent].id);
            let siblings = parent.map_or(&roots, |parent| &nodes[parent].children).clone();
            let is_move = roll(5) == 0 && !siblings.is_empty();
            // Moved: one of the siblings; the others are those that it is moved among.
            let moved = is_move.then(|| siblings[roll(siblings.len())]);
            let mut others: Vec<usize> = siblings.iter().copied().filter(|at| Some(*at) != moved).collect();
            let pick = if others.is_empty() { 0 } else { roll(others.len()) };
            let (spot, place) = match (roll(5), others.get(pick)) {
                (0, Some(other)) => (Spot::Above(nodes[*other].id), pick),
                (1, Some(other)) => (Spot::Below(nodes[*other].id), pick + 1),
                (2, _) => (Spot::First { parent: parent_id }, 0),
                _ => (Spot::Last { parent: parent_id }, others.len()),
            };
            let at = match moved {
                Some(at) => {
                    roster.move_to(nodes[at].id, spot, depth);
                    at
                }
                None => {
                    let bar = parent_id.map_or_else(test_bar, |parent| child_bar(parent, depth));
                    let place = if roll(3) == 0 { Place::Late(start) } else { Place::Free };
                    let id = roster.add_at(spot, bar.clone(), manager, place);
                    nodes.push(Node { id, bar, depth, children: Vec::new() });
                    nodes.len() - 1
                }
            };
            others.insert(place, at);
            *parent.map_or(&mut roots, |parent| &mut nodes[parent].children) = others;
            match roll(6) {
                0 => {
                    let node = &nodes[roll(nodes.len())];
                    node.bar.close(start);
                    roster.close(node.id, OnClose::Keep);
                }
                1 => {
                    let node = &nodes[roll(nodes.len())];
                    node.bar.set_priority(roll(3) as i16);
                    roster.update_priority(node.id);
                }
                2 => {
                    let node = &nodes[roll(nodes.len())];
                    roster.hide(node.id, &node.bar);
                }
                3 => {
                    let node = &nodes[roll(nodes.len())];
                    roster.show(node.id, &node.bar);
                }
                _ => {}
            }
            if step % 100 == 99 {
                for node in &nodes {
                    roster.show(node.id, &node.bar);
                }
                roster.admit(start);
                let mut expected = Vec::new();
                walk(&nodes, &roots, &mut expected);
                assert_eq!(serials(&roster, nodes.len()), expected, "after {step} steps");
                assert_eq!(roster.open.len() + roster.closed.len(), nodes.len());
            }
        }
        assert!(nodes.iter().any(|node| node.depth > 16), "the case is not covered");
    }

    #[test]
    fn priorities_and_parents_come_first_where_rows_are_scarce() {
        let mut roster = roster("oo");
        let root = |serial| Id { age: Age::of(serial), serial };
        let add = |roster: &mut Roster, parent: Id, depth| {
            let spot = Spot::Last { parent: Some(parent) };
            roster.add_at(spot, child_bar(parent, depth), ManagerId(0), Place::Free)
        };
        let children = [0; 3].map(|_| add(&mut roster, root(0), 1));
        let grandchild = add(&mut roster, children[0], 2);
        let important = test_bar();
        important.set_priority(1);
        let last = roster.add_at(Spot::Last { parent: None }, important, ManagerId(0), Place::Free);
        for (rows, shown) in [
            (7, vec![0, 2, 5, 3, 4, 1, 6]),
            (6, vec![0, 2, 3, 1, 6]),
            (5, vec![0, 2, 1, 6]),
            (4, vec![0, 1, 6]),
            (2, vec![6]),
            (1, vec![]),
        ] {
            assert_eq!(serials(&roster, rows), shown, "{rows} rows");
        }
        roster.close(root(1), OnClose::Keep);
        assert_eq!(serials(&roster, 4), [0, 2, 6]);
        roster.close(children[0], OnClose::Clear);
        assert_eq!(serials(&roster, 9), [0, 5, 3, 4, 1, 6]);
        assert!(grandchild.serial == 5 && last.serial == 6);
    }

    #[test]
    fn a_hidden_bar_returns_to_where_it_was() {
        let mut roster = roster("oo2o");
        let id = |serial| Id { age: Age::of(serial), serial };
        let bars: Vec<Arc<Bar>> = roster.shown().map(|entry| entry.bar.clone()).collect();
        let [first, second, last, pinned] = &bars[..] else { panic!("four bars") };
        assert_eq!(serials(&roster, 9), [0, 1, 2, 3]);
        roster.hide(id(1), second);
        roster.hide(id(2), pinned);
        assert_eq!(serials(&roster, 9), [0, 3]);
        assert!(!roster.is_taken(2));
        roster.show(id(1), second);
        roster.show(id(1), second);
        roster.show(id(2), pinned);
        assert_eq!((serials(&roster, 9), roster.is_taken(2)), (vec![0, 1, 2, 3], true));
        // One that is closed meanwhile is closed then, and none is left at the end.
        roster.hide(id(0), first);
        roster.close(id(0), OnClose::Keep);
        first.close(Instant::now());
        roster.hide(id(3), last);
        assert_eq!(serials(&roster, 9), [2, 1]);
        roster.show(id(0), first);
        assert_eq!((serials(&roster, 9), roster.closed.len()), (vec![0, 2, 1], 1));
        assert_eq!(roster.remove_manager(None).len(), 3);
    }

    /// How many lines are left of many closed bars.
    #[test]
    fn many_finished_bars() {
        for (policy, moved, left, text) in [
            (FinishedBars::Auto, 100, 4, "896 finished"),
            (FinishedBars::Log, 995, 5, ""),
            (FinishedBars::Summary, 0, 4, "996 finished"),
            (FinishedBars::Clear, 0, 5, ""),
        ] {
            for asked in [true, false] {
                let mut roster = Roster::default();
                roster.add_manager(ManagerId(0), OnStop::KeepBars, policy);
                roster.take_finished(5, 64, Instant::now());
                for _ in 0..1000 {
                    let bar = test_bar();
                    let id = roster.add(bar.clone(), ManagerId(0), Place::Free);
                    bar.close(Instant::now());
                    roster.close(id, OnClose::Keep);
                }
                let mut lines = 0;
                for _ in 0..40 * usize::from(asked) {
                    lines += roster.take_finished(5, 64, Instant::now()).len();
                }
                let last = roster.remove_manager(None);
                let mut summary = String::new();
                let bars = last.iter().filter(|line| match line {
                    LastLine::Bar(_) | LastLine::Single(_) => true,
                    LastLine::Finished(tally) => {
                        tally.write(&mut summary);
                        false
                    }
                });
                let bars = bars.count();
                if asked {
                    assert_eq!((lines, bars), (moved, left), "{policy:?}");
                } else {
                    assert_eq!(bars, moved + 5, "{policy:?} at the end");
                }
                assert!(summary.starts_with(text.split(' ').next().unwrap()) || !asked, "{policy:?} {summary}");
                assert_eq!(summary.is_empty(), text.is_empty(), "{policy:?}");
            }
        }
    }
}
