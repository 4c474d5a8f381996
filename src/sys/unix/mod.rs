//! Unix: the contract of `sys` on Linux, macOS and the BSDs.

mod action;
mod clock;
mod crash;
mod errno;
mod fd;
mod intercept;
mod mask;
mod pipe;
mod process;
mod pty;
mod retired;
mod signal;
mod signal_pipe;
mod stdio;
mod stream_kind;
mod termios;
mod thread;
mod tty;
mod wait;
mod waker;

pub(crate) use ::crossterm;
pub(crate) use clock::{Instant, unix_time};
pub(crate) use intercept::Interceptor;
pub(crate) use process::{at_exit, exit_status, process_id};
pub(crate) use retired::{drain_retired_at_exit, reclaim_streams};
pub(crate) use signal::{Signal, Signals};
pub(crate) use stdio::flush_c_stdout;
pub(crate) use stream_kind::stream_kind;
pub(crate) use thread::spawn;
pub(crate) use tty::{Device, Tty, shows_blocks, term};
pub(crate) use wait::{readable, wait, writable};
pub(crate) use waker::Waker;
