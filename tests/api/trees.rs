//! Bars inside of other bars: their counts, their indentation, and how they end.

use std::thread;

use footlights::{Counter, OnClose, RollUp, bar_format};

use crate::hidden::manager;

fn child(parent: &Counter, total: u64, roll_up: RollUp) -> Counter {
    parent.child().total(total).roll_up(roll_up).add()
}

#[test]
fn children_count_into_their_parents_as_they_wish() {
    let all = manager().counter().total(100).add();
    let own = child(&all, 10, RollUp::None);
    let counts = child(&all, 10, RollUp::Counts);
    let bits = child(&all, 10, RollUp::weight(4.0));
    let whole = child(&all, 10, RollUp::weight(3));
    all.inc(50);
    [&own, &counts, &bits, &whole].into_iter().for_each(|bar| bar.inc(5));
    assert_eq!(all.count_f64(), 50.0 + 5.0 + 2.0 + 1.0);
    // What was counted stays, and what is counted afterwards is not counted twice.
    counts.close();
    counts.inc(5);
    assert_eq!((counts.count(), all.count()), (10, 58));
    bits.finish();
    assert_eq!(all.count(), 60);
    drop((counts, bits, whole));
    assert_eq!(all.count(), 60);
    // A bar that is opened again is counted once more.
    own.reset();
    assert_eq!(all.count(), 60);
}

#[test]
fn a_child_without_a_total_counts_when_it_is_closed() {
    let all = manager().counter().total(2).add();
    let step = all.child().roll_up(RollUp::weight(1)).add();
    step.inc(1000);
    assert_eq!(all.count(), 0);
    step.close();
    assert_eq!(all.count(), 1);
    // Opened again, it is a step of its own.
    step.reset();
    assert_eq!(all.count(), 1);
    step.remove();
    assert_eq!((all.count(), all.is_complete()), (2, true));
}

#[test]
fn the_count_of_a_parent_can_be_set() {
    let all = manager().counter().total(9).add();
    let part = child(&all, 5, RollUp::Counts);
    part.inc(3);
    all.set(7);
    assert_eq!(all.count(), 7);
    part.inc(1);
    assert_eq!(all.count(), 8);
    all.reset();
    // The child has still counted.
    assert_eq!(all.count(), 4);
    drop(part);
    assert_eq!(all.count(), 4);
    let failed = all.segment("failed").add();
    assert!(failed.move_from(&all, 4).is_ok());
    assert_eq!((failed.count(), all.count()), (4, 4));
}

#[test]
fn a_parent_is_open_as_long_as_its_children() {
    let manager = manager();
    let parent = manager.counter().add();
    let observer = parent.child().add();
    let deep = observer.child().add();
    drop((parent, observer));
    assert!(!deep.is_closed());
    // A parent may be closed by a call, before its children.
    let parent = manager.counter().total(3).add();
    let part = child(&parent, 3, RollUp::Counts);
    parent.close();
    part.inc(2);
    assert!(parent.is_closed() && !part.is_closed());
    assert_eq!(parent.count(), 2);
    part.close();
    assert_eq!(parent.count(), 2);
}

#[test]
fn children_are_indented() {
    let manager = manager();
    let root = manager.counter().desc("root").bar_format(bar_format!("{desc}|{bar}|")).total(1).add();
    let line = |bar: &Counter, width| bar.render(width);
    let part = root.child().desc("part").bar_format(bar_format!("{desc}|{bar}|")).total(1).add();
    let leaf = part.child().desc("leaf").bar_format(bar_format!("{desc}|{bar}|")).total(1).add();
    assert_eq!((root.depth(), part.depth(), leaf.depth()), (0, 1, 2));
    assert_eq!(line(&root, 12), "root|      |");
    assert_eq!(line(&part, 12), "  part|    |");
    assert_eq!(line(&leaf, 16), "    leaf|      |");
    // Never more than a quarter.
    assert_eq!(line(&leaf, 12), "   leaf|   |");
    assert_eq!(line(&leaf, 0), "");
}

/// Neither counting nor closing uses up the stack.
#[test]
fn very_deep_trees() {
    let manager = manager();
    let root = manager.counter().total(1).add();
    let mut bar = root.clone();
    for _ in 0..50_000 {
        bar = child(&bar, 1, RollUp::Counts);
    }
    bar.inc(1);
    assert_eq!((bar.depth(), root.count()), (50_000, 0));
    assert!(bar.render(40).len() > 10);
    drop(bar);
    assert!(!root.is_closed());
    // From the top, they are counted.
    let mut bar = root.clone();
    for _ in 0..100 {
        bar = child(&bar, 1, RollUp::Counts);
    }
    bar.inc(1);
    assert_eq!(root.count(), 1);
}

#[test]
fn many_children_from_many_threads() {
    let manager = manager();
    let all = manager.counter().total(10_000).add();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for n in 0..2500 {
                    let part = all.child().total(1).roll_up(RollUp::Counts).on_close(OnClose::Clear).add();
                    part.inc(1);
                    if n % 50 == 0 {
                        assert!(all.count() <= 10_000);
                        part.reset();
                        part.inc(1);
                    }
                }
            });
        }
    });
    assert_eq!((all.count(), all.is_complete()), (10_000, true));
}

#[test]
fn a_bar_can_be_hidden_and_preferred() {
    let manager = manager();
    let bar = manager.counter().visible(false).priority(3).add();
    assert!(bar.is_hidden());
    assert_eq!(bar.priority(), 3);
    bar.show();
    bar.set_priority(-1);
    assert!(!bar.is_hidden() && !manager.counter().visible(false).visible(true).add().is_hidden());
    assert_eq!(bar.priority(), -1);
    bar.hide();
    bar.inc(1);
    assert!(bar.is_hidden());
    assert_eq!(bar.count(), 1);
    // Without an output, there is nothing to move; but all calls work.
    let status = manager.status_bar().text("ready").above(&bar).add();
    status.move_below(&bar);
    status.move_above(&status);
    status.move_to_top();
    bar.move_to_bottom();
    assert_eq!(status.depth(), 0);
}
