//! Plain lines: whole, without escape sequences, and the program's own output is untouched.

use std::fs::{self, File};
use std::io::Read;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use crate::support::Scene;
use crate::support::screen::numbered;

/// The last line of the bar in the scene.
const LAST_LINE: &str = "BAR#0  40% (40/100 ticks, 20 part) 00:00";

/// The output of the scene itself.
fn output(newline: &str) -> String {
    let lines = numbered(20).flat_map(|line| [line, newline.to_owned()]);
    format!("output: plain{newline}{}count: 40{newline}", lines.collect::<String>())
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("plain-{name}-{}", std::process::id()))
}

fn file(name: &str) -> File {
    File::options().append(true).create(true).open(path(name)).expect("a file for the test")
}

fn take(name: &str) -> String {
    let text = fs::read_to_string(path(name)).expect("the file");
    let _ = fs::remove_file(path(name));
    text
}

#[test]
fn on_terminals_that_show_no_bars() {
    let dumb = |term| Scene::new("work").env("TERM", term);
    for scene in [
        dumb("dumb"),
        dumb(""),
        Scene::new("work").size(0, 0),
        Scene::new("work").env("CI", "true"),
        Scene::new("work").env("FOOTLIGHTS_OUTPUT", "plain"),
    ] {
        let (screen, status) = scene.run();
        assert!(status.success());
        let wanted = format!("{}{LAST_LINE}\r\n", output("\r\n"));
        assert_eq!(String::from_utf8_lossy(screen.raw()), wanted);
    }
}

#[test]
fn the_user_can_have_bars_nevertheless() {
    let scene = Scene::new("work").env("TERM", "dumb").env("CI", "true").env("FOOTLIGHTS_OUTPUT", "terminal");
    let mut run = scene.size(40, 24).start();
    run.until("text and bar", |screen| screen.has("output: terminal") && screen.bars() == ["BAR#0"]);
    run.end();
}

/// `program > out 2> err`, and `program > both 2>&1`.
#[test]
fn into_files() {
    let (screen, status) = Scene::new("work").stdout(file("out")).stderr(file("err")).run();
    assert!(status.success());
    assert_eq!(screen.raw(), b"");
    assert_eq!((take("out"), take("err")), (output("\n"), format!("{LAST_LINE}\n")));

    let (_, status) = Scene::new("work").stdout(file("both")).stderr(file("both")).run();
    assert!(status.success());
    assert_eq!(take("both"), format!("{}{LAST_LINE}\n", output("\n")));

    let scene = Scene::new("work").env("FOOTLIGHTS_OUTPUT", &format!("plain:{}", path("own").display()));
    let (screen, _) = scene.run();
    assert_eq!(String::from_utf8_lossy(screen.raw()), output("\r\n"));
    assert_eq!(take("own"), format!("{LAST_LINE}\n"));
}

/// `program 2>&1 | other`. The pipe is a pair of sockets: `std::io::pipe` is newer than the oldest
/// supported Rust.
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
    assert_eq!(text, format!("{}{LAST_LINE}\n", output("\n")));
}

/// `program | other`: the bars are on the terminal of stderr, and the other program gets nothing of
/// them. `program 2> file`: the bars are on stdout.
#[test]
fn one_stream_is_a_terminal() {
    let mut run = Scene::new("work").stdout(file("filter")).start();
    run.until("a bar", |screen| screen.bars() == ["BAR#0"]);
    run.end();
    assert_eq!(take("filter"), output("\n").replace("plain", "terminal"));

    let mut run = Scene::new("work").stderr(file("errors")).size(40, 30).start();
    run.until("text and bar", |screen| screen.has("count: 40") && screen.bars() == ["BAR#0"]);
    run.end();
    assert_eq!(take("errors"), "");
}

/// Colors only if they are forced.
#[test]
fn colors() {
    for (variable, value, colored) in [("FORCE_COLOR", "1", true), ("CLICOLOR_FORCE", "1", true), ("CI", "true", false)]
    {
        let scene = Scene::new("colored-message").env("FOOTLIGHTS_OUTPUT", "plain").env(variable, value);
        let (screen, _) = scene.env("TERM", "xterm").run();
        let text = String::from_utf8_lossy(screen.raw()).into_owned();
        let message = if colored { "\x1b[m\x1b[31mred\x1b[m" } else { "red" };
        assert_eq!(text, format!("BAR#0   0% (0/100 ticks) 00:00 {message}\r\n"), "{variable}");
    }
}

/// The last line is there on every way out that runs code of ours.
#[test]
fn the_last_line_always_comes() {
    for (way, wanted) in [("return", true), ("exit", true), ("panic", true), ("stop", true), ("leak", true)] {
        let (_, _) = Scene::new("plain-exit").arg(way).stderr(file(way)).run();
        let text = take(way);
        assert_eq!(text.contains("BAR#0   7% (7/100 ticks) 00:00\n"), wanted, "{way}: {text:?}");
        assert_eq!(text.matches("BAR#0").count(), 1, "{way}: {text:?}");
    }
}

/// A reader that has gone, and one that never reads, stop nothing; not even if SIGPIPE ends the
/// program.
#[test]
fn readers_that_do_not_read() {
    for kind in ["plain", "json"] {
        let (reader, theirs) = UnixStream::pair().expect("two sockets");
        drop(reader);
        let scene = Scene::new("without-reader").arg(kind).stderr(File::from(OwnedFd::from(theirs)));
        let (screen, status) = scene.run();
        assert!(status.success() && screen.has("count: 100000"), "{kind}\n{screen}");

        let (reader, theirs) = UnixStream::pair().expect("two sockets");
        let scene = Scene::new("without-reader").arg(kind).stderr(File::from(OwnedFd::from(theirs)));
        let (screen, status) = scene.run();
        assert!(status.success() && screen.has("count: 100000"), "{kind}\n{screen}");
        drop(reader);
    }
}

/// Several threads print while bars come and go: no line is torn, neither the program's nor ours.
#[test]
fn lines_are_whole() {
    let (_, status) = Scene::new("plain-threads").stderr(file("threads")).run();
    assert!(status.success());
    let text = take("threads");
    assert!(
        text.lines().all(|line| line.starts_with("thread ") || line.starts_with("BAR#") || line.starts_with("and "))
    );
    assert_eq!(text.lines().filter(|line| line.starts_with("thread ")).count(), 400);
    assert!(text.contains("BAR#"));
}
