//! A line in which not everything fits: which of its columns give way, and how far.
//!
//! Where there is too little room, columns give way in this order, behind blanks at the end of the line:
//!
//! 1. Messages are cut, with an ellipsis, or left out where next to nothing would remain.
//! 2. Descriptions and other texts that can be cut, down to their fewest columns.
//! 3. Figures are left out, the last first: whole columns, because a number that is cut is another
//!    number.
//! 4. What remains of texts; then what stands close to the bar. The bar is last.
//!
//! Everything but messages gives way only if the format has a range (`{bar:10..}`). Other formats are
//! Enlighten's: their bar may vanish, and the line ends where the room ends.

use super::super::extension::Extension;
use super::super::field::Field;
use super::super::piece::{BarSpec, BarWidth, Piece};
use super::aligned::{SharedColumn, SharedColumns};
use super::column::{ColumnAlign, ColumnKind};
use super::division::{Content, Division};
use super::line_end::LineEnd;
use super::slot::Slot;
use crate::cells::ansi_text::{self, Token};
use crate::cells::color::Color;
use crate::cells::width;

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

/// The columns of one line, and how wide they are. Its buffers are reused.
#[derive(Debug, Default)]
pub(super) struct Layout {
    division: Division,
    /// How the line ends where columns were left out.
    end: LineEnd,
    /// The blanks at the end of the line that are shown.
    margin: usize,
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
        self.division.divide(pieces, bar_color, text, ends);
        self.end = LineEnd::default();
        self.margin = self.division.gap();
    }

    /// Makes columns as wide as in the lines that they are shared with. The blanks before an indented
    /// line are a part of its first column, also where that is cut: so all lines are cut alike.
    pub(super) fn align(&mut self, shared: &mut SharedColumns<'_>, indent: usize) {
        for (at, column) in self.division.columns.iter_mut().enumerate() {
            if column.kind.is_stretch() {
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
            self.leave_out(width, text, |division, at| !division.is_close_to_bar(at));
            self.grow(width);
            self.shrink(width, |kind| match kind {
                ColumnKind::Message { .. } | ColumnKind::Text { .. } => Some(0),
                _ => None,
            });
            self.leave_out(width, text, |_, _| true);
        } else if flexibility == Flexibility::None || fits || self.needed() > width {
            // There is no message that would have to make room for a bar.
            for column in &mut self.division.columns {
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
        for atom in &self.division.atoms {
            let column = self.division.columns.get(atom.column);
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
            let ends_line = self.end.is_behind(atom, &self.division.atoms);
            match &atom.content {
                Content::Blanks(blanks) if has_text => slots.push(Slot::Blanks(*blanks)),
                // Nothing is shown before them any more; else they are a part of the format.
                Content::Blanks(blanks) => {
                    if self.division.columns.iter().take(atom.column).all(|column| column.shown) {
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
                    let cut = if ends_line { self.end.cut() } else { 0 };
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
            if ends_line {
                let start = text.len();
                text.extend(self.end.closing());
                slots.push(Slot::Text(start..text.len()));
            }
        }
    }

    /// The columns that the line takes, with the fewest that its bars may have.
    fn needed(&self) -> usize {
        let mut needed = 0;
        let mut is_first = true;
        for (at, column) in self.division.columns.iter().enumerate().filter(|(_, column)| column.shown) {
            let is_cut_off = is_first && at > 0;
            is_first = false;
            needed += if is_cut_off { 0 } else { column.gap };
            needed += match column.kind {
                ColumnKind::Stretch { min, .. } => min,
                _ => column.width,
            };
        }
        (needed + self.margin + self.end.closing().len()).saturating_sub(self.end.cut())
    }

    /// Cuts texts, the last first, to the fewest columns that `fewest` says, as far as is needed.
    fn shrink(&mut self, width: usize, fewest: impl Fn(&ColumnKind) -> Option<usize>) {
        for at in (0..self.division.columns.len()).rev() {
            let over = self.needed().saturating_sub(width);
            if over == 0 {
                return;
            }
            let column = &self.division.columns[at];
            let Some(fewest) = fewest(&column.kind).filter(|_| column.shown) else { continue };
            let columns = column.width.saturating_sub(over).max(fewest.min(column.width));
            if columns < SHORTEST && columns < column.width {
                self.division.columns[at].shown = false;
            } else {
                self.division.columns[at].width = columns;
            }
        }
    }

    /// Gives texts the room that whole figures have left.
    fn grow(&mut self, width: usize) {
        for at in 0..self.division.columns.len() {
            let free = width.saturating_sub(self.needed());
            let column = &mut self.division.columns[at];
            if column.shown && matches!(column.kind, ColumnKind::Text { .. }) {
                column.width = column.natural.min(column.width + free);
            }
        }
    }

    /// Takes back the columns that texts leave free when they are cut between two characters.
    fn settle(&mut self, text: &str, ellipsis: usize) {
        for atom in &self.division.atoms {
            let (Content::Value(range), Some(column)) = (&atom.content, self.division.columns.get_mut(atom.column))
            else {
                continue;
            };
            if matches!(column.kind, ColumnKind::Text { .. } | ColumnKind::Message { .. }) {
                column.width =
                    cut(&text[range.clone()], column.width, ellipsis).map_or(column.width, |keep| keep + ellipsis);
            }
        }
    }

    /// Leaves figures out, the last first, as far as is needed.
    fn leave_out(&mut self, width: usize, text: &str, may_go: impl Fn(&Division, usize) -> bool) {
        for at in (0..self.division.columns.len()).rev() {
            if self.needed() <= width {
                return;
            }
            let column = &self.division.columns[at];
            if matches!(column.kind, ColumnKind::Figure) && column.shown && may_go(&self.division, at) {
                self.division.columns[at].shown = false;
                self.end = LineEnd::before(&self.division, at, text);
            }
        }
    }

    /// Gives bars the columns that are left: equal shares within their limits, rounded down, so that the
    /// last ones get the remainder. Only with ranges is a bar smaller than its fewest columns, where the
    /// line is.
    fn share_out(&mut self, width: usize, flexibility: Flexibility) {
        let taken = |share| self.division.columns.iter().filter_map(|column| column.with_share(share)).sum::<usize>();
        let fewest = taken(0);
        let free = width.saturating_sub(self.needed() - fewest);
        // The largest share for which there is room.
        let (mut share, mut too_large) = (0, free + 1);
        while too_large - share > 1 {
            let middle = share.midpoint(too_large);
            if taken(middle) <= free { share = middle } else { too_large = middle }
        }
        let mut rest = free.saturating_sub(taken(share));
        for column in self.division.columns.iter_mut().rev() {
            let (Some(columns), Some(more)) = (column.with_share(share), column.with_share(share + 1)) else {
                continue;
            };
            let more = (more - columns).min(rest);
            column.width = columns + more;
            rest -= more;
        }
        if flexibility == Flexibility::All {
            let mut over = fewest.saturating_sub(free);
            for column in self.division.columns.iter_mut().filter(|column| column.with_share(0).is_some()) {
                let less = over.min(column.width);
                column.width -= less;
                over -= less;
            }
        }
    }
}

fn push_blanks(slots: &mut Vec<Slot>, blanks: usize) {
    if blanks > 0 {
        slots.push(Slot::Blanks(blanks));
    }
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
