//! Counts and totals of a bar.

use std::thread;

use std::time::Duration;

use footlights::{BeyondTotal, ColorDepth, CounterBuilder, Number};

use crate::hidden::{counter, manager};

#[test]
fn all_clones_count_for_the_same_bar() {
    let counter = counter();
    let clone = counter.clone();
    counter.inc(3);
    clone.inc(4);
    clone.dec(1);
    assert_eq!((counter.count(), clone.count()), (6, 6));
    clone.set(50);
    assert_eq!(counter.count(), 50);
    drop(counter);
    clone.inc(1);
    assert_eq!(clone.count(), 51);
}

#[test]
fn a_bar_may_start_with_a_count() {
    let counter = manager().counter().total(10).count(4).add();
    assert_eq!(counter.count(), 4);
    counter.inc(1);
    assert_eq!(counter.count(), 5);
    counter.reset();
    assert_eq!(counter.count(), 4);
}

#[test]
fn a_total_is_set_and_removed() {
    let counter = manager().counter().add();
    assert_eq!(counter.total(), None);
    counter.set_total(7);
    assert_eq!(counter.total(), Some(7));
    counter.set_total(None::<u64>);
    assert_eq!(counter.total(), None);
    // A count may exceed the total.
    counter.set_total(1);
    counter.inc(5);
    assert_eq!((counter.count(), counter.total()), (5, Some(1)));
}

#[test]
fn a_total_grows() {
    let counter = manager().counter().add();
    counter.inc_total(3);
    counter.inc_total(4);
    assert_eq!((counter.total(), counter.total_f64()), (Some(7), Some(7.0)));
    counter.set_total(0.5);
    counter.inc_total(2);
    assert_eq!((counter.total(), counter.total_f64()), (Some(2), Some(2.5)));
    let counter = manager().counter().total(0).add();
    thread::scope(|scope| {
        (0..4).for_each(|_| _ = scope.spawn(|| (0..1000).for_each(|_| counter.inc_total(1))));
    });
    assert_eq!(counter.total(), Some(4000));
}

#[test]
fn a_total_shrinks_down_to_zero() {
    let counter = manager().counter().add();
    counter.dec_total(3);
    assert_eq!(counter.total(), None);
    counter.inc_total(7);
    counter.dec_total(3);
    assert_eq!(counter.total(), Some(4));
    counter.dec_total(9);
    assert_eq!(counter.total(), Some(0));
    counter.inc_total(u64::MAX);
    counter.inc_total(u64::MAX);
    assert_eq!(counter.total(), Some(i64::MAX as u64));
    counter.dec_total(u64::MAX);
    assert_eq!(counter.total(), Some(0));
    thread::scope(|scope| {
        (0..4).for_each(|_| {
            scope.spawn(|| {
                for _ in 0..1000 {
                    counter.inc_total(2);
                    counter.dec_total(1);
                }
            });
        });
    });
    assert_eq!(counter.total(), Some(4000));
}

#[test]
fn beyond_the_total() {
    let line = |beyond, count| {
        let bar = manager().counter().total(30).unit("kB").beyond_total(beyond).add();
        bar.inc(count);
        bar.render_at(50, Duration::from_secs(3), ColorDepth::None)
    };
    assert_eq!(line(BeyondTotal::CounterFormat, 36).trim_end(), "36 kB [00:03, 12.00 kB/s]");
    assert_eq!(line(BeyondTotal::FullBar, 36), "120%|████████████| 36/30 [00:03<00:00, 12.00 kB/s]");
    let within = [BeyondTotal::CounterFormat, BeyondTotal::FullBar].map(|beyond| line(beyond, 30));
    assert_eq!(within[0], within[1]);
    // Without a total there is nothing to be beyond of.
    let unknown = manager().counter().beyond_total(BeyondTotal::FullBar).add();
    unknown.inc(3);
    assert_eq!((unknown.fraction(), unknown.render(40).contains('%')), (None, false));
    assert!(!unknown.is_complete());
}

#[test]
fn totals_in_every_form() {
    let total = |builder: CounterBuilder| builder.add().total_f64();
    assert_eq!(total(manager().counter().total(50)), Some(50.0));
    assert_eq!(total(manager().counter().total(2.5)), Some(2.5));
    assert_eq!(total(manager().counter().total(vec![1, 2].len())), Some(2.0));
    assert_eq!(total(manager().counter().total(Some(7_u8))), Some(7.0));
    assert_eq!(total(manager().counter().total(Some(7))), Some(7.0));
    assert_eq!(total(manager().counter().total(Number::from(3))), Some(3.0));
    assert_eq!(total(manager().counter().total(9).total(None::<u64>)), None);
}

/// The bar itself counts the difference, not a segment.
#[test]
fn finish_counts_up_to_the_total() {
    let counter = manager().counter().total(10).add();
    let failed = counter.segment("failed").add();
    counter.inc(2);
    failed.inc(3);
    counter.finish();
    assert_eq!((counter.count(), failed.count(), counter.is_closed()), (10, 3, true));
    assert_eq!(counter.percentage(), Some(100.0));
    // Without a total, the bar is only closed.
    let counter = manager().counter().count(4).add();
    counter.finish();
    assert_eq!((counter.count(), counter.is_closed()), (4, true));
}

#[test]
fn reset_starts_again() {
    let counter = counter();
    let segment = counter.segment("red").add();
    counter.inc(5);
    segment.inc(5);
    counter.close();
    counter.reset();
    assert_eq!((counter.count(), segment.count()), (0, 0));
    counter.inc(1);
    assert_eq!(counter.count(), 1);
}
