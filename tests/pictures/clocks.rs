//! Elapsed time, rate and ETA, to the second.

use std::time::Duration;

use footlights::testing::TestTerminal;
use footlights::{Estimator, bar_format};

use crate::SECOND;

/// The clock of a closed bar stands at its last count, and that of a bar that is reset starts
/// again.
#[test]
fn close_stops_the_clock_and_reset_starts_it() {
    let terminal = TestTerminal::new(60, 4);
    let bar = terminal.manager().counter().total(9).add();
    terminal.advance(3 * SECOND);
    bar.inc(1);
    bar.close();
    terminal.advance(SECOND);
    assert_eq!(bar.elapsed(), 3 * SECOND);
    bar.close();
    bar.inc(1);
    assert_eq!((bar.elapsed(), bar.count()), (3 * SECOND, 2));
    bar.reset();
    terminal.advance(2 * SECOND);
    assert_eq!((bar.elapsed(), bar.count()), (2 * SECOND, 0));
}

#[test]
fn a_pause_stops_the_clock() {
    let terminal = TestTerminal::new(60, 4);
    let bar = terminal.manager().counter().total(100).bar_format(bar_format!("{elapsed}")).add();
    terminal.advance(5 * SECOND);
    bar.pause();
    assert!(bar.is_paused());
    terminal.advance(60 * SECOND);
    bar.inc(1);
    assert_eq!((bar.elapsed(), terminal.bars()[0].text()), (5 * SECOND, "00:05"));
    bar.resume();
    terminal.advance(2 * SECOND);
    assert_eq!((bar.elapsed(), terminal.bars()[0].text()), (7 * SECOND, "00:07"));
}

#[test]
fn rate_and_eta_follow_from_counts_and_elapsed_time() {
    let terminal = TestTerminal::new(60, 4);
    let bar = terminal.manager().counter().total(4).estimator(Estimator::Mean).add();
    assert_eq!((bar.percentage(), bar.rate(), bar.eta()), (Some(0.0), 0.0, None));
    terminal.advance(8 * SECOND);
    bar.inc(1);
    assert_eq!((bar.percentage(), bar.rate(), bar.eta()), (Some(25.0), 0.125, Some(24 * SECOND)));
    bar.set(5);
    assert_eq!((bar.percentage(), bar.eta()), (Some(125.0), Some(Duration::ZERO)));
    bar.set_total(None::<u64>);
    assert_eq!((bar.percentage(), bar.eta()), (None, None));
}

/// It follows a change of pace within some seconds, and does not run away in a pause.
#[test]
fn a_smoothed_rate_follows_the_pace() {
    let terminal = TestTerminal::new(60, 4);
    let bar = terminal.manager().counter().total(100_000).estimator(Estimator::Smoothed).add();
    let run = |per_second: u64| {
        for _ in 0..600 {
            terminal.advance(Duration::from_millis(100));
            bar.inc(per_second / 10);
        }
        bar.rate()
    };
    for pace in [10, 200, 50] {
        let rate = run(pace);
        assert!((rate / pace as f64 - 1.0).abs() < 0.1, "{rate} instead of {pace}");
    }
}
