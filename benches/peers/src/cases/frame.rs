//! The instructions of the terminal thread for a frame of ten bars, and for a line of output.

use std::thread::sleep;
use std::time::Duration;

use super::Measurement;
use crate::effort::Effort;
use crate::instructions;
use crate::peers::peer;
use crate::pty::{Case, frames};
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement =
    Measurement { name: "frame", about: "the terminal thread's work, in instructions", usual: true, measure };

fn measure(effort: &Effort, score: &mut Score) {
    let mut table = Table::new("frame: instructions in user space");
    let case = |id: &str, steps: usize| Case::new("frame").arg(id).arg(steps).size(120, 24).run_counted();
    let steps = effort.of(200, 60);
    // (instructions, frames)
    let between = |id| {
        let (few, many) = (case(id, steps)?, case(id, steps * 3)?);
        let frames = frames(many.pieces.iter()) as f64 - frames(few.pieces.iter()) as f64;
        Some((many.instructions - few.instructions, frames))
    };
    let Some(((with, frames), (without, _))) = between("footlights").zip(between("none")) else {
        table.note(instructions::MISSING);
        return;
    };
    table.row(Row::new("a frame: 10 bars of 120 columns, all changed").figure((with - without) / frames, "instr."));

    let line = |id: &str, lines: usize| {
        let case = |lines: usize| move || Case::new("log").arg(id).arg(lines).run_counted();
        instructions::difference(case(lines), case(lines * 3), 2.0 * lines as f64).unwrap_or(f64::NAN)
    };
    table.row(Row::new("a line: println! without bars").figure(line("none", 3000), "instr."));
    table.row(Row::new("a line: println! above 10 bars, and frames").figure(line("footlights", 3000), "instr."));
    if !effort.quick {
        table.row(Row::new("a line: indicatif's println above 10 bars").figure(line("indicatif", 300), "instr."));
    }
    score.add(table);
}

/// In the child: changes all bars in every step.
pub fn draw(id: &str, steps: usize) {
    let mut peer = peer(id);
    let mut bars = peer.bars(10, 10_000);
    for _ in 0..steps {
        bars.iter_mut().for_each(|inc| inc());
        sleep(Duration::from_millis(5));
    }
    peer.end();
}
