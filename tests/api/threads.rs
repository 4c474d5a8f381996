//! Counting by many threads and by iterators at the same time: nothing is lost, and nothing counts
//! twice.

use std::panic::catch_unwind;
use std::thread;

use footlights::{Counter, Manager, Output};
use proptest::prelude::*;

/// Counts silently, wherever the tests run.
fn counter() -> Counter {
    Manager::builder().output(Output::Hidden).build().counter().add()
}

#[test]
fn many_threads_count_exactly() {
    let counter = counter();
    let segment = counter.segment("part").add();
    // More than there are lanes, and more than there are processors.
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

/// Whoever looks meanwhile sees a count that only grows, also while iterators come and go.
#[test]
fn counts_do_not_jump() {
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

/// Set by one while others count: it is that, and what was counted since; never less, and never all
/// of what was before.
#[test]
fn what_is_set_while_others_count_stays() {
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

/// Two that set at the same time: it is what one of them has set.
#[test]
fn sets_do_not_add_up() {
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
fn counts_move_between_segments_while_others_count() {
    let counter = counter();
    let segments = ["one", "two"].map(|name| counter.segment(name).add());
    thread::scope(|scope| {
        for at in 0..2 {
            let (to, from) = (&segments[at], &segments[1 - at]);
            scope.spawn(move || (0..1000).for_each(|_| to.inc(1)));
            // There may not be as many; then nothing is moved.
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

#[test]
fn an_iterator_counts_what_is_done() {
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

    // One that was never asked.
    drop(counter.wrap_iter(0..3));
    assert_eq!(counter.count(), 7);
}

#[test]
fn iterators_are_inside_of_each_other() {
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
    let broken = || counter.wrap_iter(0..10).for_each(|n| assert!(n < 6, "as it should"));
    assert!(catch_unwind(broken).is_err());
    assert_eq!(counter.count(), 6);
    counter.set(1);
    assert_eq!(counter.count(), 1);
}

#[test]
fn what_is_forgotten_still_counts() {
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
    // Both have an item out, and three before them.
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
    // What counts last keeps the bar.
    let mut last = counter.wrap_iter(0..2);
    drop(counter);
    assert_eq!(last.by_ref().count(), 2);
}

/// What is done to one counter with a segment, one after the other.
#[derive(Clone, Copy, Debug)]
enum Step {
    Inc(i64),
    IncElsewhere(i64),
    IncPart(i64),
    Set(i64),
    SetPart(i64),
    Begin,
    Next(usize),
    End(usize),
    Move(u64),
    Reset,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..1000_i64).prop_map(Step::Inc),
        (0..1000_i64).prop_map(Step::IncElsewhere),
        (0..1000_i64).prop_map(Step::IncPart),
        (0..1000_i64).prop_map(Step::Set),
        (0..1000_i64).prop_map(Step::SetPart),
        Just(Step::Begin),
        (0..4_usize).prop_map(Step::Next),
        (0..4_usize).prop_map(Step::End),
        (0..100_u64).prop_map(Step::Move),
        Just(Step::Reset),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    /// However it is counted, it is as if there were two plain numbers.
    #[test]
    fn it_is_all_one_number(steps in prop::collection::vec(step(), 1..60)) {
        let counter = counter();
        let segment = counter.segment("part").add();
        let (mut own, mut part) = (0_i64, 0_i64);
        let mut under_way = Vec::new();
        for step in steps {
            match step {
                Step::Inc(n) => {
                    counter.inc(n as u64);
                    own += n;
                }
                Step::IncElsewhere(n) => {
                    thread::scope(|scope| _ = scope.spawn(|| counter.inc(n as u64)));
                    own += n;
                }
                Step::IncPart(n) => {
                    segment.inc(n as u64);
                    part += n;
                }
                Step::Set(n) => {
                    counter.set(n);
                    own = n - part;
                }
                Step::SetPart(n) => {
                    segment.set(n);
                    part = n;
                }
                Step::Begin => under_way.push((counter.wrap_iter(0..u64::MAX), false)),
                Step::Next(at) => {
                    if let Some((items, out)) = under_way.get_mut(at) {
                        items.next();
                        own += i64::from(std::mem::replace(out, true));
                    }
                }
                Step::End(at) => {
                    if at < under_way.len() {
                        drop(under_way.remove(at));
                    }
                }
                Step::Move(n) => {
                    if segment.move_from(&counter, n).is_ok() {
                        own -= n as i64;
                        part += n as i64;
                    }
                }
                Step::Reset => {
                    counter.reset();
                    (own, part) = (0, 0);
                }
            }
            prop_assert_eq!((counter.count_f64(), segment.count_f64()), ((own + part) as f64, part as f64));
        }
    }
}
