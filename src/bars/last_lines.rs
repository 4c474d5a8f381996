//! What stays of bars: lines that move up into the log, and those that are left when a manager stops.

use std::sync::Arc;

use super::bar::Bar;
use super::by_age::Entry;
use super::finished::{Fate, Tally};
use super::id::Scope;
use super::on_close::OnClose;
use super::roster::Roster;
use super::rows::{Height, Row};
use crate::sys::Instant;

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

impl LastLine {
    /// The lines that it takes.
    pub(crate) fn height(&self) -> usize {
        match self {
            LastLine::Bar(bar) | LastLine::Single(bar) => bar.height(),
            LastLine::Finished(_) => 1,
        }
    }
}

impl Roster {
    /// Removes the closed bars that move up into the log, oldest first, at most `most`: those that
    /// are to do so, and if there are more bars than `rows`, others that are closed. Of the latter,
    /// some are summed up or disappear instead. Bars whose last values are still computed wait.
    pub(crate) fn take_finished(&mut self, rows: usize, most: usize, now: Instant) -> Vec<LastLine> {
        self.room = Some(rows);
        let mut scarce = self.rows_beyond(rows);
        let mut finished = Vec::new();
        let Roster { lists, managers, ages, .. } = self;
        // Those that are to move up make room for others.
        for on_close in [OnClose::Log, OnClose::Keep] {
            lists.closed.retain(|entry| {
                let moves = finished.len() < most
                    && entry.bar.on_close() == on_close
                    && (on_close == OnClose::Log || scarce > 0)
                    && !entry.bar.field_requests().is_some_and(|requests| requests.is_closing(now));
                if moves {
                    scarce = scarce.saturating_sub(entry.bar.height());
                    ages.forget(entry.id);
                    let fate = match on_close {
                        OnClose::Log => Fate::Line,
                        OnClose::Keep | OnClose::Clear => managers.decide(entry),
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
        let summary = usize::from(!self.managers.tally().is_empty());
        let bars = self.lists.shown_count();
        let taken = match self.lists.closed.len() {
            0 => return 0,
            _ if bars + summary > rows => bars + summary,
            _ => self.lists.shown().map(|entry| entry.bar.height()).sum::<usize>() + summary,
        };
        taken.saturating_sub(rows)
    }

    /// Removes the bars in `scope`, and returns what stays on the screen, top to bottom.
    pub(crate) fn remove_bars(&mut self, scope: Scope) -> Vec<LastLine> {
        let staying = self.staying(scope);
        self.lists.retain(|entry| !scope.has(entry.manager));
        self.managers.remove(scope);
        if scope == Scope::All {
            self.ages.forget_all();
        }
        staying
    }

    /// What would stay on the screen of the bars in `scope`.
    pub(crate) fn staying(&mut self, scope: Scope) -> Vec<LastLine> {
        // A bar that stays is shown, however short its life was.
        self.lists.admit_all();
        let mut rows = Vec::new();
        self.select_rows(usize::MAX, Height::Whole, &mut rows);
        let mut staying: Vec<Entry> = rows
            .into_iter()
            .filter_map(|row| match row {
                Row::Bar(entry, _) => Some(entry),
                Row::Blank(_) | Row::More(_) | Row::Finished(_) => None,
            })
            .filter(|entry| scope.has(entry.manager) && !self.managers.clears(entry.manager) && entry.bar.stays())
            .collect();
        let mut tally = Tally::default();
        for (id, mut finished) in self.managers.that_keep_bars(scope) {
            let makes_room = |entry: &Entry| entry.manager == id && entry.bar.is_finished();
            let rows =
                || staying.iter().filter(|entry| makes_room(entry)).map(|entry| entry.bar.height()).sum::<usize>();
            let mut scarce = self.room.map_or(0, |room| rows().saturating_sub(room));
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
