//! Everything is written in frames, and no mode of the terminal is set between two of them.
//!
//! A program may be killed between two frames, but not within one: each is a single write.

use std::time::Duration;

use footlights::testing::TestTerminal;
use footlights::{AnsiColor, bar_format};

use crate::builder;
use crate::bytes::{Modes, Piece, frames, pieces};

/// The bytes of a run with bars that change, colors, open lines and resizes.
fn busy() -> Vec<u8> {
    let terminal = TestTerminal::new(60, 12);
    let manager = builder().build_on(&terminal);
    let bar = |n: usize| {
        manager.counter().total(100).desc(format!("BAR#{n}")).bar_format(bar_format!("{desc} {count}|{bar}| {message}"))
    };
    let bars = [0, 1, 2].map(|n| bar(n).add());
    let segments = bars.each_ref().map(|bar| bar.segment("part").color(AnsiColor::Red).add());
    let sizes = [(60, 12), (80, 12), (40, 20), (40, 5), (20, 3), (100, 30), (5, 9), (60, 12)];
    for n in 0..40 {
        terminal.print(format!("line {n} \x1b[1;32mgreen\x1b[0m \x1b[48;5;17mblue\x1b[m\n"));
        terminal.print("open");
        bars[n % 3].inc(3);
        segments[(n + 1) % 3].inc(1);
        bars[0].set_message(format!("step {n}"));
        terminal.advance(Duration::from_millis(100));
        if n % 5 == 4 {
            let (columns, rows) = sizes[n / 5];
            terminal.resize(columns, rows);
        }
        terminal.print(" line\n");
        terminal.advance(Duration::from_millis(n as u64 * 20));
    }
    manager.stop();
    terminal.take_bytes()
}

#[test]
fn every_frame_leaves_the_terminal_as_it_was() {
    let bytes = busy();
    let (frames, outside) = frames(&bytes);
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
    for piece in pieces(&busy()) {
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
    let (frames, _) = frames(&busy());
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
