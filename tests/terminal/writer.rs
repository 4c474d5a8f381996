//! The writer of a manager: where its text appears, in whole pieces.

use std::fs;
use std::io::{Read, Seek};

use crate::support::Scene;

/// Each line of each thread is whole, among lines that are printed in other ways.
#[test]
fn lines_appear_above_the_bars() {
    let (screen, status) = Scene::new("writer").size(60, 12).run();
    assert!(status.success());
    let log = screen.log();
    for thread in 0..4 {
        let lines: Vec<&String> = log.iter().filter(|line| line.starts_with(&format!("thread {thread} "))).collect();
        let wanted: Vec<String> = (0..100).map(|n| format!("thread {thread} line {n}")).collect();
        assert!(lines.into_iter().eq(&wanted), "\n{screen}");
    }
    assert_eq!(log.iter().filter(|line| *line == "printed").count(), 100);
    assert_eq!(log.len(), 500, "\n{screen}");
    assert_eq!(screen.bars().len(), 1);
}

#[test]
fn without_a_terminal_it_writes_to_the_stream_of_the_bars() {
    for (set, stream) in [("default", "stderr"), ("stdout", "stdout"), ("stderr", "stderr")] {
        let file = |name: &str| {
            let path = std::env::temp_dir().join(format!("footlights-{}-{set}-{name}", std::process::id()));
            let file =
                fs::File::options().read(true).write(true).create(true).truncate(true).open(&path).expect("a file");
            let _ = fs::remove_file(path);
            file
        };
        let (mut stdout, mut stderr) = (file("stdout"), file("stderr"));
        let scene = Scene::new("disabled-writer").arg(set).stdout(stdout.try_clone().expect("a file"));
        let (_, status) = scene.stderr(stderr.try_clone().expect("a file")).run();
        assert!(status.success());
        let read = |file: &mut fs::File| {
            let mut text = String::new();
            file.rewind().expect("a file");
            file.read_to_string(&mut text).expect("text");
            text
        };
        let texts = [read(&mut stdout), read(&mut stderr)];
        let (written, other) = if stream == "stdout" { (&texts[0], &texts[1]) } else { (&texts[1], &texts[0]) };
        assert_eq!((written.as_str(), other.as_str()), (format!("{set}\nbegun and ended\n").as_str(), ""), "{set}");
    }
}
