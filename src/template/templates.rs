//! The templates that a bar switches between.

use std::sync::Arc;

use super::kind::{Kind, LineKind};
use super::standard;
use super::template::Template;
use crate::state::snapshot::Snapshot;

/// The templates of a bar: until it passes its total, and beyond it or without a total. Cheap to
/// clone.
#[derive(Clone, Debug)]
pub(crate) struct Templates {
    /// The one that the user has set; none: the standard one.
    bar: Option<Template>,
    /// The same. Of a status bar, this is its only template.
    counter: Option<Template>,
    /// Those for plain lines, which few bars have.
    plain: Option<Arc<Templates>>,
}

impl Templates {
    /// The templates of a bar for which no format was set.
    pub(crate) fn standard() -> Templates {
        Templates { bar: None, counter: None, plain: None }
    }

    /// Replaces the template of the same kind.
    pub(crate) fn set(&mut self, template: Template) {
        match template.kind() {
            Kind::Bar => self.bar = Some(template),
            Kind::Counter | Kind::Status => self.counter = Some(template),
        }
    }

    /// Replaces the template of the same kind for plain lines.
    pub(crate) fn set_plain(&mut self, template: Template) {
        Arc::make_mut(self.plain.get_or_insert_with(|| Arc::new(Templates::standard()))).set(template);
    }

    /// Whether something in a row changes several times per second, even while the count stands
    /// still.
    pub(crate) fn are_animated(&self) -> bool {
        self.rows().any(Template::is_animated)
    }

    /// The rows of a bar with this kind of format.
    pub(crate) fn height(&self, kind: Kind) -> usize {
        self.own(kind).map_or(1, Template::rows)
    }

    /// Whether one of them has more than one row.
    pub(crate) fn are_tall(&self) -> bool {
        self.rows().any(|template| template.rows() > 1)
    }

    /// Whether one of them shows the graph of the rate, which needs a history.
    pub(crate) fn need_history(&self) -> bool {
        self.iter().any(Template::shows_graph)
    }

    /// Returns the template that `snapshot` is rendered with, for a line of this kind.
    pub(crate) fn of(&self, snapshot: &Snapshot, line: LineKind) -> &Template {
        let kind = Kind::of(snapshot);
        match line {
            LineKind::Row => self.own(kind).unwrap_or(standard::row(kind)),
            LineKind::Plain | LineKind::Words => {
                let plain = self.plain.as_deref().and_then(|plain| plain.own(kind));
                // A status bar has one format for all outputs, if no other is set.
                let plain = plain.or(if kind == Kind::Status { self.own(kind) } else { None });
                plain.unwrap_or(standard::plain(kind, line, snapshot.finished))
            }
        }
    }

    /// The template of this kind, if it was set.
    fn own(&self, kind: Kind) -> Option<&Template> {
        match kind {
            Kind::Bar => self.bar.as_ref(),
            Kind::Counter | Kind::Status => self.counter.as_ref(),
        }
    }

    /// The templates of rows that were set.
    fn rows(&self) -> impl Iterator<Item = &Template> {
        [&self.bar, &self.counter].into_iter().flatten()
    }

    /// The templates that were set.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Template> {
        self.rows().chain(self.plain.as_deref().into_iter().flat_map(Templates::rows))
    }
}
