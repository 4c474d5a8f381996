//! All other systems, WebAssembly among them: there is no terminal. Managers are disabled, bars
//! count, and nothing is written.
//!
//! No value of the types in `absent` exists, so what needs one is not compiled into a program.

mod absent;
mod clock;
pub(crate) mod crossterm;
mod process;

pub(crate) use absent::{Device, Interceptor, Signal, Signals, Tty, Waker, readable, wait, writable};
pub(crate) use clock::{Instant, unix_time};
pub(crate) use process::{
    at_exit, drain_retired_at_exit, exit_status, flush_c_stdout, process_id, reclaim_streams, shows_blocks, spawn,
    stream_kind, term,
};
