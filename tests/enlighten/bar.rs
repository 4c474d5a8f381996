//! The rule for a bar with segments: shares in eighths of a cell, none of them lost or hidden.

use footlights::{Counter, Segment};
use serde_json::Value as Json;

use crate::cells::{Cell, Ink, Style};

const BLOCKS: [&str; 9] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

/// What a part of a bar looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Look {
    /// Done, in this color, or in the default color of the terminal.
    Done(Option<Ink>),
    /// Left to do.
    Blank,
}

/// What a bar should show.
pub struct Wanted {
    /// From left to right: the look of each part, and its share of the total.
    parts: Vec<(Look, f64)>,
    total: f64,
    /// The bar's own style.
    style: Style,
    series: Vec<String>,
}

impl Wanted {
    pub fn of(case: &Json, bar: &Counter, segments: &[Segment]) -> Wanted {
        let total = case["new"]["total"].as_f64().unwrap_or_default();
        let style = style(&case["new"]["color"]);
        let count = bar.count_f64();
        let colors = case["subs"].as_array().into_iter().flatten().map(|sub| Look::Done(self::style(&sub["color"]).fg));
        let mut parts: Vec<_> = colors.zip(segments.iter().map(Segment::count_f64)).collect();
        parts.reverse();
        let in_segments: f64 = parts.iter().map(|part| part.1).sum();
        parts.push((Look::Done(style.fg), if total == 0.0 { 1.0 } else { count - in_segments }));
        parts.push((Look::Blank, total - count));
        // Smaller parts are rounding errors of sums of fractions.
        parts.retain(|part| part.1 > total * 1e-12);
        let series = match &case["new"]["series"] {
            Json::String(text) => text.chars().map(String::from).collect(),
            Json::Array(cells) => cells.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
            _ => BLOCKS.map(str::to_owned).into(),
        };
        Wanted { parts, total: if total == 0.0 { 1.0 } else { total }, style, series }
    }

    /// The number of steps that the series has within a cell.
    fn steps(&self) -> usize {
        let steps = self.series.len() - 1;
        let divides = |(n, cell): (usize, &String)| cell == BLOCKS[n * 8 / steps];
        if 8 % steps == 0 && self.series.iter().enumerate().all(divides) { steps } else { 1 }
    }
}

/// Compares the cells with what they should show.
pub fn compare(wanted: &Wanted, cells: &[Cell]) -> Result<(), String> {
    let mut seen = eighths(wanted, cells)?;
    let room = seen.len() as f64;
    let share = |part: &(Look, f64)| part.1 * room / wanted.total;
    // A series without steps within a cell can show only whole cells, and shows a whole one for any
    // smaller part.
    let step = 8.0 / wanted.steps() as f64;
    let small = if step == 1.0 { 0 } else { wanted.parts.iter().filter(|part| share(part) < step).count() };
    for (look, _) in &wanted.parts {
        let same: Vec<_> = wanted.parts.iter().filter(|part| part.0 == *look).collect();
        let entitled: f64 = same.iter().map(|part| share(part)).sum();
        let shown = seen.iter().filter(|eighth| *eighth == look).count();
        if (shown as f64 - entitled).abs() > 8.0 * (same.len() + small) as f64 {
            return Err(format!("{look:?} has {shown} eighths and should have {entitled} in {} cells", cells.len()));
        }
        if shown == 0 && cells.len() >= wanted.parts.len() {
            return Err(format!("{look:?} is not visible"));
        }
    }
    if cells.len() >= wanted.parts.len() {
        let mut order: Vec<_> = wanted.parts.iter().map(|part| part.0).collect();
        order.dedup();
        seen.dedup();
        if order != seen {
            return Err(format!("from left to right {seen:?}, not {order:?}"));
        }
    }
    Ok(())
}

/// The look of every eighth of a cell.
fn eighths(wanted: &Wanted, cells: &[Cell]) -> Result<Vec<Look>, String> {
    let (empty, full) = (&wanted.series[0], &wanted.series[wanted.series.len() - 1]);
    let mut seen = Vec::new();
    for (n, cell) in cells.iter().enumerate() {
        // A part may have the color of the bar's background. Then the next cell tells whether it is
        // one.
        let last = cells.get(n + 1).is_none_or(|next| next.glyph == *empty);
        let filled = match &cell.glyph {
            glyph if glyph == full => 8,
            glyph if glyph == empty => 0,
            glyph => BLOCKS.iter().position(|block| block == glyph).ok_or(format!("the glyph {glyph:?}"))?,
        };
        // In an inverted cell, the background colors the glyph, and the default foreground the
        // rest.
        let style = cell.style;
        let (left, right) = match style.inverted {
            true => (style.bg, Look::Done(None)),
            false if style.bg == wanted.style.bg && last => (style.fg, Look::Blank),
            false => (style.fg, Look::Done(style.bg)),
        };
        seen.extend((0..8).map(|n| match filled {
            0 => Look::Blank,
            _ if n < filled => Look::Done(left),
            _ => right,
        }));
    }
    Ok(seen)
}

fn style(color: &Json) -> Style {
    let color = match color {
        Json::String(name) => name.parse().unwrap_or(footlights::Color::DEFAULT),
        Json::Array(rgb) => {
            let byte = |n: usize| rgb[n].as_u64().unwrap_or_default() as u8;
            footlights::Color::rgb(byte(0), byte(1), byte(2))
        }
        _ => footlights::Color::DEFAULT,
    };
    let sequence = color.style().render().to_string();
    sequence.split("\x1b[").fold(Style::default(), |style, piece| match piece.strip_suffix('m') {
        Some(params) => style.after(params),
        None => style,
    })
}
