//! What is known of single terminals, beyond what they have in common.
//!
//! Only one quirk so far: when a window becomes smaller, rows below the cursor's are rewrapped, or
//! the screen scrolls to make them fit, and some terminals do not move the cursor up with its row.
//! The cursor then stands on one of our bars, and the bars above it would be left behind.
//!
//! | terminal | seen in | symptom | how it was seen |
//! |---|---|---|---|
//! | kitty | 0.26.5, 0.41.1 | the cursor stays where it was when rows below it make the screen scroll | its screen, one resize at a time |
//! | xterm.js | 6.0.0 | the cursor stays, or moves down, when rows below it are rewrapped | the headless build, in the same way |
//!
//! In kitty, the screen scrolls because the window has lost rows or because rows are rewrapped; as
//! many bars are left above the end of the log as the screen has scrolled. xterm.js is the terminal
//! of VS Code; rows that its window loses are cut off at the bottom, which is harmless.
//!
//! Every drift computed here is a lower bound: what it misses leaves a stale row behind, and no
//! line of the log is ever erased.

use crate::sys::Size;

/// A terminal, by its quirks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quirks {
    /// kitty.
    Kitty,
    /// A terminal that is built on xterm.js and says so.
    XtermJs,
    /// A terminal with no known quirk.
    None,
}

/// What stands on the screen below the cursor's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowsBelow {
    /// The columns that each row takes, from top to bottom; 0 for a blank one.
    pub(crate) widths: Vec<usize>,
    /// Blank rows from there to the end of the window.
    pub(crate) blank: usize,
}

/// Where the cursor is after a resize, compared with where it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Drift {
    /// Rows by which the cursor stands too low, at least.
    pub(crate) rows: usize,
    /// Rows from where the cursor should be to the end of the window, if that is known.
    pub(crate) rows_to_bottom: Option<usize>,
}

impl Quirks {
    /// Recognizes the terminal by the environment. A multiplexer is a terminal of its own, and
    /// inherits the environment of the terminal around it.
    pub(crate) fn from_env() -> Quirks {
        let is = |name: &str, value: &str| std::env::var_os(name).is_some_and(|it| it == value);
        let has = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
        let multiplexed = has("TMUX") || has("STY") || has("ZELLIJ");
        match () {
            () if multiplexed => Quirks::None,
            () if is("TERM", "xterm-kitty") || has("KITTY_WINDOW_ID") => Quirks::Kitty,
            () if is("TERM_PROGRAM", "vscode") => Quirks::XtermJs,
            () => Quirks::None,
        }
    }

    /// What a resize from `before` to `after` does to the cursor.
    pub(crate) fn cursor_drift(self, before: Size, after: Size, below: &RowsBelow) -> Drift {
        // In a wider window lines of the log may be joined, and the cursor may be higher than we
        // think.
        if self == Quirks::None || after.cols > before.cols {
            return Drift { rows: 0, rows_to_bottom: None };
        }
        let last = after.rows.saturating_sub(1);
        match self {
            Quirks::Kitty => {
                let extent = below.widths.len() + below.blank;
                let row = before.rows.saturating_sub(1 + extent).min(last);
                let rewrapped: usize = below.widths.iter().map(|width| rows_of(*width, after.cols)).sum();
                let rows = (row + rewrapped).saturating_sub(last);
                Drift { rows, rows_to_bottom: Some(last + rows - row) }
            }
            _ => {
                let cut = before.rows.saturating_sub(after.rows);
                let left = below.widths.len().saturating_sub(cut.saturating_sub(below.blank));
                let rewrapped: usize = below.widths[..left].iter().map(|width| rows_of(*width, after.cols)).sum();
                let blank = (below.blank + after.rows).saturating_sub(before.rows);
                Drift { rows: rewrapped - left, rows_to_bottom: Some((rewrapped + blank).min(last)) }
            }
        }
    }
}

/// How many rows a row of this width takes in a window of `cols` columns.
fn rows_of(width: usize, cols: usize) -> usize {
    width.div_ceil(cols.max(1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As seen in the terminals: 80 x 24, four bars of 79 columns on the last rows.
    #[test]
    fn how_far_the_cursor_is_too_low() {
        let bars = |count: usize, blank| RowsBelow { widths: vec![79; count], blank };
        for (quirks, below, after, rows) in [
            (Quirks::Kitty, bars(4, 0), (80, 16), 4),
            (Quirks::Kitty, bars(12, 0), (80, 16), 8),
            (Quirks::Kitty, bars(4, 0), (80, 23), 1),
            (Quirks::Kitty, bars(4, 1), (80, 23), 0),
            (Quirks::Kitty, bars(4, 0), (60, 24), 4),
            (Quirks::Kitty, bars(4, 0), (80, 34), 0),
            (Quirks::Kitty, bars(4, 0), (140, 20), 0),
            (Quirks::XtermJs, bars(4, 0), (60, 24), 4),
            (Quirks::XtermJs, bars(4, 0), (80, 16), 0),
            (Quirks::XtermJs, bars(4, 0), (30, 24), 8),
            (Quirks::XtermJs, bars(4, 0), (60, 22), 2),
            (Quirks::None, bars(4, 0), (30, 10), 0),
        ] {
            let drift = quirks.cursor_drift(Size { cols: 80, rows: 24 }, Size { cols: after.0, rows: after.1 }, &below);
            assert_eq!(drift.rows, rows, "{quirks:?} {below:?} {after:?}");
        }
    }
}
