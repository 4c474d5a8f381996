//! The frames of a spinner.

use super::charset::{self, Charset};
use super::{named, width};
use crate::error::Error;

/// The frames of a spinner, and what it shows when the bar is finished.
///
/// All frames take the same columns, so that what follows stays where it is. They move ten times a
/// second, or once with [reduced motion](crate::Motion). Where only ASCII can be shown, `|/-\` takes
/// the place of frames that are not ASCII.
///
/// A spinner is shown where a format has `{spinner}`. Give it to a style
/// ([`CounterStyle::spinner`](crate::CounterStyle::spinner),
/// [`StatusStyle::spinner`](crate::StatusStyle::spinner)) or to a new bar. The ready-made ones have
/// names; [`named`](Self::named) finds them.
///
/// ```
/// use footlights::{Manager, Spinner, counter_format};
///
/// let manager = Manager::new();
/// let dots = manager.counter().spinner(Spinner::dots().done("✔")).desc("Linking");
/// let own = Spinner::new(["[=  ]", "[ = ]", "[  =]", "[ = ]"])?.done("[===]");
/// let search = manager.counter().spinner(own).counter_format(counter_format!("{spinner} {desc}"));
/// # drop((dots, search));
/// # Ok::<(), footlights::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spinner {
    /// At least one; all of the same width.
    frames: Box<[String]>,
    /// Of the same width too, unless it is wider.
    done: String,
    columns: usize,
    is_ascii: bool,
}

/// The frames where only ASCII can be shown.
const ASCII: [&str; 4] = ["|", "/", "-", "\\"];

/// The ready-made spinners.
const NAMED: [(&str, &[&str]); 9] = [
    ("dots", &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]),
    ("line", &ASCII),
    ("arc", &["◜", "◠", "◝", "◞", "◡", "◟"]),
    ("circle", &["◐", "◓", "◑", "◒"]),
    ("square", &["▖", "▘", "▝", "▗"]),
    ("snake", &["⣷", "⣯", "⣟", "⡿", "⢿", "⣻", "⣽", "⣾"]),
    ("bounce", &["⠁", "⠂", "⠄", "⡀", "⢀", "⠠", "⠐", "⠈"]),
    ("wave", &["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█", "▇", "▆", "▅", "▄", "▃", "▂"]),
    ("ellipsis", &["   ", ".  ", ".. ", "..."]),
];

impl Spinner {
    /// The names of the ready-made spinners.
    ///
    /// ```
    /// use footlights::Spinner;
    ///
    /// // The help of an option.
    /// println!("--spinner NAME: one of {}", Spinner::NAMES.join(", "));
    /// for name in Spinner::NAMES {
    ///     assert!(Spinner::named(name).is_ok());
    /// }
    /// ```
    pub const NAMES: [&str; 9] = named::names(&NAMED);

    /// Makes a spinner of these frames, one after the other. When the bar is finished it is blank.
    ///
    /// ```
    /// use footlights::Spinner;
    ///
    /// const FRAMES: &[&str] = &["[=  ]", "[ = ]", "[  =]"];
    /// let spinner = Spinner::new(FRAMES)?;
    /// assert!(Spinner::new(["-", "--"]).is_err());
    /// # drop(spinner);
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no frame, if the frames do not have the same width, or if one has no width or a
    /// control character.
    pub fn new<T: AsRef<str>>(frames: impl IntoIterator<Item = T>) -> Result<Spinner, Error> {
        let frames: Box<[String]> = frames.into_iter().map(|frame| frame.as_ref().to_owned()).collect();
        let Some(first) = frames.first() else { return Err(Error::spinner("there is no frame")) };
        if let Some(frame) = frames.iter().find(|frame| frame.chars().any(char::is_control)) {
            return Err(Error::spinner(format!("`{}` has a control character", frame.escape_debug())));
        }
        let columns = width::of(first);
        if columns == 0 {
            return Err(Error::spinner(format!("`{first}` takes no column")));
        }
        if let Some(other) = frames.iter().find(|frame| width::of(frame) != columns) {
            let taken = width::of(other);
            return Err(Error::spinner(format!(
                "all frames must have the same width: `{first}` takes {columns}, `{other}` takes {taken}"
            )));
        }
        Ok(Spinner::unchecked(frames))
    }

    /// Makes a spinner from a text, of which each character is a frame: `"◐◓◑◒"`.
    ///
    /// ```
    /// use footlights::Spinner;
    ///
    /// let spinner = Spinner::from_chars("◐◓◑◒")?.done("✔");
    /// # drop(spinner);
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As those of [`new`](Self::new).
    pub fn from_chars(text: &str) -> Result<Spinner, Error> {
        Spinner::new(width::clusters(text).map(|cluster| cluster.text))
    }

    /// Returns the ready-made spinner of this name: see [`NAMES`](Self::NAMES). For names that users choose.
    ///
    /// ```
    /// use footlights::Spinner;
    ///
    /// assert_eq!(Spinner::named("dots")?, Spinner::dots());
    /// assert!(Spinner::named("dot").is_err());
    /// # Ok::<(), footlights::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If no spinner has this name. The error lists all names.
    pub fn named(name: &str) -> Result<Spinner, Error> {
        named::find(&NAMED, "spinner", name).map(|frames| Spinner::known(frames))
    }

    /// Returns dots of Braille that turn, the default: `⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏`.
    ///
    /// ```
    /// use footlights::{ColorDepth, Manager, Output, Spinner, counter_format};
    ///
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let format = counter_format!("{spinner} {desc}");
    /// let bar = manager.counter().spinner(Spinner::dots()).desc("Linking").counter_format(format).add();
    /// let frames = [0.0, 0.1, 0.2].map(|seconds| bar.render_at(9, seconds, ColorDepth::None));
    /// assert_eq!(frames, ["⠋ Linking", "⠙ Linking", "⠹ Linking"]);
    /// ```
    pub fn dots() -> Spinner {
        Spinner::known(NAMED[0].1)
    }

    /// Returns a line that turns, in ASCII: `|/-\`.
    ///
    /// ```
    /// use footlights::{ColorDepth, Manager, Output, Spinner, counter_format};
    ///
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let format = counter_format!("{spinner} {desc}");
    /// let bar = manager.counter().spinner(Spinner::line()).desc("Linking").counter_format(format).add();
    /// let frames = [0.0, 0.1, 0.2].map(|seconds| bar.render_at(9, seconds, ColorDepth::None));
    /// assert_eq!(frames, ["| Linking", "/ Linking", "- Linking"]);
    /// ```
    pub fn line() -> Spinner {
        Spinner::known(&ASCII)
    }

    /// Returns an arc that turns: `◜◠◝◞◡◟`.
    ///
    /// ```
    /// use footlights::{ColorDepth, Manager, Output, Spinner, counter_format};
    ///
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let format = counter_format!("{spinner} {desc}");
    /// let bar = manager.counter().spinner(Spinner::arc()).desc("Linking").counter_format(format).add();
    /// let frames = [0.0, 0.1, 0.2].map(|seconds| bar.render_at(9, seconds, ColorDepth::None));
    /// assert_eq!(frames, ["◜ Linking", "◠ Linking", "◝ Linking"]);
    /// ```
    pub fn arc() -> Spinner {
        Spinner::known(NAMED[2].1)
    }

    /// Returns a circle that turns: `◐◓◑◒`.
    ///
    /// ```
    /// use footlights::{ColorDepth, Manager, Output, Spinner, counter_format};
    ///
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let format = counter_format!("{spinner} {desc}");
    /// let bar = manager.counter().spinner(Spinner::circle()).desc("Linking").counter_format(format).add();
    /// let frames = [0.0, 0.1, 0.2].map(|seconds| bar.render_at(9, seconds, ColorDepth::None));
    /// assert_eq!(frames, ["◐ Linking", "◓ Linking", "◑ Linking"]);
    /// ```
    pub fn circle() -> Spinner {
        Spinner::known(NAMED[3].1)
    }

    /// Returns a full cell of Braille in which a gap turns: `⣷⣯⣟⡿⢿⣻⣽⣾`.
    ///
    /// ```
    /// use footlights::{ColorDepth, Manager, Output, Spinner, counter_format};
    ///
    /// # let manager = Manager::builder().output(Output::None).build();
    /// let format = counter_format!("{spinner} {desc}");
    /// let bar = manager.counter().spinner(Spinner::snake()).desc("Linking").counter_format(format).add();
    /// let frames = [0.0, 0.1, 0.2].map(|seconds| bar.render_at(9, seconds, ColorDepth::None));
    /// assert_eq!(frames, ["⣷ Linking", "⣯ Linking", "⣟ Linking"]);
    /// ```
    pub fn snake() -> Spinner {
        Spinner::known(NAMED[5].1)
    }

    /// Sets what is shown when the bar is finished. Default: blanks.
    ///
    /// It is padded to the width of the frames. If it is wider, what follows moves once.
    ///
    /// ```
    /// use footlights::Spinner;
    ///
    /// let spinner = Spinner::dots().done("✔");
    /// # drop(spinner);
    /// ```
    pub fn done(mut self, done: impl Into<String>) -> Spinner {
        self.done = done.into();
        self
    }

    /// Writes the frame that is shown after `steps` frames.
    pub(crate) fn write(&self, out: &mut String, steps: usize, finished: bool, charset: Charset) {
        let has_ascii = charset == Charset::Unicode || self.is_ascii;
        let at = |len: usize| steps.checked_rem(len).unwrap_or(0);
        let start = out.len();
        match (finished, charset) {
            (true, Charset::Unicode) => out.push_str(&self.done),
            // Character by character, so that what replaces it has the same width.
            (true, Charset::Ascii) => out.extend(width::clusters(&self.done).map(|c| charset::ascii_of(c.text))),
            (false, _) if has_ascii => out.push_str(self.frames.get(at(self.frames.len())).map_or(" ", String::as_str)),
            (false, _) => out.push_str(ASCII.get(at(ASCII.len())).unwrap_or(&" ")),
        }
        let columns = width::of(out.get(start..).unwrap_or_default());
        out.extend(std::iter::repeat_n(' ', self.columns.saturating_sub(columns)));
    }

    fn known(frames: &[&str]) -> Spinner {
        Spinner::unchecked(frames.iter().map(|frame| String::from(*frame)).collect())
    }

    fn unchecked(frames: Box<[String]>) -> Spinner {
        let (columns, is_ascii) =
            (frames.first().map_or(0, |frame| width::of(frame)), frames.iter().all(|frame| frame.is_ascii()));
        Spinner { frames, done: String::new(), columns, is_ascii }
    }
}

impl Default for Spinner {
    /// Dots of Braille that turn.
    fn default() -> Spinner {
        Spinner::dots()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(spinner: &Spinner, steps: usize, finished: bool, charset: Charset) -> String {
        let mut out = String::new();
        spinner.write(&mut out, steps, finished, charset);
        out
    }

    #[test]
    fn ready_made_spinners() {
        for name in Spinner::NAMES {
            let spinner = Spinner::named(name).unwrap();
            // What users could make themselves; and no frame is wider than the others.
            assert_eq!(Spinner::new(spinner.frames.clone()).unwrap(), spinner, "{name}");
            for steps in 0..20 {
                for charset in [Charset::Unicode, Charset::Ascii] {
                    let frame = shown(&spinner, steps, false, charset);
                    assert_eq!(width::of(&frame), spinner.columns, "{name}");
                    assert!(charset == Charset::Unicode || frame.is_ascii());
                }
            }
        }
        for (made, name) in [
            (Spinner::dots(), "dots"),
            (Spinner::line(), "line"),
            (Spinner::arc(), "arc"),
            (Spinner::circle(), "circle"),
            (Spinner::snake(), "snake"),
        ] {
            assert_eq!(Spinner::named(name).unwrap(), made);
        }
    }

    #[test]
    fn the_end_has_a_glyph_of_its_own() {
        let spinner = Spinner::new(["<  ", " > "]).unwrap().done("✔");
        for (steps, finished, charset, frame) in [
            (0, false, Charset::Unicode, "<  "),
            (3, false, Charset::Unicode, " > "),
            (3, true, Charset::Unicode, "✔  "),
            (3, true, Charset::Ascii, "v  "),
        ] {
            assert_eq!(shown(&spinner, steps, finished, charset), frame);
        }
        assert_eq!(shown(&Spinner::dots(), usize::MAX, false, Charset::Ascii), "\\");
        assert_eq!(shown(&Spinner::dots(), 1, true, Charset::Unicode), " ");
    }

    #[test]
    fn spinners_that_are_refused() {
        for (frames, problem) in [
            (&[][..], "there is no frame"),
            (&[""], "`` takes no column"),
            (&["-", "漢"], "all frames must have the same width: `-` takes 1, `漢` takes 2"),
            (&["a\n"], "`a\\n` has a control character"),
        ] {
            let error = Spinner::new(frames.iter().copied()).unwrap_err().to_string();
            assert_eq!(error, format!("cannot spin with these frames: {problem}"));
        }
    }
}
