//! The operations of a test case: output, resizes, keys.

use crate::cells::color::Color;

/// One operation of a case.
#[derive(Clone, Debug)]
pub(super) enum Op {
    /// The program prints something, which arrives in pieces.
    Print(Vec<Chunk>, Vec<Cut>),
    /// The same, with the marker behind it, and more output behind the marker.
    Sync(Vec<Chunk>, Vec<Cut>, Vec<Chunk>),
    /// The program prints a screenful, begins a line, saves the position and restores it, with a
    /// frame in between.
    Remember(usize, String, usize),
    /// The bars are replaced by these.
    Bars(Vec<Bar>),
    /// A bar changes its text.
    Change(usize, String),
    /// A minute has passed: the next change writes all rows.
    MarkStale,
    /// The window changes its size. If it is being dragged already, a frame may be on its way, in
    /// which the first bar has this text.
    Resize(usize, usize, Option<String>),
    /// The window has kept its size for a while.
    Settle,
    /// The user types on an open line, with or without Enter at the end.
    Answer(String, bool),
    /// The user types Enter on no open line; perhaps after a screenful of output.
    Enter(bool),
    /// The program shows the alternate screen, and leaves it.
    FullScreen(Vec<Chunk>, Vec<Cut>),
    /// Another program has the terminal for a while and prints these lines. The output of the
    /// program comes before we are back.
    OtherProgram(Vec<String>, Vec<Chunk>),
}

/// A piece of output.
#[derive(Clone, Debug)]
pub(super) enum Chunk {
    Word(String),
    Wide(usize),
    Accented(usize),
    /// Characters up to the last column, or one more or less; once or twice around; with an accent
    /// on the last one.
    Fill(isize, usize, bool),
    End,
    /// `n` lines.
    Lines(usize),
    /// A color or an attribute.
    Sgr(&'static str),
    /// A title, a link, bytes that are not text.
    Odd(&'static [u8]),
    /// A carriage return, a tab, backspaces.
    Control(&'static str),
    /// A control sequence that moves the cursor within its row, or erases: `ESC [`, a number, a
    /// letter.
    Csi(usize, char),
    /// Up or down over rows of the program's own, by this sequence.
    Up(usize, char),
    Down(usize, char),
    /// Saves the position, writes something behind it or `n` rows above, and restores the position.
    Saved(usize, String),
}

/// A piece of output ends after this many bytes of the rest, and a frame may follow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut(pub(super) usize, pub(super) bool);

#[derive(Clone, Debug)]
pub(super) struct Bar {
    pub(super) text: String,
    /// Whether the line is filled up to the width of the window.
    pub(super) full: bool,
    pub(super) color: Color,
}

/// Why something stands in the cursor's row that the passthrough has not seen. Its column is not
/// the real one until the line is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unseen {
    /// It stood there before the first frame.
    Before,
    /// The terminal has echoed it.
    Typed,
}
