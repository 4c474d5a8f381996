//! The display of one manager: the few calls that managers and bars make to an output.

use std::env;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;

use super::choice::{self, Choice, Request, Situation, Wording};
use super::json::JsonReporter;
use super::lines::{self, Destination};
use super::named::Output;
use super::plain::{Pace, PlainReporter, PlainSetup, Service};
use super::terminal::{self, Session, Setup, flush_stdio};
#[cfg(any(test, feature = "testing"))]
use super::terminal::{InMemorySuspension, InMemoryTerminal};
use crate::bars::{ManagerId, Roster};
use crate::cells::capabilities::Capabilities;
use crate::cells::charset::Charset;
use crate::cells::color::ColorDepth;
use crate::cells::motion::Motion;
use crate::sys::{self, Instant, Stream, StreamKind};
use crate::template::LineKind;

/// Steps of progress in percent, for people who read them and for people who listen.
const STEP: u8 = 10;
const STEP_IN_WORDS: u8 = 25;

/// Where a manager shows its bars.
#[derive(Debug)]
pub(crate) enum Display {
    /// On the terminal, in a region that all managers of the process share.
    Terminal(Arc<Session>),
    /// As plain lines, which all managers with the same destination share.
    Plain(Arc<lines::Session>),
    /// As lines of JSON, likewise.
    Json(Arc<lines::Session>),
    /// On a terminal in memory, which tests look at.
    #[cfg(any(test, feature = "testing"))]
    InMemory(Arc<InMemoryTerminal>),
}

/// What the settings of a manager say about outputs.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) request: Request,
    pub(crate) terminal: Setup,
    pub(crate) pace: Pace,
    /// The step of progress at which a bar says a plain line, in percent; none: as suits the wording.
    pub(crate) plain_step: Option<u8>,
    /// Time between two looks at the bars for JSON.
    pub(crate) json_interval: Duration,
    /// The colors; none: as the environment says.
    pub(crate) color_depth: Option<ColorDepth>,
    pub(crate) charset: Option<Charset>,
}

/// A suspension of the bars; ends when dropped.
pub(crate) enum Suspension {
    Terminal {
        #[expect(dead_code, reason = "held for its drop")]
        suspension: terminal::Suspension,
    },
    Lines {
        #[expect(dead_code, reason = "held for its drop")]
        suspension: lines::Suspension,
    },
    #[cfg(any(test, feature = "testing"))]
    InMemory {
        #[expect(dead_code, reason = "held for its drop")]
        suspension: InMemorySuspension,
    },
}

impl Display {
    /// Opens the output that the settings and the environment choose. Returns it with the stream of
    /// the bars: none if there is nothing that shows bars.
    pub(crate) fn open(settings: Settings) -> (Option<Display>, Option<Stream>) {
        let variable = |name: &str| match name {
            "TERM" => sys::term(),
            name => env::var(name).ok().filter(|value| !value.is_empty()),
        };
        let [stdout, stderr] = [Stream::Stdout, Stream::Stderr].map(kind);
        match choice::choose(&settings.request, &Situation { stdout, stderr, variable: &variable }) {
            Choice::Terminal(streams) => {
                let acquired = terminal::acquire(streams, settings.terminal);
                let stream = acquired.as_ref().map(|(_, stream)| *stream).or(streams.first().copied());
                (acquired.map(|(session, _)| Display::Terminal(session)), stream)
            }
            Choice::Plain(destination, wording) => {
                let stream = stream_of(&destination);
                let (kind, step) = match wording {
                    Wording::Figures => (LineKind::Plain, STEP),
                    Wording::Words => (LineKind::Words, STEP_IN_WORDS),
                };
                let setup = PlainSetup {
                    pace: settings.pace,
                    step: settings.plain_step.unwrap_or(step),
                    kind,
                    capabilities: settings.capabilities_of_lines(),
                    service: Service::of(&variable),
                };
                let session = lines::acquire(destination, || Box::new(PlainReporter::new(setup)));
                (session.map(Display::Plain), stream)
            }
            Choice::Json(destination) => {
                let stream = stream_of(&destination);
                let time = sys::unix_time().as_secs_f64();
                let new = || JsonReporter::new(settings.json_interval, time, Instant::now());
                let session = lines::acquire(destination, || Box::new(new()));
                (session.map(Display::Json), stream)
            }
            Choice::None => (None, settings.request.stream),
        }
    }

    /// Begins to use a terminal in memory.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) fn open_in_memory(terminal: Arc<InMemoryTerminal>, setup: Setup) -> Display {
        terminal.acquire(setup);
        Display::InMemory(terminal)
    }

    /// What kind of output it is.
    pub(crate) fn output(&self) -> Output {
        match self {
            Display::Terminal(_) => Output::Terminal,
            Display::Plain(_) => Output::Plain,
            Display::Json(_) => Output::Json,
            #[cfg(any(test, feature = "testing"))]
            Display::InMemory(_) => Output::Terminal,
        }
    }

    /// The time, on the clock of the display.
    pub(crate) fn now(&self) -> Instant {
        match self {
            Display::Terminal(_) | Display::Plain(_) | Display::Json(_) => Instant::now(),
            #[cfg(any(test, feature = "testing"))]
            Display::InMemory(terminal) => terminal.now(),
        }
    }

    /// Whether bars on both stand in one order.
    pub(crate) fn is_same(&self, other: &Display) -> bool {
        std::ptr::eq(self.roster(), other.roster())
    }

    /// The bars that are shown.
    pub(crate) fn roster(&self) -> &Mutex<Roster> {
        match self {
            Display::Terminal(session) => session.roster(),
            Display::Plain(session) | Display::Json(session) => session.roster(),
            #[cfg(any(test, feature = "testing"))]
            Display::InMemory(terminal) => terminal.roster(),
        }
    }

    /// Tells the output that a bar was added, removed or changed its row.
    pub(crate) fn wake(&self) {
        match self {
            Display::Terminal(session) => session.wake(),
            Display::Plain(session) | Display::Json(session) => session.wake(),
            #[cfg(any(test, feature = "testing"))]
            Display::InMemory(terminal) => terminal.wake(),
        }
    }

    /// The rows that there are for bars and output. Lines have no rows.
    pub(crate) fn height(&self) -> usize {
        match self {
            Display::Terminal(session) => session.height(),
            Display::Plain(_) | Display::Json(_) => usize::MAX,
            #[cfg(any(test, feature = "testing"))]
            Display::InMemory(terminal) => terminal.height(),
        }
    }

    /// Removes the bars and gives the streams back, or writes no lines, until the returned value is
    /// dropped.
    pub(crate) fn suspend(&self) -> Suspension {
        match self {
            Display::Terminal(session) => Suspension::Terminal { suspension: session.suspend() },
            Display::Plain(session) | Display::Json(session) => Suspension::Lines { suspension: session.suspend() },
            #[cfg(any(test, feature = "testing"))]
            Display::InMemory(terminal) => {
                terminal.suspend();
                Suspension::InMemory { suspension: InMemorySuspension(terminal.clone()) }
            }
        }
    }

    /// Ends the use of the output by one manager. Output that std and C still buffer is earlier output,
    /// and is flushed before. With the last manager, everything printed and the
    /// last frame are written.
    pub(crate) fn release(&self, manager: ManagerId) {
        match self {
            Display::Terminal(session) => {
                flush_stdio();
                terminal::release(session, manager);
            }
            Display::Plain(session) | Display::Json(session) => {
                flush_stdio();
                lines::release(session, manager);
            }
            #[cfg(any(test, feature = "testing"))]
            Display::InMemory(terminal) => terminal.release(manager),
        }
    }
}

impl Settings {
    /// What lines can show: colors only if they are forced.
    fn capabilities_of_lines(&self) -> Capabilities {
        let depth = self.color_depth.or_else(ColorDepth::forced_by_env).unwrap_or(ColorDepth::None);
        let charset = self.charset.unwrap_or_else(Charset::from_env);
        // A line that is written once does not move.
        Capabilities { depth, charset, motion: Motion::Full }
    }
}

/// What a stream leads to. A stream that is redirected to our terminal thread leads to bars,
/// whatever it looks like.
fn kind(stream: Stream) -> StreamKind {
    if terminal::is_reached_by(stream) { StreamKind::Intercepted } else { sys::stream_kind(stream) }
}

/// The stream that lines are written to.
fn stream_of(destination: &Destination) -> Option<Stream> {
    match destination {
        Destination::Stream(stream) => Some(*stream),
        Destination::File(_) | Destination::Path(_) => None,
    }
}
