//! The fields with which a span says how far it is.

use std::fmt;

use tracing_core::field::{Field, Visit};
use tracing_core::span::{Attributes, Record};
use tracing_core::{LevelFilter, Metadata};

use crate::state::number::Number;

const TOTAL: &str = "progress.total";
const DONE: &str = "progress.done";
const MESSAGE: &str = "progress.message";

/// The values that a span gives to its fields. `None` is a field without a new value.
#[derive(Debug, Default)]
pub(super) struct Progress {
    pub(super) total: Option<Number>,
    pub(super) done: Option<Number>,
    pub(super) message: Option<String>,
}

impl Progress {
    /// What a new span says. Runs code of the user, which formats values.
    pub(super) fn of_new(attributes: &Attributes<'_>) -> Progress {
        let mut progress = Progress::default();
        attributes.record(&mut progress);
        progress
    }

    /// What a span says later. Runs code of the user, which formats values.
    pub(super) fn of_record(values: &Record<'_>) -> Progress {
        let mut progress = Progress::default();
        values.record(&mut progress);
        progress
    }

    fn set_number(&mut self, field: &Field, number: Number) {
        match field.name() {
            TOTAL => self.total = Some(number),
            DONE => self.done = Some(number),
            _ => {}
        }
    }
}

impl Visit for Progress {
    fn record_u64(&mut self, field: &Field, n: u64) {
        self.set_number(field, n.into());
    }

    fn record_i64(&mut self, field: &Field, n: i64) {
        self.set_number(field, n.into());
    }

    fn record_u128(&mut self, field: &Field, n: u128) {
        self.set_number(field, u64::try_from(n).unwrap_or(u64::MAX).into());
    }

    fn record_i128(&mut self, field: &Field, n: i128) {
        self.set_number(field, (n.clamp(i64::MIN.into(), i64::MAX.into()) as i64).into());
    }

    fn record_f64(&mut self, field: &Field, n: f64) {
        self.set_number(field, n.into());
    }

    fn record_str(&mut self, field: &Field, text: &str) {
        if field.name() == MESSAGE {
            self.message = Some(text.to_owned());
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == MESSAGE {
            self.message = Some(format!("{value:?}"));
        }
    }
}

/// Whether a span declares one of the fields, and its level is not too detailed.
pub(super) fn are_declared_by(metadata: &Metadata<'_>, max_level: LevelFilter) -> bool {
    metadata.is_span()
        && *metadata.level() <= max_level
        && metadata.fields().iter().any(|field| matches!(field.name(), TOTAL | DONE | MESSAGE))
}
