//! What the types promise, without a terminal: counting, segments, handles.

use std::io::{self, Write};
use std::thread;
use std::time::Duration;

use footlights::{AnsiColor, Color, Counter, Error, Manager, ManagerBuilder, Output};

/// Counts silently, wherever the tests run.
fn manager() -> Manager {
    Manager::builder().output(Output::Hidden).build()
}

fn counter() -> Counter {
    manager().counter().total(100).desc("Basic").unit("ticks").add()
}

#[test]
fn settings_can_be_a_constant() {
    const SETTINGS: ManagerBuilder = Manager::builder().output(Output::Hidden).frame_rate(10).width(40);
    assert!(!SETTINGS.build().is_enabled());
}

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
fn no_count_is_lost_between_threads() {
    let counter = counter();
    let segment = counter.segment("red").color(AnsiColor::Red).add();
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
fn totals_come_and_go() {
    let counter = manager().counter().add();
    assert_eq!(counter.total(), None);
    counter.set_total(7);
    assert_eq!(counter.total(), Some(7));
    counter.set_total(None::<u64>);
    assert_eq!(counter.total(), None);
    // Beyond the total is no error.
    counter.set_total(1);
    counter.inc(5);
    assert_eq!((counter.count(), counter.total()), (5, Some(1)));
}

#[test]
fn totals_grow_with_the_work_that_is_found() {
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

/// What is missing is counted by the bar itself.
#[test]
fn finishing_counts_what_is_missing() {
    let counter = manager().counter().total(10).add();
    let failed = counter.segment("failed").add();
    counter.inc(2);
    failed.inc(3);
    counter.finish();
    assert_eq!((counter.count(), failed.count(), counter.is_closed()), (10, 3, true));
    assert_eq!(counter.percentage(), Some(100.0));
    // Without a total it is only closed.
    let counter = manager().counter().count(4).add();
    counter.finish();
    assert_eq!((counter.count(), counter.is_closed()), (4, true));
}

#[test]
fn what_a_bar_shows_can_be_asked() {
    let counter = manager().counter().total(4).desc("Copying").unit("files").message("a.txt").add();
    assert_eq!((&*counter.desc(), &*counter.unit()), ("Copying", "files"));
    assert_eq!(counter.message().as_deref(), Some("a.txt"));
    assert_eq!((counter.percentage(), counter.rate(), counter.eta()), (Some(0.0), 0.0, None));
    counter.set_desc("Copied");
    counter.set_unit("parts");
    counter.set_message("");
    assert_eq!((&*counter.desc(), &*counter.unit(), counter.message()), ("Copied", "parts", None));

    while counter.elapsed().is_zero() {}
    counter.inc(1);
    counter.pause();
    let seconds = counter.elapsed().as_secs_f64();
    assert!((counter.rate() * seconds - 1.0).abs() < 1e-9, "{} per second after {seconds} s", counter.rate());
    let eta = counter.eta().expect("there is a rate").as_secs_f64();
    assert!((eta - 3.0 * seconds).abs() < 1e-6, "{eta} s left after {seconds} s");
    assert_eq!(counter.percentage(), Some(25.0));
    counter.set(5);
    assert_eq!((counter.percentage(), counter.eta()), (Some(125.0), Some(Duration::ZERO)));
    counter.set_total(None::<u64>);
    assert_eq!((counter.percentage(), counter.eta()), (None, None));
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
fn segments_count_for_the_bar() {
    let counter = counter();
    let failed = counter.segment("failed").color(Color::rgb(220, 40, 40)).add();
    let skipped = counter.segment("yellow").color(AnsiColor::Yellow).add();
    counter.inc(10);
    failed.inc(2);
    skipped.inc(3);
    assert_eq!((counter.count(), failed.count(), skipped.count()), (15, 2, 3));
    failed.set(5);
    assert_eq!((counter.count(), failed.count()), (18, 5));
    failed.dec(1);
    assert_eq!((counter.count(), failed.count()), (17, 4));
    assert_eq!(failed.counter().count(), 17);
}

#[test]
fn moving_keeps_the_sum() -> Result<(), Error> {
    let counter = counter();
    let (from, to) =
        (counter.segment("red").color(AnsiColor::Red).add(), counter.segment("green").color(AnsiColor::Green).add());
    counter.inc(4);
    from.inc(6);
    to.move_from(&from, 2)?;
    assert_eq!((from.count(), to.count(), counter.count()), (4, 2, 10));
    to.move_from(&counter, 4)?;
    assert_eq!((from.count(), to.count(), counter.count()), (4, 6, 10));
    to.move_from(&from, 0)?;
    to.move_from(&to, 6)?;
    assert_eq!((from.count(), to.count(), counter.count()), (4, 6, 10));
    Ok(())
}

/// Nothing is moved then.
#[test]
fn what_cannot_be_moved() {
    let (counter, other) = (counter(), self::counter());
    let (from, to) =
        (counter.segment("red").color(AnsiColor::Red).add(), counter.segment("green").color(AnsiColor::Green).add());
    let stranger = other.segment("blue").color(AnsiColor::Blue).add();
    counter.inc(4);
    from.inc(6);
    other.inc(9);
    stranger.inc(9);

    let error = |result: Result<(), Error>| result.expect_err("it cannot be moved").to_string();
    assert_eq!(error(to.move_from(&from, 7)), "cannot move 7 counts: the source has fewer");
    // What its segments have counted is not the bar's own.
    assert_eq!(error(to.move_from(&counter, 5)), "cannot move 5 counts: the source has fewer");
    assert_eq!(error(to.move_from(&from, u64::MAX)), format!("cannot move {} counts: the source has fewer", u64::MAX));
    assert_eq!(error(to.move_from(&stranger, 1)), "cannot move counts from another bar");
    assert_eq!(error(to.move_from(&other, 1)), "cannot move counts from another bar");
    assert_eq!((from.count(), to.count(), counter.count()), (6, 0, 10));
    assert_eq!((stranger.count(), other.count()), (9, 18));
}

#[test]
fn reset_takes_everything_back() {
    let counter = counter();
    let segment = counter.segment("red").color(AnsiColor::Red).add();
    counter.inc(5);
    segment.inc(5);
    counter.close();
    counter.reset();
    assert_eq!((counter.count(), segment.count()), (0, 0));
    counter.inc(1);
    assert_eq!(counter.count(), 1);
}

/// The clock of a bar that is closed stands where the last count was; that of one that is reset
/// starts again.
#[test]
fn the_clock_stops_and_starts() {
    let counter = counter();
    while counter.elapsed() < Duration::from_millis(2) {}
    counter.inc(1);
    counter.close();
    let elapsed = counter.elapsed();
    thread::yield_now();
    assert_eq!(counter.elapsed(), elapsed);
    assert!(elapsed >= Duration::from_millis(2));
    counter.close();
    counter.inc(1);
    assert_eq!((counter.elapsed(), counter.count()), (elapsed, 2));
    counter.reset();
    while counter.elapsed().is_zero() {}
}

#[test]
fn an_iterator_is_counted_as_it_is_worked_on() {
    let counter = manager().counter().add();
    let mut seen = Vec::new();
    for n in counter.wrap_iter(0..5) {
        seen.push((n, counter.count()));
    }
    assert_eq!(seen, [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]);
    assert_eq!((counter.count(), counter.total()), (5, Some(5)));
}

#[test]
fn the_item_at_which_a_loop_is_left_is_not_counted() {
    let counter = counter();
    for n in counter.wrap_iter(0..10) {
        if n == 3 {
            break;
        }
    }
    assert_eq!((counter.count(), counter.total()), (3, Some(100)));
}

#[test]
fn iterators_keep_their_powers() {
    let counter = manager().counter().add();
    let mut items = counter.wrap_iter([1, 2, 3, 4]);
    assert_eq!(items.len(), 4);
    assert_eq!((items.next(), items.next_back(), items.len()), (Some(1), Some(4), 2));
    assert_eq!(items.by_ref().sum::<i32>(), 5);
    assert_eq!((items.next(), items.next()), (None, None));
    assert_eq!(counter.count(), 4);
    // How many there are is not always known.
    let open = manager().counter().add();
    assert_eq!(open.wrap_iter((0..9).filter(|n| n % 2 == 0)).count(), 5);
    assert_eq!((open.count(), open.total()), (5, None));
}

#[test]
fn without_a_terminal_everything_can_be_called() {
    let manager = manager();
    assert!(!manager.is_enabled());
    let counter = manager.counter().total(2).leave(false).color(AnsiColor::Blue).add();
    counter.set_desc("x");
    counter.set_unit("y");
    counter.set_color(Color::rgb(1, 2, 3));
    counter.set_leave(true);
    counter.set_message("hello");
    counter.set_field("answer", 42);
    counter.segment("red").color(AnsiColor::Red).add().set_color(AnsiColor::Green);
    manager.stop();
    manager.stop();
    counter.inc(1);
    counter.close();
    counter.close();
    assert_eq!(counter.count(), 1);
    assert!(io::stdout().flush().is_ok());
}

#[test]
fn what_is_printed_for_debugging() {
    let counter = counter();
    counter.inc(2);
    assert_eq!(format!("{counter:?}"), "Counter { desc: \"Basic\", count: 2, total: Some(100), .. }");
    let failed = counter.segment("failed").add();
    failed.inc(1);
    assert_eq!(format!("{failed:?}"), "Segment { name: \"failed\", count: 1, .. }");
    let status = manager().status_bar().text("ready").add();
    assert_eq!(format!("{status:?}"), "StatusBar { text: Some(\"ready\"), .. }");
    assert_eq!(format!("{:?}", counter.wrap_iter([1])), "Counted { inner: IntoIter([1]), .. }");
    assert_eq!(format!("{:?}", manager()), "Manager { enabled: false, .. }");
}
