//! Windows: the contract of `sys` on the console of Windows 10 and later, which understands escape
//! sequences.

mod clock;
mod crash;
mod event;
mod exit_process;
mod handle;
mod intercept;
mod modes;
mod pipe;
mod process;
mod retired;
mod signal;
mod stdio;
mod stream_kind;
mod text;
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
