//! The loop of the thread that writes lines.
//!
//! The thread takes no signals, so a reader that has gone is an error of the write and not SIGPIPE,
//! whatever the program has set. It never calls user code (see `output/fields`). While a write waits for a slow reader,
//! nothing is looked at and no line collects: the next lines say how it is then.

use std::io::ErrorKind;
use std::sync::Arc;

use parking_lot::Mutex;

use super::destination::{Destination, Sink};
use super::mailbox::{Mail, Mailbox, Request};
use super::reporter::{Lines, Reporter};
use crate::bars::{Bar, LastLine, Roster, Scope};
use crate::output::fields;
use crate::sys::Instant;

pub(super) struct Thread {
    pub(super) mailbox: Arc<Mailbox>,
    pub(super) roster: Arc<Mutex<Roster>>,
    pub(super) reporter: Box<dyn Reporter>,
    pub(super) destination: Destination,
}

/// Whether lines can still be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    There,
    Gone,
}

impl Thread {
    /// Runs until the last manager stops, or the reader has gone.
    pub(super) fn run(mut self) {
        let mut lines = Lines::default();
        let Ok(sink) = self.destination.open() else { return };
        loop {
            let mail = self.mailbox.wait(self.reporter.next_look(Instant::now()));
            let computed = self.roster.lock().with_computed(Scope::All);
            fields::refresh(&computed, Instant::now());
            let now = Instant::now();
            let mut newcomers = self.roster.lock().take_newcomers();
            self.reporter.add(&mut newcomers.drain(..), now, &mut lines);
            let number = match mail {
                Mail::Look => {
                    self.reporter.look(now, &mut lines);
                    None
                }
                Mail::Request(number, request) => {
                    self.reporter.look(now, &mut lines);
                    let scope = match request {
                        Request::RemoveManager(manager) => Scope::Manager(manager),
                        Request::Stop => Scope::All,
                    };
                    self.end(scope, now, &mut lines);
                    Some((number, request))
                }
            };
            let reader = write(&sink, &lines);
            lines.clear();
            if let Some((number, _)) = number {
                self.mailbox.complete(number);
            }
            if reader == Reader::Gone || matches!(number, Some((_, Request::Stop))) {
                return;
            }
        }
    }

    fn end(&mut self, scope: Scope, now: Instant, lines: &mut Lines) {
        let staying = self.roster.lock().remove_bars(scope);
        let bar = |last| match last {
            LastLine::Bar(bar) | LastLine::Single(bar) => Some(bar),
            LastLine::Finished(_) => None,
        };
        let staying: Vec<Arc<Bar>> = staying.into_iter().filter_map(bar).collect();
        self.reporter.end(scope, &staying, now, lines);
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        // Nobody will take the newcomers any more.
        self.roster.lock().ignore_newcomers();
        self.mailbox.close();
    }
}

fn write(sink: &Sink, lines: &Lines) -> Reader {
    for piece in lines.pieces() {
        match sink.write(piece) {
            Ok(()) => {}
            Err(err) if matches!(err.kind(), ErrorKind::BrokenPipe | ErrorKind::NotConnected) => return Reader::Gone,
            // A full disk may have room again.
            Err(_) => {}
        }
    }
    Reader::There
}
