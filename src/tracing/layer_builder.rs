//! The settings of a layer.

use std::time::Duration;

use tracing_core::{LevelFilter, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::registry::LookupSpan;

use super::layer::{Declared, SpanLayer};
use super::spans::{Settings, Spans};
use super::timer::Timer;
use crate::bars::OnClose;
use crate::counter_builder::CounterBuilder;
use crate::format::counter_format;
use crate::handle::LONGEST_DELAY;
use crate::manager::Manager;
use crate::output::Output;
use crate::style::CounterStyle;

/// The settings of a layer that shows spans as bars; made with [`Manager::tracing_layer`].
///
/// ```
/// use footlights::{CounterStyle, Manager, OnClose};
/// use tracing_subscriber::layer::SubscriberExt;
///
/// let manager = Manager::new();
/// let bars = manager.tracing_layer().style(&CounterStyle::thin()).max_level(tracing::Level::INFO).limit(8);
/// let subscriber = tracing_subscriber::registry().with(bars.on_close(OnClose::Log).build());
/// # drop(subscriber);
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing happens before `build`"]
pub struct TracingLayerBuilder {
    manager: Manager,
    bar: CounterBuilder,
    on_close: OnClose,
    max_level: LevelFilter,
    limit: usize,
}

impl Manager {
    /// Returns a builder for a layer of the tracing-subscriber crate, which shows spans as bars.
    ///
    /// ```
    /// use footlights::Manager;
    /// use tracing_subscriber::layer::SubscriberExt;
    ///
    /// let manager = Manager::new();
    /// let subscriber = tracing_subscriber::registry().with(manager.tracing_layer().build());
    /// tracing::subscriber::with_default(subscriber, || {
    ///     // This part can be a library that knows only the tracing crate.
    ///     let span = tracing::info_span!("copy", progress.total = 3, progress.done = 0);
    ///     for n in 1..=3 {
    ///         span.record("progress.done", n);
    ///     }
    /// });
    /// ```
    ///
    /// A span is a bar if it declares one of these fields, with a value or as
    /// [`Empty`](https://docs.rs/tracing/0.1/tracing/field/struct.Empty.html) for a later `record`:
    ///
    /// | field | meaning |
    /// |---|---|
    /// | `progress.total` | the total: a number |
    /// | `progress.done` | the count: a number. If it is never set, the bar counts the spans directly inside that are bars too and are closed |
    /// | `progress.message` | the text after the bar |
    ///
    /// * The name of the span is the text before the bar, which is closed with the span. Bars of spans
    ///   inside of a span are indented below its bar, in the order in which they came.
    /// * A bar is added when its span has been open for the
    ///   [delay of the manager](crate::ManagerBuilder::delay), by a thread that [`build`] starts. A
    ///   shorter span has none, unless it [stays](TracingLayerBuilder::on_close), and costs less than
    ///   twice as much as without the layer. In JSON all spans have bars.
    /// * A span that is closed by a panic, or before its count has reached its total, is not counted
    ///   by the span around it.
    /// * Other spans, and all events, are not seen by the layer: they cost what they cost without it.
    ///   If nothing shows the bars of the manager when the layer is built, this holds for all spans.
    /// * The filter of the log should be a filter of its layer: `fmt::layer().with_filter(…)`. A filter
    ///   for all layers (`registry().with(EnvFilter::…)`) also decides which spans there are, and
    ///   `RUST_LOG=off` then leaves no bars.
    /// * In the log, an event shows the fields of the spans that it is inside of, and `fmt::layer` shows each value
    ///   of `progress.done` that was recorded. Do not enter the span of a bar then, or leave the count to
    ///   bars inside of it.
    /// * No writer is needed: what other layers print appears above the bars.
    /// * No lock is held while values are formatted, so code that formats them may print and make
    ///   spans.
    ///
    /// The layer keeps the manager alive, and a subscriber that is set as the global default is never
    /// dropped. The terminal is restored at exit all the same; [`stop`](Manager::stop) restores it
    /// before.
    ///
    /// [`build`]: TracingLayerBuilder::build
    pub fn tracing_layer(&self) -> TracingLayerBuilder {
        TracingLayerBuilder {
            manager: self.clone(),
            bar: self.counter(),
            on_close: OnClose::Clear,
            max_level: LevelFilter::TRACE,
            limit: usize::MAX,
        }
    }
}

impl TracingLayerBuilder {
    /// Sets the style of the bars, except for what remains of them. Default: the
    /// [style of the manager](crate::ManagerBuilder::counter_style).
    ///
    /// ```
    /// use footlights::{CounterStyle, Manager};
    ///
    /// let manager = Manager::new();
    /// let layer = manager.tracing_layer().style(&CounterStyle::cargo().color("green")).build();
    /// # let subscriber = tracing_subscriber::layer::SubscriberExt::with(tracing_subscriber::registry(), layer);
    /// ```
    pub fn style(mut self, style: &CounterStyle) -> Self {
        self.bar = self.bar.style(style);
        self
    }

    /// Sets what remains of a bar when its span is closed. Default: [`OnClose::Clear`].
    ///
    /// ```
    /// use footlights::{CounterStyle, Manager, OnClose};
    ///
    /// let manager = Manager::new();
    /// let layer = manager.tracing_layer().style(&CounterStyle::thin()).on_close(OnClose::Log);
    /// # drop(layer);
    /// ```
    pub fn on_close(mut self, on_close: OnClose) -> Self {
        self.on_close = on_close;
        self
    }

    /// Sets the most detailed level of a span that is shown. Default: all levels. Does not influence
    /// which events are logged.
    ///
    /// ```
    /// use footlights::Manager;
    /// use tracing::Level;
    ///
    /// let manager = Manager::new();
    /// let layer = manager.tracing_layer().max_level(Level::INFO).build(); // no bars for `debug_span!`
    /// # let subscriber = tracing_subscriber::layer::SubscriberExt::with(tracing_subscriber::registry(), layer);
    /// ```
    pub fn max_level(mut self, level: impl Into<LevelFilter>) -> Self {
        self.max_level = level.into();
        self
    }

    /// Sets how many bars are open at a time on a terminal. Further spans wait, oldest first, and a
    /// line below the bars says how many. Default: as many as the window has rows for. Lines of text
    /// and JSON have no such limit.
    ///
    /// ```
    /// use footlights::Manager;
    ///
    /// let manager = Manager::new();
    /// let layer = manager.tracing_layer().limit(5).build();
    /// # let subscriber = tracing_subscriber::layer::SubscriberExt::with(tracing_subscriber::registry(), layer);
    /// ```
    pub fn limit(mut self, bars: usize) -> Self {
        self.limit = bars;
        self
    }

    /// Returns the layer, for any subscriber that keeps a registry of spans, such as
    /// [`Registry`](tracing_subscriber::Registry). If nothing shows bars, the layer sees no spans.
    ///
    /// Starts a thread that adds the bars of spans when their delay is over. Never fails.
    ///
    /// ```
    /// use footlights::Manager;
    /// use tracing_subscriber::layer::SubscriberExt;
    ///
    /// let manager = Manager::new();
    /// let subscriber = tracing_subscriber::registry()
    ///     .with(tracing_subscriber::fmt::layer()) // its lines appear above the bars
    ///     .with(manager.tracing_layer().build());
    /// tracing::subscriber::with_default(subscriber, || {
    ///     let _span = tracing::info_span!("link", progress.message = "main.o").entered();
    ///     tracing::info!("linking");
    /// });
    /// ```
    pub fn build<S>(self) -> impl Layer<S> + Send + Sync
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        let max_level = if self.manager.is_enabled() { self.max_level } else { LevelFilter::OFF };
        let output = self.manager.output();
        // Lines have no rows, and those of JSON are about all bars.
        let limit = if output == Output::Terminal { self.limit } else { usize::MAX };
        let delay = if output == Output::Json {
            Duration::ZERO
        } else {
            self.manager.lease().defaults().delay.min(LONGEST_DELAY)
        };
        let bar = self.bar.on_close(self.on_close).delay(Duration::ZERO);
        let more = self.manager.counter().counter_format(counter_format!("{:dim}… {count:d} more{:}{fill}"));
        let more = more.on_close(OnClose::Clear).delay(Duration::ZERO);
        let spans = Spans::new(Settings { bar, on_close: self.on_close, delay, limit, more });
        SpanLayer { manager: self.manager, timer: Timer::start(spans) }.with_filter(Declared { max_level })
    }
}
