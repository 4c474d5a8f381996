//! Interception where ptys and terminals behave as on macOS, the BSDs, or in a sandbox: see
//! `tests/support/kernel.rs`.

use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::support::Scene;
use crate::support::screen::numbered;

/// Each of them, and all that can occur together.
const KERNELS: [&str; 20] = [
    "short-reads",
    "pieces",
    "lost-at-close",
    "no-poll",
    "plain-open,slave-first",
    "no-pty",
    "no-grant",
    "no-unlock",
    "no-name",
    "no-pty,no-pipe",
    "no-cloexec",
    "no-names",
    "no-settings",
    "no-setfl",
    "ready-when-full",
    "error-when-full",
    "interrupted",
    "single-bytes",
    "single-bytes,interrupted,lost-at-close,error-when-full",
    "short-reads,pieces,lost-at-close,no-poll,plain-open,slave-first",
];

/// The end of the output cannot be known for sure.
const WITHOUT_MARKER: [&str; 4] = ["marker-fails", "marker-lost", "no-threads", "marker-lost,no-pty"];

/// A scene with the stand-in in front of it.
fn scene(name: &str, kernel: &str) -> Scene {
    let scenes = Scene::new(name);
    let library = scenes.program().with_file_name("libkernel.so");
    assert!(library.exists(), "{} does not exist: run `cargo build --examples`", library.display());
    scenes.env("LD_PRELOAD", path(&library)).env("FOOTLIGHTS_KERNEL", kernel)
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path that is text")
}

#[test]
fn output_is_complete_and_in_order() {
    for kernel in KERNELS {
        for way in ["drop", "stop", "exit-0", "panic"] {
            let run = scene("exit", kernel).arg(way).size(40, 16).start();
            let (screen, _) = run.end();
            assert!(screen.log().starts_with(&numbered(12).collect::<Vec<_>>()), "{kernel}, {way}\n{screen}");
            assert_eq!(screen.bars(), ["BAR#0", "BAR#1"], "{kernel}, {way}\n{screen}");
        }
    }
}

#[test]
fn suspensions_end() {
    for kernel in KERNELS {
        let run = scene("suspend-often", kernel).size(40, 16).start();
        let (screen, _) = run.end();
        screen.check_log(numbered(600));
        assert_eq!(screen.bars(), ["BAR#0", "BAR#1"], "{kernel}\n{screen}");
    }
}

/// What the child prints comes in between the bytes of the marker. (Not byte by byte: that takes too
/// long.)
#[test]
fn suspensions_and_the_stop_end_while_a_child_prints() {
    for kernel in KERNELS.into_iter().filter(|kernel| !kernel.contains("single-bytes")) {
        let run = scene("printing-child", kernel).size(40, 16).start();
        let (screen, _) = run.end();
        // During a suspension both write to the terminal, which may have taken half a line of the child
        // when a line of the program comes. Pieces of two writers are mixed anywhere.
        let own = |line: String| line.find("line ").map(|at| line[at..].to_owned());
        let own: Vec<String> = screen.log().into_iter().filter_map(own).collect();
        assert!(kernel.contains("pieces") || own == numbered(6).collect::<Vec<_>>(), "{kernel}\n{screen}");
    }
}

#[test]
fn children_print_to_the_end() {
    for kernel in KERNELS {
        let run = scene("late-child", kernel).size(40, 16).start();
        let (screen, _) = run.end();
        assert!(screen.log() == numbered(3000).collect::<Vec<_>>(), "{kernel}\n{screen}");
    }
}

/// A marker that does not arrive is not waited for without end, and what was printed before it is not
/// lost.
#[test]
fn everything_ends_without_a_marker() {
    for kernel in WITHOUT_MARKER {
        for way in ["drop", "panic"] {
            let (screen, _) = scene("exit", kernel).arg(way).size(40, 16).run();
            assert!(screen.log().starts_with(&numbered(12).collect::<Vec<_>>()), "{kernel}, {way}\n{screen}");
            assert_eq!(screen.bars(), ["BAR#0", "BAR#1"], "{kernel}, {way}\n{screen}");
        }
    }
    let (screen, _) = scene("none-left", "marker-fails").arg("stop").size(40, 30).run();
    screen.check_log(numbered(25));
    // The child is never silent, so that the marker might be hidden in what it prints.
    scene("printing-child", "marker-lost").size(40, 16).run();
}

/// `/dev/tty` and the terminal's own name are the same terminal, with another device number each.
#[test]
fn dev_tty_is_the_terminal() {
    for kernel in ["no-names", "no-names,no-pty"] {
        for stream in ["stdout", "stderr", "both"] {
            let mut run = scene("dev-tty", kernel).arg(stream).size(40, 16).start();
            run.until_text("line 42");
            run.until("all bars", |screen| screen.bars() == ["BAR#0", "BAR#1", "BAR#2"]);
            run.step();
            let (screen, status) = run.end();
            assert!(status.success());
            screen.check_log(numbered(43));
        }
    }
}

/// At each step of the start, there may be no descriptor left. Then there are no bars, or they are
/// shown by other means, and nothing is lost.
#[test]
fn a_manager_starts_with_few_descriptors() {
    for limit in 3..20 {
        for way in ["drop", "stop", "exit-0", "panic"] {
            let (screen, _) = Scene::new("limited").arg(limit).arg("exit").arg(way).size(40, 16).run();
            assert!(screen.log().starts_with(&numbered(12).collect::<Vec<_>>()), "{limit}, {way}\n{screen}");
            let bars = screen.bars();
            assert!(bars == ["BAR#0", "BAR#1"] || bars.is_empty() && limit < 8, "{limit}, {way}\n{screen}");
        }
    }
}

#[test]
fn a_program_without_descriptors_lends_the_terminal_and_ends() {
    for kernel in ["short-reads", "pieces,lost-at-close", "no-pty", "no-pty,no-pipe"] {
        for way in ["stop", "exit"] {
            let (screen, status) = scene("none-left", kernel).arg(way).size(40, 30).run();
            assert!(status.success(), "{kernel}, {way}: {status}\n{screen}");
            screen.check_log(numbered(25));
        }
    }
}

/// A terminal that cannot be waited for is asked a hundred times a second, not all the time.
#[test]
fn nothing_spins() {
    for kernel in ["no-poll", "short-reads,pieces,lost-at-close,no-poll"] {
        let mut run = scene("bars", kernel).arg(2).size(40, 16).start();
        run.until("the bars", |screen| screen.bars() == ["BAR#0", "BAR#1"]);
        let before = run.processor_time();
        thread::sleep(Duration::from_millis(400));
        let used = run.processor_time() - before;
        assert!(used <= Duration::from_millis(150), "{kernel}: {used:?}");
    }
}

/// Nor is one that takes nothing, whatever poll says of it.
#[test]
fn a_full_terminal_is_not_asked_all_the_time() {
    const LINES: usize = 40_000;
    for kernel in ["no-poll", "ready-when-full", "error-when-full"] {
        let run = scene("lines", kernel).arg(LINES).size(40, 16).start();
        // It is busy until the terminal is full, and everything before it.
        let rests = (0..50).any(|_| {
            let before = run.processor_time();
            thread::sleep(Duration::from_millis(200));
            run.processor_time() - before <= Duration::from_millis(80)
        });
        assert!(rests, "{kernel}");
        let (screen, _) = run.end();
        screen.check_log(numbered(LINES));
    }
}
