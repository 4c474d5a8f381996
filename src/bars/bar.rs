//! One bar, shared by its handles and the output.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI16, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};

use super::appearance::{Appearance, Fingerprint};
use super::computed::{ComputedFields, FieldRequests};
use super::id::Id;
use super::on_close::OnClose;
use crate::state::counts::Counts;
use crate::state::number::Number;
use crate::state::roll_up::Child;
use crate::state::snapshot::{StatusSnapshot, Subject};
use crate::state::value::Value;
use crate::sys::Instant;
use crate::template::Kind;

/// A bar: its counts, changed without a lock, and its appearance.
#[derive(Debug)]
pub(crate) struct Bar {
    pub(crate) counts: Counts,
    /// Incremented with every change of the appearance.
    revision: AtomicU64,
    appearance: Mutex<Appearance>,
    on_close: Mutex<OnClose>,
    /// In a box, because few bars have one.
    parent: Option<Box<Id>>,
    /// The number of bars that it is inside of.
    depth: u32,
    priority: AtomicI16,
    is_hidden: AtomicBool,
    /// Whether it was removed, whatever is to remain of it when it is closed.
    is_removed: AtomicBool,
    /// In a box, because few bars have computed fields.
    field_requests: Option<Box<FieldRequests>>,
}

impl Bar {
    pub(crate) fn new(counts: Counts, appearance: Appearance, on_close: OnClose) -> Bar {
        Bar {
            counts,
            revision: AtomicU64::new(0),
            appearance: Mutex::new(appearance),
            on_close: Mutex::new(on_close),
            parent: None,
            depth: 0,
            priority: AtomicI16::new(0),
            is_hidden: AtomicBool::new(false),
            is_removed: AtomicBool::new(false),
            field_requests: None,
        }
    }

    /// Gets fields that are computed. They show nothing until then.
    pub(crate) fn add_computed(&mut self, fields: &Arc<ComputedFields>) {
        self.field_requests = Some(Box::new(FieldRequests::new(fields)));
        for name in fields.names() {
            self.appearance.get_mut().snapshot.fields.set(name, Value::Text(Arc::default()));
        }
    }

    /// The requests for computed fields, if the bar has any.
    pub(crate) fn field_requests(&self) -> Option<&FieldRequests> {
        self.field_requests.as_deref()
    }

    /// Sets a field of the user's own, if that changes it.
    pub(crate) fn set_field_if_new(&self, name: &str, value: Value) {
        let mut appearance = self.appearance.lock();
        if appearance.snapshot.fields.get(name) != Some(&value) {
            appearance.snapshot.fields.set(name, value);
            drop(appearance);
            self.bump_revision();
        }
    }

    /// Becomes the child of another bar, which has a place on the same output or on none.
    pub(crate) fn nest(&mut self, parent: Option<Id>, depth: u32) {
        (self.parent, self.depth) = (parent.map(Box::new), depth);
    }

    /// The bar that it is the child of, if that is on the same output.
    pub(crate) fn parent(&self) -> Option<Id> {
        self.parent.as_deref().copied()
    }

    /// The number of bars that it is inside of.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    /// Its claim on a row, where rows are scarce.
    pub(crate) fn priority(&self) -> i16 {
        self.priority.load(Relaxed)
    }

    pub(crate) fn set_priority(&self, priority: i16) {
        self.priority.store(priority, Relaxed);
    }

    pub(crate) fn is_hidden(&self) -> bool {
        self.is_hidden.load(Relaxed)
    }

    pub(crate) fn set_hidden(&self, hidden: bool) {
        self.is_hidden.store(hidden, Relaxed);
    }

    /// What remains of the bar when it is closed.
    pub(crate) fn on_close(&self) -> OnClose {
        *self.on_close.lock()
    }

    /// Whether anything of the bar remains when it is closed.
    pub(crate) fn stays(&self) -> bool {
        !self.is_removed.load(Relaxed) && self.on_close() != OnClose::Clear
    }

    pub(crate) fn set_on_close(&self, on_close: OnClose) {
        *self.on_close.lock() = on_close;
    }

    /// Changes the appearance. The next frame shows it.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Appearance) -> T) -> T {
        let answer = change(&mut self.appearance.lock());
        self.bump_revision();
        answer
    }

    /// The rows that it takes now.
    pub(crate) fn height(&self) -> usize {
        let appearance = self.appearance.lock();
        if !appearance.templates.are_tall() {
            return 1;
        }
        let kind = match &appearance.snapshot.subject {
            Subject::Status(StatusSnapshot { text: Some(_), .. }) => return 1,
            Subject::Status(_) => Kind::Status,
            Subject::Count(counter) => {
                match counter.beyond_total.shows_bar(self.counts.total(), || self.counts.count()) {
                    true => Kind::Bar,
                    false => Kind::Counter,
                }
            }
        };
        appearance.templates.height(kind)
    }

    /// Locks the appearance, to read it.
    pub(crate) fn appearance(&self) -> MutexGuard<'_, Appearance> {
        self.appearance.lock()
    }

    /// Notes that something visible has changed outside of the appearance, such as the color of a
    /// segment.
    pub(crate) fn bump_revision(&self) {
        self.revision.fetch_add(1, Relaxed);
    }

    /// Empties the bar's row until a count or the appearance changes.
    pub(crate) fn clear(&self) {
        let mut appearance = self.appearance.lock();
        let revision = self.revision.fetch_add(1, Relaxed).wrapping_add(1);
        appearance.cleared = Some(Box::new(Fingerprint { revision, counts: self.hash_counts() }));
    }

    /// Whether the bar's row was cleared, and nothing has changed since.
    pub(super) fn is_cleared(&self) -> bool {
        let fingerprint = self.fingerprint();
        self.appearance.lock().cleared.as_deref() == Some(&fingerprint)
    }

    /// Stops the clock for good. Returns false if the bar was closed before.
    pub(crate) fn close(&self, now: Instant) -> bool {
        self.change(|appearance| {
            // Samples the counts of the time before the close.
            appearance.advance(&self.counts, now);
            let open = !appearance.clock.is_closed();
            appearance.clock.close(self.counts.is_complete(), now);
            open
        })
    }

    /// Stops the clock for good. Nothing remains of the bar.
    pub(crate) fn remove(&self, now: Instant) {
        // Before it is closed: whoever sees that it is closed also sees that it does not stay.
        self.is_removed.store(true, Relaxed);
        self.close(now);
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.appearance.lock().clock.is_closed()
    }

    /// Whether nothing more is expected of it: it is closed or complete.
    pub(crate) fn is_finished(&self) -> bool {
        self.is_closed() || self.counts.is_complete()
    }

    /// Excludes `time` from the elapsed time: the process was stopped.
    pub(crate) fn discount(&self, time: Duration) {
        self.appearance.lock().clock.discount(time);
    }

    /// Pauses the clock.
    pub(crate) fn pause(&self, now: Instant) {
        self.change(|appearance| {
            // Samples the counts of the time before the pause.
            appearance.advance(&self.counts, now);
            appearance.clock.pause(now);
        });
    }

    /// Resumes the clock.
    pub(crate) fn resume(&self, now: Instant) {
        self.change(|appearance| appearance.clock.resume(now));
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.appearance.lock().clock.is_paused()
    }

    /// Sets counts and clock back to the start, and reopens the bar. Returns false if it was open.
    pub(crate) fn reset(&self, now: Instant) -> bool {
        self.is_removed.store(false, Relaxed);
        self.counts.reset();
        let count = self.counts.count();
        self.change(|appearance| {
            let closed = appearance.clock.is_closed();
            appearance.start(count, now);
            closed
        })
    }

    /// Returns the elapsed time, without pauses. Notes when the count changed last, but does not
    /// sample the rate.
    pub(crate) fn elapsed(&self, now: Instant) -> Duration {
        self.appearance.lock().elapsed(&self.counts, now)
    }

    /// Changes with every change of the appearance.
    pub(crate) fn revision(&self) -> u64 {
        self.revision.load(Relaxed)
    }

    /// Returns the state that the rendered line depends on, apart from time.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint { revision: self.revision(), counts: self.hash_counts() }
    }

    /// Returns a hash that changes when a count does.
    fn hash_counts(&self) -> u64 {
        let mix = |hash: u64, number: Number| {
            let bits = match number {
                Number::Whole(whole) => whole as u64,
                Number::Fraction(fraction) => fraction.to_bits(),
            };
            (hash ^ bits).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
        };
        let own = mix(0xcbf2_9ce4_8422_2325, self.counts.count());
        let total = self.counts.total().map_or(own, |total| mix(own, total));
        self.counts.with_segments(|parts| parts.iter().fold(total, |hash, part| mix(hash, part.count())))
    }

    /// A counter without a description or a total, for tests.
    #[cfg(test)]
    pub(crate) fn for_tests() -> Bar {
        use crate::state::snapshot::Snapshot;

        let appearance = Appearance::new(Snapshot::counter(), Number::ZERO, Instant::now());
        Bar::new(Counts::new(Number::ZERO, None), appearance, OnClose::Keep)
    }
}

impl Child for Bar {
    fn count(&self) -> Number {
        self.counts.count()
    }

    fn total(&self) -> Option<Number> {
        self.counts.total()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A slow terminal thread does not sample every bar in time. Counts before a pause still belong
    /// to the time before it.
    #[test]
    fn a_pause_begins_after_what_was_counted() {
        let bar = Bar::for_tests();
        let start = Instant::now();
        let later = |seconds| start + Duration::from_secs(seconds);
        bar.counts.increments.stripes().add(5);
        bar.pause(later(10));
        bar.resume(later(70));
        bar.close(later(70));
        assert!(bar.elapsed(later(99)) >= Duration::from_secs(10));
        assert!(bar.elapsed(later(99)) < Duration::from_secs(11));
        assert!(!bar.close(later(100)));
        assert!(bar.reset(later(100)) && !bar.reset(later(100)));
    }

    /// Getters return what a frame would show, and do not change what the next frame shows.
    #[test]
    fn asking_changes_no_rate() {
        let start = Instant::now();
        let later = |seconds| start + Duration::from_secs(seconds);
        let rates = [false, true].map(|asked| {
            let bar = Bar::for_tests();
            bar.change(|appearance| appearance.start(Number::ZERO, start));
            for second in 1..10 {
                bar.counts.increments.stripes().add(5);
                if asked {
                    assert_eq!(bar.elapsed(later(second)), Duration::from_secs(second));
                    assert_eq!(bar.snapshot(later(second)).elapsed, second as f64);
                }
            }
            bar.change(|appearance| {
                appearance.advance(&bar.counts, later(10));
                appearance.rate.rate(10.0)
            })
        });
        assert_eq!(rates, [4.5, 4.5]);
    }
}
