//! Spans of the tracing crate, as bars that another program reads as JSON.

use std::fs::File;
use std::future::{Future, pending};
use std::io::{self, Read, Seek, Write};
use std::iter::successors;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Waker};
use std::thread;
use std::time::Duration;

use footlights::{Manager, Output, TracingLayerBuilder};
use serde_json::Value;
use tracing::field::Empty;
use tracing::subscriber::with_default;
use tracing::{Level, debug_span, info_span, trace_span};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::prelude::*;

/// A file without a name.
fn unnamed_file() -> File {
    let path = std::env::temp_dir().join(format!("footlights-{}-{:?}", std::process::id(), thread::current().id()));
    let file = File::options().read(true).write(true).create(true).truncate(true).open(&path).unwrap();
    std::fs::remove_file(path).unwrap();
    file
}

/// Runs code with a subscriber, and returns the lines of JSON about its bars.
fn lines_with(settings: impl Fn(TracingLayerBuilder) -> TracingLayerBuilder, run: impl FnOnce()) -> Vec<Value> {
    let mut file = unnamed_file();
    let manager = Manager::builder().output(Output::Json).file(file.try_clone().unwrap()).build();
    let layer = settings(manager.tracing_layer()).build();
    with_default(tracing_subscriber::registry().with(layer), run);
    manager.stop();
    file.rewind().unwrap();
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Runs code with a subscriber, and returns how its bars ended: description, count and total.
fn bars_of(run: impl FnOnce()) -> Vec<String> {
    ends(&lines_with(|layer| layer, run))
}

/// How bars ended, in the order in which they were added. Each is indented by the number of bars around it.
fn ends(lines: &[Value]) -> Vec<String> {
    let started = |id: &Value| lines.iter().find(|line| line["event"] == "started" && line["id"] == *id);
    let depth = |line: &Value| successors(started(&line["id"]), |line| started(&line["parent"])).count() - 1;
    let mut finished: Vec<&Value> = lines.iter().filter(|line| line["event"] == "finished").collect();
    finished.sort_by_key(|line| line["id"].as_u64());
    let end = |line: &&Value| {
        let (desc, indent) = (line["desc"].as_str().unwrap(), 2 * depth(line));
        format!("{:indent$}{desc}: {}/{}", "", line["count"], line["total"])
    };
    finished.iter().map(end).collect()
}

#[test]
fn numbers_of_every_size() {
    let ends = bars_of(|| {
        drop(info_span!("wide", progress.total = u128::MAX, progress.done = 5_i128));
        drop(info_span!("other", progress.total = 7_u128, progress.done = i128::MIN));
    });
    assert_eq!(ends, [format!("wide: 5/{}", i64::MAX), format!("other: {}/7", -i64::MAX)]);
}

#[test]
fn a_library_that_knows_only_tracing() {
    let lines = lines_with(
        |layer| layer,
        || {
            let span =
                info_span!("copy", files = 7, progress.total = 3_u8, progress.done = 1, progress.message = Empty);
            let _inside = span.enter();
            span.record("progress.total", 9.5);
            span.record("progress.done", 4);
            span.record("progress.message", tracing::field::display(12));
            span.record("files", 8);
            tracing::info!(progress.done = 9, "an event is no bar");
            let _other = info_span!("without fields").entered();
        },
    );
    let first = &lines[0];
    assert_eq!((&first["desc"], &first["start"]), (&"copy".into(), &1.into()));
    let message = lines.iter().find(|line| line["event"] == "message").expect("a message");
    assert_eq!(message["text"], "12");
    assert_eq!(ends(&lines), ["copy: 4/9.5"]);
}

#[test]
fn a_span_counts_those_inside_that_are_done() {
    let bars = bars_of(|| {
        let _build = info_span!("build", progress.total = 4).entered();
        // Each is done, or says that it is, or says nothing.
        drop(info_span!("one", progress.message = "compiling"));
        drop(info_span!("two", progress.total = 2, progress.done = 2));
        drop(info_span!("three", progress.total = 2));
        let _unseen = info_span!("unseen").entered();
        let four = info_span!("four", progress.total = 2, progress.done = 0);
        four.record("progress.done", 1);
    });
    assert_eq!(bars, ["build: 3/4", "  one: 0/null", "  two: 2/2", "  three: 0/2", "  four: 1/2"]);
}

#[test]
fn a_panic_is_not_counted() {
    let bars = bars_of(|| {
        let build = info_span!("build", progress.total = 2).entered();
        drop(info_span!("one", progress.total = Empty));
        let ended = catch_unwind(AssertUnwindSafe(|| {
            let _two = info_span!("two", progress.total = Empty).entered();
            panic!("intended");
        }));
        assert!(ended.is_err());
        drop(build);
    });
    assert_eq!(bars, ["build: 1/2", "  one: 0/null", "  two: 0/null"]);
}

/// A future that is dropped half way has closed its span.
#[test]
fn a_future_that_is_dropped_half_way() {
    let bars = bars_of(|| {
        let _build = info_span!("build", progress.total = 2).entered();
        let span = info_span!("download", progress.total = 10, progress.done = 0);
        let download = async move {
            span.record("progress.done", 6);
            pending::<()>().await;
        };
        assert!(pin!(download).poll(&mut Context::from_waker(Waker::noop())).is_pending());
    });
    assert_eq!(bars, ["build: 0/2", "  download: 6/10"]);
}

#[test]
fn levels() {
    let detailed = || {
        let _build = info_span!("build", progress.total = 1).entered();
        let _step = debug_span!("step", progress.total = 2).entered();
        let _detail = trace_span!("detail", progress.total = 3).entered();
    };
    let at = |level: LevelFilter| ends(&lines_with(|layer| layer.max_level(level), detailed));
    assert_eq!(at(Level::TRACE.into()), ["build: 0/1", "  step: 1/2", "    detail: 0/3"]);
    assert_eq!(at(Level::DEBUG.into()), ["build: 1/1", "  step: 0/2"]);
    assert_eq!(at(Level::INFO.into()), ["build: 0/1"]);
    assert_eq!(at(LevelFilter::OFF), [""; 0]);
}

/// The filter of the log is another one.
#[test]
fn a_log_that_is_off() {
    #[derive(Clone)]
    struct Forbidden;
    impl Write for Forbidden {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            panic!("the log is off")
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    impl MakeWriter<'_> for Forbidden {
        type Writer = Forbidden;
        fn make_writer(&self) -> Forbidden {
            Forbidden
        }
    }
    let manager = Manager::builder().output(Output::Json).file(unnamed_file()).build();
    let log = tracing_subscriber::fmt::layer().with_writer(Forbidden).with_filter(LevelFilter::OFF);
    let subscriber = tracing_subscriber::registry().with(log).with(manager.tracing_layer().build());
    with_default(subscriber, || {
        assert!(info_span!("build", progress.total = 1).metadata().is_some());
        // Nobody wants these: they are not even made.
        assert!(info_span!("other").is_none());
        assert!(!tracing::enabled!(Level::ERROR));
    });
}

/// Bars that are never shown. The spans count all the same, and nothing overflows.
#[test]
fn an_endless_delay() {
    let manager = Manager::builder().output(Output::Plain).file(unnamed_file()).delay(Duration::MAX).build();
    assert!(manager.is_enabled());
    with_default(tracing_subscriber::registry().with(manager.tracing_layer().build()), || {
        let _build = info_span!("build", progress.total = 1).entered();
        drop(info_span!("step", progress.total = 2, progress.done = 2));
    });
}

/// On a terminal in memory spans appear when its clock moves: there is no thread.
#[cfg(feature = "testing")]
#[test]
fn spans_go_by_the_clock_of_a_terminal_in_memory() {
    let terminal = footlights::testing::TestTerminal::new(60, 8);
    let layer = terminal.manager().tracing_layer().limit(2).build();
    with_default(tracing_subscriber::registry().with(layer), || {
        let build = info_span!("build", progress.total = 4).entered();
        terminal.advance(Duration::from_millis(60));
        drop(info_span!("short", progress.total = 1));
        let _step = info_span!("step", progress.total = 2, progress.done = 1).entered();
        let _waits = info_span!("waits", progress.total = 1).entered();
        assert!(terminal.bars().is_empty());
        terminal.advance(Duration::from_millis(50));
        assert_eq!(terminal.bars().len(), 1);
        assert!(terminal.bars()[0].starts_with("build"), "{terminal}");
        terminal.advance(Duration::from_secs(2));
        let bars = terminal.bars();
        assert!(bars[1].starts_with("  step  50%") && bars[1].contains("1/2 [00:02"), "{terminal}");
        assert_eq!(bars[2].trim(), "… 1 more");
        drop(build);
    });
    assert!(terminal.bars().is_empty() && terminal.log().is_empty(), "{terminal}");
}
