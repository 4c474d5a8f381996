//! A stream that is a file is left alone.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::support::Scene;

#[test]
fn stdout_is_a_file() {
    check_redirected("stdout", "out", "err");
}

#[test]
fn stderr_is_a_file() {
    check_redirected("stderr", "err", "out");
}

/// The lines of the stream are in the file, at once, and those of the other one above the bars.
#[track_caller]
fn check_redirected(stream: &str, in_file: &str, on_screen: &str) {
    let (path, file) = file(stream);
    let scene = Scene::new("file").arg(stream);
    let scene = if stream == "stdout" { scene.stdout(file) } else { scene.stderr(file) };
    let mut run = scene.start();
    let screen = run.until_text(&format!("{on_screen} 9"));
    screen.check_log((0..10).map(|n| format!("{on_screen} {n}")));
    assert_eq!(screen.bars(), ["BAR#0"]);
    check_file(&path, in_file);
    let (screen, status) = run.end();
    assert!(status.success());
    assert_eq!(screen.bars(), ["BAR#0"]);
    check_file(&path, in_file);
}

fn file(name: &str) -> (PathBuf, File) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("files-{name}-{}", std::process::id()));
    let file = File::create(&path).expect("a file for the test");
    (path, file)
}

#[track_caller]
fn check_file(path: &Path, word: &str) {
    let wanted: String = (0..10).map(|n| format!("{word} {n}\n")).collect();
    assert_eq!(fs::read_to_string(path).expect("the file"), wanted);
}
