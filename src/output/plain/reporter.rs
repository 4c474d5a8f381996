//! What plain lines say: which bars speak, and how.

use std::sync::Arc;
use std::time::Duration;

use super::budget::Budget;
use super::crowd::Crowd;
use super::pace::{Activity, History, Moment, Pace};
use super::service::{self, Service};
use crate::bars::{Bar, BarRenderer, Entry, Id, Scope};
use crate::cells::ansi;
use crate::cells::capabilities::Capabilities;
use crate::cells::color::ColorDepth;
use crate::cells::line::Line;
use crate::output::lines::{Lines, Reporter, Tracked};
use crate::state::snapshot::{Snapshot, Subject};
use crate::sys::Instant;
use crate::template::LineKind;

/// The most bars that speak for themselves at the same time, the oldest ones: as many as the budget
/// allows to speak every half minute. If there are more, one line less is left for them.
const SPEAKERS: usize = 5;

/// The most bars that say a last line of their own when all end at the same time.
const LAST_SPEAKERS: usize = 8;

/// Time between two looks at the bars.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How plain lines are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlainSetup {
    pub(crate) pace: Pace,
    /// The step of progress at which a bar says something, in percent of its total.
    pub(crate) step: u8,
    pub(crate) kind: LineKind,
    pub(crate) capabilities: Capabilities,
    pub(crate) service: Service,
}

pub(crate) struct PlainReporter {
    setup: PlainSetup,
    renderer: BarRenderer,
    line: Line,
    /// All bars that are not closed, oldest first.
    bars: Tracked<Speaker>,
    budget: Budget,
    /// Bars that have ended without a line of their own.
    ended: Crowd,
    ended_said: Option<Instant>,
    crowd_said: Option<Instant>,
    /// The lines of this look, their number, and the bars that they are about.
    report: String,
    reported: usize,
    reported_bars: Crowd,
}

/// A bar, and what it has said.
struct Speaker {
    entry: Entry,
    history: History,
    last_line: String,
}

/// Whether a last line counts against the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Allowance {
    /// It does: more lines will follow.
    Budget,
    /// So many last lines are written in any case: nothing follows.
    Lines(usize),
}

impl PlainReporter {
    pub(crate) fn new(setup: PlainSetup) -> PlainReporter {
        PlainReporter {
            setup,
            renderer: BarRenderer::new(setup.capabilities),
            line: Line::default(),
            bars: Tracked::new(),
            budget: Budget::new(),
            ended: Crowd::default(),
            ended_said: None,
            crowd_said: None,
            report: String::new(),
            reported: 0,
            reported_bars: Crowd::default(),
        }
    }

    /// Lets the oldest bars speak for themselves, and sums up the others.
    fn look_at_open(&mut self, now: Instant) {
        let mut crowd = Crowd::default();
        let at_work = self.bars.iter().filter(|speaker| !speaker.history.ends_finished()).count();
        let most = if at_work > SPEAKERS { SPEAKERS - 1 } else { SPEAKERS };
        let mut speakers = 0;
        let mut bars = std::mem::replace(&mut self.bars, Tracked::new());
        for speaker in bars.iter_mut() {
            let bar = &speaker.entry.bar;
            if bar.is_hidden() {
                continue;
            }
            let Some(snapshot) = self.renderer.snapshot(bar, now) else { continue };
            let moment = moment(bar, snapshot);
            if speaker.history.is_over(moment) {
                continue;
            }
            let is_due = self.setup.pace.is_due(self.setup.step, speaker.history, moment, now);
            speakers += 1;
            if speakers > most {
                // Bars that are as young as that are not spoken of.
                if is_due || matches!(speaker.history, History::Said(..)) {
                    crowd.add(snapshot);
                }
            } else if is_due && self.budget.take(now) {
                let subject = match moment.activity {
                    Activity::Finished => service::Subject::End,
                    _ => service::Subject::Progress,
                };
                self.reported_bars.add(snapshot);
                speaker.history = History::Said(now, moment);
                self.say(speaker, subject);
            }
        }
        self.bars = bars;
        let due = |said: Option<Instant>| {
            said.is_none_or(|said| now.saturating_duration_since(said) >= self.setup.pace.interval)
        };
        if !crowd.is_empty() && due(self.crowd_said) && self.budget.take(now) {
            self.crowd_said = Some(now);
            let mut text = String::new();
            crowd.write(&mut text, self.setup.kind);
            self.report_line(&text, service::Subject::Progress);
        }
    }

    /// Lets the bars of `ending` say their last lines.
    fn say_last(
        &mut self,
        ending: Vec<(Id, Speaker)>,
        stays: &dyn Fn(&Speaker) -> Stays,
        now: Instant,
        mut allowance: Allowance,
    ) {
        for (_, mut speaker) in ending {
            let has_spoken = matches!(speaker.history, History::Said(..));
            if !has_spoken && stays(&speaker) == Stays::No {
                continue;
            }
            let Some(snapshot) = self.renderer.snapshot(&speaker.entry.bar, now) else { continue };
            let allowed = match &mut allowance {
                Allowance::Lines(lines) => {
                    let some = *lines > 0;
                    *lines = lines.saturating_sub(1);
                    some
                }
                Allowance::Budget if has_spoken => self.budget.take(now),
                Allowance::Budget => self.budget.take_spare(now),
            };
            if allowed {
                self.reported_bars.add(snapshot);
                self.renderer.mark_finished();
                self.say(&mut speaker, service::Subject::End);
            } else {
                self.ended.add(snapshot);
            }
        }
    }

    /// Says how many bars have ended without a line of their own.
    fn say_ended(&mut self, now: Instant, allowance: Allowance) {
        if self.ended.is_empty() {
            return; // takes no line of the budget
        }
        let pause = self.setup.pace.interval / 3;
        let due = self.ended_said.is_none_or(|said| now.saturating_duration_since(said) >= pause);
        let allowed = allowance != Allowance::Budget || (due && self.budget.take_spare(now));
        if allowed {
            self.ended_said = Some(now);
            let mut text = String::new();
            std::mem::take(&mut self.ended).write_ended(&mut text);
            self.report_line(&text, service::Subject::End);
        }
    }

    /// Says how the bar of the last snapshot is. Says nothing twice.
    fn say(&mut self, speaker: &mut Speaker, subject: service::Subject) {
        self.renderer.render_plain(self.setup.kind, &mut self.line);
        let text = match self.setup.capabilities.depth {
            ColorDepth::None => self.line.to_string(),
            _ => {
                let mut bytes = Vec::new();
                ansi::encode_line(&mut bytes, &self.line);
                String::from_utf8(bytes).unwrap_or_default()
            }
        };
        // A picture that was left out leaves its blank.
        let text = if self.setup.kind == LineKind::Words { text.trim() } else { text.trim_end() };
        if !text.trim_start().is_empty() && text != speaker.last_line {
            speaker.last_line.clear();
            speaker.last_line.push_str(text);
            self.report_line(text, subject);
        }
    }

    fn report_line(&mut self, text: &str, subject: service::Subject) {
        self.setup.service.write_line(&mut self.report, text, subject);
        self.reported += 1;
    }

    /// Moves the lines of this look to `lines`.
    fn finish_report(&mut self, lines: &mut Lines) {
        let mut title = String::new();
        std::mem::take(&mut self.reported_bars).write_title(&mut title);
        if let Some((begin, end)) = self.setup.service.fold(self.reported, &title) {
            for part in [&begin, self.report.as_str(), end] {
                lines.buffer().extend_from_slice(part.as_bytes());
            }
            lines.end_piece();
        } else {
            for line in self.report.split_inclusive('\n') {
                lines.buffer().extend_from_slice(line.as_bytes());
                lines.end_piece();
            }
        }
        self.report.clear();
        self.reported = 0;
    }
}

/// Whether a bar would stay on a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stays {
    Yes,
    No,
}

impl From<bool> for Stays {
    fn from(stays: bool) -> Stays {
        if stays { Stays::Yes } else { Stays::No }
    }
}

impl Reporter for PlainReporter {
    fn add(&mut self, bars: &mut dyn Iterator<Item = Entry>, now: Instant, _lines: &mut Lines) {
        for entry in bars {
            // A bar that is opened again begins anew.
            self.bars.insert(entry.id, Speaker { entry, history: History::Silent(now), last_line: String::new() });
        }
    }

    fn look(&mut self, now: Instant, lines: &mut Lines) {
        let closed = self.bars.take(|speaker| speaker.entry.bar.is_closed());
        let stays = |speaker: &Speaker| Stays::from(speaker.entry.bar.stays() && !speaker.entry.bar.is_hidden());
        self.say_last(closed, &stays, now, Allowance::Budget);
        self.look_at_open(now);
        self.say_ended(now, Allowance::Budget);
        self.finish_report(lines);
    }

    fn next_look(&self, now: Instant) -> Option<Instant> {
        (!self.bars.is_empty() || !self.ended.is_empty()).then(|| now + LOOK_EVERY)
    }

    fn end(&mut self, scope: Scope, staying: &[Arc<Bar>], now: Instant, lines: &mut Lines) {
        let ending = self.bars.take(|speaker| scope.has(speaker.entry.manager));
        let mut staying: Vec<*const Bar> = staying.iter().map(Arc::as_ptr).collect();
        staying.sort_unstable();
        let stays = |speaker: &Speaker| Stays::from(staying.binary_search(&Arc::as_ptr(&speaker.entry.bar)).is_ok());
        self.say_last(ending, &stays, now, Allowance::Lines(LAST_SPEAKERS));
        self.say_ended(now, Allowance::Lines(1));
        self.finish_report(lines);
    }
}

/// What matters of a bar.
fn moment(bar: &Bar, snapshot: &Snapshot) -> Moment {
    let (progress, failed) = match &snapshot.subject {
        Subject::Count(counter) => (counter.share(), counter.has_failed()),
        Subject::Status(_) => (None, false),
    };
    let activity = match &snapshot.subject {
        _ if snapshot.finished => Activity::Finished,
        Subject::Status(_) => Activity::Status,
        Subject::Count(_) if bar.is_paused() => Activity::Paused,
        Subject::Count(_) => Activity::Counting,
    };
    Moment { activity, progress, failed, revision: bar.revision() }
}
