//! Which characters the terminal can show, and what stands for the others.

use std::env;

use crate::sys;

/// The characters that a terminal shows.
///
/// ```
/// use footlights::{Charset, Manager};
///
/// let manager = Manager::builder().charset(Charset::Ascii).build();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Charset {
    /// All of Unicode, as UTF-8.
    Unicode,
    /// ASCII only. Bars are drawn with ASCII glyphs, and other characters in texts are replaced.
    Ascii,
}

impl Charset {
    /// Reads the environment: [`Ascii`](Self::Ascii) if `LC_ALL`, `LC_CTYPE` or `LANG` (the first that is
    /// set) names a locale that is not UTF-8, or if `TERM` is a terminal without the block elements: the
    /// Linux console, and hardware terminals. The default of
    /// [`ManagerBuilder::charset`](crate::ManagerBuilder::charset).
    ///
    /// Without a locale variable the terminal is taken to understand UTF-8. On Windows it is taken to
    /// be the classic console, whose fonts lack most block elements, unless a variable names a modern
    /// terminal (`WT_SESSION`, `TERM_PROGRAM`, `ALACRITTY_WINDOW_ID`, `TERM`) or the console's code
    /// page is 65001, which is UTF-8.
    ///
    /// ```
    /// use footlights::Charset;
    ///
    /// let tick = if Charset::from_env() == Charset::Unicode { "✔" } else { "ok" };
    /// ```
    pub fn from_env() -> Charset {
        let set = |name| env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        match sys::shows_blocks() {
            true => Charset::of(locale.as_deref(), sys::term().as_deref()),
            false => Charset::Ascii,
        }
    }

    fn of(locale: Option<&str>, term: Option<&str>) -> Charset {
        let is_utf8 = |locale: &str| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        };
        let without_blocks = |term: &str| {
            let name = term.split('-').next().unwrap_or_default();
            matches!(name, "linux" | "vt52" | "vt100" | "vt102" | "vt220" | "vt320" | "vt420" | "cons25" | "wyse60")
        };
        match locale.is_none_or(is_utf8) && !term.is_some_and(without_blocks) {
            true => Charset::Unicode,
            false => Charset::Ascii,
        }
    }
}

/// The character of one column that stands for `glyph` where only ASCII can be shown.
pub(super) fn ascii_of(glyph: &str) -> char {
    match glyph.chars().next() {
        Some(c @ ' '..='~') => c,
        Some('█' | '▉' | '▊' | '▓' | '━') => '#',
        Some('▋' | '▌' | '▍' | '▒' | '╸' | '═') => '=',
        Some('▎' | '▏' | '░' | '–' | '—' | '─' | '‐'..='―') => '-',
        Some('│' | '┃' | '║') => '|',
        Some('…' | '·' | '•') => '.',
        Some('‘' | '’') => '\'',
        Some('“' | '”') => '"',
        Some('\u{2800}'..='\u{28ff}') => '*',
        Some('×' | '✗' | '✘' | '✖') => 'x',
        Some('✓' | '✔') => 'v',
        Some('●' | '◉') => 'o',
        Some('╺') => '-',
        Some('▁'..='▃') => '_',
        Some('▄'..='▇') => '=',
        Some('µ' | 'μ') => 'u',
        Some('→' | '›' | '»') => '>',
        Some('←' | '‹' | '«') => '<',
        Some('\u{a0}') => ' ',
        _ => '?',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_environment_says() {
        for (locale, term, charset) in [
            (None, None, Charset::Unicode),
            (None, Some("xterm-256color"), Charset::Unicode),
            (Some("en_US.UTF-8"), Some("xterm"), Charset::Unicode),
            (Some("C.utf8"), None, Charset::Unicode),
            (Some("C"), Some("xterm"), Charset::Ascii),
            (Some("POSIX"), None, Charset::Ascii),
            (Some("en_US.ISO-8859-1"), None, Charset::Ascii),
            (Some("de_DE@euro"), None, Charset::Ascii),
            (Some("en_US.UTF-8"), Some("linux"), Charset::Ascii),
            (Some("en_US.UTF-8"), Some("vt100-am"), Charset::Ascii),
            (Some("en_US.UTF-8"), Some("linuxterm"), Charset::Unicode),
        ] {
            assert_eq!(Charset::of(locale, term), charset, "{locale:?} {term:?}");
        }
    }
}
