//! A line as cells: a character and a style each.

use serde_json::Value as Json;
use unicode_width::UnicodeWidthChar;

/// A character with its combining characters, and its style.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub glyph: String,
    pub style: Style,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Style {
    pub fg: Option<Ink>,
    pub bg: Option<Ink>,
    pub bold: bool,
    pub underline: bool,
    pub inverted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ink {
    Ansi(u16),
    Index(u16),
    Rgb(u16, u16, u16),
}

/// Reads a line that this crate has rendered.
pub fn read(line: &str) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut style = Style::default();
    for (n, piece) in line.split("\x1b[").enumerate() {
        let text = match (n, piece.split_once('m')) {
            (0, _) => piece,
            (_, Some((params, text))) => {
                style = style.after(params);
                text
            }
            (_, None) => panic!("a sequence that sets no style: {piece:?}"),
        };
        push(&mut cells, text, style, usize::MAX);
    }
    cells
}

/// The cells of the runs that a case expects, cut to `limit` columns.
pub fn expected(runs: &Json, limit: usize) -> Vec<Cell> {
    let mut cells = Vec::new();
    for run in runs.as_array().into_iter().flatten() {
        let style = Style {
            fg: ink(&run["fg"]),
            bg: ink(&run["bg"]),
            bold: run["bold"] == true,
            underline: run["underline"] == true,
            inverted: false,
        };
        push(&mut cells, run["text"].as_str().unwrap_or_default(), style, limit);
    }
    cells
}

/// The number of columns of these cells.
pub fn columns(cells: &[Cell]) -> usize {
    cells.iter().map(Cell::width).sum()
}

/// Removes the cells of `width` columns from column `start` on.
pub fn cut(cells: &mut Vec<Cell>, start: usize, width: usize) -> Vec<Cell> {
    let place = |column| (0..cells.len()).find(|n| columns(&cells[..*n]) >= column).unwrap_or(cells.len());
    let range = place(start)..place(start + width);
    cells.drain(range).collect()
}

/// Appends `text` up to the limit. A wide character of which only half fits becomes a blank.
fn push(cells: &mut Vec<Cell>, text: &str, style: Style, limit: usize) {
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        match cells.last_mut() {
            Some(last) if width == 0 => last.glyph.push(c),
            _ => {
                let room = limit.saturating_sub(columns(cells));
                if room > 0 && width > 0 {
                    let glyph = if width > room { ' ' } else { c };
                    cells.push(Cell { glyph: glyph.into(), style });
                }
            }
        }
    }
}

fn ink(json: &Json) -> Option<Ink> {
    let list = json.as_array()?;
    let byte = |n: usize| list[n].as_u64().unwrap_or_default() as u16;
    Some(match list[0].as_str() {
        Some("ansi") => Ink::Ansi(byte(1)),
        Some("idx") => Ink::Index(byte(1)),
        _ => Ink::Rgb(byte(0), byte(1), byte(2)),
    })
}

impl Cell {
    fn width(&self) -> usize {
        self.glyph.chars().map(|c| c.width().unwrap_or(0)).sum()
    }
}

impl Style {
    /// The style behind `CSI params m`.
    pub fn after(mut self, params: &str) -> Style {
        let numbers: Vec<u16> = params.split(';').map(|number| number.parse().unwrap_or(0)).collect();
        let mut rest = numbers.as_slice();
        while let Some((code, next)) = rest.split_first() {
            rest = next;
            match *code {
                0 => self = Style::default(),
                1 => self.bold = true,
                4 => self.underline = true,
                7 => self.inverted = true,
                code @ (30..=37) => self.fg = Some(Ink::Ansi(code - 30)),
                code @ (90..=97) => self.fg = Some(Ink::Ansi(code - 82)),
                code @ (40..=47) => self.bg = Some(Ink::Ansi(code - 40)),
                code @ (100..=107) => self.bg = Some(Ink::Ansi(code - 92)),
                code @ (38 | 48) => {
                    let (ink, next) = match rest {
                        [2, r, g, b, next @ ..] => (Ink::Rgb(*r, *g, *b), next),
                        [5, n, next @ ..] => (Ink::Index(*n), next),
                        _ => panic!("a color cut short: {params:?}"),
                    };
                    rest = next;
                    *(if code == 38 { &mut self.fg } else { &mut self.bg }) = Some(ink);
                }
                code => panic!("an unexpected style: {code}"),
            }
        }
        self
    }
}
