//! Bars of several rows: they stay together, and where rows are scarce whole bars are left out.

use std::time::Duration;

use footlights::testing::TestTerminal;
use footlights::{Anchor, BarFormat, Columns, Counter, Manager, OnClose, bar_format, counter_format, status_format};
use proptest::prelude::*;

use crate::{SECOND, builder, check, numbered, print_lines, start};

/// A bar of two rows.
fn tall(manager: &Manager, n: usize) -> Counter {
    let format = bar_format!("{desc}: {count:d}\n  {bar:10} {percentage:.0f}%");
    manager.counter().total(10).desc(format!("BAR#{n}")).bar_format(format).add()
}

#[test]
fn a_newline_in_a_format_begins_a_row() {
    let (terminal, manager) = start(24, 6);
    let bar = tall(&manager, 0);
    let status =
        manager.status_bar().format(status_format!("{stage}\nof many", stage)).field("stage", "one\ntwo").add();
    bar.inc(5);
    print_lines(&terminal, 0..1);
    check(
        &terminal,
        "|line 0
         |_
         |BAR#0: 5
         |  █████      50%
         |one two
         |of many",
    );
    assert_eq!(bar.render(24), "BAR#0: 5\n  █████      50%");
    // A text has one row, whatever the format has.
    status.set_text("a\nb");
    assert_eq!(terminal.bars(), ["BAR#0: 5", "  █████      50%", "a b"]);
    // Each format has rows of its own.
    bar.set_total(None::<u64>);
    bar.set_counter_format(counter_format!("{desc}"));
    assert_eq!(terminal.bars(), ["BAR#0", "a b"]);
    bar.set_total(5);
    assert_eq!(terminal.bars(), ["BAR#0: 5", "  ██████████ 100%", "a b"]);
    drop((bar, status, manager));
    assert_eq!(terminal.log(), ["line 0", "BAR#0: 5", "  ██████████ 100%", "a b"]);
}

#[test]
fn whole_bars_are_left_out() {
    let (terminal, manager) = start(24, 6);
    let bars: Vec<Counter> = (0..4).map(|n| tall(&manager, n)).collect();
    let first_two = "|_
         |BAR#0: 0
         |             0%
         |BAR#1: 0
         |             0%
         |… 2 more";
    check(&terminal, first_two);
    // A row that is left over stays with the log.
    terminal.resize(24, 7);
    terminal.advance(SECOND);
    assert_eq!(terminal.bars().len(), 5);
    // One bar is cut where there is no room for it.
    terminal.resize(24, 3);
    terminal.advance(SECOND);
    assert_eq!(terminal.bars(), ["BAR#0: 0", "… 3 more"]);
    terminal.resize(24, 2);
    terminal.advance(SECOND);
    assert_eq!(terminal.bars(), ["… 4 more"]);
    drop((bars, manager));
    assert_eq!(terminal.log().len(), 8);
}

/// Narrow and few while the window is resized: the first rows.
#[test]
fn the_first_row_while_resizing() {
    let (terminal, manager) = start(40, 12);
    let bars = [tall(&manager, 0), tall(&manager, 1)];
    assert_eq!(terminal.bars().len(), 4);
    terminal.resize(50, 12);
    terminal.draw();
    assert_eq!(terminal.bars(), ["BAR#0: 0", "BAR#1: 0"]);
    terminal.advance(SECOND);
    assert_eq!(terminal.bars(), ["BAR#0: 0", "             0%", "BAR#1: 0", "             0%"]);
    drop(bars);
}

#[test]
fn closed_bars_move_up_with_all_rows() {
    let terminal = TestTerminal::new(24, 8);
    let manager = builder().anchor(Anchor::Inline).build_on(&terminal);
    let (open, done) = (tall(&manager, 0), tall(&manager, 1));
    done.set_on_close(OnClose::Log);
    print_lines(&terminal, 0..1);
    done.inc(10);
    done.close();
    check(
        &terminal,
        "|line 0
         |BAR#1: 10
         |  ██████████ 100%
         |_
         |BAR#0: 0
         |             0%
         |
         |",
    );
    // Half of the window stays with the log.
    let more: Vec<Counter> = (2..5).map(|n| tall(&manager, n)).collect();
    more.iter().for_each(Counter::close);
    print_lines(&terminal, 1..2);
    terminal.advance(SECOND);
    assert_eq!(terminal.bars().iter().filter(|row| row.starts_with("BAR#")).count(), 2);
    assert_eq!(terminal.bars().len(), 4);
    drop((open, more, manager));
}

/// A bar that is pinned to a row has its last row there.
#[test]
fn pinned_rows() {
    let (terminal, manager) = start(24, 9);
    let format = bar_format!("{desc}\n-");
    let pinned = manager.counter().total(9).desc("pinned").bar_format(format).position(2).add();
    let free = [crate::bar(&manager, 0), crate::bar(&manager, 1)];
    assert_eq!(terminal.bars(), ["BAR#0", "pinned", "-", "BAR#1"]);
    drop((pinned, free));
}

/// Rows of the same format share their columns, each with those in the same place.
#[test]
fn aligned_rows() {
    let terminal = TestTerminal::new(30, 9);
    let manager = Manager::builder().delay(Duration::ZERO).columns(Columns::Aligned).build_on(&terminal);
    let format = bar_format!("{desc} {count:d}|{bar:4}|\n{message} {total:d} in all");
    let bars = [("a", 5, 10, "x"), ("long", 100, 1000, "yyy")].map(|(desc, count, total, message)| {
        let bar = manager.counter().total(total).desc(desc).message(message).bar_format(format.clone()).add();
        bar.inc(count);
        bar
    });
    assert_eq!(terminal.bars(), ["a      5|██  |", "x     10 in all", "long 100|▍   |", "yyy 1000 in all"]);
    drop(bars);
}

/// The blanks before a child are a part of its first column: what follows stands below the same column
/// of its parent.
#[test]
fn aligned_children() {
    let terminal = TestTerminal::new(34, 9);
    let manager = Manager::builder().delay(Duration::ZERO).columns(Columns::Aligned).build_on(&terminal);
    let format = bar_format!("{desc} {percentage:.0f}% |{bar}| {count:d}/{total:d}");
    let add = |builder: footlights::CounterBuilder, desc: &str, count| {
        let bar = builder.total(100).desc(desc).bar_format(format.clone()).add();
        bar.inc(count);
        bar
    };
    let parent = add(manager.counter(), "all", 50);
    let child = add(parent.child(), "first", 100);
    let grandchild = add(child.child(), "x", 7);
    assert_eq!(
        terminal.bars(),
        [
            "all      50% |█████▌     |  50/100",
            "  first 100% |███████████| 100/100",
            "    x     7% |▊          |   7/100",
        ]
    );
    drop((parent, child, grandchild));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    /// Whatever the bars and the window: rows stay together and in order, the last row counts the bars
    /// that are not shown, and all rows remain at the end, below the whole log.
    #[test]
    fn rows_stay_together(
        heights in prop::collection::vec(1_usize..5, 1..7),
        rows in 1_usize..16,
        columns in 8_usize..60,
        inline in any::<bool>(),
        lines in 0_usize..20,
    ) {
        let terminal = TestTerminal::new(columns, rows);
        let anchor = if inline { Anchor::Inline } else { Anchor::Bottom };
        let manager = builder().anchor(anchor).build_on(&terminal);
        let format = |bar: usize| (0..heights[bar]).map(|row| format!("{bar}.{row}")).collect::<Vec<_>>();
        let bars: Vec<Counter> = (0..heights.len())
            .map(|bar| manager.counter().total(9).bar_format(BarFormat::new(&format(bar).join("\n")).unwrap()).add())
            .collect();
        print_lines(&terminal, 0..lines);

        // What is expected, bar by bar.
        let room = rows - 1;
        let all: Vec<String> = (0..heights.len()).flat_map(format).collect();
        let mut expected = Vec::new();
        if all.len() <= room {
            expected.clone_from(&all);
        } else if heights.len() == 1 {
            expected = all[..room].to_vec();
        } else if room > 0 {
            let mut shown = 0;
            while shown < heights.len() && expected.len() + heights[shown] < room {
                expected.extend(format(shown));
                shown += 1;
            }
            if shown == 0 && room > 1 {
                expected.extend_from_slice(&format(0)[..room - 1]);
                shown = 1;
            }
            expected.push(format!("… {} more", heights.len() - shown));
        }
        prop_assert_eq!(terminal.bars(), expected);
        prop_assert_eq!(terminal.log(), numbered(lines));
        drop((bars, manager));
        prop_assert_eq!(terminal.log(), [numbered(lines), all].concat());
    }

    /// Aligned rows have their columns in the same places, in a window of any width.
    #[test]
    fn aligned_columns_start_together(
        bars in prop::collection::vec(("[a-z]{0,12}", 0_u64..100_000, 0_usize..3), 2..6),
        width in 1_usize..=200,
    ) {
        let terminal = TestTerminal::new(width, 12);
        let manager = Manager::builder().delay(Duration::ZERO).columns(Columns::Aligned).build_on(&terminal);
        let format = BarFormat::new("{desc} {percentage:.1f}% <{bar:5..}> {count:d}/{total:d} [{elapsed}]").unwrap();
        let mut counters: Vec<Counter> = Vec::new();
        for (desc, count, depth) in &bars {
            let builder = match counters.last() {
                // In very narrow windows nothing is left of the column that has the blanks.
                Some(last) if *depth > 0 && width >= 30 => last.child(),
                _ => manager.counter(),
            };
            let bar = builder.total(100_000).desc(desc.as_str()).bar_format(format.clone()).add();
            bar.inc(*count);
            counters.push(bar);
        }
        let rows = terminal.bars();
        for border in ['<', '>', '/', '['] {
            let places: Vec<Option<usize>> = rows.iter().map(|row| row.chars().position(|c| c == border)).collect();
            prop_assert!(places.windows(2).all(|two| two[0] == two[1]), "{border}: {places:?} {rows:?}");
        }
    }
}
