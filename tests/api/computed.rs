//! Fields that are computed by code of the program.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use footlights::{Counter, Manager, Progress, Value, bar_format, status_format};

use crate::hidden::manager;

/// Renders until the line is as expected. New values are waited for, but not for ever.
#[track_caller]
fn until(bar: &Counter, line: &str) {
    let start = Instant::now();
    while bar.render(80) != line {
        assert!(start.elapsed() < Duration::from_secs(20), "{:?} instead of {line:?}", bar.render(80));
    }
}

#[test]
fn values_of_all_types() {
    let describe = |progress: &Progress| {
        let (count, total) = (progress.count(), progress.total().unwrap_or(0));
        format!("{} {count} of {total}, {:?}", progress.desc(), progress.segment("failed"))
    };
    let format = bar_format!("{text} {half:.1f} {double:d}{flag}", text, half, double, flag);
    let bar = manager()
        .counter()
        .total(9)
        .desc("Tests")
        .field("double", 7)
        .field_with("text", describe)
        .field_with("half", |progress| progress.count_f64() / 2.0)
        .field_with("double", |_| 1)
        .field_with("double", |progress| progress.count() * 2)
        .field_with("flag", |progress| if progress.is_finished() { "!" } else { "" })
        .bar_format(format)
        .add();
    assert!(bar.check_formats().is_ok());
    bar.inc(3);
    until(&bar, "Tests 3 of 9, None 1.5 6");
    bar.segment("failed").add().inc(6);
    until(&bar, "Tests 9 of 9, Some(6) 4.5 18!");
    assert_eq!(bar.field("double"), Some(Value::Int(18)));
    let progress = bar.progress();
    assert_eq!((progress.fraction(), progress.percentage(), progress.count()), (Some(1.0), Some(100.0), 9));
    assert_eq!((progress.unit(), progress.message(), progress.total_f64()), ("".into(), None, Some(9.0)));
    assert!(progress.elapsed() <= bar.elapsed() && progress.eta() == Some(Duration::ZERO));
    assert!(progress.rate() >= 0.0);
}

#[test]
fn status_bars_have_them_too() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = calls.clone();
    let format = status_format!("call {call}", call);
    let status = manager().status_bar().format(format).field_with("call", move |_| counted.fetch_add(1, Relaxed)).add();
    let start = Instant::now();
    while !status.render(9).starts_with("call 3") {
        assert!(start.elapsed() < Duration::from_secs(20));
    }
    assert!(calls.load(Relaxed) >= 4);
}

#[test]
fn a_panic_costs_one_field() {
    struct Vicious;
    impl Drop for Vicious {
        fn drop(&mut self) {
            panic!("intended");
        }
    }
    let format = bar_format!("{count} [{bad}] [{good}]", bad, good);
    let bar = manager()
        .counter()
        .total(9)
        .field_with("bad", |progress| match progress.count() {
            2.. => std::panic::panic_any(Vicious),
            _ => "fine",
        })
        .field_with("good", |progress| progress.count())
        .bar_format(format)
        .add();
    until(&bar, "0 [fine] [0]");
    bar.inc(2);
    until(&bar, "2 [] [2]");
    bar.set(1);
    until(&bar, "1 [] [1]");
}

/// Neither a line nor the end of a bar or a manager waits for ever.
#[test]
fn nobody_hangs_on_a_lock_that_is_held() {
    let lock = Arc::new(Mutex::new(5));
    let held = lock.clone();
    let (manager, other) = (manager(), manager());
    let bar = manager
        .counter()
        .total(9)
        .bar_format(bar_format!("{count} {locked}", locked))
        .field_with("locked", move |_| *held.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
        .add();
    until(&bar, "0 5");
    let guard = lock.lock().unwrap();
    bar.inc(1);
    assert_eq!(bar.render(80), "1 5");
    other.stop();
    bar.close();
    manager.stop();
    drop(guard);
    until(&bar, "1 5");
}

/// The code may do whatever bars can do.
#[test]
fn the_code_counts_and_adds_bars() {
    let manager: Manager = manager();
    let (others, inner) = (manager.clone(), manager.counter().total(1000).add());
    let seen = inner.clone();
    let bar = manager
        .counter()
        .total(9)
        .bar_format(bar_format!("{work}", work))
        .field_with("work", move |_| {
            seen.inc(1);
            let part = others.counter().field_with("x", |_| 1).add();
            others.suspend(|| part.render(80).len().min(1) + usize::from(seen.count() > 0))
        })
        .add();
    until(&bar, "2");
    assert!(inner.count() > 0);
}

/// The code is dropped with the bar, by a thread that may run code of the program.
#[test]
fn the_code_is_dropped_with_the_bar() {
    struct Sender(mpsc::Sender<()>);
    impl Drop for Sender {
        fn drop(&mut self) {
            let _ = self.0.send(());
        }
    }
    let (sender, dropped) = mpsc::channel();
    let sender = Mutex::new(Sender(sender));
    let bar = manager().counter().field_with("x", move |_| usize::from(sender.is_poisoned())).add();
    bar.render(10);
    assert!(dropped.try_recv().is_err());
    drop(bar);
    assert!(dropped.recv_timeout(Duration::from_secs(20)).is_ok());
}
