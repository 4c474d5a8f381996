//! However a bar is counted, it is as if there were two plain numbers: one for the bar, one for its
//! segment.

use std::thread;

use proptest::prelude::*;

use crate::hidden::counter;

/// What is done to a counter with a segment.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Counts.
    Inc(i64),
    /// Counts in another thread.
    IncElsewhere(i64),
    /// Counts for the segment.
    IncSegment(i64),
    /// Sets the count of the bar.
    Set(i64),
    /// Sets the count of the segment.
    SetSegment(i64),
    /// Wraps an iterator.
    Wrap,
    /// Takes an item from one of the iterators.
    Next(usize),
    /// Drops one of the iterators.
    Drop(usize),
    /// Moves counts from the bar to the segment.
    Move(u64),
    /// Resets the bar.
    Reset,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..1000_i64).prop_map(Step::Inc),
        (0..1000_i64).prop_map(Step::IncElsewhere),
        (0..1000_i64).prop_map(Step::IncSegment),
        (0..1000_i64).prop_map(Step::Set),
        (0..1000_i64).prop_map(Step::SetSegment),
        Just(Step::Wrap),
        (0..4_usize).prop_map(Step::Next),
        (0..4_usize).prop_map(Step::Drop),
        (0..100_u64).prop_map(Step::Move),
        Just(Step::Reset),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn counts_equal_those_of_plain_numbers(steps in prop::collection::vec(step(), 1..60)) {
        let counter = counter();
        let segment = counter.segment("part").add();
        let (mut unsegmented, mut in_segment) = (0_i64, 0_i64);
        let mut iterators = Vec::new();
        for step in steps {
            match step {
                Step::Inc(n) => {
                    counter.inc(n as u64);
                    unsegmented += n;
                }
                Step::IncElsewhere(n) => {
                    thread::scope(|scope| _ = scope.spawn(|| counter.inc(n as u64)));
                    unsegmented += n;
                }
                Step::IncSegment(n) => {
                    segment.inc(n as u64);
                    in_segment += n;
                }
                Step::Set(n) => {
                    counter.set(n);
                    unsegmented = n - in_segment;
                }
                Step::SetSegment(n) => {
                    segment.set(n);
                    in_segment = n;
                }
                Step::Wrap => iterators.push((counter.wrap_iter(0..u64::MAX), false)),
                Step::Next(at) => {
                    if let Some((items, has_item_out)) = iterators.get_mut(at) {
                        items.next();
                        unsegmented += i64::from(std::mem::replace(has_item_out, true));
                    }
                }
                Step::Drop(at) => {
                    if at < iterators.len() {
                        drop(iterators.remove(at));
                    }
                }
                Step::Move(n) => {
                    if segment.move_from(&counter, n).is_ok() {
                        unsegmented -= n as i64;
                        in_segment += n as i64;
                    }
                }
                Step::Reset => {
                    counter.reset();
                    (unsegmented, in_segment) = (0, 0);
                }
            }
            prop_assert_eq!(counter.count_f64(), (unsegmented + in_segment) as f64);
            prop_assert_eq!(segment.count_f64(), in_segment as f64);
            prop_assert_eq!(counter.unsegmented_count(), unsegmented.max(0) as u64);
        }
    }
}
