//! Iterators that are wrapped and counted.

use std::panic::catch_unwind;
use std::thread;

use crate::hidden::{counter, manager};

#[test]
fn an_item_counts_when_the_next_is_taken() {
    let counter = manager().counter().add();
    let mut seen = Vec::new();
    for n in counter.wrap_iter(0..5) {
        seen.push((n, counter.count()));
    }
    assert_eq!(seen, [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]);
    assert_eq!((counter.count(), counter.total()), (5, Some(5)));
}

#[test]
fn the_item_of_a_break_does_not_count() {
    let counter = counter();
    for n in counter.wrap_iter(0..10) {
        if n == 3 {
            break;
        }
    }
    assert_eq!((counter.count(), counter.total()), (3, Some(100)));
}

#[test]
fn a_wrapped_iterator_has_a_length_and_two_ends() {
    let counter = manager().counter().add();
    let mut items = counter.wrap_iter([1, 2, 3, 4]);
    assert_eq!(items.len(), 4);
    assert_eq!((items.next(), items.next_back(), items.len()), (Some(1), Some(4), 2));
    assert_eq!(items.by_ref().sum::<i32>(), 5);
    assert_eq!((items.next(), items.next()), (None, None));
    assert_eq!(counter.count(), 4);
    // The length of some iterators is unknown.
    let open = manager().counter().add();
    assert_eq!(open.wrap_iter((0..9).filter(|n| n % 2 == 0)).count(), 5);
    assert_eq!((open.count(), open.total()), (5, None));
}

/// An iterator may know its length only as a whole: the hint of this one is that of every iterator.
#[test]
fn a_length_without_a_hint() {
    struct Zeros(usize);
    impl Iterator for Zeros {
        type Item = u8;

        fn next(&mut self) -> Option<u8> {
            self.0 = self.0.checked_sub(1)?;
            Some(0)
        }
    }
    impl ExactSizeIterator for Zeros {
        fn len(&self) -> usize {
            self.0
        }
    }
    let counter = manager().counter().add();
    let items = counter.wrap_iter(Zeros(3));
    assert_eq!((items.len(), items.count(), counter.count()), (3, 3, 3));
}

#[test]
fn iterators_of_a_bar_and_of_a_segment() {
    let counter = counter();
    let segment = counter.segment("part").add();
    for (n, _) in counter.wrap_iter(0..10).enumerate() {
        assert_eq!(counter.count(), n as u64);
        if n == 4 {
            break;
        }
    }
    assert_eq!(counter.count(), 4);

    let mut ended = segment.wrap_iter(0..3);
    assert_eq!((ended.next(), ended.next_back(), ended.next(), ended.next()), (Some(0), Some(2), Some(1), None));
    assert_eq!((segment.count(), counter.count()), (3, 7));
    assert_eq!(ended.next(), None);
    drop(ended);
    assert_eq!((segment.count(), counter.count()), (3, 7));

    // An iterator that is dropped unused.
    drop(counter.wrap_iter(0..3));
    assert_eq!(counter.count(), 7);
}

#[test]
fn nested_iterators() {
    let counter = counter();
    for outer in counter.wrap_iter(0..3) {
        for inner in counter.wrap_iter(0..4) {
            assert_eq!(counter.count(), outer * 5 + inner);
            counter.inc(0);
        }
    }
    assert_eq!(counter.count(), 15);
}

#[test]
fn a_panic_loses_no_count() {
    let counter = counter();
    let broken = || counter.wrap_iter(0..10).for_each(|n| assert!(n < 6, "intended"));
    assert!(catch_unwind(broken).is_err());
    assert_eq!(counter.count(), 6);
    counter.set(1);
    assert_eq!(counter.count(), 1);
}

#[test]
fn a_forgotten_iterator_still_counts() {
    let counter = counter();
    let mut items = counter.wrap_iter(0..10);
    items.nth(4);
    std::mem::forget(items);
    counter.inc(1);
    assert_eq!(counter.count(), 5);
    counter.set(2);
    assert_eq!(counter.count(), 2);
    counter.reset();
    assert_eq!(counter.count(), 0);
}

#[test]
fn a_clone_of_an_iterator_counts_for_itself() {
    let counter = counter();
    let mut one = counter.wrap_iter(0..5);
    one.by_ref().take(2).for_each(drop);
    assert_eq!(counter.count(), 1);
    // Both have given out an item, and have three more.
    let two = one.clone();
    assert_eq!((one.count(), counter.count()), (3, 5));
    assert_eq!((two.count(), counter.count()), (3, 9));
}

#[test]
fn iterators_go_to_other_threads() {
    let counter = counter();
    let items = counter.wrap_iter(vec![1; 1000]);
    let sum = thread::spawn(move || items.sum::<i32>()).join().expect("no panic");
    assert_eq!((sum, counter.count()), (1000, 1000));
    // An iterator keeps its bar alive.
    let mut last = counter.wrap_iter(0..2);
    drop(counter);
    assert_eq!(last.by_ref().count(), 2);
}
