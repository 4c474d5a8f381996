//! A snapshot and a template to a line.

use std::ops::Range;

use anstyle::Style;

use super::bar;
use super::field::Shown;
use super::number::{self, Shape};
use super::pulse;
use super::spec::{Form, Size};
use super::text;
use super::{Piece, Template};
use crate::paint::color::{Color, ColorDepth};
use crate::paint::foreign::{self, Token};
use crate::paint::line::Line;
use crate::paint::sgr;
use crate::paint::width;
use crate::state::snapshot::{Justify, Number, Snapshot, Subject};

/// Paints lines, and keeps the room that it needs for that: after the first few lines nothing is allocated.
#[derive(Debug, Default)]
pub(crate) struct Painter {
    /// The text of all fields of the line.
    text: String,
    slots: Vec<Slot>,
    /// A text that is made for a field, before it is padded.
    made: String,
    digits: String,
    bar: bar::Scratch,
}

/// A stretch of the line.
#[derive(Clone, Debug)]
enum Slot {
    /// A part of the text.
    Text(Range<usize>),
    /// The bar, in so many columns or in a share of what is left.
    Bar(Option<usize>),
    /// A bar without an end, likewise.
    Pulse(Option<usize>),
    /// Fill characters, in a share of what is left.
    Fill,
    /// A change of style.
    Style(Color),
}

impl Painter {
    /// Paints `shot` in the manner of `template` into `line`, `width` columns at most.
    ///
    /// What a template asks for and `shot` does not have is left out.
    pub(crate) fn paint(
        &mut self,
        template: &Template,
        shot: &Snapshot,
        width: usize,
        depth: ColorDepth,
        line: &mut Line,
    ) {
        line.reset(width);
        self.text.clear();
        self.slots.clear();
        match &shot.subject {
            Subject::Count(_) => {
                self.write(template, shot);
                self.lay(shot, width, Color::DEFAULT, depth, line);
            }
            Subject::Status(status) => {
                match &status.text {
                    Some(text) => {
                        self.text.push_str(text);
                        self.slots.push(Slot::Text(0..self.text.len()));
                    }
                    None => self.write(template, shot),
                }
                self.justify(shot, width, status.justify, depth, line);
            }
        }
    }

    /// Writes all texts of the template, so that the room for what stretches is known.
    fn write(&mut self, template: &Template, shot: &Snapshot) {
        for piece in template.pieces.iter() {
            let start = self.text.len();
            match piece {
                Piece::Literal(text) => self.text.push_str(text),
                Piece::Field { field, spec, .. } => {
                    let width = size(&spec.width, shot, &mut self.made).unwrap_or(0);
                    let precision = size(&spec.precision, shot, &mut self.made);
                    match field.show(shot, &mut self.made) {
                        Shown::Number(number) => {
                            let shape = Shape { spec, width, precision };
                            number::write(&mut self.text, number, shape, &mut self.digits);
                        }
                        Shown::Text(shown) => {
                            let cut = matches!(spec.form, Form::Plain | Form::Text);
                            text::write(&mut self.text, shown, spec, width, precision.filter(|_| cut));
                        }
                    }
                }
                Piece::Bar(columns) => self.slots.push(Slot::Bar(*columns)),
                Piece::Pulse(columns) => self.slots.push(Slot::Pulse(*columns)),
                Piece::Fill => self.slots.push(Slot::Fill),
                Piece::Style(color) => self.slots.push(Slot::Style(*color)),
            }
            if self.text.len() > start {
                self.slots.push(Slot::Text(start..self.text.len()));
            }
        }
    }

    /// Lays the whole line between what justifies it.
    fn justify(&mut self, shot: &Snapshot, width: usize, justify: Justify, depth: ColorDepth, line: &mut Line) {
        let color = shot.color.reduced(depth);
        let stretches = self.slots.iter().any(Slot::stretches);
        let room = if stretches { 0 } else { width.saturating_sub(self.columns()) };
        let left = match justify {
            Justify::Left => 0,
            // An odd rest goes left in rows of odd width, and right in others.
            Justify::Center => room / 2 + (room & width & 1),
            Justify::Right => room,
        };
        fill(line, shot.fill, color, left);
        self.lay(shot, width - left, color, depth, line);
        fill(line, shot.fill, color, room - left);
    }

    /// Lays the slots into `width` columns: what stretches shares what is left.
    fn lay(&mut self, shot: &Snapshot, width: usize, base: Color, depth: ColorDepth, line: &mut Line) {
        let mut room = width.saturating_sub(self.columns());
        let mut stretching = self.slots.iter().filter(|slot| slot.stretches()).count();
        // Rounded down: the surplus goes to the last ones.
        let mut share = || {
            let share = room.checked_div(stretching).unwrap_or(0);
            (room, stretching) = (room - share, stretching.saturating_sub(1));
            share
        };
        let mut style = base.style();
        for slot in &self.slots {
            match slot {
                Slot::Text(range) => {
                    let text = self.text.get(range.clone()).unwrap_or_default();
                    style = push(line, text, style, base.style(), depth);
                }
                Slot::Bar(columns) => {
                    let columns = columns.unwrap_or_else(&mut share);
                    if let Subject::Count(counter) = &shot.subject {
                        bar::paint(line, counter, shot.color, columns, depth, &mut self.bar);
                    }
                }
                Slot::Pulse(columns) => {
                    let columns = columns.unwrap_or_else(&mut share);
                    pulse::paint(line, shot, columns, depth);
                }
                Slot::Fill => {
                    let columns = share();
                    fill(line, shot.fill, Color::from(style).reduced(depth), columns);
                }
                Slot::Style(color) => style = color.within(base).style(),
            }
        }
    }

    /// Columns of what does not stretch.
    fn columns(&self) -> usize {
        let columns = self.slots.iter().map(|slot| match slot {
            Slot::Text(range) => foreign::columns(self.text.get(range.clone()).unwrap_or_default()),
            Slot::Bar(columns) | Slot::Pulse(columns) => columns.unwrap_or(0),
            Slot::Fill | Slot::Style(_) => 0,
        });
        columns.sum()
    }
}

impl Slot {
    /// Whether it shares the columns that are left.
    fn stretches(&self) -> bool {
        matches!(self, Slot::Bar(None) | Slot::Pulse(None) | Slot::Fill)
    }
}

/// Appends `text` in `style`; returns the style in which it ends.
fn push(line: &mut Line, text: &str, style: Style, base: Style, depth: ColorDepth) -> Style {
    let mut style = style;
    for token in foreign::tokens(text) {
        match token {
            Token::Text(part) => line.push(part, Color::from(style).reduced(depth)),
            Token::Style(params) => style = sgr::apply(style, params.as_bytes(), base),
        }
    }
    style
}

fn fill(line: &mut Line, c: char, color: Color, columns: usize) {
    let c = if width::of_char(c) == 1 { c } else { ' ' };
    let mut bytes = [0; 4];
    line.repeat(c.encode_utf8(&mut bytes), color, columns);
}

/// The width or precision that a spec asks for.
fn size(size: &Option<Size>, shot: &Snapshot, made: &mut String) -> Option<usize> {
    match size.as_ref()? {
        Size::Fixed(size) => Some(*size),
        Size::Of(field) => match field.show(shot, made) {
            // No terminal is as wide; and a cast saturates.
            Shown::Number(Number::Whole(n)) => Some(n.clamp(0, 1000) as usize),
            Shown::Number(Number::Fraction(x)) => Some(x.clamp(0.0, 1000.0) as usize),
            Shown::Text(_) => None,
        },
    }
}
