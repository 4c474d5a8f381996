//! What the screen shows, five times per second.

use std::error::Error;

use crate::cells::{self, Run};
use crate::run::Piece;

/// The time between two frames. More of them would make the picture large.
const INTERVAL: f64 = 0.2;

/// The screen at a moment.
pub struct Frame {
    /// Since the start.
    pub seconds: f64,
    /// What each row shows.
    pub rows: Vec<Vec<Run>>,
}

/// Returns the frames that differ from the one before.
pub fn frames((cols, rows): (u16, u16), output: &[Piece]) -> Result<Vec<Frame>, Box<dyn Error>> {
    let mut terminal = avt::Terminal::new(cols.into(), rows.into()).map_err(|_| "a size of zero")?;
    let mut frames: Vec<Frame> = Vec::new();
    let mut is_whole = true;
    let mut due = 0.0;
    for (at, piece) in output.iter().enumerate() {
        terminal.feed(piece.text.as_str());
        // In the middle of a synchronized update a terminal shows nothing new.
        is_whole = match (piece.text.rfind("\x1b[?2026h"), piece.text.rfind("\x1b[?2026l")) {
            (None, None) => is_whole,
            (begin, end) => begin < end,
        };
        // The last piece before a moment is what is seen at that moment.
        let next = output.get(at + 1).map_or(f64::INFINITY, |next| next.seconds);
        if !is_whole || next < due {
            continue;
        }
        let seconds = piece.seconds.max(due);
        let rows =
            (0..rows.into()).map(|row| cells::runs(terminal.screen().line(row).map_or(&[], |line| line.cells())));
        frames.push(Frame { seconds, rows: rows.collect() });
        due = (next / INTERVAL).floor().min(1e6) * INTERVAL;
        due = due.max(seconds + INTERVAL);
    }
    frames.dedup_by(|later, earlier| later.rows == earlier.rows);
    Ok(frames)
}
