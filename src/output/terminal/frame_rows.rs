//! The rows of the next frame: which bars are visible, each rendered again only where something has
//! changed.

use std::time::Duration;

use parking_lot::Mutex;

use super::composer::RowSource;
use super::window::{ResizeState, Window, three_quarters};
use crate::bars::{BarRenderer, Change, Height, Indent, LastLine, RenderedRow, Roster, Row, Tally};
use crate::cells::capabilities::Capabilities;
use crate::cells::charset::Charset;
use crate::cells::color::Color;
use crate::cells::columns::Columns;
use crate::cells::line::Line;
use crate::output::fields;
use crate::sys::Instant;

/// The widest line while the window is being resized. Lines also fit into a window that is narrower
/// by a quarter, so that the next step rewraps nothing: terminals that rewrap rows below the cursor
/// disagree about where the cursor is afterwards.
const DRAG_WIDTH: usize = 38;

/// The most rows while the window is being resized. If a frame is on its way while the window loses
/// rows, the rows of the frame that do not fit are pushed into the scrollback.
const DRAG_ROWS: usize = 6;

/// How long aligned columns keep a width that nothing needs any more.
const MEASURE_INTERVAL: Duration = Duration::from_secs(10);

/// How often the rows of one frame are rendered at most, until all columns are aligned.
const MOST_PASSES: usize = 3;

/// The rows of the next frame, with all that can be reused from the last one.
#[derive(Debug)]
pub(crate) struct FrameRows {
    capabilities: Capabilities,
    /// A width that the user has set, instead of the window's.
    width: Option<usize>,
    /// What the rows show, top to bottom.
    selected: Vec<Row>,
    /// What each row showed when it was rendered last.
    rendered: Vec<RenderedRow>,
    lines: Vec<Line>,
    change: Change,
    renderer: BarRenderer,
    /// When the next bar appears that was added and is not shown yet.
    next_newcomer: Option<Instant>,
    columns: Columns,
    /// When aligned columns are measured afresh.
    next_measure: Option<Instant>,
}

/// A look at the bars of a roster: the source of the rows of one frame.
pub(crate) struct BarRows<'a> {
    pub(crate) rows: &'a mut FrameRows,
    pub(crate) roster: &'a Mutex<Roster>,
    pub(crate) now: Instant,
    /// Whether bars that are on the screen already are rendered again. If not, only new bars and
    /// new widths are.
    pub(crate) all: bool,
}

/// The limits of a frame: the width of a line, the number of rows, and how many of them a bar takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) width: usize,
    pub(crate) rows: usize,
    pub(crate) height: Height,
}

impl Limits {
    /// The limits in this window. One row always stays with the log.
    pub(crate) fn of(window: Window) -> Limits {
        let (cols, rows) = (window.size.cols, window.size.rows);
        let width = DRAG_WIDTH.min(three_quarters(cols));
        match window.resize {
            ResizeState::Idle => Limits { width: cols, rows: rows.saturating_sub(1), height: Height::Whole },
            ResizeState::Dragging => {
                Limits { width, rows: DRAG_ROWS.min(three_quarters(rows).saturating_sub(1)), height: Height::FirstRow }
            }
            // Bars come back when the window has come to rest.
            ResizeState::Shrinking => Limits { width, rows: 0, height: Height::FirstRow },
        }
    }
}

impl FrameRows {
    pub(crate) fn new(capabilities: Capabilities, width: Option<usize>, columns: Columns) -> FrameRows {
        let mut renderer = BarRenderer::new(capabilities);
        renderer.align(columns);
        renderer.keep_links();
        FrameRows {
            capabilities,
            width,
            selected: Vec::new(),
            rendered: Vec::new(),
            lines: Vec::new(),
            change: Change::None,
            renderer,
            next_newcomer: None,
            columns,
            next_measure: None,
        }
    }

    /// Whether the last frame had no rows.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// When the next bar appears that is not shown yet, if it is known.
    pub(crate) fn next_newcomer(&self) -> Option<Instant> {
        self.next_newcomer
    }

    /// A frame is written at `now`. If it has no bars, it is not known when the next one appears.
    pub(crate) fn forget_newcomers(&mut self, now: Instant) {
        self.next_newcomer = self.next_newcomer.filter(|at| *at > now);
    }

    /// The most significant change among the rows of the last frame.
    pub(crate) fn change(&self) -> Change {
        self.change
    }

    /// Renders the lines that stay behind when bars are closed.
    pub(crate) fn render_last(&mut self, lines: &[LastLine], now: Instant, window: Window) -> Vec<Line> {
        let width = self.line_width(Window { resize: ResizeState::Idle, ..window });
        let render = |last: &LastLine| match last {
            LastLine::Bar(bar) => self.renderer.render_last(bar, now, width, Indent::ByDepth),
            LastLine::Single(bar) => self.renderer.render_last(bar, now, width, Indent::None),
            LastLine::Finished(tally) => {
                let mut line = Line::new(width);
                FrameRows::render_finished(&mut line, *tally, self.capabilities);
                vec![line]
            }
        };
        lines.iter().flat_map(render).collect()
    }

    fn line_width(&self, window: Window) -> usize {
        let width = Limits::of(window).width;
        self.width.map_or(width, |own| own.min(width))
    }

    fn render_finished(line: &mut Line, tally: Tally, capabilities: Capabilities) {
        let mut text = String::new();
        tally.write(&mut text);
        let dim = Color::from(anstyle::Style::new().dimmed());
        line.push(&text, dim.reduced(capabilities.depth));
    }

    fn render_more(line: &mut Line, more: usize, capabilities: Capabilities) {
        let dim = Color::from(anstyle::Style::new().dimmed());
        line.push(&format!("… {more} more"), dim.reduced(capabilities.depth));
        if capabilities.charset == Charset::Ascii {
            line.make_ascii();
        }
    }
}

impl RowSource for BarRows<'_> {
    fn rows(&mut self, window: Window) -> &[Line] {
        let rows = &mut *self.rows;
        let width = rows.line_width(window);
        // The roster is locked while rows are selected, not while they are rendered.
        {
            let mut roster = self.roster.lock();
            rows.next_newcomer = roster.admit(self.now);
            let limits = Limits::of(window);
            roster.select_rows(limits.rows, limits.height, &mut rows.selected);
        }
        let count = rows.selected.iter().map(Row::height).sum();
        rows.lines.resize_with(count, Line::default);
        rows.rendered.resize_with(count, RenderedRow::default);
        rows.change = Change::None;
        let measures = rows.columns == Columns::Aligned && rows.next_measure.is_none_or(|at| self.now >= at);
        if measures {
            rows.next_measure = Some(self.now + MEASURE_INTERVAL);
            rows.renderer.measure_columns();
        }
        // If a column becomes wider, the rows above are rendered again: aligned with it.
        for pass in 0..MOST_PASSES {
            let revision = rows.renderer.columns_revision();
            rows.render_all(self.now, width, self.all || measures || pass > 0);
            if rows.renderer.columns_revision() == revision {
                break;
            }
        }
        // Bars are not kept alive by the list.
        rows.selected.clear();
        &rows.lines
    }
}

impl FrameRows {
    /// Renders the rows that were selected; of bars that are on the screen already only if `all`.
    fn render_all(&mut self, now: Instant, width: usize, all: bool) {
        let (mut rendered, mut lines) = (self.rendered.as_mut_slice(), self.lines.as_mut_slice());
        for row in &self.selected {
            let (Some((own_rendered, other_rendered)), Some((own_lines, other_lines))) =
                (rendered.split_at_mut_checked(row.height()), lines.split_at_mut_checked(row.height()))
            else {
                return;
            };
            (rendered, lines) = (other_rendered, other_lines);
            match row {
                Row::Bar(entry, _) if !all && RenderedRow::are_of(own_rendered, entry.id, width) => {}
                Row::Bar(entry, _) => {
                    fields::request(&entry.bar, now);
                    let change = self.renderer.update(&entry.bar, entry.id, now, width, own_rendered, own_lines);
                    self.change = self.change.max(change);
                }
                // Rendered each time: one row of text, or none.
                Row::Blank(_) | Row::More(_) | Row::Finished(_) => {
                    own_rendered.fill(RenderedRow::default());
                    for line in own_lines {
                        line.reset(width);
                        match row {
                            Row::More(more) => FrameRows::render_more(line, *more, self.capabilities),
                            Row::Finished(tally) => FrameRows::render_finished(line, *tally, self.capabilities),
                            Row::Bar(..) | Row::Blank(_) => {}
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::bars::{Bar, ManagerId, OnClose, Place};
    use crate::cells::color::ColorDepth;
    use crate::state::snapshot::Subject;
    use crate::sys::Size;
    use crate::template::{Kind, Template};

    #[test]
    fn between_two_looks_bars_stay_as_they_are() {
        let roster = Mutex::new(Roster::default());
        let add = || {
            let bar = Arc::new(Bar::for_tests());
            (roster.lock().add(bar.clone(), ManagerId(0), Place::Free), bar)
        };
        let mut rows = FrameRows::new(Capabilities::unicode(ColorDepth::None), None, Columns::Independent);
        let mut counts = |cols, all| {
            let window = Window { size: Size { cols, rows: 9 }, resize: ResizeState::Idle, in_transit: false };
            let mut bar_rows = BarRows { rows: &mut rows, roster: &roster, now: Instant::now(), all };
            let lines = bar_rows.rows(window);
            lines.iter().map(|row| row.to_string().split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        let (first, bar) = add();
        assert_eq!(counts(40, false), ["0"]);
        bar.counts.increments.stripes().add(1);
        assert_eq!(counts(40, false), ["0"]);
        assert_eq!(counts(40, true), ["1"]);
        bar.counts.increments.stripes().add(1);
        // New bars are shown all the same, and in a window of another width all are rendered.
        let (_, other) = add();
        other.counts.increments.stripes().add(7);
        assert_eq!(counts(40, false), ["1", "7"]);
        assert_eq!(counts(30, false), ["2", "7"]);
        roster.lock().close(first, OnClose::Clear);
        assert_eq!(counts(30, false), ["7"]);
    }

    /// A column grows at once, in all rows, and is measured afresh later.
    #[test]
    fn aligned_columns() {
        let roster = Mutex::new(Roster::default());
        let add = |desc: &str, count: u64| {
            let bar = Arc::new(Bar::for_tests());
            bar.change(|appearance| {
                if let Subject::Count(counter) = &mut appearance.snapshot.subject {
                    counter.desc = desc.into();
                }
                let format = "{desc}{desc_pad}{count:d} files|{fill}| {total}";
                appearance.templates.set(Template::parse(format, Kind::Counter, &[]).unwrap());
            });
            bar.counts.increments.stripes().add(count);
            (roster.lock().add(bar.clone(), ManagerId(0), Place::Free), bar)
        };
        let mut rows = FrameRows::new(Capabilities::unicode(ColorDepth::None), None, Columns::Aligned);
        let start = Instant::now();
        let mut seen = |seconds, cols| {
            let now = start + Duration::from_secs(seconds);
            let window = Window { size: Size { cols, rows: 9 }, resize: ResizeState::Idle, in_transit: false };
            let mut bar_rows = BarRows { rows: &mut rows, roster: &roster, now, all: false };
            bar_rows.rows(window).iter().map(Line::to_string).collect::<Vec<_>>()
        };
        let (_, first) = add("one", 7);
        assert_eq!(seen(1, 30), ["one 7 files|            | None"]);
        let (second, _) = add("twelve", 1234);
        assert_eq!(seen(1, 30), ["one       7 files|      | None", "twelve 1234 files|      | None"]);
        first.counts.increments.stripes().add(3);
        roster.lock().close(second, OnClose::Clear);
        assert_eq!(seen(2, 31), ["one      10 files|       | None"]);
        assert_eq!(seen(12, 31), ["one 10 files|            | None"]);
        // What is given way is the same in all rows.
        add("a description", 12345);
        assert_eq!(seen(13, 31), ["one              10 files|| Non", "a description 12345 files|| Non"]);
    }
}
