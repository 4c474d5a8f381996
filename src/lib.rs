//! Progress bars on the last rows of the terminal. Everything else that the program prints scrolls
//! above them.
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
//! ```text
//! test 7 failed
//! Testing  62%|▋██████████████████▎           | 31/50 [00:03<00:02, 10.33 tests/s]
//! ```
//!
//! There are three things to know:
//!
//! 1. A [`Manager`] owns the last rows of the terminal. It draws when something changes, and restores
//!    the terminal when it is dropped.
//! 2. A [`Counter`] is a bar. A [`Segment`] is a part of it with its own color. A [`StatusBar`] is a line
//!    of text. Add them with the manager, count, and drop them.
//! 3. Print as usual: `println!`, `eprintln!`, loggers, C code, child processes. Nothing has to be
//!    wrapped, and no byte is lost.
//!
//! No call fails because of the terminal. In CI and in a log file, a bar is a line of text now and then:
//! see [`Output`].
//!
//! # Where to look
//!
//! | page | says |
//! |---|---|
//! | [`cookbook`] | how to do it: over forty tasks, from a bar in a loop to a test of your bars |
//! | [`formats`] | what a bar shows: all fields, widths, numbers, colors |
//! | [`promises`] | what holds, on every way out of the program, and the limits |
//! | [`json`] | progress for another program |
//! | [`platforms`] | what is checked on which system |
//! | [`from_indicatif`], [`from_tqdm`], [`from_rich`], [`from_enlighten`] | the names of another library here |
//!
//! Of the types, begin with [`Manager`], [`CounterBuilder`] (the settings of a bar) and [`CounterStyle`]
//! (what bars look like).
//!
//! # Before you use it
//!
//! * **`sudo`, `ssh`, line editors.** What asks on the terminal itself would write over the bars. Call it inside
//!   of [`Manager::suspend`]. A question with `print!` needs nothing.
//! * **`exec`.** Call [`Manager::stop`] before a program takes the place of this one.
//! * **`program | filter`.** Bars are on stderr. If the filter prints to the same terminal, choose
//!   [`Stream::Stdout`].
//! * **Descriptors.** stdout and stderr are redirected while bars are shown. Where that must not be, use
//!   [`Interception::Off`].
//!
//! [`promises`] has the whole list.
//!
//! # Ways out
//!
//! The terminal is restored when the program ends: by return, `exit`, a panic, a signal such as Ctrl-C,
//! `abort` or a crash. All output is there, and the exit status is the same. After `kill -9` no mode of the
//! terminal is set, so the prompt works. [`promises`](promises#ways-out) says for each way what
//! remains of the bars.
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
//!   [above](#ways-out). Call [`Manager::stop`] at the end of `main` if something is to be printed
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
#[doc = include_str!("../docs/cookbook.md")]
pub mod cookbook {}
#[doc = include_str!("../docs/formats.md")]
pub mod formats {}
#[doc = include_str!("../docs/from-enlighten.md")]
pub mod from_enlighten {}
#[doc = include_str!("../docs/from-indicatif.md")]
// So that a search for a name that is not here finds the page.
#[doc(alias("ProgressBar", "ProgressStyle", "MultiProgress", "ProgressDrawTarget", "ProgressIterator"))]
#[doc(alias("InMemoryTerm", "println", "enable_steady_tick", "set_prefix", "set_position", "set_length"))]
#[doc(alias("inc_length", "finish_and_clear", "abandon", "with_template", "progress_chars", "tick_chars"))]
pub mod from_indicatif {}
#[doc = include_str!("../docs/from-rich.md")]
#[doc(alias("add_task", "advance", "BarColumn", "TextColumn", "transient"))]
pub mod from_rich {}
#[doc = include_str!("../docs/from-tqdm.md")]
#[doc(alias("trange", "update", "set_description", "set_postfix", "postfix", "write"))]
pub mod from_tqdm {}
#[doc = include_str!("../docs/platforms.md")]
pub mod platforms {}
#[doc = include_str!("../docs/promises.md")]
pub mod promises {}
#[doc = include_str!("../docs/json.md")]
pub mod json {}

/// So that the code of the README is compiled.
#[cfg(all(doctest, feature = "testing"))]
#[doc = include_str!("../README.md")]
mod readme {}

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
