//! Unix: the contract of `sys` on Linux. Nothing here is meant to exclude macOS and the BSDs.
//!
//! The files, each of which imports only from those above it:
//!
//! | file | subject |
//! |---|---|
//! | `fd` | calls on file descriptors |
//! | `wait` | one wait for several descriptors, and writes that wait |
//! | `termios` | the settings of a terminal |
//! | `pty`, `pipe` | what stdout and stderr are redirected into |
//! | `tty` | the terminal that shows the bars |
//! | `mask`, `thread` | threads that handle no signals |
//! | `retired` | writing ends that outlive their interceptor |
//! | `intercept` | stdout and stderr, redirected |
//! | `errno`, `action` | what signal handlers need |
//! | `signal_pipe` | from a signal handler to the terminal thread |
//! | `crash`, `signal` | the handlers of crash signals, and of all others |
//! | `waker` | from any thread to the terminal thread |
//! | `stdio` | the buffer of C's stdout |
//! | `exit` | the number and the end of the process |

mod action;
mod crash;
mod errno;
mod exit;
mod fd;
mod intercept;
mod mask;
mod pipe;
mod pty;
mod retired;
mod signal;
mod signal_pipe;
mod stdio;
mod termios;
mod thread;
mod tty;
mod wait;
mod waker;

pub(crate) use exit::{at_exit, process_id};
pub(crate) use intercept::Interceptor;
pub(crate) use retired::{reclaim_streams, reclaim_streams_at_exit};
pub(crate) use signal::{Signal, Signals};
pub(crate) use stdio::flush_c_stdout;
pub(crate) use thread::spawn;
pub(crate) use tty::{Device, Tty};
pub(crate) use wait::{readable, wait, writable};
pub(crate) use waker::Waker;
