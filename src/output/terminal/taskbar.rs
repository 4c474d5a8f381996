//! The progress on the taskbar, or on the tab of the terminal: when it is written.

use std::time::Duration;

use crate::cells::ansi::TermOp;
use crate::cells::taskbar_state::TaskbarState;
use crate::sys::Instant;

/// Time between two looks at all bars for the taskbar.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What the terminal does with progress for the taskbar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaskbarSupport {
    /// It is not known to take it: some terminals show a notification instead.
    None,
    /// It keeps what it was told.
    Kept,
    /// It forgets what it was told after some seconds.
    Forgotten,
}

impl TaskbarSupport {
    /// What is known of the terminal by its variables.
    pub(crate) fn from_env() -> TaskbarSupport {
        TaskbarSupport::of(anstyle_progress::supports_term_progress(true), &|name| std::env::var(name).ok())
    }

    fn of(is_known: bool, variable: &dyn Fn(&str) -> Option<String>) -> TaskbarSupport {
        let program = variable("TERM_PROGRAM").unwrap_or_default();
        // Ghostty hides the progress after 15 s: <https://ghostty.org/docs/install/release-notes/1-2-0>.
        // tmux forwards it, perhaps to Ghostty.
        if is_known && (matches!(program.as_str(), "ghostty" | "tmux") || is(variable, "TERM", "xterm-ghostty")) {
            return TaskbarSupport::Forgotten;
        }
        // VTE reads the sequence since 0.79, and the terminals that are made with it show it or not.
        let vte = variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok());
        // kitty shows a bar since 0.47; before 0.38 it showed a notification. It has a version only
        // if the user has set it up so.
        let version = variable("TERM_PROGRAM_VERSION").unwrap_or_default();
        let kitty = program == "kitty" && major_minor(&version) >= Some((0, 47));
        match is_known || kitty || vte.is_some_and(|version| version >= 7900) {
            true => TaskbarSupport::Kept,
            false => TaskbarSupport::None,
        }
    }
}

fn is(variable: &dyn Fn(&str) -> Option<String>, name: &str, value: &str) -> bool {
    variable(name).as_deref() == Some(value)
}

fn major_minor(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

/// What the taskbar shows, and when to look again.
#[derive(Debug)]
pub(crate) struct Taskbar {
    support: TaskbarSupport,
    shown: TaskbarState,
    last_look: Option<Instant>,
}

impl Taskbar {
    pub(crate) fn new(support: TaskbarSupport) -> Taskbar {
        Taskbar { support, shown: TaskbarState::Removed, last_look: None }
    }

    /// When to look at all bars next, while the taskbar shows something.
    pub(crate) fn next_look(&self) -> Option<Instant> {
        self.last_look.filter(|_| self.shown != TaskbarState::Removed).map(|last| last + LOOK_EVERY)
    }

    /// Whether it is time to look at all bars. True once, then not again for a while.
    pub(crate) fn take_look(&mut self, now: Instant) -> bool {
        let due = self.last_look.is_none_or(|last| now.saturating_duration_since(last) >= LOOK_EVERY);
        if due {
            self.last_look = Some(now);
        }
        due && self.support != TaskbarSupport::None
    }

    /// Appends what makes the taskbar show `state`, if it does not or may have forgotten it.
    pub(crate) fn show(&mut self, state: TaskbarState, out: &mut Vec<u8>) {
        let forgotten = self.support == TaskbarSupport::Forgotten && state != TaskbarState::Removed;
        if self.shown != state || forgotten {
            TermOp::Taskbar(state).encode(out);
            self.shown = state;
        }
    }

    /// Appends what makes the taskbar show nothing. The next look is at once.
    pub(crate) fn remove(&mut self, out: &mut Vec<u8>) {
        self.show(TaskbarState::Removed, out);
        self.last_look = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_that_take_it() {
        use TaskbarSupport::{Forgotten, Kept, None};
        for (is_known, environment, support) in [
            (false, "TERM=xterm-256color", None),
            (true, "WT_SESSION=1", Kept),
            (true, "TERM_PROGRAM=ghostty", Forgotten),
            (true, "TERM=xterm-ghostty", Forgotten),
            (true, "TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.7", Forgotten),
            (false, "TERM_PROGRAM=tmux TERM_PROGRAM_VERSION=3.6", None),
            (false, "TERM_PROGRAM=kitty TERM_PROGRAM_VERSION=0.46.2", None),
            (false, "TERM_PROGRAM=kitty TERM_PROGRAM_VERSION=0.47.0", Kept),
            (false, "TERM_PROGRAM=kitty TERM_PROGRAM_VERSION=1.0", Kept),
            (false, "TERM=xterm-kitty KITTY_WINDOW_ID=1", None),
            (false, "VTE_VERSION=7802", None),
            (false, "VTE_VERSION=8000", Kept),
        ] {
            let variable = |name: &str| {
                let mut set = environment.split(' ').filter_map(|entry| entry.split_once('='));
                set.find(|(other, _)| *other == name).map(|(_, value)| value.to_owned())
            };
            assert_eq!(TaskbarSupport::of(is_known, &variable), support, "{environment}");
        }
    }

    #[test]
    fn it_is_repeated_only_where_it_is_forgotten() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        for (support, written) in [(TaskbarSupport::None, 0), (TaskbarSupport::Kept, 3), (TaskbarSupport::Forgotten, 5)]
        {
            let mut taskbar = Taskbar::new(support);
            let mut out = Vec::new();
            for (millis, percent) in [(0, 10), (500, 20), (1000, 20), (2000, 20), (2999, 30), (3000, 20)] {
                if taskbar.take_look(at(millis)) {
                    taskbar.show(TaskbarState::Normal(percent), &mut out);
                }
            }
            taskbar.remove(&mut out);
            taskbar.remove(&mut out);
            assert_eq!(out.split(|byte| *byte == b']').count() - 1, written, "{support:?}");
            assert_eq!(taskbar.next_look(), None);
            assert_eq!(taskbar.take_look(at(3001)), support != TaskbarSupport::None);
        }
    }
}
