//! Lines above ten bars, as fast as possible, against the same program without bars.

use std::thread::sleep;
use std::time::Duration;

use super::Measurement;
use crate::effort::Effort;
use crate::peers::peer;
use crate::pty::Case;
use crate::report::{Figures, figures, report};
use crate::rounds::Rounds;
use crate::system;
use crate::table::{Row, Score, Table};

pub const MEASUREMENT: Measurement =
    Measurement { name: "log", about: "lines printed above ten bars", usual: true, measure };

/// The peers, their names in the table, and by which factor they print fewer lines because they are
/// slow.
const ALL: &[(&str, &str, usize)] = &[
    ("none", "no bars: println!", 1),
    ("footlights", "footlights, pty: println!", 1),
    ("footlights-pipe", "footlights, pipe: println!", 1),
    ("footlights-off", "footlights, off: println!", 1),
    ("indicatif", "indicatif: MultiProgress::println", 50),
    ("indicatif-suspend", "indicatif: suspend(println!)", 50),
    ("linya", "linya: Progress::stderr", 50),
    ("kdam", "kdam: write, then refresh of all bars", 100),
];

/// The text after the number, so that a line has sixty bytes.
const REST: &str = "GET /api/v2/things/of/some/kind 200 12.5 ms here";

fn measure(effort: &Effort, score: &mut Score) {
    let lines = effort.of(1_000_000, 200_000);
    let names: Vec<&str> = ALL.iter().map(|(id, _, _)| *id).collect();
    let run = |id: &str| -> Figures {
        let fewer = ALL.iter().find(|(name, _, _)| *name == id).map_or(1, |(_, _, fewer)| *fewer);
        let lines = lines / fewer;
        let run = Case::new("log").arg(id).arg(lines).run();
        let count = lines as f64;
        let rate = count / run.get("seconds");
        let each = |what: f64| what / count;
        figures([
            ("rate", rate),
            ("bytes", each(run.bytes as f64)),
            ("cpu", each(run.get("cpu")) * 1e6),
            ("thread-cpu", each(run.get("thread-cpu")) * 1e6),
            ("delivered", each(run.lines as f64) * 100.0),
        ])
    };
    let rounds = Rounds::play(effort.of(5, 1), &names, run);

    let mut table = Table::new(format!("log: {lines} lines of 60 bytes above 10 bars (x without bars)"));
    for (id, name, _) in ALL {
        let row = Row::new(*name).figure(rounds.figure(id, "rate"), "lines/s").ratio(rounds.ratio(id, "none", "rate"));
        table.row(match *id {
            "footlights" => row.at_least(0.65),
            "footlights-pipe" => row.at_least(1.25),
            "footlights-off" => row.at_least(0.95),
            _ => row,
        });
    }
    let to_indicatif = rounds.ratio("footlights", "indicatif", "rate");
    table.row(Row::new("footlights, pty, x indicatif's println").ratio(to_indicatif).at_least(7.0));
    score.add(table);

    let mut table = Table::new("log, bytes: to the terminal for a line");
    for (id, name, _) in ALL {
        table.row(Row::new(*name).figure(rounds.figure(id, "bytes"), "bytes"));
        let delivered = rounds.figure(id, "delivered").low;
        if delivered < 100.0 {
            table.note(&format!("{delivered:.3} % of the lines arrived"));
        }
    }
    score.add(table);

    let mut table = Table::new("log, cpu: for a line, all threads");
    for (id, name, _) in ALL {
        table.row(Row::new(*name).figure(rounds.figure(id, "cpu"), "us"));
        if id.starts_with("footlights") {
            table.row(Row::new("- of this, the terminal thread").figure(rounds.figure(id, "thread-cpu"), "us"));
        }
    }
    score.add(table);
}

/// In the child.
pub fn print(id: &str, lines: usize) {
    let mut peer = peer(id);
    let _bars = peer.bars(10, 1000);
    // Waits until the bars are shown.
    sleep(Duration::from_millis(100));
    let start = system::now();
    system::meter(|| {
        for n in 0..lines {
            peer.line(format_args!("@{n:09} {REST}"));
        }
    });
    // Waits until the terminal has all output.
    peer.end();
    report("seconds", system::now() - start);
}
