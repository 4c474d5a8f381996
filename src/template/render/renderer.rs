//! Renders a snapshot with a template: the result is a line of cells.

use anstyle::Style;

use super::super::extension::Extension;
use super::super::field::Field;
use super::super::kind::LineKind;
use super::super::piece::Piece;
use super::super::spec::{Length, Presentation};
use super::super::template::Template;
use super::super::value::FieldValue;
use super::aligned::AlignedColumns;
use super::assemble::ResolvedSpec;
use super::bar_cells;
use super::bar_colors::BarColors;
use super::column;
use super::graph;
use super::layout::{Flexibility, Layout};
use super::number;
use super::pulse;
use super::shares::Shares;
use super::slot::Slot;
use super::text;
use crate::cells::ansi_text::{self, Token};
use crate::cells::charset::Charset;
use crate::cells::color::{Color, ColorDepth};
use crate::cells::line::Line;
use crate::cells::sgr;
use crate::cells::width;
use crate::state::snapshot::{Justify, Snapshot, StatusSnapshot, Subject};

/// The columns of the widest line: no window has more. A bar would fill whatever it is given.
const WIDEST_LINE: usize = u16::MAX as usize;

/// The most columns of a line of a log.
const LONGEST_LINE: usize = 1000;

/// Renders lines. Its buffers are reused: after the first few lines nothing is allocated.
#[derive(Debug)]
pub(crate) struct TemplateRenderer {
    /// The text of all fields and literals of the line.
    text: String,
    slots: Vec<Slot>,
    /// A value that is written before it is padded.
    value: String,
    digits: String,
    shares: Shares,
    /// Where in the text each piece of the template ends.
    ends: Vec<usize>,
    flexibility: Flexibility,
    layout: Layout,
    charset: Charset,
    /// What the line is for.
    kind: LineKind,
}

/// The columns of a line.
#[derive(Clone, Copy, Debug)]
struct Room {
    /// Those that are left of the row.
    width: usize,
    /// Blanks before the line.
    indent: usize,
}

impl TemplateRenderer {
    pub(crate) fn new(charset: Charset) -> TemplateRenderer {
        TemplateRenderer {
            text: String::new(),
            slots: Vec::new(),
            value: String::new(),
            digits: String::new(),
            shares: Shares::default(),
            ends: Vec::new(),
            flexibility: Flexibility::None,
            layout: Layout::default(),
            charset,
            kind: LineKind::Row,
        }
    }

    /// Renders `snapshot` with row `row` of `template` into `line`, in at most `width` columns, some of
    /// which it shares with other lines.
    ///
    /// Fields that the snapshot does not have show nothing.
    pub(crate) fn render(
        &mut self,
        (template, row): (&Template, usize),
        snapshot: &Snapshot,
        width: usize,
        depth: ColorDepth,
        line: &mut Line,
        aligned: Option<&mut AlignedColumns>,
    ) {
        let width = width.min(WIDEST_LINE);
        self.kind = LineKind::Row;
        self.write_slots(template.pieces_of(row), template.text(), row, snapshot);
        line.reset(width);
        let indent = indent(snapshot.depth, width);
        fill(line, ' ', Color::DEFAULT, indent);
        self.give_way((template, row), snapshot, Room { width: width - indent, indent }, aligned);
        self.lay_out(snapshot, width - indent, depth, line);
    }

    /// Renders `snapshot` with `template` into `line`, in the columns that it takes: for lines of a
    /// log. What would share free columns gets a few. All rows become one line.
    pub(crate) fn render_unbounded(
        &mut self,
        template: &Template,
        kind: LineKind,
        snapshot: &Snapshot,
        depth: ColorDepth,
        line: &mut Line,
    ) {
        self.kind = kind;
        self.write_slots(template.pieces(), template.text(), 0, snapshot);
        let stretched: usize = self.slots.iter().map(Slot::stretched_columns).sum();
        let width = (self.columns() + stretched).min(LONGEST_LINE);
        line.reset(width);
        self.lay_out(snapshot, width, depth, line);
    }

    /// Divides the line into columns, where not everything fits or columns are aligned.
    fn give_way(
        &mut self,
        (template, row): (&Template, usize),
        snapshot: &Snapshot,
        Room { width, indent }: Room,
        aligned: Option<&mut AlignedColumns>,
    ) {
        let aligned = aligned.filter(|_| !self.ends.is_empty());
        let gives_way = match self.flexibility {
            Flexibility::None => false,
            Flexibility::Message => {
                let bars = self.slots.iter().any(Slot::stretches);
                self.columns() + if bars { column::BAR } else { 0 } > width
            }
            Flexibility::All => true,
        };
        if !gives_way && aligned.is_none() {
            return;
        }
        self.layout.divide(template.pieces_of(row), snapshot.color, &self.text, &self.ends);
        let ellipsis = width::of(ellipsis(self.charset));
        let is_aligned = aligned.is_some();
        if let Some(aligned) = aligned {
            self.layout.align(&mut aligned.of(template, row), indent);
        }
        self.layout.fit(width, self.flexibility, &self.text, ellipsis, is_aligned);
        self.slots.clear();
        self.layout.write_slots(&mut self.text, ellipsis, &mut self.slots);
    }

    /// Writes the slots of `pieces`, which are row `row` of the format `source`.
    fn write_slots(&mut self, pieces: &[Piece], source: &str, row: usize, snapshot: &Snapshot) {
        self.text.clear();
        self.slots.clear();
        self.ends.clear();
        self.flexibility = Flexibility::None;
        match &snapshot.subject {
            Subject::Status(StatusSnapshot { text: Some(text), .. }) => {
                if row == 0 {
                    self.text.push_str(text);
                    self.slots.push(Slot::Text(0..self.text.len()));
                }
            }
            Subject::Count(_) | Subject::Status(_) => self.write(pieces, source, snapshot),
        }
    }

    fn lay_out(&mut self, snapshot: &Snapshot, width: usize, depth: ColorDepth, line: &mut Line) {
        match &snapshot.subject {
            Subject::Count(_) => self.fill_line(snapshot, width, Color::DEFAULT, depth, line),
            Subject::Status(status) => self.justify(snapshot, width, status.justify, depth, line),
        }
    }

    /// Writes all texts of the pieces: the free columns are known only then.
    fn write(&mut self, pieces: &[Piece], source: &str, snapshot: &Snapshot) {
        for piece in pieces {
            let start = self.text.len();
            match piece {
                // Pictures say nothing to those who listen.
                _ if self.kind == LineKind::Words && is_picture(piece) => {}
                Piece::Literal(span) => self.text.push_str(span.of(source)),
                Piece::Field { field, spec, .. } => {
                    let width = size(&spec.width, snapshot, source, &mut self.value).unwrap_or(0);
                    let precision = size(&spec.precision, snapshot, source, &mut self.value);
                    let resolved = ResolvedSpec { spec, width, precision };
                    match field.value(snapshot, source, &mut self.value) {
                        FieldValue::Number(number) => {
                            number::write(&mut self.text, number, resolved, &mut self.digits);
                        }
                        FieldValue::Count(count) => {
                            number::write_count(&mut self.text, count, resolved, &mut self.digits);
                        }
                        FieldValue::Text(value) => {
                            let is_cut = matches!(spec.presentation, Presentation::Plain | Presentation::Text);
                            text::write(&mut self.text, value, spec, width, precision.filter(|_| is_cut));
                        }
                    }
                }
                Piece::Bar(spec) => self.slots.push(Slot::Bar(*spec)),
                Piece::Pulse(spec) => self.slots.push(Slot::Pulse(*spec)),
                Piece::Graph(columns) => {
                    // No terminal is as wide.
                    graph::write(&mut self.text, snapshot.history.as_deref(), (*columns).min(1000), snapshot.charset);
                }
                Piece::Fill => self.slots.push(Slot::Fill),
                Piece::Style(color) => self.slots.push(Slot::Style(*color)),
                Piece::BarStyle => self.slots.push(Slot::Style(snapshot.color)),
                // A line of a log has all rows.
                Piece::Newline => {
                    self.text.push(' ');
                    self.slots.push(Slot::Style(Color::DEFAULT));
                }
            }
            if self.text.len() > start {
                self.slots.push(Slot::Text(start..self.text.len()));
            }
            self.ends.push(self.text.len());
            self.flexibility = self.flexibility.max(Flexibility::of(piece, self.text.len() - start));
        }
    }

    /// Writes the slots of a status bar to `line`, with fill characters on the sides that `justify`
    /// leaves free.
    fn justify(&mut self, snapshot: &Snapshot, width: usize, justify: Justify, depth: ColorDepth, line: &mut Line) {
        let color = snapshot.color.reduced(depth);
        let stretches = self.slots.iter().any(Slot::stretches);
        let free = if stretches { 0 } else { width.saturating_sub(self.columns()) };
        let left = match justify {
            Justify::Left => 0,
            // Of an odd number, the larger half is on the left in rows of odd width, and on the
            // right in others.
            Justify::Center => free / 2 + (free & width & 1),
            Justify::Right => free,
        };
        fill(line, snapshot.fill, color, left);
        self.fill_line(snapshot, width - left, color, depth, line);
        fill(line, snapshot.fill, color, free - left);
    }

    /// Writes the slots to `line`, in `width` columns. Those that stretch share the free columns.
    fn fill_line(&mut self, snapshot: &Snapshot, width: usize, base: Color, depth: ColorDepth, line: &mut Line) {
        let mut free = width.saturating_sub(self.columns());
        let mut stretching = self.slots.iter().filter(|slot| slot.stretches()).count();
        // Rounded down: the last slots get the remainder.
        let mut share = || {
            let share = free.checked_div(stretching).unwrap_or(0);
            (free, stretching) = (free - share, stretching.saturating_sub(1));
            share
        };
        let mut style = base.style();
        for slot in &self.slots {
            match slot {
                Slot::Text(range) => {
                    let text = self.text.get(range.clone()).unwrap_or_default();
                    style = push(line, text, style, base.style(), depth);
                }
                Slot::Cut { range, keep } => {
                    let text = self.text.get(range.clone()).unwrap_or_default();
                    style = push_cut(line, text, *keep, ellipsis(self.charset), style, base.style(), depth);
                }
                Slot::Blanks(blanks) => line.repeat(" ", Color::from(style).reduced(depth), *blanks),
                Slot::Filling(columns) => {
                    fill(line, snapshot.fill, Color::from(style).reduced(depth), *columns);
                }
                Slot::Bar(spec) => {
                    let columns = spec.width.fixed().unwrap_or_else(&mut share);
                    if let Subject::Count(counter) = &snapshot.subject {
                        let colors = BarColors::of(snapshot, spec, depth);
                        bar_cells::render(line, counter, &colors, columns, &mut self.shares);
                    }
                }
                Slot::Pulse(spec) => {
                    let columns = spec.width.fixed().unwrap_or_else(&mut share);
                    pulse::render(line, snapshot, &BarColors::of(snapshot, spec, depth), columns);
                }
                Slot::Fill => {
                    let columns = share();
                    fill(line, snapshot.fill, Color::from(style).reduced(depth), columns);
                }
                Slot::Style(color) => style = color.within(base).style(),
            }
        }
    }

    /// The columns of the slots that do not stretch.
    fn columns(&self) -> usize {
        let columns = self.slots.iter().map(|slot| match slot {
            Slot::Text(range) => ansi_text::columns(self.text.get(range.clone()).unwrap_or_default()),
            Slot::Cut { keep, .. } => keep + width::of(ellipsis(self.charset)),
            Slot::Bar(spec) | Slot::Pulse(spec) => spec.width.fixed().unwrap_or(0),
            Slot::Blanks(columns) | Slot::Filling(columns) => *columns,
            Slot::Fill | Slot::Style(_) => 0,
        });
        columns.sum()
    }
}

/// Appends `text`, which starts in `style`. Returns the style at its end.
fn push(line: &mut Line, text: &str, style: Style, base: Style, depth: ColorDepth) -> Style {
    let mut style = style;
    for token in ansi_text::tokens(text) {
        match token {
            Token::Text(part) => line.push(part, Color::from(style).reduced(depth)),
            Token::Style(params) => style = sgr::apply(style, params.as_bytes(), base),
            Token::Link(target) => line.set_link(target),
        }
    }
    style
}

/// The columns that a child stands further to the right: two for each parent, but never so many that
/// most of the row is lost.
fn indent(depth: u32, width: usize) -> usize {
    usize::try_from(depth).unwrap_or(usize::MAX).saturating_mul(2).min(width / 4)
}

/// Appends the first `keep` columns of `text` and an ellipsis. Returns the style at the end of the
/// whole text.
fn push_cut(
    line: &mut Line,
    text: &str,
    keep: usize,
    ellipsis: &str,
    style: Style,
    base: Style,
    depth: ColorDepth,
) -> Style {
    let mut style = style;
    let mut room = Some(keep);
    for token in ansi_text::tokens(text) {
        match (token, room) {
            (Token::Text(part), Some(columns)) => {
                let color = Color::from(style).reduced(depth);
                let mut left = columns;
                let fits = |cluster: &width::Cluster<'_>| {
                    let fits = cluster.width <= left;
                    left = left.saturating_sub(cluster.width);
                    fits
                };
                let bytes: usize = width::clusters(part).take_while(fits).map(|cluster| cluster.text.len()).sum();
                line.push(part.get(..bytes).unwrap_or_default(), color);
                room = Some(left);
                if left == 0 || bytes < part.len() {
                    line.push(ellipsis, color);
                    room = None;
                }
            }
            (Token::Text(_), None) => {}
            (Token::Style(params), _) => style = sgr::apply(style, params.as_bytes(), base),
            (Token::Link(target), _) => line.set_link(target),
        }
    }
    style
}

/// Whether a piece shows glyphs that mean something by their looks only.
fn is_picture(piece: &Piece) -> bool {
    let spinner = Field::Extension(Extension::Spinner);
    matches!(piece, Piece::Bar(_) | Piece::Pulse(_) | Piece::Graph(_))
        || matches!(piece, Piece::Field { field, .. } if *field == spinner)
}

/// What stands for the rest of a text.
fn ellipsis(charset: Charset) -> &'static str {
    match charset {
        Charset::Ascii => "...",
        _ => "…",
    }
}

fn fill(line: &mut Line, c: char, color: Color, columns: usize) {
    let c = if width::of_char(c) == 1 { c } else { ' ' };
    let mut bytes = [0; 4];
    line.repeat(c.encode_utf8(&mut bytes), color, columns);
}

/// Returns the width or precision that a spec asks for.
fn size(size: &Option<Length>, snapshot: &Snapshot, source: &str, scratch: &mut String) -> Option<usize> {
    match size.as_ref()? {
        Length::Fixed(size) => Some(*size),
        Length::Of(field) => match field.value(snapshot, source, scratch) {
            // No terminal is as wide. A cast saturates.
            FieldValue::Number(number) | FieldValue::Count(number) => Some(number.whole().clamp(0, 1000) as usize),
            FieldValue::Text(_) => None,
        },
    }
}
