//! What is known of single terminals, beyond what they have in common.
//!
//! Only one thing so far: when a window becomes smaller, rows below the cursor's are rewrapped, or the screen scrolls to make them
//! fit, and some terminals forget that the cursor's row has moved up with the rest. The cursor then stands on one of our bars, and
//! those above it would be left behind.
//!
//! | terminal | seen in | symptom | how it was seen |
//! |---|---|---|---|
//! | kitty | 0.26.5, 0.41.1 | the cursor stays where it was while rows below it make the screen scroll, because the window has lost rows or because they are rewrapped | its screen driven without a window, one resize at a time: stale bars above the log's end, as many as the screen had scrolled |
//! | xterm.js (VS Code) | 6.0.0 | the cursor stays where it was, or goes down, when rows below it are rewrapped; rows that the window loses are cut off below, which is harmless | the headless build, in the same way |
//!
//! All that is computed here is a lower bound: what it misses leaves a stale row behind, and no line of the log is ever erased.

use crate::sys::Size;

/// A terminal as the environment tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Terminal {
    /// kitty.
    Kitty,
    /// Whatever is built on xterm.js and says so.
    XtermJs,
    /// One that nothing is known of, or nothing needs to be.
    Other,
}

/// What stands on the screen below the cursor's row, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Below {
    /// How many columns each row takes; 0 for a blank one.
    pub(crate) rows: Vec<usize>,
    /// Blank rows from there to the end of the window.
    pub(crate) floor: usize,
}

/// Where the cursor is after a resize, compared with where it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lag {
    /// By so many rows, at least, it stands too low.
    pub(crate) rows: usize,
    /// Rows from where it should be to the end of the window, if that is known.
    pub(crate) room: Option<usize>,
}

impl Terminal {
    /// A multiplexer inside of a terminal is a terminal of its own, and inherits the environment.
    pub(crate) fn from_env() -> Terminal {
        let is = |name: &str, value: &str| std::env::var_os(name).is_some_and(|it| it == value);
        let has = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
        let multiplexed = has("TMUX") || has("STY") || has("ZELLIJ");
        match () {
            () if multiplexed => Terminal::Other,
            () if is("TERM", "xterm-kitty") || has("KITTY_WINDOW_ID") => Terminal::Kitty,
            () if is("TERM_PROGRAM", "vscode") => Terminal::XtermJs,
            () => Terminal::Other,
        }
    }

    /// What a resize from `before` to `after` does to the cursor.
    pub(crate) fn lag(self, before: Size, after: Size, below: &Below) -> Lag {
        // In a wider window lines of the log may grow together, and the cursor may be higher than we think.
        if self == Terminal::Other || after.cols > before.cols {
            return Lag { rows: 0, room: None };
        }
        let last = after.rows.saturating_sub(1);
        match self {
            Terminal::Kitty => {
                let extent = below.rows.len() + below.floor;
                let row = before.rows.saturating_sub(1 + extent).min(last);
                let wrapped: usize = below.rows.iter().map(|width| wrapped(*width, after.cols)).sum();
                let rows = (row + wrapped).saturating_sub(last);
                Lag { rows, room: Some(last + rows - row) }
            }
            _ => {
                let cut = before.rows.saturating_sub(after.rows);
                let left = below.rows.len().saturating_sub(cut.saturating_sub(below.floor));
                let wrapped: usize = below.rows[..left].iter().map(|width| wrapped(*width, after.cols)).sum();
                let floor = (below.floor + after.rows).saturating_sub(before.rows);
                Lag { rows: wrapped - left, room: Some((wrapped + floor).min(last)) }
            }
        }
    }
}

/// How many rows it takes in a window of `cols` columns.
fn wrapped(width: usize, cols: usize) -> usize {
    width.div_ceil(cols.max(1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As seen in the terminals: 80 x 24, four bars of 79 columns on the last rows.
    #[test]
    fn by_how_much_the_cursor_is_too_low() {
        let bars = |count: usize, floor| Below { rows: vec![79; count], floor };
        for (terminal, below, after, rows) in [
            (Terminal::Kitty, bars(4, 0), (80, 16), 4),
            (Terminal::Kitty, bars(12, 0), (80, 16), 8),
            (Terminal::Kitty, bars(4, 0), (80, 23), 1),
            (Terminal::Kitty, bars(4, 1), (80, 23), 0),
            (Terminal::Kitty, bars(4, 0), (60, 24), 4),
            (Terminal::Kitty, bars(4, 0), (80, 34), 0),
            (Terminal::Kitty, bars(4, 0), (140, 20), 0),
            (Terminal::XtermJs, bars(4, 0), (60, 24), 4),
            (Terminal::XtermJs, bars(4, 0), (80, 16), 0),
            (Terminal::XtermJs, bars(4, 0), (30, 24), 8),
            (Terminal::XtermJs, bars(4, 0), (60, 22), 2),
            (Terminal::Other, bars(4, 0), (30, 10), 0),
        ] {
            let lag = terminal.lag(Size { cols: 80, rows: 24 }, Size { cols: after.0, rows: after.1 }, &below);
            assert_eq!(lag.rows, rows, "{terminal:?} {below:?} {after:?}");
        }
    }
}
