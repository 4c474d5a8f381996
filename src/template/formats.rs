//! The templates that a bar switches between.

use std::sync::Arc;

use super::{Kind, Template, standard};
use crate::state::snapshot::Snapshot;

/// The field that [`Counter::message`](crate::Counter::message) sets.
pub(crate) const MESSAGE: &str = "message";

/// What a bar looks like: on the way to its total, and without one. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Formats {
    bar: Format,
    counter: Format,
}

/// One of the two.
#[derive(Clone, Debug)]
enum Format {
    /// The usual one; it has room for a message where there is one.
    Standard,
    /// The user's own.
    Own(Arc<Template>),
}

impl Formats {
    /// What a bar looks like unless told otherwise.
    pub(crate) fn standard() -> Formats {
        Formats { bar: Format::Standard, counter: Format::Standard }
    }

    /// Takes the place of the template of the same kind; that of a status bar stands in the counter's place.
    pub(crate) fn set(&mut self, template: Template) {
        match template.kind() {
            Kind::Bar => self.bar = Format::Own(template.into()),
            Kind::Counter | Kind::Status => self.counter = Format::Own(template.into()),
        }
    }

    /// Whether something in them moves while nothing is counted.
    pub(crate) fn move_by_themselves(&self) -> bool {
        let moves = |format: &Format| matches!(format, Format::Own(template) if template.moves());
        moves(&self.bar) || moves(&self.counter)
    }

    /// The one that `shot` is painted with.
    pub(crate) fn of(&self, shot: &Snapshot) -> &Template {
        let (format, standard) = match Kind::of(shot) {
            Kind::Bar => (&self.bar, &standard::BAR),
            Kind::Counter => (&self.counter, &standard::COUNTER),
            Kind::Status => (&self.counter, &standard::STATUS),
        };
        match format {
            Format::Standard => standard,
            Format::Own(template) => template,
        }
    }
}
