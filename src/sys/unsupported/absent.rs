//! What a platform has around a terminal, where there is none. The types have no values.

use std::io;
use std::thread::JoinHandle;

use super::clock::Instant;
use crate::sys::channel::Channel;
use crate::sys::size::Size;
use crate::sys::stream::Stream;

/// Has no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Never {}

/// A terminal.
#[derive(Debug)]
pub(crate) struct Tty(Never);

/// The identity of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Device(Never);

/// The input modes of a terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InputModes(Never);

impl Tty {
    /// Finds no terminal.
    pub(crate) fn open(_: Stream) -> Option<Tty> {
        None
    }

    pub(crate) fn device(&self) -> Device {
        match self.0 {}
    }

    pub(crate) fn device_behind(_: Stream) -> Option<Device> {
        None
    }

    pub(crate) fn size(&self) -> Size {
        match self.0 {}
    }

    pub(crate) fn write(&self, _: &[u8]) -> io::Result<usize> {
        match self.0 {}
    }

    pub(crate) fn write_all(&self, _: &[u8]) -> io::Result<()> {
        match self.0 {}
    }

    pub(crate) fn set_blocking(&mut self) {
        match self.0 {}
    }

    pub(crate) fn is_blocking(&self) -> bool {
        match self.0 {}
    }

    pub(crate) fn try_clone(&self) -> io::Result<Tty> {
        match self.0 {}
    }

    pub(crate) fn is_foreground(&self) -> bool {
        match self.0 {}
    }

    pub(crate) fn translates_newlines(&self) -> bool {
        match self.0 {}
    }

    pub(crate) fn unread(&self) -> usize {
        match self.0 {}
    }

    pub(crate) fn read(&self, _: &mut [u8]) -> io::Result<usize> {
        match self.0 {}
    }

    pub(crate) fn set_output_modes(&mut self, _: Option<Channel>) -> io::Result<()> {
        match self.0 {}
    }

    pub(crate) fn restore_output_modes(&mut self) {
        match self.0 {}
    }

    pub(crate) fn set_input_modes(&mut self, modes: InputModes) {
        match modes.0 {}
    }

    pub(crate) fn restore_input_modes(&mut self) {
        match self.0 {}
    }

    pub(crate) fn has_changed_input_modes(&self) -> bool {
        match self.0 {}
    }
}

/// Redirected streams.
#[derive(Debug)]
pub(crate) struct Interceptor(Never);

impl Interceptor {
    pub(crate) fn install(tty: &Tty, _: Channel, _: Size) -> io::Result<Interceptor> {
        match tty.0 {}
    }

    pub(crate) fn restore(&mut self) {
        match self.0 {}
    }

    pub(crate) fn redirect_all(&mut self, _: &Tty) {
        match self.0 {}
    }

    pub(crate) fn redirect_new(&mut self, _: &Tty) -> bool {
        match self.0 {}
    }

    pub(crate) fn channel(&self) -> Channel {
        match self.0 {}
    }

    pub(crate) fn streams(&self) -> Vec<Stream> {
        match self.0 {}
    }

    pub(crate) fn read(&self, _: &mut [u8]) -> io::Result<usize> {
        match self.0 {}
    }

    pub(crate) fn write_marker(&self, _: &[u8]) -> io::Result<JoinHandle<()>> {
        match self.0 {}
    }

    pub(crate) fn resize(&self, _: Size) {
        match self.0 {}
    }

    pub(crate) fn input_modes_changed(&mut self) -> Option<Option<InputModes>> {
        match self.0 {}
    }

    pub(crate) fn inject_input(&self, _: &[u8]) {
        match self.0 {}
    }

    pub(crate) fn into_forwarder(self) -> Option<Forwarder> {
        match self.0 {}
    }
}

/// What outlives an interceptor.
#[derive(Debug)]
pub(crate) struct Forwarder(Never);

impl Forwarder {
    pub(crate) fn run(self) {
        match self.0 {}
    }
}

/// A signal.
#[expect(dead_code, reason = "nothing sends one here")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    Resized,
    Fatal(i32),
    Crash,
    TerminalStop,
}

/// A listener to signals.
#[derive(Debug)]
pub(crate) struct Signals(Never);

impl Signals {
    pub(crate) fn listen(_: bool) -> io::Result<Signals> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(crate) fn next(&self) -> Option<Signal> {
        match self.0 {}
    }

    pub(crate) fn catch_defaults(&mut self) {
        match self.0 {}
    }

    pub(crate) fn owns_handler(&self, _: i32) -> bool {
        match self.0 {}
    }

    pub(crate) fn owns_terminal_stop(&self) -> bool {
        match self.0 {}
    }

    pub(crate) fn stop_process(&self) {
        match self.0 {}
    }

    pub(crate) fn release_crashed(&self) {
        match self.0 {}
    }

    pub(crate) fn exit_by_signal(&self, _: i32) {
        match self.0 {}
    }
}

/// Wakes the terminal thread; there is none.
#[derive(Debug)]
pub(crate) struct Waker(Never);

impl Waker {
    pub(crate) fn new() -> io::Result<Waker> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(crate) fn wake(&self) {
        match self.0 {}
    }

    pub(crate) fn reset(&self) {
        match self.0 {}
    }
}

/// A source to wait for. No value of the types that are sources exists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source(Never);

pub(crate) fn readable<T>(_: &T) -> Option<Source> {
    None
}

pub(crate) fn writable(tty: &Tty) -> Option<Source> {
    match tty.0 {}
}

/// Returns at once: there is nothing to wait for.
pub(crate) fn wait<const N: usize>(_: [Option<Source>; N], _: Option<Instant>) -> [bool; N] {
    [false; N]
}
