//! One open span: what it says, and its bar.

use super::fields::Progress;
use crate::counter::Counter;
use crate::counter_builder::CounterBuilder;
use crate::state::number::Number;
use crate::sys::Instant;

/// Identifies an open span.
pub(super) type SpanId = u64;

/// One open span.
#[derive(Debug)]
pub(super) struct Span {
    pub(super) parent: Option<SpanId>,
    name: &'static str,
    source: Source,
    pub(super) display: Display,
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
pub(super) enum Display {
    /// Its bar.
    Bar(Counter),
    /// Nothing yet.
    Hidden(Held),
}

/// What a bar will show.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) arrival: u64,
    pub(super) time: Instant,
    pub(super) start: Number,
    pub(super) count: Number,
    total: Option<Number>,
    message: Option<String>,
}

impl Span {
    /// A span without a bar.
    pub(super) fn new(
        parent: Option<SpanId>,
        name: &'static str,
        arrival: u64,
        time: Instant,
        progress: Progress,
    ) -> Span {
        let Progress { total, done, message } = progress;
        let source = if done.is_some() { Source::Own } else { Source::Inside };
        let start = done.unwrap_or(Number::ZERO);
        let held = Held { arrival, time, start, count: start, total, message };
        Span { parent, name, source, display: Display::Hidden(held) }
    }

    /// Takes over what a span says.
    pub(super) fn update(&mut self, progress: Progress) {
        let Progress { total, done, message } = progress;
        if done.is_some() {
            self.source = Source::Own;
        }
        match &mut self.display {
            Display::Bar(bar) => {
                total.into_iter().for_each(|total| bar.set_total(total));
                done.into_iter().for_each(|done| bar.set(done));
                message.into_iter().for_each(|message| bar.set_message(message));
            }
            Display::Hidden(held) => {
                held.total = total.or(held.total);
                held.count = done.unwrap_or(held.count);
                held.message = message.or(held.message.take());
            }
        }
    }

    /// Counts a span inside, unless this one says how far it is.
    pub(super) fn count_inside(&mut self) {
        match (&mut self.display, self.source) {
            (_, Source::Own) => {}
            (Display::Bar(bar), Source::Inside) => bar.inc(1),
            (Display::Hidden(held), Source::Inside) => held.count = held.count.plus(Number::Whole(1)),
        }
    }

    /// Whether everything may have been done. A span that never said how far it was may have.
    pub(super) fn may_be_done(&self) -> bool {
        let (count, total) = match &self.display {
            Display::Bar(bar) => (bar.counts().count(), bar.counts().total()),
            Display::Hidden(held) => (held.count, held.total),
        };
        let says = self.source == Source::Own || !count.is_zero();
        !says || total.is_none_or(|total| count >= total)
    }

    /// Gives a bar the texts and numbers of this span.
    pub(super) fn describe(&self, bar: CounterBuilder, held: &Held) -> CounterBuilder {
        let bar = bar.desc(self.name).total(held.total).count(held.start).time(held.time);
        match &held.message {
            Some(message) => bar.message(message),
            None => bar,
        }
    }

    /// What its bar will show, if it is the span that arrived then, and has none.
    pub(super) fn hidden_since(&self, arrival: u64) -> Option<&Held> {
        match &self.display {
            Display::Hidden(held) => Some(held).filter(|held| held.arrival == arrival),
            Display::Bar(_) => None,
        }
    }

    /// Its bar, if it has one.
    pub(super) fn bar(&self) -> Option<&Counter> {
        match &self.display {
            Display::Bar(bar) => Some(bar),
            Display::Hidden(_) => None,
        }
    }
}
