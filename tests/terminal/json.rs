//! Lines of JSON, as another program reads them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::Scene;
use crate::support::screen::numbered;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("json-{name}-{}", std::process::id()))
}

fn to(path: &Path) -> Scene {
    Scene::new("work").env("FOOTLIGHTS_OUTPUT", &format!("json:{}", path.display()))
}

fn named_pipe(name: &str) -> PathBuf {
    let path = path(name);
    let status = Command::new("mkfifo").arg(&path).status().expect("mkfifo");
    assert!(status.success() && fs::metadata(&path).expect("a pipe").file_type().is_fifo());
    path
}

/// The output of the scene itself.
fn output() -> String {
    let lines = numbered(20).flat_map(|line| [line, "\r\n".to_owned()]);
    format!("output: json\r\n{}count: 40\r\n", lines.collect::<String>())
}

fn check_last(line: &Value) {
    assert_eq!((&line["event"], &line["count"], &line["total"]), (&"finished".into(), &40.into(), &100.into()));
    assert_eq!((&line["segments"][0]["name"], &line["segments"][0]["count"]), (&"part".into(), &20.into()));
}

#[test]
fn into_a_file() {
    let path = path("file");
    let (screen, status) = to(&path).run();
    assert!(status.success());
    assert_eq!(String::from_utf8_lossy(screen.raw()), output());
    let text = fs::read_to_string(&path).expect("a file");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["event"], "started");
    check_last(lines.last().expect("a line"));
    let _ = fs::remove_file(path);
}

/// A reader comes when the program has counted everything: it is told what there is.
#[test]
fn a_reader_that_comes_late() {
    let path = named_pipe("late");
    let mut run = to(&path).start();
    run.until_text("count: 40");
    let mut lines = BufReader::new(fs::File::open(&path).expect("a pipe")).lines();
    let mut next = || serde_json::from_str::<Value>(&lines.next().expect("a line").expect("text")).expect("JSON");
    let first = next();
    assert_eq!((&first["event"], &first["count"]), (&"started".into(), &40.into()));
    run.step();
    check_last(&next());
    let (_, status) = run.end();
    assert!(status.success());
    let _ = fs::remove_file(path);
}

#[test]
fn a_reader_that_never_comes() {
    let path = named_pipe("never");
    let (screen, status) = to(&path).run();
    assert!(status.success());
    assert_eq!(String::from_utf8_lossy(screen.raw()), output());
    let _ = fs::remove_file(path);
}

/// A file that cannot be opened: nothing is shown, and nothing fails.
#[test]
fn no_such_folder() {
    let (screen, status) = to(&path("folder").join("file")).run();
    assert!(status.success());
    assert!(screen.has("count: 40"));
}
