//! The cells of a bar.
//!
//! A bar without segments fills from the left, with one partly filled cell at its end. A bar with
//! segments shows [shares](super::shares).

use super::shares::{Role, Shares};
use crate::cells::color::{Color, ColorDepth};
use crate::cells::line::Line;
use crate::state::snapshot::CountSnapshot;

/// Appends the bar of `counter` to `line`, in `width` columns.
pub(crate) fn render(
    line: &mut Line,
    counter: &CountSnapshot,
    color: Color,
    width: usize,
    depth: ColorDepth,
    shares: &mut Shares,
) {
    let color = color.reduced(depth);
    if counter.segments.is_empty() {
        render_plain(line, counter, color, width);
    } else {
        render_segments(line, counter, color, width, depth, shares);
    }
}

fn render_plain(line: &mut Line, counter: &CountSnapshot, color: Color, width: usize) {
    let series = &counter.series;
    let share = match counter.total {
        Some(total) if !total.is_zero() => counter.count.as_f64() / total.as_f64(),
        _ => 1.0,
    };
    let filled = width as f64 * share.clamp(0.0, 1.0);
    // NaN becomes 0 here.
    let full = (filled.floor() as usize).min(width);
    line.repeat(series.full(), color, full);
    let mut rest = width - full;
    if rest > 0 && filled > 0.0 {
        line.push(series.partial(filled.fract()), color);
        rest -= 1;
    }
    line.repeat(series.empty(), color, rest);
}

fn render_segments(
    line: &mut Line,
    counter: &CountSnapshot,
    color: Color,
    width: usize,
    depth: ColorDepth,
    shares: &mut Shares,
) {
    let series = &counter.series;
    let is_colorless = |color: &Color| color.style().get_fg_color().is_none();
    shares.collect(counter, color, depth);
    // Two shares of the same color need glyphs of their own. The counts do not matter for this: a
    // segment keeps its glyph while it grows.
    let colorless = counter.segments.iter().filter(|segment| is_colorless(&segment.color.reduced(depth))).count();
    let is_marked = colorless + usize::from(is_colorless(&color)) > 1;
    let has_borders = !is_marked && !shares.as_slice().iter().any(|share| share.color.is_inverted());
    let steps = if has_borders { series.steps() } else { 1 };
    shares.share_out(width, steps);

    let shares = shares.as_slice();
    let mut start = 0;
    for (at, share) in shares.iter().enumerate() {
        let full = share.end.saturating_sub(start) / steps;
        let glyph = match share.role {
            Role::Remaining => series.empty(),
            Role::Segment(n) if is_marked && is_colorless(&share.color) => mark(n, counter),
            Role::Segment(_) | Role::Unsegmented => series.full(),
        };
        line.repeat(glyph, share.color, full);
        start += full * steps;
        if share.end > start {
            // The last cell of this share is also the first of its right neighbor.
            let style = match shares.get(at + 1) {
                Some(right) if right.role != Role::Remaining => share.color.beside(right.color),
                _ => share.color.before_blank(color),
            };
            line.push(series.left(share.end - start), style);
            start += steps;
        }
    }
}

/// Returns the glyph of segment `n` if there are no colors: neither the full cell of the bar nor
/// the empty one.
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
    use crate::cells::series::Series;
    use crate::state::number::Number;
    use crate::state::snapshot::SegmentSnapshot;

    fn counter(count: i64, total: i64, segments: &[i64]) -> CountSnapshot {
        let colors = [1, 2, 3, 4, 5, 6].map(|n| Color::rgb(n, 0, 0));
        let segment = |(n, color): (&i64, Color)| SegmentSnapshot {
            name: "".into(),
            color,
            count: Number::Whole(*n),
            start_count: Number::ZERO,
        };
        CountSnapshot {
            count: Number::Whole(count),
            total: Some(Number::Whole(total)),
            segments: segments.iter().zip(colors.into_iter().cycle()).map(segment).collect(),
            ..CountSnapshot::new()
        }
    }

    fn rendered(counter: &CountSnapshot, color: Color, width: usize, depth: ColorDepth) -> Line {
        let mut line = Line::new(1000);
        render(&mut line, counter, color, width, depth, &mut Shares::default());
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
            let line = rendered(&counter(count, 100, &[]), Color::DEFAULT, width, ColorDepth::TrueColor);
            assert_eq!(line.to_string(), shown, "{count} in {width}");
        }
        assert_eq!(rendered(&counter(0, 0, &[]), Color::DEFAULT, 3, ColorDepth::None).to_string(), "███");
    }

    /// What every step shows, left to right: the number of a segment, 0 for the color of the bar,
    /// `None` for nothing.
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
            let line = rendered(&counter(count, total, segments), own, width, ColorDepth::TrueColor);
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
    fn without_colors_every_segment_has_its_glyph() {
        let counter = counter(6, 10, &[1, 2]);
        assert_eq!(rendered(&counter, Color::DEFAULT, 10, ColorDepth::None).to_string(), "▒▒▓███    ");
        let ascii = CountSnapshot { series: Arc::new(Series::from_text(" |").unwrap()), ..counter };
        assert_eq!(rendered(&ascii, Color::DEFAULT, 10, ColorDepth::None).to_string(), "==#|||    ");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

        /// Every step has the color of its share.
        #[test]
        fn cells_show_the_shares(
            width in prop_oneof![0_usize..=8, 0_usize..=200],
            segments in prop::collection::vec(prop_oneof![Just(0_i64), 0..5_i64, 0..1000_i64, 0..i64::MAX / 16], 1..=6),
            unsegmented in prop_oneof![Just(0_i64), 0..5_i64, 0..1000_i64, 0..i64::MAX / 16],
            remaining in prop_oneof![Just(0_i64), 0..5_i64, 0..1000_i64, 0..i64::MAX / 16],
        ) {
            let color = Color::rgb(0, 0, 0);
            let count = unsegmented + segments.iter().sum::<i64>();
            let counter = counter(count, count + remaining, &segments);
            let line = rendered(&counter, color, width, ColorDepth::TrueColor);
            prop_assert_eq!(line.width(), width);
            prop_assert_eq!(line.cells().len(), width);

            let mut shares = Shares::default();
            shares.collect(&counter, color, ColorDepth::TrueColor);
            shares.share_out(width, 8);
            let mut expected = Vec::new();
            for share in shares.as_slice() {
                let shows = match share.role {
                    Role::Segment(n) => Some(n as u8 + 1),
                    Role::Unsegmented => Some(0),
                    Role::Remaining => None,
                };
                expected.resize(share.end, shows);
            }
            let seen = steps(&line, color);
            prop_assert_eq!(&seen, &expected);
            // Progress and remaining counts are always visible.
            let (some, none) = (seen.iter().any(Option::is_some), seen.iter().any(Option::is_none));
            prop_assert_eq!(some, width > 0 && (count > 0 || remaining == 0));
            prop_assert_eq!(none, width > 0 && remaining > 0);
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
            prop_assert_eq!(rendered(&counter, color, width, depth).width(), width);
            counter.count = Number::Fraction(fraction);
            prop_assert_eq!(rendered(&counter, color, width, depth).width(), width);
            counter.total = Some(Number::Fraction(fraction));
            prop_assert_eq!(rendered(&counter, color, width, depth).width(), width);
        }
    }
}
