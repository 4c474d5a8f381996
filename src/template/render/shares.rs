//! How the columns of a bar with segments are shared out.
//!
//! Every segment has a share of the columns, and so have the counts in no segment and the remaining
//! counts. Shares are rounded to steps of a cell (eighths, with the usual glyphs) by largest
//! remainder, and every share has at least one step.
//!
//! A cell has two colors, one on each side of its glyph, and therefore room for one border. Where
//! two borders fall into the same cell, one of them moves to the nearer edge of the cell. So a bar
//! whose shares are all larger than a cell is exact to the eighth, and every smaller share may cost
//! its neighbors half a cell.

use crate::cells::color::{Color, ColorDepth};
use crate::state::number::Number;
use crate::state::snapshot::CountSnapshot;

/// The shares of a bar, left to right. Kept from one bar to the next for its memory.
#[derive(Debug, Default)]
pub(crate) struct Shares(Vec<Share>);

/// One part of a bar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    pub(crate) role: Role,
    pub(crate) color: Color,
    weight: f64,
    /// The steps of a cell that it is entitled to.
    steps: usize,
    /// Where it ends, in steps from the left.
    pub(crate) end: usize,
    /// The part of a step that was lost in rounding down.
    remainder: f64,
}

/// What a share stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A segment, by its index.
    Segment(usize),
    /// The counts in no segment.
    Unsegmented,
    /// The remaining counts.
    Remaining,
}

impl Shares {
    /// Collects the parts of `counter` that have counts, left to right: the segment added last, …,
    /// the segment added first, the counts in no segment, the remaining counts.
    pub(crate) fn collect(&mut self, counter: &CountSnapshot, color: Color, depth: ColorDepth) {
        let shares = &mut self.0;
        shares.clear();
        let mut add = |role, color, weight| {
            if weight > 0.0 {
                shares.push(Share { role, color, weight, steps: 0, end: 0, remainder: 0.0 });
            }
        };
        let mut segments = Number::ZERO;
        for (n, segment) in counter.segments.iter().enumerate().rev() {
            segments = segments.plus(if segment.count > Number::ZERO { segment.count } else { Number::ZERO });
            add(Role::Segment(n), segment.color.reduced(depth).over(color), weight(segment.count));
        }
        let done = if counter.count > segments { counter.count } else { segments };
        add(Role::Unsegmented, color, difference(done, segments));
        let total = counter.total.unwrap_or(Number::ZERO);
        add(Role::Remaining, color, difference(total, done));
        if shares.is_empty() {
            // A bar with nothing to count is complete.
            let role = if total.is_zero() { Role::Unsegmented } else { Role::Remaining };
            shares.push(Share { role, color, weight: 1.0, steps: 0, end: 0, remainder: 0.0 });
        }
    }

    /// Shares out `width` cells of `steps` steps.
    pub(crate) fn share_out(&mut self, width: usize, steps: usize) {
        // A cell with a border shows two shares. The counts that are done and those that are not
        // always have room.
        merge(&mut self.0, if steps > 1 { width.saturating_mul(2) } else { width }.max(2));
        apportion(&mut self.0, width.saturating_mul(steps));
        separate_borders(&mut self.0, steps);
    }

    pub(crate) fn as_slice(&self) -> &[Share] {
        &self.0
    }
}

/// Converts a count to a weight: not negative, and small enough that no sum of weights overflows.
fn weight(count: Number) -> f64 {
    let count = count.as_f64();
    if count > 0.0 { count.min(1e280) } else { 0.0 }
}

/// Returns `whole - part` as a weight. A rounding error of fractions is 0.
fn difference(whole: Number, part: Number) -> f64 {
    let difference = weight(whole.minus(part));
    let is_fraction = whole.is_fraction() || part.is_fraction();
    if is_fraction && difference <= whole.as_f64().abs() * 1e-12 { 0.0 } else { difference }
}

/// Adds the smallest shares to their neighbors until there are at most `limit`. The border between
/// the counts that are done and those that remain stays where it is.
fn merge(shares: &mut Vec<Share>, limit: usize) {
    while shares.len() > limit {
        let done = shares.iter().take_while(|share| share.role != Role::Remaining);
        let smallest = done.enumerate().reduce(|a, b| if b.1.weight < a.1.weight { b } else { a });
        let Some((at, weight)) = smallest.map(|(at, share)| (at, share.weight)) else { return };
        shares.remove(at);
        let has_right = shares.get(at).is_some_and(|share| share.role != Role::Remaining);
        if let Some(neighbor) = shares.get_mut(if has_right { at } else { at.saturating_sub(1) }) {
            neighbor.weight += weight;
        }
    }
}

/// Distributes `room` steps by weight: rounded down, then one more each by largest remainder. Then
/// every share without a step gets one from the largest share.
fn apportion(shares: &mut [Share], room: usize) {
    let total: f64 = shares.iter().map(|share| share.weight).sum();
    let mut left = room;
    for share in shares.iter_mut() {
        let exact = share.weight * room as f64 / total;
        share.steps = (exact as usize).min(left);
        share.remainder = exact - share.steps as f64;
        left -= share.steps;
    }
    while left > 0 {
        let Some(share) = shares.iter_mut().reduce(|a, b| if b.remainder > a.remainder { b } else { a }) else {
            return;
        };
        share.steps += 1;
        share.remainder -= 1.0;
        left -= 1;
    }
    while shares.iter().any(|share| share.steps == 0) {
        match shares.iter_mut().max_by_key(|share| share.steps) {
            Some(largest) if largest.steps > 1 => largest.steps -= 1,
            _ => break,
        }
        let empty = shares.iter_mut().filter(|share| share.steps == 0);
        if let Some(share) = empty.reduce(|a, b| if b.weight > a.weight { b } else { a }) {
            share.steps += 1;
        }
    }
}

/// Sets the ends of the shares so that no cell has two borders inside.
///
/// With at least half as many cells as shares, every share that has steps keeps at least one of
/// them. If each share has a cell or more, no two borders are in the same cell, and none moves.
fn separate_borders(shares: &mut [Share], steps: usize) {
    let mut end = 0;
    for share in shares.iter_mut() {
        end += share.steps;
        share.end = end;
    }
    if steps < 2 {
        return;
    }
    let is_inside = |end: usize| end % steps != 0;
    let clash = |a: usize, b: usize| is_inside(a) && is_inside(b) && a / steps == b / steps;

    // Left to right: a border that clashes with the one before moves to the right…
    let (mut before, mut last) = (0, 0);
    for at in 0..shares.len().saturating_sub(1) {
        let (head, tail) = shares.split_at_mut(at);
        let Some(share) = tail.first_mut() else { break };
        let mut end = share.end.max(last + 1);
        if clash(last, end) {
            let cell = end / steps * steps;
            let is_nearer = before < cell && last - cell < cell + steps - end;
            match head.last_mut() {
                // …or the one before moves to the left, if that is nearer and costs its share less
                // than a cell.
                Some(previous) if is_nearer && previous.steps < cell - before + steps => {
                    previous.end = cell;
                    last = cell;
                }
                _ => end = cell + steps,
            }
        }
        share.end = end;
        (before, last) = (last, end);
    }

    // Right to left: borders that were pushed beyond the end of the bar come back.
    let mut next = end;
    for share in shares.iter_mut().rev().skip(1) {
        share.end = share.end.min(next.saturating_sub(1));
        if clash(share.end, next) {
            share.end = next / steps * steps;
        }
        next = share.end;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::state::snapshot::SegmentSnapshot;

    fn shares_of(count: i64, total: i64, segments: &[i64], width: usize, steps: usize) -> Shares {
        let mut counter = CountSnapshot::new();
        (counter.count, counter.total) = (Number::Whole(count), Some(Number::Whole(total)));
        counter.segments.extend(segments.iter().map(|n| SegmentSnapshot {
            name: "".into(),
            color: Color::DEFAULT,
            count: Number::Whole(*n),
            start_count: Number::ZERO,
        }));
        let mut shares = Shares::default();
        shares.collect(&counter, Color::DEFAULT, ColorDepth::TrueColor);
        shares.share_out(width, steps);
        shares
    }

    #[test]
    fn counts_that_remain_come_last() {
        let roles = |count, total, segments: &[i64]| -> Vec<Role> {
            shares_of(count, total, segments, 10, 8).as_slice().iter().map(|share| share.role).collect()
        };
        use Role::{Remaining, Segment, Unsegmented};
        assert_eq!(roles(6, 10, &[1, 2]), [Segment(1), Segment(0), Unsegmented, Remaining]);
        assert_eq!(roles(3, 3, &[1, 0, 2]), [Segment(2), Segment(0)]);
        assert_eq!(roles(0, 0, &[0]), [Unsegmented]);
        assert_eq!(roles(-5, 10, &[-5]), [Remaining]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

        /// Shares fill the bar, and no cell has two borders inside. With half as many cells as
        /// shares, every share has a step. With as many cells as shares, none is off by more than
        /// half a cell (or one step), and as much for every share that has little more than one
        /// cell; without such shares by no more than a step.
        #[test]
        fn shares_are_fair(
            width in prop_oneof![0_usize..=8, 0_usize..=200],
            steps in prop_oneof![Just(8_usize), Just(1), 2..8_usize],
            segments in prop::collection::vec(prop_oneof![Just(0_i64), 0..5_i64, 0..1000_i64, 0..i64::MAX / 16], 1..=6),
            unsegmented in prop_oneof![Just(0_i64), 0..5_i64, 0..1000_i64, 0..i64::MAX / 16],
            remaining in prop_oneof![Just(0_i64), 0..5_i64, 0..1000_i64, 0..i64::MAX / 16],
        ) {
            let count = unsegmented + segments.iter().sum::<i64>();
            let total = count + remaining;
            let shares = shares_of(count, total, &segments, width, steps);
            let shares = shares.as_slice();
            prop_assert_eq!(shares.last().map(|share| share.end), Some(width * steps));
            let borders: Vec<usize> = shares.iter().map(|share| share.end).filter(|end| end % steps != 0).collect();
            prop_assert!(borders.windows(2).all(|pair| pair[0] / steps < pair[1] / steps), "{:?}", borders);

            let weights = segments.iter().rev().chain([&unsegmented, &remaining]);
            let weights: Vec<f64> = weights.filter(|n| **n > 0).map(|n| *n as f64).collect();
            let room = if steps > 1 { width * 2 } else { width };
            if weights.is_empty() || weights.len() > room {
                return Ok(());
            }
            prop_assert_eq!(shares.len(), weights.len());
            let cell = steps as f64;
            let exact = weights.iter().map(|weight| weight / total as f64 * width as f64 * cell);
            let small = exact.clone().filter(|steps| *steps < cell + 1.0).count() as f64;
            let mut start = 0;
            for (share, exact) in shares.iter().zip(exact) {
                prop_assert!(share.end > start);
                let allowed = match small {
                    0.0 => 1.001,
                    _ if weights.len() <= width => (cell / 2.0).max(1.0) * (small + 1.0),
                    _ => cell * weights.len() as f64,
                };
                let shown = (share.end - start) as f64;
                prop_assert!((shown - exact).abs() <= allowed, "{:?}: {} of {}", share.role, shown, exact);
                start = share.end;
            }
        }
    }
}
