//! Lines that are printed above ten bars, as many as will go: against the same program without bars.

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

/// Who, by what means, and how many times fewer lines than the fast ones.
const ALL: &[(&str, &str, usize)] = &[
    ("none", "no bars: println!", 1),
    ("footlights", "footlights, pty: println!", 1),
    ("footlights-pipe", "footlights, pipe: println!", 1),
    ("footlights-off", "footlights, off: println!", 1),
    ("indicatif", "indicatif: MultiProgress::println", 50),
    ("indicatif-suspend", "indicatif: suspend(println!)", 50),
    ("linya", "linya: Progress::stderr", 50),
    ("kdam", "kdam: write, all bars drawn again", 100),
];

/// Behind the number, to make it sixty bytes.
const REST: &str = "GET /api/v2/things/of/some/kind 200 12.5 ms here";

fn measure(effort: &Effort, score: &mut Score) {
    let lines = effort.of(1_000_000, 200_000);
    let names: Vec<&str> = ALL.iter().map(|(who, _, _)| *who).collect();
    let run = |who: &str| -> Figures {
        let fewer = ALL.iter().find(|(name, _, _)| *name == who).map_or(1, |(_, _, fewer)| *fewer);
        let lines = lines / fewer;
        let run = Case::new("log").arg(who).arg(lines).run();
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
    for (who, name, _) in ALL {
        let row =
            Row::new(*name).figure(rounds.figure(who, "rate"), "lines/s").ratio(rounds.ratio(who, "none", "rate"));
        table.row(match *who {
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
    for (who, name, _) in ALL {
        table.row(Row::new(*name).figure(rounds.figure(who, "bytes"), "bytes"));
        let delivered = rounds.figure(who, "delivered").low;
        if delivered < 100.0 {
            table.note(&format!("{delivered:.3} % of the lines arrived"));
        }
    }
    score.add(table);

    let mut table = Table::new("log, cpu: for a line, all threads");
    for (who, name, _) in ALL {
        table.row(Row::new(*name).figure(rounds.figure(who, "cpu"), "us"));
        if who.starts_with("footlights") {
            table.row(Row::new("- of it, the terminal thread").figure(rounds.figure(who, "thread-cpu"), "us"));
        }
    }
    score.add(table);
}

/// Child.
pub fn print(who: &str, lines: usize) {
    let mut peer = peer(who);
    let _bars = peer.bars(10, 1000);
    // They are there.
    sleep(Duration::from_millis(100));
    let begun = system::now();
    system::meter(|| {
        for n in 0..lines {
            peer.line(format_args!("@{n:09} {REST}"));
        }
    });
    // Until everything is on the terminal.
    peer.end();
    report("seconds", system::now() - begun);
}
