//! When the terminal thread has something to do next. All times come in as arguments.

use std::time::Duration;

use super::passthrough::EndOfOutput;
use crate::sys::Instant;

/// Bars are looked at less often after this long without a change.
const IDLE_AFTER: Duration = Duration::from_secs(1);
/// Time between two looks at the bars while nothing changes.
const IDLE_INTERVAL: Duration = Duration::from_millis(125);
/// A resize is over this long after its last step.
const RESIZE_SETTLE: Duration = Duration::from_millis(500);
/// How long the rest of a character is waited for.
const CHARACTER_TIMEOUT: Duration = Duration::from_millis(100);
/// How long an escape sequence is waited for after its last byte: an image may come in pieces, over
/// a slow connection.
const SEQUENCE_TIMEOUT: Duration = Duration::from_secs(3);
/// Longest time that a stream of output waits for the next frame, where bars wait longer.
const MAX_OUTPUT_INTERVAL: Duration = Duration::from_secs(1);
/// Shortest time between two frames with output.
const MIN_OUTPUT_GAP: Duration = Duration::from_millis(2);
/// Number of frames with output that may follow each other faster than the frame rate, after a
/// pause.
const BURST_FRAMES: u32 = 4;
/// After this long, output is taken to have reached the screen.
const TRANSIT_TIME: Duration = Duration::from_millis(100);
/// Time after which the next change writes all rows, to repair whatever has happened to the screen.
const REPAINT_EVERY: Duration = Duration::from_secs(10);

/// The times of what has happened, and the deadlines that follow from them.
#[derive(Debug)]
pub(crate) struct Scheduler {
    /// Time between two frames.
    interval: Duration,
    last_look: Instant,
    /// When output arrived or a count changed last.
    last_activity: Instant,
    last_frame: Option<Instant>,
    /// When a frame with output was written last, and when it would have been written at the frame
    /// rate.
    last_output: Option<(Instant, Instant)>,
    /// When the window changed its size last; none once that has settled.
    last_resize: Option<Instant>,
    /// When to stop waiting for the rest of a sequence or a character.
    sequence_deadline: Option<Instant>,
    last_repaint: Instant,
}

impl Scheduler {
    pub(crate) fn new(interval: Duration, now: Instant) -> Scheduler {
        Scheduler {
            interval,
            last_look: now,
            last_activity: now,
            last_frame: None,
            last_output: None,
            last_resize: None,
            sequence_deadline: None,
            last_repaint: now,
        }
    }

    /// When the next frame may be written: at once after a pause, else at the next tick.
    pub(crate) fn next_frame(&self, now: Instant) -> Instant {
        self.last_frame.map_or(now, |last| last + self.interval)
    }

    /// When output may be passed on. Occasional output is passed on at once, so that a program that
    /// is killed loses little. A stream of output is passed on at the frame rate.
    pub(crate) fn next_output(&self, now: Instant) -> Instant {
        self.last_output.map_or(now, |(last, planned)| {
            let early = planned.checked_sub(self.output_interval() * (BURST_FRAMES - 1)).unwrap_or(now);
            early.max(last + MIN_OUTPUT_GAP)
        })
    }

    /// Whether output may still be on its way to the screen.
    pub(crate) fn is_in_transit(&self, now: Instant) -> bool {
        self.last_output.is_some_and(|(last, _)| now.saturating_duration_since(last) < TRANSIT_TIME)
    }

    /// When to look at the bars next.
    pub(crate) fn next_look(&self) -> Instant {
        let idle = self.last_look.saturating_duration_since(self.last_activity) > IDLE_AFTER;
        self.last_look + if idle { self.interval.max(IDLE_INTERVAL) } else { self.interval }
    }

    /// When a resize will have settled.
    pub(crate) fn resize_deadline(&self) -> Option<Instant> {
        self.last_resize.map(|last| last + RESIZE_SETTLE)
    }

    /// When to stop waiting for the rest of a sequence or a character.
    pub(crate) fn sequence_deadline(&self) -> Option<Instant> {
        self.sequence_deadline
    }

    /// Whether it is time to write all rows. True once, then not again for a while.
    pub(crate) fn take_repaint(&mut self, now: Instant) -> bool {
        let due = now.saturating_duration_since(self.last_repaint) >= REPAINT_EVERY;
        if due {
            self.last_repaint = now;
        }
        due
    }

    /// The bars were looked at.
    pub(crate) fn on_look(&mut self, now: Instant) {
        self.last_look = now;
    }

    /// A frame was written.
    pub(crate) fn on_frame(&mut self, now: Instant) {
        self.last_frame = Some(now);
    }

    /// Output was passed on.
    pub(crate) fn on_output(&mut self, now: Instant) {
        let planned = self.last_output.map_or(now, |(_, planned)| planned.max(now));
        self.last_output = Some((now, planned + self.output_interval()));
    }

    /// Time between two frames of a stream of output.
    fn output_interval(&self) -> Duration {
        self.interval.min(MAX_OUTPUT_INTERVAL)
    }

    /// Whether frames with output leave the bars as they are, until it is time to look at them.
    pub(crate) fn looks_rarely(&self) -> bool {
        self.interval > MAX_OUTPUT_INTERVAL
    }

    /// Output arrived or a count changed: more may follow soon.
    pub(crate) fn on_activity(&mut self, now: Instant) {
        self.last_activity = now;
    }

    /// The window changed its size.
    pub(crate) fn on_resize(&mut self, now: Instant) {
        self.last_resize = Some(now);
    }

    /// The resize has settled.
    pub(crate) fn on_resize_settled(&mut self) {
        self.last_resize = None;
    }

    /// Output has arrived that ends in this way.
    pub(crate) fn on_end_of_output(&mut self, end: EndOfOutput, now: Instant) {
        self.sequence_deadline = match end {
            EndOfOutput::Boundary => None,
            EndOfOutput::InsideCharacter => self.sequence_deadline.or(Some(now + CHARACTER_TIMEOUT)),
            EndOfOutput::InsideSequence | EndOfOutput::InsideString => Some(now + SEQUENCE_TIMEOUT),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheduler() -> (Scheduler, Instant) {
        let start = Instant::now();
        (Scheduler::new(Duration::from_millis(40), start), start)
    }

    #[test]
    fn the_first_frame_is_written_at_once_and_the_next_at_the_tick() {
        let (mut scheduler, start) = scheduler();
        assert_eq!(scheduler.next_frame(start), start);
        scheduler.on_frame(start);
        assert_eq!(scheduler.next_frame(start), start + Duration::from_millis(40));
    }

    #[test]
    fn occasional_output_does_not_wait() {
        let (mut scheduler, start) = scheduler();
        scheduler.on_frame(start);
        let mut at = start;
        let mut waits = Vec::new();
        for _ in 0..6 {
            let next = scheduler.next_output(at);
            waits.push(next.saturating_duration_since(at).as_millis());
            at = next;
            scheduler.on_output(at);
        }
        assert_eq!(waits, [0, 2, 2, 2, 34, 40]);
        let later = at + Duration::from_secs(1);
        assert!(scheduler.next_output(later) <= later);
    }

    /// Bars may wait for ten seconds, output does not.
    #[test]
    fn output_does_not_wait_for_rare_frames() {
        let start = Instant::now();
        let mut scheduler = Scheduler::new(Duration::from_secs(10), start);
        let mut at = start;
        for _ in 0..9 {
            scheduler.on_output(at);
            assert!(scheduler.next_output(at) <= at + MAX_OUTPUT_INTERVAL);
            at = scheduler.next_output(at);
        }
        scheduler.on_look(start);
        scheduler.on_frame(start);
        assert_eq!(scheduler.next_look(), start + Duration::from_secs(10));
        assert_eq!(scheduler.next_frame(start), start + Duration::from_secs(10));
        assert!(scheduler.looks_rarely());
    }

    #[test]
    fn an_idle_screen_is_looked_at_less_often() {
        let (mut scheduler, start) = scheduler();
        assert_eq!(scheduler.next_look(), start + Duration::from_millis(40));
        let later = start + Duration::from_secs(2);
        scheduler.on_look(later);
        assert_eq!(scheduler.next_look(), later + IDLE_INTERVAL);
        scheduler.on_activity(later);
        assert_eq!(scheduler.next_look(), later + Duration::from_millis(40));
    }

    #[test]
    fn the_timeout_of_a_character_runs_from_its_first_half() {
        let (mut scheduler, start) = scheduler();
        let later = start + CHARACTER_TIMEOUT / 2;
        scheduler.on_end_of_output(EndOfOutput::InsideCharacter, start);
        scheduler.on_end_of_output(EndOfOutput::InsideCharacter, later);
        assert_eq!(scheduler.sequence_deadline(), Some(start + CHARACTER_TIMEOUT));
        scheduler.on_end_of_output(EndOfOutput::Boundary, start);
        assert_eq!(scheduler.sequence_deadline(), None);
        // That of a sequence runs from its last byte.
        for end in [EndOfOutput::InsideSequence, EndOfOutput::InsideString] {
            scheduler.on_end_of_output(end, start);
            scheduler.on_end_of_output(end, later);
            assert_eq!(scheduler.sequence_deadline(), Some(later + SEQUENCE_TIMEOUT));
        }
    }
}
