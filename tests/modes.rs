//! What the terminal is told: everything in frames, and no mode left between two of them.
//!
//! A program may be killed between two frames, never within one: each is a single write.
#![cfg(unix)]

mod support;

use support::Scene;
use support::bytes::{Modes, Piece, frames, pieces};
use support::screen::Screen;

/// A run with everything in it: bars that change, colours, lines that are not ended, resizes.
fn busy() -> Screen {
    let mut run = Scene::new("busy").arg(40).size(60, 12).start();
    let sizes = [(60, 12), (80, 12), (40, 20), (40, 5), (20, 3), (100, 30), (5, 9), (60, 12)];
    for n in 0..40 {
        run.until(&format!("step {n}"), |screen| {
            let open = screen.lines().iter().filter(|line| line.starts_with("open")).count();
            open == n + 1
        });
        if n % 5 == 4 {
            let (cols, rows) = sizes[n / 5];
            run.resize(cols, rows);
        }
        run.go();
    }
    let (screen, status) = run.end();
    assert!(status.success());
    screen
}

#[test]
fn every_frame_leaves_the_terminal_as_it_was() {
    let screen = busy();
    let (frames, outside) = frames(screen.raw());
    assert!(frames.len() > 40, "{} frames", frames.len());
    assert_eq!(outside, [], "something outside of the frames");
    let mut modes = Modes::default();
    for frame in &frames {
        modes.feed(frame);
        assert!(modes.are_plain(), "{modes:?} after {frame:?}");
        // What the program prints here ends its colours by itself.
        assert!(modes.colors().is_empty(), "{modes:?} after {frame:?}");
    }
}

#[test]
fn nothing_is_asked_hidden_or_confined() {
    let screen = busy();
    for piece in pieces(screen.raw()) {
        match &piece {
            Piece::Text(text) => {
                let odd = text.chars().find(|c| c.is_control() && !matches!(c, '\r' | '\n' | '\x0b'));
                assert_eq!(odd, None, "{piece:?}");
            }
            Piece::Csi(params, last) => match last {
                'h' | 'l' => assert!(params == "?7" || params == "?2026", "{piece:?}"),
                // Colours, cursor moves, erasing; no margins (r), no reports (c, n, t, p), no
                // absolute row (H, f, d).
                'm' | 'A' | 'B' | 'C' | 'D' | 'G' | 'J' | 'K' | '@' | 'P' | 'X' => {
                    assert!(params.chars().all(|c| c.is_ascii_digit() || c == ';'), "{piece:?}");
                }
                _ => panic!("{piece:?}"),
            },
            // Save and restore the cursor, index.
            Piece::Escape(params, last) => assert!(params.is_empty() && matches!(last, '7' | '8' | 'D'), "{piece:?}"),
            Piece::String(..) => panic!("{piece:?}"),
        }
    }
}

/// Wherever a cursor is remembered it is gone back to in the same frame, so that nobody else's
/// remembered place is needed.
#[test]
fn what_is_saved_is_restored_in_the_same_frame() {
    let (frames, _) = frames(busy().raw());
    for frame in frames {
        let mut saved = false;
        for piece in &frame {
            match piece {
                Piece::Escape(_, '7') => assert!(!std::mem::replace(&mut saved, true), "{frame:?}"),
                Piece::Escape(_, '8') => assert!(std::mem::replace(&mut saved, false), "{frame:?}"),
                _ => {}
            }
        }
        assert!(!saved, "{frame:?}");
    }
}

/// The program left a colour on: after each frame it is on again, and only that.
#[test]
fn a_colour_that_is_left_on_goes_on() {
    let mut run = Scene::new("open-color").size(20, 4).start();
    let red = |screen: &Screen| {
        let (frames, _) = frames(screen.raw());
        let mut modes = Modes::default();
        frames.iter().for_each(|frame| modes.feed(frame));
        assert!(modes.are_plain());
        let mut on: Vec<String> = modes.colors().iter().flat_map(|color| color.split(';')).map(str::to_owned).collect();
        on.sort();
        on
    };
    run.until("text and bar", |screen| screen.has("red") && screen.bars() == ["BAR#0"]);
    assert_eq!(red(run.screen()), ["1", "31"]);
    let bar = run.screen().cells(3);
    run.go();
    run.until("another bar", |screen| screen.cells(3) != bar);
    assert_eq!(red(run.screen()), ["1", "31"]);
    run.go();
    let screen = run.until_text("plain");
    assert!(red(screen).is_empty());
    let cells = screen.cells(0);
    let is_red = |cell: &avt::Cell| cell.pen().foreground() == Some(avt::Color::Indexed(1)) && cell.pen().is_bold();
    assert!(cells[..8].iter().all(is_red), "\n{screen}");
    assert!(cells[8..].iter().all(|cell| cell.pen().is_default()), "\n{screen}");
    let (screen, _) = run.end();
    assert_eq!((screen.log(), screen.bars()), (vec!["red more plain".to_owned()], vec!["BAR#0".to_owned()]));
}

/// Only the alternate screen is passed through as it is.
#[test]
fn no_frames_while_the_program_has_the_whole_screen() {
    let mut run = Scene::new("full-screen").size(20, 5).start();
    run.until("text and bar", |screen| screen.has("line 0") && screen.bars() == ["BAR#0"]);
    for text in ["full screen", "more", "line 1"] {
        run.go();
        run.until(text, |screen| screen.rows().iter().any(|row| row.contains(text)));
    }
    let (screen, status) = run.end();
    assert!(status.success());
    let all = pieces(screen.raw());
    let at = |last: char| all.iter().position(|piece| *piece == Piece::Csi("?1049".into(), last)).expect("it is there");
    let within = &all[at('h')..at('l')];
    assert!(!within.contains(&Piece::Csi("?2026".into(), 'h')), "{within:?}");
    assert!(Modes::after(screen.raw()).are_plain());
}
