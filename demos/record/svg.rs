//! Frames as SVG: text in the monospace font of the system, bars as rectangles, no scripts.
//!
//! Each row is a strip of all that it ever shows, one below the other. An animation moves the strip, so
//! that a frame costs only the rows that change. Styles are those of one class, because a page can contain the SVG.

use std::fmt::Write;

use crate::cells::{BACKGROUND, FOREGROUND, Run};
use crate::frames::Frame;

/// The size of a cell.
const WIDTH: f64 = 8.4;
const HEIGHT: f64 = 18.0;
/// The space around all cells.
const MARGIN: f64 = 14.0;
/// The seconds for which the last frame stays before the picture starts again.
const PAUSE: f64 = 4.0;

/// Returns a picture that repeats all frames.
pub fn animated(size: (u16, u16), frames: &[Frame]) -> String {
    let seconds = frames.last().map_or(0.0, |frame| frame.seconds) + PAUSE;
    let (mut styles, mut strips) = (String::new(), String::new());
    for row in 0..usize::from(size.1) {
        let states = states(row, frames);
        let strip: String = (0..).zip(&states).map(|(n, (_, runs))| cells(f64::from(n) * HEIGHT, runs)).collect();
        if strip.is_empty() {
            continue;
        }
        if states.len() > 1 {
            let _ = write!(styles, "@keyframes r{row}{{");
            for (n, (start, _)) in states.iter().enumerate() {
                let _ =
                    write!(styles, "{:.2}%{{transform:translateY({}px)}}", start / seconds * 100.0, n as f64 * -HEIGHT);
            }
            let _ = writeln!(styles, "}}#r{row}{{animation:r{row} {seconds:.1}s steps(1,end) infinite}}");
        }
        let y = row as f64 * HEIGHT;
        let _ = writeln!(strips, "<svg y=\"{y}\" height=\"{HEIGHT}\"><g id=\"r{row}\">{strip}</g></svg>");
    }
    window(size, &styles, &strips)
}

/// Returns a picture of one frame.
pub fn still(size: (u16, u16), frame: &Frame) -> String {
    let rows = (0..).zip(&frame.rows).map(|(row, runs)| cells(f64::from(row) * HEIGHT, runs));
    window(size, "", &rows.collect::<String>())
}

/// Returns what a row shows, and from when on.
fn states(row: usize, frames: &[Frame]) -> Vec<(f64, &[Run])> {
    let mut states: Vec<(f64, &[Run])> = Vec::new();
    for frame in frames {
        let runs = frame.rows.get(row).map_or(&[][..], Vec::as_slice);
        if states.last().is_none_or(|(_, last)| *last != runs) {
            // The first state is there before the first frame.
            states.push((if states.is_empty() { 0.0 } else { frame.seconds }, runs));
        }
    }
    states
}

fn window((cols, rows): (u16, u16), styles: &str, content: &str) -> String {
    let (width, height) = (f64::from(cols) * WIDTH, f64::from(rows) * HEIGHT);
    let (outer_width, outer_height) = (width + 2.0 * MARGIN, height + 2.0 * MARGIN);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {outer_width} {outer_height}\" width=\"{outer_width}\" \
         class=\"terminal\" style=\"max-width:100%\">\n\
         <style>.terminal text{{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace;\
         white-space:pre;fill:{FOREGROUND}}}.terminal .b{{font-weight:bold}}.terminal path{{shape-rendering:crispEdges}}\n{styles}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n\
         <svg x=\"{MARGIN}\" y=\"{MARGIN}\" width=\"{width}\" height=\"{height}\">\n{content}</svg>\n</svg>\n"
    )
}

/// Returns the elements of one row.
fn cells(y: f64, runs: &[Run]) -> String {
    let mut svg = String::new();
    for run in runs {
        if let Some(background) = &run.background {
            rect(&mut svg, (run.col as f64, run.text.chars().count() as f64), (y, HEIGHT), background);
        }
        let chars: Vec<char> = run.text.chars().collect();
        let mut col = 0;
        while let Some(&first) = chars.get(col) {
            // Equal glyphs of a bar are one rectangle; everything else is text.
            let is_alike = |c: &&char| if shape(first).is_some() { **c == first } else { shape(**c).is_none() };
            let length = chars.iter().skip(col).take_while(is_alike).count();
            let start = (run.col + col) as f64;
            match shape(first) {
                Some(Shape::Block(from, to)) if to - from == 1.0 => {
                    rect(&mut svg, (start, length as f64), (y, HEIGHT), &run.foreground);
                }
                Some(Shape::Block(from, to)) => {
                    for n in 0..length {
                        rect(&mut svg, (start + n as f64 + from, to - from), (y, HEIGHT), &run.foreground);
                    }
                }
                Some(Shape::Line(left, right)) => {
                    if left == right {
                        rect(&mut svg, (start, length as f64), (y + (HEIGHT - left) / 2.0, left), &run.foreground);
                        col += length;
                        continue;
                    }
                    let half = length as f64 / 2.0;
                    for (start, height) in [(start, left), (start + half, right)] {
                        if height > 0.0 {
                            rect(&mut svg, (start, half), (y + (HEIGHT - height) / 2.0, height), &run.foreground);
                        }
                    }
                }
                None => text(&mut svg, start, y, &chars[col..col + length], run),
            }
            col += length;
        }
    }
    svg
}

/// A glyph that is drawn as rectangles, so that it has no gaps in any font.
enum Shape {
    /// The part of the cell from one share of its width to another.
    Block(f64, f64),
    /// A line with the heights of its left and its right half.
    Line(f64, f64),
}

fn shape(c: char) -> Option<Shape> {
    const LIGHT: f64 = 1.5;
    const HEAVY: f64 = 4.0;
    match c {
        '█' => Some(Shape::Block(0.0, 1.0)),
        // From seven eighths down to one.
        '▉'..='▏' => Some(Shape::Block(0.0, f64::from(0x2590 - c as u32) / 8.0)),
        '▕' => Some(Shape::Block(0.875, 1.0)),
        '━' => Some(Shape::Line(HEAVY, HEAVY)),
        '─' => Some(Shape::Line(LIGHT, LIGHT)),
        '╾' => Some(Shape::Line(HEAVY, LIGHT)),
        '╸' => Some(Shape::Line(HEAVY, 0.0)),
        _ => None,
    }
}

/// Appends a rectangle. Columns are counted in cells.
fn rect(svg: &mut String, (col, cols): (f64, f64), (y, height): (f64, f64), color: &str) {
    let (x, width) = (number(col * WIDTH), number(cols * WIDTH));
    let _ = write!(svg, "<path fill=\"{color}\" d=\"M{x} {}h{width}v{}h-{width}\"/>", number(y), number(height));
}

fn text(svg: &mut String, col: f64, y: f64, chars: &[char], run: &Run) {
    let text: String = chars.iter().collect();
    let blanks = text.len() - text.trim_start().len();
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let (x, y) = (number((col + blanks as f64) * WIDTH), number(y + HEIGHT - 4.5));
    let _ = write!(svg, "<text x=\"{x}\" y=\"{y}\"");
    // Fonts differ in width. Short texts do not show it.
    if text.chars().count() > 6 {
        let _ = write!(svg, " textLength=\"{}\"", number(text.chars().count() as f64 * WIDTH));
    }
    if run.foreground != FOREGROUND {
        let _ = write!(svg, " style=\"fill:{}\"", run.foreground);
    }
    if run.bold {
        svg.push_str(" class=\"b\"");
    }
    let _ = write!(svg, ">{}</text>", text.replace('&', "&amp;").replace('<', "&lt;"));
}

/// Returns a number with at most two digits after the point.
fn number(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
