//! The thread that owns the terminal. Nobody else writes to it.
//!
//! It waits for whatever can happen ([`Event`]), keeps in mind what has to be shown, and writes at most one frame per tick: the
//! text that came since the last one and the bars, in one piece. It never calls code of the user's, never prints, and never
//! asks the terminal anything whose answer would arrive on the program's stdin.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use super::Shared;
use super::above::Above;
use super::event::{Event, Request};
use super::foot::{Foot, Motion, View};
use super::margins::Margins;
use super::outbox::Outbox;
use super::pace::{Pace, UNWANTED};
use super::picture::Picture;
use super::region::Region;
use super::terminal::Terminal;
use crate::bars::Change;
use crate::sys::{Interceptor, Signal, Signals, Size, Tty, readable, wait, writable};

/// With this much text waiting, a frame is written before its time, and nothing more is read before that.
const BULK: usize = 64 * 1024;

pub(crate) struct Thread {
    pub(super) shared: Arc<Shared>,
    pub(super) tty: Tty,
    pub(super) interceptor: Option<Interceptor>,
    pub(super) signals: Option<Signals>,
    pub(super) above: Above,
    pub(super) foot: Box<dyn Foot>,
    pub(super) picture: Picture,
    pace: Pace,
    pub(super) outbox: Outbox,
    size: Size,
    motion: Motion,
    /// Whether the terminal made a carriage return and a line feed of a line feed when it was written to last.
    cooked: bool,
    /// Bytes typed on the terminal that nobody has read.
    unread: usize,
    /// Since when keys lie about that a child may want elsewhere.
    keys: Option<Instant>,
    /// How many have borrowed the terminal and not given it back.
    pub(super) lent: usize,
    pub(super) passing: Passing,
    pub(super) due: Due,
    pub(super) mark: Mark,
    /// What a signal asks for, once nothing else is under way.
    pub(super) asked: Option<Signal>,
    pub(super) life: Life,
}

/// How text goes to the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passing {
    /// In frames, with the bars.
    Framed,
    /// As it comes: the program shows the alternate screen, or is in the middle of an endless sequence.
    Raw,
    /// As it comes too: another job has the terminal, or it is lent, and bars would stand among what others show.
    Background,
    /// Not yet: all of it is wanted first, if it is not too much.
    Kept,
}

/// Whether there is a reason to paint before the next look at the bars; the later ones are the more urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// None.
    Later,
    /// The bars have changed in some way that was said: at the next tick.
    Tick,
    /// The window has changed: at once.
    Now,
}

/// Whether we wait for our own mark at the end of what was printed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// No.
    Nowhere,
    /// It is on its way.
    Written,
    /// It has come, and with it everything that was printed before.
    Reached,
}

/// Whether the program goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    /// It does.
    Going,
    /// A signal has ended it; until then it may have its last words. The next signal ends them too.
    Ending(Instant),
}

impl Thread {
    pub(crate) fn new(
        shared: Arc<Shared>,
        tty: Tty,
        interceptor: Option<Interceptor>,
        signals: Option<Signals>,
        picture: Picture,
        interval: Duration,
    ) -> Thread {
        let (size, cooked) = (tty.size(), tty.ends_lines());
        let above = Above::new(size.cols);
        // What does not come to us is kept apart by the terminal.
        let foot: Box<dyn Foot> = match interceptor {
            Some(_) => Box::new(Region::new(above.caret().clone(), Terminal::from_env())),
            None => Box::new(Margins::new()),
        };
        let outbox = Outbox::new(&tty, &shared);
        Thread {
            shared,
            tty,
            interceptor,
            signals,
            above,
            foot,
            picture,
            pace: Pace::new(interval, Instant::now()),
            outbox,
            size,
            motion: Motion::Still,
            cooked,
            unread: 0,
            keys: None,
            lent: 0,
            passing: Passing::Framed,
            due: Due::Tick,
            mark: Mark::Nowhere,
            asked: None,
            life: Life::Going,
        }
    }

    /// Works until it is told to stop, and after that for as long as children still print.
    pub(crate) fn run(mut self) {
        loop {
            self.obey();
            let Some((ticket, request)) = self.shared.next_request() else {
                self.turn(None);
                continue;
            };
            match request {
                Request::Sync => self.sync(),
                Request::Lend => self.lend(),
                Request::TakeBack => self.take_back(),
                Request::Retire(owner) => self.retire(owner),
                Request::Stop(ending) => {
                    let interceptor = self.stop(ending);
                    self.obey();
                    // Handlers and descriptors are put back before anybody is told that we are done.
                    drop(self.signals.take());
                    let held = interceptor.and_then(Interceptor::held_by_others);
                    self.shared.serve(ticket);
                    self.shared.close();
                    if let Some(interceptor) = held {
                        interceptor.pass_on();
                    }
                    return;
                }
            }
            self.shared.serve(ticket);
        }
    }

    /// One round: writes a frame if one is due, waits for something to happen, and takes it in.
    pub(super) fn turn(&mut self, until: Option<Instant>) {
        if self.tty.is_typing_set() {
            self.follow_typing();
        }
        self.paint_if_due(Instant::now());
        let deadline = earliest(&[until, self.next_deadline(Instant::now())]);
        for event in self.wait(deadline).into_iter().flatten() {
            match event {
                Event::Output => self.read(),
                Event::Writable => self.outbox.flush(&self.tty),
                Event::Signal(Signal::Resized) => self.due = Due::Now,
                Event::Signal(signal) => self.note(signal),
                Event::Woken => {
                    self.shared.waker.rest();
                    self.outbox.flush(&self.tty);
                    self.due = self.due.max(Due::Tick);
                }
            }
        }
    }

    fn wait(&mut self, deadline: Option<Instant>) -> [Option<Event>; 4] {
        // A terminal that takes nothing stops the program too, as it would without us.
        let thirsty = self.above.waiting() < BULK;
        let output = self.interceptor.as_ref().filter(|_| thirsty).and_then(readable);
        let terminal = Some(&self.tty).filter(|_| self.outbox.waits_for_terminal()).and_then(writable);
        let signals = self.signals.as_ref().and_then(readable);
        let [output, terminal, signals, woken] =
            wait([output, terminal, signals, readable(&self.shared.waker)], deadline);
        let signal = if signals { self.signals.as_ref().and_then(Signals::next) } else { None };
        [
            signal.map(Event::Signal),
            output.then_some(Event::Output),
            terminal.then_some(Event::Writable),
            woken.then_some(Event::Woken),
        ]
    }

    /// When there will be something to do even if nothing happens.
    fn next_deadline(&self, now: Instant) -> Option<Instant> {
        if !self.outbox.is_empty() {
            return None; // not before the terminal has taken what it has been given
        }
        // While everything is wanted first, nothing is painted.
        let paints = self.passing != Passing::Kept;
        let text = !self.above.ready().is_empty() && paints;
        let text = text.then(|| self.pace.next_text(now));
        let frame = (self.due == Due::Tick && paints).then(|| self.pace.next_frame(now));
        let look = (!self.picture.rows().is_empty() && paints).then(|| self.pace.next_look());
        let keys = self.tty.is_typing_set().then(|| now + UNWANTED);
        let patience = self.pace.gives_up().filter(|_| self.mark == Mark::Nowhere);
        earliest(&[text, frame, look, self.pace.settles(), patience, keys])
    }

    fn paint_if_due(&mut self, now: Instant) {
        if !self.outbox.is_empty() {
            return;
        }
        if self.pace.gives_up().is_some_and(|at| now >= at) && self.mark == Mark::Nowhere {
            self.above.give_up();
            self.pace.cut(false, now);
        }
        // The same measure by which `read` stops: either more is read, or something is passed on.
        let full = self.above.waiting() >= BULK;
        if self.passing == Passing::Kept && !full {
            return;
        }
        let due = match self.due {
            Due::Now => true,
            _ if full => true,
            _ if !self.above.ready().is_empty() && now >= self.pace.next_text(now) => true,
            Due::Tick => now >= self.pace.next_frame(now),
            Due::Later => false,
        };
        let looks = !self.picture.rows().is_empty() && now >= self.pace.next_look();
        let settles = self.pace.settles().is_some_and(|at| now >= at);
        if due || looks || settles {
            self.paint(now);
        }
    }

    /// Writes a frame, or nothing if nothing has changed.
    pub(super) fn paint(&mut self, now: Instant) {
        let size = self.tty.size();
        if size != self.size || self.due == Due::Now {
            self.resized(size, now);
        } else if self.pace.settles().is_some_and(|at| now >= at) {
            self.pace.settled();
            self.motion = Motion::Still;
            self.foot.distrust();
        }
        let unread = self.tty.unread();
        if unread > self.unread {
            self.foot.wandered();
        }
        self.unread = unread;
        if self.pace.heals(now) {
            self.foot.heal();
        }
        self.due = Due::Later;
        let foreground = self.lent == 0 && self.tty.is_ours();
        if foreground && self.passing == Passing::Background {
            self.passing = Passing::Framed;
            self.come_back();
        }
        let view = self.view();
        let caret = self.above.caret();
        // What a program prints right before it asks for raw mode must not be without its carriage returns because it is slower
        // on its way than the request.
        let cooked = std::mem::replace(&mut self.cooked, self.tty.ends_lines());
        let text = match cooked && !self.cooked {
            true => Cow::Owned(with_carriage_returns(self.above.ready())),
            false => Cow::Borrowed(self.above.ready()),
        };
        let text = text.as_ref();
        let raw = self.above.is_full_screen() || !self.above.is_between();
        // The frames that a flood of text asks for come faster than the bars are looked at.
        let looks = self.above.waiting() < BULK || now >= self.pace.next_look();
        let out = self.outbox.room();
        match self.passing {
            _ if !foreground => {
                out.extend_from_slice(text);
                self.passing = Passing::Background;
            }
            Passing::Raw if raw => out.extend_from_slice(text),
            Passing::Raw => {
                out.extend_from_slice(text);
                self.passing = Passing::Framed;
                self.foot.distrust();
                let rows = self.picture.draw(&self.shared.roster, view, now, true);
                self.foot.paint(out, b"", caret, rows, view);
            }
            _ if raw => {
                self.foot.paint(out, text, caret, &[], view);
                self.passing = Passing::Raw;
            }
            _ => {
                let rows = self.picture.draw(&self.shared.roster, view, now, looks);
                self.foot.paint(out, text, caret, rows, view);
            }
        }
        if !text.is_empty() {
            self.pace.passed(now);
        }
        if !text.is_empty() || self.picture.news() == Change::Content {
            self.pace.stirred(now);
        }
        self.above.passed();
        if looks {
            self.pace.looked(now);
        }
        if !self.outbox.is_empty() {
            self.pace.painted(now);
            self.outbox.flush(&self.tty);
        }
    }

    fn resized(&mut self, size: Size, now: Instant) {
        self.motion = self.motion.max(Motion::between(self.size, size));
        self.size = size;
        self.shared.height.store(size.rows, Relaxed);
        self.foot.resized();
        self.above.resized(size.cols);
        self.pace.resized(now);
        if let Some(interceptor) = &self.interceptor {
            interceptor.resize(size);
        }
    }

    pub(super) fn view(&self) -> View {
        View { size: self.size, motion: self.motion, in_transit: self.pace.in_transit(Instant::now()) }
    }

    /// Takes in what the program printed, as far as there is room.
    pub(super) fn read(&mut self) {
        let Some(interceptor) = &self.interceptor else { return };
        let mut buf = [0; 16 * 1024];
        while self.above.waiting() < BULK {
            match interceptor.read(&mut buf) {
                Ok(0) => {
                    // Nobody is left who could print, not even ourselves.
                    self.interceptor = None;
                    break;
                }
                Ok(n) if self.mark == Mark::Written => {
                    if self.above.feed_until(&buf[..n], &self.shared.mark) {
                        self.mark = Mark::Reached;
                        break;
                    }
                }
                Ok(n) => self.above.feed(&buf[..n]),
                Err(_) => break,
            }
        }
        self.pace.cut(self.above.is_cut(), Instant::now());
        self.follow_typing();
    }

    /// Where a child has asked for single keys or no echo on what it takes for the terminal, the terminal does as it is asked.
    fn follow_typing(&mut self) {
        match self.interceptor.as_mut().and_then(Interceptor::typing_changed) {
            Some(Some(typing)) => self.tty.set_typing(typing),
            Some(None) => self.tty.restore_typing(),
            None => {}
        }
        self.hand_over_keys(Instant::now());
    }

    /// Such a child reads keys from stdin, as most do, or from where it has asked. In the second case they lie about on stdin, and
    /// are handed over.
    fn hand_over_keys(&mut self, now: Instant) {
        if !self.tty.is_typing_set() || self.tty.unread() == 0 {
            self.keys = None;
            return;
        }
        let since = *self.keys.get_or_insert(now);
        if now.saturating_duration_since(since) < UNWANTED {
            return;
        }
        self.keys = None;
        let mut keys = [0; 256];
        if let (Some(interceptor), Ok(n)) = (&self.interceptor, self.tty.read(&mut keys)) {
            interceptor.type_in(&keys[..n]);
        }
    }
}

/// As a terminal would have made it that is not in raw mode.
fn with_carriage_returns(text: &[u8]) -> Vec<u8> {
    let mut lines = text.split(|byte| *byte == b'\n');
    let mut out = lines.next().unwrap_or_default().to_vec();
    for line in lines {
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(line);
    }
    out
}

fn earliest(times: &[Option<Instant>]) -> Option<Instant> {
    times.iter().flatten().min().copied()
}
