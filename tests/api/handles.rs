//! Methods of bars and managers: texts, debug output, and calls without a terminal.

use footlights::{AnsiColor, Color};

use crate::hidden::{counter, manager};

#[test]
fn every_method_works_without_a_terminal() {
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
}

#[test]
fn debug_output() {
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

#[test]
fn texts_can_be_read_and_changed() {
    let counter = manager().counter().total(4).desc("Copying").unit("files").message("a.txt").add();
    assert_eq!((&*counter.desc(), &*counter.unit()), ("Copying", "files"));
    assert_eq!(counter.message().as_deref(), Some("a.txt"));
    counter.set_desc("Copied");
    counter.set_unit("parts");
    counter.set_message("");
    assert_eq!((&*counter.desc(), &*counter.unit(), counter.message()), ("Copied", "parts", None));
}
