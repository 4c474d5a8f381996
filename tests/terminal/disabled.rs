//! Where no bars can be shown, the output is that of the program, byte for byte.

use std::fs::{self, File};
use std::io::Read;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;

use crate::support::Scene;
use crate::support::screen::numbered;

/// The output of the scene.
fn output(newline: &str) -> String {
    let lines = numbered(20).flat_map(|line| [line, newline.to_owned()]);
    format!("enabled: false{newline}{}count: 40{newline}", lines.collect::<String>())
}

#[test]
fn on_a_dumb_terminal() {
    for term in ["dumb", ""] {
        let (screen, status) = Scene::new("work").env("TERM", term).run();
        assert!(status.success());
        assert_eq!(screen.raw(), output("\r\n").as_bytes());
    }
}

#[test]
fn into_files() {
    let path =
        |name: &str| Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("disabled-{name}-{}", std::process::id()));
    let file = |name: &str| File::create(path(name)).expect("a file for the test");
    let (screen, status) = Scene::new("work").stdout(file("out")).stderr(file("err")).run();
    assert!(status.success());
    assert_eq!(screen.raw(), b"");
    let read = |name: &str| fs::read_to_string(path(name)).expect("the file");
    assert_eq!(read("out"), output("\n"));
    assert_eq!(read("err"), "");
}

/// The pipe is a pair of sockets: `std::io::pipe` is newer than the oldest supported Rust.
#[test]
fn into_a_pipe() {
    let (mut out, theirs) = UnixStream::pair().expect("two sockets");
    let theirs = File::from(OwnedFd::from(theirs));
    let err = theirs.try_clone().expect("another end");
    let run = Scene::new("work").stdout(theirs).stderr(err).start();
    let (screen, status) = run.end();
    assert!(status.success());
    assert_eq!(screen.raw(), b"");
    let mut text = String::new();
    out.read_to_string(&mut text).expect("text");
    assert_eq!(text, output("\n"));
}
