//! The layer: what happens to spans becomes what happens to bars.

use std::thread;

use parking_lot::Mutex;
use tracing_core::span::{Attributes, Id, Record};
use tracing_core::subscriber::Interest;
use tracing_core::{LevelFilter, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, Filter};
use tracing_subscriber::registry::LookupSpan;

use super::fields::{self, Progress};
use super::spans::{Ending, Spans};
use crate::manager::Manager;

/// Shows spans as bars. Sees only those that [`Declared`] lets through.
///
/// The lock of the spans is held only by code of ours, which neither prints nor makes spans. So it
/// does not matter what other layers do, and what values do while they are formatted.
pub(super) struct SpanLayer {
    manager: Manager,
    spans: Mutex<Spans>,
}

/// Lets the spans through that declare fields of ours.
pub(super) struct Declared {
    pub(super) max_level: LevelFilter,
}

impl SpanLayer {
    pub(super) fn new(manager: Manager, spans: Spans) -> SpanLayer {
        SpanLayer { manager, spans: Mutex::new(spans) }
    }
}

impl<S> Layer<S> for SpanLayer
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if !self.manager.is_enabled() {
            return;
        }
        let progress = Progress::of_new(attributes);
        // The next one outside that the filter has let through.
        let parent = context.span(id).and_then(|span| span.parent()).map(|parent| parent.id().into_u64());
        self.spans.lock().add(id.into_u64(), parent, attributes.metadata().name(), progress);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _context: Context<'_, S>) {
        let progress = Progress::of_record(values);
        self.spans.lock().update(id.into_u64(), progress);
    }

    fn on_close(&self, id: Id, _context: Context<'_, S>) {
        let ending = if thread::panicking() { Ending::Panic } else { Ending::Regular };
        self.spans.lock().close(id.into_u64(), ending);
    }
}

impl<S> Filter<S> for Declared {
    fn enabled(&self, metadata: &Metadata<'_>, _context: &Context<'_, S>) -> bool {
        fields::are_declared_by(metadata, self.max_level)
    }

    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        if fields::are_declared_by(metadata, self.max_level) { Interest::always() } else { Interest::never() }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.max_level)
    }
}
