//! Progress bars pinned to the foot of the terminal, while the show goes on above.
//!
//! Three things to know:
//!
//! * A [`Manager`] owns the last rows of the terminal. It draws there, redraws when the window is resized, and gives
//!   everything back when it is dropped.
//! * A [`Counter`] is a bar: it counts, and may have [`Segment`]s (passed, failed, …) in colours of their own. A
//!   [`StatusBar`] is a line that says something.
//! * Whatever is printed (`println!`, `eprintln!`, loggers, C code, child processes) appears above the bars, every byte of
//!   it, in order. There is nothing to call for that and nothing to wrap.
//!
//! ```
//! use footlights::{AnsiColor, Manager};
//!
//! let manager = Manager::new();
//! let tests = manager.counter().total(50).desc("Testing").unit("tests").color(AnsiColor::Green).add();
//! let failed = tests.segment(AnsiColor::Red);
//! for n in 0..50 {
//!     if n == 7 {
//!         println!("test {n} failed"); // above the bar
//!         failed.inc(1);
//!     } else {
//!         tests.inc(1);
//!     }
//! }
//! ```
//!
//! # How it works
//!
//! stdout and stderr, where they are the terminal, are led through a pseudo-terminal of our own. One thread reads what arrives
//! there and is the only one that writes to the real terminal: at most 25 times a second it writes a frame, which is the
//! text that came since the last one and the bars, in one piece. Everything below the cursor's row is ours; on that row and above
//! it nothing is ever touched. Between two frames no mode of the terminal is set, so that even after `kill -9` the prompt
//! simply appears.
//!
//! Counting is one atomic add. Nobody is told about it: the thread looks.
//!
//! # What to expect
//!
//! | when | then |
//! |---|---|
//! | neither stream is a terminal, or `TERM` is `dumb` or not set | nothing is intercepted and nothing shown; calls are cheap and silent |
//! | a stream leads to a file or a pipe | it is not touched |
//! | `NO_COLOR` is set | bars are drawn without colours, segments told apart by their glyphs |
//! | there are more bars than rows | as many as fit, the unfinished first, and "… N more" |
//! | the window is dragged | bars are narrow and few until it rests for half a second; while it jumps to much smaller sizes they step aside |
//! | a line is not finished (a prompt, dots) | it is shown at once and stays open: what is typed appears there |
//! | Ctrl-Z, `fg` | the bars go and come back; their clocks have stood still |
//! | the program is in the background (`bg`, `&`) | what it prints is shown, without bars |
//! | a child takes the whole screen (`less`, `vim`) | it has it, keys included, and the bars come back afterwards |
//! | a child uses this crate as well | its manager notices and is disabled: what it prints appears above our bars |
//! | a child outlives the manager | it still prints, below what was left of the bars, for as long as this process lives |
//! | the process forks without `exec` | what the child prints appears above its parent's bars |
//!
//! # Ways out
//!
//! On all of them the terminal is as it was before, and the exit status is what it would be without bars.
//!
//! | way out | what was printed before | the bars |
//! |---|---|---|
//! | the manager is dropped or stopped, `main` returns, `exit` is called | is there | stay as lines below it, or go ([`OnStop`], [`leave`](CounterBuilder::leave)) |
//! | a thread panics, and somebody catches it | is there, with its message | go on |
//! | a panic ends the program, by unwinding or `panic = "abort"` | is there, with its message | stay |
//! | `abort`, a segmentation fault, a stack overflow, an illegal instruction | is there, with what std says about it | stay |
//! | SIGINT, SIGTERM, SIGHUP, SIGQUIT, not handled by anybody else | is there | stay |
//! | the same, while the terminal takes nothing (Ctrl-S), or twice | as much as it takes in 0.3 s, or until the second | stay |
//! | the terminal is gone | nobody sees it; the program is ended by SIGHUP, or goes on if it ignores that | |
//! | `_exit`, `kill -9` | lines that come now and then are there within two milliseconds; of a stream of them, what came since the last frame (40 ms at the usual rate) may be missing, and so may what is printed right before `_exit`: `stop` first | stay where they are; the prompt is written over the first of them |
//! | with [`Interception::Off`], `_exit` and `kill -9` | is there | stay, and so does the margin above them: `reset` |
//!
//! `abort` and crashes are waited for where the program has no handler of its own for them, when the first manager starts or later: a
//! crash reporter is left alone, and then the line of `kill -9` holds, as it does with [`SignalHandling::Ignore`] for all signals.
//!
//! # Limits
//!
//! * It is the descriptors 1 and 2 that are intercepted. Who opens `/dev/tty` and writes there writes among the bars: the usual
//!   ones are `sudo` and `ssh`, when they ask for a password. Run them inside of [`Manager::suspend`].
//! * In `program | filter` the bars stand on stderr, and what the filter prints on the same terminal is not ours to put above
//!   them: the two meet. With `Manager::builder().stream(Stream::Stdout)` bars are shown only where stdout is a terminal, and so
//!   not in front of a filter; where the filter's own output goes into a file, the default is the better one.
//! * What another thread prints while a line is open (a prompt) lands on that line, as on any terminal. `examples/prompt.rs` asks
//!   beside a bar, and inside of [`Manager::suspend`], which takes the bars away but keeps nobody quiet.
//! * A program that reads keys from the terminal behind its *stdout or stderr* (`less`, `more`) finds our pseudo-terminal there.
//!   What is typed is handed over to it when nobody has taken it from stdin for 40 ms.
//! * Another program that takes the place of this one (`exec`) takes over streams that nobody reads any more, and its output is lost:
//!   stop the manager before.
//! * A handler for SIGINT that insists on being the first (`ctrlc::try_set_handler`) finds ours: install it before the manager, or
//!   use one that does not mind (`ctrlc::set_handler`).
//! * stdin is never touched. What is typed while nobody asks for it is echoed by the terminal as ever, in the row below what was
//!   printed; the next line that is printed takes its place.
//! * A child is told by the terminal that the window has changed a moment before its stdout knows the new size. One that asks at
//!   once, and never again, may see the old one.
//! * While the last manager ends, what *other* threads print in that very moment may come out in another order than it was printed
//!   in. No byte is lost, and no line torn.
//! * A daemon that is to outlive the whole program must be given a stdout of its own, as it should be anyway: ours ends with us.
//! * What a program prints and at once switches the terminal to raw mode is given its carriage returns by us; what it prints with bare
//!   line feeds in the 40 ms after that, too.
//! * An Enter that is held down while nobody asks, many in a tenth of a second, may leave a stale row or two.
//! * A prompt that fills its row exactly: some terminals let the first key that is typed overwrite its last character once bars have
//!   been drawn in between.
//! * A shell that is started as a child says that it has no job control, because its stderr is not its controlling terminal. `tmux` draws by
//!   way of its stdin, and so among the bars. Both are fine inside of [`Manager::suspend`].
//! * A child that is killed while it shows the alternate screen leaves it on: bars come back when something switches it off.

mod bars;
mod counter;
mod defaults;
mod error;
mod handle;
mod manager;
mod options;
mod output;
mod paint;
mod segment;
mod state;
mod status_bar;
mod sys;
mod template;
mod wrap;

// Pages of the documentation; as modules their links and their code are checked.
#[cfg(any(doc, doctest))]
#[doc = include_str!("../docs/formats.md")]
pub mod formats {}
#[cfg(any(doc, doctest))]
#[doc = include_str!("../docs/from-enlighten.md")]
pub mod from_enlighten {}

pub use anstyle::{Ansi256Color, AnsiColor, RgbColor, Style};
pub use bars::OnStop;
pub use counter::{Counter, CounterBuilder};
pub use defaults::Defaults;
pub use error::Error;
pub use handle::Replaced;
pub use manager::Manager;
pub use options::{Interception, ManagerBuilder, SignalHandling};
pub use paint::color::{Color, ColorDepth};
pub use paint::series::Series;
pub use segment::{Segment, SegmentBuilder, Source};
pub use state::number::Number;
pub use state::snapshot::Justify;
pub use state::speed::Estimator;
pub use state::value::Value;
pub use status_bar::{StatusBar, StatusBarBuilder};
pub use sys::Stream;
pub use wrap::WrapIter;
