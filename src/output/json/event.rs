//! One event, as a line.

use super::writer::Object;
use crate::state::number::Number;
use crate::state::snapshot::{CountSnapshot, Snapshot, Subject};
use crate::state::value::Value;
use crate::template::MESSAGE;

/// The version of the format. It grows if a reader of the one before would misunderstand a line.
const VERSION: i64 = 1;

/// What has happened to a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    Started,
    Progress,
    Message,
    Finished,
}

/// A bar at the time of an event.
pub(super) struct Moment<'a> {
    pub(super) id: u64,
    /// Seconds since 1970.
    pub(super) time: f64,
    pub(super) snapshot: &'a Snapshot,
    pub(super) is_paused: bool,
    /// The number of the bar that it is the child of.
    pub(super) parent: Option<u64>,
}

impl Event {
    fn name(self) -> &'static str {
        match self {
            Event::Started => "started",
            Event::Progress => "progress",
            Event::Message => "message",
            Event::Finished => "finished",
        }
    }

    /// Appends the event to `out`, as a line.
    pub(super) fn write(self, out: &mut String, moment: &Moment<'_>) {
        let snapshot = moment.snapshot;
        let mut object = Object::begin(out);
        object.number("v", Number::Whole(VERSION));
        object.text("event", self.name());
        object.number("id", Number::from(moment.id));
        object.seconds("time", Some(moment.time));
        object.seconds("elapsed", Some(snapshot.elapsed));
        match self {
            Event::Message => object.text("text", message(snapshot)),
            Event::Started | Event::Progress | Event::Finished => {
                if self == Event::Started {
                    object.optional("parent", moment.parent.map(Number::from));
                }
                match &snapshot.subject {
                    Subject::Count(counter) => self.write_counter(&mut object, counter, moment),
                    Subject::Status(_) => {
                        object.text("kind", "status");
                        object.text("text", message(snapshot));
                    }
                }
                object.object("fields", |fields| {
                    let own = snapshot.fields.iter().filter(|(name, _)| *name != MESSAGE);
                    own.for_each(|(name, value)| fields.value(name, value));
                });
            }
        }
        drop(object);
        out.push('\n');
    }

    fn write_counter(self, object: &mut Object<'_>, counter: &CountSnapshot, moment: &Moment<'_>) {
        let elapsed = moment.snapshot.elapsed;
        object.text("kind", "counter");
        object.text("desc", &counter.desc);
        object.text("unit", &counter.unit);
        object.number("start", counter.start_count);
        object.number("count", counter.count);
        object.optional("total", counter.total);
        object.objects("segments", &counter.segments, |object, segment| {
            object.text("name", &segment.name);
            object.number("count", segment.count);
        });
        object.number("rate", Number::Fraction(counter.rate(elapsed)));
        object.seconds("eta", counter.time_left(elapsed));
        if self == Event::Finished {
            object.boolean("complete", counter.total.is_none_or(|total| total == counter.count));
        } else {
            object.boolean("paused", moment.is_paused);
        }
    }
}

/// The text after a counter, or the text of a status bar; empty if there is none.
pub(super) fn message(snapshot: &Snapshot) -> &str {
    match (&snapshot.subject, snapshot.fields.get(MESSAGE)) {
        (Subject::Status(status), _) => status.text.as_deref().unwrap_or_default(),
        (Subject::Count(_), Some(Value::Text(text))) => text,
        (Subject::Count(_), _) => "",
    }
}
