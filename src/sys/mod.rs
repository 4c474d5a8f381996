//! The operating system. Only this folder contains code for a particular one, and only this folder
//! contains `unsafe`.
//!
//! # The contract
//!
//! A platform supplies what is listed here; the `use` lines below make the compiler check the
//! names. A platform need not be able to do everything. The column "may answer no" says what it
//! returns if it cannot; an empty cell there means that the rest of the crate depends on it.
//!
//! The same on all platforms are [`Stream`] (stdout or stderr), [`Channel`] (what they are
//! redirected into: a pty or a pipe), [`StreamKind`] (what a stream leads to) and [`Size`] (columns
//! and rows).
//!
//! [`Tty`]: the terminal that shows the bars, opened a second time, apart from the program's
//! descriptors.
//!
//! | name | what it does | may answer no |
//! |---|---|---|
//! | `open` | opens the terminal behind a stream | `None`: no terminal, or another manager's pty |
//! | `device` | a [`Device`]: equal for two streams on one terminal | |
//! | `device_behind` | the [`Device`] that `open` would find behind a stream | `None`, as `open` |
//! | `size` | the size of the window | 80 × 24: unknown |
//! | `write` | writes what the terminal accepts now | `WouldBlock` |
//! | `write_all` | writes everything, and waits | |
//! | `set_blocking` | makes each write one piece, which may wait | no effect |
//! | `is_blocking` | whether a write may wait (a second thread writes then) | false: it may hold up the terminal thread |
//! | `try_clone` | the same terminal, for that thread | an error: there is no second thread |
//! | `is_foreground` | whether no other job has the terminal | always true: there are no jobs |
//! | `translates_newlines` | whether `\n` also returns the cursor | always true: no raw mode |
//! | `unread` | the number of bytes of pending input | 0: unknown |
//! | `read` | reads pending input, never waits | `WouldBlock` |
//! | `set_input_modes` | changes echo, line input, and signal keys | no effect |
//! | `restore_input_modes` | restores them | no effect |
//! | `has_changed_input_modes` | whether they are changed | always false |
//! | `set_output_modes` | sets the modes that frames need, with or without interception | no effect: none is needed |
//! | `restore_output_modes` | restores those before | no effect |
//!
//! [`Interceptor`]: the standard streams, redirected from the terminal to this process.
//!
//! | name | what it does | may answer no |
//! |---|---|---|
//! | `install` | redirects the streams that are the terminal | an error: a scroll region is used |
//! | `restore` | ends the redirect | |
//! | `redirect_all` | starts it again | |
//! | `redirect_new` | redirects a stream that has become the terminal | false |
//! | `channel` | what the streams are redirected into | |
//! | `streams` | the streams that are redirected | |
//! | `read` | reads what was printed, never waits | `WouldBlock`; 0 if no writer is left |
//! | `write_marker` | writes a marker behind what was printed | an error: the end is not known |
//! | `resize` | tells programs behind the pty the window's size | no effect |
//! | `input_modes_changed` | the input modes that such a program has set | always `None` |
//! | `inject_input` | makes bytes the input of such a program | no effect |
//! | `into_forwarder` | a forwarder, if children can still print | `None` |
//!
//! A forwarder: `run` copies to the terminal what children print after the interceptor has ended,
//! until they have exited.
//!
//! [`Signals`]: resizes, crashes, and the signals that end or stop the program.
//!
//! | name | what it does | may answer no |
//! |---|---|---|
//! | `listen` | starts to catch them | an error: they act as they do without bars |
//! | `next` | the next [`Signal`] | `None` |
//! | `owns_handler` | whether no other code handles a signal | false: the signal is ignored here |
//! | `owns_terminal_stop` | the same for Ctrl-Z | false: it is ignored here |
//! | `stop_process` | stops the process, returns when it is continued | returns at once |
//! | `release_crashed` | lets a crashed thread end the process | no effect |
//! | `exit_by_signal` | ends the process as the signal would have | returns: other code may do that soon |
//!
//! Waiting, threads, and the process:
//!
//! | name | what it does | may answer no |
//! |---|---|---|
//! | [`wait`] | waits for several sources, until a deadline | may return early |
//! | [`readable`] | a [`Tty`], [`Interceptor`], [`Signals`] or [`Waker`] as a source | |
//! | [`writable`] | a [`Tty`] as a source | |
//! | [`Waker`] | `wake` ends the wait, `reset` makes that possible again | |
//! | [`spawn`] | starts a thread that handles no signals | an error: there are no bars |
//! | [`stream_kind`] | what a stream leads to | a terminal or a log, if that is all that is known |
//! | [`flush_c_stdout`] | flushes the stdout of C's stdio | no effect |
//! | [`reclaim_streams`] | redirects streams that lead to an old interceptor to the terminal | no effect |
//! | [`drain_retired_at_exit`] | the same, and forwards what was printed to old interceptors | no effect |
//! | [`at_exit`] | runs a function when the process exits normally | no effect |
//! | [`exit_status`] | the status that the process is exiting with | `None`: unknown, or it does not exit |
//! | [`process_id`] | tells a process from a fork of it | the same number always: there are no forks |
//! | [`term`] | `TERM`, or what stands for it where it is not usual | `None`: not set |
//! | [`shows_blocks`] | whether the terminal is known to show eighths of blocks | always true |
//! | [`Instant`] | std's, if std can tell the time here | a clock that stands still |
//! | [`unix_time`] | the time since the start of 1970 | 0 |
//!
//! [`crossterm`]: the commands of that library, or a stand-in of the same names where it does not
//! build.
//!
//! # The platforms
//!
//! `unix`, `windows`, and `unsupported` for all targets without a folder of their own. On those no [`Tty`] can
//! be opened: all managers are disabled.

mod channel;
mod size;
mod stream;

// One of the folders. The systems of `unix` are listed, here and in Cargo.toml: there are more Unix
// systems, but nobody has looked at those.
#[cfg_attr(
    any(
        target_os = "linux",
        target_os = "android",
        target_os = "freebsd",
        target_os = "netbsd",
        target_os = "openbsd",
        target_vendor = "apple",
    ),
    path = "unix/mod.rs"
)]
#[cfg_attr(windows, path = "windows/mod.rs")]
#[cfg_attr(
    not(any(
        windows,
        target_os = "linux",
        target_os = "android",
        target_os = "freebsd",
        target_os = "netbsd",
        target_os = "openbsd",
        target_vendor = "apple",
    )),
    path = "unsupported/mod.rs"
)]
mod platform;

pub(crate) use channel::Channel;
pub(crate) use platform::{Device, Instant, Interceptor, Signal, Signals, Tty, Waker, crossterm};
pub(crate) use platform::{
    at_exit, exit_status, flush_c_stdout, process_id, readable, spawn, stream_kind, unix_time, wait, writable,
};
pub(crate) use platform::{drain_retired_at_exit, reclaim_streams, shows_blocks, term};
pub(crate) use size::Size;
pub use stream::Stream;
pub(crate) use stream::StreamKind;
