//! Renders one bar to a line: takes its snapshot and hands it to its template.

use super::appearance::{Appearance, Fingerprint};
use super::bar::Bar;
use super::id::Id;
use crate::cells::capabilities::Capabilities;
use crate::cells::charset::Charset;
use crate::cells::color::ColorDepth;
use crate::cells::columns::Columns;
use crate::cells::line::Line;
use crate::cells::motion::Motion;
use crate::cells::series::Series;
use crate::state::look::Paint;
use crate::state::ruled_color;
use crate::state::segment_state::SegmentState;
use crate::state::snapshot::{SegmentSnapshot, Snapshot, StatusSnapshot, Subject};
use crate::sys::Instant;
use crate::template::{self, AlignedColumns, LineKind, TemplateRenderer, Templates};

/// Renders bars, one after the other. Keeps its buffers, so that nothing is allocated per bar.
#[derive(Debug)]
pub(crate) struct BarRenderer {
    capabilities: Capabilities,
    snapshot: Snapshot,
    templates: Templates,
    template_renderer: TemplateRenderer,
    /// The list of segments, kept for its capacity while the snapshot is of a status bar.
    segments: Vec<SegmentSnapshot>,
    /// The columns that the bars share, if they are aligned.
    columns: Option<AlignedColumns>,
    links: Links,
}

/// Whether links in texts keep their targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Links {
    /// They do: the lines are for a terminal.
    Kept,
    /// Only their texts are shown.
    Dropped,
}

/// What a row showed when it was rendered last. While this is the same, the line is the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RenderedRow {
    bar: Option<Id>,
    /// Which row of the bar.
    row: usize,
    width: usize,
    fingerprint: Fingerprint,
    /// The elapsed time in seconds as shown, or in tenths of a second if the format is animated.
    time: u64,
    cleared: bool,
    /// The revision of the columns that it shares with other bars.
    columns: u64,
}

/// What has changed since a row was rendered last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    /// Nothing.
    None,
    /// Only time has passed.
    Time,
    /// A count or the appearance.
    Content,
}

/// Whether a bar stands further to the right than its parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Indent {
    /// It does, as in its row.
    ByDepth,
    /// It does not: its parents are elsewhere.
    None,
}

impl RenderedRow {
    /// Whether `rows` show bar `id` in `width` columns.
    pub(crate) fn are_of(rows: &[RenderedRow], id: Id, width: usize) -> bool {
        rows.iter().zip(0..).all(|(row, at)| (row.bar, row.row, row.width) == (Some(id), at, width))
    }
}

impl BarRenderer {
    pub(crate) fn new(capabilities: Capabilities) -> BarRenderer {
        let (snapshot, templates) = (Snapshot::counter(), Templates::standard());
        BarRenderer {
            capabilities,
            snapshot,
            templates,
            template_renderer: TemplateRenderer::new(capabilities.charset),
            segments: Vec::new(),
            columns: None,
            links: Links::Dropped,
        }
    }

    /// Aligns the columns of all bars that are rendered from here on, if that is wanted.
    pub(crate) fn align(&mut self, columns: Columns) {
        self.columns = match columns {
            Columns::Independent => None,
            Columns::Aligned => Some(AlignedColumns::default()),
        };
    }

    /// Lets links keep their targets, if the terminal shows characters and colors: those that do not
    /// may show the target too.
    pub(crate) fn keep_links(&mut self) {
        let Capabilities { depth, charset, .. } = self.capabilities;
        if depth != ColorDepth::None && charset == Charset::Unicode {
            self.links = Links::Kept;
        }
    }

    /// Measures aligned columns afresh: they may become narrower.
    pub(crate) fn measure_columns(&mut self) {
        if let Some(columns) = &mut self.columns {
            columns.restart();
        }
    }

    /// Changes whenever bars that were rendered before are not aligned with others any more.
    pub(crate) fn columns_revision(&self) -> u64 {
        self.columns.as_ref().map_or(0, AlignedColumns::revision)
    }

    /// Renders `bar` into `lines`, its rows, unless they would stay the same.
    pub(crate) fn update(
        &mut self,
        bar: &Bar,
        id: Id,
        now: Instant,
        width: usize,
        rows: &mut [RenderedRow],
        lines: &mut [Line],
    ) -> Change {
        self.release();
        // Taken before the snapshot, so that a change in between is rendered next time.
        let fingerprint = bar.fingerprint();
        let mut appearance = bar.appearance();
        let elapsed = appearance.advance(&bar.counts, now).as_secs_f64();
        let moves = self.capabilities.motion == Motion::Full && appearance.templates.are_animated();
        let time = if moves { (elapsed * 10.0) as u64 } else { template::rounded_seconds(elapsed) };
        let cleared = appearance.cleared.as_deref() == Some(&fingerprint);
        let time = if cleared { 0 } else { time };
        let current =
            RenderedRow { bar: Some(id), row: 0, width, fingerprint, time, cleared, columns: self.columns_revision() };
        let mut change = Change::None;
        for (row, at) in rows.iter_mut().zip(0..) {
            let current = RenderedRow { row: at, ..current };
            if *row != current {
                let is_same = (row.bar, row.row, row.fingerprint) == (current.bar, at, current.fingerprint);
                change = change.max(if is_same { Change::Time } else { Change::Content });
                *row = current;
            }
        }
        if change == Change::None {
            return change;
        }
        if cleared {
            lines.iter_mut().for_each(|line| line.reset(width));
        } else {
            self.take_snapshot(bar, &appearance, elapsed);
            // Rendering takes long, and handles must not wait for it.
            drop(appearance);
            for (row, line) in lines.iter_mut().enumerate() {
                self.render(row, width, line);
            }
            rows.iter_mut().for_each(|row| row.columns = self.columns_revision());
        }
        change
    }

    /// Renders the lines of `bar` that stay on the screen: empty ones if its rows were cleared.
    pub(crate) fn render_last(&mut self, bar: &Bar, now: Instant, width: usize, indent: Indent) -> Vec<Line> {
        if bar.is_cleared() {
            return vec![Line::new(width); bar.height()];
        }
        self.snapshot_of(bar, now);
        if indent == Indent::None {
            self.snapshot.depth = 0;
        }
        self.render_rows(width)
    }

    /// Renders `bar` as it is at `now`.
    pub(crate) fn render_now(&mut self, bar: &Bar, now: Instant, width: usize) -> Vec<Line> {
        self.release();
        let mut appearance = bar.appearance();
        let elapsed = appearance.advance(&bar.counts, now).as_secs_f64();
        self.take_snapshot(bar, &appearance, elapsed);
        drop(appearance);
        self.render_rows(width)
    }

    /// Renders `bar` as it would be after `elapsed` seconds.
    pub(crate) fn render_at(&mut self, bar: &Bar, elapsed: f64, width: usize) -> Vec<Line> {
        self.take_snapshot(bar, &bar.appearance(), elapsed);
        self.render_rows(width)
    }

    /// Returns all that is shown of `bar` at `now`, or nothing if its row was cleared.
    pub(crate) fn snapshot(&mut self, bar: &Bar, now: Instant) -> Option<&Snapshot> {
        if bar.is_cleared() {
            return None;
        }
        Some(self.snapshot_of(bar, now))
    }

    /// Returns all that is shown of `bar` at `now`, whether its row was cleared or not.
    pub(crate) fn snapshot_of(&mut self, bar: &Bar, now: Instant) -> &Snapshot {
        self.release();
        let mut appearance = bar.appearance();
        let elapsed = appearance.advance(&bar.counts, now).as_secs_f64();
        self.take_snapshot(bar, &appearance, elapsed);
        &self.snapshot
    }

    /// Marks the bar of the last [`snapshot`](Self::snapshot) as finished: no more lines will follow.
    pub(crate) fn mark_finished(&mut self) {
        self.snapshot.finished = true;
    }

    /// Renders the bar of the last [`snapshot`](Self::snapshot) as a line of a log.
    pub(crate) fn render_plain(&mut self, kind: LineKind, line: &mut Line) {
        let template = self.templates.of(&self.snapshot, kind);
        self.template_renderer.render_unbounded(template, kind, &self.snapshot, self.capabilities.depth, line);
        if self.capabilities.charset == Charset::Ascii {
            line.make_ascii();
        }
        if self.links == Links::Dropped {
            line.drop_links();
        }
    }

    /// Lets go of what the last snapshot shares with its bar and the bar is about to change.
    fn release(&mut self) {
        self.snapshot.history = None;
    }

    fn take_snapshot(&mut self, bar: &Bar, appearance: &Appearance, elapsed: f64) {
        let counts = &bar.counts;
        self.templates.clone_from(&appearance.templates);
        // The list of segments keeps its capacity.
        if let Subject::Count(counter) = &mut self.snapshot.subject {
            self.segments = std::mem::take(&mut counter.segments);
        }
        self.snapshot.copy(&appearance.snapshot);
        self.snapshot.elapsed = elapsed;
        self.snapshot.motion = self.capabilities.motion;
        self.snapshot.depth = bar.depth();
        self.snapshot.charset = self.capabilities.charset;
        self.snapshot.finished = appearance.clock.is_closed();
        let Subject::Count(counter) = &mut self.snapshot.subject else { return };
        counter.segments = std::mem::take(&mut self.segments);
        counter.segments.clear();
        counter.total = counts.total();
        let depth = self.capabilities.depth;
        counts.with_segments(|parts| {
            counter.segments.extend(parts.iter().map(|part| snapshot_of(part)));
            // By what all of them have counted.
            for (at, part) in parts.iter().enumerate() {
                let rule = part.color.read();
                let Paint::Rule(rule) = &*rule else { continue };
                let count = counter.segments.get(at).map_or(0.0, |segment| segment.count.as_f64());
                let color = ruled_color::of_segment(rule, count, counter, depth);
                if let Some(segment) = counter.segments.get_mut(at) {
                    segment.color = color;
                }
            }
        });
        if self.capabilities.charset == Charset::Ascii && !counter.series.is_ascii() {
            counter.series = Series::standard_ascii();
        }
        counter.count = counts.count();
        counter.start_count = counts.start();
        counter.smoothed_rate = appearance.rate.rate(elapsed);
        self.snapshot.finished |= counter.total == Some(counter.count);
        if let Some(rule) = self.snapshot.look.as_deref().and_then(|look| look.rule.as_ref()) {
            self.snapshot.color = ruled_color::of_bar(rule, counter, depth);
        }
    }

    /// Renders all rows of the last snapshot.
    fn render_rows(&mut self, width: usize) -> Vec<Line> {
        let rows = match &self.snapshot.subject {
            Subject::Status(StatusSnapshot { text: Some(_), .. }) => 1,
            Subject::Count(_) | Subject::Status(_) => self.templates.of(&self.snapshot, LineKind::Row).rows(),
        };
        let mut lines = vec![Line::default(); rows];
        for (row, line) in lines.iter_mut().enumerate() {
            self.render(row, width, line);
        }
        lines
    }

    /// Renders one row of the last snapshot. One that its format does not have is empty.
    fn render(&mut self, row: usize, width: usize, line: &mut Line) {
        let template = self.templates.of(&self.snapshot, LineKind::Row);
        self.template_renderer.render(
            (template, row),
            &self.snapshot,
            width,
            self.capabilities.depth,
            line,
            self.columns.as_mut(),
        );
        if self.capabilities.charset == Charset::Ascii {
            line.make_ascii();
        }
        if self.links == Links::Dropped {
            line.drop_links();
        }
    }
}

impl Bar {
    /// Returns what a frame would show now. Samples no rate, so that later frames stay the same.
    pub(crate) fn snapshot(&self, now: Instant) -> Snapshot {
        let mut appearance = self.appearance().clone();
        let elapsed = appearance.advance(&self.counts, now).as_secs_f64();
        let mut renderer = BarRenderer::new(Capabilities::unicode(ColorDepth::None));
        renderer.take_snapshot(self, &appearance, elapsed);
        renderer.snapshot
    }
}

fn snapshot_of(part: &SegmentState) -> SegmentSnapshot {
    let color = part.color.read().constant();
    SegmentSnapshot { name: part.name.clone(), color, count: part.count(), start_count: part.start }
}

#[cfg(test)]
mod tests {
    use std::slice;
    use std::sync::Arc;
    use std::time::Duration;

    use super::super::id::ManagerId;
    use super::super::place::Place;
    use super::super::roster::Roster;
    use super::*;
    use crate::state::number::Number;
    use crate::template::{Kind, Template};

    #[test]
    fn a_cleared_row_is_empty_until_something_happens() {
        let bar = Bar::for_tests();
        let last = |bar: &Bar| {
            let mut renderer = BarRenderer::new(Capabilities::unicode(ColorDepth::None));
            renderer
                .render_last(bar, Instant::now(), 20, Indent::ByDepth)
                .iter()
                .map(Line::to_string)
                .collect::<String>()
        };
        let something: [fn(&Bar); 3] =
            [|bar| bar.counts.increments.stripes().add(1), Bar::bump_revision, |bar| bar.pause(Instant::now())];
        for happens in something {
            assert_ne!(last(&bar), "");
            bar.clear();
            assert_eq!(last(&bar), "");
            happens(&bar);
            assert_ne!(last(&bar), "");
        }
    }

    /// Seconds are shown rounded, so a clock changes at half a second.
    #[test]
    fn a_clock_is_rendered_again_when_it_shows_another_second() {
        let bar = Arc::new(Bar::for_tests());
        let id = Roster::default().add(bar.clone(), ManagerId(0), Place::default());
        let start = Instant::now();
        bar.change(|appearance| appearance.start(Number::ZERO, start));
        let mut renderer = BarRenderer::new(Capabilities::unicode(ColorDepth::None));
        let (mut row, mut line) = (RenderedRow::default(), Line::default());
        let mut update = |millis| {
            let now = start + Duration::from_millis(millis);
            let change = renderer.update(&bar, id, now, 60, slice::from_mut(&mut row), slice::from_mut(&mut line));
            (change, line.to_string().contains("00:02"))
        };
        assert_eq!(update(1400), (Change::Content, false));
        assert_eq!(update(1499), (Change::None, false));
        assert_eq!(update(1501), (Change::Time, true));
        assert_eq!(update(2001), (Change::None, true));
        assert_eq!(update(2501), (Change::Time, false));
    }

    /// A line of a log has all rows; one that is read aloud has no pictures.
    #[test]
    fn lines_of_a_log() {
        let bar = Bar::for_tests();
        let format = "{spinner} {count:d} {rate_graph:3}\n{pulse:4}{fill}{elapsed_short}";
        bar.change(|appearance| appearance.templates.set_plain(Template::parse(format, Kind::Counter, &[]).unwrap()));
        assert_eq!(bar.height(), 1);
        let mut renderer = BarRenderer::new(Capabilities::unicode(ColorDepth::None));
        let mut seen = |kind| {
            let mut line = Line::default();
            renderer.snapshot_of(&bar, Instant::now());
            renderer.render_plain(kind, &mut line);
            line.to_string()
        };
        let line = seen(LineKind::Plain);
        assert!(line.starts_with("⠋ 0     ") && line.ends_with(" 0s"), "{line}");
        assert_eq!(seen(LineKind::Words), " 0   0s");
    }

    /// Animations move ten times a second, or once if that is wanted, also while the count changes.
    #[test]
    fn reduced_motion() {
        let spinner = Template::parse("{spinner}|{pulse:9}|", Kind::Counter, &[]).unwrap();
        for (motion, frames) in [(Motion::Full, 30), (Motion::Reduced, 4)] {
            let bar = Arc::new(Bar::for_tests());
            let id = Roster::default().add(bar.clone(), ManagerId(0), Place::default());
            let start = Instant::now();
            bar.change(|appearance| {
                appearance.start(Number::ZERO, start);
                appearance.templates.set(spinner.clone());
            });
            let capabilities = Capabilities { motion, ..Capabilities::unicode(ColorDepth::None) };
            let mut renderer = BarRenderer::new(capabilities);
            let (mut row, mut line, mut seen) = (RenderedRow::default(), Line::default(), Vec::new());
            for tenth in 0..30 {
                bar.counts.increments.stripes().add(1);
                let now = start + Duration::from_millis(tenth * 100 + 1);
                renderer.update(&bar, id, now, 60, slice::from_mut(&mut row), slice::from_mut(&mut line));
                seen.push(line.to_string());
            }
            seen.dedup();
            assert_eq!(seen.len(), frames, "{motion:?} {seen:?}");
        }
    }
}
