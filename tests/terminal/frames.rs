//! Everything is written in frames, and no mode of the terminal is set between two of them.
//!
//! A program may be killed between two frames, but not within one: each is a single write.

use crate::support::Scene;
use crate::support::bytes::{Modes, Piece, frames, pieces};
use crate::support::screen::Screen;

/// A run with bars that change, colors, open lines and resizes.
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
        run.step();
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
    assert_eq!(outside, [], "pieces outside of frames");
    let mut modes = Modes::default();
    for frame in &frames {
        modes.feed(frame);
        assert!(modes.are_plain(), "{modes:?} after {frame:?}");
        // This program resets its colors before each frame.
        assert!(modes.colors().is_empty(), "{modes:?} after {frame:?}");
    }
}

#[test]
fn only_harmless_sequences_are_used() {
    let screen = busy();
    for piece in pieces(screen.raw()) {
        match &piece {
            Piece::Text(text) => {
                let odd = text.chars().find(|c| c.is_control() && !matches!(c, '\r' | '\n' | '\x0b'));
                assert_eq!(odd, None, "{piece:?}");
            }
            Piece::Csi(params, last) => match last {
                'h' | 'l' => assert!(params == "?7" || params == "?2026", "{piece:?}"),
                // Colors, cursor moves, erasing. No scroll region (r), no reports (c, n, t, p), no
                // absolute row (H, f, d).
                'm' | 'A' | 'B' | 'C' | 'D' | 'G' | 'J' | 'K' | '@' | 'P' | 'X' => {
                    assert!(params.chars().all(|c| c.is_ascii_digit() || c == ';'), "{piece:?}");
                }
                _ => panic!("{piece:?}"),
            },
            // Save and restore the cursor; index.
            Piece::Escape(params, last) => assert!(params.is_empty() && matches!(last, '7' | '8' | 'D'), "{piece:?}"),
            Piece::String(..) => panic!("{piece:?}"),
        }
    }
}

/// A frame that saves the cursor restores it, so it does not depend on what the program saved.
#[test]
fn a_saved_cursor_is_restored_in_the_same_frame() {
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
