//! What all public types promise: they go to other threads, into structs, and through
//! `catch_unwind`.

use std::panic::{RefUnwindSafe, UnwindSafe, catch_unwind};

use footlights::{
    Ansi256Color, AnsiColor, BarFormat, Color, ColorDepth, Counted, Counter, CounterBuilder, CounterFormat,
    CounterStyle, Error, Estimator, Interception, Justify, Manager, ManagerBuilder, Number, OnStop, Output, RgbColor,
    Segment, SegmentBuilder, Series, SignalHandling, StatusBar, StatusBarBuilder, StatusFormat, StatusStyle, Value,
    Writer, anstyle,
};

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

/// A closure that counts can be given to `catch_unwind`, and to any pool that uses it.
#[test]
fn bars_go_through_a_panic() {
    let manager = Manager::builder().output(Output::Hidden).build();
    let bar = manager.counter().total(9).add();
    let failed = bar.segment("failed").add();
    let status = manager.status_bar().add();
    assert!(catch_unwind(|| bar.inc(1)).is_ok());
    let broken = catch_unwind(|| {
        failed.inc(1);
        status.set_text("broken");
        panic!("as it should");
    });
    assert!(broken.is_err());
    assert_eq!((bar.count(), status.text().as_deref()), (2, Some("broken")));
}

/// Builders can be kept, and sent to threads that outlive the manager's handle.
#[test]
fn builders_live_on_their_own() {
    struct Plan {
        bar: CounterBuilder,
        status: StatusBarBuilder,
        part: SegmentBuilder,
    }
    let manager = Manager::builder().output(Output::Hidden).build();
    let bar = manager.counter().desc("Basic");
    let part = bar.clone().add().segment("part").color("red");
    let plan = Plan { bar, status: manager.status_bar().text("ready"), part };
    drop(manager);
    let made = std::thread::spawn(move || (plan.bar.add(), plan.status.add(), plan.part.add()));
    let (bar, status, part) = made.join().expect("no panic");
    assert_eq!((&*bar.desc(), status.text().as_deref(), part.name()), ("Basic", Some("ready"), "part"));
}
