//! The window changes its size while lines are printed: nothing printed is lost, doubled or out of
//! order, and no bar is left behind. The terminal rewraps on a resize, as most do.
#![cfg(unix)]

mod support;

use support::Scene;
use support::pty::Run;
use support::screen::Screen;

/// Numbers that look like chance, and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % sides
    }
}

/// Lets the program print its next line, and waits until it is there.
#[track_caller]
fn print(run: &mut Run, n: usize) -> &Screen {
    run.go();
    let text = format!("line {n}");
    run.until(&text, |screen| screen.lines().contains(&text))
}

/// Every line, once and in order; and nothing that looks like a bar above the screen.
#[track_caller]
fn check(screen: &Screen, lines: usize, story: &str) {
    screen.check_numbered(lines, story);
    let stale = screen.scrollback().into_iter().find(|row| row.contains(['B', '#', '█', '…']));
    assert_eq!(stale, None, "in the scrollback, {story}\n{screen}");
}

/// At the end: the lines, then the bars, then nothing.
#[track_caller]
fn check_end(screen: &Screen, lines: usize, bars: usize, story: &str) {
    let all = screen.lines();
    let all: Vec<&str> = all.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    assert!(all.len() == lines + bars, "{story}\n{screen}");
    screen.check_numbered(lines, story);
    assert!(all[lines..].iter().all(|bar| bar.starts_with('B')), "{story}\n{screen}");
}

/// Through these sizes, with lines before, between and after.
#[track_caller]
fn through(start: (usize, usize), bars: usize, sizes: &[(usize, usize)], before: usize) {
    let story = format!("{bars} bars, {before} lines, then {start:?} to {sizes:?}");
    let total = before + 2 * sizes.len();
    let mut run = Scene::new("steps").arg(bars).arg(total).size(start.0, start.1).start();
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
    check_end(&screen, total, bars, &story);
}

#[test]
fn wider_and_narrower() {
    for bars in [1, 4, 12] {
        through(
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
        through(
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
            through((80, 24), bars, &[(60, 24), (100, 30), (40, 12), (80, 24)], before);
        }
    }
}

/// Any size to any other.
#[test]
fn anything_goes() {
    let mut dice = Dice(1);
    for round in 0..12 {
        let bars = [1, 4, 12][round % 3];
        let mut size = || (dice.roll(200) + 1, dice.roll(60) + 1);
        let start = size();
        let sizes: Vec<(usize, usize)> = (0..12).map(|_| size()).collect();
        through(start, bars, &sizes, 20);
    }
}

/// The window has kept its size for so long that bars are as wide as it is, and then it changes.
#[test]
fn from_rest() {
    let all = [(100, 24), (60, 24), (45, 30), (120, 10), (90, 5), (80, 3), (40, 60), (39, 20)];
    for (bars, sizes) in [(1, &all[..]), (4, &all[..]), (12, &all[..4])] {
        let total = 40 + sizes.len();
        let mut run = Scene::new("steps").arg(bars).arg(total).size(80, 24).start();
        for n in 0..40 {
            print(&mut run, n);
        }
        for (at, (cols, rows)) in sizes.iter().enumerate() {
            run.until("bars as wide as the window", |screen| screen.bar_widths().contains(&screen.size().0));
            run.resize(*cols, *rows);
            let story = format!("{bars} bars, at {at} of {sizes:?}");
            check(print(&mut run, 40 + at), 41 + at, &story);
        }
        let (screen, status) = run.end();
        assert!(status.success());
        check_end(&screen, total, bars, &format!("{bars} bars, from rest through {sizes:?}"));
    }
}

/// Nobody waits for anybody: the window changes while frames are on their way. `FOOTLIGHTS_ROUNDS`
/// says how often.
#[test]
fn in_the_middle_of_everything() {
    for round in 0..rounds(12) {
        let bars = [1, 4, 12][round % 3];
        let mut run = unsynchronized(round, bars, bars + 2..bars + 40);
        let story = format!("{bars} bars, round {round}");
        let screen = run.until_text("line 149");
        check(screen, 150, &story);
        let (screen, status) = run.end();
        assert!(status.success());
        check_end(&screen, 150, bars, &story);
    }
}

/// A frame for more rows than there are when it arrives may leave a bar behind. It must not cost a
/// line.
#[test]
fn in_the_middle_of_next_to_no_rows() {
    for round in 0..rounds(12) {
        let bars = [1, 4, 12][round % 3];
        let mut run = unsynchronized(round, bars, 1..bars + 2);
        run.until_text("line 149");
        let (screen, status) = run.end();
        assert!(status.success());
        screen.check_numbered(150, &format!("{bars} bars, round {round}"));
    }
}

fn rounds(default: usize) -> usize {
    std::env::var("FOOTLIGHTS_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(default)
}

/// A run in which lines are printed and the window changes its size at the same time.
fn unsynchronized(round: usize, bars: usize, rows: std::ops::Range<usize>) -> Run {
    let mut dice = Dice(round as u64);
    let mut run = Scene::new("steps").arg(bars).arg(150).size(100, 30).start();
    // Until a line was ended, nobody knows where the cursor was when the program started.
    print(&mut run, 0);
    for _ in 1..150 {
        for _ in 0..dice.roll(3) {
            run.resize(dice.roll(100) + 40, rows.start + dice.roll(rows.len()));
        }
        run.go();
    }
    run
}

/// As a window is dragged: many small steps, with a line here and there.
#[test]
fn dragged() {
    for bars in [1, 4, 12] {
        let mut run = Scene::new("steps").arg(bars).arg(60).size(100, 30).start();
        for n in 0..40 {
            print(&mut run, n);
        }
        let mut dice = Dice(2);
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
        check_end(&screen, 60, bars, &format!("{bars} bars, dragged"));
    }
}
