//! What one bar looks like, apart from its counts.

use std::time::{Duration, Instant};

use crate::error::Error;
use crate::paint::width;
use crate::state::clock::Clock;
use crate::state::number::Number;
use crate::state::snapshot::{CountSnapshot, Snapshot, StatusSnapshot, Subject};
use crate::state::speed::Speed;
use crate::state::tally::Tally;
use crate::template::{Formats, Kind, Template};

/// Everything about a bar that is not counted: texts, colors, formats, clock and rate.
#[derive(Clone, Debug)]
pub(crate) struct Appearance {
    /// Description, colors and fields: a snapshot without counts.
    pub(crate) snapshot: Snapshot,
    pub(crate) formats: Formats,
    pub(super) clock: Clock,
    pub(super) speed: Speed,
    /// The state of the bar when its row was cleared. The row stays empty until that state changes.
    pub(super) cleared: Option<Fingerprint>,
}

/// Identifies the state of a bar. While it is the same, only elapsed time can change the rendered line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fingerprint {
    pub(super) revision: u64,
    pub(super) counts: u64,
}

impl Appearance {
    pub(crate) fn new(snapshot: Snapshot, formats: Formats) -> Appearance {
        let (clock, speed) = (Clock::new(Number::ZERO, Instant::now()), Speed::default());
        Appearance { snapshot, formats, clock, speed, cleared: None }
    }

    /// Starts the clock and the rate from `count`.
    pub(crate) fn start(&mut self, count: Number, now: Instant) {
        self.clock = Clock::new(count, now);
        self.speed = Speed::new(count);
    }

    /// Parses a format. It may name the built-in fields and the fields that this bar has.
    pub(crate) fn read(&self, format: &str, kind: Kind) -> Result<Template, Error> {
        Template::parse(format, kind, &|name| self.snapshot.field(name).is_some())
    }

    /// Parses a format and uses it.
    pub(crate) fn set_format(&mut self, format: &str, kind: Kind) -> Result<(), Error> {
        let template = self.read(format, kind)?;
        self.formats.set(template);
        Ok(())
    }

    /// Sets the fill character, which must be one column wide.
    pub(crate) fn set_fill(&mut self, fill: char) -> Result<(), Error> {
        match width::of_char(fill) {
            1 => self.snapshot.fill = fill,
            _ => return Err(Error::fill(fill)),
        }
        Ok(())
    }

    /// Edits what only counters have.
    pub(crate) fn edit_counter(&mut self, edit: impl FnOnce(&mut CountSnapshot)) {
        if let Subject::Count(counter) = &mut self.snapshot.subject {
            edit(counter);
        }
    }

    /// Edits what only status bars have.
    pub(crate) fn edit_status(&mut self, edit: impl FnOnce(&mut StatusSnapshot)) {
        if let Subject::Status(status) = &mut self.snapshot.subject {
            edit(status);
        }
    }

    /// Advances the clock to `now` and, for a counter, samples its rate. Returns the elapsed time.
    pub(super) fn advance(&mut self, tally: &Tally, now: Instant) -> Duration {
        match self.snapshot.subject {
            Subject::Count(_) => {
                let count = tally.count();
                let elapsed = self.clock.counting(count, tally.is_complete(), now);
                self.speed.see(count, elapsed.as_secs_f64());
                elapsed
            }
            Subject::Status(_) => self.clock.passing(now),
        }
    }
}
