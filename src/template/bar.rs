//! The bar itself: counts and free columns to cells.
//!
//! Without segments a bar fills from the left, with one partly filled cell at its end.
//!
//! With segments every part has its share of the columns: the segment added last, …, the one added first, what no segment
//! counts, what is not done yet. Shares are rounded to steps of a cell (eighths, with the usual glyphs) by largest
//! remainder, and what is not nothing shows at least one step.
//!
//! A cell has two colours, one before and one behind its glyph, and so room for one border. Where two borders fall inside
//! the same cell, one of them moves to the edge of the cell that is nearer. So a bar whose parts all have more than a cell
//! is exact to the eighth, and every part smaller than that may cost its neighbours half a cell.

use crate::paint::color::{Color, ColorDepth};
use crate::paint::line::Line;
use crate::state::snapshot::{CountSnapshot, Number};

/// Room to work in, kept from one bar to the next.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    parts: Vec<Part>,
}

/// One part of a bar.
#[derive(Clone, Copy, Debug)]
struct Part {
    role: Role,
    color: Color,
    weight: f64,
    /// Steps of a cell that it is entitled to.
    steps: usize,
    /// Where it ends, in steps from the left.
    end: usize,
    /// What rounding down took from it.
    remainder: f64,
}

/// What a part stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// The segment with this place among the segments.
    Segment(usize),
    /// What was counted by no segment.
    Own,
    /// What is not done yet.
    Undone,
}

/// Appends the bar of `counter` to `line`, in `width` columns.
pub(super) fn paint(
    line: &mut Line,
    counter: &CountSnapshot,
    color: Color,
    width: usize,
    depth: ColorDepth,
    scratch: &mut Scratch,
) {
    if counter.segments.is_empty() {
        paint_plain(line, counter, color.reduced(depth), width);
    } else {
        paint_segments(line, counter, color.reduced(depth), width, depth, &mut scratch.parts);
    }
}

fn paint_plain(line: &mut Line, counter: &CountSnapshot, color: Color, width: usize) {
    let series = &counter.series;
    let share = match counter.total {
        Some(total) if !total.is_zero() => counter.count.as_f64() / total.as_f64(),
        _ => 1.0,
    };
    let filled = width as f64 * share.clamp(0.0, 1.0);
    // What is no number becomes 0 here.
    let full = (filled.floor() as usize).min(width);
    line.repeat(series.full(), color, full);
    let mut rest = width - full;
    if rest > 0 && filled > 0.0 {
        line.push(series.partial(filled.fract()), color);
        rest -= 1;
    }
    line.repeat(series.empty(), color, rest);
}

fn paint_segments(
    line: &mut Line,
    counter: &CountSnapshot,
    color: Color,
    width: usize,
    depth: ColorDepth,
    parts: &mut Vec<Part>,
) {
    let series = &counter.series;
    let colorless = |color: &Color| color.style().get_fg_color().is_none();
    collect(parts, counter, color, depth);
    // Two parts that look the same need glyphs of their own; decided by what the bar is made of and not by what it
    // counts, so that nothing changes its look on the way.
    let plain = counter.segments.iter().filter(|segment| colorless(&segment.color.reduced(depth))).count();
    let marked = plain + usize::from(colorless(&color)) > 1;
    let splits = !marked && !parts.iter().any(|part| part.color.is_inverted());
    let steps = if splits { series.steps() } else { 1 };

    // A cell with a border shows two parts; what is done and what is not should show in any bar.
    merge(parts, if steps > 1 { width.saturating_mul(2) } else { width }.max(2));
    apportion(parts, width.saturating_mul(steps));
    settle(parts, steps);

    let mut start = 0;
    for (at, part) in parts.iter().enumerate() {
        let full = part.end.saturating_sub(start) / steps;
        let glyph = match part.role {
            Role::Undone => series.empty(),
            Role::Segment(n) if marked && colorless(&part.color) => mark(n, counter),
            Role::Segment(_) | Role::Own => series.full(),
        };
        line.repeat(glyph, part.color, full);
        start += full * steps;
        if part.end > start {
            // Its last cell is also the first of its neighbour, which goes on behind it.
            let style = match parts.get(at + 1) {
                Some(right) if right.role != Role::Undone => part.color.beside(right.color),
                _ => part.color.before_blank(color),
            };
            line.push(series.left(part.end - start), style);
            start += steps;
        }
    }
}

/// Gathers what has something to show, left to right.
fn collect(parts: &mut Vec<Part>, counter: &CountSnapshot, color: Color, depth: ColorDepth) {
    parts.clear();
    let mut add = |role, color, weight| {
        if weight > 0.0 {
            parts.push(Part { role, color, weight, steps: 0, end: 0, remainder: 0.0 });
        }
    };
    let mut segments = Number::ZERO;
    for (n, segment) in counter.segments.iter().enumerate().rev() {
        segments = segments.plus(at_least_nothing(segment.count));
        add(Role::Segment(n), segment.color.reduced(depth).over(color), weight(segment.count));
    }
    let done = if counter.count > segments { counter.count } else { segments };
    add(Role::Own, color, left(done, segments));
    let total = counter.total.unwrap_or(Number::ZERO);
    add(Role::Undone, color, left(total, done));
    if parts.is_empty() {
        // Nothing of nothing is complete.
        let role = if total.is_zero() { Role::Own } else { Role::Undone };
        parts.push(Part { role, color, weight: 1.0, steps: 0, end: 0, remainder: 0.0 });
    }
}

fn at_least_nothing(number: Number) -> Number {
    if number > Number::ZERO { number } else { Number::ZERO }
}

/// A count as a weight: never negative, and so far below the end of the scale that no sum reaches it.
fn weight(count: Number) -> f64 {
    let count = count.as_f64();
    if count > 0.0 { count.min(1e280) } else { 0.0 }
}

/// What `part` leaves of `whole`, as a weight. What sums of fractions leave in their last digits is nothing.
fn left(whole: Number, part: Number) -> f64 {
    let left = weight(whole.minus(part));
    let fractional = whole.is_fraction() || part.is_fraction();
    if fractional && left <= whole.as_f64().abs() * 1e-12 { 0.0 } else { left }
}

/// Where there is room for fewer parts, the smallest are shown as a part of their neighbours: how much is done stays
/// right, whoever did it.
fn merge(parts: &mut Vec<Part>, room: usize) {
    while parts.len() > room {
        let painted = parts.iter().take_while(|part| part.role != Role::Undone);
        let smallest = painted.enumerate().reduce(|a, b| if b.1.weight < a.1.weight { b } else { a });
        let Some((at, weight)) = smallest.map(|(at, part)| (at, part.weight)) else { return };
        parts.remove(at);
        let right = parts.get(at).is_some_and(|part| part.role != Role::Undone);
        if let Some(part) = parts.get_mut(if right { at } else { at.saturating_sub(1) }) {
            part.weight += weight;
        }
    }
}

/// Shares `room` steps out by weight: rounded down, then one more each by largest remainder; then one for who has none,
/// from who has most.
fn apportion(parts: &mut [Part], room: usize) {
    let total: f64 = parts.iter().map(|part| part.weight).sum();
    let mut left = room;
    for part in parts.iter_mut() {
        let share = part.weight * room as f64 / total;
        part.steps = (share as usize).min(left);
        part.remainder = share - part.steps as f64;
        left -= part.steps;
    }
    while left > 0 {
        let Some(part) = parts.iter_mut().reduce(|a, b| if b.remainder > a.remainder { b } else { a }) else { return };
        part.steps += 1;
        part.remainder -= 1.0;
        left -= 1;
    }
    while parts.iter().any(|part| part.steps == 0) {
        match parts.iter_mut().max_by_key(|part| part.steps) {
            Some(most) if most.steps > 1 => most.steps -= 1,
            _ => break,
        }
        if let Some(none) =
            parts.iter_mut().filter(|part| part.steps == 0).reduce(|a, b| if b.weight > a.weight { b } else { a })
        {
            none.steps += 1;
        }
    }
}

/// Finds where the parts end, so that no cell has two borders inside.
///
/// With at least half as many cells as parts, every part that has steps keeps at least one of them. Where each
/// part is entitled to a cell or more, no two borders meet, and nothing moves.
fn settle(parts: &mut [Part], steps: usize) {
    let mut entitled = 0;
    for part in parts.iter_mut() {
        entitled += part.steps;
        part.end = entitled;
    }
    if steps < 2 {
        return;
    }
    let inside = |end: usize| end % steps != 0;
    let clash = |a: usize, b: usize| inside(a) && inside(b) && a / steps == b / steps;

    // Left to right, the borders find room to their right…
    let (mut before, mut last) = (0, 0);
    for at in 0..parts.len().saturating_sub(1) {
        let (head, tail) = parts.split_at_mut(at);
        let Some(part) = tail.first_mut() else { break };
        let mut end = part.end.max(last + 1);
        if clash(last, end) {
            let cell = end / steps * steps;
            let nearer = before < cell && last - cell < cell + steps - end;
            match head.last_mut() {
                // …or the border before goes left, if that is nearer and costs its part less than a cell.
                Some(previous) if nearer && previous.steps < cell - before + steps => {
                    previous.end = cell;
                    last = cell;
                }
                _ => end = cell + steps,
            }
        }
        part.end = end;
        (before, last) = (last, end);
    }

    // …and right to left, those that were pushed out come back.
    let mut next = entitled;
    for part in parts.iter_mut().rev().skip(1) {
        part.end = part.end.min(next.saturating_sub(1));
        if clash(part.end, next) {
            part.end = next / steps * steps;
        }
        next = part.end;
    }
}

/// The glyph of segment `n` where colours do not tell: not the full cell of the bar, and not the empty one.
fn mark(n: usize, counter: &CountSnapshot) -> &'static str {
    const MARKS: [&str; 9] = ["▓", "▒", "░", "#", "=", "+", "*", "%", "o"];
    let series = &counter.series;
    let known = if series.is_ascii() { MARKS.get(3..).unwrap_or_default() } else { &MARKS };
    let free = known.iter().filter(|mark| **mark != series.full() && **mark != series.empty());
    free.cycle().nth(n).copied().unwrap_or("#")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::paint::series::Series;
    use crate::state::snapshot::{Estimator, SegmentSnapshot};

    fn counter(count: i64, total: i64, segments: &[i64]) -> CountSnapshot {
        let colors = [1, 2, 3, 4, 5, 6].map(|n| Color::rgb(n, 0, 0));
        let segment =
            |(n, color): (&i64, Color)| SegmentSnapshot { color, count: Number::Whole(*n), start_count: Number::ZERO };
        CountSnapshot {
            desc: "".into(),
            unit: "".into(),
            count: Number::Whole(count),
            start_count: Number::ZERO,
            total: Some(Number::Whole(total)),
            segments: segments.iter().zip(colors.into_iter().cycle()).map(segment).collect(),
            series: Arc::new(Series::blocks()),
            estimator: Estimator::Mean,
            speed: 0.0,
        }
    }

    fn drawn(counter: &CountSnapshot, color: Color, width: usize, depth: ColorDepth) -> Line {
        let mut line = Line::new(1000);
        paint(&mut line, counter, color, width, depth, &mut Scratch::default());
        line
    }

    #[test]
    fn without_segments() {
        for (count, width, shown) in [
            (50, 0, ""),
            (0, 1, " "),
            (50, 1, "▌"),
            (100, 1, "█"),
            (0, 10, "          "),
            (1, 10, "▏         "),
            (3, 10, "▎         "),
            (7, 10, "▊         "),
            (13, 10, "█▎        "),
            (50, 10, "█████     "),
            (99, 10, "█████████▉"),
            (100, 10, "██████████"),
            (250, 10, "██████████"),
            (-30, 10, "          "),
        ] {
            let line = drawn(&counter(count, 100, &[]), Color::DEFAULT, width, ColorDepth::TrueColor);
            assert_eq!(line.to_string(), shown, "{count} in {width}");
        }
        assert_eq!(drawn(&counter(0, 0, &[]), Color::DEFAULT, 3, ColorDepth::None).to_string(), "███");
    }

    /// Which part every step shows, left to right: colours of segments by number, 0 for the bar's own, `None` for nothing.
    fn steps(line: &Line, color: Color) -> Vec<Option<u8>> {
        let red = |ink: Option<anstyle::Color>| match ink {
            Some(anstyle::Color::Rgb(rgb)) => Some(rgb.0),
            _ => None,
        };
        let glyphs = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];
        let mut steps = Vec::new();
        for (glyph, cell) in line.glyphs() {
            let filled = glyphs.iter().position(|known| *known == glyph).unwrap();
            let (left, right) = (red(cell.color.style().get_fg_color()), red(cell.color.style().get_bg_color()));
            assert!(filled > 0 || cell.color == color);
            steps.extend((0..8).map(|n| {
                if filled == 0 {
                    None
                } else if n < filled {
                    left
                } else {
                    right
                }
            }));
        }
        steps
    }

    #[test]
    fn with_segments() {
        let own = Color::rgb(0, 0, 0);
        let picture = |count, total, segments: &[i64], width| {
            let line = drawn(&counter(count, total, segments), own, width, ColorDepth::TrueColor);
            line.to_string()
        };
        for (count, total, segments, width, shown) in [
            (6, 10, &[1, 2][..], 0, ""),
            (6, 10, &[1, 2], 1, "▋"),
            (6, 10, &[1, 2], 5, "█▌█  "),
            (6, 10, &[1, 2], 10, "██████    "),
            (10, 10, &[1, 2], 10, "██████████"),
            (0, 10, &[0, 0], 4, "    "),
            (0, 0, &[0], 4, "████"),
            (5, 10, &[5], 10, "█████     "),
            (1, 1000, &[1], 4, "▏   "),
            (999, 1000, &[1], 4, "▏██▉"),
            (-5, 10, &[-5], 3, "   "),
            (20, 10, &[15], 4, "████"),
        ] {
            assert_eq!(picture(count, total, segments, width), shown, "{count}/{total} {segments:?} in {width}");
        }
    }

    #[test]
    fn without_colors_every_part_has_its_glyph() {
        let counter = counter(6, 10, &[1, 2]);
        assert_eq!(drawn(&counter, Color::DEFAULT, 10, ColorDepth::None).to_string(), "▒▒▓███    ");
        let ascii = CountSnapshot { series: Arc::new(Series::from_text(" |").unwrap()), ..counter };
        assert_eq!(drawn(&ascii, Color::DEFAULT, 10, ColorDepth::None).to_string(), "==#|||    ");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

        /// The cells always add up, and progress shows. With half as many cells as parts, every part shows, in order. With as many cells as
        /// parts, none is off by more than half a cell, and half a cell for every part that has little more than one
        /// or less; without such parts by no more than a step.
        #[test]
        fn shares(
            width in prop_oneof![0_usize..=8, 0_usize..=200],
            segments in prop::collection::vec(prop_oneof![Just(0_i64), 0..5_i64, 0..1000_i64, 0..i64::MAX / 16], 1..=6),
            own in prop_oneof![Just(0_i64), 0..5_i64, 0..1000_i64, 0..i64::MAX / 16],
            undone in prop_oneof![Just(0_i64), 0..5_i64, 0..1000_i64, 0..i64::MAX / 16],
        ) {
            let color = Color::rgb(0, 0, 0);
            let count = own + segments.iter().sum::<i64>();
            let line = drawn(&counter(count, count + undone, &segments), color, width, ColorDepth::TrueColor);
            prop_assert_eq!(line.width(), width);
            prop_assert_eq!(line.cells().len(), width);

            let mut parts: Vec<(Option<u8>, f64)> = Vec::new();
            for (n, segment) in segments.iter().enumerate().rev() {
                parts.push((Some(n as u8 + 1), *segment as f64));
            }
            parts.push((Some(0), own as f64));
            parts.push((None, undone as f64));
            let total = (count + undone) as f64;
            parts.retain(|part| part.1 > 0.0);
            let seen = steps(&line, color);
            if parts.is_empty() || parts.len() > width * 2 {
                let (painted, blank) = (seen.iter().any(Option::is_some), seen.iter().any(Option::is_none));
                prop_assert_eq!(painted, width > 0 && (count > 0 || total == 0.0));
                prop_assert_eq!(blank, width > 0 && undone > 0);
                return Ok(());
            }
            let mut order = seen.clone();
            order.dedup();
            prop_assert_eq!(order, parts.iter().map(|part| part.0).collect::<Vec<_>>());
            let shares: Vec<f64> = parts.iter().map(|part| part.1 / total * (width * 8) as f64).collect();
            let small = shares.iter().filter(|share| **share < 9.0).count() as f64;
            for ((ink, _), share) in parts.iter().zip(&shares) {
                let shown = seen.iter().filter(|step| *step == ink).count() as f64;
                let allowed = match small {
                    0.0 => 1.001,
                    _ if parts.len() <= width => 4.0 * small + 4.0,
                    _ => 8.0 * parts.len() as f64,
                };
                prop_assert!((shown - share).abs() <= allowed, "{:?}: {} of {}", ink, shown, share);
            }
        }

        #[test]
        fn no_counts_break_it(
            width in 0_usize..=40,
            count in any::<i64>(), total in any::<i64>(),
            fraction in any::<f64>(),
            segments in prop::collection::vec(any::<i64>(), 0..=12),
            series in prop_oneof![Just(" ▌█"), Just("-=#"), Just(" ░▒▓█"), Just(" ▏▎▍▌▋▊▉█")],
            depth in prop_oneof![Just(ColorDepth::None), Just(ColorDepth::Ansi16), Just(ColorDepth::TrueColor)],
            color in prop_oneof![Just(Color::DEFAULT), Just(Color::rgb(9, 9, 9))],
        ) {
            let mut counter = counter(count, total, &segments);
            counter.series = Arc::new(Series::from_text(series).unwrap());
            prop_assert_eq!(drawn(&counter, color, width, depth).width(), width);
            counter.count = Number::Fraction(fraction);
            prop_assert_eq!(drawn(&counter, color, width, depth).width(), width);
            counter.total = Some(Number::Fraction(fraction));
            prop_assert_eq!(drawn(&counter, color, width, depth).width(), width);
        }
    }
}
