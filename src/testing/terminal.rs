//! The terminal of a test.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::row::Row;
use crate::lease::Lease;
use crate::manager::Manager;
use crate::manager_builder::ManagerBuilder;
use crate::output::{Display, Emulator, InMemoryTerminal};

/// A terminal in memory, with a clock that stands still until it is [advanced](Self::advance).
///
/// Clones are the same terminal. Any number of terminals can exist at a time. A terminal keeps all
/// that was ever printed on it.
///
/// The module says how to write [a test](crate::testing).
///
/// ```
/// use std::time::Duration;
///
/// use footlights::testing::TestTerminal;
///
/// let terminal = TestTerminal::new(40, 5);
/// let manager = terminal.manager();
/// let status = manager.status_bar().text("ready").add();
/// terminal.print("a line\n");
/// terminal.advance(Duration::from_secs(1));
/// assert_eq!(terminal.screen(), ["a line", "", "", "", "ready"]);
/// ```
#[derive(Clone)]
pub struct TestTerminal(Arc<InMemoryTerminal>);

impl TestTerminal {
    /// Makes an empty terminal. A size of 0 is taken as 1, and one above 1000 as 1000.
    ///
    /// ```
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// assert_eq!(terminal.size(), (40, 5));
    /// ```
    pub fn new(columns: usize, rows: usize) -> TestTerminal {
        TestTerminal(Arc::new(InMemoryTerminal::new(columns, rows)))
    }

    /// Returns a manager on this terminal, with all settings at their defaults: bars appear 100 ms
    /// after they were added. For others, see [`ManagerBuilder::build_on`].
    ///
    /// ```
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// let manager = terminal.manager();
    /// let bar = manager.counter().total(8).desc("Files").add();
    /// ```
    pub fn manager(&self) -> Manager {
        Manager::builder().build_on(self)
    }

    /// Prints a text, as the program does to its stdout: it appears above the bars. Bytes that are
    /// not text, escape sequences, and lines without an end are allowed.
    ///
    /// `println!` of the program does not come here: see [the limits](crate::testing#limits).
    ///
    /// ```
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// terminal.print("a line\n");
    /// assert_eq!(terminal.log(), ["a line"]);
    /// ```
    pub fn print(&self, text: impl AsRef<[u8]>) {
        self.0.print(text.as_ref());
    }

    /// Shows what a user types, as the terminal echoes it. The program does not get it.
    ///
    /// ```
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// terminal.print("name? ");
    /// terminal.echo("Ada");
    /// assert_eq!(terminal.screen()[0], "name? Ada");
    /// ```
    pub fn echo(&self, text: impl AsRef<[u8]>) {
        self.0.echo(text.as_ref());
    }

    /// Moves the clock. All frames that are due on the way are made, each at its time. A bar that only waits is
    /// drawn again when the second that it shows changes, as on a terminal: after four seconds, its rate is that
    /// of 3.5 seconds, when `00:04` appeared.
    ///
    /// A second takes 25 frames while bars change, and 8 while they do not: some milliseconds. Of
    /// more than ten minutes at once, only the last ten are gone through in this way, as if the
    /// computer had slept before. The clock ends after a hundred years.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// let bar = terminal.manager().spinner("Working").add();
    /// terminal.advance(Duration::from_secs(65));
    /// assert_eq!(bar.elapsed(), Duration::from_secs(65));
    /// ```
    pub fn advance(&self, time: Duration) {
        self.0.advance(time);
    }

    /// Returns how far the clock has moved since the terminal was made.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// terminal.advance(Duration::from_secs(2));
    /// terminal.advance(Duration::from_millis(500));
    /// assert_eq!(terminal.elapsed(), Duration::from_millis(2500));
    /// ```
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    /// Changes the size of the window. Lines of the log are rewrapped, as terminals do.
    ///
    /// As on a real terminal, bars are narrow and few while the window is being resized: they fill
    /// it again when half a second has passed without a resize.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// let bar = terminal.manager().counter().total(8).add();
    /// terminal.resize(30, 5);
    /// terminal.advance(Duration::from_secs(1));
    /// assert_eq!(terminal.bars()[0].text().chars().count(), 30);
    /// ```
    pub fn resize(&self, columns: usize, rows: usize) {
        self.0.resize(columns, rows);
    }

    /// Writes a frame now, whether one is due or not. Not needed before one of the methods below:
    /// they draw first.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// let bar = terminal.manager().counter().total(8).add();
    /// terminal.advance(Duration::from_secs(1));
    /// terminal.take_bytes();
    /// bar.inc(1);
    /// assert!(terminal.take_bytes().is_empty()); // no frame is due yet
    /// terminal.draw();
    /// assert!(!terminal.take_bytes().is_empty());
    /// ```
    pub fn draw(&self) {
        self.0.draw();
    }

    /// Returns the rows of the bars, from top to bottom. When the manager has stopped there are none:
    /// bars that stay are lines of the [log](Self::log) then.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// let status = terminal.manager().status_bar().text("ready").add();
    /// terminal.advance(Duration::from_secs(1));
    /// assert_eq!(terminal.bars(), ["ready"]);
    /// ```
    pub fn bars(&self) -> Vec<Row> {
        self.0.look(|emulator, bars| visible(emulator).get(bars).unwrap_or_default().to_vec())
    }

    /// Returns the lines of the log, from the first one that was ever printed: all that stands above
    /// the bars, scrolled out or not. Lines that the terminal has wrapped are joined; blank ones at
    /// the end are left out.
    ///
    /// ```
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// let manager = terminal.manager();
    /// terminal.print("a line\n");
    /// let status = manager.status_bar().text("ready").add();
    /// manager.stop();
    /// assert_eq!(terminal.log(), ["a line", "ready"]);
    /// ```
    pub fn log(&self) -> Vec<Row> {
        self.0.look(|emulator, bars| {
            let mut rows = emulator.rows();
            if emulator.is_primary() {
                rows.truncate(hidden(emulator) + bars.start);
            }
            let mut log: Vec<Row> =
                rows.split_inclusive(|row| !row.is_wrapped()).map(|line| Row::of(line.iter().copied())).collect();
            while log.last().is_some_and(|row| row.spans().is_empty()) {
                log.pop();
            }
            log
        })
    }

    /// Returns the rows of the window, from top to bottom, with the bars.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 3);
    /// let status = terminal.manager().status_bar().text("ready").add();
    /// terminal.print("a line\n");
    /// terminal.advance(Duration::from_secs(1));
    /// assert_eq!(terminal.screen(), ["a line", "", "ready"]);
    /// ```
    pub fn screen(&self) -> Vec<Row> {
        self.0.look(|emulator, _| visible(emulator))
    }

    /// Returns the rows that have scrolled out of the window, from the first one. Bars are never among them.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 3);
    /// let status = terminal.manager().status_bar().text("ready").add();
    /// terminal.advance(Duration::from_secs(1));
    /// terminal.print("first\nsecond\nthird\n");
    /// assert_eq!(terminal.screen(), ["third", "", "ready"]);
    /// assert_eq!(terminal.scrollback(), ["first", "second"]);
    /// ```
    pub fn scrollback(&self) -> Vec<Row> {
        self.0.look(|emulator, _| {
            let rows = emulator.rows();
            rows.iter().take(hidden(emulator)).map(|row| Row::of([*row])).collect()
        })
    }

    /// Returns the column and the row of the cursor, counted from 0. The column is as large as the
    /// width of the window if the next character goes to the next row.
    ///
    /// ```
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// terminal.print("a line\nname? ");
    /// assert_eq!(terminal.cursor(), (6, 1));
    /// ```
    pub fn cursor(&self) -> (usize, usize) {
        self.0.look(|emulator, _| {
            let cursor = emulator.terminal.cursor();
            (cursor.col, cursor.row)
        })
    }

    /// Returns the columns and the rows of the window.
    ///
    /// ```
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// terminal.resize(30, 4);
    /// assert_eq!(terminal.size(), (30, 4));
    /// ```
    pub fn size(&self) -> (usize, usize) {
        self.0.look(|emulator, _| emulator.terminal.size())
    }

    /// Returns all bytes that were written to the terminal since the last call, and draws nothing: to
    /// find out whether a frame was written, or how large it was.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use footlights::testing::TestTerminal;
    ///
    /// let terminal = TestTerminal::new(40, 5);
    /// let bar = terminal.manager().counter().total(8).add();
    /// terminal.advance(Duration::from_secs(1));
    /// assert!(!terminal.take_bytes().is_empty());
    /// ```
    pub fn take_bytes(&self) -> Vec<u8> {
        self.0.take_bytes()
    }

    #[cfg(test)]
    pub(crate) fn in_memory(&self) -> &InMemoryTerminal {
        &self.0
    }
}

impl ManagerBuilder {
    /// Makes a manager on a terminal in memory, for a test. Nothing of the process is touched.
    ///
    /// What is not set does not depend on the environment: the terminal shows all colors and
    /// characters, and no taskbar. A manager with [`Output::None`](crate::Output::None) is disabled as
    /// ever; the other settings of outputs, streams, files and signals have no effect.
    ///
    /// ```
    /// use footlights::testing::TestTerminal;
    /// use footlights::{Charset, Manager};
    ///
    /// let terminal = TestTerminal::new(40, 4);
    /// let manager = Manager::builder().charset(Charset::Ascii).delay(std::time::Duration::ZERO).build_on(&terminal);
    /// let bar = manager.counter().total(4).add();
    /// bar.inc(2);
    /// assert!(terminal.bars()[0].contains("|####"));
    /// ```
    pub fn build_on(self, terminal: &TestTerminal) -> Manager {
        let display =
            (!self.shows_nothing()).then(|| Display::open_in_memory(terminal.0.clone(), self.terminal_in_memory()));
        Manager::of(Lease::new(display, None, self.on_stop, self.finished_bars, self.defaults()))
    }
}

/// The rows of the window.
fn visible(emulator: &Emulator) -> Vec<Row> {
    emulator.terminal.screen().visible_lines().map(|row| Row::of([row])).collect()
}

/// How many rows of the primary screen have scrolled out of the window.
fn hidden(emulator: &Emulator) -> usize {
    emulator.rows().len().saturating_sub(emulator.terminal.size().1)
}

/// The rows of the window, without blanks at their ends: for snapshots.
impl fmt::Display for TestTerminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, row) in self.screen().iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            f.write_str(row)?;
        }
        Ok(())
    }
}

impl fmt::Debug for TestTerminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestTerminal").field("elapsed", &self.elapsed()).finish_non_exhaustive()
    }
}

/// Prints, as [`print`](TestTerminal::print) does: for code that writes to a `Write` instead of stdout.
impl io::Write for &TestTerminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.print(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Prints, as [`print`](TestTerminal::print) does.
impl io::Write for TestTerminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
