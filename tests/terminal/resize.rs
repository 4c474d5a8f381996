//! The window is resized while lines are printed: no line is lost, doubled or out of order, and no
//! bar is left behind.
//!
//! The emulator rewraps lines, as most terminals do.

use crate::support::dice::Dice;
use crate::support::pty::Run;
use crate::support::screen::Screen;
use crate::support::{Scene, environment};

/// Lets the program print its next line, and waits for it.
#[track_caller]
fn print(run: &mut Run, n: usize) -> &Screen {
    run.step();
    let text = format!("line {n}");
    run.until(&text, |screen| screen.lines().contains(&text))
}

/// Checks that every line is there, once and in order, and that no part of a bar is in the
/// scrollback.
#[track_caller]
fn check(screen: &Screen, lines: usize, story: &str) {
    screen.check_numbered(lines, story);
    let stale = screen.scrollback().into_iter().find(|row| row.contains(['B', '#', '█', '…']));
    assert_eq!(stale, None, "in the scrollback, {story}\n{screen}");
}

/// Checks what remains at the end: the lines, then the bars.
#[track_caller]
fn check_remains(screen: &Screen, lines: usize, bars: usize, story: &str) {
    let all = screen.lines();
    let all: Vec<&str> = all.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    assert!(all.len() == lines + bars, "{story}\n{screen}");
    screen.check_numbered(lines, story);
    assert!(all[lines..].iter().all(|bar| bar.starts_with('B')), "{story}\n{screen}");
}

/// Bars on the last rows, and right below the output.
const SCENES: [&str; 2] = ["steps", "inline-steps"];

/// Resizes the window to one size after the other, with lines before, between and after.
#[track_caller]
fn resize_through(start: (usize, usize), bars: usize, sizes: &[(usize, usize)], before: usize) {
    for scene in SCENES {
        resize_scene_through(scene, start, bars, sizes, before);
    }
}

#[track_caller]
fn resize_scene_through(scene: &str, start: (usize, usize), bars: usize, sizes: &[(usize, usize)], before: usize) {
    let story = format!("{scene}: {bars} bars, {before} lines, then {start:?} to {sizes:?}");
    let total = before + 2 * sizes.len();
    let mut run = Scene::new(scene).arg(bars).arg(total).size(start.0, start.1).start();
    let mut printed = 0;
    for _ in 0..before {
        print(&mut run, printed);
        printed += 1;
    }
    for (at, (cols, rows)) in sizes.iter().enumerate() {
        run.resize(*cols, *rows);
        for _ in 0..2 {
            let screen = print(&mut run, printed);
            printed += 1;
            check(screen, printed, &format!("{story}, at {at}: {:?}", sizes[at]));
        }
    }
    let (screen, status) = run.end();
    assert!(status.success());
    check_remains(&screen, total, bars, &story);
}

#[test]
fn wider_and_narrower() {
    for bars in [1, 4, 12] {
        resize_through(
            (80, 24),
            bars,
            &[(100, 24), (60, 24), (59, 24), (58, 24), (30, 24), (120, 24), (10, 24), (80, 24)],
            40,
        );
    }
}

#[test]
fn higher_and_lower() {
    for bars in [1, 4, 12] {
        resize_through(
            (80, 24),
            bars,
            &[(80, 30), (80, 20), (80, 19), (80, 6), (80, 3), (80, 1), (80, 2), (80, 60), (80, 24)],
            40,
        );
    }
}

#[test]
fn before_the_screen_is_full() {
    for bars in [1, 4] {
        for before in [0, 1, 5] {
            resize_through((80, 24), bars, &[(60, 24), (100, 30), (40, 12), (80, 24)], before);
        }
    }
}

#[test]
fn from_any_size_to_any_other() {
    let mut dice = Dice::new(1);
    for round in 0..12 {
        let bars = [1, 4, 12][round % 3];
        let mut size = || (dice.roll(200) + 1, dice.roll(60) + 1);
        let start = size();
        let sizes: Vec<(usize, usize)> = (0..12).map(|_| size()).collect();
        resize_through(start, bars, &sizes, 20);
    }
}

/// The window has kept its size until bars are as wide as it is.
#[test]
fn a_window_at_rest_is_resized() {
    let all = [(100, 24), (60, 24), (45, 30), (120, 10), (90, 5), (80, 3), (40, 60), (39, 20)];
    let cases = [(1, &all[..]), (4, &all[..]), (12, &all[..4])];
    for (scene, (bars, sizes)) in SCENES.iter().flat_map(|scene| cases.map(|case| (scene, case))) {
        let total = 40 + sizes.len();
        let mut run = Scene::new(scene).arg(bars).arg(total).size(80, 24).start();
        for n in 0..40 {
            print(&mut run, n);
        }
        for (at, (cols, rows)) in sizes.iter().enumerate() {
            run.until("bars as wide as the window", |screen| screen.bar_widths().contains(&screen.size().0));
            run.resize(*cols, *rows);
            let story = format!("{scene}: {bars} bars, at {at} of {sizes:?}");
            check(print(&mut run, 40 + at), 41 + at, &story);
        }
        let (screen, status) = run.end();
        assert!(status.success());
        check_remains(&screen, total, bars, &format!("{bars} bars, from rest through {sizes:?}"));
    }
}

/// The window is resized while frames are on their way. `FOOTLIGHTS_ROUNDS` sets the number of
/// runs.
#[test]
fn frames_are_on_their_way() {
    for round in 0..rounds(24) {
        let bars = [1, 4, 12][round as usize % 3];
        let mut run = unsynchronized(round, bars, bars + 2..bars + 40);
        let story = format!("{bars} bars, round {round}");
        let screen = run.until_text("line 149");
        check(screen, 150, &story);
        let (screen, status) = run.end();
        assert!(status.success());
        check_remains(&screen, 150, bars, &story);
    }
}

/// A frame that arrives at a window with fewer rows than it needs may leave a bar behind. No line
/// is lost.
#[test]
fn frames_are_on_their_way_to_a_low_window() {
    for round in 0..rounds(24) {
        let bars = [1, 4, 12][round as usize % 3];
        let mut run = unsynchronized(round, bars, 1..bars + 2);
        run.until_text("line 149");
        let (screen, status) = run.end();
        assert!(status.success());
        screen.check_numbered(150, &format!("{bars} bars, round {round}"));
    }
}

fn rounds(default: u64) -> u64 {
    environment::number("FOOTLIGHTS_ROUNDS", default)
}

/// Resizes the window and lets the program print 150 lines, without waiting for any of them.
fn unsynchronized(round: u64, bars: usize, rows: std::ops::Range<usize>) -> Run {
    let mut dice = Dice::new(round);
    let scene = SCENES[(round / 3) as usize % 2];
    let mut run = Scene::new(scene).arg(bars).arg(150).size(100, 30).start();
    // Before the first line ends, the cursor's row at the start is unknown.
    print(&mut run, 0);
    for _ in 1..150 {
        for _ in 0..dice.roll(3) {
            run.resize(dice.roll(100) + 40, rows.start + dice.roll(rows.len()));
        }
        run.step();
    }
    run
}

/// Many small resizes, as when a window is dragged, with a line from time to time.
#[test]
fn a_window_is_dragged() {
    for bars in [1, 4, 12] {
        let mut run = Scene::new("steps").arg(bars).arg(60).size(100, 30).start();
        for n in 0..40 {
            print(&mut run, n);
        }
        let mut dice = Dice::new(2);
        let (mut cols, mut rows) = (100usize, 30usize);
        for n in 40..60 {
            for _ in 0..dice.roll(6) {
                cols = (cols + dice.roll(9)).saturating_sub(4).max(1);
                rows = (rows + dice.roll(5)).saturating_sub(2).max(1);
                run.resize(cols, rows);
            }
            let screen = print(&mut run, n);
            check(screen, n + 1, &format!("{bars} bars, dragged to {cols} x {rows}"));
        }
        let (screen, status) = run.end();
        assert!(status.success());
        check_remains(&screen, 60, bars, &format!("{bars} bars, dragged"));
    }
}
