//! Interception where ptys and terminals behave as on macOS, the BSDs, or in a sandbox: see
//! `tests/support/kernel.rs`.

use std::path::Path;

use crate::support::Scene;
use crate::support::screen::numbered;

/// Each of them, and all that can occur together.
const KERNELS: [&str; 7] = [
    "short-reads",
    "pieces",
    "lost-at-close",
    "no-poll",
    "plain-open,slave-first",
    "no-pty",
    "short-reads,pieces,lost-at-close,no-poll,plain-open,slave-first",
];

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

/// What the child prints comes in between the bytes of the marker.
#[test]
fn suspensions_and_the_stop_end_while_a_child_prints() {
    for kernel in KERNELS {
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
        screen.check_log(numbered(3000));
    }
}

/// A terminal that cannot be waited for is asked a hundred times a second, not all the time.
#[test]
fn nothing_spins() {
    for kernel in ["no-poll", "short-reads,pieces,lost-at-close,no-poll"] {
        let mut run = scene("bars", kernel).arg(2).size(40, 16).start();
        run.until("the bars", |screen| screen.bars() == ["BAR#0", "BAR#1"]);
        let before = run.processor_time();
        std::thread::sleep(std::time::Duration::from_millis(400));
        let used = run.processor_time() - before;
        assert!(used <= std::time::Duration::from_millis(150), "{kernel}: {used:?}");
    }
}
