//! The marker: bytes of our own that are written behind the program's output, to know where that
//! ends.
//!
//! Output arrives through a pty or a pipe, and a child may hold the writing end open for as long as
//! it likes. So the end of what was printed before a given moment is not end-of-file, nor a moment
//! in which nothing can be read, but the marker. It never reaches the terminal.
//!
//! Not every system writes the marker in one piece: on macOS and the BSDs a write to a pty whose
//! buffer is full continues later, and what a child prints may come in between (XNU's `ttwrite`
//! moves 100 bytes at a time). So the marker is made of control characters that no program prints
//! and that terminals ignore, and each of its bytes is recognized by itself: what comes between them
//! is output.
//!
//! It may also get lost: its writer cannot be started, its write fails, a child discards what is
//! unread (`tcflush`). That is assumed when nothing else is left to read, and for a while the marker
//! does not follow. If it comes all the same, the next one is not mistaken for it: each has a number.

use std::time::Duration;

use crate::sys::{self, Instant};

/// Eight control characters without a meaning, one for each octal digit of a number.
const DIGITS: [u8; 8] = [0x01, 0x02, 0x03, 0x04, 0x06, 0x14, 0x16, 0x17];

/// More than any pty or pipe holds.
const MOST_BEFORE: usize = 1 << 20;

/// How long the marker may be on its way after everything else was read: once it is written, and
/// while it is being written. (An empty read alone is no proof: a kernel passes on what was written
/// to a pty with a delay of its own, and the writer needs a processor.)
const DELIVERY_TIME: Duration = Duration::from_millis(500);
const WRITING_TIME: Duration = Duration::from_secs(5);

/// The bytes of the marker, and how far it has arrived.
#[derive(Debug)]
pub(super) struct Marker {
    pub(super) bytes: Vec<u8>,
    pub(super) state: MarkerState,
    /// How many of its bytes have arrived.
    arrived: usize,
    /// How much output has arrived since the marker was written.
    waited: usize,
    /// Since when nothing else is left to read, and whether the marker was written by then.
    empty_since: Option<(Writing, Instant)>,
    /// How many markers there were before this one.
    number: u32,
}

/// How far the writer of the marker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// It waits for its turn, or writes.
    UnderWay,
    /// It has written the marker, or has failed.
    Ended,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkerState {
    /// No marker is on its way.
    None,
    /// A marker was written and has not arrived.
    Written,
    /// The marker has arrived, and with it all output that was printed before it.
    Arrived,
}

impl Marker {
    pub(super) fn new() -> Marker {
        Marker {
            bytes: spell(sys::process_id(), 0),
            state: MarkerState::None,
            arrived: 0,
            waited: 0,
            empty_since: None,
            number: 0,
        }
    }

    /// Starts to wait for a new marker. Returns its bytes, which are to be written.
    pub(super) fn start(&mut self) -> &[u8] {
        self.number = self.number.wrapping_add(1);
        self.bytes = spell(sys::process_id(), self.number);
        (self.state, self.waited, self.empty_since) = (MarkerState::Written, 0, None);
        &self.bytes
    }

    /// The marker is still being written: what has arrived so far may have come before it.
    pub(super) fn on_writing(&mut self) {
        self.waited = 0;
    }

    /// Nothing is left to read.
    pub(super) fn on_empty(&mut self, writing: Writing, now: Instant) {
        if self.empty_since.is_none_or(|(before, _)| before != writing) {
            self.empty_since = Some((writing, now));
        }
    }

    /// Whether the marker will not come any more: it should have arrived with what has, or more
    /// output has arrived since it was written than fits before it (its bytes have met the same ones
    /// of a child).
    pub(super) fn is_lost(&self, now: Instant) -> bool {
        let is_overdue = self.empty_since.is_some_and(|(writing, since)| {
            let time = match writing {
                Writing::UnderWay => WRITING_TIME,
                Writing::Ended => DELIVERY_TIME,
            };
            now.saturating_duration_since(since) >= time
        });
        is_overdue || self.waited > MOST_BEFORE
    }

    /// Looks for the marker in `output`. Passes the output on without the bytes of the marker, up to
    /// its end. Returns what is behind it, once it has arrived.
    pub(super) fn take_from<'a>(&mut self, output: &'a [u8], mut pass_on: impl FnMut(&[u8])) -> Option<&'a [u8]> {
        self.waited += output.len();
        // Output still comes, so the writer may still get its turn. (What comes when the marker was
        // written says nothing: a child may print all the time.)
        self.empty_since = self.empty_since.filter(|(writing, _)| *writing == Writing::Ended);
        let mut rest = output;
        while let Some(at) = rest.iter().position(|byte| DIGITS.contains(byte)) {
            let (text, after) = rest.split_at(at);
            pass_on(text);
            let (byte, after) = after.split_at(1);
            rest = after;
            // Of the bytes that were taken for the marker, the first ones may be the program's.
            let taken = [&self.bytes[..self.arrived], byte].concat();
            let start = (0..=taken.len()).find(|start| self.bytes.starts_with(&taken[*start..]));
            let (own, marker) = taken.split_at(start.unwrap_or(taken.len()));
            pass_on(own);
            self.arrived = marker.len();
            if self.arrived == self.bytes.len() {
                self.arrived = 0;
                self.state = MarkerState::Arrived;
                return Some(rest);
            }
        }
        pass_on(rest);
        None
    }

    /// The marker is not waited for any more. Returns the bytes of it that have arrived: they may
    /// be the program's.
    pub(super) fn give_up(&mut self) -> &[u8] {
        let arrived = std::mem::take(&mut self.arrived);
        self.state = MarkerState::None;
        &self.bytes[..arrived]
    }
}

/// The number of the process in octal, so that each process has markers of its own, then the number
/// of the marker, between two digits that no number of a process begins with.
fn spell(process: u32, number: u32) -> Vec<u8> {
    let octal = |number: u32, places: u32| (0..places).rev().map(move |place| (number >> (3 * place)) & 7);
    let digit = |digit: u32| DIGITS.get(digit as usize).copied().unwrap_or_default();
    [7, 7].into_iter().chain(octal(process, 11)).chain(octal(number, 3)).chain([7, 7]).map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds `pieces` one after the other. Returns what was passed on, and what came behind.
    fn feed(pieces: &[&[u8]]) -> (Vec<u8>, Option<Vec<u8>>) {
        let mut marker = Marker::new();
        let (mut passed, mut behind) = (Vec::new(), None);
        for piece in pieces {
            match &mut behind {
                None => {
                    let rest = marker.take_from(piece, |output| passed.extend_from_slice(output));
                    behind = rest.map(<[u8]>::to_vec);
                }
                Some(behind) => Vec::extend_from_slice(behind, piece),
            }
        }
        passed.extend_from_slice(marker.give_up());
        (passed, behind)
    }

    #[test]
    fn the_marker_is_found_however_it_is_cut() {
        let marker = Marker::new().bytes;
        let whole = [b"before", marker.as_slice(), b"after"].concat();
        for cut in 0..=whole.len() {
            let (one, other) = whole.split_at(cut);
            assert_eq!(feed(&[one, other]), (b"before".to_vec(), Some(b"after".to_vec())), "cut at {cut}");
        }
        // With output of a child between its bytes.
        for cut in 1..marker.len() {
            let (one, other) = marker.split_at(cut);
            let whole = [b"before", one, b"\x1b[31mchild\n", other, b"after"].concat();
            for step in [1, 3, whole.len()] {
                let (passed, behind) = feed(&whole.chunks(step).collect::<Vec<_>>());
                assert_eq!(
                    (passed, behind),
                    (b"before\x1b[31mchild\n".to_vec(), Some(b"after".to_vec())),
                    "cut at {cut}"
                );
            }
        }
    }

    #[test]
    fn the_same_characters_of_a_program_are_passed_on() {
        let marker = Marker::new().bytes;
        for output in [&b"\x01"[..], b"a\x17b\x17\x17c", b"\x01\x02\x03\x04\x06\x14\x16\x17", b"\x17\x17\x17"] {
            let sorted = |bytes: &[u8]| {
                let mut bytes = bytes.to_vec();
                bytes.sort_unstable();
                bytes
            };
            let (passed, behind) = feed(&[output]);
            assert_eq!((sorted(&passed), behind), (sorted(output), None), "{output:?} became {passed:?}");
            let (passed, behind) = feed(&[output, b"x", &marker, b"y"]);
            assert_eq!((passed.len(), behind), (output.len() + 1, Some(b"y".to_vec())), "{output:?}");
        }
        // Even the beginning of the marker.
        let (passed, behind) = feed(&[&marker[..marker.len() - 1]]);
        assert_eq!((passed.as_slice(), behind), (&marker[..marker.len() - 1], None));
    }

    #[test]
    fn each_process_has_its_own() {
        assert_ne!(spell(1, 0), spell(2, 0));
        assert_eq!(spell(u32::MAX, u32::MAX).len(), spell(0, 0).len());
    }

    #[test]
    fn a_late_marker_is_not_mistaken_for_the_next_one() {
        let mut marker = Marker::new();
        let late = marker.start().to_vec();
        marker.give_up();
        let next = marker.start().to_vec();
        let mut passed = Vec::new();
        let whole = [&late[..], b"x", &next, b"y"].concat();
        let behind = marker.take_from(&whole, |output| passed.extend_from_slice(output));
        assert_eq!((behind, passed.len()), (Some(&b"y"[..]), late.len() + 1));
    }

    #[test]
    fn a_marker_is_lost_when_nothing_is_left_to_read() {
        let mut marker = Marker::new();
        marker.start();
        let start = Instant::now();
        assert!(!marker.is_lost(start + 2 * WRITING_TIME), "nothing has been read yet");
        // While it is being written, output that comes begins a new wait.
        marker.on_empty(Writing::UnderWay, start);
        assert!(!marker.is_lost(start + DELIVERY_TIME) && marker.is_lost(start + WRITING_TIME));
        assert_eq!(marker.take_from(b"output", |_| ()), None);
        assert!(!marker.is_lost(start + WRITING_TIME));
        // When it was written, output that comes does not.
        marker.on_empty(Writing::UnderWay, start);
        marker.on_empty(Writing::Ended, start + DELIVERY_TIME);
        assert!(!marker.is_lost(start + DELIVERY_TIME));
        assert_eq!(marker.take_from(b"output", |_| ()), None);
        marker.on_empty(Writing::Ended, start + 2 * DELIVERY_TIME);
        assert!(marker.is_lost(start + 2 * DELIVERY_TIME));
        // Nor does it if it never ends.
        marker.start();
        assert_eq!(marker.take_from(&vec![b'x'; MOST_BEFORE + 1], |_| ()), None);
        assert!(marker.is_lost(start));
        marker.on_writing();
        assert!(!marker.is_lost(start));
    }
}
