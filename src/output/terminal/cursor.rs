//! The cursor, as program output leaves it: its column, its style, and what of the program's stands
//! in and below its row. Which row of the window it is in is not known, and not needed.

use anstyle::Style;

use super::scanner::{GlyphSlot, Glyphs};

/// How program output leaves the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// Columns before the cursor. Equal to the width of the window if the last column is taken and
    /// the next character wraps.
    pub(super) column: usize,
    /// Columns since the start of the line, over all the rows that the line takes.
    pub(super) line_columns: usize,
    /// Whether output of the program stands in the cursor's row, wherever in it the cursor is.
    pub(super) row_written: bool,
    /// Rows of the program's own below the cursor, where it has moved up to overwrite them.
    pub(super) rows_below: usize,
    /// Whether output stands in the lowest of these rows. If in doubt, it does: a row that is taken
    /// for empty is erased.
    pub(super) lowest_row_written: bool,
    /// Colors and attributes.
    pub(super) style: Style,
    pub(super) glyph_sets: GlyphSets,
    /// The character before the cursor. It is written again to restore a pending wrap.
    pub(super) last_glyph: Glyph,
    /// Line feeds since the last frame: the cursor has moved down by that many rows, or everything
    /// has scrolled.
    pub(super) line_feeds: usize,
    /// Rows that text has wrapped to since the last frame.
    pub(super) wraps: usize,
    /// Whether the cursor has moved to an unknown row since the last frame.
    pub(super) jumped: bool,
    /// The position that the program has saved with `ESC 7` and not restored yet.
    pub(super) saved: Option<SavedPosition>,
}

/// The character sets in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GlyphSets {
    /// G0 to G3.
    slots: [Glyphs; 4],
    pub(super) used: GlyphSlot,
}

/// A position in a row, as `ESC 7` saves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SavedPosition {
    pub(super) column: usize,
    pub(super) line_columns: usize,
    pub(super) row_written: bool,
    pub(super) rows_below: usize,
    pub(super) style: Style,
    pub(super) glyph_sets: GlyphSets,
}

/// A character with what is combined with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) bytes: [u8; Glyph::LONGEST],
    pub(super) len: u8,
    pub(super) width: u8,
    /// Colors and attributes, which need not be those in force any more.
    pub(super) style: Style,
    /// Whether it was printed in line drawing.
    pub(super) draws_line: bool,
}

impl Cursor {
    /// In the first column, in the default style.
    pub(super) fn new() -> Cursor {
        Cursor {
            column: 0,
            line_columns: 0,
            row_written: false,
            rows_below: 0,
            lowest_row_written: true,
            style: Style::new(),
            glyph_sets: GlyphSets::INITIAL,
            last_glyph: Glyph::new(' ', 1, Style::new(), false),
            line_feeds: 0,
            wraps: 0,
            jumped: false,
            saved: None,
        }
    }

    /// Counts from here: a frame ends here.
    pub(super) fn start_frame(&mut self) {
        (self.line_feeds, self.wraps, self.jumped) = (0, 0, false);
    }

    /// Whether a line was begun and not ended.
    pub(super) fn is_line_open(&self) -> bool {
        self.row_written || self.column > 0
    }

    /// Whether the row is full, so that the next character wraps.
    pub(super) fn is_wrap_pending(&self, cols: usize) -> bool {
        self.column >= cols
    }

    /// A character as it is printed now.
    pub(super) fn glyph(&self, c: char, width: usize) -> Glyph {
        Glyph::new(c, width, self.style, self.glyph_sets.draws_lines())
    }

    pub(super) fn move_to_line_start(&mut self) {
        self.column = 0;
        self.line_columns = 0;
    }

    /// Moves down as text wraps, over rows of the program's own at first.
    pub(super) fn wrap(&mut self, rows: usize) {
        self.wraps += rows.saturating_sub(self.rows_below);
        self.rows_below = self.rows_below.saturating_sub(rows);
    }

    /// Moves to an unknown row, in which output of the program may stand.
    pub(super) fn jump(&mut self) {
        self.rows_below = 0;
        self.row_written = true;
        self.jumped = true;
    }

    /// Moves up over rows of the program's own.
    pub(super) fn up(&mut self, count: usize) {
        // A program moves up by a screen at most. A wild number must not make us move down by as
        // much.
        const MOST_ROWS: usize = 200;
        if self.rows_below == 0 {
            self.lowest_row_written = self.is_line_open();
        }
        self.rows_below = (self.rows_below + count).min(MOST_ROWS);
        self.row_written = true;
    }

    /// Moves down over rows of the program's own. Below them are the bars, where the program cannot
    /// have meant to move.
    pub(super) fn down(&mut self, count: usize) {
        if self.rows_below > 0 {
            self.row_written = count < self.rows_below || self.lowest_row_written;
        }
        self.rows_below = self.rows_below.saturating_sub(count);
    }
}

impl GlyphSets {
    /// The character sets of a terminal that no program has changed.
    pub(super) const INITIAL: GlyphSets = GlyphSets { slots: [Glyphs::Letters; 4], used: GlyphSlot::G0 };

    /// What letters look like in the character set of a slot.
    pub(super) fn in_slot(self, slot: GlyphSlot) -> Glyphs {
        self.slots[slot as usize]
    }

    /// Designates a character set.
    pub(super) fn designate(&mut self, slot: GlyphSlot, glyphs: Glyphs) {
        self.slots[slot as usize] = glyphs;
    }

    /// Whether letters would look like lines now.
    pub(super) fn draws_lines(self) -> bool {
        self.in_slot(self.used) == Glyphs::LineDrawing
    }
}

impl Glyph {
    pub(super) const LONGEST: usize = 30;

    pub(super) fn new(c: char, width: usize, style: Style, draws_line: bool) -> Glyph {
        let mut glyph = Glyph { bytes: [0; Glyph::LONGEST], len: 0, width: width as u8, style, draws_line };
        glyph.combine(c);
        glyph
    }

    /// Adds a combining character. What does not fit is forgotten.
    pub(super) fn combine(&mut self, c: char) {
        let at = usize::from(self.len);
        if let Some(room) = self.bytes.get_mut(at..at + c.len_utf8()) {
            c.encode_utf8(room);
            self.len += c.len_utf8() as u8;
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }
}
