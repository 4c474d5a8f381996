//! Progress bars pinned to the last rows of the terminal. All other output scrolls above them,
//! unchanged.
//!
#![cfg_attr(docsrs, doc = include_str!("../docs/pictures/demo-still.svg"))]
//!
//! ```
//! use footlights::Manager;
//!
//! let manager = Manager::new();
//! let tests = manager.counter().total(50).desc("Testing").unit("tests").color("green").add();
//! let failed = tests.segment("failed").color("red").add();
//! for n in 0..50 {
//!     if n == 7 {
//!         println!("test {n} failed"); // appears above the bar
//!         failed.inc(1);
//!     } else {
//!         tests.inc(1);
//!     }
//! }
//! ```
//!
//! * A [`Manager`] owns the last rows of the terminal. It updates them when something changes or
//!   the window is resized, and restores the terminal when it is dropped.
//! * A [`Counter`] is a bar. It can have [`Segment`]s (passed, failed, …) with their own colors. A
//!   [`StatusBar`] is a line of text.
//! * A [`CounterStyle`] is the appearance of bars: colors, glyphs and [formats]. There are
//!   [ready-made](CounterStyle::download) styles.
//! * All output (`println!`, `eprintln!`, loggers, C code, child processes) appears above the bars:
//!   every byte, once, in order. There is nothing to call and nothing to wrap.
//! * No call fails because of the terminal. Without one, in a log file or in CI, a bar is a line of
//!   text now and then: see [`Output`].
//!
//! A bar in a loop, a download, and a bar per thread:
//!
//! ```
//! use footlights::{CounterStyle, Manager};
//!
//! let manager = Manager::new();
//! for name in manager.counter().desc("Files").add().wrap_iter(["a", "b", "c"]) {
//!     println!("looking at {name}");
//! }
//!
//! let image = manager.counter().style(&CounterStyle::download()).desc("a.iso").total(30 << 20).add();
//! image.inc(64 << 10);
//!
//! std::thread::scope(|scope| {
//!     for n in 1..=3 {
//!         let bar = manager.counter().total(9).desc(format!("Thread {n}")).leave(false).add();
//!         scope.spawn(move || (0..9).for_each(|_| bar.inc(1)));
//!     }
//! });
//! ```
//!
//! # How it works
//!
//! stdout and stderr are redirected to a pseudo-terminal, if they are the terminal. One thread
//! reads the output there, and only this thread writes to the real terminal. At most 25 times a
//! second it writes a frame: the output since the last frame, and the bars, in one write. The rows
//! below the cursor are ours. The cursor's row and all rows above it are never changed. Between two
//! frames no mode of the terminal is set, so the prompt works even after `kill -9`.
//!
//! Counting is one atomic add. It wakes no thread: the counts are read for each frame.
//!
//! # What to expect
//!
//! | situation | behavior |
//! |---|---|
//! | neither stream is a terminal, `TERM` is `dumb` or not set, or `CI` is set | no stream is redirected; a log: see [below](#logs) |
//! | only one stream is a terminal | the other one is left alone |
//! | `NO_COLOR` is set | no colors; segments differ by their glyphs |
//! | `REDUCED_MOTION` is set | spinners and indeterminate bars move once a second |
//! | the terminal shows progress on the taskbar or in its tab | all bars together are shown there: see [`Taskbar`] |
//! | the locale is not UTF-8 | bars and texts are ASCII: see [`Charset`] |
//! | there are more bars than rows | as many as fit, unfinished ones first, and "… N more" |
//! | an unfinished line (a prompt, dots) is printed | it is shown at once and stays open; input appears in it |
//! | Ctrl-Z, then `fg` | the bars disappear and return; the time between is not counted |
//! | the program runs in the background (`bg`, `&`) | its output is shown, without bars |
//! | a child uses the alternate screen (`less`, `vim`) | it gets the screen and all input; the bars return afterwards |
//! | a child uses this crate too | its manager is disabled; its output appears above our bars |
//! | the process forks without `exec` | the output of the child appears above the bars |
//!
//! * *While the window is resized*, bars are narrow and few, until the size has not changed for
//!   half a second. While the window jumps to much smaller sizes, no bars are shown.
//! * *A child that outlives the manager* can still print, below the remaining bars, as long as this
//!   process lives.
//!
//! # Logs
//!
//! Where bars cannot be drawn or nobody watches, they are lines of text: `program > file 2>&1`, CI,
//! `TERM=dumb`. [`Output`] says when, and users decide with the environment variable
//! `FOOTLIGHTS_OUTPUT`. With `ACCESSIBLE` set, a terminal gets lines in words, and nothing is drawn.
//!
//! ```text
//! Building  10% (2/20 files) 00:05<00:45
//! Building  55% (11/20 files, 1 failed) 00:19<00:15
//! Building 100% (20/20 files, 3 failed) 00:37
//! ```
//!
//! * A bar says how it is after five seconds, at steps of ten percent, but no faster than every ten
//!   seconds, when the first count of a segment named `failed` (or `error`, …) comes, and every
//!   thirty seconds. Its last line always comes. A bar that lives shorter has only a last line, or
//!   none if it does not [stay](CounterBuilder::leave).
//! * There are at most 30 lines in a minute, and 10 per minute in the long run, apart from at most nine
//!   last lines when a manager stops. If there are more than five bars at work, the oldest speak for
//!   themselves and one line for the others.
//! * Lines are whole and have no carriage return. They have no escape sequences unless
//!   `CLICOLOR_FORCE` or `FORCE_COLOR` asks for colors. Each is written in one piece and does not tear
//!   a line that another thread prints with std. It follows an unfinished line of the program: that
//!   cannot be known.
//! * Signals are not touched, because there is nothing to restore: Ctrl-C, `abort` and a crash leave
//!   the log as it is then. After `exit` and a panic that ends the program the last lines are there.
//! * A reader that is slow or has gone does not stop the program. [`Manager::stop`] waits for it,
//!   two seconds at most.
//!
//! # Loggers
//!
//! `env_logger`, the formatter of `tracing-subscriber` and all others that print are set up as
//! without this crate. Their lines appear above the bars, and no writer, no lock and no order of
//! initialization has to be minded. A logger that cannot be told to use stdout or stderr takes
//! [`Manager::writer`].
//!
//! # One manager for a whole program
//!
//! A manager is a handle, so it can be an argument, a field, or a clone in a task or a thread. All of
//! its methods take `&self`. Or it is a static:
//!
//! ```
//! use std::sync::LazyLock;
//! use std::thread;
//!
//! use footlights::Manager;
//!
//! static MANAGER: LazyLock<Manager> = LazyLock::new(Manager::new);
//!
//! fn copy(manager: &Manager) {
//!     manager.counter().total(3).desc("Copying").add().finish();
//! }
//!
//! copy(&MANAGER);
//! let manager = MANAGER.clone();
//! thread::spawn(move || copy(&manager)).join().unwrap();
//! # MANAGER.stop();
//! ```
//!
//! * A static is never dropped. The terminal is restored all the same when the program exits: see
//!   [below](#ways-out). Call [`Manager::stop`] at the end of `main` if something is to be printed
//!   below the bars.
//! * With `OnceLock<Manager>`, the settings can come from the command line. `MANAGER.get_or_init(…)`
//!   starts the thread when it is called first, not before.
//! * A manager that is not used costs nothing but its thread, which sleeps.
//!
//! # Libraries
//!
//! A library makes a manager of its own wherever it needs one: [`Manager::new`] takes less than a
//! millisecond, and all managers of a process share the terminal. The bars of the library stand among
//! those of the program, and the program's settings are in force if its manager was first. If a
//! library lets its user pass a manager (`&Manager`), the user decides about style and
//! [output](ManagerBuilder::output) too. If it should not depend on this crate at all, it declares
//! fields of spans: see `Manager::tracing_layer`.
//!
//! # Features
//!
//! None is on by default. Each adds methods for one other crate, and `testing` a terminal for tests:
//!
//! | feature | for | adds |
//! |---|---|---|
//! | `futures` | streams, asynchronous readers and writers | `wrap_stream`, `wrap_async_read`, `wrap_async_write`, `CountedStream` |
//! | `rayon` | parallel iterators | `wrap_par_iter`, `CountedParallelIterator` |
//! | `testing` | tests of programs with bars | `testing`: a terminal in memory, and its clock |
//! | `tokio` | asynchronous readers and writers | `wrap_async_read`, `wrap_async_write` |
//! | `tracing` | spans | `Manager::tracing_layer` |
//!
//! # Ways out
//!
//! The terminal is restored on every way out, unless the table says otherwise. The exit status is
//! the same as without bars.
//!
//! | way out | earlier output | the bars |
//! |---|---|---|
//! | the manager is dropped or stopped, `main` returns, `exit(0)` | complete | stay as lines below it, or are erased (1) |
//! | `exit` with another status | complete, what was printed last is read last (2) | stay above that |
//! | a thread panics, and the panic is caught | complete, with its message | are still shown |
//! | a panic ends the program, also with `panic = "abort"` | complete, with its message (2) | stay above that |
//! | `abort`, a segmentation fault, a stack overflow (3) | complete, with the message of std (2) | stay above that |
//! | a signal that ends the program, such as SIGINT or SIGTERM (3) | complete | stay |
//! | two such signals, or one while the terminal is stopped (Ctrl-S) | as much as the terminal takes in 0.3 s | stay |
//! | the terminal is closed | lost; the program is ended by SIGHUP | |
//! | `_exit`, `kill -9` | nearly complete (4) | stay; the prompt overwrites the first one |
//! | the same, with [`Interception::Off`] | complete | stay, and so does the scroll region until `reset` |
//!
//! 1. As [`OnStop`] and [`leave`](CounterBuilder::leave) say.
//! 2. The output since the bars changed last, and that of the last moment (0.2 to 0.4 s), is left
//!    below the bars, as far as it fits into the window: `eprintln!("error: …"); exit(1)` ends with
//!    the error. Where the exit status is not known (elsewhere than on Linux with glibc, and on
//!    Windows when std's `exit` is called), all exits count as failures if the manager was not
//!    dropped or stopped before. With [`Interception::Off`], the bars are always last.
//! 3. If the program has no handler for it. The program's own handlers, such as those of a crash
//!    reporter, are left alone. With them, and with [`SignalHandling::Untouched`], the result is
//!    the same as with `kill -9`.
//! 4. Single lines are written within two milliseconds. In a stream of lines, those since the last
//!    frame (40 ms at the default rate) may be missing. Output right before `_exit` may be missing
//!    too: call [`Manager::stop`] first.
//!
//! # On Windows
//!
//! What is checked on which system stands in [`platforms`].
//!
//! Bars need a console that understands escape sequences: that of Windows 10 (version 1703) or
//! later, Windows Terminal, and what is built on them. An older console gets plain lines, and so does
//! a terminal of Cygwin or MSYS that is a pipe to programs like this one. `TERM` need not be set.
//!
//! * *A pipe takes the place of the pseudo-terminal*: a process cannot sit in a pseudoconsole and
//!   paint on the console it was started in. The redirect holds for Rust, C and children. Output
//!   arrives once and in order, C's stdout is unbuffered, and text that is not UTF-8 is taken to be in
//!   the console's code page. But the program and its children see a pipe: `is_terminal` is false
//!   while bars are shown, and many programs drop their colors. There are two ways out:
//!   [`Interception::Off`], or a variable that most programs obey:
//!   `Command::new(…).env("CLICOLOR_FORCE", "1").env("FORCE_COLOR", "1")`. This crate does not set
//!   it: a child whose output is read by a program would write colors there too.
//! * *Other threads*: while C's descriptors change over, at the start and the end of a manager, the
//!   standard handle is empty for some microseconds. What another thread prints in that moment is
//!   lost.
//! * *Resizes* are seen at the next frame, or at the next look (eight times a second while nothing
//!   changes). Input is never read.
//! * *Glyphs*: bars are ASCII where the console is not known to show more: see [`Charset`].
//! * *Ctrl-C, Ctrl-Break, closing the window, the end of the session*: all output and the bars are
//!   written, then the next handler decides, or the system ends the program. A handler of the
//!   program's own that was installed before the manager, and keeps the program alive, is called
//!   after that: a copy of the bars stays above its output, and the bars return two seconds later.
//!   One that was installed after the manager decides first.
//! * *`exit`* of std and of C and a crash (a memory fault, a stack overflow) are ways out as on Unix.
//!   Not so `abort`, also by C, and a program that is ended by another one (Task Manager): they are
//!   like `kill -9`. Then two modes of the console stay set, until the shell sets its own, as `cmd`
//!   does before each prompt: escape sequences are understood, and a bare line feed keeps its column.
//! * *A handle that was saved* while the streams were redirected is closed when the manager has
//!   stopped. A child that opens `CONOUT$` writes over the bars; run it inside [`Manager::suspend`].
//! * *DLLs*: if this crate is part of a DLL, the manager must be stopped before the program exits:
//!   nothing of ours runs before that.
//!
//! # Limits
//!
//! * *`/dev/tty`.* Only the descriptors 1 and 2 are redirected. A program that writes to `/dev/tty`
//!   directly writes over the bars: `sudo` and `ssh` do so to ask for a password. Run them inside
//!   [`Manager::suspend`].
//! * *`program | filter`.* The bars are on stderr, and the filter may print over them on the same
//!   terminal. With [`Stream::Stdout`], bars are shown only if stdout is a terminal, and so not
//!   before a filter. If the output of the filter goes to a file, the default is better.
//! * *Prompts.* Output of other threads lands on the line of an open prompt, as on any terminal.
//!   [`Manager::suspend`] hides the bars but does not stop other threads. See `examples/prompt.rs`.
//! * *Pagers.* A program that reads keys from the terminal behind its stdout or stderr (`less`,
//!   `more`) finds our pseudo-terminal there. Input that stays unread on stdin for 40 ms is
//!   forwarded to it.
//! * *`exec`.* A program that replaces this one inherits streams that are no longer read, and its
//!   output is lost. Call [`Manager::stop`] first.
//! * *Closing foreign descriptors.* `closefrom(3)` and the like close ours too. Call
//!   [`Manager::stop`] first.
//! * *SIGPIPE at its default action.* If a program sets it after the manager was built, writing to
//!   a closed pipe ends the program like `kill -9`. Set it before.
//! * *Handlers of SIGINT.* A function that fails if there is a handler already
//!   (`ctrlc::try_set_handler`) finds ours. Call it before the manager is built, or call one that
//!   replaces handlers (`ctrlc::set_handler`).
//! * *Input.* stdin is never touched. Input that the program does not read is echoed by the
//!   terminal in the row below the output, and the next line of output replaces it. If Enter is
//!   held down meanwhile, a stale row or two may remain.
//! * *Many bars and a narrow window.* If the window becomes so narrow that the rows of the bars,
//!   wrapped by the terminal, need more rows than it has, the first of them move to the scrollback
//!   before the program can react. From 80 columns to 40 this needs bars on half of the rows.
//!   One large step to a narrow window, while the window is not yet full of output, can tear an
//!   open line or leave a stale row in some terminals.
//! * *Resizing with a child.* A child learns of a new window size from the terminal, slightly
//!   before its stdout has that size. If it asks only once, at once, it may see the old size.
//! * *Stopping.* Output of *other* threads at the moment when the last manager stops may be
//!   reordered. No byte is lost, and no line is torn.
//! * *Daemons.* A process that outlives this program needs its own stdout: ours ends with this
//!   program.
//! * *Raw mode.* If a program prints and then immediately enters raw mode, we add the missing
//!   carriage returns. In the 40 ms after that we also add them to bare line feeds.
//! * *A prompt that fills its row exactly.* Some terminals let the first key overwrite its last
//!   character, if bars were written in between.
//! * *Shells and `tmux` as children.* A shell says that it has no job control, because its stderr
//!   is not its controlling terminal. `tmux` draws through its stdin, over the bars. Run both
//!   inside [`Manager::suspend`].
//! * *The alternate screen.* A child that is killed while it shows the alternate screen leaves it
//!   on. Bars return when another program switches it off.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod bars;
mod cells;
mod counted;
mod counter;
mod counter_builder;
mod error;
mod format;
mod handle;
mod human;
mod into;
mod lease;
mod looks;
mod manager;
mod manager_builder;
mod output;
mod placing;
mod segment;
mod state;
mod status_bar;
mod style;
mod sys;
mod template;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(feature = "tracing")]
mod tracing;
mod track;
mod writer;

// Pages of the documentation; as modules their links and their code are checked.
#[doc = include_str!("../docs/formats.md")]
pub mod formats {}
#[doc = include_str!("../docs/from-enlighten.md")]
pub mod from_enlighten {}
#[doc = include_str!("../docs/platforms.md")]
pub mod platforms {}
#[doc = include_str!("../docs/json.md")]
pub mod json {}

pub use anstyle;
pub use anstyle::{Ansi256Color, AnsiColor, RgbColor};
pub use bars::{FinishedBars, OnClose, OnStop, Progress};
pub use cells::charset::Charset;
pub use cells::color::{Color, ColorDepth};
pub use cells::color_rule::ColorRule;
pub use cells::columns::Columns;
pub use cells::motion::Motion;
pub use cells::series::Series;
pub use cells::spinner::Spinner;
#[cfg(feature = "rayon")]
pub use counted::CountedParallelIterator;
#[cfg(feature = "futures")]
pub use counted::CountedStream;
pub use counted::{Counted, CountedBytes, CountedIterator};
pub use counter::Counter;
pub use counter_builder::CounterBuilder;
pub use error::Error;
#[doc(hidden)]
pub use format::__private;
pub use format::{BarFormat, CounterFormat, StatusFormat};
pub use handle::Bar;
pub use human::{HumanBytes, HumanCount, HumanDuration};
pub use into::{IntoColor, IntoSeconds, IntoSeries, IntoText, IntoTotal};
pub use manager::Manager;
pub use manager_builder::{Interception, ManagerBuilder, SignalHandling, Taskbar};
pub use output::{Anchor, Output};
pub use segment::{Countable, Segment, SegmentBuilder};
pub use state::number::Number;
pub use state::rate::Estimator;
pub use state::roll_up::RollUp;
pub use state::snapshot::{BeyondTotal, Justify};
pub use state::value::Value;
pub use status_bar::{StatusBar, StatusBarBuilder};
pub use style::{CounterStyle, StatusStyle};
pub use sys::Stream;
#[cfg(feature = "tracing")]
pub use tracing::TracingLayerBuilder;
pub use track::{Track, track};
pub use writer::Writer;
