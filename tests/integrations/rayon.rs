//! Parallel iterators of rayon.

use std::panic::{AssertUnwindSafe, catch_unwind};

use footlights::{CountedParallelIterator, Counter, Manager, Output};
use rayon::prelude::*;

fn counter() -> Counter {
    Manager::builder().output(Output::None).build().counter().add()
}

#[test]
fn every_item_is_counted_once() {
    let bar = counter();
    let even: Vec<u64> = (0..10_000_u64).into_par_iter().filter(|n| n % 2 == 0).counted(&bar).map(|n| n * 2).collect();
    assert_eq!((even.len(), even[1], bar.count(), bar.total()), (5000, 4, 5000, None));
}

#[test]
fn an_indexed_iterator_stays_indexed() {
    let bar = counter();
    let items = bar.wrap_par_iter(0..1000_u32);
    assert_eq!((items.len(), bar.total()), (1000, Some(1000)));
    let pairs: Vec<(usize, u32)> = items.zip(5..1005_u32).map(|(a, b)| a + b).rev().enumerate().collect();
    assert_eq!((pairs.len(), pairs[0], pairs[999], bar.count()), (1000, (0, 2003), (999, 5), 1000));
}

#[test]
fn a_segment_counts_for_its_bar() {
    let bar = counter();
    let failed = bar.segment("failed").add();
    (0..100).into_par_iter().counted(&failed).for_each(drop);
    assert_eq!((failed.count(), bar.count(), bar.total()), (100, 100, None));
}

#[test]
fn a_search_that_ends_early_counts_what_it_has_looked_at() {
    let bar = counter();
    assert_eq!(bar.wrap_par_iter(0..1_000_000).find_any(|n| *n == 10), Some(10));
    assert!((1..=1_000_000).contains(&bar.count()));
}

#[test]
fn a_panic_counts_only_what_was_done() {
    let bar = counter();
    let ended = catch_unwind(AssertUnwindSafe(|| {
        (0..100).into_par_iter().with_max_len(1).counted(&bar).for_each(|n| assert_ne!(n, 50));
    }));
    assert!(ended.is_err() && bar.count() < 100);
}
