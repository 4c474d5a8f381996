//! Text that is written with the manager's writer.

use std::io::Write;
use std::thread;

use footlights::{Manager, Output, Stream};

use super::common::bar;

/// Writes from four threads with the writer, and prints from a fifth.
pub fn writer() {
    let manager = Manager::new();
    let bar = bar(&manager, 0);
    let writer = manager.writer();
    thread::scope(|scope| {
        for t in 0..4 {
            let (bar, mut writer) = (&bar, writer.clone());
            scope.spawn(move || {
                for n in 0..100 {
                    writeln!(writer, "thread {t} line {n}").expect("a terminal");
                    bar.inc(1);
                }
            });
        }
        scope.spawn(|| (0..100).for_each(|_| (&writer).write_all(b"printed\n").expect("a terminal")));
    });
}

/// Writes with the writer of a manager that shows nothing, also after the manager is dropped.
pub fn disabled_writer(stream: &str) {
    let builder = Manager::builder().output(Output::None);
    let manager = match stream {
        "default" => builder,
        "stdout" => builder.stream(Stream::Stdout),
        _ => builder.stream(Stream::Stderr),
    };
    let manager = manager.build();
    assert!(!manager.is_enabled());
    let mut writer = manager.writer();
    writeln!(writer, "{stream}").expect("a file");
    write!(writer, "begun").expect("a file");
    drop(manager);
    writeln!(writer, " and ended").expect("a file");
    writer.flush().expect("a file");
}
