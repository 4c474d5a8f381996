//! A test of a user finds the mistakes in the bars of a program, whatever the speed of the machine.

use std::io::{self, Write};

use footlights::testing::TestTerminal;
use footlights::{AnsiColor, Manager};

use crate::SECOND;

/// What is wrong with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    None,
    /// One too many.
    Total,
    /// A file that was skipped counts as failed.
    Segment,
    /// The bar is still open when the work is done.
    Open,
    /// The bar exists before the work begins, and its clock runs.
    Time,
    /// A pause counts as work.
    Pause,
    /// The wrong color.
    Color,
    /// The message of the last file stays.
    Message,
    /// A message is not printed.
    Output,
}

/// A program: it prepares for two seconds, copies four files in a second each, and asks a question
/// in between that nobody answers for ten seconds.
fn copy(mistake: Mistake, manager: &Manager, mut out: impl Write, mut pass: impl FnMut(u32)) -> io::Result<()> {
    let is = |other| mistake == other;
    let files = ["a", "b", "c", "d"];
    let builder = manager.counter().total(files.len() + usize::from(is(Mistake::Total))).desc("Copying").leave(false);
    if !is(Mistake::Time) {
        pass(2);
    }
    let bar = builder.add();
    let failed = bar.segment("failed").color(if is(Mistake::Color) { "blue" } else { "red" }).add();
    let skipped = bar.segment("skipped").color("yellow").add();
    if is(Mistake::Time) {
        pass(2);
    }
    for file in files {
        bar.set_message(file);
        pass(1);
        match file {
            "b" if is(Mistake::Segment) => failed.inc(1),
            "b" => skipped.inc(1),
            "c" => {
                failed.inc(1);
                if !is(Mistake::Output) {
                    writeln!(out, "cannot copy c")?;
                }
                if !is(Mistake::Pause) {
                    bar.pause();
                }
                pass(10);
                bar.resume();
            }
            _ => bar.inc(1),
        }
    }
    if !is(Mistake::Message) {
        bar.set_message("");
    }
    pass(0);
    if is(Mistake::Open) {
        std::mem::forget(bar);
    } else {
        drop((bar, failed, skipped));
    }
    Ok(())
}

/// What a user sees at each moment, and the colors at the end of the work.
fn pictures(mistake: Mistake) -> Vec<String> {
    let terminal = TestTerminal::new(70, 8);
    let manager = terminal.manager();
    let mut pictures = Vec::new();
    copy(mistake, &manager, &terminal, |seconds| {
        terminal.advance(seconds * SECOND);
        pictures.push(terminal.to_string().trim().to_owned());
        let has = |color: AnsiColor| {
            terminal.bars().iter().any(|bar| bar.spans().iter().any(|span| span.color() == color.into()))
        };
        pictures.push(format!("red: {}", has(AnsiColor::Red)));
    })
    .expect("a terminal in memory takes everything");
    terminal.advance(SECOND);
    pictures.push(terminal.to_string());
    pictures
}

#[test]
fn each_mistake_is_seen() {
    let right = pictures(Mistake::None);
    assert_eq!(pictures(Mistake::None), right, "the same each time");
    for mistake in [
        Mistake::Total,
        Mistake::Segment,
        Mistake::Open,
        Mistake::Time,
        Mistake::Pause,
        Mistake::Color,
        Mistake::Message,
        Mistake::Output,
    ] {
        assert_ne!(pictures(mistake), right, "{mistake:?}");
    }
}
