//! The rows as they should stand on the screen: every bar that finds one, drawn again only where something changed.

use std::sync::Arc;
use std::time::Instant;

use parking_lot::Mutex;

use super::foot::{Motion, View, three_quarters};
use crate::bars::{Bar, BarRenderer, Change, RenderedRow, Roster, Row};
use crate::paint::color::{Color, ColorDepth};
use crate::paint::line::Line;

/// While the window is being dragged, lines are at most this wide, and fit into a window that is by a quarter narrower: the next
/// step rewraps nothing. Terminals that rewrap what is below the cursor disagree about where it is afterwards.
const NARROW: usize = 38;

/// And there are at most this many, again so that they fit into a smaller window: of a frame that is on its way while the window
/// loses rows, those that do not fit are pushed into the scrollback.
const FEW: usize = 6;

/// The next frame's rows.
#[derive(Debug)]
pub(crate) struct Picture {
    depth: ColorDepth,
    /// Instead of the window's width.
    width: Option<usize>,
    selected: Vec<Row>,
    /// What stood in each row last, so that it need not be drawn again.
    drawn: Vec<RenderedRow>,
    rows: Vec<Line>,
    news: Change,
    renderer: BarRenderer,
}

impl Picture {
    pub(crate) fn new(depth: ColorDepth, width: Option<usize>) -> Picture {
        Picture {
            depth,
            width,
            selected: Vec::new(),
            drawn: Vec::new(),
            rows: Vec::new(),
            news: Change::None,
            renderer: BarRenderer::new(depth),
        }
    }

    /// How wide lines are in this window.
    fn line_width(&self, view: View) -> usize {
        let width = self.width.unwrap_or(view.size.cols).min(view.size.cols);
        match view.motion {
            Motion::Still => width,
            Motion::Resizing | Motion::Jumping => width.min(NARROW).min(three_quarters(view.size.cols)),
        }
    }

    /// The rows as of `now`; or, if nobody `looks`, with the bars that have been there before as they were. One row of the window
    /// stays with the log.
    pub(crate) fn draw(&mut self, roster: &Mutex<Roster>, view: View, now: Instant, looks: bool) -> &[Line] {
        let width = self.line_width(view);
        let room = view.size.rows.saturating_sub(1);
        let room = match view.motion {
            Motion::Still => room,
            Motion::Resizing => room.min(FEW).min(three_quarters(view.size.rows).saturating_sub(1)),
            // Back when it has come to rest.
            Motion::Jumping => 0,
        };
        // The lock is held for the choice, not for the drawing.
        roster.lock().select_rows(room, &mut self.selected);
        let rows = self.selected.len();
        self.rows.resize_with(rows, Line::default);
        self.drawn.resize_with(rows, RenderedRow::default);
        self.news = Change::None;
        for ((cast, drawn), line) in self.selected.iter().zip(&mut self.drawn).zip(&mut self.rows) {
            match cast {
                Row::Bar(entry) if !looks && drawn.is_of(entry.id, width) => {}
                Row::Bar(entry) => {
                    self.news = self.news.max(self.renderer.update(&entry.bar, entry.id, now, width, drawn, line));
                }
                Row::Blank | Row::More(_) => {
                    *drawn = RenderedRow::default();
                    line.reset(width);
                }
            }
            if let Row::More(more) = cast {
                let dim = Color::from(anstyle::Style::new().dimmed());
                line.push(&format!("… {more} more"), dim.reduced(self.depth));
            }
        }
        // The bars themselves belong to the roster and to those who count.
        self.selected.clear();
        &self.rows
    }

    /// The rows drawn last.
    pub(crate) fn rows(&self) -> &[Line] {
        &self.rows
    }

    /// The best reason why a row was drawn again, if any was.
    pub(crate) fn news(&self) -> Change {
        self.news
    }

    /// Single bars, as lines that stay behind.
    pub(crate) fn lines(&mut self, bars: &[Arc<Bar>], view: View) -> Vec<Line> {
        let width = self.line_width(View { motion: Motion::Still, ..view });
        bars.iter()
            .map(|bar| {
                let mut line = Line::new(width);
                self.renderer.render_last(bar, width, &mut line);
                line
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bars::{ManagerId, Place};
    use crate::sys::Size;

    #[test]
    fn between_two_looks_bars_stay_as_they_are() {
        let roster = Mutex::new(Roster::default());
        let add = || {
            let bar = Arc::new(Bar::for_tests());
            (roster.lock().add(bar.clone(), ManagerId(0), Place::Free), bar)
        };
        let mut picture = Picture::new(ColorDepth::None, None);
        let mut counts = |cols, looks| {
            let view = View { size: Size { cols, rows: 9 }, motion: Motion::Still, in_transit: false };
            let rows = picture.draw(&roster, view, Instant::now(), looks);
            rows.iter().map(|row| row.to_string().split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        let (first, bar) = add();
        assert_eq!(counts(40, false), ["0"]);
        bar.tally.own.add(1);
        assert_eq!(counts(40, false), ["0"]);
        assert_eq!(counts(40, true), ["1"]);
        bar.tally.own.add(1);
        // New bars are shown all the same, and in a window of another width all are drawn.
        let (_, other) = add();
        other.tally.own.add(7);
        assert_eq!(counts(40, false), ["1", "7"]);
        assert_eq!(counts(30, false), ["2", "7"]);
        roster.lock().close(first, false);
        assert_eq!(counts(30, false), ["7"]);
    }
}
