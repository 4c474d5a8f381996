//! How many colors the environment asks for.

use std::env;

use super::color::ColorDepth;
use crate::sys;

impl ColorDepth {
    /// Reads the depth for a terminal from the environment. The first row that applies decides:
    ///
    /// | variable | colors |
    /// |---|---|
    /// | [`NO_COLOR`](https://no-color.org) is not empty | none |
    /// | [`FORCE_COLOR`](https://force-color.org) is `0` or `false` | none |
    /// | `FORCE_COLOR` is `2`, `3` | 256, 24-bit |
    /// | `FORCE_COLOR` is anything else that is not empty | as `COLORTERM` and `TERM` say |
    /// | [`CLICOLOR_FORCE`](https://bixense.com/clicolors/) is not empty and not `0` | as `COLORTERM` and `TERM` say |
    /// | `CLICOLOR` is `0` | none |
    /// | `TERM` is `dumb` | none |
    /// | `COLORTERM` is `truecolor` or `24bit`, or `TERM` ends in `-direct` | 24-bit |
    /// | `TERM` has the word `256color` | 256 |
    /// | else | 16 |
    ///
    /// On Windows, where `TERM` is usually not set, it counts as `xterm-direct` then: consoles have
    /// 24-bit colors since Windows 10.
    ///
    /// This is the default of [`ManagerBuilder::color_depth`](crate::ManagerBuilder::color_depth) on
    /// a terminal. Lines of a log have colors only if one of the rows with `FORCE` says so.
    ///
    /// ```
    /// use footlights::ColorDepth;
    ///
    /// # let manager = footlights::Manager::new();
    /// # let bar = manager.counter().total(100).color("green").add();
    /// bar.finish();
    /// manager.stop();
    /// // Once more, at the end of a report.
    /// println!("{}", bar.render_at(60, bar.elapsed(), ColorDepth::from_env()));
    /// ```
    pub fn from_env() -> ColorDepth {
        match ColorDepth::forced_by_env() {
            Some(depth) => depth,
            None if anstyle_query::clicolor() == Some(false) => ColorDepth::None,
            None if env::var_os("TERM").is_some_and(|term| term == "dumb") => ColorDepth::None,
            None => known_depth(),
        }
    }

    /// Reads whether the environment forces colors on or off, whatever the output is.
    pub(crate) fn forced_by_env() -> Option<ColorDepth> {
        if anstyle_query::no_color() {
            return Some(ColorDepth::None);
        }
        match env::var("FORCE_COLOR").unwrap_or_default().as_str() {
            "" if anstyle_query::clicolor_force()
                && env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0") =>
            {
                Some(known_depth())
            }
            "" => None,
            "0" | "false" => Some(ColorDepth::None),
            // The levels of <https://nodejs.org/api/cli.html#force_color1-2-3>.
            "2" => Some(ColorDepth::Ansi256),
            "3" => Some(ColorDepth::TrueColor),
            _ => Some(known_depth()),
        }
    }
}

/// The colors that the terminal is known to have.
fn known_depth() -> ColorDepth {
    let term = sys::term().unwrap_or_default();
    if anstyle_query::truecolor() || term.ends_with("-direct") {
        ColorDepth::TrueColor
    // The words of a terminal's name are joined by `-`.
    } else if term.split('-').any(|word| word == "256color") {
        ColorDepth::Ansi256
    } else {
        ColorDepth::Ansi16
    }
}
