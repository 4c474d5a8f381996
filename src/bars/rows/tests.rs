//! Which bars find a row, compared with a slow model that follows the sentences of the documentation.

use std::cmp::Reverse;
use std::sync::Arc;

use proptest::prelude::*;

use super::{Height, Row};
use crate::bars::finished::FinishedBars;
use crate::bars::id::{Id, ManagerId};
use crate::bars::on_close::OnClose;
use crate::bars::on_stop::OnStop;
use crate::bars::place::{Place, Spot};
use crate::bars::{Bar, Roster};
use crate::sys::Instant;
use crate::template::{Kind, Template};

/// A bar to be added.
#[derive(Clone, Debug)]
struct NewBar {
    height: usize,
    priority: i16,
    /// One of the bars before it, or none.
    parent: Option<prop::sample::Index>,
    row: Option<usize>,
    is_closed: bool,
}

/// What the model knows of a bar.
struct Known {
    id: Id,
    height: usize,
    priority: i16,
    depth: u32,
    row: Option<usize>,
    is_closed: bool,
}

fn new_bar() -> impl Strategy<Value = NewBar> {
    let parent = prop::option::weighted(0.6, any::<prop::sample::Index>());
    let row = prop::option::weighted(0.2, 1..12_usize);
    (prop_oneof![3 => Just(1), 1 => 2..4_usize], -1..2_i16, parent, row, any::<bool>())
        .prop_map(|(height, priority, parent, row, is_closed)| NewBar { height, priority, parent, row, is_closed })
}

/// A roster of these bars, and what the model knows of them.
fn roster(bars: &[NewBar], summed_up: bool) -> (Roster, Vec<Known>) {
    let (mut roster, mut known) = (Roster::default(), Vec::<Known>::new());
    let now = Instant::now();
    if summed_up {
        roster.add_manager(ManagerId(1), OnStop::KeepBars, FinishedBars::Summary);
        let id = roster.add(Arc::new(Bar::for_tests()), ManagerId(1), Place::Free);
        roster.close(id, OnClose::Keep);
        roster.take_finished(0, 1, now);
    }
    for new in bars {
        let parent = new.parent.filter(|_| !known.is_empty()).map(|at| &known[at.index(known.len())]);
        let (parent, depth) = parent.map_or((None, 0), |parent| (Some(parent.id), parent.depth + 1));
        let mut bar = Bar::for_tests();
        bar.nest(parent, depth);
        bar.set_priority(new.priority);
        let format = vec!["{count}"; new.height].join("\n");
        bar.change(|appearance| {
            appearance.templates.set(Template::parse(&format, Kind::Counter, &[]).expect("a format"));
        });
        assert_eq!(bar.height(), new.height);
        let row = new.row.filter(|row| !roster.is_taken(*row));
        let place = row.map_or(Place::Free, Place::Pinned);
        let id = roster.add_at(Spot::Last { parent }, Arc::new(bar), ManagerId(0), place);
        if new.is_closed {
            roster.close(id, OnClose::Keep);
        }
        let is_closed = new.is_closed;
        known.push(Known { id, height: new.height, priority: new.priority, depth, row, is_closed });
    }
    for (id, age) in roster.lists.iter().map(|entry| (entry.id.serial, entry.id.age)) {
        known.iter_mut().filter(|bar| bar.id.serial == id).for_each(|bar| bar.id.age = age);
    }
    (roster, known)
}

/// One row after the other, from the bottom up.
fn model(bars: &[Known], summed_up: bool, rows: usize) -> Vec<String> {
    let name = |bar: &Known| bar.id.serial.to_string();
    let mut pinned: Vec<&Known> = bars.iter().filter(|bar| bar.row.is_some()).collect();
    pinned.sort_by_key(|bar| bar.row);
    let (mut free, unseen): (Vec<&Known>, Vec<&Known>) = bars.iter().partition(|bar| bar.row.is_none());
    assert_eq!(unseen.len(), pinned.len());
    // Alone, they stand on blank rows. The first one that does not fit takes those above it with it.
    let alone = |pinned: &[&Known]| stack(pinned, &[]).len();
    let fitting = (0..=pinned.len()).take_while(|n| alone(&pinned[..*n]) <= rows).last().unwrap_or(0);
    let mut hidden = pinned.len() - fitting;
    pinned.truncate(fitting);
    let mut room = rows - pinned.iter().map(|bar| bar.height).sum::<usize>();
    let summary = summed_up && room > 0;
    room -= usize::from(summary);

    free.sort_by_key(|bar| {
        let age = (!bar.is_closed).then_some(bar.id);
        (Reverse(bar.priority), bar.is_closed, bar.depth.min(16), age, Reverse(bar.id))
    });
    let heights = |n: usize, room: usize| {
        let mut heights: Vec<usize> = free[..n].iter().map(|bar| bar.height).collect();
        if let Some(first) = heights.first_mut().filter(|_| room > 0) {
            *first = room.min(*first);
        }
        heights
    };
    let fits = |n: usize, room: usize| heights(n, room).iter().sum::<usize>() <= room;
    let (shown, room) = match fits(free.len(), room) {
        true => (free.len(), room),
        false => {
            let room = room.saturating_sub(1);
            ((0..free.len()).take_while(|n| fits(*n, room)).last().unwrap_or(0), room)
        }
    };
    hidden += free.len() - shown;
    let mut shown: Vec<(&Known, usize)> = free.iter().copied().zip(heights(shown, room)).collect();
    shown.sort_by_key(|(bar, _)| bar.id);
    let mut others = Vec::new();
    if summary {
        others.push(("finished".to_owned(), 1));
    }
    others.extend(shown.into_iter().map(|(bar, height)| (name(bar), height)));
    let taken: usize =
        others.iter().map(|(_, height)| height).sum::<usize>() + pinned.iter().map(|bar| bar.height).sum::<usize>();
    if hidden > 0 && taken < rows {
        others.push((format!("+{hidden}"), 1));
    }
    others.reverse();
    stack(&pinned, &others)
}

/// Pinned bars in their rows or right above what is in the way, and the others around them.
fn stack(pinned: &[&Known], others: &[(String, usize)]) -> Vec<String> {
    let (mut rows, mut pinned, mut others) = (Vec::new(), pinned.iter().peekable(), others.iter().peekable());
    loop {
        if let Some(bar) = pinned.next_if(|bar| bar.row.is_some_and(|row| row <= rows.len() + 1)) {
            rows.extend(vec![bar.id.serial.to_string(); bar.height]);
        } else if let Some((name, height)) = others.next() {
            rows.extend(vec![name.clone(); *height]);
        } else if pinned.peek().is_some() {
            rows.push(".".to_owned());
        } else {
            return rows;
        }
    }
}

/// The same of the roster.
fn selected(roster: &Roster, rows: usize) -> Vec<String> {
    let mut selected = Vec::new();
    roster.select_rows(rows, Height::Whole, &mut selected);
    let mut shown: Vec<String> = selected
        .iter()
        .flat_map(|row| {
            let name = match row {
                Row::Bar(entry, _) => entry.id.serial.to_string(),
                Row::Blank(_) => ".".to_owned(),
                Row::More(more) => format!("+{more}"),
                Row::Finished(_) => "finished".to_owned(),
            };
            vec![name; row.height()]
        })
        .collect();
    shown.reverse();
    shown
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn rows_go_to_those_with_the_best_claim(
        bars in prop::collection::vec(new_bar(), 0..14), summed_up in any::<bool>(),
    ) {
        let (roster, known) = roster(&bars, summed_up);
        for rows in 0..32 {
            let shown = selected(&roster, rows);
            prop_assert!(shown.len() <= rows, "{} in {rows} rows", shown.len());
            prop_assert_eq!(shown, model(&known, summed_up, rows), "in {} rows", rows);
        }
    }
}
