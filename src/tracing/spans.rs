//! The open spans: which of them are shown, where, and what they have counted.

use std::collections::{BTreeMap, HashMap};

use super::fields::Progress;
use crate::counter::Counter;
use crate::counter_builder::CounterBuilder;
use crate::state::number::Number;
use crate::sys::Instant;

/// All open spans, as a forest.
#[derive(Debug)]
pub(super) struct Spans {
    settings: Settings,
    spans: HashMap<SpanId, Span>,
    /// How many spans there have been.
    arrived: u64,
    /// How many of the open spans are shown.
    shown: usize,
    /// Those that are not, by arrival. The span around a span comes first, and so is shown first.
    waiting: BTreeMap<u64, SpanId>,
    /// The lowest bar of a span, while there are spans. Bars of later spans come below it: so they
    /// stand together, and above `more`.
    lowest: Option<Counter>,
    /// Says how many spans wait, if any does.
    more: Option<Counter>,
}

/// What is the same for all spans.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) bar: CounterBuilder,
    /// The bar that says how many spans wait.
    pub(super) more: CounterBuilder,
    /// The most spans that are shown at a time.
    pub(super) limit: usize,
}

/// Identifies an open span.
type SpanId = u64;

/// One open span.
#[derive(Debug)]
struct Span {
    parent: Option<SpanId>,
    /// How many spans are around it.
    depth: usize,
    name: &'static str,
    source: Source,
    display: Display,
}

/// What the bar of a span counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// The spans inside that are closed.
    Inside,
    /// What the span says.
    Own,
}

/// What is seen of a span.
#[derive(Debug)]
enum Display {
    /// Its bar, and the lowest of its bar and those of the spans inside.
    Bar { bar: Counter, lowest: Counter },
    /// Nothing yet.
    Waiting(Held),
}

/// What a bar will show.
#[derive(Debug)]
struct Held {
    arrival: u64,
    time: Instant,
    start: Number,
    count: Number,
    total: Option<Number>,
    message: Option<String>,
}

/// How a span is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// By code that goes on.
    Regular,
    /// By a panic.
    Panic,
}

impl Spans {
    pub(super) fn new(settings: Settings) -> Spans {
        Spans {
            settings,
            spans: HashMap::new(),
            arrived: 0,
            shown: 0,
            waiting: BTreeMap::new(),
            lowest: None,
            more: None,
        }
    }

    /// Adds a span.
    pub(super) fn add(&mut self, id: SpanId, parent: Option<SpanId>, name: &'static str, progress: Progress) {
        let Progress { total, done, message } = progress;
        let source = if done.is_some() { Source::Own } else { Source::Inside };
        let depth = parent.and_then(|parent| self.spans.get(&parent)).map_or(0, |parent| parent.depth + 1);
        let (arrival, start) = (self.arrived, done.unwrap_or(Number::ZERO));
        let held = Held { arrival, time: Instant::now(), start, count: start, total, message };
        self.spans.insert(id, Span { parent, depth, name, source, display: Display::Waiting(held) });
        self.waiting.insert(arrival, id);
        self.arrived += 1;
        self.show_waiting();
    }

    /// Takes over what a span says.
    pub(super) fn update(&mut self, id: SpanId, progress: Progress) {
        let Some(span) = self.spans.get_mut(&id) else { return };
        let Progress { total, done, message } = progress;
        if done.is_some() {
            span.source = Source::Own;
        }
        match &mut span.display {
            Display::Bar { bar, .. } => {
                total.into_iter().for_each(|total| bar.set_total(total));
                done.into_iter().for_each(|done| bar.set(done));
                message.into_iter().for_each(|message| bar.set_message(message));
            }
            Display::Waiting(held) => {
                held.total = total.or(held.total);
                held.count = done.unwrap_or(held.count);
                held.message = message.or(held.message.take());
            }
        }
    }

    /// Removes a span, and counts it for the span around it if all is done.
    pub(super) fn close(&mut self, id: SpanId, ending: Ending) {
        let Some(Span { parent, source, display, .. }) = self.spans.remove(&id) else { return };
        let (count, total) = match display {
            Display::Bar { bar, .. } => {
                self.shown -= 1;
                // It may still be known as the lowest bar.
                bar.close();
                (bar.counts().count(), bar.counts().total())
            }
            Display::Waiting(held) => {
                self.waiting.remove(&held.arrival);
                (held.count, held.total)
            }
        };
        // A span that never said how far it was may have done everything.
        let says = source == Source::Own || !count.is_zero();
        let is_done = !says || total.is_none_or(|total| count >= total);
        let around = parent.and_then(|parent| self.spans.get_mut(&parent));
        if let Some(around) = around.filter(|around| around.source == Source::Inside) {
            if ending == Ending::Regular && is_done {
                around.count_inside();
            }
        }
        self.show_waiting();
    }

    /// Shows spans that wait, as many as there may be.
    fn show_waiting(&mut self) {
        while self.shown < self.settings.limit {
            let Some((_, id)) = self.waiting.pop_first() else { break };
            self.show(id);
        }
        self.show_more();
        if self.spans.is_empty() {
            self.lowest = None;
        }
    }

    /// Adds the bar of a span below those of the spans that came before it, inside of the same one.
    fn show(&mut self, id: SpanId) {
        let Some(span) = self.spans.get(&id) else { return };
        let Display::Waiting(held) = &span.display else { return };
        let parent = span.parent;
        let above = parent.and_then(|parent| self.spans.get(&parent)?.lowest()).or(self.lowest.as_ref()).cloned();

        let desc = format!("{:indent$}{}", "", span.name, indent = 2 * span.depth);
        let mut builder = self.settings.bar.clone().desc(desc).total(held.total).count(held.start).time(held.time);
        if let Some(message) = &held.message {
            builder = builder.message(message);
        }
        if let Some(above) = &above {
            builder = builder.below(above);
        }
        let bar = builder.add();
        if held.count != held.start {
            bar.set(held.count);
        }

        // The bar is the lowest of all spans whose lowest was the one above it.
        let mut around = parent;
        while let Some(span) = around.and_then(|id| self.spans.get_mut(&id)) {
            match &mut span.display {
                Display::Bar { lowest, .. } if is_same(above.as_ref(), lowest) => *lowest = bar.clone(),
                Display::Bar { .. } | Display::Waiting(_) => break,
            }
            around = span.parent;
        }
        if self.lowest.as_ref().is_none_or(|lowest| is_same(above.as_ref(), lowest)) {
            self.lowest = Some(bar.clone());
        }
        if let Some(span) = self.spans.get_mut(&id) {
            span.display = Display::Bar { lowest: bar.clone(), bar };
            self.shown += 1;
        }
    }

    /// Says how many spans wait.
    fn show_more(&mut self) {
        if self.waiting.is_empty() {
            self.more = None;
            return;
        }
        let more = self.more.get_or_insert_with(|| match &self.lowest {
            Some(lowest) => self.settings.more.clone().below(lowest).add(),
            None => self.settings.more.clone().add(),
        });
        more.set(self.waiting.len());
    }
}

impl Span {
    /// The lowest bar of this span and those inside.
    fn lowest(&self) -> Option<&Counter> {
        match &self.display {
            Display::Bar { lowest, .. } => Some(lowest),
            Display::Waiting(_) => None,
        }
    }

    /// Counts a span inside.
    fn count_inside(&mut self) {
        match &mut self.display {
            Display::Bar { bar, .. } => bar.inc(1),
            Display::Waiting(held) => held.count = held.count.plus(Number::Whole(1)),
        }
    }
}

fn is_same(one: Option<&Counter>, other: &Counter) -> bool {
    one.is_some_and(|one| one.is_same(other))
}
