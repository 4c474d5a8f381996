//! A line divided into columns: what stands between two blanks of the format (`27/138`), a text that
//! can be cut (the description, the message), a bar.

use std::ops::Range;

use super::super::extension::Extension;
use super::super::field::Field;
use super::super::piece::{BarSpec, Piece};
use super::super::spec::Spec;
use super::column::{Column, ColumnAlign, ColumnKind};
use crate::cells::ansi_text;
use crate::cells::color::Color;

/// The columns of one line, and what stands in them. Its buffers are reused.
#[derive(Debug, Default)]
pub(super) struct Division {
    pub(super) columns: Vec<Column>,
    pub(super) atoms: Vec<Atom>,
}

/// A stretch of a column, or a style.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// The column that it belongs to. Blanks and styles belong to the column after them.
    pub(super) column: usize,
    pub(super) content: Content,
}

/// What an atom shows. The ranges are those of the text of the line.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// Text of the format.
    Literal(Range<usize>),
    /// The value of a field.
    Value(Range<usize>),
    Blanks(usize),
    Bar(BarSpec),
    Pulse(BarSpec),
    Fill,
    Style(Color),
}

/// The column that text is added to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// A new one.
    None,
    /// A new one, right behind a bar: its border.
    AfterBar,
    /// The border of a bar.
    Border,
    /// The last one.
    Column,
}

impl Open {
    /// The same for a value: a border of the bar is a column of its own.
    fn behind_border(self) -> Open {
        if self == Open::Border { Open::None } else { self }
    }
}

impl Division {
    /// Divides a line into columns: `ends` says where in `text` the text of each piece ends.
    pub(super) fn divide(&mut self, pieces: &[Piece], bar_color: Color, text: &str, ends: &[usize]) {
        self.columns.clear();
        self.atoms.clear();
        let mut open = Open::None;
        let mut start = 0;
        for (piece, end) in pieces.iter().zip(ends) {
            let range = start..*end;
            start = *end;
            match piece {
                Piece::Style(color) => self.push(self.columns.len(), Content::Style(*color)),
                Piece::BarStyle => self.push(self.columns.len(), Content::Style(bar_color)),
                // Rows are laid out one by one.
                Piece::Newline => {}
                Piece::Literal(_) => {
                    for part in blanks_apart(text, range) {
                        if text[part.clone()].starts_with(' ') {
                            open = Open::None;
                            self.push(self.columns.len(), Content::Blanks(part.len()));
                        } else {
                            open = self.append(open, text, part, Content::Literal);
                        }
                    }
                }
                Piece::Field { field: Field::DescPad | Field::Extension(Extension::MessagePad), spec, .. }
                    if *spec == Spec::PLAIN =>
                {
                    open = Open::None;
                    self.push(self.columns.len(), Content::Blanks(range.len()));
                }
                Piece::Field { field, spec, .. } => match ColumnKind::of_field(*field, spec) {
                    Some(kind) => {
                        let columns = ansi_text::columns(&text[range.clone()]);
                        let max = spec.range.and_then(|range| range.max);
                        self.add(kind, columns.min(max.unwrap_or(usize::MAX)));
                        self.push(self.columns.len() - 1, Content::Value(range));
                        open = Open::None;
                    }
                    None => {
                        let before = open.behind_border();
                        open = self.append(before, text, range, Content::Value);
                        if before != open && is_figure(*field) {
                            if let Some(column) = self.columns.last_mut() {
                                column.align = ColumnAlign::Right;
                            }
                        }
                    }
                },
                Piece::Graph(_) => {
                    open = self.append(open.behind_border(), text, range, Content::Value);
                }
                Piece::Bar(bar) => open = self.add_stretch(ColumnKind::of_bar(bar.width), Content::Bar(*bar)),
                Piece::Pulse(bar) => open = self.add_stretch(ColumnKind::of_bar(bar.width), Content::Pulse(*bar)),
                Piece::Fill => open = self.add_stretch(ColumnKind::Stretch { min: 0, max: None }, Content::Fill),
            }
        }
    }

    /// The blanks behind the last column.
    pub(super) fn gap(&self) -> usize {
        let at = self.columns.len();
        let blanks = self.atoms.iter().rev().take_while(|atom| atom.column == at).map(|atom| match atom.content {
            Content::Blanks(blanks) => blanks,
            _ => 0,
        });
        blanks.sum()
    }

    /// Whether no blank separates column `at` from a bar.
    pub(super) fn is_close_to_bar(&self, at: usize) -> bool {
        let is_stretch = |column: &Column| column.kind.is_stretch();
        let before = at.checked_sub(1).and_then(|before| self.columns.get(before)).is_some_and(is_stretch)
            && self.columns[at].gap == 0;
        before || self.columns.get(at + 1).is_some_and(|after| is_stretch(after) && after.gap == 0)
    }

    fn push(&mut self, column: usize, content: Content) {
        self.atoms.push(Atom { column, content });
    }

    fn add(&mut self, kind: ColumnKind, width: usize) {
        let gap = self.gap();
        self.columns.push(Column::new(kind, gap, width));
    }

    fn add_stretch(&mut self, kind: ColumnKind, content: Content) -> Open {
        self.add(kind, 0);
        self.push(self.columns.len() - 1, content);
        Open::AfterBar
    }

    /// Adds text to the column that is open, or to a new one.
    fn append(&mut self, open: Open, text: &str, range: Range<usize>, content: fn(Range<usize>) -> Content) -> Open {
        let columns = ansi_text::columns(&text[range.clone()]);
        let next = match open {
            Open::None => Open::Column,
            Open::AfterBar => Open::Border,
            Open::Column | Open::Border => open,
        };
        if matches!(open, Open::None | Open::AfterBar) {
            self.add(ColumnKind::Figure, 0);
        }
        let at = self.columns.len() - 1;
        self.columns[at].widen(columns);
        self.push(at, content(range));
        next
    }
}

/// Whether a field shows a number or a time, which are even on the right.
fn is_figure(field: Field) -> bool {
    match field {
        Field::Total | Field::LenTotal | Field::Measure(..) | Field::Elapsed => true,
        Field::Extension(extension) => {
            !matches!(extension, Extension::Message | Extension::MessagePad | Extension::Segments | Extension::Spinner)
        }
        Field::Desc | Field::DescPad | Field::Unit | Field::UnitPad | Field::User(_) => false,
    }
}

/// The parts of a literal: blanks, and what stands between them.
fn blanks_apart(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    std::iter::from_fn(move || {
        let rest = text.get(start..range.end).filter(|rest| !rest.is_empty())?;
        let is_blank = rest.starts_with(' ');
        let end = rest.find(|c: char| (c == ' ') != is_blank).map_or(range.end, |at| start + at);
        let part = start..end;
        start = end;
        Some(part)
    })
}
