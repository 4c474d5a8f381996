//! A program with a bar, and the test of the bar.
//!
//! `cargo test --features testing --example testing`

use std::io::{self, Write};

use footlights::Manager;

fn main() -> io::Result<()> {
    check(&["a", "b", "c"], &Manager::new(), io::stdout(), |name| name != "b")
}

/// The manager, the output and the work come from outside: a test brings its own.
fn check(names: &[&str], manager: &Manager, mut out: impl Write, mut work: impl FnMut(&str) -> bool) -> io::Result<()> {
    let bar = manager.counter().total(names.len()).desc("Checking").add();
    let bad = bar.segment("bad").color("red").add();
    for name in names {
        if work(name) {
            bar.inc(1);
        } else {
            bad.inc(1);
            writeln!(out, "{name} is bad")?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[test]
fn a_bar_with_a_bad_part() -> io::Result<()> {
    let terminal = footlights::testing::TestTerminal::new(50, 6);
    check(&["a", "b", "c"], &terminal.manager(), &terminal, |name| {
        terminal.advance(std::time::Duration::from_secs(1)); // the work takes a second
        name != "b"
    })?;
    assert_eq!(terminal.log(), ["b is bad", "Checking 100%|█████████| 3/3 [00:03<00:00, 1.00/s]"]);
    assert_eq!(terminal.log()[1].color_of("█"), Some(footlights::AnsiColor::Red.into()));
    Ok(())
}
