//! The tail of the log: what was printed last, in rows of the screen.
//!
//! When a program fails, it prints why and ends. That should be read last; so the bars are left
//! above it, where they stood when it was printed. The tail is what was printed after the bars had
//! changed last, and at least what was printed in the last moments: other threads may still count.

use std::time::Duration;

use super::cursor::Cursor;
use crate::sys::Instant;

/// What was printed this long before the end belongs to the tail in any case; and at most what was
/// printed twice as long before.
const MOMENT: Duration = Duration::from_millis(200);

/// The rows that were printed last.
#[derive(Debug)]
pub(super) struct Tail {
    /// Since the bars changed, up to `previous`.
    unchanged: usize,
    /// In the moment before the current one.
    previous: usize,
    /// In the current moment.
    current: usize,
    moment: Instant,
    cols: usize,
    /// Whether the line is open and takes several rows. A tail does not begin in such a line.
    in_long_line: bool,
}

impl Tail {
    /// An empty tail, in a window of `cols` columns.
    pub(super) fn new(cols: usize, now: Instant) -> Tail {
        Tail { unchanged: 0, previous: 0, current: 0, moment: now, cols, in_long_line: false }
    }

    /// Output leads to `cursor`.
    pub(super) fn on_output(&mut self, cursor: &Cursor, now: Instant) {
        self.advance(now);
        if cursor.jumped || cursor.rows_below > 0 || cursor.saved.is_some() {
            // Where the cursor is, seen from where it was, is not known.
            *self = Tail::new(self.cols, now);
        } else {
            self.current += cursor.line_feeds + cursor.wraps;
        }
        self.in_long_line = cursor.line_columns > self.cols;
    }

    /// The bars show something else.
    pub(super) fn on_change(&mut self, now: Instant) {
        self.advance(now);
        if !self.in_long_line {
            self.unchanged = 0;
        }
    }

    /// The rows of the tail, above the cursor's row.
    pub(super) fn rows(&mut self, now: Instant) -> usize {
        self.advance(now);
        self.unchanged + self.previous + self.current
    }

    /// Begins a new moment if the current one is over.
    fn advance(&mut self, now: Instant) {
        let age = now.saturating_duration_since(self.moment);
        if age < MOMENT || self.in_long_line {
            return;
        }
        self.unchanged += self.previous;
        self.previous = std::mem::take(&mut self.current);
        if age >= 2 * MOMENT {
            self.unchanged += std::mem::take(&mut self.previous);
        }
        self.moment = now;
    }
}

#[cfg(test)]
mod tests {
    use super::super::passthrough::Passthrough;
    use super::*;

    /// Each step: the time in milliseconds, then output, or `None` for a change of the bars.
    fn rows(steps: &[(u64, Option<&str>)], end: u64) -> usize {
        let start = Instant::now();
        let at = |time| start + Duration::from_millis(time);
        let (mut output, mut tail) = (Passthrough::new(10), Tail::new(10, start));
        for (time, step) in steps {
            match step {
                Some(text) => {
                    output.feed(text.as_bytes());
                    tail.on_output(output.cursor(), at(*time));
                    output.consume();
                }
                None => tail.on_change(at(*time)),
            }
        }
        tail.rows(at(end))
    }

    #[test]
    fn what_was_printed_after_the_last_change_and_in_the_last_moment() {
        for (steps, end, wanted) in [
            (&[][..], 0, 0),
            (&[(0, Some("a\nb\n"))], 1, 2),
            (&[(0, Some("a\nb\n"))], 9000, 2),
            (&[(0, Some("a\nb\n")), (10, None)], 10, 2),
            (&[(0, Some("a\nb\n")), (500, None)], 500, 0),
            (&[(0, Some("a\nb\n")), (500, None), (510, Some("c\n"))], 520, 1),
            (&[(0, Some("a\nb\n")), (500, None), (510, Some("c\n"))], 9000, 1),
            (&[(0, Some("a\n")), (500, Some("b\n")), (510, None)], 520, 1),
            (&[(0, Some("a\n")), (150, Some("b\n")), (250, Some("c\n")), (260, None)], 270, 3),
            (&[(0, Some("a\n")), (150, Some("b\n")), (250, Some("c\n")), (460, None)], 470, 1),
            // The row of an open line counts when it ends.
            (&[(0, Some("open"))], 1, 0),
            (&[(0, Some("open")), (500, None), (510, Some("\n"))], 520, 1),
            // A line of three rows.
            (&[(0, Some("0123456789012345678901\n"))], 1, 3),
            (&[(0, Some("0123456789012345678901")), (500, None), (510, Some("\n"))], 520, 3),
            // The cursor was elsewhere.
            (&[(0, Some("a\nb\n")), (1, Some("\x1b[Hx\n")), (2, Some("c\n"))], 3, 1),
            (&[(0, Some("a\nb\n")), (1, Some("\x1b[1A"))], 3, 0),
        ] {
            assert_eq!(rows(steps, end), wanted, "{steps:?} until {end}");
        }
    }
}
