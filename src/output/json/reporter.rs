//! Which events there are.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::event::{Event, Moment, message};
use crate::bars::{Bar, BarRenderer, Entry, Fingerprint, Id, ManagerId};
use crate::cells::capabilities::Capabilities;
use crate::cells::color::ColorDepth;
use crate::output::lines::{Lines, Reporter};
use crate::sys::Instant;

pub(crate) struct JsonReporter {
    /// Time between two looks at the counts.
    interval: Duration,
    renderer: BarRenderer,
    open: BTreeMap<Id, Tracked>,
    /// Closed bars that are kept by their manager: they can still count.
    finished: BTreeMap<Id, Tracked>,
    next_id: u64,
    /// A moment on the clock of the system, in seconds since 1970, and the same on the other clock.
    origin: (f64, Instant),
    last_look: Option<Instant>,
    line: String,
}

/// A bar, and what was said of it.
struct Tracked {
    id: u64,
    entry: Entry,
    fingerprint: Fingerprint,
    message: String,
}

impl JsonReporter {
    /// `time` is the time of the system at `now`, in seconds since 1970.
    pub(crate) fn new(interval: Duration, time: f64, now: Instant) -> JsonReporter {
        JsonReporter {
            interval,
            renderer: BarRenderer::new(Capabilities::unicode(ColorDepth::None)),
            open: BTreeMap::new(),
            finished: BTreeMap::new(),
            next_id: 1,
            origin: (time, now),
            last_look: None,
            line: String::new(),
        }
    }

    /// Says what has changed about a bar since something was said about it.
    fn tell(&mut self, tracked: &mut Tracked, event: Event, now: Instant, lines: &mut Lines) {
        let (time, origin) = self.origin;
        let bar = &tracked.entry.bar;
        // Taken before the snapshot, so that a change in between is told next time.
        tracked.fingerprint = bar.fingerprint();
        let moment = Moment {
            id: tracked.id,
            time: time + now.saturating_duration_since(origin).as_secs_f64(),
            is_paused: bar.is_paused(),
            snapshot: self.renderer.snapshot_of(bar, now),
        };
        let text = message(moment.snapshot);
        let events = [Some(event), (text != tracked.message).then_some(Event::Message)];
        // The last event of a bar is that it is finished.
        let order = if event == Event::Finished { [1, 0] } else { [0, 1] };
        for event in order.into_iter().filter_map(|at| events[at]) {
            event.write(&mut self.line, &moment);
            lines.buffer().extend_from_slice(self.line.as_bytes());
            lines.end_piece();
            self.line.clear();
        }
        if text != tracked.message {
            tracked.message = text.to_owned();
        }
    }

    /// Whether it is time to tell how far open bars have come.
    fn is_time(&self, now: Instant) -> bool {
        self.last_look.is_none_or(|last| now.saturating_duration_since(last) >= self.interval)
    }
}

impl Reporter for JsonReporter {
    fn add(&mut self, bars: &mut dyn Iterator<Item = Entry>, now: Instant, lines: &mut Lines) {
        for entry in bars {
            let key = entry.id;
            // A bar that is opened again keeps its number.
            let known = self.finished.remove(&key).or_else(|| self.open.remove(&key)).map(|tracked| tracked.id);
            let id = known.unwrap_or(self.next_id);
            self.next_id = self.next_id.max(id + 1);
            let mut tracked = Tracked { id, entry, fingerprint: Fingerprint::default(), message: String::new() };
            self.tell(&mut tracked, Event::Started, now, lines);
            self.open.insert(key, tracked);
        }
    }

    fn look(&mut self, now: Instant, lines: &mut Lines) {
        let is_time = self.is_time(now);
        if is_time {
            self.last_look = Some(now);
        }
        let mut open = std::mem::take(&mut self.open);
        for tracked in open.values_mut() {
            if tracked.entry.bar.is_closed() {
                self.tell(tracked, Event::Finished, now, lines);
            } else if is_time && tracked.fingerprint != tracked.entry.bar.fingerprint() {
                self.tell(tracked, Event::Progress, now, lines);
            }
        }
        let (closed, open): (BTreeMap<Id, Tracked>, _) =
            open.into_iter().partition(|(_, tracked)| tracked.entry.bar.is_closed());
        self.open = open;
        self.finished.extend(closed.into_iter().filter(|(_, tracked)| tracked.entry.bar.stays()));
    }

    fn next_look(&self, now: Instant) -> Option<Instant> {
        (!self.open.is_empty()).then(|| self.last_look.unwrap_or(now) + self.interval)
    }

    fn end(&mut self, manager: Option<ManagerId>, _staying: &[Arc<Bar>], now: Instant, lines: &mut Lines) {
        let ends = |(_, tracked): &(Id, Tracked)| manager.is_none_or(|manager| tracked.entry.manager == manager);
        let mut ending = Vec::new();
        for bars in [&mut self.finished, &mut self.open] {
            let (ended, rest): (BTreeMap<Id, Tracked>, _) = std::mem::take(bars).into_iter().partition(ends);
            *bars = rest;
            ending.extend(ended.into_values());
        }
        for mut tracked in ending {
            // A bar that has counted after it was closed is told of once more.
            if tracked.fingerprint != tracked.entry.bar.fingerprint() || !tracked.entry.bar.is_closed() {
                self.tell(&mut tracked, Event::Finished, now, lines);
            }
        }
    }
}
