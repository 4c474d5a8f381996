//! A bar for an iterator, in one call.

use std::fmt;
use std::iter::FusedIterator;

use crate::counted::Counted;
use crate::counter_builder::CounterBuilder;
use crate::into::{IntoText, IntoTotal};
use crate::manager::Manager;
use crate::style::CounterStyle;

/// Shows how far an iterator has come, with a bar and a manager of its own: for the smallest programs.
///
/// ```
/// for name in footlights::track(["a", "b", "c"]).desc("Files") {
///     println!("looking at {name}"); // appears above the bar
/// }
/// ```
///
/// The total is the length of the iterator, if it knows it. The bar appears when the first item is
/// requested, and stays when the iterator is dropped. Everything else is as with [`Manager::new`] and
/// [`Counter::wrap_iter`](crate::Counter::wrap_iter), which this is short for: several iterators, one
/// inside of the other too, show their bars in one region, and without a terminal lines are written.
pub fn track<I: IntoIterator>(items: I) -> Track<I::IntoIter> {
    let settings = Settings::default();
    Track { items: Items::Idle(Some((items.into_iter(), settings))) }
}

/// An iterator with a bar; made by [`track`].
///
/// ```
/// let lengths: Vec<usize> = footlights::track(["a", "bc"]).desc("Files").unit("files").map(str::len).collect();
/// assert_eq!(lengths, [1, 2]);
/// ```
#[must_use = "iterators are lazy"]
pub struct Track<I> {
    items: Items<I>,
}

enum Items<I> {
    /// No item was requested yet. `None` only while the bar is added.
    Idle(Option<(I, Settings)>),
    Tracked(Counted<I>),
}

/// The settings of the bar.
type Settings = Vec<Box<dyn FnOnce(CounterBuilder) -> CounterBuilder + Send + Sync>>;

impl<I: Iterator> Track<I> {
    /// Sets the text before the bar. Default: none.
    ///
    /// ```
    /// for name in footlights::track(["a", "b"]).desc("Files") {
    ///     println!("{name}");
    /// }
    /// ```
    pub fn desc(self, desc: impl IntoText) -> Self {
        let desc = desc.into_text();
        self.set(move |bar| bar.desc(desc))
    }

    /// Sets the unit of the items, in the plural. Default: none.
    ///
    /// ```
    /// for name in footlights::track(["a", "b"]).unit("files") {
    ///     println!("{name}");
    /// }
    /// ```
    pub fn unit(self, unit: impl IntoText) -> Self {
        let unit = unit.into_text();
        self.set(move |bar| bar.unit(unit))
    }

    /// Sets the total, for an iterator that does not know its length.
    ///
    /// ```
    /// for n in footlights::track((0..).take_while(|n| n * n < 50)).total(8) {
    ///     println!("{n}");
    /// }
    /// ```
    pub fn total(self, total: impl IntoTotal) -> Self {
        let total = total.into_total();
        self.set(move |bar| bar.total(total))
    }

    /// Sets the style: see [`CounterBuilder::style`].
    ///
    /// ```
    /// for name in footlights::track(["a", "b"]).style(&footlights::CounterStyle::thin()) {
    ///     println!("{name}");
    /// }
    /// ```
    pub fn style(self, style: &CounterStyle) -> Self {
        let style = style.clone();
        self.set(move |bar| bar.style(&style))
    }

    /// Sets whether the bar stays when the iterator is dropped: see [`CounterBuilder::leave`]. Default: yes.
    ///
    /// ```
    /// for day in footlights::track(1..=3).desc("Days") {
    ///     for _hour in footlights::track(0..24).desc(format!("Day {day}")).leave(false) {
    ///         // the work
    ///     }
    /// }
    /// ```
    pub fn leave(self, leave: bool) -> Self {
        self.set(move |bar| bar.leave(leave))
    }

    /// Changes the bar, unless it is shown already.
    fn set(mut self, change: impl FnOnce(CounterBuilder) -> CounterBuilder + Send + Sync + 'static) -> Self {
        if let Items::Idle(Some((_, settings))) = &mut self.items {
            settings.push(Box::new(change));
        }
        self
    }

    /// The items, with their bar.
    #[inline]
    fn tracked(&mut self) -> Option<&mut Counted<I>> {
        if let Items::Idle(_) = self.items {
            self.start();
        }
        match &mut self.items {
            Items::Tracked(counted) => Some(counted),
            Items::Idle(_) => None,
        }
    }

    #[cold]
    fn start(&mut self) {
        let Items::Idle(idle) = &mut self.items else { return };
        if let Some((items, settings)) = idle.take() {
            let bar = settings.into_iter().fold(Manager::new().counter(), |bar, setting| setting(bar)).add();
            self.items = Items::Tracked(bar.wrap_iter(items));
        }
    }
}

impl<I: Iterator> Iterator for Track<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        self.tracked()?.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.items {
            Items::Tracked(counted) => counted.size_hint(),
            Items::Idle(Some((items, _))) => items.size_hint(),
            Items::Idle(None) => (0, None),
        }
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Track<I> {
    fn len(&self) -> usize {
        match &self.items {
            Items::Tracked(counted) => counted.len(),
            Items::Idle(idle) => idle.as_ref().map_or(0, |(items, _)| items.len()),
        }
    }
}

impl<I: FusedIterator> FusedIterator for Track<I> {}

impl<I: DoubleEndedIterator> DoubleEndedIterator for Track<I> {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        self.tracked()?.next_back()
    }
}

impl<I: fmt::Debug> fmt::Debug for Track<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.items {
            Items::Tracked(counted) => f.debug_tuple("Track").field(counted).finish(),
            Items::Idle(idle) => f.debug_tuple("Track").field(&idle.as_ref().map(|(items, _)| items)).finish(),
        }
    }
}
