//! How a line ends where columns at its end are left out: without a comma, and with brackets closed.

use super::column::{Column, ColumnKind};
use super::division::{Atom, Content, Division};
use crate::cells::ansi_text::{self, Token};

/// How the last column that is shown ends.
#[derive(Clone, Debug, Default)]
pub(super) struct LineEnd {
    /// The column.
    column: usize,
    /// Bytes of punctuation that lead to the next column, and are left out.
    cut: usize,
    /// Brackets that were opened, and would be closed in a column that is left out.
    closing: [u8; 4],
    closings: usize,
}

impl LineEnd {
    /// The end in front of column `at`, if that is left out and no column behind it is shown.
    pub(super) fn before(division: &Division, at: usize, text: &str) -> LineEnd {
        let Division { columns, atoms } = division;
        if columns.iter().skip(at).any(Column::is_visible) {
            return LineEnd::default();
        }
        let Some(last) = columns.iter().take(at).rposition(Column::is_visible) else { return LineEnd::default() };
        if !matches!(columns[last].kind, ColumnKind::Figure) || division.is_close_to_bar(last) {
            return LineEnd::default();
        }
        let mut end = LineEnd { column: last, ..LineEnd::default() };
        for atom in atoms.iter().filter(|atom| columns.get(atom.column).is_some_and(|column| column.shown)) {
            if let Content::Literal(range) = &atom.content {
                end.note_brackets(&text[range.clone()]);
            }
        }
        if let Some(Content::Literal(range)) = end.last_atom(atoms).map(|atom| &atom.content) {
            let literal = &text[range.clone()];
            end.cut = literal.len() - literal.trim_end_matches([',', ';', ':', '|', '<', '/', '-']).len();
        }
        end
    }

    /// Whether the line ends behind `atom`, otherwise than its column does.
    pub(super) fn is_behind(&self, atom: &Atom, atoms: &[Atom]) -> bool {
        (self.cut > 0 || self.closings > 0) && self.last_atom(atoms).is_some_and(|last| std::ptr::eq(last, atom))
    }

    /// Returns how many bytes of punctuation are left out at the end of the last column. Each is a column wide.
    pub(super) fn cut(&self) -> usize {
        self.cut
    }

    /// Returns the brackets that are closed. Each is a column wide.
    pub(super) fn closing(&self) -> impl ExactSizeIterator<Item = char> {
        self.closing[..self.closings].iter().rev().map(|byte| char::from(*byte))
    }

    fn note_brackets(&mut self, literal: &str) {
        let parts = ansi_text::tokens(literal).filter_map(|token| match token {
            Token::Text(part) => Some(part),
            Token::Style(_) | Token::Link(_) => None,
        });
        for byte in parts.flat_map(str::bytes) {
            match byte {
                b'[' | b'(' | b'{' => {
                    let closing = if byte == b'(' { b')' } else { byte + 2 };
                    if let Some(free) = self.closing.get_mut(self.closings) {
                        *free = closing;
                        self.closings += 1;
                    }
                }
                b']' | b')' | b'}' => self.closings = self.closings.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// The last atom of its column that shows something.
    fn last_atom<'a>(&self, atoms: &'a [Atom]) -> Option<&'a Atom> {
        let is_text = |atom: &&Atom| atom.column == self.column && !matches!(atom.content, Content::Style(_));
        atoms.iter().rev().find(is_text)
    }
}
