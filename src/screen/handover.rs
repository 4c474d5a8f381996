//! How the terminal changes hands: lent, left to the shell, given back.
//!
//! Whatever the way, what was printed before is on the terminal first, and it is known that it is: see [`Thread::drain`].

use std::time::{Duration, Instant};

use super::event::Ending;
use super::foot::View;
use super::thread::{Due, Life, Mark, Passing, Thread};
use crate::bars::ManagerId;
use crate::paint::ansi::{self, Edit};
use crate::sys::{Interceptor, Signal, Signals};

/// A program that is being killed does not wait longer than this for a terminal that takes nothing.
const LAST_WORDS: Duration = Duration::from_millis(300);

impl Thread {
    /// Takes note of what a signal asks for, if that is up to us. It is done when nothing else is under way: see
    /// [`obey`](Self::obey).
    pub(super) fn note(&mut self, signal: Signal) {
        let Some(signals) = &self.signals else { return };
        match signal {
            Signal::Resized => {}
            Signal::Suspend => self.asked = self.asked.or(Some(signal)),
            Signal::Fatal(number) if !signals.is_ours(number) => {} // somebody else handles it
            Signal::Fatal(number) if self.life != Life::Going => signals.die(number),
            Signal::Fatal(_) | Signal::Crash => {
                self.asked = Some(signal);
                if self.life == Life::Going {
                    self.life = Life::Ending(Instant::now() + LAST_WORDS);
                }
            }
        }
    }

    /// Does what a signal has asked for.
    pub(super) fn obey(&mut self) {
        while let Some(signal) = self.asked.take() {
            match signal {
                Signal::Resized => {}
                Signal::Suspend => self.suspend(),
                Signal::Fatal(_) | Signal::Crash => {
                    self.last_words();
                    match (&self.signals, signal) {
                        (Some(signals), Signal::Fatal(number)) => signals.die(number),
                        (Some(signals), _) => signals.let_die(),
                        (None, _) => {}
                    }
                }
            }
        }
    }

    /// The program is about to die: everything printed and the last frame, as far as there is time.
    fn last_words(&mut self) {
        self.drain();
        self.last_frame(Ending::Leave);
        self.flush();
    }

    /// It is too late for what would take long.
    fn must_hurry(&self) -> bool {
        self.last_moment().is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Ctrl-Z: everything printed is on the terminal and the bars are gone, so that the shell finds a clean screen; then the
    /// program is stopped. When it goes on, whatever the shell has left is there, and no time has passed.
    fn suspend(&mut self) {
        if !self.signals.as_ref().is_some_and(Signals::may_suspend) {
            return; // somebody else handles it
        }
        self.clear_the_stage();
        let begun = Instant::now();
        if let Some(signals) = &self.signals {
            signals.suspend();
        }
        self.shared.roster.lock().discount(begun.elapsed());
        self.come_back();
    }

    /// The streams lead to the terminal itself until they are taken back.
    pub(super) fn lend(&mut self) {
        self.lent += 1;
        if self.lent == 1 {
            self.clear_the_stage();
            if let Some(interceptor) = &mut self.interceptor {
                interceptor.give_back();
            }
            self.sync();
        }
    }

    /// They lead to us again, once the last who borrowed the terminal has given it back.
    pub(super) fn take_back(&mut self) {
        self.lent = self.lent.saturating_sub(1);
        if self.lent == 0 {
            if let Some(interceptor) = &mut self.interceptor {
                interceptor.exchange(&self.tty);
            }
            self.due = Due::Tick;
        }
    }

    /// Everything printed is on the terminal, and the bars are not.
    fn clear_the_stage(&mut self) {
        self.drain();
        self.flush();
        let view = self.view();
        self.foot.finish(self.outbox.room(), self.above.ready(), self.above.caret(), &[], view);
        self.above.passed();
        self.flush();
        self.above.resume();
    }

    /// Somebody else had the terminal: nobody knows what stands where.
    pub(super) fn come_back(&mut self) {
        self.above.returned();
        self.foot.returned();
        self.due = Due::Tick;
    }

    /// Everything printed until now is on the terminal when this returns.
    pub(super) fn sync(&mut self) {
        self.drain();
        self.flush();
        self.paint(Instant::now());
        self.flush();
        self.above.resume();
    }

    /// Reads until our own mark comes, so that everything printed before is known.
    fn drain(&mut self) {
        let Some(interceptor) = &self.interceptor else { return };
        let Ok(writer) = interceptor.mark(&self.shared.mark) else {
            return; // what is there will be read as ever
        };
        self.mark = Mark::Written;
        while self.mark == Mark::Written && self.interceptor.is_some() && !self.must_hurry() {
            self.turn(self.last_moment());
        }
        // One that was not waited for to the end may still be on its way; then this one's writer waits for us.
        if self.mark == Mark::Reached && self.life == Life::Going {
            let _ = writer.join();
        }
        self.mark = Mark::Nowhere;
        self.above.give_up();
    }

    /// Waits until the terminal has taken everything.
    #[inline(never)]
    fn flush(&mut self) {
        self.outbox.flush(&self.tty);
        while !self.outbox.is_empty() && !self.must_hurry() {
            self.turn(self.last_moment());
        }
    }

    fn last_moment(&self) -> Option<Instant> {
        match self.life {
            Life::Going => None,
            Life::Ending(deadline) => Some(deadline),
        }
    }

    /// The bars of a manager that ends become lines above those of the others.
    pub(super) fn retire(&mut self, owner: ManagerId) {
        self.sync();
        let bars = self.shared.roster.lock().remove_manager(Some(owner));
        let lines = self.picture.lines(&bars, self.view());
        let mut text = Vec::new();
        for line in &lines {
            if text.is_empty() && self.above.caret().is_open() {
                Edit::NewLine.put(&mut text);
            }
            ansi::line(&mut text, line);
            Edit::NewLine.put(&mut text);
        }
        self.above.feed(&text);
        self.paint(Instant::now());
        self.flush();
    }

    /// The end: everything that was printed, the last frame, then the streams go back to the terminal.
    ///
    /// In this order: were the streams given back first, what other threads print meanwhile would land among the bars. What they
    /// print between the last frame and the giving back follows in one piece.
    pub(super) fn stop(&mut self, ending: Ending) -> Option<Interceptor> {
        self.drain();
        self.flush();
        self.last_frame(ending);
        self.flush();
        self.passing = Passing::Kept;
        self.above.resume();
        self.read();
        if let Some(interceptor) = &mut self.interceptor {
            interceptor.give_back();
        }
        self.drain();
        self.passing = Passing::Framed;
        // Nothing more is read here: what children still print is for `pass_on`.
        let interceptor = self.interceptor.take();
        self.flush();
        while self.above.waiting() > 0 {
            self.above.resume();
            self.above.give_up();
            self.paint(Instant::now());
            self.flush();
        }
        interceptor
    }

    /// Puts the last frame into the outbox; from now on there are no bars.
    fn last_frame(&mut self, ending: Ending) {
        self.tty.restore_typing();
        let bars = self.shared.roster.lock().remove_manager(None);
        let rows = match ending {
            Ending::Leave => self.picture.lines(&bars, self.view()),
            Ending::Clear => Vec::new(),
        };
        let view = View { size: self.tty.size(), ..self.view() };
        let out = self.outbox.room();
        self.foot.finish(out, self.above.ready(), self.above.caret(), &rows, view);
        self.above.passed();
    }
}
