//! Makes cases and runs them.
//!
//! The cases are the same each time, as many as `PROPTEST_CASES` says.

use std::time::Duration;

use anstyle::{Ansi256Color, AnsiColor, RgbColor, Style};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use super::super::anchor::Anchor;
use super::harness::{Harness, Outcome};
use super::op::{Bar, Chunk, Cut, Op};
use crate::cells::color::Color;
use crate::sys::Instant;

fn word() -> impl Strategy<Value = String> {
    "[a-z]{1,9}"
}

/// Bold and faint exclude each other in the emulator, so one is switched off before the other is
/// switched on. The first entry is empty.
const SGR: &str = " 0 22;1 22;2 3 4 5 7 9 22 23 24 25 27 29 31 32;44 39 49 91 104 38;5;200 48;5;17 38;2;1;2;3 48;2;9;8;7 \
    38:2::1:2:3 0;35";

const ODD: [&[u8]; 14] = [
    b"\x1b]0;a title\x07",
    b"\x1b]8;;http://x.org\x1b\\link\x1b]8;;\x1b\\",
    b"\x1b]2;title\x1b\\",
    b"\x1b[?25h",
    b"\x1b(B",
    b"\x1b(0",
    b"\x1b)0",
    b"\x0e",
    b"\x0f",
    b"\x07",
    b"\xff",
    b"\xe6\xbc ",
    b"\xc3\n",
    b"\x80",
];

fn chunk() -> impl Strategy<Value = Chunk> {
    prop_oneof![
        12 => word().prop_map(Chunk::Word),
        12 => Just(Chunk::End),
        2 => (1..16_usize).prop_map(Chunk::Lines),
        3 => (1..6_usize).prop_map(Chunk::Wide),
        3 => (0..4_usize).prop_map(Chunk::Accented),
        4 => (-1..2_isize, 0..3_usize, any::<bool>()).prop_map(|(more, around, accent)| Chunk::Fill(more, around, accent)),
        5 => prop::sample::select(SGR.split(' ').collect::<Vec<_>>()).prop_map(Chunk::Sgr),
        2 => prop::sample::select(&ODD).prop_map(Chunk::Odd),
        6 => prop::sample::select(vec!["\r", "\r", "\t", "\x08", "\x08\x08\x08"]).prop_map(Chunk::Control),
        2 => (1..9_usize, prop::sample::select(vec!['C', 'D'])).prop_map(|(n, how)| Chunk::Csi(n, how)),
        1 => (1..60_usize).prop_map(|n| Chunk::Csi(n, 'G')),
        2 => (0..3_usize).prop_map(|n| Chunk::Csi(n, 'K')),
        1 => Just(Chunk::Csi(0, 'J')),
        3 => (1..5_usize, prop::sample::select(vec!['A', 'F', 'M'])).prop_map(|(n, how)| Chunk::Up(n, how)),
        2 => (1..5_usize, prop::sample::select(vec!['B', 'E'])).prop_map(|(n, how)| Chunk::Down(n, how)),
        2 => (0..4_usize, word()).prop_map(|(up, word)| Chunk::Saved(up, word)),
    ]
}

fn chunks() -> impl Strategy<Value = Vec<Chunk>> {
    prop::collection::vec(chunk(), 1..8)
}

fn cuts() -> impl Strategy<Value = Vec<Cut>> {
    prop::collection::vec((0..12_usize, any::<bool>()).prop_map(|(at, frame)| Cut(at, frame)), 0..4)
}

fn bar() -> impl Strategy<Value = Bar> {
    let text = prop_oneof![3 => "#[0-9]{1,8}", 1 => "#[0-9]{1,50}", 1 => "#漢字[0-9]{0,9}", 1 => Just(String::new())];
    let color = prop_oneof![
        Just(Color::DEFAULT),
        Just(Color::from(AnsiColor::Green)),
        Just(Color::from(Style::new().bold().bg_color(Some(RgbColor(1, 2, 3).into())))),
        Just(Color::from(Style::new().invert().fg_color(Some(Ansi256Color(99).into())))),
    ];
    (text, any::<bool>(), color).prop_map(|(text, full, color)| Bar { text, full, color })
}

fn size() -> impl Strategy<Value = (usize, usize)> {
    // If the window is as wide as one of its tab stops, the emulator loses that tab stop at a
    // resize.
    let cols = prop_oneof![3 => 4..30_usize, 1 => 30..60_usize];
    (cols.prop_map(|cols| cols + usize::from(cols % 8 == 0)), prop_oneof![1 => 1..4_usize, 4 => 3..14_usize])
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        20 => (chunks(), cuts()).prop_map(|(chunks, cuts)| Op::Print(chunks, cuts)),
        2 => (chunks(), cuts(), chunks()).prop_map(|(chunks, cuts, behind)| Op::Sync(chunks, cuts, behind)),
        4 => prop::collection::vec(bar(), 0..8).prop_map(Op::Bars),
        6 => (0..8_usize, "#[0-9]{1,20}").prop_map(|(at, text)| Op::Change(at, text)),
        1 => Just(Op::MarkStale),
        7 => (size(), prop::option::of("#[0-9]{1,20}")).prop_map(|((cols, rows), late)| Op::Resize(cols, rows, late)),
        2 => Just(Op::Settle),
        2 => (word(), any::<bool>()).prop_map(|(text, enter)| Op::Answer(text, enter)),
        2 => any::<bool>().prop_map(Op::Enter),
        1 => (0..3_usize, word(), 2..9_usize).prop_map(|(up, word, at)| Op::Remember(up, word, at)),
        1 => (chunks(), cuts()).prop_map(|(chunks, cuts)| Op::FullScreen(chunks, cuts)),
        1 => (prop::collection::vec(word(), 0..3), prop::collection::vec(chunk(), 0..4)).prop_map(|(lines, chunks)| Op::OtherProgram(lines, chunks)),
    ]
}

fn case() -> impl Strategy<Value = ((usize, usize), Vec<String>, Vec<Op>)> {
    (size(), prop::collection::vec(prop_oneof![word(), Just(String::new())], 0..6), prop::collection::vec(op(), 1..24))
}

fn run((cols, rows): (usize, usize), before: &[String], ops: &[Op], anchor: Anchor) -> Outcome {
    let resizes = ops.iter().any(|op| matches!(op, Op::Resize(..)));
    let mut harness = Harness::new(cols, rows, before, resizes, anchor);
    let all = ops.iter().try_for_each(|op| harness.apply(op).map_err(|why| format!("{why}\nby {op:?}")));
    all.and_then(|()| harness.finish()).map_err(|why| format!("{why}\n{}", harness.picture()))
}

fn try_out(config: Config, anchor: Anchor) {
    let config = Config { failure_persistence: None, max_shrink_iters: 20_000, ..config };
    let test =
        |(size, before, ops): (_, Vec<String>, Vec<Op>)| run(size, &before, &ops, anchor).map_err(TestCaseError::fail);
    if let Err(err) = TestRunner::new(config).run(&case(), test) {
        panic!("{err}");
    }
}

#[test]
fn output_stands_above_the_bars() {
    try_out_fixed(Anchor::Bottom);
}

#[test]
fn output_stands_above_inline_bars() {
    try_out_fixed(Anchor::Inline);
}

fn try_out_fixed(anchor: Anchor) {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let cases = if asked { Config::default().cases } else { 600 };
    try_out(Config { cases, rng_seed: RngSeed::Fixed(1), ..Config::default() }, anchor);
}

/// The same with other cases each time, for as many seconds as `FOOTLIGHTS_FUZZ` says (60 if it is
/// not set).
#[test]
#[ignore = "runs for a minute: cargo test --lib random_programs -- --ignored"]
fn random_programs() {
    let seconds = std::env::var("FOOTLIGHTS_FUZZ").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(60);
    let end = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < end {
        try_out(Config::default(), Anchor::Bottom);
        try_out(Config::default(), Anchor::Inline);
    }
}
