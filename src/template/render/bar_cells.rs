//! The cells of a bar.
//!
//! A bar without segments fills from the left, with one partly filled cell at its end. A bar with
//! segments shows [shares](super::shares).

use super::bar_colors::BarColors;
use super::shares::{Role, Shares};
use crate::cells::color::Color;
use crate::cells::line::Line;
use crate::cells::series::{Series, Stage};
use crate::state::snapshot::CountSnapshot;

/// Appends the bar of `counter` to `line`, in `width` columns.
pub(crate) fn render(
    line: &mut Line,
    counter: &CountSnapshot,
    colors: &BarColors<'_>,
    width: usize,
    shares: &mut Shares,
) {
    let mut cells = Cells::new(line, &counter.series, colors, width);
    if counter.segments.is_empty() {
        render_plain(&mut cells, counter);
    } else {
        render_segments(&mut cells, counter, shares);
    }
}

/// The cells of a bar, which are written from the left.
struct Cells<'a> {
    line: &'a mut Line,
    series: &'a Series,
    colors: &'a BarColors<'a>,
    width: usize,
    /// The cell that is next.
    at: usize,
    /// The glyph of an empty cell. Blank if only colors could tell it from a full one, and there are
    /// none.
    empty: &'a str,
    /// The glyphs of the first and the last cell.
    ends: Option<[&'a str; 2]>,
}

impl<'a> Cells<'a> {
    fn new(line: &'a mut Line, series: &'a Series, colors: &'a BarColors<'a>, width: usize) -> Cells<'a> {
        let empty = if series.needs_colors() && !colors.differ() { " " } else { series.empty() };
        // A single cell has no two ends.
        let ends = series.ends().filter(|_| width > 1);
        Cells { line, series, colors, width, at: 0, empty, ends }
    }

    /// Writes `n` full cells in the colors of what is done.
    fn push_done(&mut self, n: usize) {
        let series = self.series;
        if !self.colors.has_gradient() {
            return self.push_full(series.full(), self.colors.done, n);
        }
        for _ in 0..n {
            self.push_full(series.full(), self.colors.done_at(self.at, self.width), 1);
        }
    }

    /// Writes `n` full cells, and the ends of the bar among them.
    fn push_full(&mut self, glyph: &str, color: Color, n: usize) {
        let Some(ends) = self.ends else { return self.repeat(glyph, color, n) };
        let mut left = n;
        while left > 0 {
            let (glyph, run) = match self.at {
                0 => (ends[0], 1),
                at if at + 1 >= self.width => (ends[1], left),
                at => (glyph, left.min(self.width - 1 - at)),
            };
            self.repeat(glyph, color, run);
            left -= run;
        }
    }

    /// Writes the cell in which the bar grows.
    fn push_growing(&mut self, glyph: &str, color: Color) {
        self.line.push(glyph, color);
        self.at += 1;
    }

    /// Writes empty cells up to the end of the bar; `is_whole`: after a cell that is full.
    fn push_remaining(&mut self, is_whole: bool) {
        let color = self.colors.remaining;
        let looks_empty = self.empty != self.series.empty();
        if let Some(gap) = self.series.gap().filter(|_| is_whole && !looks_empty && self.at < self.width) {
            self.repeat(gap, color, 1);
        }
        let rest = self.width.saturating_sub(self.at);
        if self.series.needs_colors() && !looks_empty {
            self.push_full(self.empty, color, rest);
        } else {
            self.repeat(self.empty, color, rest);
        }
    }

    fn repeat(&mut self, glyph: &str, color: Color, n: usize) {
        self.line.repeat(glyph, color, n);
        self.at += n;
    }
}

fn render_plain(cells: &mut Cells<'_>, counter: &CountSnapshot) {
    let series = cells.series;
    let share = match counter.total {
        Some(total) if !total.is_zero() => counter.count.as_f64() / total.as_f64(),
        _ => 1.0,
    };
    let filled = cells.width as f64 * share.clamp(0.0, 1.0);
    // NaN becomes 0 here.
    let full = (filled.floor() as usize).min(cells.width);
    let stage = if full < cells.width && filled > 0.0 { series.stage(filled.fract()) } else { Stage::Empty };
    cells.push_done(full + usize::from(stage == Stage::Full));
    if let Stage::Partial(glyph) = stage {
        let colors = cells.colors;
        let color = colors.done_at(cells.at, cells.width);
        // Beside a blank in a color of its own, that color is behind the glyph too.
        let color = if colors.differ() { color.before_blank(colors.remaining) } else { color };
        cells.push_growing(glyph, color);
        return cells.push_remaining(false);
    }
    cells.push_remaining(cells.at > 0);
}

fn render_segments(cells: &mut Cells<'_>, counter: &CountSnapshot, shares: &mut Shares) {
    let (series, colors, width) = (cells.series, cells.colors, cells.width);
    let is_colorless = |color: &Color| color.style().get_fg_color().is_none();
    shares.collect(counter, colors.done, colors.depth);
    // Two shares of the same color need glyphs of their own. The counts do not matter for this: a
    // segment keeps its glyph while it grows.
    let colorless =
        counter.segments.iter().filter(|segment| is_colorless(&segment.color.reduced(colors.depth))).count();
    let is_marked = colorless + usize::from(is_colorless(&colors.done)) > 1;
    let has_borders = !is_marked && !shares.as_slice().iter().any(|share| share.color.is_inverted());
    let steps = if has_borders { series.steps() } else { 1 };
    shares.share_out(width, steps);

    let shares = shares.as_slice();
    let mut start = 0;
    for (at, share) in shares.iter().enumerate() {
        let mut full = share.end.saturating_sub(start) / steps;
        let next = shares.get(at + 1);
        // A head is the last cell of what is done.
        let head = series.head().filter(|_| next.is_some_and(|next| next.role == Role::Remaining) && full > 0);
        full -= usize::from(head.is_some());
        match share.role {
            Role::Remaining => return cells.push_remaining(start > 0 && start % steps == 0),
            Role::Segment(n) if is_marked && is_colorless(&share.color) => {
                cells.push_full(mark(n, counter), share.color, full);
            }
            Role::Unsegmented => cells.push_done(full),
            Role::Segment(_) => cells.push_full(series.full(), share.color, full),
        }
        if let Some(head) = head {
            cells.push_growing(head, share.color);
            full += 1;
        }
        start += full * steps;
        if share.end > start {
            // The last cell of this share is also the first of its right neighbor.
            let style = match next {
                Some(right) if right.role != Role::Remaining => share.color.beside(right.color),
                _ if colors.differ() => share.color.before_blank(colors.remaining),
                _ => share.color.before_blank(colors.done),
            };
            cells.push_growing(series.left(share.end - start), style);
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
    use crate::cells::color::ColorDepth;
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
        render(&mut line, counter, &BarColors::plain(color, depth), width, &mut Shares::default());
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

    /// Lines in two colors, with a gap where they meet and ends of their own.
    #[test]
    fn gaps_ends_and_heads() {
        let two = BarColors::of_two(Color::rgb(1, 0, 0), Color::rgb(2, 0, 0));
        let one = BarColors::plain(Color::DEFAULT, ColorDepth::None);
        let line = Series::line();
        let ends = Series::full_first("==").unwrap().with_ends("(", ")").unwrap();
        let arrow = Series::full_first("#>-").unwrap().with_head().unwrap();
        for (series, colors, count, segments, shown) in [
            (&line, &two, 0, &[][..], "━━━━"),
            (&line, &two, 25, &[], "━╺━━"),
            (&line, &two, 37, &[], "━╸━━"),
            (&line, &two, 100, &[], "━━━━"),
            (&line, &two, 50, &[25], "━━╺━"),
            (&line, &one, 25, &[], "━   "),
            (&line, &one, 37, &[], "━╸  "),
            (&ends, &two, 50, &[], "(==)"),
            (&ends, &one, 50, &[], "(=  "),
            (&arrow, &one, 0, &[], "----"),
            (&arrow, &one, 50, &[], "##>-"),
            (&arrow, &two, 50, &[25], "#>--"),
            (&arrow, &one, 100, &[], "####"),
        ] {
            let counter = CountSnapshot { series: Arc::new(series.clone()), ..counter(count, 100, segments) };
            let mut line = Line::new(100);
            render(&mut line, &counter, colors, 4, &mut Shares::default());
            assert_eq!(line.to_string(), shown, "{count} {segments:?}");
        }
        // A single cell has no ends, and no column none either.
        for (width, shown) in [(0, ""), (1, "="), (2, "()"), (3, "(=)")] {
            let counter = CountSnapshot { series: Arc::new(ends.clone()), ..counter(9, 9, &[]) };
            let mut line = Line::new(100);
            render(&mut line, &counter, &two, width, &mut Shares::default());
            assert_eq!(line.to_string(), shown);
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
