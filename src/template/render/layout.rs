//! The columns of a line in which not everything fits: which text gives way, and how far.
//!
//! A line is divided into columns: what stands between two blanks of the format (`27/138`), a text
//! that can be cut (the description, the message), a bar. Where there is too little room, they give way
//! in this order, behind blanks at the end of the line:
//!
//! 1. Messages are cut, with an ellipsis, or left out where next to nothing would remain.
//! 2. Descriptions and other texts that can be cut, down to their fewest columns.
//! 3. Figures are left out, the last first: whole columns, because a number that is cut is another
//!    number.
//! 4. What remains of texts; then what stands close to the bar. The bar is last.
//!
//! Everything but messages gives way only if the format has a range (`{bar:10..}`). Other formats are
//! Enlighten's: their bar may vanish, and the line ends where the room ends.

use std::ops::Range;

use super::super::extension::Extension;
use super::super::field::Field;
use super::super::piece::{BarSpec, BarWidth, Piece};
use super::super::spec::{ColumnRange, Spec};
use super::aligned::{SharedColumn, SharedColumns};
use super::slot::Slot;
use crate::cells::ansi_text::{self, Token};
use crate::cells::color::Color;
use crate::cells::width;

/// The fewest columns of a bar beside a message, and of a description beside figures, where the
/// format does not say.
pub(super) const BAR: usize = 10;
const DESC: usize = 8;

/// The fewest columns of a text that is cut: fewer say nothing.
const SHORTEST: usize = 3;

/// What of a line gives way where not everything fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flexibility {
    /// Nothing: the line is cut at its end.
    None,
    /// Its message.
    Message,
    /// All columns, in their order: the format has a range.
    All,
}

/// The columns of one line. Its buffers are reused.
#[derive(Debug, Default)]
pub(super) struct Layout {
    columns: Vec<Column>,
    atoms: Vec<Atom>,
    /// What ends the line where columns were left out.
    tail: Tail,
    /// The blanks at the end of the line that are shown.
    margin: usize,
}

/// One column.
#[derive(Clone, Debug)]
struct Column {
    kind: ColumnKind,
    align: ColumnAlign,
    /// Blanks before it.
    gap: usize,
    /// Blanks that it has more than the format has before it, to start where other lines do.
    indent: usize,
    /// The columns that it takes.
    own: usize,
    /// The columns that it would take, as wide as in other lines.
    natural: usize,
    /// The columns that it gets; those of a bar are shared out last.
    width: usize,
    /// Whether it is shown.
    shown: bool,
}

/// On which side a column of several lines is even.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ColumnAlign {
    Left,
    Right,
}

#[derive(Clone, Debug)]
enum ColumnKind {
    /// A message.
    Message { min: usize },
    /// Another text that can be cut.
    Text { min: usize },
    /// Text that is shown as a whole.
    Figure,
    /// A bar, or fill characters.
    Stretch { min: usize, max: Option<usize> },
}

/// A stretch of a column, or a style.
#[derive(Clone, Debug)]
struct Atom {
    /// The column that it belongs to. Blanks and styles belong to the column after them.
    column: usize,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Literal(Range<usize>),
    Value(Range<usize>),
    Blanks(usize),
    Bar(BarSpec),
    Pulse(BarSpec),
    Fill,
    Style(Color),
}

/// How the last column that is shown ends, where columns after it are left out.
#[derive(Clone, Debug, Default)]
struct Tail {
    /// The column.
    column: usize,
    /// Bytes of punctuation that lead to the next column, and are left out.
    cut: usize,
    /// Brackets that were opened, and would be closed in a column that is left out.
    closing: [u8; 4],
    closings: usize,
}

impl Flexibility {
    /// What `piece` allows, which has become a text of `len` bytes.
    pub(super) fn of(piece: &Piece, len: usize) -> Flexibility {
        match piece {
            Piece::Bar(bar) | Piece::Pulse(bar) if matches!(bar.width, BarWidth::Range(_)) => Flexibility::All,
            Piece::Field { spec, .. } if spec.range.is_some() => Flexibility::All,
            Piece::Field { field: Field::Extension(Extension::Message), .. } if len > 0 => Flexibility::Message,
            _ => Flexibility::None,
        }
    }
}

impl Layout {
    /// Divides a line into columns: `ends` says where in `text` the text of each piece ends.
    pub(super) fn divide(&mut self, pieces: &[Piece], bar_color: Color, text: &str, ends: &[usize]) {
        self.columns.clear();
        self.atoms.clear();
        self.tail = Tail::default();
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
                Piece::Field { field, spec, .. } => match cut_of(*field, spec) {
                    Some(kind) => {
                        let columns = ansi_text::columns(&text[range.clone()]);
                        let max = spec.range.and_then(|range| range.max);
                        self.add(kind, columns.min(max.unwrap_or(usize::MAX)));
                        self.push(self.columns.len() - 1, Content::Value(range));
                        open = Open::None;
                    }
                    // A border of the bar is a column of its own.
                    None => {
                        let before = if open == Open::Border { Open::None } else { open };
                        open = self.append(before, text, range, Content::Value);
                        if before != open && is_figure(*field) {
                            if let Some(column) = self.columns.last_mut() {
                                column.align = ColumnAlign::Right;
                            }
                        }
                    }
                },
                Piece::Graph(_) => {
                    let before = if open == Open::Border { Open::None } else { open };
                    open = self.append(before, text, range, Content::Value);
                }
                Piece::Bar(bar) => open = self.add_stretch(range_of(bar.width), Content::Bar(*bar)),
                Piece::Pulse(bar) => open = self.add_stretch(range_of(bar.width), Content::Pulse(*bar)),
                Piece::Fill => open = self.add_stretch(ColumnRange { min: 0, max: None }, Content::Fill),
            }
        }
        self.margin = self.gap();
    }

    /// Makes columns as wide as in the lines that they are shared with. The blanks before an indented
    /// line are a part of its first column, also where that is cut: so all lines are cut alike.
    pub(super) fn align(&mut self, shared: &mut SharedColumns<'_>, indent: usize) {
        for (at, column) in self.columns.iter_mut().enumerate() {
            if matches!(column.kind, ColumnKind::Stretch { .. }) {
                continue;
            }
            let is_desc = at == 0 && matches!(column.kind, ColumnKind::Text { .. });
            let indent = if at == 0 { indent } else { 0 };
            let min = match column.kind {
                ColumnKind::Text { min } | ColumnKind::Message { min } => min + indent,
                ColumnKind::Figure | ColumnKind::Stretch { .. } => 0,
            };
            let own = SharedColumn { gap: column.gap, width: column.own + indent, min };
            let all = shared.share(at, is_desc, own);
            let all = SharedColumn { width: all.width.saturating_sub(indent), ..all };
            if let ColumnKind::Text { min } | ColumnKind::Message { min } = &mut column.kind {
                *min = all.min.saturating_sub(indent);
            }
            column.indent = all.gap - column.gap;
            (column.gap, column.natural, column.width) = (all.gap, all.width, all.width);
        }
    }

    /// Shares `width` columns out, and lets columns give way where there are too few.
    pub(super) fn fit(
        &mut self,
        width: usize,
        flexibility: Flexibility,
        text: &str,
        ellipsis: usize,
        is_aligned: bool,
    ) {
        let fits = self.needed() <= width;
        if flexibility != Flexibility::None {
            self.margin -= self.needed().saturating_sub(width).min(self.margin);
        }
        self.shrink(width, |kind| match kind {
            ColumnKind::Message { min } => Some(*min),
            _ => None,
        });
        if flexibility == Flexibility::All {
            self.shrink(width, |kind| match kind {
                ColumnKind::Text { min } => Some(*min),
                _ => None,
            });
            self.leave_out(width, text, |columns, at| !is_close_to_bar(columns, at));
            self.grow(width);
            self.shrink(width, |kind| match kind {
                ColumnKind::Message { .. } | ColumnKind::Text { .. } => Some(0),
                _ => None,
            });
            self.leave_out(width, text, |_, _| true);
        } else if flexibility == Flexibility::None || fits || self.needed() > width {
            // There is no message that would have to make room for a bar.
            for column in &mut self.columns {
                if let ColumnKind::Stretch { min, max: None } = &mut column.kind {
                    *min = 0;
                }
            }
        }
        if !is_aligned {
            self.settle(text, ellipsis);
        }
        self.share_out(width, flexibility);
    }

    /// Appends the slots of the line.
    pub(super) fn write_slots(&self, text: &mut String, ellipsis: usize, slots: &mut Vec<Slot>) {
        let mut has_text = false;
        let mut begun = None;
        let mut padding = 0;
        let mut margin = self.margin;
        for atom in &self.atoms {
            let column = self.columns.get(atom.column);
            if let Content::Style(color) = atom.content {
                slots.push(Slot::Style(color));
                continue;
            }
            // Blanks at the end of the line have no column.
            let Some(column) = column else {
                if let Content::Blanks(blanks) = atom.content {
                    push_blanks(slots, blanks.min(margin));
                    margin -= blanks.min(margin);
                }
                continue;
            };
            if !column.shown {
                continue;
            }
            if begun != Some(atom.column) && !matches!(atom.content, Content::Blanks(_)) {
                // More follows: the column before is as wide as in other lines.
                push_blanks(slots, padding);
                begun = Some(atom.column);
                let blanks = column.width.saturating_sub(column.own);
                let (before, after) = match (&column.kind, column.align) {
                    (ColumnKind::Stretch { .. }, _) => (0, 0),
                    (_, ColumnAlign::Left) => (0, blanks),
                    (_, ColumnAlign::Right) => (blanks, 0),
                };
                push_blanks(slots, column.indent + before);
                padding = after;
            }
            match &atom.content {
                Content::Blanks(blanks) if has_text => slots.push(Slot::Blanks(*blanks)),
                // Nothing is shown before them any more; else they are a part of the format.
                Content::Blanks(blanks) => {
                    if self.columns.iter().take(atom.column).all(|column| column.shown) {
                        slots.push(Slot::Blanks(*blanks));
                    }
                }
                Content::Value(range) if !matches!(column.kind, ColumnKind::Figure) => {
                    let range = range.clone();
                    slots.push(match cut(&text[range.clone()], column.width, ellipsis) {
                        Some(keep) => {
                            padding = column.width.saturating_sub(keep + ellipsis);
                            Slot::Cut { range, keep }
                        }
                        None => Slot::Text(range),
                    });
                }
                Content::Value(range) => slots.push(Slot::Text(range.clone())),
                Content::Literal(range) => {
                    let is_last = self.is_last_of_tail(atom);
                    let cut = if is_last { self.tail.cut } else { 0 };
                    slots.push(Slot::Text(range.start..range.end - cut));
                }
                Content::Bar(bar) => slots.push(Slot::Bar(BarSpec { width: BarWidth::Fixed(column.width), ..*bar })),
                Content::Pulse(bar) => {
                    slots.push(Slot::Pulse(BarSpec { width: BarWidth::Fixed(column.width), ..*bar }));
                }
                Content::Fill => slots.push(Slot::Filling(column.width)),
                Content::Style(_) => {}
            }
            has_text = true;
            if self.tail.closings > 0 && self.is_last_of_tail(atom) {
                let start = text.len();
                text.extend(self.tail.closing[..self.tail.closings].iter().rev().map(|byte| char::from(*byte)));
                slots.push(Slot::Text(start..text.len()));
            }
        }
    }

    fn push(&mut self, column: usize, content: Content) {
        self.atoms.push(Atom { column, content });
    }

    fn add(&mut self, kind: ColumnKind, width: usize) {
        let gap = self.gap();
        let align = ColumnAlign::Left;
        self.columns.push(Column { kind, align, gap, indent: 0, own: width, natural: width, width, shown: true });
    }

    /// The blanks behind the last column.
    fn gap(&self) -> usize {
        let at = self.columns.len();
        let blanks = self.atoms.iter().rev().take_while(|atom| atom.column == at).map(|atom| match atom.content {
            Content::Blanks(blanks) => blanks,
            _ => 0,
        });
        blanks.sum()
    }

    fn add_stretch(&mut self, ColumnRange { min, max }: ColumnRange, content: Content) -> Open {
        self.add(ColumnKind::Stretch { min, max }, 0);
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
        let column = &mut self.columns[at];
        (column.own, column.natural, column.width) =
            (column.own + columns, column.natural + columns, column.width + columns);
        self.push(at, content(range));
        next
    }

    /// The columns that the line takes, with the fewest that its bars may have.
    fn needed(&self) -> usize {
        let mut needed = 0;
        let mut is_first = true;
        for (at, column) in self.columns.iter().enumerate().filter(|(_, column)| column.shown) {
            let is_cut_off = is_first && at > 0;
            is_first = false;
            needed += if is_cut_off { 0 } else { column.gap };
            needed += match column.kind {
                ColumnKind::Stretch { min, .. } => min,
                _ => column.width,
            };
        }
        (needed + self.margin + self.tail.closings).saturating_sub(self.tail.cut)
    }

    /// Cuts texts, the last first, to the fewest columns that `fewest` says, as far as is needed.
    fn shrink(&mut self, width: usize, fewest: impl Fn(&ColumnKind) -> Option<usize>) {
        for at in (0..self.columns.len()).rev() {
            let over = self.needed().saturating_sub(width);
            if over == 0 {
                return;
            }
            let column = &self.columns[at];
            let Some(fewest) = fewest(&column.kind).filter(|_| column.shown) else { continue };
            let columns = column.width.saturating_sub(over).max(fewest.min(column.width));
            if columns < SHORTEST && columns < column.width {
                self.columns[at].shown = false;
            } else {
                self.columns[at].width = columns;
            }
        }
    }

    /// Gives texts the room that whole figures have left.
    fn grow(&mut self, width: usize) {
        for at in 0..self.columns.len() {
            let free = width.saturating_sub(self.needed());
            let column = &mut self.columns[at];
            if column.shown && matches!(column.kind, ColumnKind::Text { .. }) {
                column.width = column.natural.min(column.width + free);
            }
        }
    }

    /// Takes back the columns that texts leave free when they are cut between two characters.
    fn settle(&mut self, text: &str, ellipsis: usize) {
        for atom in &self.atoms {
            let (Content::Value(range), Some(column)) = (&atom.content, self.columns.get_mut(atom.column)) else {
                continue;
            };
            if matches!(column.kind, ColumnKind::Text { .. } | ColumnKind::Message { .. }) {
                column.width =
                    cut(&text[range.clone()], column.width, ellipsis).map_or(column.width, |keep| keep + ellipsis);
            }
        }
    }

    /// Leaves figures out, the last first, as far as is needed.
    fn leave_out(&mut self, width: usize, text: &str, may_go: impl Fn(&[Column], usize) -> bool) {
        for at in (0..self.columns.len()).rev() {
            if self.needed() <= width {
                return;
            }
            let column = &self.columns[at];
            if matches!(column.kind, ColumnKind::Figure) && column.shown && may_go(&self.columns, at) {
                self.columns[at].shown = false;
                self.end_after(at, text);
            }
        }
    }

    /// Ends the line in front of column `at`: without a comma, and with brackets closed.
    fn end_after(&mut self, at: usize, text: &str) {
        self.tail = Tail::default();
        // Only at the end of the line.
        if self.columns.iter().skip(at).any(Column::is_visible) {
            return;
        }
        let Some(last) = self.columns.iter().take(at).rposition(Column::is_visible) else { return };
        if !matches!(self.columns[last].kind, ColumnKind::Figure) || is_close_to_bar(&self.columns, last) {
            return;
        }
        let mut tail = Tail { column: last, ..Tail::default() };
        for atom in self.atoms.iter().filter(|atom| self.columns.get(atom.column).is_some_and(|column| column.shown)) {
            let Content::Literal(range) = &atom.content else { continue };
            let parts = ansi_text::tokens(&text[range.clone()]).filter_map(|token| match token {
                Token::Text(part) => Some(part),
                Token::Style(_) | Token::Link(_) => None,
            });
            for byte in parts.flat_map(str::bytes) {
                match byte {
                    b'[' | b'(' | b'{' => {
                        let closing = if byte == b'(' { b')' } else { byte + 2 };
                        if let Some(free) = tail.closing.get_mut(tail.closings) {
                            *free = closing;
                            tail.closings += 1;
                        }
                    }
                    b']' | b')' | b'}' => tail.closings = tail.closings.saturating_sub(1),
                    _ => {}
                }
            }
        }
        let is_text = |atom: &&Atom| atom.column == last && !matches!(atom.content, Content::Style(_));
        let last = self.atoms.iter().rev().find(is_text);
        if let Some(Content::Literal(range)) = last.map(|atom| &atom.content) {
            let literal = &text[range.clone()];
            tail.cut = literal.len() - literal.trim_end_matches([',', ';', ':', '|', '<', '/', '-']).len();
        }
        self.tail = tail;
    }

    fn is_last_of_tail(&self, atom: &Atom) -> bool {
        let of_column = |other: &&Atom| other.column == self.tail.column && !matches!(other.content, Content::Style(_));
        (self.tail.cut > 0 || self.tail.closings > 0)
            && self.atoms.iter().rev().find(of_column).is_some_and(|last| std::ptr::eq(last, atom))
    }

    /// Gives bars the columns that are left: equal shares within their limits, rounded down, so that the
    /// last ones get the remainder. Only with ranges is a bar smaller than its fewest columns, where the
    /// line is.
    fn share_out(&mut self, width: usize, flexibility: Flexibility) {
        let taken = |share| self.columns.iter().filter_map(|column| column.with_share(share)).sum::<usize>();
        let fewest = taken(0);
        let free = width.saturating_sub(self.needed() - fewest);
        // The largest share for which there is room.
        let (mut share, mut too_large) = (0, free + 1);
        while too_large - share > 1 {
            let middle = share.midpoint(too_large);
            if taken(middle) <= free { share = middle } else { too_large = middle }
        }
        let mut rest = free.saturating_sub(taken(share));
        for column in self.columns.iter_mut().rev() {
            let (Some(columns), Some(more)) = (column.with_share(share), column.with_share(share + 1)) else {
                continue;
            };
            let more = (more - columns).min(rest);
            column.width = columns + more;
            rest -= more;
        }
        if flexibility == Flexibility::All {
            let mut over = fewest.saturating_sub(free);
            for column in self.columns.iter_mut().filter(|column| column.with_share(0).is_some()) {
                let less = over.min(column.width);
                column.width -= less;
                over -= less;
            }
        }
    }
}

impl Column {
    /// Whether there is something to see.
    fn is_visible(&self) -> bool {
        self.shown && (self.width > 0 || matches!(self.kind, ColumnKind::Stretch { .. }))
    }

    /// The columns of a bar that is shown, if each bar gets `share` of them, within its limits.
    fn with_share(&self, share: usize) -> Option<usize> {
        match self.kind {
            ColumnKind::Stretch { min, max } if self.shown => Some(share.min(max.unwrap_or(usize::MAX)).max(min)),
            _ => None,
        }
    }
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

/// How a field can be cut, if it can be.
fn cut_of(field: Field, spec: &Spec) -> Option<ColumnKind> {
    let min = spec.range.map(|range| range.min);
    match field {
        Field::Extension(Extension::Message) if spec.width.is_none() => {
            Some(ColumnKind::Message { min: min.unwrap_or(0) })
        }
        Field::Desc if spec.width.is_none() => Some(ColumnKind::Text { min: min.unwrap_or(DESC) }),
        _ => min.map(|min| ColumnKind::Text { min }),
    }
}

fn range_of(width: BarWidth) -> ColumnRange {
    match width {
        BarWidth::Free => ColumnRange { min: BAR, max: None },
        BarWidth::Fixed(columns) => ColumnRange { min: columns, max: Some(columns) },
        BarWidth::Range(range) => range,
    }
}

/// Whether no blank separates column `at` from a bar.
fn is_close_to_bar(columns: &[Column], at: usize) -> bool {
    let is_bar = |column: &Column| matches!(column.kind, ColumnKind::Stretch { .. });
    let before = at.checked_sub(1).and_then(|before| columns.get(before)).is_some_and(is_bar) && columns[at].gap == 0;
    before || columns.get(at + 1).is_some_and(|after| is_bar(after) && after.gap == 0)
}

fn push_blanks(slots: &mut Vec<Slot>, blanks: usize) {
    if blanks > 0 {
        slots.push(Slot::Blanks(blanks));
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

/// How many columns of `text` are shown in front of an ellipsis, if it takes more than `width` columns:
/// whole characters, and no blank at the end.
fn cut(text: &str, width: usize, ellipsis: usize) -> Option<usize> {
    if ansi_text::columns(text) <= width {
        return None;
    }
    let room = width.saturating_sub(ellipsis);
    let (mut columns, mut kept) = (0, 0);
    for token in ansi_text::tokens(text) {
        let Token::Text(part) = token else { continue };
        for cluster in width::clusters(part) {
            if columns + cluster.width > room {
                return Some(kept);
            }
            columns += cluster.width;
            if cluster.text != " " {
                kept = columns;
            }
        }
    }
    Some(kept)
}
