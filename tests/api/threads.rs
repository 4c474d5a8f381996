//! Several threads count at the same time: no count is lost or doubled.

use std::thread;

use crate::hidden::counter;

#[test]
fn a_bar_and_a_segment() {
    let counter = counter();
    let segment = counter.segment("red").add();
    thread::scope(|scope| {
        for _ in 0..4 {
            let (counter, segment) = (counter.clone(), segment.clone());
            scope.spawn(move || {
                for _ in 0..10_000 {
                    counter.inc(1);
                    segment.inc(2);
                    segment.dec(1);
                }
            });
        }
    });
    assert_eq!((counter.count(), segment.count()), (80_000, 40_000));
}

#[test]
fn more_threads_than_stripes() {
    let counter = counter();
    let segment = counter.segment("part").add();
    // More threads than stripes, and more than processors.
    thread::scope(|scope| {
        for n in 0..100 {
            let (counter, segment) = (&counter, &segment);
            scope.spawn(move || {
                for _ in 0..500 {
                    counter.inc(n);
                    segment.inc(3);
                    segment.dec(1);
                }
                counter.wrap_iter(0..500).for_each(drop);
                segment.wrap_iter(0..500).for_each(drop);
                counter.dec(500);
            });
        }
    });
    let (own, part) = (500 * 4950, 100 * 1500);
    assert_eq!((counter.count(), segment.count()), (own + part, part));
}

/// A count that is read meanwhile only grows, also while iterators are created and dropped.
#[test]
fn a_count_does_not_jump() {
    let counter = counter();
    thread::scope(|scope| {
        let counting = [1, 2].map(|_| {
            scope.spawn(|| {
                for _ in 0..300 {
                    counter.wrap_iter(0..20).for_each(|_| counter.inc(2));
                }
            })
        });
        let mut last = 0;
        while !counting.iter().all(|thread| thread.is_finished()) {
            let count = counter.count();
            assert!((last..=2 * 300 * 60).contains(&count), "{count} after {last}");
            last = count;
        }
    });
    assert_eq!(counter.count(), 2 * 300 * 60);
}

/// After `set` a count is the value that was set, and what was counted since.
#[test]
fn a_count_is_set_while_other_threads_count() {
    const BEFORE: u64 = 1_000_000;
    let counter = counter();
    let segment = counter.segment("part").add();
    counter.inc(BEFORE);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..100 {
                    counter.wrap_iter(0..10).for_each(|_| counter.inc(1));
                    segment.inc(1);
                }
            });
        }
        for n in (0..300).map(|n| n % 7) {
            counter.set(n);
            let count = counter.count();
            assert!((n..=n + 4 * 2100).contains(&count), "{count} after {n}");
        }
    });
    counter.set(5);
    counter.inc(1);
    assert_eq!((counter.count(), segment.count()), (6, 400));
    counter.reset();
    assert_eq!((counter.count(), segment.count()), (0, 0));
}

/// If two threads set a count at the same time, it has one of the two values.
#[test]
fn two_threads_set_a_count() {
    let counter = counter();
    let segment = counter.segment("part").add();
    for _ in 0..200 {
        thread::scope(|scope| {
            scope.spawn(|| counter.set(10));
            scope.spawn(|| counter.set(20));
            scope.spawn(|| segment.set(7));
        });
        assert!([7, 10, 17, 20, 27].contains(&counter.count()), "{}", counter.count());
        assert_eq!(segment.count(), 7);
        segment.set(0);
    }
}

#[test]
fn counts_are_moved_while_other_threads_count() {
    let counter = counter();
    let segments = ["one", "two"].map(|name| counter.segment(name).add());
    thread::scope(|scope| {
        for at in 0..2 {
            let (to, from) = (&segments[at], &segments[1 - at]);
            scope.spawn(move || (0..1000).for_each(|_| to.inc(1)));
            // A move fails if there are fewer counts.
            scope.spawn(move || (0..500).for_each(|_| _ = to.move_from(from, 2)));
            let counter = &counter;
            scope.spawn(move || (0..500).for_each(|_| _ = to.move_from(counter, 1)));
            scope.spawn(move || counter.wrap_iter(0..1000).for_each(drop));
        }
    });
    assert_eq!(counter.count(), 4000);
    assert!(segments[0].count() + segments[1].count() >= 2000);
    assert!(segments[0].count() + segments[1].count() <= 3000);
}
