//! The open spans: which of them are shown, where, and what they have counted.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};
use std::iter;
use std::time::Duration;

use super::fields::Progress;
use super::span::{Display, Span, SpanId};
use crate::bars::OnClose;
use crate::counter::Counter;
use crate::counter_builder::CounterBuilder;
use crate::lease::Lease;
use crate::sys::Instant;

/// All open spans, as a forest.
///
/// A span has no bar at first: to open and close one costs many times as much as a span, and most
/// spans are short. [`show_due`](Self::show_due) adds the bars of those that are open for a while.
#[derive(Debug)]
pub(super) struct Spans {
    settings: Settings,
    spans: HashMap<SpanId, Span, BuildHasherDefault<IdHasher>>,
    /// How many spans there have been.
    arrived: u64,
    /// The spans that are too young to be shown, oldest first, and some that are closed by now.
    young: VecDeque<(u64, SpanId)>,
    /// When the first of them will be old enough, if somebody has been told.
    next_due: Option<Instant>,
    /// The spans that are to be shown, by arrival, while there are as many as there may be. The span
    /// around a span comes first, and so is shown first.
    waiting: BTreeMap<u64, SpanId>,
    /// How many spans are shown.
    shown: usize,
    /// The last bar of a span that is in no other one, while there are spans. The next one comes below it: so they
    /// stand together, and above `more`.
    last_outer: Option<Counter>,
    /// Says how many spans wait, if any does.
    more: Option<Counter>,
}

/// What is the same for all spans.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) bar: CounterBuilder,
    pub(super) on_close: OnClose,
    /// How long a span must be open to be shown. If zero, it is shown at once.
    pub(super) delay: Duration,
    /// The most spans that are shown at a time.
    pub(super) limit: usize,
    /// The bar that says how many spans wait.
    pub(super) more: CounterBuilder,
}

/// Whether somebody must be told when spans are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// Nothing has changed.
    AsBefore,
    /// Nobody knew of a time before.
    New,
}

/// How a span is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// By code that goes on.
    Regular,
    /// By a panic.
    Panic,
}

/// Hashes the numbers of spans. The registry numbers them, so nobody can choose numbers that collide, and std's slower
/// hash is not needed.
#[derive(Debug, Default)]
struct IdHasher(u64);

impl Hasher for IdHasher {
    fn write_u64(&mut self, id: u64) {
        self.0 = id.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(self.0 ^ u64::from(*byte)));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Spans {
    pub(super) fn new(settings: Settings) -> Spans {
        Spans {
            settings,
            spans: HashMap::default(),
            arrived: 0,
            young: VecDeque::new(),
            next_due: None,
            waiting: BTreeMap::new(),
            shown: 0,
            last_outer: None,
            more: None,
        }
    }

    /// Shows all spans at once from now on: nobody will ask for those that are due.
    pub(super) fn show_at_once(&mut self) {
        self.settings.delay = Duration::ZERO;
    }

    /// The hold on the display of the bars.
    pub(super) fn lease(&self) -> &Lease {
        self.settings.bar.lease()
    }

    /// Adds a span.
    pub(super) fn add(&mut self, id: SpanId, parent: Option<SpanId>, name: &'static str, progress: Progress) -> Due {
        let (arrival, time) = (self.arrived, self.lease().now());
        self.spans.insert(id, Span::new(parent, name, arrival, time, progress));
        self.arrived += 1;
        self.young.push_back((arrival, id));
        if self.settings.delay.is_zero() {
            self.show_due(time);
        } else if self.next_due.is_none() {
            self.next_due = Some(time + self.settings.delay);
            return Due::New;
        }
        Due::AsBefore
    }

    /// Takes over what a span says.
    pub(super) fn update(&mut self, id: SpanId, progress: Progress) {
        if let Some(span) = self.spans.get_mut(&id) {
            span.update(progress);
        }
    }

    /// Removes a span, and counts it for the span around it if all is done.
    pub(super) fn close(&mut self, id: SpanId, ending: Ending) {
        match self.settings.on_close {
            // A bar that stays appears, however short its span is.
            OnClose::Keep | OnClose::Log => self.show_with_those_around(id),
            OnClose::Clear => {}
        }
        let Some(span) = self.spans.remove(&id) else { return };
        match &span.display {
            Display::Bar(bar) => {
                self.shown -= 1;
                // It may still be known as the last outer bar.
                bar.close();
            }
            Display::Hidden(held) => self.forget(held.arrival),
        }
        let around = span.parent.and_then(|parent| self.spans.get_mut(&parent));
        if let (Some(around), Ending::Regular, true) = (around, ending, span.may_be_done()) {
            around.count_inside();
        }
        self.show_waiting();
    }

    /// Shows the spans that are old enough at `now`. Returns when the next one will be.
    pub(super) fn show_due(&mut self, now: Instant) -> Option<Instant> {
        self.next_due = None;
        while let Some((arrival, id)) = self.young.front().copied() {
            if let Some(held) = self.spans.get(&id).and_then(|span| span.hidden_since(arrival)) {
                let due = held.time + self.settings.delay;
                if due > now {
                    self.next_due = Some(due);
                    break;
                }
                self.waiting.insert(arrival, id);
            }
            self.young.pop_front();
        }
        self.show_waiting();
        self.next_due
    }

    /// A span that is not shown is closed.
    fn forget(&mut self, arrival: u64) {
        self.waiting.remove(&arrival);
        // Mostly it is the last one.
        if self.young.back().is_some_and(|(young, _)| *young == arrival) {
            self.young.pop_back();
        }
    }

    /// Shows spans that wait, as many as there may be.
    fn show_waiting(&mut self) {
        while self.shown < self.settings.limit {
            let Some((_, id)) = self.waiting.pop_first() else { break };
            self.show(id);
        }
        self.show_more();
        if self.spans.is_empty() {
            self.last_outer = None;
        }
    }

    /// Shows a span, and those around it before.
    fn show_with_those_around(&mut self, id: SpanId) {
        let around = |id: &SpanId| self.spans.get(id)?.parent;
        let path: Vec<SpanId> = iter::successors(Some(id), around).collect();
        path.into_iter().rev().for_each(|id| self.show(id));
    }

    /// Adds the bar of a span below those of the spans that came before it, inside of the same one.
    fn show(&mut self, id: SpanId) {
        let Some(span) = self.spans.get(&id) else { return };
        let Display::Hidden(held) = &span.display else { return };
        let arrival = held.arrival;
        let parent = span.parent.and_then(|parent| self.spans.get(&parent)?.bar());

        let builder = span.describe(self.settings.bar.clone(), held);
        let bar = match (parent, &self.last_outer) {
            (Some(parent), _) => builder.parent(parent).add(),
            (None, Some(last)) => builder.below(last).add(),
            (None, None) => builder.add(),
        };
        if held.count != held.start {
            bar.set(held.count);
        }
        if parent.is_none() {
            self.last_outer = Some(bar.clone());
        }
        self.waiting.remove(&arrival);
        if let Some(span) = self.spans.get_mut(&id) {
            span.display = Display::Bar(bar);
            self.shown += 1;
        }
    }

    /// Says how many spans wait.
    fn show_more(&mut self) {
        if self.waiting.is_empty() {
            self.more = None;
            return;
        }
        let more = self.more.get_or_insert_with(|| match &self.last_outer {
            Some(last) => self.settings.more.clone().below(last).add(),
            None => self.settings.more.clone().add(),
        });
        more.set(self.waiting.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manager::Manager;
    use crate::output::Output;
    use crate::state::number::Number;

    const DELAY: Duration = Duration::from_secs(60);

    fn spans(limit: usize, on_close: OnClose) -> Spans {
        let manager = Manager::builder().output(Output::None).build();
        let (bar, more) = (manager.counter(), manager.counter());
        Spans::new(Settings { bar, on_close, delay: DELAY, limit, more })
    }

    fn message(text: &str) -> Progress {
        Progress { message: Some(text.to_owned()), ..Progress::default() }
    }

    /// The spans that are shown, and how many wait.
    fn shown(spans: &Spans) -> (Vec<SpanId>, usize) {
        let shown = spans.spans.iter().filter(|(_, span)| span.bar().is_some());
        let mut shown: Vec<SpanId> = shown.map(|(id, _)| *id).collect();
        shown.sort_unstable();
        assert_eq!(shown.len(), spans.shown);
        (shown, spans.more.as_ref().map_or(0, |more| more.count() as usize))
    }

    #[test]
    fn a_short_span_has_no_bar() {
        let mut spans = spans(9, OnClose::Clear);
        assert_eq!(spans.add(1, None, "a", Progress::default()), Due::New);
        let later = Instant::now();
        assert_eq!(spans.add(2, Some(1), "b", Progress::default()), Due::AsBefore);
        spans.close(2, Ending::Regular);
        // The same number, for another span.
        assert_eq!(spans.add(2, Some(1), "c", Progress::default()), Due::AsBefore);
        assert_eq!(shown(&spans), (vec![], 0));
        assert!(spans.show_due(later + DELAY).is_some());
        assert_eq!(shown(&spans), (vec![1], 0));
        assert_eq!(spans.show_due(later + 2 * DELAY), None);
        assert_eq!(shown(&spans), (vec![1, 2], 0));
        spans.close(1, Ending::Regular);
        spans.close(2, Ending::Regular);
        assert!(spans.spans.is_empty() && spans.young.is_empty() && spans.last_outer.is_none());
        assert_eq!(spans.add(3, None, "d", Progress::default()), Due::New);
    }

    #[test]
    fn spans_wait_in_the_order_in_which_they_came() {
        let mut spans = spans(2, OnClose::Clear);
        for id in 0..6 {
            spans.add(id, None, "a", message("first"));
        }
        assert_eq!(spans.show_due(Instant::now() + 2 * DELAY), None);
        assert_eq!(shown(&spans), (vec![0, 1], 4));
        spans.close(3, Ending::Regular);
        spans.update(2, Progress { done: Some(Number::Whole(7)), ..message("second") });
        spans.close(0, Ending::Regular);
        assert_eq!(shown(&spans), (vec![1, 2], 2));
        let bar = spans.spans[&2].bar().expect("a bar");
        assert_eq!((bar.count(), bar.message().as_deref()), (7, Some("second")));
        spans.close(2, Ending::Panic);
        spans.close(1, Ending::Regular);
        assert_eq!(shown(&spans), (vec![4, 5], 0));
    }

    /// Many spans that are open at a time, closed in another order, leave nothing behind.
    #[test]
    fn young_spans_that_are_closed_are_forgotten_when_they_would_be_due() {
        let mut spans = spans(2, OnClose::Clear);
        for id in 0..1000 {
            spans.add(id, id.checked_sub(1), "a", Progress::default());
        }
        (0..1000).for_each(|id| spans.close(id, Ending::Regular));
        assert_eq!(spans.show_due(Instant::now()), None);
        assert!(spans.young.is_empty());
    }
}
