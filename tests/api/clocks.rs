//! Elapsed time, rate and ETA.

use std::time::{Duration, Instant};

use footlights::{Estimator, bar_format};

use crate::hidden::{counter, manager, wait_for_tick};

/// The clock of a closed bar stands at its last count, and that of a bar that is reset starts
/// again.
#[test]
fn close_stops_the_clock_and_reset_starts_it() {
    let counter = counter();
    wait_for_tick();
    counter.inc(1);
    counter.close();
    let elapsed = counter.elapsed();
    wait_for_tick();
    assert_eq!(counter.elapsed(), elapsed);
    assert!(!elapsed.is_zero());
    counter.close();
    counter.inc(1);
    assert_eq!((counter.elapsed(), counter.count()), (elapsed, 2));
    counter.reset();
    wait_for_tick();
    assert!(!counter.elapsed().is_zero());
}

#[test]
fn a_pause_stops_the_clock() {
    let counter = counter();
    counter.pause();
    assert!(counter.is_paused());
    let before = counter.elapsed();
    wait_for_tick();
    counter.inc(1);
    assert_eq!(counter.elapsed(), before);
    let resuming = Instant::now();
    counter.resume();
    assert!(!counter.is_paused());
    // The clock has run only since then.
    wait_for_tick();
    let elapsed = counter.elapsed();
    assert!(
        (before + Duration::from_nanos(1)..=before + resuming.elapsed()).contains(&elapsed),
        "{elapsed:?} after {before:?}"
    );
}

#[test]
fn a_smoothed_rate_needs_a_count() {
    let format = bar_format!("{eta} {rate:.0f}");
    let counter = manager().counter().total(5).estimator(Estimator::Smoothed).bar_format(format).add();
    assert_eq!((counter.render(9), counter.rate(), counter.eta()), ("? 0".to_owned(), 0.0, None));
    wait_for_tick();
    counter.inc(4);
    let line = counter.render(9);
    // Not zero before everything is counted.
    assert!(line.starts_with("00:01 ") && counter.eta().is_some_and(|eta| eta >= Duration::from_secs(1)), "{line}");
    counter.inc(1);
    let line = counter.render(9);
    assert!(line.starts_with("00:00 "), "{line}");
    assert_eq!(counter.eta(), Some(Duration::ZERO));
}

#[test]
fn rate_and_eta_follow_from_counts_and_elapsed_time() {
    let counter = manager().counter().total(4).add();
    assert_eq!((counter.percentage(), counter.rate(), counter.eta()), (Some(0.0), 0.0, None));
    wait_for_tick();
    counter.inc(1);
    counter.pause();
    let seconds = counter.elapsed().as_secs_f64();
    assert!((counter.rate() * seconds - 1.0).abs() < 1e-9, "{} per second after {seconds} s", counter.rate());
    let eta = counter.eta().expect("a rate").as_secs_f64();
    assert!((eta - 3.0 * seconds).abs() < 1e-6, "{eta} s left after {seconds} s");
    assert_eq!(counter.percentage(), Some(25.0));
    counter.set(5);
    assert_eq!((counter.percentage(), counter.eta()), (Some(125.0), Some(Duration::ZERO)));
    counter.set_total(None::<u64>);
    assert_eq!((counter.percentage(), counter.eta()), (None, None));
}
