//! The templates that a bar switches between.

use std::sync::{Arc, LazyLock};

use super::{BAR, COUNTER, Kind, Template};
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

/// The usual templates; the second of each pair has a message.
static STANDARD: LazyLock<Standard> = LazyLock::new(|| {
    let read = |text: &str, kind| Template::parse(text, kind, &|_| false).unwrap_or_else(|_| Template::empty(kind));
    let filled = COUNTER.trim_end_matches("{fill}");
    Standard {
        bar: [read(BAR, Kind::Bar), read(&format!("{BAR} {{message}}"), Kind::Bar)],
        counter: [read(COUNTER, Kind::Counter), read(&format!("{filled} {{message}}{{fill}}"), Kind::Counter)],
        status: Template::empty(Kind::Status),
    }
});

struct Standard {
    bar: [Template; 2],
    counter: [Template; 2],
    status: Template,
}

impl Formats {
    /// What a bar looks like unless told otherwise.
    pub(crate) fn standard() -> Formats {
        // Here, on the caller's thread: a process that is forked while another thread does this would wait for it for ever.
        LazyLock::force(&STANDARD);
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
        let message = usize::from(shot.field(MESSAGE).is_some_and(|message| !message.is_empty()));
        let format = match Kind::of(shot) {
            Kind::Bar => &self.bar,
            Kind::Counter | Kind::Status => &self.counter,
        };
        let standard = match Kind::of(shot) {
            Kind::Bar => &STANDARD.bar[message],
            Kind::Counter => &STANDARD.counter[message],
            Kind::Status => &STANDARD.status,
        };
        match format {
            Format::Standard => standard,
            Format::Own(template) => template,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard templates are read without an error, or nothing would be shown.
    #[test]
    fn standard_templates_can_be_read() {
        for template in STANDARD.bar.iter().chain(&STANDARD.counter) {
            assert!(template.pieces.len() > 5);
        }
    }
}
