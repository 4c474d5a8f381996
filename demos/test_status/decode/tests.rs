//! What runners print, as it was recorded, and what is read from it.

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::event::{Counts, Outcome};

/// All events as short lines, with what was printed in quotes.
fn events_of(decoder: &mut Decoder, chunks: &[&[u8]]) -> Vec<String> {
    let mut events = Vec::new();
    chunks.iter().for_each(|chunk| decoder.read(Origin::Stdout, chunk, &mut events));
    decoder.end(&mut events);
    let mut lines: Vec<String> = Vec::new();
    let mut printed = String::new();
    for event in events {
        if let Event::Printed(bytes) = &event {
            printed.push_str(&String::from_utf8_lossy(bytes));
            continue;
        }
        if !printed.is_empty() {
            lines.push(format!("{:?}", std::mem::take(&mut printed)));
        }
        lines.extend(in_short(&event));
    }
    if !printed.is_empty() {
        lines.push(format!("{printed:?}"));
    }
    lines
}

fn in_short(event: &Event) -> Option<String> {
    Some(match event {
        Event::SuiteStarted(SuiteName::Executable(path)) => format!("suite {}", path.display()),
        Event::SuiteStarted(SuiteName::Doc(name)) => format!("suite doc {name}"),
        Event::SuiteStarted(SuiteName::Label(name)) => format!("suite {name}"),
        Event::SuiteStarted(SuiteName::Unnamed) => "suite".to_owned(),
        Event::SuitePlanned(count) => format!("plan {count}"),
        Event::RunPlanned(count) => format!("plan {count} in all"),
        Event::Started(test) => format!("start {}", test.path),
        Event::Withdrawn(test) => format!("withdraw {}", test.path),
        Event::Slow(test) => format!("slow {}", test.path),
        Event::Finished(finished) => {
            let outcome = match finished.outcome {
                Outcome::Passed => "ok",
                Outcome::Flaky => "flaky",
                Outcome::Ignored => "ignored",
                Outcome::Failed => "failed",
                Outcome::Unfinished => "unfinished",
            };
            let output = if finished.output.is_empty() { String::new() } else { format!(" {:?}", finished.output) };
            format!("{outcome} {}{output}", finished.test.path)
        }
        Event::FailureOutput(test, output) => format!("output {} {output:?}", test.path),
        Event::SuiteFinished(Counts { passed, failed, ignored, filtered, .. }) => {
            format!("counts {passed} {failed} {ignored} {filtered}")
        }
        Event::RunnerError(text) => format!("error {text}"),
        Event::BuildProgress { done, total, .. } => format!("built {done}/{total}"),
        Event::BinaryBuilt(binary) => format!("binary {} {} {}", binary.package, binary.kind, binary.target),
        Event::BuildFinished { success } => format!("build {success}"),
        Event::SuiteEnded | Event::Announced(_) | Event::Listed { .. } | Event::Printed(_) => return None,
    })
}

/// Reads text at once, and byte by byte: the events must be the same, but for starts that are seen only in between.
fn text(text: &str) -> Vec<String> {
    let whole = events_of(&mut Decoder::new(), &[text.as_bytes()]);
    let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
    let mut single = events_of(&mut Decoder::new(), &bytes);
    single.retain(|line| !line.starts_with("start ") && !line.starts_with("withdraw "));
    let mut expected = whole.clone();
    expected.retain(|line| !line.starts_with("start ") && !line.starts_with("withdraw "));
    assert_eq!(single, expected, "byte by byte");
    whole
}

#[test]
fn a_report_of_several_threads() {
    let report = "\nrunning 5 tests\n\
        test tests::a ... ok\n\
        test tests::c - should panic ... ok\n\
        test tests::d ... ignored, a reason ... with dots\n\
        test tests::b ... FAILED\n\
        test tests::e has been running for over 60 seconds\n\
        test tests::e ... ok\n\
        \nfailures:\n\n\
        ---- tests::b stdout ----\nout of b\n\ntest tests::z ... ok\n\n\n\
        failures:\n    tests::b\n\n\
        test result: FAILED. 3 passed; 1 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.20s\n\n";
    let wanted = [
        "plan 5",
        "ok tests::a",
        "ok tests::c",
        "ignored tests::d",
        "failed tests::b",
        "slow tests::e",
        "ok tests::e",
        "output tests::b \"out of b\\n\\ntest tests::z ... ok\\n\"",
        "counts 3 1 1 2",
    ];
    assert_eq!(text(report), wanted);
}

#[test]
fn with_one_thread_output_stands_between_name_and_result() {
    let report = "\nrunning 4 tests\n\
        test a ... hello from a\nmore\nok\n\
        test b ... without a line feedok\n\
        test c ... ignored, why\n\
        test d ... \nthread 'd' (9) panicked at src/lib.rs:3:5:\nno\nFAILED\n\
        \nfailures:\n\nfailures:\n    d\n\n\
        test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n";
    let lines = text(report);
    let results: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.starts_with('"')).collect();
    assert_eq!(results, ["plan 4", "ok a", "ok b", "ignored c", "failed d", "counts 2 1 1 0"]);
    let printed: String = lines.into_iter().filter(|line| line.starts_with('"')).collect();
    for part in ["hello from a", "more", "without a line feed", "panicked at"] {
        assert!(printed.contains(part), "{part} in {printed}");
    }
    assert!(!printed.contains("ok\\n"), "{printed}");
}

#[test]
fn a_name_without_a_result_is_a_test_that_runs() {
    let mut decoder = Decoder::new();
    let mut events = Vec::new();
    decoder.read(Origin::Stdout, b"\nrunning 2 tests\ntest a ... ", &mut events);
    assert!(events.iter().any(|event| in_short(event).as_deref() == Some("start a")), "{events:?}");
    events.clear();
    decoder.read(Origin::Stdout, b"ok\ntest b ... ", &mut events);
    let lines: Vec<_> = events.iter().filter_map(in_short).collect();
    assert_eq!(lines, ["ok a", "start b"]);
}

#[test]
fn lines_that_look_like_results_are_believed_only_if_they_can_be_true() {
    let report = "\nrunning 2 tests\n\
        test a ... ok\n\
        test a ... FAILED\n\
        test result: ok. 7 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
        running 9 tests\n\
        failures:\n\
        test b ... ok\n\
        test c ... ok\n\
        \ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n";
    let lines = text(report);
    let results: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.starts_with('"')).collect();
    assert_eq!(results, ["plan 2", "ok a", "ok b", "counts 2 0 0 0"]);
    assert!(lines.iter().any(|line| line.contains("test a ... FAILED\\n")), "{lines:?}");
}

#[test]
fn the_last_counts_of_a_suite_are_the_true_ones() {
    let counts = |passed: u64, failed: u64| {
        format!(
            "test result: x. {passed} passed; {failed} failed; 0 ignored; 0 measured; 0 filtered out; finished in 0s\n"
        )
    };
    let report = format!(
        "\nrunning 2 tests\ntest z ... ok\n{}test a ... ok\ntest b ... FAILED\n\n{}",
        counts(2, 0),
        counts(1, 1)
    );
    assert_eq!(text(&report).last().map(String::as_str), Some("counts 1 1 0 0"));
}

#[test]
fn a_report_that_is_cut_off_is_followed_by_another_one() {
    let report = "\nrunning 2 tests\ntest a ... ok\n\nrunning 1 test\ntest a ... ok\n\n\
        test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n";
    assert_eq!(text(report), ["plan 2", "ok a", "plan 3", "ok a", "counts 1 0 0 0"]);
}

#[test]
fn a_report_is_cut_off_behind_the_name_of_a_test() {
    let report = "\nrunning 2 tests\ntest a ... \nrunning 1 test\ntest b ... ok\n\n\
        test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n";
    let lines = text(report);
    assert_eq!(lines.last().map(String::as_str), Some("counts 1 0 0 0"), "{lines:?}");
}

#[test]
fn a_test_that_prints_the_start_of_a_report() {
    let report = "\nrunning 2 tests\ntest a ... ok\n\nrunning 1 test\ntest b ... ok\n\n\
        test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n";
    assert_eq!(text(report).last().map(String::as_str), Some("counts 2 0 0 0"));
}

#[test]
fn documentation_tests_have_two_reports() {
    let report = "   Doc-tests fix\n\nrunning 2 tests\n\
        test src/lib.rs - (line 1) ... ok\ntest src/lib.rs - (line 4) - should panic ... ok\n\n\
        test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.15s\n\n\n\
        running 1 test\ntest src/lib.rs - (line 7) - compile fail ... ok\n\n\
        test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.05s\n\n\
        all doctests ran in 0.83s; merged doctests compilation took 0.62s\n";
    let wanted = [
        "suite doc fix",
        "\"   Doc-tests fix\\n\"",
        "plan 2",
        "ok src/lib.rs - (line 1)",
        "ok src/lib.rs - (line 4)",
        "counts 2 0 0 0",
        "plan 3",
        "ok src/lib.rs - (line 7)",
        "counts 3 0 0 0",
    ];
    assert_eq!(text(report), wanted);
}

#[test]
fn colors_benchmarks_and_times() {
    let report = "\nrunning 3 tests\ntest a ... \x1b[32mok\x1b[m\ntest b ... bench:           1.20 ns/iter (+/- 0.02)\n\
        test c ... ok <0.001s>\n\n\
        test result: \x1b[32mok\x1b[m. 2 passed; 0 failed; 0 ignored; 1 measured; 0 filtered out; finished in 0.00s\n\n";
    assert_eq!(text(report), ["plan 3", "ok a", "ok b", "ok c", "counts 3 0 0 0"]);
}

#[test]
fn output_that_was_asked_for_is_passed_on() {
    let report = "\nrunning 1 test\ntest a ... ok\n\nsuccesses:\n\n---- a stdout ----\ntest b ... ok\n\n\n\
        successes:\n    a\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0s\n\n";
    let lines = text(report);
    let results: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.starts_with('"')).collect();
    assert_eq!(results, ["plan 1", "ok a", "counts 1 0 0 0"]);
    assert!(lines.iter().any(|line| line.contains("---- a stdout ----\\ntest b ... ok\\n")), "{lines:?}");
}

#[test]
fn other_text_is_passed_on_as_it_is() {
    for other in
        ["plain\n", "no line feed", "\n\n\n", "a\r\nb\rc\n", "\x1b[31mred\x1b[m\n", "{\"a\": 1}\n", "test\n", "{"]
    {
        assert_eq!(text(other), [format!("{other:?}")], "{other:?}");
    }
}

/// A test binary that announces itself, and what it prints then. `{log}` is what stands in its file.
fn announced(log: &str, printed: &str) -> Vec<String> {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let n = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let path: PathBuf = std::env::temp_dir().join(format!("test_status-test-{}-{n}", std::process::id()));
    fs::write(&path, log).expect("a file");
    let start = "{\"reason\":\"test-status\",\"test-binary\":";
    let fields =
        serde_json::json!({ "token": "T", "executable": "fix-1", "protocol": "json", "log": path, "args": [] });
    let stream = format!("{start}{fields}}}\n{printed}");
    let announced = || Decoder::announced(Some("T".to_owned()), "our words ".to_owned());
    let whole = events_of(&mut announced(), &[stream.as_bytes()]);
    let bytes: Vec<&[u8]> = stream.as_bytes().chunks(1).collect();
    assert_eq!(events_of(&mut announced(), &bytes), whole, "byte by byte");
    fs::remove_file(path).expect("the file");
    whole
}

#[test]
fn json_of_a_test_binary() {
    let printed = "{ \"type\": \"suite\", \"event\": \"started\", \"test_count\": 3 }\n\
        { \"type\": \"test\", \"event\": \"started\", \"name\": \"a\" }\n\
        { \"type\": \"test\", \"event\": \"started\", \"name\": \"b\" }\n\
        { \"type\": \"test\", \"event\": \"timeout\", \"name\": \"a\" }\n\
        { \"type\": \"test\", \"name\": \"b\", \"event\": \"failed\", \"stdout\": \"no\\n\" }\n\
        { \"type\": \"test\", \"event\": \"started\", \"name\": \"c\" }\n\
        { \"type\": \"test\", \"name\": \"c\", \"event\": \"ignored\", \"message\": \"a reason\" }\n\
        { \"type\": \"test\", \"name\": \"a\", \"event\": \"ok\" }\n\
        { \"type\": \"suite\", \"event\": \"failed\", \"passed\": 1, \"failed\": 1, \"ignored\": 1, \"measured\": 0, \
          \"filtered_out\": 0, \"exec_time\": 0.1 }\n";
    let wanted = [
        "suite fix-1",
        "plan 3",
        "start a",
        "start b",
        "slow a",
        "failed b \"no\\n\"",
        "start c",
        "ignored c",
        "ok a",
        "counts 1 1 1 0",
    ];
    assert_eq!(announced("failed b\nignored: a reason c\nok a\n", printed), wanted);
}

#[test]
fn lies_in_json_are_printed() {
    let start = "{ \"type\": \"test\", \"event\": \"started\", \"name\": \"a\" }\n";
    let lies = "{ \"type\": \"test\", \"name\": \"a\", \"event\": \"failed\" }\n\
        { \"type\": \"test\", \"name\": \"z\", \"event\": \"ok\" }\n\
        { \"type\": \"suite\", \"event\": \"ok\", \"passed\": 9, \"failed\": 0, \"ignored\": 0 }\n\
        {\"reason\":\"build-finished\",\"success\":false}\n\
        \x20    Running unittests src/lib.rs (x-1)\n";
    let truth = "{ \"type\": \"test\", \"name\": \"a\", \"event\": \"ok\" }\n";
    let wanted = ["suite fix-1".to_owned(), "start a".to_owned(), format!("{lies:?}"), "ok a".to_owned()];
    // The result is in the file only when the true line has come: the lies come before.
    let lines = announced("", &format!("{start}{lies}"));
    assert_eq!(lines, wanted[..3]);
    // A result that was printed twice counts once.
    let lines = announced("ok a\n", &format!("{start}{truth}{truth}"));
    assert_eq!(lines, ["suite fix-1".to_owned(), "start a".to_owned(), "ok a".to_owned(), format!("{truth:?}")]);
}

#[test]
fn output_in_the_same_line_as_json() {
    let printed = "{ \"type\": \"test\", \"event\": \"started\", \"name\": \"a\" }\n\
        dots..{ \"type\": \"test\", \"event\": \"started\", \"name\": \"b\" }\n\
        ..{ \"type\": \"test\", \"name\": \"a\", \"event\": \"ok\" }rest\n\
        { \"type\": \"test\", \"name\": \"b\", {torn\n";
    let wanted = [
        "suite fix-1",
        "start a",
        "\"dots..\"",
        "start b",
        "\"..\"",
        "ok a",
        "\"rest\\n{ \\\"type\\\": \\\"test\\\", \\\"name\\\": \\\"b\\\", {torn\\n\"",
        "failed b",
    ];
    assert_eq!(announced("ok a\nfailed b\n", printed), wanted);
}

#[test]
fn a_binary_that_dies() {
    let printed = "{ \"type\": \"test\", \"event\": \"started\", \"name\": \"a\" }\n\
        { \"type\": \"test\", \"event\": \"started\", \"name\": \"b\" }\n\
        error: test failed, to rerun pass `--lib`\n\nCaused by:\n  \
        process didn't exit successfully: `our words /x/fix-1` (signal: 6, SIGABRT: process abort signal)\n   Doc-tests fix\n";
    let lines = announced("ok b\n", printed);
    let results: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.starts_with('"')).collect();
    let wanted = [
        "suite fix-1",
        "start a",
        "start b",
        "ok b",
        "error signal: 6, SIGABRT: process abort signal",
        "suite doc fix",
    ];
    assert_eq!(results, wanted);
    assert!(!lines.join("").contains("our words"), "{lines:?}");
}

#[test]
fn json_of_nextest() {
    let printed = "    Starting 3 tests across 2 binaries (1 test skipped)\n\
        {\"type\":\"suite\",\"event\":\"started\",\"test_count\":2,\"nextest\":{\"crate\":\"fix\",\"test_binary\":\"fix\",\"kind\":\"lib\"}}\n\
        {\"type\":\"test\",\"event\":\"started\",\"name\":\"fix::fix$tests::b\"}\n\
        {\"type\":\"test\",\"event\":\"ignored\",\"name\":\"fix::fix$tests::d\"}\n\
        {\"type\":\"suite\",\"event\":\"started\",\"test_count\":1,\"nextest\":{\"crate\":\"fix\",\"test_binary\":\"it\",\"kind\":\"test\"}}\n\
        {\"type\":\"test\",\"event\":\"started\",\"name\":\"fix::it$flaky\"}\n\
        {\"type\":\"test\",\"event\":\"ok\",\"name\":\"fix::it$flaky#2\",\"exec_time\":0.01}\n\
        {\"type\":\"test\",\"event\":\"failed\",\"name\":\"fix::fix$tests::b#2\",\"exec_time\":0.4,\"stdout\":\"no\\n\"}\n";
    let lines = text(printed);
    let results: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.starts_with('"')).collect();
    let wanted = [
        "plan 3 in all",
        "suite fix",
        "start tests::b",
        "ignored tests::d",
        "suite fix::it",
        "start flaky",
        "flaky flaky",
        "failed tests::b \"no\\n\"",
    ];
    assert_eq!(results, wanted);
}

#[test]
fn the_build() {
    let printed = "\x1b[1m\x1b[92m   Compiling\x1b[0m fix v0.1.0\n\
        \x1b[1m\x1b[96m    Building\x1b[0m [      ] 0/4: fix   \r\x1b[K\x1b[1m\x1b[96m    Building\x1b[0m [===>  ] 2/4: fix(test), it   \r\
        \x1b[Kwarning: unused\n\
        {\"reason\":\"compiler-artifact\",\"package_id\":\"path+file:///w/fix#0.1.0\",\"target\":{\"kind\":[\"test\"],\"name\":\"it\"},\
         \"profile\":{\"test\":true},\"executable\":\"/t/debug/deps/it-1\"}\n\
        {\"reason\":\"build-finished\",\"success\":true}\n";
    let lines = events_of(&mut Decoder::for_cargo(Some("T".to_owned()), String::new()), &[printed.as_bytes()]);
    let wanted = [
        "\"\\u{1b}[1m\\u{1b}[92m   Compiling\\u{1b}[0m fix v0.1.0\\n\"",
        "built 2/4",
        "\"warning: unused\\n\"",
        "binary fix test it",
        "build true",
    ];
    assert_eq!(lines, wanted);
}

#[test]
fn ten_megabytes() {
    let line = b"test x ... something that is no result and goes on { \"type\": \"test\" } for a while\n";
    let chunk: Vec<u8> = line.iter().copied().cycle().take(line.len() * 1000).collect();
    let mut decoder = Decoder::new();
    let mut events = Vec::new();
    decoder.read(Origin::Stdout, b"\nrunning 2 tests\ntest a ... ok\n", &mut events);
    let mut printed = 0;
    for _ in 0..10_000_000 / chunk.len() + 1 {
        decoder.read(Origin::Stdout, &chunk, &mut events);
        for event in events.drain(..) {
            if let Event::Printed(bytes) = event {
                printed += bytes.len();
            }
        }
    }
    assert!(printed >= 10_000_000 - line.len(), "{printed}");
    decoder.read(Origin::Stdout, b"test b ... FAILED\n", &mut events);
    assert!(events.iter().any(|event| in_short(event).as_deref() == Some("failed b")), "{events:?}");
}
