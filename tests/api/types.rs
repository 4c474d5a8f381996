//! All public types can be sent to other threads, kept in structs, and used in `catch_unwind`.

use std::panic::{RefUnwindSafe, UnwindSafe, catch_unwind};

use footlights::{
    Ansi256Color, AnsiColor, BarFormat, Color, ColorDepth, Counted, Counter, CounterBuilder, CounterFormat,
    CounterStyle, Error, Estimator, Interception, Justify, Manager, ManagerBuilder, Number, OnStop, Output, RgbColor,
    Segment, SegmentBuilder, Series, SignalHandling, StatusBar, StatusBarBuilder, StatusFormat, StatusStyle, Value,
    Writer, anstyle,
};

use crate::hidden::manager;

const fn everywhere<T: Clone + Send + Sync + UnwindSafe + RefUnwindSafe + 'static>() {}

const _: () = {
    everywhere::<Manager>();
    everywhere::<ManagerBuilder>();
    everywhere::<Counter>();
    everywhere::<CounterBuilder>();
    everywhere::<StatusBar>();
    everywhere::<StatusBarBuilder>();
    everywhere::<Segment>();
    everywhere::<SegmentBuilder>();
    everywhere::<Counted<std::vec::IntoIter<u8>>>();
    everywhere::<Writer>();
    everywhere::<CounterStyle>();
    everywhere::<StatusStyle>();
    everywhere::<BarFormat>();
    everywhere::<CounterFormat>();
    everywhere::<StatusFormat>();
    everywhere::<Series>();
    everywhere::<Color>();
    everywhere::<Value>();
    everywhere::<Number>();
    everywhere::<Error>();
    everywhere::<(Interception, SignalHandling, OnStop, Output, Estimator, Justify, ColorDepth)>();
    everywhere::<(AnsiColor, Ansi256Color, RgbColor, anstyle::Style)>();
};

const fn error<T: std::error::Error>() {}
const _: () = error::<Error>();

/// A closure that counts can be passed to `catch_unwind`, and to any thread pool that uses it.
#[test]
fn bars_survive_a_panic() {
    let manager = manager();
    let bar = manager.counter().total(9).add();
    let failed = bar.segment("failed").add();
    let status = manager.status_bar().add();
    assert!(catch_unwind(|| bar.inc(1)).is_ok());
    let broken = catch_unwind(|| {
        failed.inc(1);
        status.set_text("broken");
        panic!("intended");
    });
    assert!(broken.is_err());
    assert_eq!((bar.count(), status.text().as_deref()), (2, Some("broken")));
}

/// Builders can be kept, and sent to threads that outlive the manager's handle.
#[test]
fn builders_outlive_the_manager() {
    struct Builders {
        bar: CounterBuilder,
        status: StatusBarBuilder,
        part: SegmentBuilder,
    }
    let manager = manager();
    let bar = manager.counter().desc("Basic");
    let part = bar.clone().add().segment("part").color("red");
    let builders = Builders { bar, status: manager.status_bar().text("ready"), part };
    drop(manager);
    let made = std::thread::spawn(move || (builders.bar.add(), builders.status.add(), builders.part.add()));
    let (bar, status, part) = made.join().expect("no panic");
    assert_eq!((&*bar.desc(), status.text().as_deref(), part.name()), ("Basic", Some("ready"), "part"));
}
