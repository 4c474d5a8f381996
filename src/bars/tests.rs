//! The roster as a whole: the order of bars, the rows that they find, and what stays of them.

use std::sync::Arc;
use std::time::Duration;

use super::bar::Bar;
use super::finished::FinishedBars;
use super::id::{Age, Id, ManagerId, Scope};
use super::last_lines::LastLine;
use super::on_close::OnClose;
use super::on_stop::OnStop;
use super::place::{Place, Spot};
use super::roster::Roster;
use super::rows::{Height, Row};
use crate::sys::Instant;
use crate::template::{Kind, Template};

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
            Row::Blank(rows) => vec!["."; *rows].join(" "),
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

/// Outputs of lines have no last row, so a bar can be pinned to any.
#[test]
fn rows_beyond_every_window() {
    let mut roster = roster("o1");
    for row in [usize::MAX, usize::MAX - 1, 1 << 50] {
        let bar = test_bar();
        let format = Template::parse("one\ntwo\nthree", Kind::Counter, &[]).unwrap();
        bar.change(|appearance| appearance.templates.set(format));
        roster.add(bar, ManagerId(0), Place::Pinned(row));
    }
    assert_eq!(selected(&roster, 5), "0 +3 1");
    assert_eq!(roster.staying(Scope::All).len(), 5);
    assert_eq!(roster.remove_bars(Scope::All).len(), 5);
}

/// Bars that were removed come back among the children of their parent, also if all bars have got other ages
/// meanwhile, or their parent was moved. So do new children of a parent that is gone.
#[test]
fn bars_that_come_back() {
    let child_of = |parent: Id| {
        let mut bar = Bar::for_tests();
        bar.nest(Some(parent), 1);
        Arc::new(bar)
    };
    let (first, manager) = (Spot::First { parent: None }, ManagerId(0));
    let renumber = |roster: &mut Roster| {
        for _ in 0..300 {
            let id = roster.add_at(first, test_bar(), manager, Place::Free);
            roster.close(id, OnClose::Clear);
        }
    };
    let move_up = |roster: &mut Roster, parents: [Id; 3]| roster.move_to(parents[2], first, 0);
    let nothing = |_: &mut Roster, _: [Id; 3]| {};
    type Change<'a> = &'a dyn Fn(&mut Roster, [Id; 3]);
    let cases: [(Change<'_>, &str); 3] =
        [(&nothing, "0 3 1 4 2 5"), (&|roster, _| renumber(roster), "0 3 1 4 2 5"), (&move_up, "2 5 0 3 1 4")];
    for (change, shown) in cases {
        let mut roster = Roster::default();
        let parents = [(); 3].map(|()| roster.add(test_bar(), manager, Place::Free));
        let children = parents.map(child_of);
        let add = |(bar, parent): (&Arc<Bar>, Id)| {
            roster.add_at(Spot::Last { parent: Some(parent) }, bar.clone(), manager, Place::Free)
        };
        let ids: Vec<Id> = children.iter().zip(parents).map(add).collect();
        for (id, bar) in ids.iter().zip(&children) {
            roster.close(*id, OnClose::Clear);
            change(&mut roster, parents);
            roster.reopen(*id, bar, manager);
        }
        let serial = |id: u64| id.to_string();
        assert_eq!(serials(&roster, 9).into_iter().map(serial).collect::<Vec<_>>().join(" "), shown);
    }

    // A parent that is gone is below all others, with its child.
    let mut roster = Roster::default();
    let ids = [(); 3].map(|()| roster.add(test_bar(), manager, Place::Free));
    roster.close(ids[1], OnClose::Clear);
    renumber(&mut roster);
    let child = roster.add_at(Spot::Last { parent: Some(ids[1]) }, child_of(ids[1]), manager, Place::Free);
    let below = roster.add_at(Spot::Below(ids[1]), test_bar(), manager, Place::Free);
    assert_eq!(serials(&roster, 9), [ids[0].serial, ids[2].serial, child.serial, below.serial]);
}

/// A bar that is hidden when it is added finds no row, wherever it belongs. It keeps its place.
#[test]
fn hidden_bars() {
    for (place, shown) in [(Place::Free, "0 1 2"), (Place::Pinned(1), "0 2 1")] {
        let mut roster = roster("o");
        let bar = test_bar();
        bar.set_hidden(true);
        let id = roster.add(bar.clone(), ManagerId(0), place);
        roster.add(test_bar(), ManagerId(0), Place::Free);
        assert_eq!(selected(&roster, 5), "0 2", "{place:?}");
        roster.show(id, &bar);
        assert_eq!(selected(&roster, 5), shown, "{place:?}");
        roster.hide(id, &bar);
        assert_eq!(selected(&roster, 5), "0 2", "{place:?}");
    }
}

/// Pinned bars stand in the order of their rows. One whose row is taken stands among the others.
#[test]
fn rows_that_are_taken() {
    assert_eq!(selected(&roster("311"), 5), "0 2 1");
    assert_eq!(selected(&roster("o221"), 5), "0 2 1 3");
}

/// A process that was stopped: no time has passed for bars that are in use, shown or not.
#[test]
fn the_time_of_a_stop_is_not_counted() {
    let mut roster = Roster::default();
    let (now, stop) = (Instant::now(), Duration::from_secs(2));
    let later = now + Duration::from_secs(5);
    let hidden = test_bar();
    hidden.set_hidden(true);
    let bars = [
        (test_bar(), Place::Free),
        (test_bar(), Place::Pinned(1)),
        (test_bar(), Place::Late(later)),
        (hidden, Place::Free),
    ];
    for (bar, place) in &bars {
        roster.add(bar.clone(), ManagerId(0), *place);
    }
    let elapsed = || bars.each_ref().map(|(bar, _)| bar.elapsed(later));
    let before = elapsed();
    roster.discount(stop);
    assert_eq!(elapsed(), before.map(|time| time - stop));
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
    let add = |roster: &mut Roster, from| roster.add(Arc::new(Bar::for_tests()), ManagerId(0), Place::Late(at(from)));
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
    assert_eq!(roster.remove_bars(Scope::All).len(), 6);
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
        Row::Blank(_) | Row::More(_) | Row::Finished(_) => None,
    });
    assert!(shown.eq(list.iter().map(|id| Some(id.serial))));
    assert!(!roster.ages.are_original(), "the case is not covered");
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
                .lists
                .closed
                .iter()
                .filter(|entry| entry.id.serial == at as u64)
                .for_each(|entry| entry.bar.set_on_close(OnClose::Log));
        }
        let before = roster.lists.open.len() + roster.lists.closed.len();
        let moved = roster.take_finished(rows, most, Instant::now()).len();
        assert_eq!(before - moved, roster.lists.open.len() + roster.lists.closed.len(), "{states} on {rows} rows");
        assert_eq!(selected(&roster, 10), left, "{states} on {rows} rows");
    }
}

#[test]
fn what_stays_at_the_end() {
    let mut roster = roster("oc3o");
    roster.add(Arc::new(Bar::for_tests()), ManagerId(1), Place::Free);
    roster.add(Arc::new(Bar::for_tests()), ManagerId(2), Place::Free);
    roster.add_manager(ManagerId(2), OnStop::ClearBars, FinishedBars::Auto);
    assert_eq!(roster.remove_bars(Scope::Manager(ManagerId(0))).len(), 4);
    assert_eq!(selected(&roster, 9), "4 5");
    assert_eq!(roster.remove_bars(Scope::All).len(), 1);
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
        Row::Blank(_) | Row::More(_) | Row::Finished(_) => None,
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
            assert_eq!(roster.lists.open.len() + roster.lists.closed.len(), nodes.len());
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
    assert_eq!((serials(&roster, 9), roster.lists.closed.len()), (vec![0, 2, 1], 1));
    assert_eq!(roster.remove_bars(Scope::All).len(), 3);
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
            let last = roster.remove_bars(Scope::All);
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
