//! The two templates that a bar switches between.

use super::kind::Kind;
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
}

impl Templates {
    /// The templates of a bar for which no format was set.
    pub(crate) fn standard() -> Templates {
        Templates { bar: None, counter: None }
    }

    /// Replaces the template of the same kind.
    pub(crate) fn set(&mut self, template: Template) {
        match template.kind() {
            Kind::Bar => self.bar = Some(template),
            Kind::Counter | Kind::Status => self.counter = Some(template),
        }
    }

    /// Whether something in them changes several times per second, even while the count stands
    /// still.
    pub(crate) fn are_animated(&self) -> bool {
        self.iter().any(Template::is_animated)
    }

    /// Returns the template that `snapshot` is rendered with.
    pub(crate) fn of(&self, snapshot: &Snapshot) -> &Template {
        let (template, standard) = match Kind::of(snapshot) {
            Kind::Bar => (&self.bar, &standard::BAR),
            Kind::Counter => (&self.counter, &standard::COUNTER),
            Kind::Status => (&self.counter, &standard::STATUS),
        };
        template.as_ref().unwrap_or(standard)
    }

    /// The templates that were set.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Template> {
        [&self.bar, &self.counter].into_iter().flatten()
    }
}
