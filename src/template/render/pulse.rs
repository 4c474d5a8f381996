//! The indeterminate bar: a block that moves back and forth.

use anstyle::Effects;

use super::super::extension::{FRAMES_PER_SECOND, animation_time};
use super::bar_colors::BarColors;
use crate::cells::color::Color;
use crate::cells::line::Line;
use crate::cells::series::Series;
use crate::state::snapshot::{Snapshot, Subject};

/// Seconds from one end of the bar to the other.
const SWEEP_SECONDS: f64 = 2.0;

/// The block takes this part of the room: a fifth.
const SHARE: usize = 5;

/// A gradient needs more cells.
const SHARE_WITH_GRADIENT: usize = 3;

/// Appends the indeterminate bar of `snapshot` to `line`, in `width` columns. A finished bar is
/// full. A gradient runs along the block, and moves with it.
pub(crate) fn render(line: &mut Line, snapshot: &Snapshot, colors: &BarColors<'_>, width: usize) {
    let standard;
    let series = match &snapshot.subject {
        Subject::Count(counter) => &counter.series,
        Subject::Status(_) => {
            standard = Series::standard();
            &standard
        }
    };
    // A line whose colors do not differ is blank where the block is not.
    let empty = if series.needs_colors() && !colors.differ() { " " } else { series.empty() };
    // Beside a blank in a color of its own, that color is behind the glyph too.
    let beside = |color: Color| if colors.differ() { color.before_blank(colors.remaining) } else { color };
    // Glyphs fill a cell from the left. For one that fills from the right, the colors are swapped.
    let steps = if colors.done.is_inverted() { 1 } else { series.steps() };
    let room = width.saturating_mul(steps);
    let share = if colors.has_gradient() { SHARE_WITH_GRADIENT } else { SHARE };
    let (start, end) = if snapshot.finished { (0, room) } else { block(room, room / share, animation_time(snapshot)) };
    let (start, end) = if steps == 1 && start == end && end < room { (start, end + 1) } else { (start, end) };
    let first_cell = start / steps;
    let cells = end.div_ceil(steps) - first_cell;
    for cell in 0..width {
        let (at, next) = (cell * steps, (cell + 1) * steps);
        let color = if at < end && start < next { colors.done_at(cell - first_cell, cells) } else { colors.done };
        let (from, to) = (start.clamp(at, next) - at, end.clamp(at, next) - at);
        match (from, to) {
            (0, 0) => line.push(empty, colors.remaining),
            (0, to) if to == steps => line.push(series.full(), color),
            (0, to) => line.push(series.left(to), beside(color)),
            (from, to) if to == steps && from < steps => {
                let style = beside(color).style();
                line.push(series.left(from), Color::from(style.effects(style.get_effects() | Effects::INVERT)));
            }
            // Both ends of the block are in one cell, which happens in narrow bars: only the right
            // end is shown.
            (from, to) if from < to => line.push(series.left(to), beside(color)),
            _ => line.push(empty, colors.remaining),
        }
    }
}

/// Returns where the block of so many steps begins and ends, in steps from the left.
fn block(room: usize, length: usize, elapsed: f64) -> (usize, usize) {
    let length = length.max(usize::from(room > 0));
    let way = (room - length) as f64;
    // It moves once per frame of an animation.
    let elapsed = (elapsed * FRAMES_PER_SECOND).floor() / FRAMES_PER_SECOND;
    let sweeps = elapsed / SWEEP_SECONDS;
    let share = (sweeps - (sweeps / 2.0).round() * 2.0).abs();
    // A cast saturates, and makes 0 of NaN.
    let start = ((way * share).round() as usize).min(room - length);
    (start, start + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cells::color::ColorDepth;
    use crate::cells::color_rule::ColorRule;

    fn rendered(width: usize, elapsed: f64, over: bool) -> String {
        let mut line = Line::new(width);
        let snapshot = Snapshot { elapsed, finished: over, ..Snapshot::status() };
        render(&mut line, &snapshot, &BarColors::plain(Color::DEFAULT, ColorDepth::TrueColor), width);
        assert_eq!(line.width(), width);
        line.to_string()
    }

    #[test]
    fn back_and_forth() {
        assert_eq!(rendered(0, 1.0, false), "");
        assert_eq!(rendered(10, 0.0, false), "██        ");
        assert_eq!(rendered(10, 1.0, false), "    ██    ");
        assert_eq!(rendered(10, 2.0, false), "        ██");
        assert_eq!(rendered(10, 4.0, false), "██        ");
        assert_eq!(rendered(10, 0.2, false), "▊█▊       ");
        assert_eq!(rendered(10, 1.0, true), "██████████");
        for elapsed in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            rendered(3, elapsed, false);
        }
    }

    #[test]
    fn a_gradient_moves_with_the_block() {
        let rule = ColorRule::gradient(["#000000", "#ffffff", "#000000"]);
        let colors = BarColors::of_gradient(&rule, Color::rgb(0, 0, 0), ColorDepth::TrueColor);
        // The block, as its darkest (0) to its brightest (9) cell.
        let row = |width: usize, elapsed: f64, finished: bool| -> String {
            let mut line = Line::new(width);
            let subject = Snapshot { elapsed, finished, ..Snapshot::counter() };
            render(&mut line, &subject, &colors, width);
            let shade = |color: Color| match color.style().get_fg_color() {
                Some(anstyle::Color::Rgb(rgb)) => (b'0' + rgb.0 / 28) as char,
                _ => '?',
            };
            line.glyphs().map(|(glyph, cell)| if glyph == " " { ' ' } else { shade(cell.color) }).collect()
        };
        assert_eq!(row(15, 0.0, false), "03930          ");
        assert_eq!(row(15, 2.0, false), "          03930");
        assert_eq!(row(9, 1.0, true), "013696310");
        assert_eq!(row(0, 0.0, false), "");
        assert_eq!(row(1, 1.0, false), "0");
        // Without colors, the block alone is drawn.
        assert!(colors.differ() && !BarColors::of_gradient(&rule, Color::DEFAULT, ColorDepth::None).differ());
    }
}
