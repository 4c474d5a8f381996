//! Ten bars, and a thread for each that counts every millisecond: CPU time beyond that of the same
//! threads with plain atomics.

use super::Measurement;
use crate::effort::Effort;
use crate::pty::{Case, frames};
use crate::report::{Figures, figures};
use crate::rounds::Rounds;
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement =
    Measurement { name: "cpu", about: "ten threads that count every millisecond: CPU", usual: true, measure };

const ALL: [&str; 3] = ["none", "footlights", "indicatif"];

fn measure(effort: &Effort, score: &mut Score) {
    let run = |id: &str| -> Figures {
        // The same program as in `bytes`.
        let (run, pieces) = Case::new("bytes").arg(id).arg(effort.of(1000, 700)).size(120, 24).record();
        let (from, to) = (run.get("from"), run.get("to"));
        let frames = frames(pieces.iter().filter(|piece| (from..to).contains(&piece.at))) as f64;
        let second = |what: &str| run.get(what) / (to - from) * 1e3;
        figures([
            ("cpu", second("cpu")),
            ("thread", second("thread-cpu")),
            ("frame", run.get("thread-cpu") / frames * 1e6),
        ])
    };
    let rounds = Rounds::play(effort.of(9, 2), &ALL, run);

    let mut table = Table::new("cpu: 10 bars, 10 threads that count every ms; net of plain atomics");
    table.row(Row::new("no bars, in total").figure(rounds.figure("none", "cpu"), "ms/s").range());
    let net = |id| rounds.spread(|round| round.get(id, "cpu") - round.get("none", "cpu"));
    table.row(Row::new("footlights").figure(net("footlights"), "ms/s").range().at_most(5.0));
    table.row(Row::new("indicatif").figure(net("indicatif"), "ms/s").range());
    let thread = rounds.figure("footlights", "thread");
    table.row(Row::new("footlights: the terminal thread, by the kernel").figure(thread, "ms/s").range().at_most(5.0));
    table.row(
        Row::new("footlights: the terminal thread, per frame")
            .figure(rounds.figure("footlights", "frame"), "us")
            .range(),
    );
    table.note("most of it is 10,000 wake-ups a second, which vary; the time of the terminal thread is exact");
    score.add(table);
}
