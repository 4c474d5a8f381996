//! Which events there are.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::event::{Event, Moment, message};
use crate::bars::{Bar, BarRenderer, Entry, Fingerprint, Id, Scope};
use crate::cells::capabilities::Capabilities;
use crate::cells::color::ColorDepth;
use crate::output::lines::{Lines, Reporter, Tracked};
use crate::sys::Instant;

pub(crate) struct JsonReporter {
    /// Time between two looks at the counts.
    interval: Duration,
    renderer: BarRenderer,
    open: Tracked<Told>,
    /// Closed bars that are kept by their manager: they can still count.
    finished: Tracked<Told>,
    next_id: u64,
    /// The numbers of the bars that were told of and may have children.
    pub(super) numbers: HashMap<Id, u64>,
    /// Those that are gone since the last newcomers came. Their children may be among the next ones.
    gone: Vec<(Id, u64)>,
    /// A moment on the clock of the system, in seconds since 1970, and the same on the other clock.
    origin: (f64, Instant),
    last_look: Option<Instant>,
    line: String,
}

/// A bar, and what was said of it.
struct Told {
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
            open: Tracked::new(),
            finished: Tracked::new(),
            next_id: 1,
            numbers: HashMap::new(),
            gone: Vec::new(),
            origin: (time, now),
            last_look: None,
            line: String::new(),
        }
    }

    /// Says what has changed about a bar since something was said about it.
    fn tell(&mut self, told: &mut Told, event: Event, now: Instant, lines: &mut Lines) {
        let (time, origin) = self.origin;
        let bar = &told.entry.bar;
        // Taken before the snapshot, so that a change in between is told next time.
        told.fingerprint = bar.fingerprint();
        let moment = Moment {
            id: told.id,
            time: time + now.saturating_duration_since(origin).as_secs_f64(),
            is_paused: bar.is_paused(),
            parent: bar.parent().and_then(|parent| self.numbers.get(&parent).copied()),
            snapshot: self.renderer.snapshot_of(bar, now),
        };
        let text = message(moment.snapshot);
        let events = [Some(event), (text != told.message).then_some(Event::Message)];
        // The last event of a bar is that it is finished.
        let order = if event == Event::Finished { [1, 0] } else { [0, 1] };
        for event in order.into_iter().filter_map(|at| events[at]) {
            event.write(&mut self.line, &moment);
            lines.buffer().extend_from_slice(self.line.as_bytes());
            lines.end_piece();
            self.line.clear();
        }
        if text != told.message {
            told.message = text.to_owned();
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
            let known = self.finished.remove(key).or_else(|| self.open.remove(key));
            let id = known.map_or(self.next_id, |told| told.id);
            self.next_id = self.next_id.max(id + 1);
            self.numbers.insert(key, id);
            let mut told = Told { id, entry, fingerprint: Fingerprint::default(), message: String::new() };
            self.tell(&mut told, Event::Started, now, lines);
            self.open.insert(key, told);
        }
        for (key, id) in self.gone.drain(..) {
            // After a reset it has a new number.
            if self.numbers.get(&key) == Some(&id) {
                self.numbers.remove(&key);
            }
        }
    }

    fn look(&mut self, now: Instant, lines: &mut Lines) {
        let is_time = self.is_time(now);
        if is_time {
            self.last_look = Some(now);
        }
        for (key, mut told) in self.open.take(|told| told.entry.bar.is_closed()) {
            self.tell(&mut told, Event::Finished, now, lines);
            if told.entry.bar.stays() {
                self.finished.insert(key, told);
            } else {
                self.gone.push((key, told.id));
            }
        }
        if is_time {
            let mut open = std::mem::replace(&mut self.open, Tracked::new());
            for told in open.iter_mut().filter(|told| told.fingerprint != told.entry.bar.fingerprint()) {
                self.tell(told, Event::Progress, now, lines);
            }
            self.open = open;
        }
    }

    fn next_look(&self, now: Instant) -> Option<Instant> {
        (!self.open.is_empty()).then(|| self.last_look.unwrap_or(now) + self.interval)
    }

    fn end(&mut self, scope: Scope, _staying: &[Arc<Bar>], now: Instant, lines: &mut Lines) {
        let ends = |told: &Told| scope.has(told.entry.manager);
        let (finished, open) = (self.finished.take(ends), self.open.take(ends));
        for (key, mut told) in finished.into_iter().chain(open) {
            self.numbers.remove(&key);
            // A bar that has counted after it was closed is told of once more.
            if told.fingerprint != told.entry.bar.fingerprint() || !told.entry.bar.is_closed() {
                self.tell(&mut told, Event::Finished, now, lines);
            }
        }
    }
}
