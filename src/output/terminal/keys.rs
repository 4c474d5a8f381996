//! Keys for a child that reads them from its stdout or stderr, which it takes for the terminal.
//!
//! Such a child changes the input modes of our pty: single keys, no echo. The terminal then gets
//! the same input modes. Most children read the keys from stdin, which *is* the terminal. A child
//! that reads from the pty (a pager) gets the keys forwarded: input that stays unread on the
//! terminal.

use std::time::Duration;

use crate::sys::{Instant, Interceptor, Tty};

/// Input that stays unread this long is forwarded to the pty.
const FORWARD_DELAY: Duration = Duration::from_millis(40);

/// How often the input modes of the pty are looked at after a prompt, and for how long. A child
/// that asks for a password prints its prompt and then switches the echo off; nothing tells us of
/// the second.
const WATCH_INTERVAL: Duration = Duration::from_millis(10);
const WATCH_TIME: Duration = Duration::from_secs(2);

/// Forwards keys and mirrors input modes; watches for an Enter that the terminal has echoed.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Since when input lies unread while a child has changed the input modes.
    unread_since: Option<Instant>,
    /// Bytes of input that were unread at the last frame.
    unread: usize,
    /// Until when a child may change the input modes because of a prompt.
    watch_until: Option<Instant>,
}

impl Keys {
    /// Mirrors the input modes that a child has set on the pty, and forwards keys that no process
    /// has read.
    pub(super) fn update(&mut self, tty: &mut Tty, interceptor: Option<&mut Interceptor>, now: Instant) {
        let Some(interceptor) = interceptor else { return };
        match interceptor.input_modes_changed() {
            Some(Some(modes)) => tty.set_input_modes(modes),
            Some(None) => tty.restore_input_modes(),
            None => {}
        }
        self.forward(tty, interceptor, now);
    }

    /// Output has arrived; `prompt` says whether it ends in an open line.
    pub(super) fn on_output(&mut self, prompt: bool, now: Instant) {
        self.watch_until = prompt.then(|| now + WATCH_TIME);
    }

    /// When to look for keys and input modes next.
    pub(super) fn deadline(&self, tty: &Tty, now: Instant) -> Option<Instant> {
        match self.watch_until {
            _ if tty.has_changed_input_modes() => Some(now + FORWARD_DELAY),
            Some(until) if now < until => Some(now + WATCH_INTERVAL),
            _ => None,
        }
    }

    /// Whether there is more unread input than at the last call: the terminal has echoed it.
    pub(super) fn take_echoed(&mut self, tty: &Tty) -> bool {
        let before = std::mem::replace(&mut self.unread, tty.unread());
        self.unread > before
    }

    fn forward(&mut self, tty: &Tty, interceptor: &Interceptor, now: Instant) {
        if !tty.has_changed_input_modes() || tty.unread() == 0 {
            self.unread_since = None;
            return;
        }
        let since = *self.unread_since.get_or_insert(now);
        if now.saturating_duration_since(since) < FORWARD_DELAY {
            return;
        }
        self.unread_since = None;
        let mut keys = [0; 256];
        if let Ok(n) = tty.read(&mut keys) {
            interceptor.inject_input(&keys[..n]);
        }
    }
}
