//! The tests that run for some time, one per row.
//!
//! A row keeps its place. When its test has ended, the row is free for the next one and stays empty until then, so
//! that the rows below do not move.

use std::time::Duration;

use footlights::{HumanDuration, Manager, StatusBar, status_format};

use crate::history::{History, Record};
use crate::run::{Run, Running};

/// Tests that take less are not shown: nobody can read their names.
const SHOWN: Duration = Duration::from_secs(1);
/// Tests that take longer are slow, unless they always do.
const SLOW: Duration = Duration::from_secs(10);

/// The rows, from top to bottom.
pub struct Rows {
    limit: usize,
    rows: Vec<Row>,
    more: Option<StatusBar>,
}

struct Row {
    bar: StatusBar,
    test: Option<Running>,
    /// The second that it shows.
    shown: u64,
}

impl Rows {
    pub fn new(limit: usize) -> Rows {
        Rows { limit, rows: Vec::new(), more: None }
    }

    /// Shows the tests that have run longest.
    pub fn show(&mut self, manager: &Manager, run: &Run, history: &History, now: Duration) {
        let ran = |running: &Running| now.saturating_sub(running.since);
        for row in &mut self.rows {
            // A test runs as long as there is one of that name that began then.
            let is_over = row.test.as_ref().is_some_and(|test| !run.running.iter().any(|other| is_same(test, other)));
            if is_over {
                row.test = None;
                row.bar.set_field("time", "");
                row.bar.set_field("name", "");
            }
        }
        // The oldest stand first in `running`.
        let mut waiting = 0;
        for test in run.running.iter().filter(|test| ran(test) >= SHOWN) {
            if self.rows.iter().any(|row| row.test.as_ref().is_some_and(|other| is_same(test, other))) {
                continue;
            }
            if self.rows.iter().all(|row| row.test.is_some()) && self.rows.len() < self.limit {
                self.rows.push(Row::new(manager));
                // It stays the last one.
                self.more = None;
            }
            match self.rows.iter_mut().find(|row| row.test.is_none()) {
                Some(row) => {
                    row.test = Some(test.clone());
                    row.shown = u64::MAX;
                }
                None => waiting += 1,
            }
        }
        for row in &mut self.rows {
            row.show(run, history, now);
        }
        self.show_more(manager, waiting);
    }

    fn show_more(&mut self, manager: &Manager, waiting: usize) {
        if waiting > 0 && self.limit > 0 {
            let more = self.more.get_or_insert_with(|| manager.status_bar().leave(false).add());
            more.set_text(format!("\x1b[2m        … {waiting} more\x1b[m"));
        } else if let Some(more) = &self.more {
            more.set_text("");
        }
    }
}

impl Row {
    fn new(manager: &Manager) -> Row {
        let format = status_format!("{time:>7} {name}{fill}", time, name);
        Row { bar: manager.status_bar().format(format).leave(false).add(), test: None, shown: u64::MAX }
    }

    fn show(&mut self, run: &Run, history: &History, now: Duration) {
        let Some(test) = &self.test else { return };
        let ran = now.saturating_sub(test.since);
        if self.shown == ran.as_secs() {
            return;
        }
        self.shown = ran.as_secs();
        let record = history.get(&run.suites[test.suite].name, &test.path);
        let note = note(ran, record, test.is_slow);
        let name = run.display_name(test.suite, &test.path);
        // Whole seconds: `HumanDuration` would round up.
        let time = HumanDuration(Duration::from_secs(ran.as_secs())).to_string();
        match note {
            Some(note) => {
                self.bar.set_field("time", format!("\x1b[33m{time}\x1b[m"));
                self.bar.set_field("name", format!("{name}  \x1b[33m{note}\x1b[m"));
            }
            None => {
                self.bar.set_field("time", time);
                self.bar.set_field("name", name);
            }
        }
    }
}

/// What is remarkable about the time that a test takes.
pub fn note(ran: Duration, record: Option<&Record>, is_slow: bool) -> Option<String> {
    match record.and_then(Record::range) {
        Some((_, usual)) if ran > usual * 3 + Duration::from_secs(1) => {
            Some(format!("slower than usual ({})", seconds(usual)))
        }
        Some((_, usual)) if usual > SLOW => None,
        _ => (is_slow || ran >= SLOW).then(|| "slow".to_owned()),
    }
}

/// A time with the digits that say something.
pub fn seconds(time: Duration) -> String {
    match time.as_secs_f64() {
        s if s < 9.95 => format!("{s:.1} s"),
        s if s < 59.5 => format!("{s:.0} s"),
        _ => HumanDuration(time).to_string(),
    }
}

fn is_same(test: &Running, other: &Running) -> bool {
    test.suite == other.suite && test.since == other.since && test.path == other.path
}
