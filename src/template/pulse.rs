//! A bar for what has no known end: a piece of it that goes to and fro.

use anstyle::Effects;

use super::extra::TEMPO;
use crate::paint::color::{Color, ColorDepth};
use crate::paint::line::Line;
use crate::paint::series::Series;
use crate::state::snapshot::{Snapshot, Subject};

/// Seconds from one end to the other.
const SWING: f64 = 2.0;

/// Appends the bar of `shot` to `line`, in `width` columns. Once the work is over it is full.
pub(super) fn paint(line: &mut Line, shot: &Snapshot, width: usize, depth: ColorDepth) {
    let standard;
    let series = match &shot.subject {
        Subject::Count(counter) => &counter.series,
        Subject::Status(_) => {
            standard = Series::standard();
            &standard
        }
    };
    let color = shot.color.reduced(depth);
    // A cell is filled from the left; one that is filled from the right is that with its colours exchanged.
    let steps = if color.is_inverted() { 1 } else { series.steps() };
    let room = width.saturating_mul(steps);
    let (start, end) = if shot.over { (0, room) } else { place(room, shot.elapsed) };
    let (start, end) = if steps == 1 && start == end && end < room { (start, end + 1) } else { (start, end) };
    let mut at = 0;
    for _ in 0..width {
        let next = at + steps;
        let (from, to) = (start.clamp(at, next) - at, end.clamp(at, next) - at);
        match (from, to) {
            (0, 0) => line.push(series.empty(), color),
            (0, to) if to == steps => line.push(series.full(), color),
            (0, to) => line.push(series.left(to), color),
            (from, to) if to == steps && from < steps => {
                let style = color.style();
                line.push(series.left(from), Color::from(style.effects(style.get_effects() | Effects::INVERT)));
            }
            // Both ends in one cell, of a bar that has few: whichever end shows more.
            (from, to) if from < to => line.push(series.left(to), color),
            _ => line.push(series.empty(), color),
        }
        at = next;
    }
}

/// Where the piece begins and ends, in steps from the left: a fifth of the room, to and fro.
fn place(room: usize, elapsed: f64) -> (usize, usize) {
    let piece = (room / 5).max(usize::from(room > 0));
    let way = (room - piece) as f64;
    // As often as the bar is drawn.
    let elapsed = (elapsed * TEMPO).floor() / TEMPO;
    let swings = elapsed / SWING;
    let share = (swings - (swings / 2.0).round() * 2.0).abs();
    // A cast saturates, and makes 0 of what is no number.
    let start = ((way * share).round() as usize).min(room - piece);
    (start, start + piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(width: usize, elapsed: f64, over: bool) -> String {
        let mut line = Line::new(width);
        let shot = Snapshot { elapsed, over, ..Snapshot::status() };
        paint(&mut line, &shot, width, ColorDepth::TrueColor);
        assert_eq!(line.width(), width);
        line.to_string()
    }

    #[test]
    fn to_and_fro() {
        assert_eq!(drawn(0, 1.0, false), "");
        assert_eq!(drawn(10, 0.0, false), "██        ");
        assert_eq!(drawn(10, 1.0, false), "    ██    ");
        assert_eq!(drawn(10, 2.0, false), "        ██");
        assert_eq!(drawn(10, 4.0, false), "██        ");
        assert_eq!(drawn(10, 0.2, false), "▊█▊       ");
        assert_eq!(drawn(10, 1.0, true), "██████████");
        for elapsed in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            drawn(3, elapsed, false);
        }
    }
}
