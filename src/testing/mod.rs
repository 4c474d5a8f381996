//! A terminal in memory, to test the bars of a program (feature `testing`).
//!
//! A [`TestTerminal`] takes the place of the terminal, and its clock the place of the system's. A test
//! gives the program a manager on it, moves the clock, and compares the picture. No test sleeps, and
//! none depends on how fast the machine is. Everything else is the code that runs on a real terminal,
//! down to the bytes of each frame.
//!
//! ```toml
//! [dev-dependencies]
//! footlights = { version = "0.1", features = ["testing"] }
//! ```
//!
//! The feature needs Rust 1.86, and the `avt` crate, which is the terminal.
//!
//! # A test
//!
//! ```
//! use std::time::Duration;
//!
//! use footlights::testing::TestTerminal;
//!
//! let terminal = TestTerminal::new(60, 5); // columns, rows
//! let manager = terminal.manager();
//!
//! // What the program does with the manager:
//! let bar = manager.counter().total(8).desc("Files").unit("files").add();
//! bar.inc(2);
//! terminal.print("two files are done\n");
//!
//! terminal.advance(Duration::from_secs(4));
//! assert_eq!(terminal.bars(), ["Files  25%|████            | 2/8 [00:04<00:11, 0.57 files/s]"]);
//! assert_eq!(terminal.log(), ["two files are done"]);
//! ```
//!
//! # What to know
//!
//! * *Time stands still* until [`advance`](TestTerminal::advance) moves it. Elapsed times, rates,
//!   remaining times, pauses and spinners go by this clock, and so do the methods of a bar.
//! * *A new bar appears after 100 ms*, as it does for users. Advance the clock before you look, or set
//!   the [delay](crate::ManagerBuilder::delay) to zero.
//! * *A picture is up to date*: [`bars`](TestTerminal::bars), [`log`](TestTerminal::log),
//!   [`screen`](TestTerminal::screen) and the like write a frame first if something has changed. (A user
//!   sees it up to 40 ms later.) To see whether and when frames are written, use
//!   [`take_bytes`](TestTerminal::take_bytes).
//! * *Colors*: each [`Row`] of a picture is a text with colors, see [`Row::color_of`] and
//!   [`Row::spans`].
//! * *The end*: when the manager is stopped or dropped, bars that stay are lines of the
//!   [`log`](TestTerminal::log), and [`bars`](TestTerminal::bars) is empty.
//! * *Snapshots*: a terminal has a `Display`, for `insta::assert_snapshot!(terminal)`.
//! * *After a resize* bars are narrow for half a second, as on a real terminal.
//!
//! # A program that can be tested
//!
//! A function that shows bars takes the manager as an argument, and prints to a writer that it is
//! given. `main` passes `Manager::new()` and `io::stdout()`, a test passes
//! [`terminal.manager()`](TestTerminal::manager) and the terminal:
//!
//! ```
//! use std::io::{self, Write};
//! use std::time::Duration;
//!
//! use footlights::{Manager, testing::TestTerminal};
//!
//! fn check(names: &[&str], manager: &Manager, mut out: impl Write, mut work: impl FnMut(&str) -> bool) -> io::Result<()> {
//!     let bar = manager.counter().total(names.len()).desc("Checking").add();
//!     let bad = bar.segment("bad").color("red").add();
//!     for name in names {
//!         if work(name) {
//!             bar.inc(1);
//!         } else {
//!             bad.inc(1);
//!             writeln!(out, "{name} is bad")?;
//!         }
//!     }
//!     Ok(())
//! }
//!
//! let terminal = TestTerminal::new(60, 6);
//! let mut pictures = Vec::new();
//! // Work takes a second, on the clock of the test.
//! check(&["a", "b", "c"], &terminal.manager(), &terminal, |name| {
//!     terminal.advance(Duration::from_secs(1));
//!     pictures.push(terminal.bars());
//!     name != "b"
//! })?;
//! assert!(pictures[0][0].contains("0/3 [00:01"));
//! assert!(pictures[2][0].contains("2/3 [00:03"));
//! assert_eq!(terminal.log()[0], "b is bad");
//! assert!(terminal.log()[1].contains("3/3"));
//! # Ok::<(), io::Error>(())
//! ```
//!
//! * *Log lines*: [`Manager::writer`](crate::Manager::writer) of a manager on the terminal writes to
//!   the terminal, also for loggers that take a writer.
//! * *Settings*: a function that returns the [`ManagerBuilder`](crate::ManagerBuilder) of the program
//!   is used by `main` with `build()` and by tests with
//!   [`build_on`](crate::ManagerBuilder::build_on). Colors, characters, frame rate, width and the
//!   taskbar are set there.
//! * *A manager in a `static`* is made once for all tests of a process. Let the functions that use it
//!   take a manager too.
//! * *Threads* of the program can count, print and add bars at any time. Join them, or wait for what
//!   they send, before you compare.
//! * *Spans*: `Manager::tracing_layer` starts no thread here. Spans appear when the clock moves.
//!
//! # Limits
//!
//! * *`println!` is not captured*, and neither is what children print: both belong to the process, not
//!   to the terminal. Print to a writer, or [`print`](TestTerminal::print) what would be printed.
//! * *Standing in for the process*: there are no signals, no exit and no input. A panic that unwinds
//!   through the owner of the manager leaves the bars above what was printed last, as for users.
//! * *Other outputs* (plain lines, JSON) write to streams and files. A manager on a terminal in memory
//!   draws bars, or is disabled by [`Output::None`](crate::Output::None).
//! * *Characters*: cells are as wide as Unicode says. Emoji that are joined take the columns of their
//!   parts.
//! * *A real terminal* differs from others in what it does with a resize. This one rewraps the rows of
//!   the log, and knows no quirk.
//!
//! # What cannot go wrong
//!
//! No call panics or waits, in windows of any size (0 is taken as 1). Several terminals can be used
//! at a time, in parallel tests too. A manager keeps working when the `TestTerminal` is dropped, and a
//! terminal when the manager is: it can be given to the next one. Several managers on one terminal share
//! its rows, as those of a process do. Inside of [`Manager::suspend`](crate::Manager::suspend) there are
//! no bars. The environment (`NO_COLOR`, `TERM`, the locale) has no effect.

mod row;
mod terminal;

pub use row::{Row, Span};
pub use terminal::TestTerminal;
