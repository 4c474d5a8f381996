//! The emulator that a program writes to, and pictures of its screen.

const BEGIN_UPDATE: &[u8] = b"\x1b[?2026h";
const END_UPDATE: &[u8] = b"\x1b[?2026l";

/// The description of every bar in the scenes is this and a number. No line of the log contains it.
pub const BAR: &str = "BAR#";

pub struct Screen {
    terminal: avt::Terminal,
    /// All bytes since the start.
    raw: Vec<u8>,
    /// How many of them the emulator has got: the first part of a character waits for the rest.
    fed: usize,
}

impl Screen {
    pub fn new(cols: usize, rows: usize) -> Screen {
        let terminal = avt::Terminal::with_scrollback(cols, rows, None).expect("a size that is not zero");
        Screen { terminal, raw: Vec::new(), fed: 0 }
    }

    pub fn feed(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
        loop {
            match std::str::from_utf8(&self.raw[self.fed..]) {
                Ok(text) => {
                    self.terminal.feed(text);
                    self.fed = self.raw.len();
                    return;
                }
                Err(err) => {
                    let good = &self.raw[self.fed..self.fed + err.valid_up_to()];
                    self.terminal.feed(std::str::from_utf8(good).expect("valid up to here"));
                    self.fed += good.len();
                    let Some(bad) = err.error_len() else { return };
                    self.terminal.feed("\u{fffd}");
                    self.fed += bad;
                }
            }
        }
    }

    pub fn resize(&mut self, cols: usize, rows: usize) {
        self.terminal.resize(cols, rows);
    }

    /// All bytes since the start.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Whether the bytes end between frames. In the middle of a synchronized update a terminal
    /// shows nothing new, so the screen has no meaning.
    pub fn is_whole(&self) -> bool {
        let last = |sequence: &[u8]| self.raw.windows(sequence.len()).rposition(|window| window == sequence);
        // The search starts at the end, so it is short.
        last(BEGIN_UPDATE) <= last(END_UPDATE) && self.fed == self.raw.len()
    }

    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.terminal.cursor();
        (cursor.col, cursor.row)
    }

    pub fn is_cursor_visible(&self) -> bool {
        self.terminal.cursor().visible
    }

    /// The cells of a visible row.
    pub fn cells(&self, row: usize) -> Vec<avt::Cell> {
        self.terminal.screen().line(row).expect("a visible row").cells().to_vec()
    }

    /// The visible rows.
    pub fn rows(&self) -> Vec<String> {
        self.terminal.screen().visible_lines().map(|line| line.text().trim_end().to_owned()).collect()
    }

    /// The rows that have scrolled out of the window.
    pub fn scrollback(&self) -> Vec<String> {
        let screen = self.terminal.primary_screen();
        let all: Vec<String> = screen.all_lines().map(|line| line.text().trim_end().to_owned()).collect();
        let visible = screen.visible_lines().len();
        all[..all.len() - visible].to_vec()
    }

    /// Scrollback and screen as lines: wrapped rows are joined.
    pub fn lines(&self) -> Vec<String> {
        self.terminal.primary_screen().text().iter().map(|line| line.trim_end().to_owned()).collect()
    }

    /// The lines that are neither empty nor bars.
    pub fn log(&self) -> Vec<String> {
        self.lines().into_iter().filter(|line| !line.is_empty() && !is_bar(line)).collect()
    }

    /// The lines that are bars, from the top.
    pub fn bars(&self) -> Vec<String> {
        self.lines().into_iter().filter(|line| is_bar(line)).map(|line| name(&line)).collect()
    }

    /// All lines that are not empty, scrolled out or not. Of a bar there is only its name.
    pub fn names(&self) -> Vec<String> {
        self.lines().iter().filter(|line| !line.is_empty()).map(|line| name(line)).collect()
    }

    pub fn size(&self) -> (usize, usize) {
        self.terminal.size()
    }

    /// The widths of the bars, without trailing blanks.
    pub fn bar_widths(&self) -> Vec<usize> {
        let visible = self.terminal.screen();
        let bars = visible.visible_lines().filter(|line| is_bar(&line.text()));
        let blank = |cell: &avt::Cell| cell.char() == ' ' && cell.pen().is_default();
        bars.map(|line| line.cells().iter().rposition(|cell| !blank(cell)).map_or(0, |last| last + 1)).collect()
    }

    pub fn has(&self, text: &str) -> bool {
        self.lines().iter().any(|line| line.contains(text))
    }

    /// The visible rows, with `_` at the cursor. Of a bar there is only its name.
    pub fn picture(&self) -> Vec<String> {
        let (col, cursor) = self.cursor();
        let mut rows = self.rows();
        for (at, row) in rows.iter_mut().enumerate() {
            *row = name(row);
            if at == cursor {
                while row.chars().count() < col {
                    row.push(' ');
                }
                let at = row.char_indices().nth(col).map_or(row.len(), |(at, _)| at);
                row.insert(at, '_');
            }
        }
        rows
    }

    /// Compares the visible rows with a picture, in which each row starts with `|`, and `_` is the
    /// cursor.
    #[track_caller]
    pub fn check(&self, picture: &str) {
        let (seen, wanted) = (self.picture(), rows_of(picture));
        assert_eq!(seen, wanted, "\n{self}");
    }

    /// Compares the log, scrolled out or not, with `lines`.
    #[track_caller]
    pub fn check_log<S: AsRef<str>>(&self, lines: impl IntoIterator<Item = S>) {
        let wanted: Vec<String> = lines.into_iter().map(|line| line.as_ref().to_owned()).collect();
        self.check_equal(&self.log(), &wanted, "");
    }

    /// Reports only the first difference: there may be thousands of lines.
    #[track_caller]
    fn check_equal(&self, seen: &[String], wanted: &[String], story: &str) {
        let first = seen.iter().zip(wanted).position(|(seen, wanted)| seen != wanted);
        let at = first.unwrap_or(seen.len().min(wanted.len()));
        let (here, there) = (seen.get(at), wanted.get(at));
        assert!(
            seen == wanted,
            "line {at} of {} ({} seen) is {here:?} instead of {there:?} {story}\n{self}",
            wanted.len(),
            seen.len(),
        );
    }

    /// Checks that the lines `line 0` to `line {count - 1}` are there, each once and in order.
    /// Other lines are not looked at.
    #[track_caller]
    pub fn check_numbered(&self, count: usize, story: &str) {
        let seen: Vec<String> = self.lines().into_iter().filter(|line| line.starts_with("line")).collect();
        self.check_equal(&seen, &numbered(count).collect::<Vec<_>>(), story);
    }

    /// Compares the last rows that are not blank with a picture.
    #[track_caller]
    pub fn check_end(&self, picture: &str) {
        let (mut seen, wanted) = (self.picture(), rows_of(picture));
        while seen.last().is_some_and(String::is_empty) {
            seen.pop();
        }
        let seen = &seen[seen.len().saturating_sub(wanted.len())..];
        assert_eq!(seen, wanted, "\n{self}");
    }

    /// Checks that no row above the last line is blank, scrolled out or not.
    #[track_caller]
    pub fn check_no_gap(&self) {
        self.check_no_gap_above(|line| !line.is_empty());
    }

    /// Checks that no row above the last line of the log is blank, scrolled out or not.
    #[track_caller]
    pub fn check_no_gap_in_log(&self) {
        self.check_no_gap_above(|line| !line.is_empty() && !is_bar(line));
    }

    #[track_caller]
    fn check_no_gap_above(&self, is_last: impl Fn(&str) -> bool) {
        let lines = self.lines();
        let last = lines.iter().rposition(|line| is_last(line)).unwrap_or(0);
        assert!(lines[..last].iter().all(|line| !line.is_empty()), "a blank row\n{self}");
    }
}

/// The rows of a picture.
pub fn rows_of(picture: &str) -> Vec<&str> {
    picture.lines().filter_map(|line| line.trim_start().strip_prefix('|')).map(str::trim_end).collect()
}

/// `line 0`, `line 1`, …: the log of most scenes.
pub fn numbered(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|n| format!("line {n}"))
}

fn is_bar(line: &str) -> bool {
    line.starts_with(BAR)
}

fn name(row: &str) -> String {
    match row.strip_prefix(BAR) {
        Some(rest) => BAR.chars().chain(rest.chars().take_while(char::is_ascii_digit)).collect(),
        None => row.to_owned(),
    }
}

impl std::fmt::Display for Screen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (cols, rows) = self.terminal.size();
        let scrollback = self.scrollback();
        let hidden = scrollback.len().saturating_sub(12);
        writeln!(f, "{cols} x {rows}; scrollback, without its first {hidden} rows:")?;
        for row in &scrollback[hidden..] {
            writeln!(f, "  .{row}")?;
        }
        for row in self.picture() {
            writeln!(f, "  |{row}")?;
        }
        let tail = &self.raw[self.raw.len().saturating_sub(600)..];
        write!(f, "the last bytes: {}", tail.escape_ascii())
    }
}
